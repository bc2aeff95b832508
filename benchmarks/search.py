"""`make benchmark-search`: how long the public search takes with many documents, engine beside engine, in one run.

For each size: median and 95th percentile of a question with facets and highlights (Elasticsearch, the database engine,
and Wagtail's own backend, which has neither), of a suggestion; seconds to write and to rebuild; from publishing to
found. Absolute figures depend on the machine: the ratios printed at the end are what counts. On SQLite, or on the
empty PostgreSQL database of DATABASE_URL; Elasticsearch if ELASTICSEARCH_URL names one.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (3_000, 30_000)
LANGUAGES = ("vi", "en", "zh-hans")
QUESTIONS = 60  # for each language and engine
TITLE, SUMMARY, BODY = 7, 25, 250  # words
ONSETS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()
RIMES = "a à á ạ ai ao âu ây ác át an áng ăm ân ê ền ếch i ình ính o oà òng ông ổ ơ ới u ươ ường uyên ửng y".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="documents in all three languages")
    parser.add_argument("--without-wagtail", action="store_true", help="its index takes longest to fill")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="benchmark-search."))
    try:
        prepare(folder)
        measured = {size: measure(size, with_wagtail=not options.without_wagtail) for size in options.sizes}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(measured)


def prepare(folder: Path) -> None:
    """An empty portal, with settings like those of production as far as the search is concerned."""
    from tests import database

    on_sqlite = "DATABASE_URL" not in os.environ
    if on_sqlite:
        shutil.copy(database.template(), folder / "portal.sqlite3")
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'portal.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    os.environ["ELASTICSEARCH_PREFIX"] = f"benchmark-{uuid.uuid4().hex[:8]}"
    os.environ["ELASTICSEARCH_SECONDS"] = "30"  # what is slow shall be measured, not given up
    import django

    django.setup()
    from django.core.management import call_command

    if not on_sqlite:
        call_command("migrate", verbosity=0)
        call_command("setup", verbosity=0)


# --- What is searched --------------------------------------------------------------------------------------------


class Writer:
    """Texts of a language: few words are frequent, most are rare, as in every language."""

    def __init__(self, language: str):
        self.random, self.joint = random.Random(language), "" if language == "zh-hans" else " "
        if language == "vi":
            words = [onset + rime for onset in ONSETS for rime in RIMES]
        elif language == "en":
            parts = [a + b for a in "bcdfglmnprstvw" for b in "aeiou"]
            words = [first + second + end for first in parts for second in parts for end in ("", "n", "ster")]
        else:
            words = [chr(0x4E00 + number) for number in range(3000)]
        self.random.shuffle(words)
        self.words, self.weights = words, [1 / (rank + 10) for rank in range(len(words))]

    def text(self, count: int) -> str:
        return self.joint.join(self.random.choices(self.words, self.weights, k=count))

    def question(self, title: str) -> str:
        """Some neighbouring words of a title, without marks where that is usual."""
        from portal.search.text import fold

        words = title.split() if self.joint else list(title)
        start = self.random.randrange(len(words) - 3)
        return fold(self.joint.join(words[start : start + self.random.choice((2, 2, 3))]))


def fill(size: int) -> dict[str, list[str]]:
    """Rows up to `size` in all; the titles by language."""
    from portal.search import service
    from portal.search.documents import folded_columns
    from portal.search.models import SearchEntry

    titles: dict[str, list[str]] = {}
    for language in LANGUAGES:
        writer, chosen, rows = Writer(language), random.Random(size), []
        for number in range(size // len(LANGUAGES)):
            title, summary, body = writer.text(TITLE), writer.text(SUMMARY), writer.text(BODY)
            day = date(2026, 11, 1) - timedelta(days=chosen.randrange(4000))
            rows.append(
                SearchEntry(
                    key=f"benchmark:{language}:{number}",
                    language=language,
                    kind=chosen.choice(("article", "information", "page")),
                    section=f"section-{chosen.randrange(7)}",
                    title=title,
                    summary=summary,
                    body=body,
                    path=f"/{language}/{number}/",
                    date=day,
                    year=day.year,
                    is_dated=True,
                    **folded_columns(title, summary, body),
                )
            )
            titles.setdefault(language, []).append(title)
            if len(rows) == service.CHUNK:
                service.write(rows)
                rows = []
        service.write(rows)
    return titles


def fill_wagtail(size: int) -> None:
    """As many pages with the same titles and summaries in Wagtail's own index."""
    from wagtail.search.backends import get_search_backend

    from news.models import ArticlePage
    from tests.builders import add_many, news

    for language in LANGUAGES:
        writer, parent = Writer(language), news(language)
        missing = size // len(LANGUAGES) - parent.get_children_count()
        add_many(parent, ArticlePage, missing)
        pages = list(ArticlePage.objects.child_of(parent))
        for page in pages:
            page.title, page.summary = writer.text(TITLE), writer.text(SUMMARY)
            writer.text(BODY)
        get_search_backend().add_bulk(ArticlePage, pages)


