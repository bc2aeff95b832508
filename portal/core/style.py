"""The style page for staff: every block and the parts of a page in one language, drawn by the real templates."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core.languages import switch_for_view
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
    """Only for staff; for everybody else there is nothing here. Block previews are what editors see when choosing."""
    from home.blocks import FrontPageStreamBlock

    if not may_see_unpublished(request):
        raise Http404("the style page is for staff")
    blocks = FrontPageStreamBlock().child_blocks.values()
    context = {
        "blocks": [{"label": block.label, "bound": block.bind(block.get_preview_value())} for block in blocks],
        "samples": SAMPLES,
        "colours": _COLOURS,
        "today": timezone.localdate(),
        "languages": switch_for_view(request, "style"),
    }
    return TemplateResponse(request, "core/style.html", context)
