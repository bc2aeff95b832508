"""Publish together: every page of a bundle in one transaction, or none of them and the reasons."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task as background_task
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_unpublished

from portal.core.admin_language import language_of
from portal.publishing.approvals import NotApproved, require_approval
from portal.publishing.attempts import Attempts
from portal.publishing.blanks import refuse_blanks
from portal.publishing.files import refuse_unfit_files
from portal.publishing.models import Bundle, BundleItem


class BundleRefused(NotApproved):
    """Raised when a bundle cannot go out whole; `problems` names every page and its reason."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(_("Nothing was published. %(reasons)s") % {"reasons": " ".join(problems)})


def waits_in_bundle(obj) -> bool:
    """Whether an approved object is to wait for others."""
    return (
        isinstance(obj, Page) and BundleItem.objects.filter(page_id=obj.pk, bundle__state__in=Bundle.WAITING).exists()
    )


@transaction.atomic
def add_to_bundle(bundle: Bundle, pages: list[Page], user) -> None:
    """Put pages into a waiting bundle; raises BundleRefused, whole, if one is an alias or waits in another bundle."""
    problems = []
    for page in pages:
        other = BundleItem.objects.filter(page=page, bundle__state__in=Bundle.WAITING).exclude(bundle=bundle).first()
        if other is not None:
            problems.append(_("%(page)s waits in the bundle «%(bundle)s».") % _named(page, bundle=other.bundle.name))
        elif page.alias_of_id is not None:
            problems.append(_("%(page)s is not translated yet.") % _named(page))
    if problems:
        raise BundleRefused(problems)
    for page in pages:
        _item, created = BundleItem.objects.get_or_create(bundle=bundle, page=page)
        if created:
            log(instance=page.specific, action="portal.bundle.add", user=user, data=_note(bundle))


@receiver(page_unpublished)
@transaction.atomic
def refuse_withdrawn(sender, instance: Page, **kwargs) -> None:
    """Stop the bundles in which a withdrawn page waits, and tell who made them: its approval has ended."""
    waiting = Bundle.objects.filter(state__in=(Bundle.OPEN, Bundle.SCHEDULED), items__page_id=instance.pk)
    for bundle in waiting.select_for_update(of=("self",)):
        bundle.state, bundle.refusal = Bundle.REFUSED, _("%(page)s was withdrawn.") % _named(instance)
        bundle.save()
        tell_of_refusal.enqueue(bundle.pk)


def pages_of(bundle: Bundle) -> list[Page]:
    """The pages in the order they go out: originals before translations, parents before what lies below them."""
    pages = Page.objects.filter(pk__in=bundle.items.values("page_id")).select_related("locale").specific()
    return sorted(pages, key=lambda page: (page.locale.language_code != settings.LANGUAGE_CODE, page.depth, page.path))


def problems_of(bundle: Bundle) -> list[str]:
    """Why the bundle cannot go out now: one sentence a page, empty if it can."""
    pages = pages_of(bundle)
    if not pages:
        return [_("The bundle is empty.")]
    going = {page.translation_key for page in pages if page.is_original}
    return [problem for page in pages if (problem := _problem(page, going))]


def _problem(page: Page, going: set) -> str:
    if not _is_new(page):
        return ""
    try:
        require_approval(page.latest_revision)
        draft = page.latest_revision.as_object()
        refuse_blanks(draft)
        refuse_unfit_files(draft)
    except NotApproved as error:
        return _("%(page)s: %(reason)s") % _named(page, reason=error)
    if draft.go_live_at and draft.go_live_at > timezone.now():
        return _("%(page)s has a date of its own.") % _named(page)
    if not page.is_original and page.translation_key not in going:
        originals = Page.objects.filter(translation_key=page.translation_key, alias_of=None, live=True)
        if not originals.filter(locale__language_code=settings.LANGUAGE_CODE).exists():
            return _("%(page)s: its Vietnamese original is neither public nor in the bundle.") % _named(page)
    return ""


