"""The one way into public, for pages of every language and for translatable snippets.

Publishing is one transaction: the revision goes live, what is equal in three languages is carried into the
translations, what they follow is noted, and only when all of that is committed do caches, search and renditions hear
of it. wagtail-localize, workflows, the scheduler and the commands all end up here, because the models' own
`publish()` does.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from portal.audit.recording import was_published
from portal.operations.clock import MOST_WRONG, database_now
from portal.publishing.approvals import NotApproved, require_approval, system_approval
from portal.publishing.blanks import refuse_blanks
from portal.publishing.files import refuse_unfit_files
from portal.publishing.generation import raise_generation
from portal.publishing.neutral import carry_neutral_fields


@transaction.atomic
def publish_revision(
    revision: Revision, user=None, *, log_action=True, changed=True, previous_revision=None, **_unused
):
    """Publish an approved revision, or schedule it if it carries a later date; raise NotApproved otherwise.

    Returns what the model's own `publish()` returns. `skip_permission_checks`, which callers inside Wagtail pass, is
    ignored on purpose: the right to publish is the approval.
    """
    from portal.translation import freshness

    right = require_approval(revision)
    action_class = (
        PublishPageRevisionAction if issubclass(revision.content_type.model_class(), Page) else PublishRevisionAction
    )
    action = action_class(
        revision, user=user, changed=changed, log_action=log_action, previous_revision=previous_revision
    )
    obj = action.object
    _wait_for_original(obj)
    _refuse_by_wrong_clock(obj)  # after it may have been given an hour
    refuse_blanks(obj)
    refuse_unfit_files(obj)
    result = action.execute(skip_permission_checks=True)
    # A public page whose next version waits for its hour is live, but this version is not.
    went_live = obj.live and obj.live_revision_id == revision.pk
    data = {"right": right, "live": went_live, "first": went_live and not was_published(type(obj), obj.pk)}
    if went_live and (due_on := freshness.due_day(obj)):
        data["due_on"] = due_on.isoformat()
    action = "portal.publish" if went_live else "portal.schedule"
    log(instance=obj, action=action, user=user, revision=revision, data=data)
    if went_live:
        _after_going_live(obj, user)
    else:
        freshness.original_approved(obj)
    raise_generation()
    return result


def publish_new(obj: DraftStateMixin, reason: str, user=None) -> DraftStateMixin:
    """Save a revision of an object and publish it by the system's own right; for setup and demo commands."""
    with system_approval(reason):
        obj.save_revision(user=user, log_action=True).publish(user=user)
    obj.refresh_from_db()
    return obj


def _refuse_by_wrong_clock(obj) -> None:
    """What has an hour of its own does not go out before it because a machine believes that it is later."""
    if obj.go_live_at and obj.go_live_at <= timezone.now() and obj.go_live_at > database_now() + MOST_WRONG:
        raise NotApproved(
            _("This server’s clock is wrong: the hour of this text has not come. Please tell the administrator.")
        )


def _wait_for_original(obj) -> None:
    """A translation does not go out before the text it translates: at the hour of that, if it has one, else refused."""
    if not isinstance(obj, Page) or obj.is_original:
        return
    original = Page.objects.filter(translation_key=obj.translation_key, alias_of=None).exclude(locale_id=obj.locale_id)
    original = original.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if original is not None and not original.live:
        own = obj.go_live_at if obj.go_live_at and obj.go_live_at > timezone.now() else None
        hours = original.revisions.filter(approved_go_live_at__gt=timezone.now())
        obj.go_live_at = own or hours.values_list("approved_go_live_at", flat=True).first()
        if obj.go_live_at is None:
            raise NotApproved(_("The Vietnamese original is not public, so its translation cannot be."))


def _after_going_live(obj, user) -> None:
    from portal.core.models import PublicId
    from portal.translation import freshness

    if isinstance(obj, Page):
        PublicId.of(obj.translation_key)  # the address on a printed brochure exists from the first day on
    if obj.locale.language_code == settings.LANGUAGE_CODE:
        carry_neutral_fields(obj, user)
        freshness.original_published(obj, user)
    else:
        freshness.translation_published(obj)
