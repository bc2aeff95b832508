"""Tables whose words can be translated; wagtail-localize leaves Wagtail's own table block out altogether."""

import copy
import hashlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue


def _key(text: str) -> str:
    """A segment's name, made from its source text: it survives inserted and moved rows. No dots: they part paths."""
    return "t" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]


class TranslatableTableBlock(TableBlock):
    """A table with a caption, whose cells are segments for the translator, each distinct text once."""

    def __init__(self, **kwargs):
        options = {"minSpareRows": 0, "startRows": 3, "startCols": 3, "contextMenu": True, "renderer": "text"}
        super().__init__(**{"table_options": options, **kwargs})

    def clean(self, value):
        if value and not value.get("table_header_choice") and not self.is_deferred_validation:
            # Wagtail refuses this too, with «Validation error in TableBlock».
            raise ValidationError(_("Choose under «Table headers» which cells are headers, or «No headers»."))
        return super().clean(value)

    def _texts(self, value: dict | None) -> Iterator[tuple[str, str]]:
        """Every text with its place, row by row, the caption last."""
        for row, cells in enumerate((value or {}).get("data") or []):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    yield f"{row},{column}", cell
        if (value or {}).get("table_caption"):
            yield "caption", value["table_caption"]

    def get_translatable_segments(self, value: dict | None) -> list[StringSegmentValue]:
        distinct = {_key(text): text for _place, text in reversed(list(self._texts(value)))}
        return [StringSegmentValue(key, text) for key, text in reversed(distinct.items())]

    def places(self, value: dict | None) -> dict[str, list[str]]:
        """Where each segment stands. Its name is made from its words, so two languages are compared by this."""
        places: dict[str, list[str]] = {}
        for place, text in self._texts(value):
            places.setdefault(_key(text), []).append(place)
        return places

    def restore_translated_segments(self, value: dict, segments: list[StringSegmentValue]) -> dict:
        translated = {segment.path: segment.render_text() for segment in segments}
        value = copy.deepcopy(dict(value))
        value["data"] = [
            [translated.get(_key(cell), cell) if isinstance(cell, str) else cell for cell in row]
            for row in value["data"]
        ]
        if value.get("table_caption"):
            value["table_caption"] = translated.get(_key(value["table_caption"]), value["table_caption"])
        return value

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a caption; the words are translated, numbers need not be")
        template = "blocks/table.html"
        preview_value = {
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Đơn vị hành chính cấp xã",
            "data": [["Loại", "Số lượng"], ["Xã", "36"], ["Phường", "2"]],
        }
