"""What the public can find: one row per live, public, really translated page or record."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.core.languages import own_name
from portal.publishing.visibility import is_public
from portal.search.query import LONGEST_QUERY
from portal.search.text import tokens

_SHOWN = 150  # characters of an entry in lists and messages


class OfLanguageQuerySet(models.QuerySet):
    """Rows that belong to one language."""

    def of_language(self, language: str):
        """Those of a language among what other conditions find.

        Not by an index of the column: SQLite, which keeps no statistics, believes that few rows have one language, and
        would read all of them to look for a handful.
        """
        return self.alias(own_language=Coalesce(F("language"), Value(""))).filter(own_language=language)


class SearchEntryQuerySet(OfLanguageQuerySet):
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
    file_type = models.CharField(max_length=10, blank=True)  # of a document: "pdf"
    file_size = models.PositiveBigIntegerField(null=True)  # bytes
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
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [models.Index(fields=["language", "-date"], name="search_newest")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"

    def is_open(self, now) -> bool:
        """Of one row what `open` asks of many."""
        return self.public_until is None or self.public_until > now


class SearchChange(models.Model):
    """A note that a row was written or taken away, left by the database itself (portal.search.engines.outbox).

    It goes when the search server has heard of it. Its number is the version under which the server keeps the row, so
    that two processes may tell it of the same row in any order.
    """

    key = models.CharField(max_length=80)
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("search change")
        verbose_name_plural = _("search changes")

    def __str__(self) -> str:
        return f"{self.pk}: {self.key} ({self.language})"


class SearchAnalysis(models.Model):
    """By which analysis of texts entries and words were made last (portal.search.analysis). One row."""

    version = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("analysis of texts")
        verbose_name_plural = _("analyses of texts")

    def __str__(self) -> str:
        return self.version


class DocumentText(models.Model):
    """The words inside a document, read by a task once for each content of the file."""

    PROBLEMS = {
        "protected": _("The search cannot read this file: it is protected by a password. It is found by its title."),
        "corrupt": _("The search cannot read this file: it is damaged. It is found by its title."),
        "too_slow": _("The search cannot read this file: that takes too long. It is found by its title."),
        "no_text": _("The search finds no text in this file, perhaps it is a scan. It is found by its title."),
    }

    document = models.OneToOneField("core.PortalDocument", on_delete=models.CASCADE, related_name="search_text")
    file_hash = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.problem or 'read'}"

    @property
    def note(self) -> str:
        """What the editor should know, or ""."""
        return str(self.PROBLEMS.get(self.problem, ""))


class Word(models.Model):
    """A word of the entries in one language: what misspelt words are compared with.

    Never taken away when an entry goes, only by a rebuild; whoever shows a word asks the index whether it still is
    in a public text (`storage.present`). Of Chinese the pairs of titles and summaries are kept.
    """

    language = models.CharField(max_length=10)
    form = models.CharField(max_length=64)  # lower case, with its marks
    folded = models.CharField(max_length=64, db_index=True)
    root = models.CharField(max_length=64, db_index=True)  # shared by spellings and inflections that mean the same
    sound = models.CharField(max_length=64, db_index=True)  # shared by what is often mistaken for one another
    count = models.PositiveIntegerField(default=0)  # roughly in how many texts

    objects = OfLanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_one_word")]

    def __str__(self) -> str:
        return f"{self.form} ({self.language})"


def _refuse_wordless(lines: list[str], field: str) -> None:
    """Raise ValidationError, at the field of a form, for a line in which the search sees no word."""
    for line in lines:
        if not list(tokens(line)):
            message = _("“%(line)s” has no letter or digit, so nobody can search for it.")
            raise ValidationError({field: message % {"line": line[:40]}})


def _refuse_too_much(lines: list[str], field: str, most: int, longest: int) -> None:
    """Raise ValidationError, at the field of a form, for more lines or longer ones than the search can use."""
    if len(lines) > most:
        message = _("These are %(count)d lines; at most %(most)d are allowed.")
        raise ValidationError({field: message % {"count": len(lines), "most": most}})
    for line in lines:
        if len(line) > longest:
            message = _("“%(line)s…” is longer than %(longest)d characters, so nobody searches for it.")
            raise ValidationError({field: message % {"line": line[:40], "longest": longest}})


class Synonyms(models.Model):
    """Words of one language that readers use for the same thing; each finds what is written with any other."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.TextField(
        _("words"), help_text=_("One word or expression a line, at least two, e.g. tax breaks / tax incentives")
    )

    panels = [FieldPanel("language"), FieldPanel("words")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "words"]

    MOST, LONGEST = 20, 100

    def __str__(self) -> str:
        return Truncator(" = ".join(self.lines)).chars(_SHOWN)

    @property
    def lines(self) -> list[str]:
        return lines_of(self.words)

    def clean(self) -> None:
        super().clean()
        if len(self.lines) < 2:
            raise ValidationError({"words": _("Write at least two words or expressions, one a line.")})
        _refuse_too_much(self.lines, "words", self.MOST, self.LONGEST)
        _refuse_wordless(self.lines, "words")
        if len({tuple(tokens(line)) for line in self.lines}) < 2:
            raise ValidationError({"words": _("The search takes these for the same word anyway: write another one.")})
        if (same := self._same_elsewhere()) is not None:
            raise ValidationError({"words": _("These words stand together already: %(words)s") % {"words": same}})

    def _same_elsewhere(self) -> "Synonyms | None":
        """Another entry of the language that holds all words of this one."""
        mine = {tuple(tokens(line)) for line in self.lines}
        for other in Synonyms.objects.filter(language=self.language).exclude(pk=self.pk):
            if mine <= {tuple(tokens(line)) for line in other.lines}:
                return other
        return None


class BestBet(models.Model):
    """A page that editors show above all results of certain queries, as long as it is public."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    queries = models.TextField(_("queries"), help_text=_("One query a line; accents and capitals make no difference"))
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    panels = [FieldPanel("language"), FieldPanel("queries"), FieldPanel("page"), FieldPanel("order")]

    class Meta:
        verbose_name = _("chosen result")
        verbose_name_plural = _("chosen results")
        ordering = ["language", "order", "pk"]

    MOST = 50

    def __str__(self) -> str:
        return f"{Truncator(', '.join(lines_of(self.queries))).chars(_SHOWN)} → {self.page}"

    @property
    def is_shown(self) -> bool:
        return is_public(self.page)

    def clean(self) -> None:
        super().clean()
        if not lines_of(self.queries):
            raise ValidationError({"queries": _("Write at least one query.")})
        _refuse_too_much(lines_of(self.queries), "queries", self.MOST, LONGEST_QUERY)
        _refuse_wordless(lines_of(self.queries), "queries")
        if self.page_id and self.language and self.page.locale.language_code != self.language:
            raise ValidationError({"page": _("Choose a page in the language of the queries.")})


class SearchedQuery(models.Model):
    """How often something was searched on a day, and how much was found the last time. Nothing about who."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("query"), max_length=200)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    found = models.PositiveIntegerField(_("results"), default=0)

    class Meta:
        verbose_name = _("searched query")
        verbose_name_plural = _("searched queries")
        constraints = [models.UniqueConstraint(fields=["day", "language", "text"], name="search_one_count")]
        indexes = [models.Index(fields=["-day"], name="search_latest_counts")]

    def __str__(self) -> str:
        return f"{self.text} ({self.language}, {self.day})"

    @property
    def language_name(self) -> str:
        return own_name(self.language)


def lines_of(text: str) -> list[str]:
    """The lines of a text field, without empty ones and without doubles."""
    return list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
