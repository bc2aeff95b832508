"""People, the departments they write for, and what the editorial desk works with."""

from portal.contributors.models.desk import ChecklistItem, ReviewDeadline, Substitution
from portal.contributors.models.people import Department, User
from portal.contributors.models.rights import DepartmentRight
from portal.contributors.tasks import ConfidentialityReviewTask, EditorialReviewTask, SecondReadingTask

__all__ = [
    "ChecklistItem",
    "ConfidentialityReviewTask",
    "Department",
    "DepartmentRight",
    "EditorialReviewTask",
    "ReviewDeadline",
    "SecondReadingTask",
    "Substitution",
    "User",
]
