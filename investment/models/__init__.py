from investment.models.investment import PotentialIndexPage

__all__ = ["PotentialIndexPage"]
