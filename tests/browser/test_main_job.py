"""The portal's main job, by those whose job it is: written, approved, asked for, translated, changed, withdrawn."""

from types import SimpleNamespace

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import NEWS, Editor, Reader, Translator, member

pytestmark = pytest.mark.browser

EVERYWHERE = {"list", "search", "feed", "sitemap"}
NOWHERE: set[str] = set()
LANGUAGES = ("vi", "en", "zh-hans")

TITLE = "Gùi chè đầu mùa ở Tả Lèng"
SLUG = "gui-che-dau-mua-o-ta-leng"
SUMMARY = "Buổi sáng đầu tiên của vụ chè xuân."
TEXT = "Sương còn dày khi những gùi chè đầu tiên về đến sân phơi."
NEW_TEXT = "Nắng đã lên khi những gùi chè cuối cùng về đến sân phơi."
ALT = "Nền xanh như đồi chè"
CAPTION = "Vụ chè xuân"
TABLE = [["Bản", "Ghi chú"], ["Tả Lèng Cao", "hái sớm"]]
TITLE_EN = "First tea baskets of Ta Leng"
TEXT_EN = "The mist is still thick when the first baskets reach the yard."
PASSAGES_EN = {
    TITLE: TITLE_EN,
    SUMMARY: "The first morning of the spring harvest.",
    # The translator's editor shows the marks of bold type as they are written.
    "<b>Sương</b> còn dày khi những gùi chè đầu tiên về đến sân phơi.": f"<b>The mist</b>{TEXT_EN[8:]}",
    ALT: "A green ground like a tea hill",
    CAPTION: "Spring harvest",
    "Bản": "Village",
    "Ghi chú": "Note",
    "Tả Lèng Cao": "Upper Ta Leng",
    "hái sớm": "picked early",
}
TITLE_ZH = "Tả Lèng 第一批茶篓"
PASSAGES_ZH = {
    TITLE: TITLE_ZH,
    SUMMARY: "春茶开采的第一个清晨。",
    "<b>Sương</b> còn dày khi những gùi chè đầu tiên về đến sân phơi.": "<b>浓雾</b>未散，第一批茶篓已回到晒场。",
    ALT: "如茶山般的绿色",
    CAPTION: "春茶",
    "Bản": "村寨",
    "Ghi chú": "备注",
    "Tả Lèng Cao": "上 Tả Lèng",
    "hái sớm": "早采",
}
# code: (name in lists, title, every passage)
TRANSLATED = {"en": ("English", TITLE_EN, PASSAGES_EN), "zh-hans": ("简体中文", TITLE_ZH, PASSAGES_ZH)}
FIRST_DAY, FIRST_DAY_READ = "2026-11-20", {"vi": "20/11/2026", "en": "20 November 2026", "zh-hans": "2026年11月20日"}
NEW_DAY, NEW_DAY_READ = "2026-11-22", {"vi": "22/11/2026", "en": "22 November 2026", "zh-hans": "2026年11月22日"}


def address(language: str) -> str:
    return f"/{language}/{NEWS}/{SLUG}/"


@pytest.fixture
def desk(browser, desk_server):
    """Everybody, each with a browser of their own."""
    people = SimpleNamespace(
        contributor=member(browser, desk_server, "contributor", Editor),
        editor=member(browser, desk_server, "editor", Editor),
        editor2=member(browser, desk_server, "editor2", Editor),
        reviewer=member(browser, desk_server, "reviewer"),
        translators={
            "en": member(browser, desk_server, "translator-en", Translator),
            "zh-hans": member(browser, desk_server, "translator-zh", Translator),
        },
        second_readers={
            "en": member(browser, desk_server, "second-reader-en"),
            "zh-hans": member(browser, desk_server, "second-reader-zh"),
        },
        reader=Reader(browser.new_context(locale="en-GB"), desk_server),
    )
    yield people
    for context in browser.contexts:
        context.close()


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "doi-che.jpg"
    Image.new("RGB", (1600, 1000), (46, 112, 74)).save(file)
    return file


