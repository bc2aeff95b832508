"""Days in forms, as people type them: the calendar beside the field reads only one way of writing and changes none."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Editor, member

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(browser, desk_server):
    person = member(browser, desk_server, "editor", Editor)
    yield person
    person.context.close()


def test_a_day_stays_as_it_was_typed_and_the_calendar_goes_away(editor):
    editor.find_section()
    editor.page.locator("a[href$='/add_subpage/']").first.click()
    editor.page.wait_for_url("**/add/**")
    field, calendar = editor.page.locator("#id_date"), editor.page.locator(".xdsoft_datetimepicker:visible")
    for typed, key in (("5/6/2027", "Tab"), ("2027-06-05", "Tab"), ("05-06-2027", "Escape")):
        field.click()
        expect(calendar).to_have_count(1)
        field.fill("")
        editor.page.keyboard.type(typed)
        editor.page.keyboard.press(key)
        expect(calendar).to_have_count(0)
        expect(field).to_have_value(typed)
    field.fill("15/12/2026")
    field.click()
    expect(calendar).to_have_count(1)
    calendar.locator("td.xdsoft_date[data-date='20'][data-month='11']").click()
    expect(field).to_have_value("20/12/2026")
