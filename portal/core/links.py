"""Links between pages inside rich text: to the page in the reader's language, looked up once for a whole body.

Wagtail asks for each paragraph anew and for the active language with every link.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.core.languages import tag_of
from portal.core.texts import texts_in

_LINK = re.compile(r"<a [^>]*linktype=\"page\"[^>]*>")
_ID = re.compile(r"\bid=\"(\d+)\"")
_known: ContextVar[dict[str, str] | None] = ContextVar("addresses of linked pages", default=None)


class LocalPageLinkHandler(PageLinkHandler):
    """Turns a stored link into an address of the reader's language; a page that is not public loses its address."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        wanted = [str(attrs.get("id")) for attrs in attrs_list]
        known = _known.get()
        if known is None or not known.keys() >= set(wanted):
            known = _look_up(wanted)
        return [known[one] for one in wanted]


@contextmanager
def links_of(stream) -> Iterator[None]:
    """Look up at once all pages that the rich text of a stream links to."""
    wanted = {one for text in texts_in(stream.raw_data) for link in _LINK.findall(text) for one in _ID.findall(link)}
    token = _known.set(_look_up(wanted) if wanted else _Tags())
    try:
        yield
    finally:
        _known.reset(token)


def _look_up(wanted: Iterable[str]) -> "_Tags":
    """Opening tags by the id that was stored: the page of that item in the active language, else the page itself."""
    wanted = {one for one in wanted if one.isdigit()}
    items = Page.objects.filter(pk__in=wanted).values("translation_key")
    pages = Page.objects.filter(translation_key__in=items, live=True)
    pages = list(pages.filter(Q(pk__in=wanted) | Q(locale__language_code=get_language())).select_related("locale"))
    here = {page.translation_key: page for page in pages if page.locale.language_code == get_language()}
    return _Tags({str(page.pk): _tag(here.get(page.translation_key, page)) for page in pages if str(page.pk) in wanted})


class _Tags(dict):
    """Opening tags by page id; a page that is not public has no address."""

    def __missing__(self, key: str) -> str:
        return "<a>"


def _tag(page: Page) -> str:
    language = page.locale.language_code
    hreflang = "" if language == get_language() else f' hreflang="{tag_of(language)}"'
    return f'<a href="{escape(page.url)}"{hreflang}>'
