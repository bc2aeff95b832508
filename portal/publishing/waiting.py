"""Texts that were approved and are not public yet: they wait for their hour, or in a bundle that is put together.

Such an original can be translated, so that its languages go out with it.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState

from portal.publishing.approvals import is_cleared
from portal.publishing.models import Bundle, BundleItem

# A bundle with its hour set is complete: what is begun now would hold it up.
_STILL_OPEN = (Bundle.OPEN, Bundle.REFUSED)


def open_bundle_of(page: Page, lock: bool = False) -> Bundle | None:
    """The bundle a page waits in, to which others may still come; with `lock` it stays so in this transaction."""
    bundles = Bundle.objects.filter(pk__in=BundleItem.objects.filter(page=page.pk).values("bundle"))
    bundles = bundles.filter(state__in=_STILL_OPEN)
    return (bundles.select_for_update() if lock else bundles).first()


def waiting_version(page: Page) -> Revision | None:
    """The approved version of a page that is not public yet; None where there is none or the page is public."""
    if page.live:
        return None
    version = page.scheduled_revision or (page.latest_revision if open_bundle_of(page) else None)
    return version if version is not None and is_cleared(version) else None


def is_waiting() -> Q:
    """The same as a condition on pages, for lists. What it finds is asked again before anything is done with it."""
    own = {"base_content_type": ContentType.objects.get_for_model(Page), "object_id": Cast(OuterRef("pk"), CharField())}
    hour = Revision.objects.filter(approved_go_live_at__isnull=False, **own)
    bundled = BundleItem.objects.filter(page=OuterRef("pk"), bundle__state__in=_STILL_OPEN)
    approved = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_APPROVED, current_task_state__revision=OuterRef("latest_revision")
    )
    return Q(live=False) & (Q(Exists(hour)) | Q(Exists(bundled), Exists(approved)))
