"""Who translates the records that readers see: topics, departments, the portal's particulars, notices."""

from django.conf import settings
from django.db.models import Model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import user_can_edit_snippet_type

from portal.core.models.snippets import ReviewedSnippet
from portal.translation.desk.people import may_all, may_use


def record_types() -> list[type[ReviewedSnippet]]:
    """Every kind of record that is reviewed and translated, in the order of their names."""
    found = [model for model in get_snippet_models() if issubclass(model, ReviewedSnippet)]
    return sorted(found, key=lambda model: model._meta.label)


def may_translate_record(user, instance: Model) -> bool:
    """Whether somebody translates this record: who may change the whole language changes its records too."""
    if not isinstance(instance, ReviewedSnippet) or instance.locale.language_code == settings.LANGUAGE_CODE:
        return False
    return may_use(user) and may_all(user, instance.locale)


def may_edit(user, instance: Model) -> bool:
    """In place of wagtail-localize's own test, which asks of records whether the person may change all of the kind."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user_can_edit_snippet_type(user, type(instance)) or may_translate_record(user, instance)
