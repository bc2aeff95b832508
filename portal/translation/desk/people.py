"""Who translates into which language: by their role all of it, through their department some sections."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from portal.contributors.department_rights import DEPARTMENT_GROUPS
from portal.core.languages import locales


def works_on_everything(user) -> bool:
    """Editors and translators: what becomes of every text in every language is theirs to see."""
    return user.has_perm("wagtail_localize.submit_translation")


def translates_for_department(user) -> bool:
    """Whether a person's department was given sections of another language than the originals'."""
    if user.is_superuser or not user.is_active or user.department_id is None:
        return False
    foreign = {locale.pk for locale in target_locales()}
    groups = {
        held.group_id
        for held in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
        if held.permission.codename == "change_page" and held.page.locale_id in foreign
    }
    return bool(groups) and user.groups.filter(DEPARTMENT_GROUPS, pk__in=groups).exists()


def may_use(user) -> bool:
    """Whether the desk concerns this person at all."""
    return works_on_everything(user) or translates_for_department(user)


def target_locales() -> list[Locale]:
    """The languages that are translated into, in the order of the settings."""
    by_code = {locale.language_code: locale for locale in locales().values()}
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [by_code[code] for code in codes if code in by_code]


def locales_of(user) -> list[Locale]:
    """Languages in which this person may change some page."""
    if not may_use(user):
        return []
    mine = set(_editable(user).values_list("locale_id", flat=True).order_by().distinct())
    return [locale for locale in target_locales() if locale.pk in mine]


def only_theirs(originals: QuerySet, user, locale: Locale) -> QuerySet:
    """Originals whose page in this language the person may change; all of them for who may change its front page."""
    if may_all(user, locale):
        return originals
    editable = _editable(user).filter(locale=locale)
    return originals.filter(Exists(editable.filter(translation_key=OuterRef("translation_key"))))


def may_all(user, locale: Locale) -> bool:
    """Whether a person may change every page of a language."""
    return _editable(user).filter(locale=locale, depth=2).exists()


def may_translate(user, original: Page, locale: Locale) -> bool:
    """Whether this person may begin or go on with this translation."""
    return may_use(user) and only_theirs(Page.objects.filter(pk=original.pk), user, locale).exists()


def may_set_day(user, original: Page) -> bool:
    """Whether this person says until when: who may withdraw a page may also say when its translations are wanted."""
    return original.permissions_for_user(user).can_unschedule()


def _editable(user) -> QuerySet:
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