def test_from_the_first_draft_to_the_withdrawal(desk, picture):
    the_contributor_writes_an_article(desk, picture)
    nobody_sees_it_before_it_is_approved(desk)
    editor_and_reviewer_approve_it(desk)
    the_public_reads_it_in_vietnamese(desk)
    readers_ask_for_translations(desk)
    for language in TRANSLATED:
        the_translator_answers(desk, language)
        nobody_sees_the_translation_before_it_is_approved(desk, language)
        a_second_reader_of_the_language_approves_it(desk, language)
    the_public_reads_it_in_english(desk)
    the_public_reads_it_in_chinese(desk)
    the_editor_changes_words_and_date(desk)
    the_date_is_right_everywhere_and_english_readers_are_told(desk)
    the_editor_withdraws_it(desk)
    it_is_gone_in_every_language(desk)


def the_contributor_writes_an_article(desk, picture):
    contributor = desk.contributor
    contributor.begin_article(TITLE, FIRST_DAY, SUMMARY)
    contributor.upload_lead_picture(picture, "Đồi chè buổi sớm", ALT)
    contributor.add_text(TEXT)
    contributor.add_table(CAPTION, TABLE)
    contributor.send_for_review()


def nobody_sees_it_before_it_is_approved(desk):
    for language in LANGUAGES:
        assert desk.reader.open(address(language)) == 404
        assert desk.reader.places_of(language, TITLE, address(language)) == NOWHERE


def editor_and_reviewer_approve_it(desk):
    desk.contributor.open_article(TITLE)
    expect(desk.contributor.approve_button()).to_have_count(0)  # nobody their own
    expect(desk.contributor.waiting(TITLE)).to_have_count(0)
    expect(desk.reviewer.waiting(TITLE)).to_have_count(0)  # not before the editors have read it
    desk.editor2.approve(TITLE)
    assert desk.reader.open(address("vi")) == 404
    desk.reviewer.approve(TITLE)


