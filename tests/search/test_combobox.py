"""Suggestions and the register in a real browser: keyboard, roles, no barriers. Answers are made before it starts."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import sync_playwright

from portal.names.demo_register import load_names
from tests.builders import make_article
from tests.search.test_page import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ORIGIN = "http://testserver"


@pytest.fixture
def answers(client, committed) -> dict[str, tuple[str, bytes]]:
    """What the browser asks for, by path below the prefix: content type and body."""
    load_names()
    with committed():
        make_article("Chè cổ thụ Tả Lèng")
    found = {}
    for place, text in (
        (address(), ""),
        (address().replace("search/", "search/suggestions/"), "?q=che"),
        (address().replace("search/", "names/"), ""),
    ):
        response = client.get(place + text)
        found[place] = (response["Content-Type"], response.content)
    for kind, name in (("text/javascript", "js/suggestions.js"), ("text/css", "css/portal.css")):
        found[settings.STATIC_URL + name] = (kind, Path(settings.BASE_DIR, "static", name).read_bytes())
    return found


def test_suggestions_by_keyboard_and_no_barriers(answers, chromium):
    def answer(route):
        kind, body = answers.get(route.request.url.removeprefix(ORIGIN).partition("?")[0], ("text/html", b"<p>other"))
        route.fulfill(content_type=kind, body=body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(f"{ORIGIN}{address().replace('search/', 'names/')}")
        on_names = Axe().run(page).response["violations"]
        page.goto(f"{ORIGIN}{address()}")
        field = page.locator("#search-text")
        field.press_sequentially("che")
        page.locator("#search-text-suggestions [role=option]").first.wait_for()
        options = page.locator("#search-text-suggestions [role=option]").all_inner_texts()
        on_search = Axe().run(page).response["violations"]
        expanded = field.get_attribute("aria-expanded")
        field.press("ArrowDown")
        active = field.get_attribute("aria-activedescendant")
        status = page.locator("#search-text-suggestions + [role=status]")
        said = status.inner_text()
        field.press("Escape")
        closed = field.get_attribute("aria-expanded"), status.inner_text()
        field.press("e")
        page.locator("#search-text-suggestions [role=option]").first.wait_for()
        field.press("ArrowUp")
        field.press("Enter")
        page.wait_for_url("**/che-co-thu-ta-leng/")
        browser.close()
    assert on_names == [] and on_search == []
    assert options == ["Chè cổ thụ Tả Lèng"]
    assert (expanded, active, said) == ("true", "search-text-suggestions-0", "Gợi ý: 1")
    assert closed == ("false", ""), "nothing is said of a list that is closed"
