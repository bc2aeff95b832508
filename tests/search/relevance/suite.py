"""The relevance suite: documents, queries and the judgement, for any engine that answers a `SearchQuery`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.names import table
from portal.search import vocabulary
from portal.search.documents import folded_columns
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.results import SearchPage
from portal.search.starting_synonyms import load_synonyms

HERE = Path(__file__).parent
REGISTER = HERE.parents[2] / "portal" / "names" / "demo" / "names.csv"
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


def load() -> int:
    """Write the register and the entries of all documents; return how many entries there are."""
    assert table.read(REGISTER.read_bytes()).ok
    load_synonyms()
    SearchEntry.objects.all().delete()
    entries = list(documents())
    SearchEntry.objects.bulk_create(entries)
    vocabulary.remember(entries)
    return len(entries)


def documents():
    name = kind = day = ""
    for line in (HERE / "documents.txt").read_text(encoding="utf-8").splitlines():
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


def cases():
    language = category = ""
    for line in (HERE / "queries.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            language, category = line[3:].split(" / ", 1)
        elif line and not line.startswith("#"):
            texts, wanted = line.rsplit(" = ", 1)
            for text in texts.split(" | "):
                yield Case(language, category, text.strip(), tuple(wanted.split()))


def judge(search: Callable[[SearchQuery], SearchPage]) -> list[Verdict]:
    """Ask every query."""
    verdicts = []
    for case in cases():
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