def the_public_reads_it_in_vietnamese(desk):
    reader = desk.reader
    assert reader.open(address("vi")) == 200
    main = reader.page.locator("main")
    expect(main.locator("h1")).to_have_text(TITLE)
    expect(main.locator(".text")).to_have_text(TEXT)
    expect(main.locator(".text b, .text strong")).to_have_text(TEXT.split()[0])
    expect(main.locator("table caption")).to_have_text(CAPTION)
    expect(main.locator("th[scope=col]").first).to_have_text(TABLE[0][0])
    expect(main.locator(".lead-picture img")).to_have_attribute("alt", ALT)
    assert main.locator(".lead-picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert FIRST_DAY_READ["vi"] in reader.main()
    assert reader.places_of("vi", TITLE, address("vi")) == EVERYWHERE


def readers_ask_for_translations(desk):
    reader = desk.reader
    for language, lang in (("en", "en"), ("zh-hans", "zh-Hans")):
        assert reader.open(address(language)) == 200
        expect(reader.page.locator("html")).to_have_attribute("lang", lang)
        expect(reader.page.locator("main [lang=vi]")).to_have_text(TITLE)
        assert TEXT not in reader.main()
        assert reader.places_of(language, TITLE, address(language)) == NOWHERE
    for language, (name, _title, _passages) in TRANSLATED.items():
        reader.open(address(language))
        reader.page.locator("main form[action*=translation-request] button").click()
        expect(reader.page.locator("main form[action*=translation-request]")).to_have_count(0)
        assert desk.translators[language].requests(TITLE, name) == 1


def the_translator_answers(desk, language):
    _name, title, passages = TRANSLATED[language]
    translator = desk.translators[language]
    translator.take_request(TITLE, language)
    if language == "en":
        translator.translate_passage(SUMMARY, "The first morning of 2027.")
        expect(translator.remarks()).to_contain_text(["2027"])
        translator.translate_passage(SUMMARY, passages[SUMMARY])
        expect(translator.remarks()).to_have_count(0)
    expect(translator.page.locator("[name=action-publish], [value=publish]")).to_have_count(0)
    translator.translate(passages)
    translator.send_for_review()
    expect(translator.approve_button()).to_have_count(0)
    expect(translator.waiting(title)).to_have_count(0)


def nobody_sees_the_translation_before_it_is_approved(desk, language):
    title, reader = TRANSLATED[language][1], desk.reader
    assert reader.open(address(language)) == 200
    expect(reader.page.locator("main [lang=vi]")).to_have_text(TITLE)
    assert title not in reader.page.content()
    assert reader.places_of(language, title, address(language)) == NOWHERE


def a_second_reader_of_the_language_approves_it(desk, language):
    title = TRANSLATED[language][1]
    others = [reader for code, reader in desk.second_readers.items() if code != language]
    for other in (desk.editor2, desk.reviewer, *others):  # words alone need no reviewer, and editors read Vietnamese
        expect(other.waiting(title)).to_have_count(0)
    desk.second_readers[language].approve(title)


def reader_sees(desk, language: str) -> str:
    desk.reader.open(address(language))
    return desk.reader.main()


def the_public_reads_it_in_english(desk):
    reader = desk.reader
    reader.open(address("vi"))
    reader.switch_to("en")
    expect(reader.page).to_have_url(reader.server.address(address("en")))
    for words in PASSAGES_EN.values():
        assert words in reader.page.content()
    assert TEXT_EN in reader.main()
    assert FIRST_DAY_READ["en"] in reader.main()
    assert reader.places_of("en", TITLE_EN, address("en")) == EVERYWHERE
    reader.open(address("en"))
    reader.switch_to("vi")
    expect(reader.page.locator("h1")).to_have_text(TITLE)


def the_public_reads_it_in_chinese(desk):
    main = reader_sees(desk, "zh-hans")
    for words in (TITLE_ZH, PASSAGES_ZH[SUMMARY], "上 Tả Lèng", FIRST_DAY_READ["zh-hans"]):
        assert words in main
    assert desk.reader.places_of("zh-hans", TITLE_ZH, address("zh-hans")) == EVERYWHERE


def the_editor_changes_words_and_date(desk):
    desk.editor.open_article(TITLE)
    desk.editor.set_date(NEW_DAY)
    desk.editor.rewrite_first_text(NEW_TEXT)
    desk.editor.send_for_review()
    assert FIRST_DAY_READ["vi"] in reader_sees(desk, "vi")
    desk.editor2.approve(TITLE)
    desk.reviewer.approve(TITLE)


def the_date_is_right_everywhere_and_english_readers_are_told(desk):
    assert NEW_TEXT in reader_sees(desk, "vi")
    assert not desk.reader.page.locator(".freshness").count()
    english = reader_sees(desk, "en")
    assert TEXT_EN in english
    assert "The Vietnamese original has changed since" in english
    for language, title in (("vi", TITLE), ("en", TITLE_EN), ("zh-hans", TITLE_ZH)):
        assert NEW_DAY_READ[language] in reader_sees(desk, language)
        desk.reader.open(f"/{language}/{NEWS}/")
        card = desk.reader.page.locator("main .card", has_text=title)
        expect(card.locator(".card__meta")).to_contain_text(NEW_DAY_READ[language])


def the_editor_withdraws_it(desk):
    desk.editor.withdraw(TITLE)


def it_is_gone_in_every_language(desk):
    for language, title in (("vi", TITLE), ("en", TITLE_EN), ("zh-hans", TITLE_ZH)):
        assert desk.reader.open(address(language)) in (404, 410)
        assert desk.reader.places_of(language, title, address(language)) == NOWHERE
