"""The register as a table: CSV that spreadsheets open, written and read. Read whole or not at all."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.names.changes import Changes
from portal.names.models import LANGUAGES, Name, NameVariant
from portal.names.whole import Register
from portal.reports.cells import defused, restored
from portal.search.text import plain

PLAIN = ("code", "kind", "vi", "zh_hans", "zh_hant", "pinyin", "en")
COLUMNS = (*PLAIN, "variants", "ended_on", "replaced_by", "source", "source_date", "approved")
_REQUIRED = ("code", "kind", "vi")
_YES, _NO = ("yes", "1", "true", "x", "có", "是"), ("", "no", "0", "false", "không", "否")
LARGEST = 10 * 1024 * 1024  # bytes
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how spreadsheets begin «Unicode text»
_OTHER_KINDS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # PDF, workbooks of today and of before 2007
MOST_ROWS = 20_000
_MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row (numbered as a spreadsheet shows it; 0 for the file as a whole)."""

    row: int
    column: str
    message: str


@dataclass
class Report:
    """What an import did, or in a dry run would do."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0  # how many more problems there are than are named

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass
class Row:
    number: int
    values: dict[str, str]
    # None where the table has no such column or says the same: the record keeps what it has.
    variants: list[tuple[str, str, str]] | None = None
    successors: list[str] | None = None


# -- writing -------------------------------------------------------------------------------------------------------
def write() -> str:
    """CSV with a BOM, so that spreadsheets read it as UTF-8. Cells that a spreadsheet would compute get a «'»."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    register = Register.read()
    for name in register.names.values():
        cells = _cells(name, register.forms.get(name.pk, []), register.successors.get(name.pk, []))
        writer.writerow([defused(value) for value in cells])
    return out.getvalue()


def _cells(name: Name, forms: list[tuple[str, str, str]], successors: list[str]) -> list[str]:
    return [
        *(getattr(name, column) for column in PLAIN),
        " | ".join(":".join(form) for form in forms),
        name.ended_on.isoformat() if name.ended_on else "",
        " | ".join(successors),
        name.source,
        name.source_date.isoformat() if name.source_date else "",
        "yes" if name.approved else "no",
    ]


# -- reading -------------------------------------------------------------------------------------------------------
def read(data: bytes, *, dry_run: bool = False, user=None) -> Report:
    """Bring the register up to date with a table: rows are matched by code, other records stay as they are.

    With any problem nothing is written at all, nor in a dry run.
    """
    report = Report()
    rows = _rows(data, report)
    if report.ok:
        with transaction.atomic():
            changes = _carry_out(rows, report)
            if report.ok and not dry_run:
                changes.write(user)
    report.left_out = len(report.problems[_MOST_PROBLEMS:])
    del report.problems[_MOST_PROBLEMS:]
    return report


def trouble(data: bytes) -> str:
    """Why a file is no table of names at all, whatever stands in its rows; empty where it is one."""
    report = Report()
    _rows(data, report)
    return next((problem.message for problem in report.problems if not problem.row), "")


