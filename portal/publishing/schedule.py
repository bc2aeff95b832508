"""What is due: approved revisions whose hour has come, and pages whose time is over."""

import logging

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.publishing.approvals import NotApproved
from portal.publishing.bundles import publish_due_bundles

logger = logging.getLogger(__name__)
# Sent after every round of the scheduler: what else has to be looked after regularly listens.
round_ended = Signal()


def run_due(now=None) -> tuple[int, int]:
    """Publish and withdraw what is due; returns (published, withdrawn). One failure does not hold up the others."""
    now = now or timezone.now()
    over = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True)
    withdrawn = sum(_withdraw(page_id, now) for page_id in list(over))
    publish_due_bundles(now)
    return sum(_publish(pk) for pk in _due(now)), withdrawn


def _due(now) -> list[int]:
    """Ids of due revisions by their hour, originals before translations, which do not go out without them."""
    revisions = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return [revision.pk for revision in sorted(revisions, key=_is_translation)]


def _is_translation(revision: Revision) -> bool:
    return revision.as_object().locale.language_code != settings.LANGUAGE_CODE


def _publish(revision_id: int) -> bool:
    try:
        with transaction.atomic():
            # Locked and asked for again: of several schedulers one publishes, the others find nothing.
            revision = (
                Revision.objects.select_for_update(of=("self",))
                .filter(pk=revision_id, approved_go_live_at__lte=timezone.now())
                .first()
            )
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
            return True
    except NotApproved as error:
        logger.error("Revision %s was due but not published: %s", revision_id, error)
    except Exception:
        logger.exception("Revision %s was due but could not be published", revision_id)
    return False


def _withdraw(page_id: int, now) -> bool:
    try:
        with transaction.atomic():
            # Locked and asked for again, as below.
            due = Page.objects.select_for_update(of=("self",)).filter(pk=page_id, live=True, expire_at__lt=now)
            page = due.first()
            if page is None:
                return False
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            return True
    except Exception:
        logger.exception("Page %s was due to be withdrawn but could not be", page_id)
        return False
