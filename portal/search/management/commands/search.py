"""`manage.py search rebuild|status|explain "query" --lang vi`: for operators, and for whoever asks why it ranks so."""

import json
from collections import Counter
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from portal.search import analysis, service
from portal.search.engines import fallback, get_engine
from portal.search.engines.elastic import sync
from portal.search.engines.elastic.connection import Unreachable
from portal.search.engines.elastic.engine import ElasticEngine
from portal.search.engines.elastic.indices import languages
from portal.search.health import health
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.understanding import understand

_NO_SERVER = "No search server is configured, so the database answers: set ELASTICSEARCH_URL to its address."


class Command(BaseCommand):
    help = (
        "The public search: `rebuild` makes every entry and index again, `status` compares pages, entries and indices, "
        "`explain` says what is found for a query and why in this order."
    )

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["rebuild", "status", "explain"])
        parser.add_argument("query", nargs="?", default="", help="with explain: what a reader would type")
        parser.add_argument("--lang", choices=languages(), help="one language; explain: vi unless named")
        parser.add_argument(
            "--index-only", action="store_true", help="rebuild: leave the entries, make Elasticsearch's indices again"
        )
        parser.add_argument("--json", action="store_true", help="explain: the engine's own figures")

    def handle(self, *args, action: str, **options):
        getattr(self, f"_{action}")(options)

    # --- rebuild ---

    def _rebuild(self, options: dict) -> None:
        """Readers find things all the while: rows are replaced one by one, indices when the new one is complete."""
        if options["index_only"] and not settings.ELASTICSEARCH_URL:
            raise CommandError(_NO_SERVER)
        if not options["index_only"]:
            progress = partial(self._progress, what="pages")
            pages, documents, removed = service.rebuild(options["lang"] or "", progress)
            if not options["lang"]:
                analysis.note()
            self.stdout.write(f"{pages} pages and {documents} documents indexed, {removed} entries removed.")
        if settings.ELASTICSEARCH_URL:
            self._rebuild_indices([options["lang"]] if options["lang"] else languages())
        self._status(options)

    def _rebuild_indices(self, wanted: list[str]) -> None:
        for language in wanted:
            try:
                count = sync.rebuild(language, partial(self._progress, what=language))
            except Unreachable as error:
                raise CommandError(
                    f"Elasticsearch did not take the index of {language}: {error}. Nothing was changed for readers; "
                    "the address is in ELASTICSEARCH_URL."
                ) from None
            self.stdout.write(f"{language}: {count} documents, serving.")
        fallback.note_success()

    def _progress(self, done: int, total: int, what: str) -> None:
        if self.stdout.isatty() and total:
            bar = "█" * (done * 30 // total)
            self.stdout.write(f"\r{bar:30} {done}/{total} {what}", ending="\n" if done >= total else "")
            self.stdout.flush()

    # --- status ---

    def _status(self, options: dict) -> None:
        """Print pages, entries and documents by language; raise CommandError where they differ."""
        state = health()
        pages = Counter(dict(service.findable().order_by().values_list("locale__language_code").annotate(Count("pk"))))
        self.stdout.write(f"Engine: {get_engine().name}; answering now: {state.answering}")
        for language in sorted(pages | state.entries | state.indexed):
            index = f"{state.indexed[language] or 0:8} in the index" if language in state.indexed else ""
            self.stdout.write(
                f"{language:8} {pages[language]:6} public pages {state.entries.get(language, 0):8} entries {index}"
            )
        problems = [*self._row_problems(), *self._server_problems(state)]
        if problems:
            raise CommandError(" ".join(problems))
        self.stdout.write("Pages, entries and indices agree." if state.indexed else "Pages and entries agree.")

    def _row_problems(self) -> list[str]:
        entries = SearchEntry.objects.filter(page__isnull=False).open()
        missing = service.findable().exclude(pk__in=entries.values("page_id")).count()
        hidden = entries.exclude(page__in=service.findable()).count()
        if not missing and not hidden:
            return []
        return [f"{missing} pages have no entry, {hidden} entries have no public page. Run: manage.py search rebuild"]

    def _server_problems(self, state) -> list[str]:
        if state.agrees:
            return []
        if state.away_seconds is not None:
            return [
                f"Elasticsearch is not used ({state.reason}); {state.untold} changes wait for it. The scheduler tries "
                "it every few seconds; its address is in ELASTICSEARCH_URL."
            ]
        return [
            f"Entries and documents differ, {state.untold} changes are on their way. The scheduler mends this within "
            "ten minutes; at once: manage.py search rebuild --index-only"
        ]

    # --- explain ---

    def _explain(self, options: dict) -> None:
        query = SearchQuery(text=options["query"].strip(), language=options["lang"] or settings.LANGUAGE_CODE)
        if not query.text or not query.terms:
            raise CommandError('Say what a reader would type: manage.py search explain "lai chau" --lang vi')
        for group in understand(query).groups:
            variants = ", ".join(
                f"«{' '.join(one.tokens)}{'…' * one.prefix}» ×{one.weight:g}" for one in group.alternatives
            )
            self.stdout.write(f"{'may' if group.optional else 'must'} have: {variants}")
        result = get_engine().search(query)
        self.stdout.write(f"{result.total} found by {result.engine}; elsewhere: {result.elsewhere or 'nothing'}")
        try:
            reasons = ElasticEngine().explain(query) if result.engine == ElasticEngine.name else {}
        except Unreachable as error:
            raise CommandError(f"Elasticsearch cannot say why: {error}") from None
        for number, hit in enumerate(result.hits, start=1):
            score, fields, figures = reasons.get(hit.key, (None, {}, {}))
            self.stdout.write(f"{number:3}. {hit.title}  [{hit.key}, {hit.kind}]")
            if score is not None:
                parts = ", ".join(f"{name} {value:.1f}" for name, value in fields.items())
                self.stdout.write(f"     score {score:.1f}: {parts}")
            if options["json"]:
                self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1))
