"""The people of the editorial desk, each in a browser of their own, and the public who reads what they do.

Buttons are found by what they do and not by their words: the administration speaks Vietnamese, and its words change.
"""

import re
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from portal.core.demo.accounts import PASSWORD
from tests.browser.portal_server import PortalServer

# Places of the blocks in the palette of `BodyStreamBlock`.
TEXT, TABLE = 1, 5
NEWS = "tin-tuc-su-kien"


class Member:
    """A member of the desk, logged in."""

    def __init__(self, context: BrowserContext, server: PortalServer, username: str):
        self.context, self.server, self.username = context, server, username
        self.page: Page = context.new_page()
        self.open("/cms/login/")
        self._sign_in(self.page)

    def _sign_in(self, form: Page) -> None:
        form.fill("#id_username", self.username)
        form.fill("#id_password", PASSWORD)
        form.press("#id_password", "Enter")
        expect(form).to_have_url(self.server.address("/cms/"))

    def sign_in_again(self, ended: Locator) -> None:
        """After the end of a session, in the window that the words about it open; they go by themselves."""
        with self.context.expect_page() as opened:
            ended.locator("a").click()
        self._sign_in(opened.value)
        opened.value.close()
        self.page.bring_to_front()
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(ended).to_have_count(0)

    def open(self, path: str) -> None:
        self.page.goto(self.server.address(path))

    def home(self) -> None:
        self.open("/cms/")

    def waiting(self, title: str) -> Locator:
        """The line of a text under «Waits for me»."""
        self.home()
        return self.page.locator("[data-desk=waiting]").get_by_role("link", name=title, exact=True)

    def take_up(self, title: str) -> None:
        """Open what waits for one's review."""
        self.waiting(title).click()
        self.page.wait_for_url("**/edit/")

    def approve(self, title: str) -> None:
        """Approve without a word, in the page's editor or the translation's; a reviewer answers the checklist."""
        self.take_up(title)
        at_once = self.approve_button().count() > 0
        with self.menu_of_actions():
            (self.approve_button() if at_once else self.checklist_button()).click()
        if not at_once:
            self.answer_checklist()
        expect(self.approve_button()).to_have_count(0)
        if not at_once:
            expect(self.checklist_button()).to_have_count(0)

    def save_draft(self) -> None:
        with self.menu_of_actions():
            self.page.locator("footer .action-save").click()

    def checklist_button(self) -> Locator:
        plain = "[data-workflow-action-name=approve][data-workflow-action-modal-url]"
        translation = "[data-review-bar] [data-workflow-action-url*='/approve/'][data-launch-modal]"
        return self.page.locator(f"{plain}, {translation}")

    def answer_checklist(self) -> None:
        """Every statement is confirmed with its first answer."""
        form = self.page.locator(".modal form")
        radios = form.locator("input[type=radio]")
        expect(radios.first).to_be_visible()
        for name in dict.fromkeys(radios.evaluate_all("all => all.map(one => one.name)")):
            form.locator(f"input[name='{name}']").first.check()
        form.locator("[type=submit]").click()

    def approve_button(self) -> Locator:
        """The button that approves at once, beside the one that asks for a comment."""
        plain = "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
        translation = "[data-review-bar] [data-workflow-action-url*='/approve/']:not([data-launch-modal])"
        return self.page.locator(f"{plain}, {translation}")

    @contextmanager
    def menu_of_actions(self):
        """The less common actions of the page editor lie in a menu; the translation editor shows all of them.

        The large button beside the menu can be pressed while it is open, too.
        """
        if self.page.locator("[data-review-bar]").count() == 0:
            self.page.locator("footer .w-dropdown__toggle").click()
        yield


