"""The steps of the handbook, done in Vietnamese by those whom it tells; on the way its pictures are taken.

`make handbook` takes them for docs/handbook/pictures; the suite only looks whether all of them can still be taken and
whether what is on them is Vietnamese.
"""

import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from playwright.sync_api import expect

from portal.core.demo.pictures import draw
from portal.handbook.chapters import pictures_referred_to
from tests.browser.camera import Camera
from tests.browser.people import Editor, Translator, member
from tests.english_texts import EnglishTexts

pytestmark = pytest.mark.browser

ENGLISH_CONTENT = {"trinh-dich", "canh-nhau"}  # pictures of a translation into English
OWN_NAMES = {"English"}  # languages are called by their own names
TITLE = "Cuối tuần đi chợ phiên San Thàng"
SUMMARY = "Mỗi sáng Chủ nhật, chợ họp từ khi sương còn dày."
TEXT = "Người bán rau, người bán thổ cẩm và khách đến từ thành phố cùng chung một con dốc."
ALT = "Hình vẽ một thị trấn dưới chân núi"


@pytest.fixture
def camera(tmp_path):
    return Camera(Path(os.environ.get("HANDBOOK_PICTURES", tmp_path)))


@pytest.fixture
def desk(browser, desk_server):
    people = SimpleNamespace(
        contributor=member(browser, desk_server, "contributor", Editor),
        editor=member(browser, desk_server, "editor", Editor),
        reviewer=member(browser, desk_server, "reviewer"),
        translator=member(browser, desk_server, "translator-en", Translator),
        admin=member(browser, desk_server, "admin"),
    )
    yield people
    for person in vars(people).values():
        person.context.close()


@pytest.fixture
def picture(tmp_path):
    """A part of a drawing that the portal has: the whole would be recognised."""
    file = tmp_path / "cho-phien.jpg"
    with Image.open(io.BytesIO(draw("town")[1])) as drawing:
        drawing.crop((200, 150, 1400, 950)).save(file)
    return file


def test_the_steps_of_the_handbook(desk, camera, picture, browser):
    everybody_signs_in(desk, camera, browser)
    a_contributor_hands_in_an_article_with_a_picture(desk, camera, picture)
    page_id = an_editor_reads_it(desk, camera)
    the_reviewer_answers_the_checklist(desk, camera)
    an_editor_publishes_together(desk, camera, page_id)
    a_translator_begins_a_translation(desk, camera)
    an_administrator_looks_after_people(desk, camera)
    assert camera.taken == pictures_referred_to(), "a picture of the handbook is not taken, or taken for nothing"
    nothing_on_the_way_was_english(camera)


def nothing_on_the_way_was_english(camera):
    english = EnglishTexts("vi")
    found = {
        name: english.among(texts) - OWN_NAMES for name, texts in camera.seen.items() if name not in ENGLISH_CONTENT
    }
    assert sum(map(len, camera.seen.values())) > 500
    assert not any(found.values()), found


def everybody_signs_in(desk, camera, browser):
    page = browser.new_page(locale="vi-VN", viewport={"width": 1000, "height": 640})
    page.goto(desk.editor.server.address("/cms/login/"))
    camera.take(page, "dang-nhap")
    page.close()
    camera.take(desk.contributor.page, "tong-quan")


def a_contributor_hands_in_an_article_with_a_picture(desk, camera, picture):
    person, page = desk.contributor, desk.contributor.page
    person.open("/cms/pages/")
    camera.take(page, "cay-trang")
    person.home()
    page.click("[data-desk-button]")
    person.fill_beginning(TITLE, "2026-11-22", SUMMARY)
    page.locator("#id_title").scroll_into_view_if_needed()
    camera.take(page, "mau-bai-viet")
    page.click("#id_lead_picture-chooser [data-chooser-action-choose]")
    page.click("#tab-label-upload")
    form = page.locator("#tab-upload form")
    form.locator("input[type=file]").set_input_files(picture)
    form.locator("input[name$=title]").fill("Phố núi (hình minh họa)")
    camera.take(page, "tai-anh")
    form.locator("[type=submit]").click()
    expect(page.locator("#id_lead_picture-chooser [data-chooser-title]")).to_have_text("Phố núi (hình minh họa)")
    page.fill("#id_lead_alt", ALT)
    person.add_text(TEXT)
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    expect(page.locator(".w-combobox__option").first).to_be_visible()
    camera.take(page, "chon-khoi")
    page.keyboard.press("Escape")
    with person.menu_of_actions():
        camera.take(page, "gui-duyet")
        page.locator("footer [name=action-submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def an_editor_reads_it(desk, camera) -> str:
    """Returns the number of the article."""
    person, page = desk.editor, desk.editor.page
    person.take_up(TITLE)
    page_id = page.url.split("/pages/")[1].split("/")[0]
    page.click("[data-side-panel-toggle=status]")
    camera.take(page, "hen-gio")
    page.click("[data-side-panel-toggle=status]")
    with person.menu_of_actions():
        camera.take(page, "duyet-bien-tap")
        person.approve_button().click()
    expect(page.locator(".messages .success").first).to_be_visible()
    return page_id


def the_reviewer_answers_the_checklist(desk, camera):
    person, page = desk.reviewer, desk.reviewer.page
    person.home()
    camera.take(page, "cho-kiem-duyet")
    person.take_up(TITLE)
    with person.menu_of_actions():
        person.checklist_button().click()
    expect(page.locator(".modal form input[type=radio]").first).to_be_visible()
    camera.take(page, "bang-kiem")
    person.answer_checklist()
    expect(person.checklist_button()).to_have_count(0)


def an_editor_publishes_together(desk, camera, page_id):
    person, page = desk.editor, desk.editor.page
    person.open(f"/cms/pages/{page_id}/history/")
    camera.take(page, "lich-su")
    person.open(f"/cms/bundles/add/{page_id}/")
    camera.take(page, "goi-dang")


def a_translator_begins_a_translation(desk, camera):
    person, page = desk.translator, desk.translator.page
    person.open("/cms/translation-desk/pages/")
    camera.take(page, "tinh-trang-dich")
    person.open("/cms/translation-desk/en/")
    camera.take(page, "ban-dich")
    row = page.locator("main tr:has(form[action*='/start/'])").first
    side_by_side = row.locator("a[href*='/side-by-side/']").get_attribute("href")
    row.locator("form[action*='/start/'] button").click()
    page.locator(".js-translation-editor li.incomplete").first.wait_for()
    camera.take(page, "trinh-dich")
    page.goto(f"{person.server.origin}{side_by_side}")
    camera.take(page, "canh-nhau")


def an_administrator_looks_after_people(desk, camera):
    page = desk.admin.page
    desk.admin.open("/cms/users/new/")
    camera.take(page, "nguoi-dung")
    desk.admin.open("/cms/desk/rights/")
    camera.take(page, "quyen-don-vi")
