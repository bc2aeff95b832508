"""Cells that a spreadsheet shows and does not compute: the one place where every export of the portal is made safe."""

import re

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# Also behind the signs that are put before it, so that each is taken away once for each time it was put.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_upstream_value = SpreadsheetExportMixin.preprocess_field_value


def defused(value):
    """A text that a spreadsheet would take for a formula with a «'» before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def restored(text: str) -> str:
    """A cell read back from such a spreadsheet."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def preprocess_field_value(self, field, value, export_format):
    """Of every list and report of Wagtail that is downloaded: titles and readers' words are anybody's text."""
    return defused(_upstream_value(self, field, value, export_format))


def install() -> None:
    """Called once when the application is ready."""
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
