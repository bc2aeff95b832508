"""Key figures: a number means nothing without its unit, its date and its source."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class KeyFigureBlock(blocks.StructBlock):
    """One figure. Number and date are the same in every language; the publishing service carries them over."""

    # Children that are language-neutral: copied from the original into translations, matched by the item's id.
    neutral_children = ("value", "as_of")

    label = blocks.CharBlock(label=_("What is counted"), max_length=120)
    value = blocks.DecimalBlock(label=_("Number"), max_digits=20, decimal_places=4)
    unit = blocks.CharBlock(label=_("Unit"), required=False, default="", max_length=40)
    as_of = blocks.DateBlock(label=_("As of"))
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        icon = "order"
        label = _("Figure")


class KeyFiguresBlock(blocks.StructBlock):
    """A row of figures."""

    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=8)

    class Meta:
        icon = "table"
        label = _("Key figures")
        description = _("Numbers with unit, date and source, shown large")
        template = "blocks/figures.html"
        preview_value = {
            "figures": [
                {
                    "label": "Diện tích tự nhiên",
                    "value": Decimal("9068.7"),
                    "unit": "km²",
                    "as_of": date(2025, 7, 1),
                    "source": "Cổng thông tin điện tử tỉnh",
                }
            ]
        }
