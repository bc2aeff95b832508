"""`manage.py search rebuild|status`: make all entries again, or say whether they agree with the pages."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from portal.search import service, vocabulary
from portal.search.engines import get_engine
from portal.search.models import SearchEntry


class Command(BaseCommand):
    help = "The public search: `rebuild` makes every entry again, `status` compares entries with public pages."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["rebuild", "status"])

    def handle(self, *args, action: str, **options):
        if action == "rebuild":
            self._rebuild()
        self._compare()

    def _rebuild(self) -> None:
        """Rows are replaced one by one: readers find things all the while."""
        vocabulary.forget()
        ids = list(service.findable().order_by("pk").values_list("pk", flat=True))
        service.reindex(ids, progress=lambda done: self._progress(done, len(ids)))
        removed = service.remove_stale()
        self.stdout.write(f"{len(ids)} pages indexed, {removed} entries removed.")

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done}/{total} pages", ending="\n" if done == total else "")
            self.stdout.flush()

    def _compare(self) -> None:
        """Print pages and entries by language; raise CommandError where they differ."""
        pages = Counter(dict(service.findable().order_by().values_list("locale__language_code").annotate(Count("pk"))))
        entries = SearchEntry.objects.filter(page__isnull=False).open()
        rows = Counter(dict(entries.order_by().values_list("language").annotate(Count("pk"))))
        self.stdout.write(f"Engine: {get_engine().name}")
        for language in sorted(pages | rows):
            self.stdout.write(f"{language:8} {pages[language]:6} public pages {rows[language]:6} entries")
        missing = service.findable().exclude(pk__in=entries.values("page_id")).count()
        hidden = entries.exclude(page__in=service.findable()).count()
        if missing or hidden:
            raise CommandError(
                f"{missing} pages have no entry, {hidden} entries have no public page. Run: manage.py search rebuild"
            )
        self.stdout.write("Pages and entries agree.")
