"""What only a browser shows: a session that ends over an open checklist or a text, an approval in an old tab."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.people import NEWS, Editor, member

pytestmark = pytest.mark.browser
SUMMARY = "Một câu."


@pytest.fixture
def desk(browser, desk_server):
    people = SimpleNamespace(
        contributor=member(browser, desk_server, "contributor", Editor),
        editor=member(browser, desk_server, "editor", Editor),
        editor2=member(browser, desk_server, "editor2", Editor),
        reviewer=member(browser, desk_server, "reviewer"),
    )
    yield people
    for person in vars(people).values():
        person.context.close()


def sent_for_review(desk, title: str) -> None:
    desk.contributor.begin_article(title, "2026-11-20", SUMMARY)
    desk.contributor.add_text("Một đoạn văn ngắn.")
    desk.contributor.send_for_review()


def test_a_session_that_ends_over_the_checklist_loses_no_answer(desk):
    title = "Phiên hết giữa chừng"
    sent_for_review(desk, title)
    desk.editor.approve(title)
    reviewer = desk.reviewer
    reviewer.take_up(title)
    with reviewer.menu_of_actions():
        reviewer.checklist_button().click()
    form = reviewer.page.locator(".modal form")
    expect(form.locator("input[type=radio]").first).to_be_visible()
    reviewer.context.clear_cookies()
    reviewer.page.on("dialog", lambda dialog: dialog.accept())
    reviewer.answer_checklist()
    ended = reviewer.page.locator(".modal [data-session-ended]")
    expect(ended).to_contain_text("Phiên đăng nhập đã hết")
    answered = form.locator("input[type=radio]:checked").count()
    assert answered >= 6

    reviewer.sign_in_again(ended)
    assert form.locator("input[type=radio]:checked").count() == answered
    form.locator("[type=submit]").click()
    reviewer.page.wait_for_url("**/cms/")
    expect(reviewer.waiting(title)).to_have_count(0)
    public = reviewer.server.address(f"/vi/{NEWS}/phien-het-giua-chung/")
    assert reviewer.context.request.get(public).status == 200


def test_a_session_that_ends_over_the_editor_loses_no_word(desk):
    title = "Phiên hết khi đang viết"
    author = desk.contributor
    author.begin_article(title, "2026-11-20", SUMMARY)
    author.add_text("Một đoạn văn ngắn.")
    author.save_draft()
    author.page.wait_for_url("**/edit/")
    author.context.clear_cookies(name="portal_session")
    words = "Viết khi phiên đã hết."
    author.page.fill("#id_summary", words)
    ended = author.page.locator("[data-session-ended]")
    expect(ended).to_contain_text("Phiên đăng nhập đã hết", timeout=25_000)  # without a button pressed
    author.save_draft()
    assert "/edit/" in author.page.url
    author.sign_in_again(ended)
    author.save_draft()
    expect(author.page.locator(".messages .success")).to_be_visible()
    author.page.reload()
    expect(author.page.locator("#id_summary")).to_have_value(words)


def test_an_approval_in_an_old_tab_decides_nothing(desk):
    title = "Thẻ mở từ trước"
    sent_for_review(desk, title)
    desk.editor.take_up(title)  # stays open
    desk.editor2.take_up(title)
    desk.editor2.page.fill("#id_summary", "Câu khác.")
    desk.editor2.save_draft()
    expect(desk.editor2.page.locator(".messages .success")).to_be_visible()
    with desk.editor.menu_of_actions():
        desk.editor.approve_button().click()
    expect(desk.editor.page.locator(".messages .error")).to_contain_text("Chưa ghi nhận quyết định")
    expect(desk.reviewer.waiting(title)).to_have_count(0)
