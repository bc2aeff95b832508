"""The reports' screens: a table that sorts and filters, its period, and the same as XLSX and CSV."""

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from portal.audit.views import may_see
from portal.core.languages import write_date, write_number
from portal.reports.period import Period, last_periods
from portal.reports.sheets import FORMATS, sheet_response
from portal.reports.tables import REPORTS, Report

_YEARS = range(2015, 2101)  # from the plan that the portal serves


class ReportForm(forms.Form):
    """Which days, and which rows."""

    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("To"), required=False, widget=AdminDateInput)
    contains = forms.CharField(label=gettext_lazy("Rows that contain"), required=False, max_length=200)

    def clean(self):
        data = super().clean()
        for name in ("first", "last"):
            if data.get(name) and data[name].year not in _YEARS:
                limits = {"first": _YEARS[0], "last": _YEARS[-1]}
                self.add_error(name, _("Choose a year from %(first)d to %(last)d.") % limits)
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last day lies before the first."))
        return data

    def period(self) -> Period:
        """The days asked for; what is missing or wrong comes from the present reporting period."""
        present = last_periods(timezone.localdate(), 1)[0]
        if not self.is_valid():
            return present
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        if first and last:
            return Period(first, last)
        if first:
            return Period(first, max(first, present.last))
        return Period(min(last, present.first), last) if last else present


def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report, on the screen or as a file."""
    if not may_see(request.user):
        raise PermissionDenied
    if slug not in REPORTS:
        raise Http404("no such report")
    chosen = REPORTS[slug]
    form, period = _asked(request)
    rows = _chosen_rows(request, chosen, period, form.cleaned_data.get("contains", ""))
    if (kind := request.GET.get("export")) in FORMATS:
        day = period.last if chosen.has_period else timezone.localdate()
        return sheet_response(kind, f"{slug}-{day:%Y%m%d}", _heading(chosen, period), chosen.columns, rows)
    context = {
        "report": chosen,
        "reports": REPORTS.values(),
        "rows": [[_shown(cell) for cell in row] for row in rows],
        "columns": _columns(request, chosen),
        "form": form,
        "caption": ", ".join(_heading(chosen, period)[:2]),
        "gap": chosen.gap(period),
        "periods": [
            (str(known), _address(request, first=known.first.isoformat(), last=known.last.isoformat()))
            for known in last_periods(timezone.localdate())
        ],
        "downloads": [(name.upper(), _address(request, export=name)) for name in FORMATS],
        "page_title": chosen.title,
    }
    return TemplateResponse(request, "wagtailadmin/desk/report.html", context)


def _asked(request: HttpRequest) -> tuple[ReportForm, Period]:
    """The form with the days that the report is about, and these days; what was typed wrongly stays as it was typed."""
    typed = {name: request.GET.get(name, "") for name in ReportForm.base_fields}
    form = ReportForm(typed)
    period = form.period()
    if form.is_valid():
        form = ReportForm(typed | {"first": period.first, "last": period.last})
        form.is_valid()
    return form, period


def _heading(chosen: Report, period: Period) -> list[str]:
    today = write_date(timezone.localdate())
    when = str(period) if chosen.has_period else _("as of %(date)s") % {"date": today}
    return [line for line in (str(chosen.title), when, chosen.gap(period)) if line]


def _chosen_rows(request: HttpRequest, chosen: Report, period: Period, contains: str) -> list[tuple]:
    rows = chosen.rows(period)
    if contains:
        rows = [row for row in rows if any(contains.casefold() in _shown(cell).casefold() for cell in row)]
    position, descending = _order(request, chosen)
    if position is not None:
        rows.sort(key=lambda row: _sort_key(row[position]), reverse=descending)
    return rows


def _sort_key(value) -> tuple:
    if isinstance(value, int | float):
        return (0, value, "")
    return (1, 0, value.isoformat() if isinstance(value, date) else str(value).casefold())


def _order(request: HttpRequest, chosen: Report) -> tuple[int | None, bool]:
    """Position of the column to sort by, counted from 0, and whether from the end; None for the report's own order."""
    asked = request.GET.get("sort", "")
    number = asked.removeprefix("-")
    if not (number.isascii() and number.isdigit() and len(number) < 3 and int(number) < len(chosen.columns)):
        return None, False
    return int(number), asked.startswith("-")


def _columns(request: HttpRequest, chosen: Report) -> list[dict]:
    position, descending = _order(request, chosen)
    return [
        {
            "label": label,
            "url": _address(request, sort=f"-{number}" if number == position and not descending else str(number)),
            "sorted": "" if number != position else "descending" if descending else "ascending",
        }
        for number, label in enumerate(chosen.columns)
    ]


def _address(request: HttpRequest, **changes) -> str:
    query = request.GET.copy()
    query.pop("export", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _shown(cell) -> str:
    if isinstance(cell, date):
        return write_date(cell)
    if isinstance(cell, float):
        return write_number(cell)
    return "" if cell is None else str(cell)