# --- Measuring ---------------------------------------------------------------------------------------------------


def measure(size: int, *, with_wagtail: bool) -> dict[str, float]:
    """Figures by name, in milliseconds for questions and in seconds for work."""
    from django.conf import settings
    from wagtail.models import Locale, Page
    from wagtail.search.backends import get_search_backend

    from portal.search.engines.database import DatabaseEngine
    from portal.search.engines.elastic import sync
    from portal.search.engines.elastic.engine import ElasticEngine
    from portal.search.query import SearchQuery
    from portal.search.suggestions import _suggest

    figures: dict[str, float] = {}
    titles = timed(figures, "write rows, s", lambda: fill(size))
    questions = [
        (language, writer.question(writer.random.choice(titles[language])))
        for language in LANGUAGES
        for writer in [Writer(language)]
        for _ in range(QUESTIONS)
    ]
    if settings.ELASTICSEARCH_URL:
        timed(figures, "rebuild Elasticsearch, s", lambda: [sync.rebuild(language) for language in LANGUAGES])
        engine = ElasticEngine()
        asked(figures, "Elasticsearch", questions, lambda lang, text: engine.search(SearchQuery(text, lang)))
    database = DatabaseEngine()
    asked(figures, "database", questions, lambda lang, text: database.search(SearchQuery(text, lang)))
    asked(figures, "suggestion", questions, lambda lang, text: _suggest(text[:-1], lang))
    if with_wagtail:
        timed(figures, "fill Wagtail's index, s", lambda: fill_wagtail(size))
        locales = {locale.language_code: locale for locale in Locale.objects.all()}

        def ask_wagtail(language: str, text: str):
            pages = Page.objects.live().filter(locale=locales[language])
            found = get_search_backend().search(text, pages)
            return list(found[:10]), found.count()

        asked(figures, "Wagtail", questions, ask_wagtail)
    figures["from publishing to found, s"] = statistics.median(publish_and_find() for _ in range(3))
    return figures


def timed(figures: dict, name: str, work: Callable):
    started = time.perf_counter()
    result = work()
    figures[name] = time.perf_counter() - started
    print(f"  {name}: {figures[name]:.1f}", flush=True)
    return result


def asked(figures: dict, name: str, questions: list[tuple[str, str]], ask: Callable) -> None:
    for language, text in questions:
        ask(language, text)  # as in a server that has run for a while, not in the minute after its start
    times = []
    for language, text in questions:
        started = time.perf_counter()
        ask(language, text)
        times.append((time.perf_counter() - started) * 1000)
    figures[f"{name} median, ms"] = statistics.median(times)
    figures[f"{name} p95, ms"] = statistics.quantiles(times, n=20)[-1]
    print(f"  {name}: median {statistics.median(times):.1f} ms, p95 {figures[f'{name} p95, ms']:.1f} ms", flush=True)


def publish_and_find() -> float:
    """Seconds of publishing itself, its tasks, and until a reader's question finds it."""
    from portal.search.engines import get_engine
    from portal.search.query import SearchQuery
    from tests.builders import make_article

    word = "".join(random.choices("bcdfghklmnpqrst", k=12))
    draft = make_article(f"Tin {word}", publish=False)
    from portal.publishing.service import publish_new

    started = time.perf_counter()
    publish_new(draft, "benchmark")
    while not get_engine().search(SearchQuery(word, "vi")).total:
        if time.perf_counter() - started > 60:
            raise SystemExit("What was published was not found within a minute.")
        time.sleep(0.02)
    return time.perf_counter() - started


def report(measured: dict[int, dict[str, float]]) -> None:
    sizes = list(measured)
    print(f"\n{'':32}" + "".join(f"{size:>12,}" for size in sizes) + ("      growth" if len(sizes) > 1 else ""))
    for name in measured[sizes[0]]:
        values = [measured[size][name] for size in sizes]
        growth = f"{values[-1] / values[0]:11.2f}×" if len(sizes) > 1 else ""
        print(f"{name:32}" + "".join(f"{value:12.1f}" for value in values) + growth)
    for other in ("database", "Wagtail"):
        for size, figures in measured.items():
            ours, theirs = figures.get("Elasticsearch p95, ms"), figures.get(f"{other} p95, ms")
            if ours and theirs:
                print(f"{size:,}: p95 of Elasticsearch is {ours / theirs:.2f} × that of {other}")


if __name__ == "__main__":
    main()
