"""What the public can find: one row per live, public, really translated page or record."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SearchEntryQuerySet(models.QuerySet):
    """Words in which engines and commands ask for entries."""

    def open(self, now=None):
        """Entries whose own end has not come: obeyed at every query, whether or not the scheduler was there."""
        return self.filter(Q(public_until__isnull=True) | Q(public_until__gt=now or timezone.now()))

    def below(self, tree_path: str):
        """Entries of a page, given by its tree path, and of everything under it."""
        return self.filter(page__path__startswith=tree_path)


class SearchEntry(models.Model):
    """One thing to find, in one language, with the text that is searched and what a result shows.

    Open to records that are no pages: they have a key of their own kind ("document:7") and no `page`. Nothing here
    is a source: `manage.py search rebuild` makes every row again. What may be seen is decided before a row exists.
    """

    key = models.CharField(max_length=80, unique=True)
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    # Slug of the section: the same in the three languages, so that a filtered address can be passed on.
    section = models.CharField(max_length=255, blank=True)
    # Below the prefix of the deployment, e.g. "/vi/tin-tuc-su-kien/": the prefix is added when it is shown.
    path = models.CharField(max_length=2000)
    # Its own date, else the day of its first publication. With a date of its own (`is_dated`) newer ranks higher.
    date = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    is_dated = models.BooleanField(default=False)
    topics = models.TextField(blank=True)  # codes, with a space around each
    department = models.CharField(max_length=60, blank=True)
    updated = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    # Long columns come last: SQLite reads a row from its beginning, and most questions need only the short ones.
    title = models.TextField()
    summary = models.TextField(blank=True)
    # Lines of tokens, see portal.search.text: of the title, of the summary, of everything.
    folded_title = models.TextField()
    folded_summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    folded = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        indexes = [models.Index(fields=["language", "-date"], name="search_newest")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class SearchChange(models.Model):
    """A note that a row was written or taken away, left by the database itself (portal.search.engines.outbox).

    It goes when the search server has heard of it. Its number is the version under which the server keeps the row, so
    that two processes may tell it of the same row in any order.
    """

    key = models.CharField(max_length=80)
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = "search change"
        verbose_name_plural = "search changes"

    def __str__(self) -> str:
        return f"{self.pk}: {self.key} ({self.language})"
