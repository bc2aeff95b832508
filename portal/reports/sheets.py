"""A table as XLSX or CSV: heading, period and column names first, and no cell that a spreadsheet would execute."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils import timezone

from portal.reports.cells import defused

FORMATS = ("xlsx", "csv")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_response(kind: str, name: str, heading: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence]):
    """The answer to a download; `kind` is one of FORMATS, `heading` the lines above the table, `name` without ending.

    Raises KeyError for another kind.
    """
    build = {"xlsx": (_xlsx, _XLSX), "csv": (_csv, "text/csv; charset=utf-8")}
    write, content_type = build[kind]
    response = HttpResponse(write(heading, columns, rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(value):
    """A value as a cell: local time without zone, text that starts no formula, None as nothing."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | date):
        return value
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # loaded with the first table: a tenth of every start

    return defused(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _xlsx(heading, columns, rows) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    book.properties.creator = ""
    for line in heading:
        sheet.append([_plain(line)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    sheet.append([_plain(column) for column in columns])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    for row in rows:
        sheet.append([_plain(value) for value in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(heading, columns, rows) -> bytes:
    target = StringIO()
    writer = csv.writer(target)
    for line in heading:
        writer.writerow([_plain(line)])
    writer.writerow([_plain(column) for column in columns])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()  # Excel reads UTF-8 only with this mark
