"""The relevance suite: documents, queries and the judgement, for any engine that answers a `SearchQuery`.

Five bodies of documents with queries of their own. The rules of understanding were made with the first at hand; the
others were written before the rules that they led to, to see what rules are worth for others' words.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from portal.names import table
from portal.search import vocabulary
from portal.search.documents import folded_columns
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.results import SearchPage
from portal.search.starting_synonyms import load_synonyms

HERE = Path(__file__).parent
REGISTER = HERE.parents[2] / "portal" / "names" / "demo" / "names.csv"
SETS = ("first", "second", "third", "fourth", "fifth")
# The documents that a set's queries are asked of. The first two alone have enough of their own.
DOCUMENTS = {
    "first": ("first",),
    "second": ("second",),
    "third": ("third", "second"),
    "fourth": ("fourth", "third", "second"),
    "fifth": ("fifth", "third", "second"),
}
_FIRST_PLACE = 1000  # in the tree, behind everything that setup makes
CODES = {"vi": "vi", "en": "en", "zh": "zh-hans"}


@dataclass(frozen=True)
class Case:
    """One query: what must come first is one of `wanted`."""

    language: str
    category: str
    text: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What came instead; `place` is that of the first wanted document among the first ten, 0 if it is not there."""

    case: Case
    place: int
    first: str


def load(*folders: str) -> int:
    """Write the register and the entries of the documents of these sets; return how many entries there are."""
    assert table.read(REGISTER.read_bytes()).ok
    load_synonyms()
    SearchEntry.objects.all().delete()
    entries = [entry for folder in folders for entry in documents(folder)]
    Page.objects.bulk_create(_pages(entries))
    SearchEntry.objects.bulk_create(entries)
    vocabulary.remember(entries)
    return len(entries)


def _pages(entries: list[SearchEntry]):
    """A page for each entry, so that it has translations."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    root, kind = Page.get_first_root_node(), ContentType.objects.get_for_model(Page)
    for number, entry in enumerate(entries):
        name = entry.key.partition(":")[0]
        entry.page = Page(
            path=Page._get_path(root.path, 2, _FIRST_PLACE + number),
            depth=2,
            title=entry.title,
            slug=f"{name}-{entry.language}",
            url_path=entry.path,
            locale=locales[entry.language],
            translation_key=uuid5(NAMESPACE_URL, name),
            content_type=kind,
        )
        yield entry.page


def documents(folder: str):
    name = kind = day = ""
    for line in (HERE / folder / "documents.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name, kind, day = line[3:].split()
        elif line and not line.startswith("#"):
            code, _colon, texts = line.partition(": ")
            title, summary, body = (text.strip() for text in texts.split(" | "))
            when = date.fromisoformat(day) if day != "-" else None
            yield SearchEntry(
                key=f"{name}:{CODES[code]}",
                language=CODES[code],
                kind=kind,
                title=title,
                summary=summary,
                body=body,
                path=f"/{CODES[code]}/{name}/",
                date=when,
                year=when.year if when else None,
                is_dated=when is not None,
                **folded_columns(title, summary, body),
            )


def cases(folder: str):
    language = category = ""
    for line in (HERE / folder / "queries.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            language, category = line[3:].split(" / ", 1)
        elif line and not line.startswith("#"):
            texts, wanted = line.rsplit(" = ", 1)
            for text in texts.split(" | "):
                yield Case(language, category, text.strip(), tuple(wanted.split()))


def judge(search: Callable[[SearchQuery], SearchPage], folder: str) -> list[Verdict]:
    """Ask every query of a set."""
    verdicts = []
    for case in cases(folder):
        page = search(SearchQuery(text=case.text, language=CODES[case.language]))
        found = [hit.key.partition(":")[0] for hit in page.hits]
        place = next((number for number, name in enumerate(found, 1) if name in case.wanted), 0)
        verdicts.append(Verdict(case, place, found[0] if found else "nothing"))
    return verdicts


def shares(verdicts: list[Verdict]) -> dict[str, float]:
    """The share of queries whose wanted document came first, by language."""
    right = defaultdict(list)
    for verdict in verdicts:
        right[verdict.case.language].append(verdict.place == 1)
    return {language: sum(values) / len(values) for language, values in right.items()}


def report(verdicts: list[Verdict]) -> str:
    """A line for each category and each query that failed."""
    by_category = defaultdict(list)
    for verdict in verdicts:
        by_category[verdict.case.language, verdict.case.category].append(verdict)
    lines = []
    for (language, category), rows in by_category.items():
        right = sum(row.place == 1 for row in rows)
        lines.append(f"{language:3} {category:45} {right:3} of {len(rows):3}")
        lines += [
            f"      «{row.case.text}»: wanted {' or '.join(row.case.wanted)}, place {row.place}, came {row.first}"
            for row in rows
            if row.place != 1
        ]
    lines += [f"{language:3} {share:6.1%}" for language, share in shares(verdicts).items()]
    return "\n".join(lines)
