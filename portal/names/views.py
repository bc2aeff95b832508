"""The public name register: approved names in three languages, to look up and to download from."""

from typing import NamedTuple

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from portal.core.languages import HREFLANG, switch_for_view
from portal.core.listing import page_number
from portal.names.models import Name, shown
from portal.names.whole import OfEveryRecord, Record
from portal.search.text import WORD, fold, is_han, plain

PAGE_SIZE = 50
LONGEST_TEXT = 100
_PREFIXES = (
    "tinh ",
    "huyen ",
    "xa ",
    "phuong ",
    "thanh pho ",
    "chau ",
    "cua khau ",
    "le hoi ",
    "cho ",
    "deo ",
    "thac ",
)


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """`/<language>/names/?q=…&kind=…&letter=…&page=…`. Unknown kinds and letters are ignored, unknown pages a 404."""
    language = translation.get_language()
    text = plain(request.GET.get("q", ""))
    asked = request.GET.get("kind", ""), request.GET.get("letter", "")
    rows = _register.values()
    letters = sorted({row.letter for row in rows})
    kind = asked[0] if asked[0] in Name.Kind.values else ""
    letter = asked[1].upper() if asked[1].upper() in letters else ""
    too_long = len(text) > LONGEST_TEXT
    words = WORD.findall(fold(text[:LONGEST_TEXT]))
    found = [
        row.pk
        for row in rows
        if (not kind or row.kind == kind) and (not letter or row.letter == letter) and _has(row, words)
    ]
    page = _page([] if too_long or (text and not words) else found, page_number(request))
    shown = _in_order(Name.objects.prefetch_related("variants", "successions__successor"), list(page.object_list))
    page.object_list = [row_of(name, language) for name in shown]
    response = TemplateResponse(
        request,
        "names/names.html",
        {
            "listing": page,
            "text": text[:LONGEST_TEXT],
            "too_long": too_long,
            "longest_text": LONGEST_TEXT,
            "kind": kind,
            "kinds": Name.Kind.choices,
            "letter": letter,
            "letters": letters,
            "languages": switch_for_view(request, "names"),
            "page_language": HREFLANG[language],
        },
    )
    response.is_shareable = not text and asked == (kind, letter)  # what somebody typed is kept nowhere
    return response


class _Row(NamedTuple):
    """What an approved name is filtered by."""

    pk: int
    kind: str
    letter: str
    forms: str  # folded, each between spaces


def _row(record: Record) -> _Row | None:
    if not record.approved:
        return None
    return _Row(record.pk, record.kind, _letter(record.vi), "|".join(map(_line, record.texts)))


_register = OfEveryRecord(_row)


def _line(text: str) -> str:
    return " " + " ".join(WORD.findall(fold(text))) + " "


def _letter(vietnamese: str) -> str:
    """The letter under which a name is looked up: of the name itself, not of «tỉnh» or «huyện» before it."""
    folded = fold(vietnamese)
    prefix = next((prefix for prefix in _PREFIXES if folded.startswith(prefix)), "")
    return folded[len(prefix) :][:1].upper()


def _has(row: _Row, words: list[str]) -> bool:
    """Whether every word begins a word of some form; Chinese characters may stand anywhere."""
    return all((word if is_han(word) else f" {word}") in row.forms for word in words)


def _page(found: list[int], number: int):
    try:
        return Paginator(found, PAGE_SIZE).page(number)
    except EmptyPage:
        raise Http404("no such page of the register") from None


def _in_order(names_wanted: QuerySet, ids: list[int]) -> list[Name]:
    known = names_wanted.filter(approved=True).in_bulk(ids)
    return [known[pk] for pk in ids if pk in known]


def row_of(name: Name, language: str) -> dict:
    """What a template shows of one name."""
    variants = list(name.variants.all())
    return {
        "name": name,
        "own": _in_language(name, language),
        "former": [one for one in variants if one.kind == "former"],
        "also": [one for one in variants if one.kind == "alias"],
        "unwanted": [one for one in variants if one.kind == "unwanted"],
        "successors": [
            _in_language(one.successor, language) for one in name.successions.all() if one.successor.approved
        ],
    }


def _in_language(name: Name, language: str) -> dict:
    text, its_language = shown(name, language)
    return {"text": text, "lang": HREFLANG[its_language]}
