"""Suggestions as a reader types: titles of public pages and approved names, as JSON. The plain form needs none."""

from itertools import islice

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.core.languages import tag_of
from portal.names.models import shown
from portal.names.whole import OfEveryRecord, Record
from portal.search import spelling
from portal.search.engines.storage import matching
from portal.search.models import SearchEntry
from portal.search.text import WORD, fold_word, is_han, pairs, plain, tokens
from portal.search.understood import Alternative, Group

MOST = 8
_NAMES = 3
_LONGEST = 60
_CANDIDATES = 40


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/<language>/search/suggestions/?q=…` → {"suggestions": [{"text", "url", "lang"}]}: pages lead to themselves,
    names to a search; `lang` only where a name is not in the reader's language. Empty for texts that are too short,
    too long or have no words."""
    language = translation.get_language()
    text = plain(request.GET.get("q", ""))
    found = _suggest(text, language) if 0 < len(text) <= _LONGEST else []
    response = JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "public, max-age=1"  # as long as readers may wait for what was withdrawn to go
    return response


def _suggest(text: str, language: str) -> list[dict]:
    """As it stands, or read out of raw Telex where that finds nothing: «bus num» goes on to «number»."""
    words = WORD.findall(text)
    rows = [[token for word in row for token in tokens(word)] for row in (words, map(_typed_out, words))]
    for row in rows if rows[0] != rows[1] else rows[:1]:
        if row and row != [""] and (found := [*_names(row, language), *_titles(row, language)]):
            return found[:MOST]
    return []


def _typed_out(word: str) -> str:
    """Raw Telex that is no word: «chaau» is meant as «châu»."""
    folded = fold_word(word)
    return word if is_han(word) or spelling.is_syllable(folded) else spelling.typed_out(folded) or word


def _names(row: list[str], language: str) -> list[dict]:
    wanted = " ".join(row)
    begin = (record for record, forms in _approved.values() if any(form.startswith(wanted) for form in forms))
    names = [shown(record, language) for record in islice(begin, _NAMES)]
    address = reverse("search")
    return [
        {
            "text": name,
            "url": f"{address}?{urlencode({'q': name})}",
            **({"lang": tag_of(its_language)} if its_language != language else {}),
        }
        for name, its_language in names
    ]


def _suggested(record: Record) -> tuple[Record, list[str]] | None:
    """An approved name that has not ended, with all its folded forms."""
    if not record.approved or record.ended_on:
        return None
    return record, [" ".join(tokens(text)) for text in record.texts]


_approved = OfEveryRecord(_suggested)


def _titles(row: list[str], language: str) -> list[dict]:
    """Pages in whose title every word stands, the last one perhaps only begun; those that begin with it first."""
    alternatives = [
        Alternative((pair,), prefix=len(pair) == 1)
        for token in row[:-1]
        for pair in (pairs(token) if is_han(token) else [token])
    ]
    last = row[-1]
    alternatives += (
        [Alternative((pair,), prefix=len(pair) == 1) for pair in pairs(last)]
        if is_han(last)
        else [Alternative((last,), prefix=True)]
    )
    entries = SearchEntry.objects.open().of_language(language)
    entries = entries.filter(matching([Group((one,)) for one in alternatives], connection.vendor))
    for one in alternatives:
        entries = entries.filter(folded_title__contains=one.needle)
    rows = entries.order_by("-date", "-pk").values_list("title", "path", "folded_title")[:_CANDIDATES]
    whole = " ".join(token for one in alternatives for token in one.tokens)
    best = sorted(
        rows, key=lambda found: (not found[2].startswith(f" {whole}"), f" {whole}" not in found[2], len(found[0]))
    )
    return [{"text": title, "url": get_script_prefix().rstrip("/") + path} for title, path, _line in best]
