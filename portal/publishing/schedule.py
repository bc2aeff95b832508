"""What is due: approved revisions whose hour has come, and pages whose time is over."""

from django.conf import settings
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from portal.publishing.attempts import Attempts
from portal.publishing.bundles import publish_due_bundles

# Sent after every round of the scheduler: what else has to be looked after regularly listens.
round_ended = Signal()


def run_due(now=None) -> tuple[int, int]:
    """Publish and withdraw what is due; returns (published, withdrawn). One failure does not hold up the others."""
    now, attempts = now or timezone.now(), Attempts()
    # Originals, which are older, before the translations that end with them: these come back with them.
    over = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk").values_list("pk", flat=True)
    withdrawn = sum(_withdraw(page_id, now, attempts) for page_id in list(over))
    publish_due_bundles(now, attempts)
    published = sum(_publish(pk, attempts) for pk in _due(now))
    attempts.tell()
    return published, withdrawn


def _due(now) -> list[int]:
    """Ids of due revisions by their hour, originals before translations, which do not go out without them."""
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    # As it is stored: one that cannot be made into a page again must not hold up the others.
    rows = [(pk, content.get("locale")) for pk, content in due.values_list("pk", "content")]
    if not rows:
        return []
    source = Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk
    return [pk for pk, _locale in sorted(rows, key=lambda row: row[1] != source)]


def _publish(revision_id: int, attempts: Attempts) -> bool:
    with attempts.at(f"Revision {revision_id}", "published"):
        # Locked and asked for again: of several schedulers one publishes, the others find nothing.
        due = Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=timezone.now())
        revision = due.select_for_update(of=("self",)).first()
        if revision is None:
            return False
        revision.publish(log_action="wagtail.publish.scheduled")
        return True
    return False


def _withdraw(page_id: int, now, attempts: Attempts) -> bool:
    with attempts.at(f"Page {page_id}", "withdrawn"):
        # Locked and asked for again, as above.
        due = Page.objects.select_for_update(of=("self",)).filter(pk=page_id, live=True, expire_at__lt=now)
        page = due.first()
        if page is None:
            return False
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return True
    return False
