"""Section 2, news and events: the index with its archive, and articles."""

from datetime import date
from urllib.parse import urlencode

from django.db import models
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.core.languages import switch, versions
from portal.core.listing import PortalPageQuerySet, paginate
from portal.core.models import BodyPage, SectionIndexPage
from portal.publishing.generation import cached
from portal.search.sections import topic_names


class ArticleQuerySet(PortalPageQuerySet):
    """Words for articles."""

    def newest_first(self):
        return self.order_by("-date", "-pk")

    def of_month(self, year: int, month: int):
        return self.filter(date__year=year, date__month=month)

    def about(self, topic_code: str):
        return self.filter(article_topics__topic__code=topic_code)

    def for_cards(self):
        """Only what a list shows: no bodies."""
        return self.select_related("lead_picture").defer("body")


class NewsIndexPage(RoutablePageMixin, SectionIndexPage):
    """The landing page of section 2: articles, newest first, by kind, topic and month."""

    template = "news/news_index_page.html"
    page_description = _("The landing page of section 2, news and events.")
    reads_of_query = ("kind", "topic", *SectionIndexPage.reads_of_query)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage"]

    class Meta:
        verbose_name = _("news and events")
        verbose_name_plural = _("news and events")

    @path("")
    def latest(self, request: HttpRequest) -> HttpResponse:
        return self._render_list(request, self.articles(), {})

    @path("<int:year>/<int:month>/", name="month")
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """Articles of one month. A month that is none, or lies outside the archive's time, is a 404."""
        if not 1 <= month <= 12 or not 1945 <= year <= timezone.localdate().year + 1:
            raise Http404("no such month")
        articles = self.articles().of_month(year, month)
        if not articles.exists():
            raise Http404("nothing was published in this month")
        response = self._render_list(request, articles, {"month": date(year, month, 1)})
        if not request.path.endswith(f"/{year}/{month}/"):
            response.is_shareable = False  # /2026/07/, which has endless brothers
        return response

    def articles(self):
        """The public articles below this page, newest first."""
        return ArticlePage.objects.descendant_of(self).published().newest_first().for_cards()

    def newest(self, number: int) -> list["ArticlePage"]:
        """What the front page shows of this section."""
        return list(self.articles()[:number])

    def months(self) -> list[dict]:
        """Months that have articles, newest first, with their numbers: [{"month": date, "count": int}, …]."""
        return _months(self)

    def _switch(self, request: HttpRequest, month: date | None) -> list[dict]:
        """The language switch of a part of the list: the same month and filter, the whole list where there is no such
        month."""
        pages, chosen = versions(self), {name: request.GET[name] for name in ("kind", "topic") if request.GET.get(name)}
        entries = switch(pages, request)
        for entry in entries:
            if entry["translated"]:
                if month and any(other["month"] == month for other in _months(pages[entry["code"]])):
                    entry["url"] += f"{month.year}/{month.month}/"
                entry["url"] += f"?{urlencode(chosen)}" if chosen else ""
        return entries

    def _render_list(self, request: HttpRequest, articles, extra: dict) -> HttpResponse:
        kind, topic = request.GET.get("kind", ""), request.GET.get("topic", "")
        if kind in ArticlePage.Kind.values:
            articles = articles.filter(kind=kind)
        if topic:
            articles = articles.about(topic)
        overrides = {
            "listing": paginate(articles, request),
            "months": self.months(),
            "kinds": ArticlePage.Kind.choices,
            "chosen_kind": kind if kind in ArticlePage.Kind.values else "",
            "chosen_topic": topic,
            "languages": self._switch(request, extra.get("month")),
            **extra,
        }
        response = self.render(request, context_overrides=overrides)
        known = topic in topic_names(self.locale.language_code) if topic else True
        response.is_shareable = known and kind == overrides["chosen_kind"]
        return response

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super(SectionIndexPage, self).get_context(request, *args, **kwargs)


def _months(index: Page) -> list[dict]:
    """The months of a news index of whatever language, of which not more than the page needs to be known."""

    def counted() -> list[dict]:
        rows = ArticlePage.objects.descendant_of(index).published().annotate(month=TruncMonth("date")).order_by()
        return list(rows.values("month").annotate(count=models.Count("pk")).order_by("-month"))

    return cached(f"months:{index.pk}", counted)


class ArticlePage(BodyPage):
    """A news item, announcement or feature."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ANNOUNCEMENT = "announcement", _("Announcement")
        FEATURE = "feature", _("Feature")

    template = "news/article_page.html"
    page_description = _("A news item, announcement or feature with its date, topics and credit.")
    search_kind = "article"
    neutral_fields = (*BodyPage.neutral_fields, "date", "kind")
    neutral_relations = {"article_topics": ("topic",)}

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    date = models.DateField(_("date"), default=timezone.localdate, help_text=_("The same in every language"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who wrote or supplied it"))

    objects = PageManager.from_queryset(ArticleQuerySet)()

    content_panels = [
        *BodyPage.content_panels[:1],
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("kind"),
                FieldPanel("credit"),
                InlinePanel("article_topics", label=_("Topic")),
            ],
            heading=_("About the article"),
        ),
        *BodyPage.content_panels[1:],
    ]

    search_fields = [*BodyPage.search_fields, index.FilterField("date"), index.FilterField("kind")]

    override_translatable_fields = [
        *BodyPage.override_translatable_fields,
        SynchronizedField("date", overridable=False),
        SynchronizedField("kind", overridable=False),
    ]

    def related(self, number: int = 3) -> list["ArticlePage"]:
        """The newest other public articles of this language that share a topic."""
        topics = [row.topic_id for row in self.article_topics.all()]
        if not topics:
            return []
        # A subquery rather than a join: an article that shares two topics comes once.
        sharing = ArticleTopic.objects.filter(topic__in=topics).exclude(page=self.pk).values("page")
        articles = ArticlePage.objects.filter(pk__in=sharing).in_locale(self.locale).published()
        return list(articles.newest_first().for_cards()[:number])

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="newest_articles")]


class ArticleTopic(TranslatableMixin, Orderable):
    """A topic of an article: a row rather than many-to-many, because only rows are translated."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_topics")
    topic = models.ForeignKey("core.Topic", verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
