"""The portal reaches everybody: small screens, wide spacing, no scripts, only a keyboard, no foreign server."""

import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ARTICLE, DESKTOP, LANGUAGES, PHONE, UNTRANSLATED, WORDS, addresses

pytestmark = pytest.mark.browser

# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
# Elements that stick out of the page, and are not inside something that scrolls by itself.
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > wide + 1 && !one.closest(".table-scroll, .visually-hidden"))
    .map(one => one.outerHTML.slice(0, 150)).slice(0, 3).concat(`${document.documentElement.scrollWidth} px wide`);
}"""
# Text whose box cuts it off; what is shortened on purpose (the last breadcrumb, a card's summary) is left out.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(one => {
  const style = getComputedStyle(one);
  if (style.overflow === "visible" || one.matches(".card__summary, .breadcrumbs__here")) return false;
  if (one.closest(".visually-hidden, svg, .table-scroll, .picture-frame") || !one.innerText?.trim()) return false;
  return one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
}).map(one => one.outerHTML.slice(0, 150))"""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) sum += entry.value }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_of_a_narrow_screen_or_is_cut_off_by_wide_spacing(browser, reading_server, language):
    page = browser.new_page(bypass_csp=True, viewport={"width": 320, "height": 640})
    found = {}
    for name, address in addresses(language).items():
        page.goto(reading_server.address(address))
        if sticking := page.evaluate(STICKING_OUT):
            found[name] = sticking
        page.add_style_tag(content=SPACING)
        if lost := page.evaluate(STICKING_OUT) + page.evaluate(CUT_OFF):
            found.setdefault(f"{name}, wide spacing", lost)
    page.close()
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_where_the_browsers_letters_are_large(browser, reading_server, language):
    """WCAG 1.4.10: 24 px for 16 px, as readers set it in their browser, on the narrowest screen."""
    page = browser.new_page(bypass_csp=True, viewport={"width": 320, "height": 640})
    found = {}
    for name, address in addresses(language).items():
        page.goto(reading_server.address(address))
        page.add_style_tag(content="html { font-size: 150% }")
        if sticking := page.evaluate(STICKING_OUT):
            found[name] = sticking
    page.close()
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_foreign_server_no_error_no_jump_and_the_right_language(browser, reading_server, language):
    context = browser.new_context(viewport=PHONE)
    # Every part of the font comes when the text stands already, as on a slow line: nothing may move then.
    context.route("**/static/fonts/**", lambda route: (time.sleep(0.2), route.continue_()))
    page, errors, hosts = context.new_page(), [], set()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    jumps, unsized = {}, {}
    for name, address in addresses(language).items():
        if page.goto(reading_server.address(address)).status == 404:
            errors[:] = [
                text for text in errors if "status of 404" not in text
            ]  # the browser's word on the page itself
        if name == "restricted":
            context.clear_cookies()  # its form is protected by one
        assert page.locator("html").get_attribute("lang") == LANGUAGES[language]
        assert page.locator("h1").count() == 1
        if (jump := page.evaluate(SHIFTS)) > 0.01:
            jumps[name] = jump
        if without := page.locator("img:not([width][height])").evaluate_all("all => all.map(one => one.outerHTML)"):
            unsized[name] = without
    assert not errors
    assert hosts == {urlsplit(reading_server.origin).netloc}
    assert not context.cookies()
    assert not jumps
    assert not unsized
    context.close()


def test_a_passage_in_another_language_says_so(browser, reading_server):
    page = browser.new_page()
    page.goto(reading_server.address(addresses("en")["stub"]))
    expect(page.locator("main [lang=vi]")).to_have_count(1)
    for lang in LANGUAGES.values():
        expect(page.locator(f".site-header .languages li[lang={lang}]")).to_have_count(1)
    page.close()