def _rows(data: bytes, report: Report) -> list[Row]:
    def refuse(message: str) -> list[Row]:
        report.problems.append(Problem(0, "", message))
        return []

    if len(data) > LARGEST:
        return refuse(_("The file is larger than 10 MB."))
    if data.startswith(_OTHER_KINDS):
        return refuse(_("This is a PDF or a workbook, not a CSV file. Save the table as “CSV UTF-8”."))
    try:
        text = data.decode("utf-16" if data[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        return refuse(_("The file is not UTF-8. Save it as “CSV UTF-8”."))
    if "\x00" in text:
        return refuse(_("The file is no text."))
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "field limit" in str(error):
            return refuse(_("A cell of the table is longer than any name: perhaps a quotation mark is not closed."))
        return refuse(_("The file cannot be read as a table: a quotation mark is not closed."))
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if missing := [column for column in _REQUIRED if column not in header]:
        return refuse(
            _("The first row must name the columns; these are missing: %(columns)s") % {"columns": ", ".join(missing)}
        )
    if unknown := [column for column in header if column not in COLUMNS]:
        return refuse(_("Unknown columns: %(columns)s") % {"columns": ", ".join(unknown)})
    if len(set(header)) < len(header):
        return refuse(_("A column occurs twice."))
    if len(lines) > MOST_ROWS:
        return refuse(_("The table has more than %(most)s rows.") % {"most": MOST_ROWS})
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            report.problems.append(Problem(number, "", _("More cells than the first row has columns.")))
            continue
        values = dict(zip(header, map(_cell, cells), strict=False))
        rows.append(Row(number, {column: values.get(column, "") for column in header}))
    return rows


def _cell(cell: str) -> str:
    """As the register keeps it: composed characters, and none that nobody sees."""
    return plain(restored(cell.strip()))


def _carry_out(rows: list[Row], report: Report) -> Changes:
    """Compare every row with its record; in the report stands what is wrong and what is new or different."""
    register = Register.read()
    codes = register.names.keys() | {row.values["code"] for row in rows}
    changes, seen = Changes(), set()
    for row in rows:
        code = row.values["code"]
        if code in seen:
            report.problems.append(Problem(row.number, "code", _("This code occurs twice in the table.")))
            continue
        seen.add(code)
        name = register.names.get(code) or Name(code=code)
        forms, successors = register.forms.get(name.pk, []), register.successors.get(name.pk, [])
        before = _cells(name, forms, successors) if name.pk else None
        if not _set(name, row, report) or not _successors_exist(row, codes, report):
            continue
        if row.variants == forms:
            row.variants = None  # nothing to write
        if row.successors == successors:
            row.successors = None
        after = _cells(
            name,
            forms if row.variants is None else row.variants,
            successors if row.successors is None else row.successors,
        )
        if before == after:
            report.unchanged += 1
            continue
        changes.add(name, row.variants, row.successors)
        (report.changed if before else report.created).append(code)
    return changes


def _set(name: Name, row: Row, report: Report) -> bool:
    """Put the cells into the record; False and problems in the report where they are wrong."""
    problems = len(report.problems)

    def wrong(column: str, message: str) -> None:
        report.problems.append(Problem(row.number, column, message))

    for column in PLAIN:
        if column in row.values:
            setattr(name, column, row.values[column])
    if "source" in row.values:
        name.source = row.values["source"]
    for column in ("ended_on", "source_date"):
        if column in row.values:
            try:
                setattr(name, column, date.fromisoformat(row.values[column]) if row.values[column] else None)
            except ValueError:
                wrong(column, _("“%(value)s” is no date; write it as 2025-07-01.") % {"value": row.values[column][:40]})
    if "approved" in row.values:
        answer = row.values["approved"].lower()
        if answer not in (*_YES, *_NO):
            wrong("approved", _("Write yes or no."))
        name.approved = answer in _YES
    if "variants" in row.values:
        _read_variants(row, wrong)
    if "replaced_by" in row.values:
        row.successors = list(dict.fromkeys(_parts(row.values["replaced_by"])))
    kind = row.values["kind"]
    unknown = ["kind"] if kind and kind not in Name.Kind.values else []
    if unknown:
        words = _("“%(value)s” is no kind; kinds are %(kinds)s.")
        wrong("kind", words % {"value": kind[:40], "kinds": ", ".join(Name.Kind.values)})
    try:
        # The codes of the table are compared with each other, those of the register are the record's own.
        name.full_clean(validate_unique=False, exclude=["latest_revision", *unknown])
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            for message in messages:
                wrong("" if column == "__all__" else column, message)
    return len(report.problems) == problems


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _read_variants(row: Row, wrong) -> None:
    row.variants = []
    kinds, languages = NameVariant.Kind.values, [code for code, _label in LANGUAGES]
    for part in _parts(row.values["variants"]):
        kind, _colon, rest = part.partition(":")
        language, _colon, text = rest.partition(":")
        kind, language, text = kind.strip(), language.strip(), text.strip()
        if kind not in kinds or language not in languages or not text or len(text) > 160:
            wrong(
                "variants",
                _("“%(part)s” must be kind:language:text; kinds are %(kinds)s, languages are %(languages)s.")
                % {"part": part[:60], "kinds": ", ".join(kinds), "languages": ", ".join(languages)},
            )
        elif (language, text) not in [(one[1], one[2]) for one in row.variants]:
            row.variants.append((kind, language, text))


def _successors_exist(row: Row, codes: set[str], report: Report) -> bool:
    unknown = [code for code in row.successors or () if code not in codes or code == row.values["code"]]
    for code in unknown:
        message = _("No other record has the code “%(code)s”.") % {"code": code[:80]}
        report.problems.append(Problem(row.number, "replaced_by", message))
    return not unknown
