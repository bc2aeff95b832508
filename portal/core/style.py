"""The style page for staff: every block and the parts of a page in one language, drawn by the real templates."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from home.blocks import FrontPageStreamBlock
from home.front import FrontContent
from news.models import ArticlePage
from portal.core.feedback.views import FeedbackForm
from portal.core.languages import switch_for_view
from portal.core.models import Feedback, PortalImage
from portal.publishing.files import may_see_unpublished

# Signs that show whether a script is set well: stacked marks, punctuation, names, numbers.
SAMPLES = {
    "vi": "Ruộng bậc thang Ẩm thực Xoè Thái: Ỹ ề ễ ự ẳ Ẵ ỗ, 9.068,7 km², Ma Lù Thàng – Sì Lở Lầu",
    "zh-hans": "越南莱州省：马鹿塘口岸（Ma Lù Thàng）、“梯田”与茶园，2026年11月24日，9,068.7平方公里。",
    "en": "Terraced fields of Lai Châu: “Shan tuyết” tea, 24 November 2026, 9,068.7 km², VND 1,250,000",
}
_COLOURS = "indigo indigo-deep red green gold cream paper surface tint ink ink-soft link".split()


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Only for staff; for everybody else there is nothing here. Pages and pictures are those that are public now."""
    if not may_see_unpublished(request):
        raise Http404("the style page is for staff")
    home = Page.objects.filter(depth=2, locale=Locale.get_active()).specific().first()
    context = {
        "blocks": _blocks(home),
        "front": FrontContent(home),
        "cards": ArticlePage.objects.in_locale(home.locale).published().newest_first().for_cards()[:4],
        "listing": Paginator(range(90), 10).page(4),
        "form": FeedbackForm({"kind": Feedback.Kind.MISTAKE, "text": ""}),
        "samples": SAMPLES,
        "colours": _COLOURS,
        "today": timezone.localdate(),
        "languages": switch_for_view(request, "style"),
    }
    return TemplateResponse(request, "core/style.html", context)


def _blocks(home: Page) -> list[dict]:
    """Every block: as the front page of this language has it, else with what editors see when choosing."""
    real = {block.block_type: block for block in home.body}
    picture = PortalImage.objects.exclude(variants=[]).order_by("pk").first()
    shown = []
    for name, block in FrontPageStreamBlock().child_blocks.items():
        bound = real.get(name) or block.bind(block.get_preview_value())
        if name == "picture":
            bound.value["picture"] = picture
        elif name == "gallery":
            for one in bound.value["pictures"]:
                one["picture"] = picture
        shown.append({"label": block.label, "bound": bound, "id": getattr(bound, "id", None)})
    return shown
