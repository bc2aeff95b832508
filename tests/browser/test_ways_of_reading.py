"""On paper, with the colours of the system, and on a line as slow as 2G."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ARTICLE, DESKTOP, LANGUAGES, PHONE, addresses

pytestmark = pytest.mark.browser

# When fonts and pictures had come, in milliseconds.
ENDS = """() => performance.getEntriesByType("resource")
  .filter(one => /woff2|media/.test(one.name)).map(one => one.responseEnd)"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return style.scrollBehavior === "smooth" || style.animationName !== "none" ||
    style.transitionDuration.split(", ").some(time => parseFloat(time) > 0);
}).map(one => one.outerHTML.slice(0, 80))"""
# Characters of each line, the last of a paragraph left out.
FULL_LINES = """place => [...document.querySelectorAll(place)].flatMap(one => {
  const lines = new Map(), range = document.createRange();
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect(), line = Math.round(box.bottom / 8);
    if (box.width) lines.set(line, (lines.get(line) || 0) + 1);
  }
  return [...lines.values()].slice(0, -1);
})"""
PAPER = {"width": 672, "height": 950}  # what A4 leaves between the margins, in CSS pixels
# A table of many columns, as reports have them, out of the one on the page.
MANY_COLUMNS = """() => {
  for (const row of document.querySelectorAll(".table-scroll tr"))
    for (let more = 0; more < 12; more++) row.append(row.lastElementChild.cloneNode(true));
}"""
CUT_ON_PAPER = """() => [...document.querySelectorAll("main *")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.outerHTML.slice(0, 100)).slice(0, 3)"""


def test_no_card_is_parted_by_the_end_of_a_sheet(browser, reading_server):
    page = browser.new_page(viewport=PAPER)
    page.goto(reading_server.address("/vi/"))
    page.emulate_media(media="print")
    for part in (".cards > li", ".tile", ".tasks__visitors", ".figures", ".card--large"):
        assert page.locator(part).first.evaluate("one => getComputedStyle(one).breakInside") == "avoid", part
    page.close()


def test_names_are_not_parted_at_the_end_of_a_line(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    for language in LANGUAGES:
        page.goto(reading_server.address(f"/{language}/"))
        lines = page.locator("main .unbroken").evaluate_all("names => names.map(one => one.getClientRects().length)")
        assert set(lines) == {1}, language
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_of_a_length_that_the_eye_follows(browser, reading_server, language):
    """60 to 75 characters, 30 to 38 of Chinese; a line holds a few more where many are narrow or Latin."""
    least, most = (28, 40) if language == "zh-hans" else (60, 77)
    page = browser.new_page(viewport=DESKTOP)
    for kind, place in (("contact", ".prose .text > p"), ("results", ".result-snippet"), ("article", ".lede")):
        page.goto(reading_server.address(addresses(language)[kind]))
        lengths = sorted(page.evaluate(FULL_LINES, place))
        assert lengths and least <= lengths[len(lengths) // 2] <= most, (kind, lengths)
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_has_the_text_the_address_the_day_and_the_code(browser, reading_server, language):
    page = browser.new_page(viewport=PAPER)
    page.goto(reading_server.address(f"/{language}/{ARTICLE}/"))
    page.emulate_media(media="print")
    for part in ("main h1", ".prose", ".card__meta time", ".about__short", ".print-only .qr svg", ".table-scroll"):
        expect(page.locator(part).first).to_be_visible()
    for part in (".languages", ".search-box", ".sections-menu", ".breadcrumbs", ".feedback", ".site-footer__links"):
        expect(page.locator(part).first).to_be_hidden()
    page.evaluate(MANY_COLUMNS)
    assert not page.evaluate(CUT_ON_PAPER)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


def test_with_the_systems_colours_nothing_is_told_by_colour_alone(browser, reading_server):
    page = browser.new_page(viewport=PHONE, reduced_motion="reduce", forced_colors="active")
    page.goto(reading_server.address(f"/vi/{ARTICLE}/"))

    def style(place: str, name: str) -> str:
        return page.locator(place).first.evaluate(f"one => getComputedStyle(one).{name}")

    assert "underline" in style(".languages [aria-current]", "textDecorationLine")
    for button in (".search-box__button", ".feedback .button", ".sections-menu summary"):
        assert style(button, "borderTopStyle") == "solid", button
    bars = page.locator(".sections-menu summary").evaluate("one => getComputedStyle(one, '::before').color")
    assert bars == style("body", "color"), "the icon's bars are drawn in the system's colour for text"
    page.locator(".sections-menu summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.locator("#search-box").press_sequentially("chè")
    option = "#search-box-suggestions [role=option]"
    page.locator(option).nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    assert style(f"{option}[aria-selected=true]", "backgroundColor") != style(
        f"{option}[aria-selected=false]", "backgroundColor"
    )
    page.close()


def test_who_wants_no_motion_gets_none(browser, reading_server):
    moving = {}
    for wish in ("reduce", "no-preference"):
        page = browser.new_page(viewport=PHONE, reduced_motion=wish)
        page.goto(reading_server.address(f"/vi/{ARTICLE}/"))
        moving[wish] = page.evaluate(MOVING)
        page.close()
    assert moving["reduce"] == [] and moving["no-preference"], "otherwise this looks at nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_slow_line_the_text_is_there_before_fonts_and_pictures(browser, reading_server, language):
    page = browser.new_page(viewport=PHONE)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 250_000 / 8, "uploadThroughput": 50_000 / 8}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(reading_server.address(f"/{language}/{ARTICLE}/"), timeout=60_000)
    expect(page.locator("main h1")).to_be_visible()
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    later = page.evaluate(ENDS)
    assert later and painted < max(later)
    page.locator(".sections-menu summary").click()
    expect(page.locator(".sections-menu li a").first).to_be_visible()
    page.close()
