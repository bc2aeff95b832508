"""Single sign-on as a browser goes the way: there, and back with an answer, past the policy on where forms may lead."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PHONE

pytestmark = pytest.mark.browser


def test_the_button_leads_to_the_provider_and_back_into_the_administration(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address("/cms/login/"))
    page.locator("form[action*='/sso/'] button").click()
    page.get_by_role("button", name="lan", exact=True).click()
    expect(page).to_have_url(reading_server.address("/cms/"))
    page.context.close()
