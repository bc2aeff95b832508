"""What two or more sections share: pages, media, topics, the portal's own particulars."""

from portal.core.models.feedback import Feedback
from portal.core.models.information import PortalInformation
from portal.core.models.media import PortalDocument, PortalImage, PortalRendition
from portal.core.models.notices import Notice
from portal.core.models.pages import BasePage, BodyPage, SectionIndexPage
from portal.core.models.public_ids import PublicId
from portal.core.models.setup_steps import SetupStep
from portal.core.models.topics import Topic

__all__ = [
    "BasePage",
    "BodyPage",
    "Feedback",
    "Notice",
    "PortalDocument",
    "PortalImage",
    "PortalInformation",
    "PortalRendition",
    "PublicId",
    "SectionIndexPage",
    "SetupStep",
    "Topic",
]