def test_everything_works_without_javascript(browser, reading_server):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(reading_server.address("/vi/"))
    menu = page.locator(".sections-menu ul")
    expect(menu).to_be_hidden()
    page.locator(".sections-menu summary").click()
    expect(menu).to_be_visible()
    menu.locator("a").first.click()
    expect(page).to_have_url(reading_server.address("/vi/thong-tin-chung/"))
    page.locator(".site-header .languages a[hreflang=en]").click()
    expect(page).to_have_url(reading_server.address("/en/thong-tin-chung/"))
    page.fill("#search-box", "tea")
    page.press("#search-box", "Enter")
    expect(page.locator(".result").first).to_be_visible()
    page.goto(reading_server.address(f"/en/{UNTRANSLATED}/"))
    page.locator("main form[action*=translation-request] button").click()
    expect(page.locator("main h1")).to_have_text("Thank you, your request was counted")
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_keyboard_reaches_everything_and_focus_is_always_seen(browser, reading_server, size):
    """From the skip link through the whole page: each stop shows its focus and lies on the screen, uncovered."""
    page = browser.new_page(viewport=size, reduced_motion="reduce")
    for kind in ("article", "front", "news", "results", "names", "stub", "not found"):
        page.goto(reading_server.address(addresses("en")[kind]))
        stops, reached = [], set()
        for _ in range(250):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop is None:
                break
            assert stop["visible"], f"the focus is not seen on {kind}: {stop}"
            stops.append(stop)
            reached.add(stop["within"])
        assert stop is None and stops[0]["class"] == "skip-link", kind
        assert {"languages", "search-box", "sections-menu", "main", "site-footer__links"} <= reached, kind
        assert ("breadcrumbs" in reached) == (kind in ("article", "news")), kind
    page.close()


@pytest.mark.parametrize("kind", ["front", "article"])
def test_a_menu_left_open_does_not_cover_what_the_keyboard_reaches_after_it(browser, reading_server, kind):
    page = browser.new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(reading_server.address(addresses("vi")[kind]))
    page.locator(".sections-menu summary").focus()
    page.keyboard.press("Enter")
    page.locator(".sections-menu li a").last.focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop["within"] != "sections-menu" and stop["visible"], stop
    expect(page.locator(".sections-menu ul")).to_be_hidden()
    page.locator(".sections-menu summary").focus()
    expect(page.locator(".sections-menu ul")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    page.locator("main a").first.focus()
    expect(page.locator(".sections-menu ul"), "the bar covers nothing").to_be_visible()
    page.set_viewport_size(PHONE)
    page.locator(".sections-menu summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".sections-menu summary")).to_be_focused()
    expect(page.locator(".sections-menu ul")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_fit_the_narrowest_screen(browser, reading_server, language):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(reading_server.address(f"/{language}/"))
    page.locator("#search-box").press_sequentially(WORDS[language])
    page.locator("#search-box-suggestions [role=option]").first.wait_for()
    box = page.locator("#search-box-suggestions").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 320 and not page.evaluate(STICKING_OUT)
    page.close()


def test_the_keyboard_operates_skip_link_menu_and_language_switch(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address(f"/vi/{ARTICLE}/"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator(".sections-menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sections-menu li a").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".sections-menu li a").first).to_be_focused()
    page.locator(".site-header .languages a[hreflang=zh-Hans]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page).to_have_url(reading_server.address(f"/zh-hans/{ARTICLE}/"))
    page.close()


def test_the_keyboard_reports_a_mistake(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address(f"/en/{ARTICLE}/"))
    page.locator(".feedback summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is wrong on this page?")).to_be_focused()
    page.keyboard.type("The second date is that of another year")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Thank you")
    page.close()


@pytest.mark.parametrize("font", ["the portal's font", "the font before it comes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_is_one_even_line_or_a_button(browser, reading_server, language, font):
    page = browser.new_page(viewport=DESKTOP)
    if font != "the portal's font":
        page.route("**/*.woff2", lambda route: route.abort())
    page.goto(reading_server.address(f"/{language}/{ARTICLE}/"))
    page.evaluate("document.fonts.ready")
    lines = page.locator(".sections-menu a").evaluate_all("all => all.map(one => one.getBoundingClientRect())")
    assert len(lines) == 7 and len({(line["top"], line["height"]) for line in lines}) == 1
    expect(page.locator(".sections-menu summary")).to_be_hidden()
    page.set_viewport_size({"width": 1000, "height": 800})
    assert page.locator(".brand__name").bounding_box()["height"] < 40, "the portal's name is not squeezed into lines"
    expect(page.locator(".sections-menu summary")).to_be_visible()
    expect(page.locator(".sections-menu ul")).to_be_hidden()
    page.close()


# The focused element; seen if it or what it stands for (a card's whole surface) has an outline and is on top.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect();
  const isOutlined = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const outlined = [one, one.closest(".card")].some(some => some && isOutlined(getComputedStyle(some)));
  const x = Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1), y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const uncovered = box.width > 0 && (box.height > innerHeight || (top && (one.contains(top) || top.contains(one))));
  const parts = ".languages, .search-box, .sections-menu, .breadcrumbs, main, .site-footer__links, .brand";
  const within = one.closest(parts);
  return {
    class: one.className, html: one.outerHTML.slice(0, 120), visible: outlined && Boolean(uncovered),
    within: within ? (within.localName === "main" ? "main" : within.className.split(" ")[0]) : "",
  };
}"""
