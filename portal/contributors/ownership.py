"""What contributors see: the pages, pictures and documents of their department, and the way to them.

Whoever may change, withdraw or review what others wrote sees everything, as Wagtail has it. Mergers count: what the
old body answered for belongs to the one that replaced it.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.contributors.department_rights import bodies_of
from portal.core.models.pages import SectionIndexPage


def own_pages(user) -> Q:
    """Pages that a person made, or that their department answers for, in every language."""
    found = Q(owner=user)
    if keys := bodies_of(user):
        for model in get_page_models():
            if hasattr(model, "department"):
                found |= Q(pk__in=model.objects.filter(department__translation_key__in=keys).values("pk"))
    return found


class OwnPagesPolicy(PagePermissionPolicy):
    """Where somebody may only write, they see the sections, what is theirs there, and what lies above it.

    Translators see nothing of originals that are not public: in their language neither what stands for these.
    """

    def explorable_instances(self, user):
        pages = super().explorable_instances(user)
        permissions = [] if user.is_superuser else self.get_cached_permissions_for_user(user)
        if permissions and not any(held.permission.codename == "publish_page" for held in permissions):
            pages = pages.exclude(~own_pages(user), live=False, alias_of__isnull=False)
        trees = {held.page.path for held in permissions}
        wide = {held.page.path for held in permissions if held.permission.codename != "add_page"}
        if not trees - wide:
            return pages
        own = list(pages.filter(own_pages(user)).values_list("path", flat=True))
        step = Page.steplen
        above = {path[:end] for path in own for end in range(step, len(path) + 1, step)}
        sections = [model for model in get_page_models() if issubclass(model, SectionIndexPage)]
        seen = Q(path__in=above) | Q(depth__lte=3)
        for model in sections:
            seen |= Q(pk__in=model.objects.values("pk"))
        for path in wide:
            seen |= Q(path__startswith=path)
        return pages.filter(seen)


class OwnFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Who may add files and change no others' sees those of their department, and those that nobody uploaded."""

    def instances_user_has_any_permission_for(self, user, actions):
        files = super().instances_user_has_any_permission_for(user, actions)
        return files.filter(self._theirs(user)) if self._is_limited(user) else files

    def user_has_any_permission_for_instance(self, user, actions, instance):
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        if not allowed or not self._is_limited(user):
            return allowed
        return self.model._default_manager.filter(self._theirs(user), pk=instance.pk).exists()

    def _is_limited(self, user) -> bool:
        if not user.is_active or user.is_superuser:
            return False
        return self._check_perm(user, {"add"}) and not self._check_perm(user, {"change"})

    def _theirs(self, user) -> Q:
        # Of people and not of their department: what is found by words can only be filtered by a file's own fields.
        colleagues = get_user_model().objects.filter(department__translation_key__in=bodies_of(user))
        uploader = self.owner_field_name
        return (
            Q(**{f"{uploader}__isnull": True})
            | Q(**{uploader: user})
            | Q(**{f"{uploader}__in": colleagues.values("pk")})
        )
