"""What a person may read of the pages, files and records in the administration, whichever list or number shows them."""

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, F, Model, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from portal.contributors.models import Substitution
from portal.contributors.tasks import FourEyesTask
from portal.core.models.snippets import ReviewedSnippet
from portal.translation.desk.people import may_all, may_use
from portal.translation.records import record_types

# Whose request is being answered: titles are written by functions that are told of no user.
reader: ContextVar = ContextVar("reader", default=None)


def seen(objects: QuerySet, user) -> QuerySet:
    """Of these objects those that this person may read: pages as in the explorer, files that they may choose."""
    model = objects.model
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        return objects.filter(pk__in=policy.explorable_instances(user).values("pk"))
    if issubclass(model, ReviewedSnippet):
        return _records(objects, user)
    if model in (get_image_model(), get_document_model()):
        actions = ["choose", "add", "change", "delete"]
        return objects.filter(pk__in=policy.instances_user_has_any_permission_for(user, actions).values("pk"))
    may = policy.user_has_any_permission(user, ["add", "change", "delete", "view"])
    return objects if may else objects.none()


def seen_or_public(pages: QuerySet, user) -> QuerySet:
    """Of these pages those in the explorer of this person, and what is public anyway."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(Q(pk__in=explorable.values("pk")) | Q(live=True))


def drafts_seen(records: QuerySet, user) -> QuerySet:
    """Of these records those whose draft this person may read: of who may change the kind, all."""
    policy = policy_registry.get_by_type(records.model)
    if policy.user_has_permission(user, "change"):
        return records
    mine = _kept(user, "_whole_languages", lambda: _whole_languages(user))
    return records.filter(Q(locale__in=mine) | Q(pk__in=_numbers(_laid_before(user, records.model))))


def _records(records: QuerySet, user) -> QuerySet:
    """Also what is public, for who may look at the kind."""
    policy = policy_registry.get_by_type(records.model)
    if not policy.user_has_any_permission(user, ["add", "change", "delete", "view"]):
        return records.none()
    drafts = drafts_seen(records.model._default_manager.all(), user)
    return records.filter(Q(live=True) | Q(pk__in=drafts.values("pk")))


def without_drafts_of_others(entries: QuerySet, user) -> QuerySet:
    """Of entries of the log on records, those on records whose drafts this person may read."""
    if user.is_superuser:
        return entries
    for model in record_types():
        if not policy_registry.get_by_type(model).user_has_permission(user, "change"):
            read = drafts_seen(model._default_manager.order_by(), user)
            kind = ContentType.objects.get_for_model(model)
            entries = entries.exclude(~Q(object_id__in=read.values_list(Cast("pk", CharField()))), content_type=kind)
    return entries


def shown_title(page: Page, title: str) -> str:
    """A page's title as Wagtail would write it, or the public one for a reader to whom its draft is closed."""
    user = reader.get()
    if title == page.title or not page.live or user is None or not user.is_authenticated:
        return title
    policy = policy_registry.get_by_type(Page)
    if policy.user_has_any_permission_for_instance(user, ["change", "publish"], page):
        return title
    return title if page.pk in _kept(user, "_open_titles", lambda: _open_titles(user)) else page.title


def _open_titles(user) -> set[int]:
    """Numbers of the public pages with another title in their draft of which this person may read that one."""
    turn = _laid_before(user, Page).filter(
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS, workflow_state__current_task_state=F("pk")
    )
    mine = Q(pk__in=policy_registry.get_by_type(Page).explorable_instances(user).values("pk"))
    changed = Page.objects.filter(live=True).exclude(draft_title=F("title"))
    return set(changed.filter(mine | Q(pk__in=_numbers(turn))).values_list("pk", flat=True))


def was_laid_before(user, obj: Model) -> bool:
    """Whether a review of it was ever this person's to decide."""
    return _laid_before(user, type(obj)).filter(workflow_state__object_id=str(obj.pk)).exists()


def _laid_before(user, model: type[Model]) -> QuerySet:
    """Reviews of objects of a kind that were this person's, or of those they stand in for today."""
    kind = ContentType.objects.get_for_model(Page if issubclass(model, Page) else model)
    tasks = _kept(user, "_tasks_to_decide", lambda: _tasks_of(user))
    return TaskState.objects.filter(task__in=tasks, workflow_state__base_content_type=kind)


def _numbers(reviews: QuerySet) -> QuerySet:
    return reviews.values_list(Cast("workflow_state__object_id", BigIntegerField()))


def _tasks_of(user) -> list[int]:
    people = [user.pk, *Substitution.today().filter(substitute=user).values_list("person", flat=True)]
    groups = list(Group.objects.filter(user__in=people).values_list("pk", flat=True))
    kinds = FourEyesTask.__subclasses__()
    return [task for kind in kinds for task in kind.objects.filter(groups__in=groups).values_list("pk", flat=True)]


def _whole_languages(user) -> list[Locale]:
    return [locale for locale in Locale.objects.all() if may_all(user, locale)] if may_use(user) else []


def _kept(user, name: str, ask: Callable):
    """What was asked once stays with the user, who is made anew for every request, as Wagtail keeps permissions."""
    if not hasattr(user, name):
        setattr(user, name, ask())
    return getattr(user, name)
