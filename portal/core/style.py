"""The style page for staff: every block and part of the public pages in one language, drawn by the real templates."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from home.blocks import FrontPageStreamBlock
from news.models import ArticlePage, NewsIndexPage
from portal.core.blocks import BodyStreamBlock
from portal.core.feedback.views import FeedbackForm
from portal.core.languages import switch_for_view
from portal.core.listing import published
from portal.core.models import BasePage, Feedback, PortalDocument, PortalImage
from portal.core.style_samples import SCRIPTS, block_values, words
from portal.names.models import Name
from portal.names.views import row_of
from portal.publishing.files import is_staff
from portal.search.kinds import kind_label

_COLOURS = "indigo indigo-deep red green gold cream paper surface tint ink ink-soft link".split()


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Only for staff; for everybody else there is nothing here. Pages and pictures are those that are public now."""
    if not is_staff(request):
        raise Http404("the style page is for staff")
    locale, language = Locale.get_active(), translation.get_language()
    pages = _pages(locale)
    picture = PortalImage.objects.exclude(variants=[]).order_by("pk").first()
    said = words(language)
    context = {
        "blocks": _blocks(language, picture, pages),
        "front": _SamplePages(pages),
        "example": pages[0],
        "pictured": {"lead_picture": picture, "lead_alt": said["terraces"], "lead_caption": said["terraces"]},
        "outline": {"body": _headings(said["headings"])},
        "notices": [{"text": said["notice"], "url": pages[0].url}],
        "index": NewsIndexPage.objects.filter(locale=locale).first(),
        "months": [{"month": timezone.localdate().replace(day=1), "count": 3}],
        "hit": _hit(said, pages[0]),
        "names": [row_of(name, language) for name in Name.objects.filter(approved=True).order_by("vi")[:2]],
        "cards": pages,
        "listing": Paginator(range(90), 10).page(4),
        "form": FeedbackForm({"kind": Feedback.Kind.MISTAKE, "text": ""}),
        "scripts": SCRIPTS,
        "sample": SCRIPTS[language],
        "colours": _COLOURS,
        "today": timezone.localdate(),
        "languages": switch_for_view(request, "style"),
    }
    return TemplateResponse(request, "core/style.html", context)


class _SamplePages:
    """In place of what a front page has chosen: the same pages for every block."""

    def __init__(self, pages: list[Page]):
        self.pages = pages

    lead = None

    def of(self, block_id: str) -> list[Page]:
        return self.pages[:1] if block_id == "lead_story" else self.pages[:3]

    def version_of(self, page: Page) -> Page:
        return page


def _pages(locale: Locale) -> list[BasePage]:
    """Four public pages of a language: articles, and in an empty portal its sections."""
    articles = list(ArticlePage.objects.in_locale(locale).published().newest_first().for_cards()[:4])
    sections = published(Page.objects.filter(depth=3, locale=locale)).order_by("path")
    return (articles + list(sections.specific()[:4]))[:4]


def _blocks(language: str, picture: PortalImage | None, pages: list[Page]) -> list[dict]:
    palette = FrontPageStreamBlock().child_blocks
    values = block_values(language, picture, PortalDocument.objects.order_by("pk").first(), pages)
    return [
        {"name": name, "label": block.label, "bound": [block.bind(block.normalize(value)) for value in values[name]]}
        for name, block in palette.items()
    ]


def _headings(texts: list[str]):
    raw = [
        {"type": "heading", "id": f"outline{number}", "value": {"text": text, "level": "2"}}
        for number, text in enumerate(texts)
    ]
    return BodyStreamBlock().to_python(raw)


def _hit(said: dict, page: Page) -> dict:
    return {
        "url": page.url,
        "title_html": mark_safe(said["found"]),
        "snippet_html": mark_safe(said["snippet"]),
        "kind_label": kind_label(page.search_kind),
        "updated": timezone.now(),
    }
