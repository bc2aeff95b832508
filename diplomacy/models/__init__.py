from diplomacy.models.cooperation import CooperationIndexPage
from diplomacy.models.policy import PolicyIndexPage

__all__ = ["CooperationIndexPage", "PolicyIndexPage"]
