"""The rights that people have through their department, kept as groups so that Wagtail's own checks see them.

A right is given to a department by section and language. When a department is merged into another, nothing is copied:
its people, its rights and the pages it answers for count as those of the body that replaced it.
"""

from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from django.utils.translation import ngettext
from wagtail.models import GroupPagePermission, Page, get_page_models
from wagtail.signals import published

from portal.contributors.models import Department, DepartmentRight, User

_PREFIX = "Đơn vị: "
DEPARTMENT_GROUPS = Q(name__startswith=_PREFIX)
_WRITE = ("add",)
_EDIT = ("add", "change", "lock", "unlock")
_TRANSLATE = ("change",)  # pages of other languages are only ever translated


def departments():
    """The Vietnamese records: rights, people and reports follow them in every language."""
    return Department.objects.filter(locale__language_code=settings.LANGUAGE_CODE).select_related("replaced_by")


def bodies_of(user) -> set:
    """Translation keys of the bodies a person writes for: their own of today, and those it replaced."""
    department = getattr(user, "department", None)
    if department is None:
        return set()
    heir = department.heir.pk
    return {body.translation_key for body in departments() if body.heir.pk == heir}


def uses_of(body: Department) -> list[str]:
    """What refers to a department in any language, drafts that are not public included, in words with numbers."""
    bodies = Department.objects.filter(translation_key=body.translation_key)
    numbers = list(bodies.values_list("pk", flat=True))
    models = [model for model in get_page_models() if hasattr(model, "department")]
    pages = sum(model.objects.filter(department__in=numbers, alias_of=None).count() for model in models)
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__content__department__in=numbers)
    people = User.objects.filter(department__in=numbers).count()
    heirs = Department.objects.filter(replaced_by__in=numbers).exclude(pk__in=numbers).count()
    uses = [
        (pages, ngettext("%(count)d page belongs to it", "%(count)d pages belong to it", pages)),
        (drafts.count(), ngettext("%(count)d draft waits for it", "%(count)d drafts wait for it", drafts.count())),
        (people, ngettext("%(count)d person works there", "%(count)d people work there", people)),
        (heirs, ngettext("it replaced %(count)d other", "it replaced %(count)d others", heirs)),
    ]
    return [words % {"count": count} for count, words in uses if count]


def group_of(department: Department) -> Group:
    return Group.objects.get_or_create(name=f"{_PREFIX}{department.code}")[0]


@transaction.atomic
def grant_all() -> None:
    """Bring groups, their rights and members in line with the departments. Safe to run at any time."""
    bodies = list(departments())
    heirs = {body.pk: body.heir.pk for body in bodies}
    rights, members = defaultdict(set), defaultdict(set)
    for right in DepartmentRight.objects.select_related("section__locale"):
        rights[heirs.get(right.department_id)] |= {(right.section_id, code) for code in _codes(right)}
    for pk, department_id in User.objects.exclude(department=None).values_list("pk", "department_id"):
        members[heirs.get(department_id)].add(pk)
    permissions = _page_permissions()
    for body in bodies:
        group = group_of(body)
        _set_rights(group, rights[body.pk], permissions)
        group.user_set.set(members[body.pk])


def _codes(right: DepartmentRight) -> tuple[str, ...]:
    if right.section.locale.language_code != settings.LANGUAGE_CODE:
        return _TRANSLATE
    return _EDIT if right.level == DepartmentRight.EDIT else _WRITE


def _page_permissions() -> dict[str, int]:
    found = Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page")
    return {codename.removesuffix("_page"): pk for codename, pk in found.values_list("codename", "pk")}


def _set_rights(group: Group, wanted: set[tuple[int, str]], permissions: dict[str, int]) -> None:
    wanted = {(page_id, permissions[code]) for page_id, code in wanted}
    present = {
        (page_id, permission_id): pk
        for pk, page_id, permission_id in group.page_permissions.values_list("pk", "page_id", "permission_id")
    }
    GroupPagePermission.objects.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    for page_id, permission_id in wanted - set(present):
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission_id=permission_id)


def _belong(user: User) -> None:
    """Put a person into the group of the department that is theirs today, and out of the others."""
    mine = group_of(user.department.heir) if user.department_id else None
    present = {group.pk for group in user.groups.filter(DEPARTMENT_GROUPS)}
    wanted = {mine.pk} if mine else set()
    if present - wanted:
        user.groups.remove(*(present - wanted))
    if wanted - present:
        user.groups.add(*wanted)


@receiver(post_save, sender=User, dispatch_uid="portal_department_of_user")
def follow_department(instance: User, raw: bool = False, **kwargs) -> None:
    if not raw:
        _belong(instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="portal_department_group")
def keep_department_group(instance, action: str, reverse: bool, **kwargs) -> None:
    """Forms that set a person's groups after saving do not take the department's group away."""
    if not reverse and action in ("post_remove", "post_clear", "post_add"):
        _belong(instance)


@receiver(published, dispatch_uid="portal_department_published")
def follow_merger(instance, **kwargs) -> None:
    if isinstance(instance, Department):
        grant_all()
