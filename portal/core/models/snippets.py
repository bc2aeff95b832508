"""The one base of translatable snippets: drafts, review and translation work as they do for pages."""

from django.conf import settings
from django.db import models
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
    WorkflowPage,
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

    @property
    def needs_translation(self) -> bool:
        """Whether readers still see it, so that somebody should translate it."""
        return True

    def get_workflow(self):
        """Of a translation that of the pages in its language: the same people read both."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return super().get_workflow()
        found = WorkflowPage.objects.filter(page__depth=2, page__locale=self.locale, workflow__active=True)
        assigned = found.select_related("workflow").first()
        return assigned.workflow if assigned is not None else super().get_workflow()

    def publish(self, revision, **kwargs):
        """Hand the revision to the publishing service, which refuses what nobody approved."""
        from portal.publishing.service import publish_revision

        return publish_revision(revision, **kwargs)
