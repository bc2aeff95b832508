"""What a screen reader is told: names, roles and states of every kind of page, from Chromium's accessibility tree."""

import pytest

from tests.browser.pages import ARTICLE, LANGUAGES, PHONE, addresses

pytestmark = pytest.mark.browser

# Roles that are nothing without a name.
NAMED = {
    "link",
    "button",
    "heading",
    "textbox",
    "searchbox",
    "combobox",
    "navigation",
    "region",
    "search",
    "image",
}


def tree(page) -> list[dict]:
    """Every node that a screen reader meets, in the order of reading: role, name and properties."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id, met, waiting = {node["nodeId"]: node for node in nodes}, [], [nodes[0]["nodeId"]]
    while waiting:
        node = by_id.get(waiting.pop())
        if node is None:
            continue
        waiting.extend(reversed(node.get("childIds", [])))
        if not node["ignored"]:
            properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            name = node.get("name", {}).get("value", "").strip()
            met.append({"role": node["role"]["value"], "name": name, **properties})
    return met


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name_and_landmarks_differ(browser, reading_server, language):
    page = browser.new_page()
    found = {}
    for kind, address in addresses(language).items():
        page.goto(reading_server.address(address))
        nodes = tree(page)
        nameless = [node["role"] for node in nodes if node["role"] in NAMED and not node["name"]]
        landmarks = [
            (node["role"], node["name"]) for node in nodes if node["role"] in ("navigation", "region", "search")
        ]
        twice = {mark for mark in landmarks if landmarks.count(mark) > 1}
        single = [node["role"] for node in nodes if node["role"] in ("banner", "main", "contentinfo")]
        headings = [int(node["level"]) for node in nodes if node["role"] == "heading"]
        jumps = [pair for pair in zip(headings, headings[1:], strict=False) if pair[1] > pair[0] + 1]
        if nameless or twice or sorted(single) != ["banner", "contentinfo", "main"] or headings[0] != 1 or jumps:
            found[kind] = (nameless, twice, single, headings[:1], jumps)
    page.close()
    assert not found, found


def test_states_are_told(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address(f"/vi/{ARTICLE}/"))

    def menu() -> dict:
        return next(node for node in tree(page) if node["name"] == "Danh mục")

    assert not menu()["expanded"]
    page.locator(".sections-menu summary").click()
    assert menu()["expanded"]
    here = page.locator(".sections-menu [aria-current]")
    assert here.count() == 1 and here.get_attribute("aria-current") == "true"
    field = next(node for node in tree(page) if node["role"] in ("combobox", "searchbox"))
    assert field["name"] == "Tìm trong cổng thông tin"
    page.close()


def test_suggestions_are_a_combobox_with_a_list(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address("/en/"))
    field = page.locator("#search-box")

    def told(role: str) -> list[dict]:
        return [node for node in tree(page) if node["role"] == role]

    assert [one["expanded"] for one in told("combobox")] == [False] and not told("option")
    field.press_sequentially("tea")
    page.locator("#search-box-suggestions [role=option]").first.wait_for()
    assert [one["expanded"] for one in told("combobox")] == [True]
    assert [one["name"] for one in told("listbox")] == ["Suggestions"] and len(told("option")) > 1
    assert not any(one["selected"] for one in told("option"))
    assert page.locator(".search-box [role=status]").inner_text() == f"Suggestions: {len(told('option'))}"
    field.press("ArrowDown")
    assert [one["selected"] for one in told("option")][:2] == [True, False]
    field.press("Escape")
    assert [one["expanded"] for one in told("combobox")] == [False] and field.input_value() == "tea"
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_without_words_is_told_at_its_field(browser, reading_server, language):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address(f"/{language}/{ARTICLE}/"))
    opener = page.locator(".feedback summary")
    name = opener.inner_text()

    def is_open() -> bool:
        return next(node["expanded"] for node in tree(page) if node["name"] == name and "expanded" in node)

    assert not is_open()
    opener.press("Enter")
    assert is_open()
    page.fill("#mistake", "   ")  # what the browser lets pass
    page.locator(".feedback .form button").click()
    page.locator("main [role=alert]").wait_for()
    field = next(node for node in tree(page) if node["role"] == "textbox" and node.get("invalid") == "true")
    described = page.locator("main textarea").get_attribute("aria-describedby").split()
    words = [page.locator(f"[id='{one}']").inner_text().strip() for one in described]
    assert field["name"] and len(words) == 2 and all(words), "the help and the error"
    page.locator("main [role=alert] a").press("Enter")
    assert page.evaluate("document.activeElement.localName") == "textarea"
    assert page.locator("html").get_attribute("lang") == LANGUAGES[language]
    page.close()


def test_an_error_is_told_with_its_field(browser, reading_server):
    page = browser.new_page(viewport=PHONE)
    page.goto(reading_server.address(addresses("en")["restricted"]))
    if page.locator("main input[type=password]").count() == 0:
        page.goto(reading_server.address(addresses("vi")["restricted"]))
    page.fill("main input[type=password]", "wrong")
    page.locator("main form button").click()
    page.locator("main [role=alert]").wait_for()
    field = next(node for node in tree(page) if node["role"] == "textbox" and node.get("invalid") == "true")
    described = page.locator("main input[type=password]").get_attribute("aria-describedby")
    assert field["name"] and page.locator(f"#{described}").inner_text().strip()
    page.locator("main [role=alert] a").click()
    assert page.evaluate("document.activeElement.type") == "password"
    page.close()