class Editor(Member):
    """Writes, sends for review, withdraws."""

    def begin_article(self, title: str, day: str, summary: str) -> None:
        """From the list of the section to the empty form."""
        self.find_section()
        self.page.locator("a[href$='/add_subpage/']").first.click()
        self.fill_beginning(title, day, summary)

    def fill_beginning(self, title: str, day: str, summary: str) -> None:
        self.page.wait_for_url("**/add/**")
        self.page.fill("#id_title", title)
        self.set_date(day)
        self.page.fill("#id_summary", summary)

    def find_section(self) -> None:
        """Down the Vietnamese tree, by the arrows beside the titles."""
        self.open("/cms/pages/")
        for title in ("Chào mừng đến với Lai Châu", "Tin tức - Sự kiện"):
            row = self.page.locator("main tr").filter(has=self.page.get_by_role("link", name=title, exact=True))
            if row.count():  # a contributor's tree begins one step lower
                with self.page.expect_navigation():  # the next row is looked for in the next list
                    row.locator("td.children a").click()

    def set_date(self, day: str) -> None:
        self.page.fill("#id_date", day)
        self.page.press("#id_date", "Escape")  # puts the calendar away

    def upload_lead_picture(self, file: Path, title: str, alt: str) -> None:
        self.page.click("#id_lead_picture-chooser [data-chooser-action-choose]")
        self.page.click("#tab-label-upload")
        form = self.page.locator("#tab-upload form")
        form.locator("input[type=file]").set_input_files(file)
        field = form.locator("input[name$=title]")
        expect(field).to_have_value(file.stem)  # proposed by a script, a moment later
        field.fill(title)
        form.locator("[type=submit]").click()
        expect(self.page.locator("#id_lead_picture-chooser [data-chooser-title]")).to_have_text(title)
        self.page.fill("#id_lead_alt", alt)

    def add_text(self, text: str) -> None:
        """A block of rich text, its first word in bold."""
        block = self._add_block(TEXT)
        block.locator("[contenteditable=true]").first.click()
        first, rest = text.split(" ", 1)
        keyboard = self.page.keyboard
        keyboard.press("Control+b")
        keyboard.insert_text(first)
        keyboard.press("Control+b")
        keyboard.insert_text(f" {rest}")
        # What is typed reaches the form a moment later.
        expect(block.locator("[name$='-value']").first).to_have_value(re.compile(re.escape(rest)))

    def add_table(self, caption: str, rows: list[list[str]]) -> None:
        """A table of up to three rows and columns, its first row the heads."""
        block = self._add_block(TABLE)
        block.locator("select[name=table-header-choice]").select_option("row")
        block.locator("input[name=handsontable-col-caption]").fill(caption)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                block.locator(f"tbody tr:nth-child({row + 1}) td:nth-child({column + 1})").first.click()
                self.page.keyboard.type(words)
                self.page.keyboard.press("Enter")

    def _add_block(self, place: int) -> Locator:
        blocks = self.page.locator("[data-contentpath=body] [data-streamfield-child]")
        before = blocks.count()
        self.page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
        self.page.locator(".w-combobox__option").nth(place).click()
        expect(blocks).to_have_count(before + 1)
        return blocks.last

    def rewrite_first_text(self, text: str) -> None:
        field = self.page.locator("[data-contentpath=body] .DraftEditor-root [contenteditable=true]").first
        field.click()
        for key in ("Control+a", "Backspace"):
            self.page.keyboard.press(key)
        expect(field).to_have_text("")
        self.page.keyboard.insert_text(text)
        # What is typed reaches the form a quarter of a second later.
        form_field = self.page.locator("[name=body-0-value]")
        expect(form_field).to_have_value(re.compile(re.escape(text)))

    def send_for_review(self) -> None:
        with self.menu_of_actions():
            self.page.locator("footer [name=action-submit]").click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def open_article(self, title: str) -> None:
        """From the section's list into the editor."""
        self.find_section()
        self.page.locator("main").get_by_role("link", name=title, exact=True).first.click()
        self.page.wait_for_url("**/edit/")

    def withdraw(self, title: str) -> None:
        self.open_article(title)
        page_id = re.search(r"/pages/(\d+)/", self.page.url).group(1)
        self.open(f"/cms/pages/{page_id}/unpublish/")
        self.page.locator("main form [type=submit]").first.click()
        expect(self.page.locator(".messages .success")).to_be_visible()


