"""Every kind of page, in every language, on phone and desktop, in light and dark: axe finds nothing (WCAG 2.2 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import ARTICLE, DESKTOP, LANGUAGES, PHONE, addresses
from tests.browser.people import Member

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# More than Django reads of one form.
TOO_MANY_FIELDS = """() => {
  const form = document.querySelector(".feedback form");
  const fields = document.createDocumentFragment();  // one by one in the page Chromium takes half a minute for them
  for (let number = 0; number <= 10000; number++) {
    fields.append(Object.assign(document.createElement("input"), {type: "hidden", name: `n${number}`}));
  }
  form.append(fields);
  form.submit();
}"""
# Of everything that can have the focus: where its outline stands out less than 3:1 from the ground around it.
WEAK_OUTLINES = """() => {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = colour => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => {
    const [red, green, blue] = parts(colour).slice(0, 3)
      .map(part => part / 255 <= .03928 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const isOutlined = one => getComputedStyle(one).outlineStyle !== "none";
  const weak = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
    one.focus();
    const shown = [one, one.closest(".card")].find(some => some && isOutlined(some));
    if (document.activeElement !== one || !one.matches(":focus-visible") || !shown) continue;
    let ground = shown.parentElement;
    while (ground && parts(getComputedStyle(ground).backgroundColor)[3] < 255) ground = ground.parentElement;
    const lights = [getComputedStyle(shown).outlineColor, ground ? getComputedStyle(ground).backgroundColor : "Canvas"]
      .map(light).sort((a, b) => b - a);
    const contrast = (lights[0] + .05) / (lights[1] + .05);
    if (contrast < 3) weak.push(`${contrast.toFixed(2)} ${one.outerHTML.slice(0, 120)}`);
  }
  return weak;
}"""


def problems(page, context=None):
    """What axe finds on phone and desktop, in light and dark, without loading the page again."""
    axe, options = Axe(), {**RULES, "resultTypes": ["violations"]}
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for problem in axe.run(page, context=context, options=options).response["violations"]:
                nodes = [node["html"][:200] for node in problem["nodes"][:3]]
                yield problem["id"], (size["width"], scheme, problem["help"], nodes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_block_or_part(browser, reading_server, language):
    """The style page has every block, also those that no page of the demo shows. Wagtail's own bar is left out."""
    context = browser.new_context(viewport=PHONE)
    page = Member(context, reading_server, "editor").page
    page.goto(reading_server.address(f"/{language}/style/"))
    assert page.locator(".gallery img").count() == 2
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = list(problems(page, context={"exclude": [["wagtail-userbar"]]}))
    page.keyboard.press("Tab")  # from here on the focus is seen
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(WEAK_OUTLINES)
    context.close()
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser, reading_server, language):
    context = browser.new_context()
    page, found = context.new_page(), {}

    def look(name: str) -> None:
        for problem, where in problems(page):
            found.setdefault((name, problem), where)

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
