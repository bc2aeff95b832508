"""Every kind of page, in every language, on phone and desktop, in light and dark: axe finds nothing (WCAG 2.2 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import ARTICLE, DESKTOP, LANGUAGES, PHONE, addresses

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# More than Django reads of one form.
TOO_MANY_FIELDS = """() => {
  const form = document.querySelector(".feedback form");
  for (let number = 0; number <= 10000; number++) {
    form.append(Object.assign(document.createElement("input"), {type: "hidden", name: `n${number}`}));
  }
  form.submit();
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser, reading_server, language):
    context = browser.new_context()
    page, axe, found = context.new_page(), Axe(), {}

    def look(name: str) -> None:
        """Phone and desktop, light and dark, without loading the page again."""
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for problem in axe.run(page, options={**RULES, "resultTypes": ["violations"]}).response["violations"]:
                    nodes = [node["html"][:200] for node in problem["nodes"][:3]]
                    found.setdefault((name, problem["id"]), (size["width"], scheme, problem["help"], nodes))

    for name, address in addresses(language).items():
        page.goto(reading_server.address(address))
        look(name)
    page.goto(reading_server.address(addresses(language)["stub"]))
    asked = page.locator("main form[action*=translation-request] button")
    if asked.count():
        asked.click()
        look("thanks")
    page.goto(reading_server.address(f"/{language}/{ARTICLE}/"))
    with page.expect_navigation():
        page.evaluate(TOO_MANY_FIELDS)
    assert page.locator("main .button").count() == 1 and page.locator(".search-box").count() == 0
    look("a request that cannot be read, drawn like our own faults")
    context.close()
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