class Translator(Member):
    """Takes up what readers ask for, and translates it sentence by sentence."""

    def take_request(self, title: str, code: str) -> None:
        """From the desk, where what readers ask for waits, with one click into the editor."""
        self.open(f"/cms/translation-desk/{code}/")
        row = self.page.locator("main table.listing tbody tr").filter(has_text=title).first
        row.locator("form button").click()
        self.page.locator("[data-review-bar]").wait_for()

    def remarks(self) -> Locator:
        """What the editor says beside the passages."""
        return self.page.locator(".js-translation-editor .passage-aid__remarks li")

    def requests(self, title: str, language: str) -> int:
        """How many readers asked, as the report says."""
        self.open("/cms/reports/translation-requests/")
        row = self.page.locator("main tr").filter(has_text=title).filter(has_text=language)
        return int(row.locator("td").nth(2).inner_text())

    def translate(self, passages: dict[str, str]) -> None:
        """Fill in every passage that is missing; `passages` maps the Vietnamese to its translation."""
        missing = self.page.locator(".js-translation-editor li.incomplete")
        missing.first.wait_for()
        for source in [text.split("\n")[0] for text in missing.locator("> p").all_inner_texts()]:
            self.translate_passage(source, passages[source])
        expect(missing).to_have_count(0)

    def translate_passage(self, source: str, words: str) -> None:
        passages = self.page.locator(".js-translation-editor li:has(> p)")
        passage = passages.filter(has=self.page.locator("> p").get_by_text(source, exact=True)).first
        passage.locator("> ul button").last.click()
        field = passage.locator("textarea, [contenteditable=true]").first
        field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)
        passage.locator("> ul button").last.click()
        expect(field).to_have_count(0)

    def send_for_review(self) -> None:
        self.page.reload()  # the bar counts what is saved
        self.page.locator("[data-review-bar] form[action*='send-for-review'] button").click()
        expect(self.page.locator(".messages .success")).to_be_visible()


class Reader:
    """Somebody abroad, without account or cookie."""

    def __init__(self, context: BrowserContext, server: PortalServer):
        self.context, self.server = context, server
        self.page: Page = context.new_page()

    def open(self, path: str) -> int:
        """Open an address below the prefix and say the answer's status."""
        return self.page.goto(self.server.address(path)).status

    def main(self) -> str:
        return self.page.locator("main").inner_text()

    def source_of(self, path: str) -> str:
        """The bytes of a feed or sitemap, as text."""
        return self.context.request.get(self.server.address(path)).text()

    def search(self, language: str, words: str) -> str:
        """What the search page answers, by the form in the header."""
        self.open(f"/{language}/")
        self.page.fill("#search-box", words)
        self.page.press("#search-box", "Enter")
        self.page.wait_for_url("**/search/**")
        return self.main()

    def switch_to(self, lang: str) -> None:
        self.page.locator(f".languages a[hreflang={lang}]").first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", lang)

    def places_of(self, language: str, title: str, path: str) -> set[str]:
        """Where the public meets an item in a language: of list, search, feed and sitemap. `path` is its address."""
        places = set()
        self.open(f"/{language}/{NEWS}/")
        if self.page.locator("main .card__title", has_text=title).count():
            places.add("list")
        self.search(language, title)
        if self.page.locator(f".results a[href$='{path}']").count():
            places.add("search")
        if title in self.source_of(f"/{language}/feeds/news/"):
            places.add("feed")
        if f"<loc>{self.server.address(path)}</loc>" in self.source_of(f"/sitemap-{language}.xml"):
            places.add("sitemap")
        return places


def member(browser: Browser, server: PortalServer, username: str, role: type[Member] = Member) -> Member:
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    return role(context, server, username)