def _is_new(page: Page) -> bool:
    """Whether the latest version is not the public one; what is public already needs nothing."""
    return not page.live or page.live_revision_id != page.latest_revision_id


@transaction.atomic
def publish_bundle(bundle: Bundle, user=None) -> list[Page]:
    """Publish every page of a bundle, or raise BundleRefused and publish none. Returns the pages."""
    bundle = _waiting(bundle)
    if problems := problems_of(bundle):
        raise BundleRefused(problems)
    pages = [page for page in pages_of(bundle) if _is_new(page)]
    # Done first: what publishing sets in motion does not find the pages waiting any more.
    bundle.state, bundle.published_at, bundle.refusal = Bundle.PUBLISHED, timezone.now(), ""
    bundle.save()
    for page in pages:
        page.latest_revision.publish(user=user)
        log(
            instance=page,
            action="portal.bundle.publish",
            user=user,
            revision=page.latest_revision,
            data=_note(bundle),
        )
    return pages


def _waiting(bundle: Bundle) -> Bundle:
    """The bundle as it is now, locked; raises BundleRefused if somebody published or cancelled it meanwhile."""
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if not bundle.is_waiting:
        raise BundleRefused([_("This bundle was published or cancelled before.")])
    return bundle


@transaction.atomic
def cancel_bundle(bundle: Bundle) -> None:
    """End a bundle without publishing it; raises BundleRefused if it does not wait any more."""
    bundle = _waiting(bundle)
    bundle.state = Bundle.CANCELLED
    bundle.save()


@transaction.atomic
def schedule_bundle(bundle: Bundle, at: datetime) -> None:
    """Set the hour; raises BundleRefused if the bundle could not go out as it is now, or waits no more."""
    bundle = _waiting(bundle)
    if problems := problems_of(bundle):
        raise BundleRefused(problems)
    bundle.state, bundle.publish_at, bundle.refusal = Bundle.SCHEDULED, at, ""
    bundle.save()


def publish_due_bundles(now: datetime, attempts: Attempts) -> int:
    """Publish the bundles whose hour has come; returns how many. One that is refused says why and waits for people.

    One that fails otherwise stays scheduled: the next round tries again.
    """
    due = Bundle.objects.filter(state=Bundle.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")
    return sum(_publish_due(pk, now, attempts) for pk in list(due.values_list("pk", flat=True)))


def _publish_due(bundle_id: int, now: datetime, attempts: Attempts) -> bool:
    with attempts.at(f"Bundle {bundle_id}", "published"):
        # Locked and asked for again: of several schedulers one publishes, the others find nothing to do.
        due = Bundle.objects.filter(pk=bundle_id, state=Bundle.SCHEDULED, publish_at__lte=now)
        bundle = due.select_for_update().first()
        if bundle is None:
            return False
        try:
            publish_bundle(bundle)
        except NotApproved as refusal:
            due.update(state=Bundle.REFUSED, refusal=str(refusal))
            tell_of_refusal.enqueue(bundle_id)
            return False
        return True
    return False


@background_task()
def tell_of_refusal(bundle_id: int) -> None:
    """A letter to whoever made the bundle, in their language: they count on its hour and are not there to see it."""
    bundle = Bundle.objects.select_related("created_by").get(pk=bundle_id)
    person = bundle.created_by
    if person is None or not person.is_active or not person.email or bundle.state != Bundle.REFUSED:
        return
    with translation.override(language_of(person, otherwise=settings.LANGUAGE_CODE)):
        subject = _("The bundle «%(name)s» is not going to be published") % {"name": bundle}
        problems = problems_of(bundle) or [bundle.refusal]
    address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('bundle', args=[bundle.pk])}"
    send_mail(subject, "\n\n".join([*problems, address]), None, [person.email])


def _named(page: Page, **values) -> dict:
    return {"page": f"«{page.get_admin_display_title()}» ({page.locale.get_display_name()})", **values}


def _note(bundle: Bundle) -> dict:
    return {"bundle": bundle.pk, "comment": bundle.name}
