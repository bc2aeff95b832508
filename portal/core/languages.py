"""The same page in the other languages: for the switch, for `hreflang`, and for what `lang` a passage carries.

Also how each language writes dates and numbers; Django's own formats are American for English and group Chinese
numbers by four.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import dateformat, numberformat, timezone
from django.utils import translation as django_translation
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

from portal.core.models.public_ids import PublicId
from portal.publishing.generation import cached
from portal.publishing.visibility import is_public

# BCP 47 tags as browsers and search engines write them.
HREFLANG = {"vi": "vi", "zh-hans": "zh-Hans", "en": "en"}
OPEN_GRAPH = {"vi": "vi_VN", "zh-hans": "zh_CN", "en": "en_US"}

FOR_OTHERS = "en"  # whose language is none of ours

# As a sentence of the reader's language names them: «bản tiếng Anh», 英文版. Their own names are in settings.LANGUAGES.
NAMES = {
    "vi": pgettext_lazy("within a sentence", "Vietnamese"),
    "zh-hans": pgettext_lazy("within a sentence", "Chinese"),
    "en": pgettext_lazy("within a sentence", "English"),
}

DATE_FORMATS = {"vi": "d/m/Y", "zh-hans": "Y年n月j日", "en": "j F Y"}
MONTH_FORMATS = {"vi": r"\T\h\á\n\g n/Y", "zh-hans": "Y年n月", "en": "F Y"}
SEPARATORS = {"vi": (",", "."), "zh-hans": (".", ","), "en": (".", ",")}  # decimal, thousands


def tag_of(language: str | None) -> str:
    """The BCP 47 tag of a language code; of an unknown or no language, that of the source language."""
    return HREFLANG.get(language or "", HREFLANG[settings.LANGUAGE_CODE])


def own_name(language: str) -> str:
    """A language as its speakers call it, as lists do; of one that is no longer used, its code."""
    return dict(settings.LANGUAGES).get(language, language)


def locales() -> dict[int, Locale]:
    """The locales by primary key, remembered: nearly every answer asks for one."""
    return cached("locales", lambda: {locale.pk: locale for locale in Locale.objects.all()})


def _of_reader(table: dict):
    return table.get(django_translation.get_language() or "", table[settings.LANGUAGE_CODE])


def write_date(value: date | datetime, formats: dict[str, str] = DATE_FORMATS) -> str:
    """A day as the reader's language writes it: 12/11/2026, 2026年11月12日, 12 November 2026."""
    return dateformat.format(local_day(value), _of_reader(formats))


def local_day(value: date | datetime) -> date:
    """The day of a moment where the portal is at home."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def write_number(value: Decimal | int | float) -> str:
    """A number with the digits it was given, separated as the reader's language does: 9.068,7 or 9,068.7."""
    decimal, thousands = _of_reader(SEPARATORS)
    digits = format(value, "f") if isinstance(value, Decimal) else str(value)
    return numberformat.format(digits, decimal, grouping=3, thousand_sep=thousands, force_grouping=True, use_l10n=False)


def versions(page: Page) -> dict[str, Page]:
    """Every page of this item by language code: translations, originals and aliases. One query, asked once a page."""
    known = page.__dict__.get("_versions")
    if known is None:
        number = PublicId.objects.filter(translation_key=OuterRef("translation_key")).values("pk")[:1]
        siblings = Page.objects.filter(translation_key=page.translation_key).annotate(public_number=Subquery(number))
        siblings = siblings.select_related("locale", "translation_state")
        known = page.__dict__["_versions"] = {sibling.locale.language_code: sibling for sibling in siblings}
    return known


def public_number(page: Page) -> int | None:
    """The short number of this item, the same in every language; None before its first publication."""
    return next((version.public_number for version in versions(page).values()), None)


def alternates(pages: dict[str, Page]) -> list[dict]:
    """`hreflang` links between real, public translations; none where there is only one.

    x-default is for readers of other languages: English, like the bare address, else the original.
    """
    real = [(code, page) for code, page in pages.items() if is_public(page)]
    if len(real) < 2:
        return []
    links = [{"hreflang": HREFLANG[code], "href": page.full_url} for code, page in real]
    default = dict(real).get(FOR_OTHERS) or dict(real).get(settings.LANGUAGE_CODE, real[0][1])
    return [*links, {"hreflang": "x-default", "href": default.full_url}]


def switch(pages: dict[str, Page], request: HttpRequest) -> list[dict]:
    """The language switch: the same page in each language, or its stub, never the home page.

    Where neither answers, as with the translation of a page that is not public itself, the entry has no address.
    """
    current = django_translation.get_language()
    original = pages.get(settings.LANGUAGE_CODE)
    has_stubs = original is not None and is_public(original)
    entries = []
    for code, name in settings.LANGUAGES:
        page = pages.get(code)
        translated = page is not None and page.live and page.alias_of_id is None
        entries.append(
            {
                "code": code,
                "lang": HREFLANG[code],
                "name": name,
                "url": page.get_url(request) if translated or (page is not None and has_stubs) else None,
                "current": code == current,
                "translated": translated,
            }
        )
    return entries


def switch_home() -> list[dict]:
    """The switch where no page could be found or asked for: the front page of each language."""
    return _switch_to(lambda: reverse("wagtail_serve", args=("",)))


def addresses_of_view(view_name: str) -> dict[str, str]:
    """The whole address of a view without parameters in each language, by its `hreflang`."""
    return _whole_addresses(_switch_to(lambda: reverse(view_name)))


def switch_for_view(request: HttpRequest, view_name: str, **kwargs) -> list[dict]:
    """The switch on a view that is no page, such as search: the same view in each language, with its query."""
    query = request.META.get("QUERY_STRING", "")
    return _switch_to(lambda: reverse(view_name, kwargs=kwargs) + (f"?{query}" if query else ""))


def _switch_to(address: Callable[[], str]) -> list[dict]:
    """A switch whose every entry is there: `address` is asked with each language in force."""
    current, entries = django_translation.get_language(), []
    for code, name in settings.LANGUAGES:
        with django_translation.override(code):
            url = address()
        entries.append(
            {
                "code": code,
                "lang": HREFLANG[code],
                "name": name,
                "url": url,
                "current": code == current,
                "translated": True,
            }
        )
    return entries


def alternates_of_view(entries: list[dict]) -> list[dict]:
    """`hreflang` links between the languages of a view, from its switch: whole addresses, without what was asked."""
    addresses = _whole_addresses(entries)
    addresses["x-default"] = addresses[HREFLANG[FOR_OTHERS]]
    return [{"hreflang": tag, "href": address} for tag, address in addresses.items()]


def _whole_addresses(entries: list[dict]) -> dict[str, str]:
    return {entry["lang"]: settings.PUBLIC_URL.origin + entry["url"].partition("?")[0] for entry in entries}
