"""What a person may read of the pages, files and records in the administration, whichever list or number shows them."""

from contextvars import ContextVar

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, TaskState
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
    mine = [locale for locale in Locale.objects.all() if may_use(user) and may_all(user, locale)]
    return records.filter(Q(locale__in=mine) | Q(pk__in=_laid_before(user, records.model)))


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
            read = drafts_seen(model._default_manager.all(), user).values_list("pk", flat=True)
            kind = ContentType.objects.get_for_model(model)
            entries = entries.exclude(~Q(object_id__in=list(map(str, read))), content_type=kind)
    return entries


def shown_title(page: Page, title: str) -> str:
    """A page's title as Wagtail would write it, or the public one for a reader to whom its draft is closed."""
    user = reader.get()
    if title == page.title or not page.live or user is None or not user.is_authenticated:
        return title
    policy = policy_registry.get_by_type(Page)
    if policy.user_has_any_permission_for_instance(user, ["change", "publish"], page):
        return title
    may = seen(Page.objects.filter(pk=page.pk), user).exists() or page.permissions_for_user(user).can_edit()
    return title if may else page.title


def was_laid_before(user, obj: Model) -> bool:
    """Whether a review of it was ever this person's to decide."""
    return obj.pk in _laid_before(user, type(obj))


def _laid_before(user, model: type[Model]) -> set[int]:
    """Numbers of the objects of a kind of which a review was this person's, or of those they stand in for today."""
    people = [user.pk, *Substitution.today().filter(substitute=user).values_list("person", flat=True)]
    groups = list(Group.objects.filter(user__in=people).values_list("pk", flat=True))
    kinds = FourEyesTask.__subclasses__()
    tasks = [task for kind in kinds for task in kind.objects.filter(groups__in=groups).values_list("pk", flat=True)]
    if not tasks:
        return set()
    kind = ContentType.objects.get_for_model(Page if issubclass(model, Page) else model)
    states = TaskState.objects.filter(task__in=tasks, workflow_state__base_content_type=kind)
    return {int(number) for number in states.values_list("workflow_state__object_id", flat=True).distinct()}
