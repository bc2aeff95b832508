"""The one base of translatable snippets: drafts, review and translation work as they do for pages."""

from django.db import models
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from portal.publishing.approvals import KeepsReviewedVersions


class ReviewedSnippet(
    KeepsReviewedVersions,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A translatable record that reaches the public only through the publishing service, like a page.

    Subclasses add their fields and `panels`, and inherit `Meta` so that (translation_key, locale) stays unique.
    """

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def publish(self, revision, **kwargs):
        """Hand the revision to the publishing service, which refuses what nobody approved."""
        from portal.publishing.service import publish_revision

        return publish_revision(revision, **kwargs)
