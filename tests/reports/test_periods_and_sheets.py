"""Reporting periods close on the days set; files open in a spreadsheet and execute nothing."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from portal.reports.cells import defused, restored
from portal.reports.period import Period, last_periods, period_of
from portal.reports.sheets import sheet_response
from tests.builders import make_article, make_staff


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 6, 15), date(2025, 11, 16), date(2026, 6, 15)),
        (date(2026, 6, 16), date(2026, 6, 16), date(2026, 11, 15)),
        (date(2026, 11, 15), date(2026, 6, 16), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 16), date(2027, 6, 15)),
        (date(2027, 1, 1), date(2026, 11, 16), date(2027, 6, 15)),
    ],
)
def test_periods_close_in_june_and_november(day, first, last):
    assert period_of(day) == Period(first, last)


def test_the_days_are_a_setting(settings):
    settings.REPORT_DAYS = [(3, 31), (9, 30)]
    assert period_of(date(2026, 5, 1)) == Period(date(2026, 4, 1), date(2026, 9, 30))


def test_periods_follow_one_another_without_a_gap():
    periods = last_periods(date(2026, 11, 24))
    assert [newer.start for newer in periods[:-1]] == [older.end for older in periods[1:]]


def test_a_period_begins_and_ends_at_midnight_in_lai_chau():
    period = Period(date(2026, 6, 16), date(2026, 11, 15))
    assert timezone.localtime(period.start).isoformat() == "2026-06-16T00:00:00+07:00"
    assert timezone.localtime(period.end).isoformat() == "2026-11-16T00:00:00+07:00"


HEADING, COLUMNS = ["Báo cáo", "từ 16/6/2026 đến 15/11/2026"], ["Tên", "Số", "Lúc"]
ROWS = [
    ("=1+1", 3, timezone.make_aware(datetime(2026, 6, 16, 8, 30))),
    ("@SUM(A1)", -2, None),
    ("Chè\x0b", 1.5, "+84"),
]


def test_xlsx():
    response = sheet_response("xlsx", "bao-cao", HEADING, COLUMNS, ROWS)
    assert "bao-cao.xlsx" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows())
    assert [row[0].value for row in rows[:3]] == [*HEADING, "Tên"]
    assert [cell.value for cell in rows[3]] == ["'=1+1", 3, datetime(2026, 6, 16, 8, 30)]
    assert [cell.value for cell in rows[4]][:2] == ["'@SUM(A1)", -2]
    assert [cell.value for cell in rows[5]] == ["Chè", 1.5, "'+84"]
    assert "f" not in {cell.data_type for row in rows for cell in row}


def test_csv():
    text = sheet_response("csv", "bao-cao", HEADING, COLUMNS, ROWS).content
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[1] == [HEADING[1]]
    assert rows[3] == ["'=1+1", "3", "2026-06-16 08:30:00"]


def test_every_list_that_is_downloaded_is_defused(client, portal):
    """Wagtail's own reports and listings go through the same function as the portal's."""
    make_article("=HYPERLINK(1)")
    client.force_login(make_staff()["admin"])
    for name in ("wagtailadmin_reports:aging_pages", "wagtailadmin_reports:site_history"):
        answer = client.get(reverse(name), {"export": "csv"})
        text = b"".join(answer.streaming_content).decode()
        assert "'=HYPERLINK(1)" in text, name
        assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@x", "\tx", "\rx", "'=x", "''-1"])
def test_what_was_defused_can_be_read_back(cell):
    assert defused(cell) == f"'{cell}"
    assert restored(defused(cell)) == cell
    assert restored("'n Tả") == "'n Tả"


def test_another_kind_of_file_is_an_error():
    with pytest.raises(KeyError):
        sheet_response("exe", "x", HEADING, COLUMNS, ROWS)


def test_the_screen_says_what_it_shows_and_its_calendar_works(client, portal):
    """The form holds the days of the table below, and brings the script that draws the calendar."""
    client.force_login(make_staff()["admin"])
    page = BeautifulSoup(client.get(reverse("portal_report", args=["answers"])).content, "html.parser")
    present = last_periods(timezone.localdate(), 1)[0]
    assert [page.select_one(f"[name={name}]")["value"] for name in ("first", "last")] == [
        day.strftime("%d/%m/%Y") for day in (present.first, present.last)
    ]
    assert page.select_one("h1").get_text(strip=True) == "Đề nghị, câu hỏi: đúng hạn, quá hạn"
    assert page.select("script[src*='date-time-chooser']")
    odd = client.get(reverse("portal_report", args=["answers"]), {"first": "hôm qua"})
    assert BeautifulSoup(odd.content, "html.parser").select_one("[name=first]")["value"] == "hôm qua"


def test_numbers_are_written_as_the_reader_writes_them_and_files_bear_the_day_they_are_of(client, portal):
    client.force_login(make_staff()["admin"])
    address = reverse("portal_report", args=["coverage"])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    cells = [cell.get_text(strip=True) for cell in page.select(".figures-table td")]
    assert [cell for cell in cells if cell.replace(",", "", 1).isdigit() and "," in cell]
    name = client.get(address, {"export": "csv", "first": "2026-01-01", "last": "2026-03-31"})["Content-Disposition"]
    assert f"coverage-{timezone.localdate():%Y%m%d}.csv" in name
