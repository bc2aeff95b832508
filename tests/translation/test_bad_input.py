"""Bad input of translators, through the views they use: a message in the form, in their language, and nothing lost."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation

from portal.publishing.service import publish_new
from portal.translation.gate import NotComplete, send_for_review
from tests.admin.forms import notices
from tests.builders import fill, locale, make_article, make_staff, text_block, translation_of
from tests.conftest import PrefixClient
from tests.translation.desk import open_editor, passage, props, put, said, send, target

pytestmark = pytest.mark.django_db
FIGURE_ID, STREAM_ID = "22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def translator(client, staff):
    client.force_login(staff["translator_en"])
    return staff["translator_en"]


@pytest.fixture
def article(portal):
    article = make_article("Chè", publish=False, summary="Tóm tắt", lead_alt="Nương chè")
    figure = {"label": "Diện tích", "value": "9068.7", "unit": "km²", "as_of": "2025-07-01", "source": "Nguồn"}
    blocks = [
        text_block('<p>Xem <a href="https://example.org/">trang này</a> nhé.</p>'),
        {
            "type": "figures",
            "id": STREAM_ID,
            "value": {"figures": [{"type": "item", "id": FIGURE_ID, "value": figure}]},
        },
    ]
    article.body = article.body.stream_block.to_python(blocks)
    return publish_new(article, "test")


@pytest.fixture
def translation(article):
    translation = translation_of(article, "en")
    translation.save_target(publish=False)
    return translation


@pytest.mark.parametrize(
    ("source", "limit"), [("Chè", 255), ("Tóm tắt", 300), ("Nương chè", 250), ("Diện tích", 120), ("km²", 40)]
)
def test_a_translation_that_does_not_fit(client, translator, article, translation, source, limit):
    """Of a field, of a block, of a block in a list: kept as typed, marked with the reason, not used."""
    url = passage(open_editor(client, target(article)), source)["editUrl"]
    answer = put(client, url, "x" * limit)
    assert answer.json()["error"] is None
    answer = put(client, url, "x" * (limit + 1))
    assert answer.status_code == 200
    assert str(limit) in answer.json()["error"]
    assert "tối đa" in answer.json()["error"] or "at most" in answer.json()["error"]
    rows = StringTranslation.objects.filter(context__object_id=article.translation_key)  # other pages say «Tóm tắt» too
    row = rows.get(translation_of__data=source, locale=locale("en"))
    assert len(row.data) == limit + 1
    assert len(target(article).draft_title) <= 255
    page = open_editor(client, target(article))
    assert "x" * (limit + 1) in page.content.decode()


def test_what_counts_are_the_characters_readers_see(client, translator, article, translation):
    url = passage(open_editor(client, target(article)), "km²")["editUrl"]
    assert put(client, url, "&amp;" * 40).json()["error"] is None


def test_a_title_too_long_is_not_sent_for_review(client, translator, article, translation):
    fill(translation, user=translator)
    fill(translation, user=translator, text=lambda source: "y" * 400 if source == "Chè" else f"EN {source}")
    assert notices(send(client, translation), "error")
    assert not target(article).workflow_in_progress
    with pytest.raises(NotComplete):
        send_for_review(translation, translator)
    translation.save_target(user=translator)
    assert target(article).get_latest_revision_as_object().title == "Chè"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<b class="x">bold</b>',
        "See <p>this</p>",
        'See <a id="a9">that</a>',
        "",
        "   ",
        "a\0b",
    ],
)
def test_html_that_is_not_allowed_and_empty_text(client, translator, article, translation, text):
    source = 'Xem <a id="a1">trang này</a> nhé.'
    url = passage(open_editor(client, target(article)), source)["editUrl"]
    answer = put(client, url, text)
    assert answer.status_code in (200, 201)
    assert answer.json()["error"] or text == "a\0b"


def test_a_request_without_text(client, translator, article, translation):
    url = passage(open_editor(client, target(article)), "Chè")["editUrl"]
    assert put(client, url, None).status_code == 400


def test_the_original_changes_while_a_sentence_is_being_translated(client, translator, article, translation):
    page = open_editor(client, target(article))
    url = passage(page, "Chè")["editUrl"]
    article.title = "Chè Shan Tuyết cổ thụ"
    publish_new(article, "test")
    answer = put(client, url, "My long work on tea")
    assert answer.status_code == 200
    assert answer.json()["error"]
    assert answer.json()["data"] == "My long work on tea"
    page = open_editor(client, target(article))
    assert "My long work on tea" in said(page)
    assert passage(page, "Chè Shan Tuyết cổ thụ")


def test_without_knowing_the_sentence_the_text_comes_back_with_an_explanation(client, translator, article, translation):
    url = passage(open_editor(client, target(article)), "Chè")["editUrl"].partition("?")[0]
    article.title = "Khác"
    publish_new(article, "test")
    for address in (url, f"{url}?string=x&context=99999999999999999999999", f"{url}?string=1&context=1"):
        answer = put(client, address, "My work")
        assert answer.status_code == 409
        assert answer.json()["data"] == "My work"
        assert answer.json()["error"]


def test_a_sentence_that_only_moved_is_saved_as_usual(client, translator, article, translation):
    source = 'Xem <a id="a1">trang này</a> nhé.'
    url = passage(open_editor(client, target(article)), source)["editUrl"]
    first = text_block("<p>Đoạn mới.</p>", "44444444-4444-4444-8444-444444444444")
    article.body = article.body.stream_block.to_python([first, *article.body.raw_data])
    publish_new(article, "test")
    answer = put(client, url, 'See <a id="a1">this page</a>.')
    assert answer.status_code in (200, 201)
    assert answer.json()["error"] is None


def test_strangers_keep_nothing_either(client, staff, article, translation):
    client.force_login(staff["translator_en"])
    url = passage(open_editor(client, target(article)), "Chè")["editUrl"]
    article.title = "Khác"
    publish_new(article, "test")
    client.force_login(staff["translator_zh"])
    assert put(client, url, "stolen").status_code in (302, 403)
    assert not StringTranslation.objects.filter(data="stolen").exists()


def test_two_people_at_one_passage(client, staff, article, translation):
    """The second is shown what the first saved; what they send again replaces it, and nothing is lost unseen."""
    client.force_login(staff["translator_en"])
    url = passage(open_editor(client, target(article)), "Chè")["editUrl"]
    row = StringTranslation.objects.filter(translation_of__data="Chè", locale=locale("en"))
    assert put(client, url, "Mine").json()["error"] is None
    assert put(client, url, "Mine, better").json()["error"] is None
    other = PrefixClient()
    other.force_login(staff["editor"])
    assert put(other, passage(open_editor(other, target(article)), "Chè")["editUrl"], "Theirs").json()["error"] is None
    answer = put(client, url, "Mine again").json()
    assert "Theirs" in answer["error"]
    assert answer["data"] == "Mine again"
    assert row.get().data == "Theirs"
    assert put(client, url, "Theirs").json()["error"] is None
    assert put(client, url, "Mine again").json()["error"] is None
    assert row.get().data == "Mine again"
    client.force_login(staff["translator_zh"])
    assert put(client, url, "stolen").status_code in (302, 403)


def upload(client, translation, content: bytes | None):
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    data = {"next": edit}
    if content is not None:
        data["file"] = SimpleUploadedFile("a.po", content)
    return client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), data, follow=True)


def po_of(translation, **texts) -> bytes:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = texts.get(entry.msgctxt, f"PO {entry.msgid}")
    return str(po).encode()


BAD_FILES = {
    "none": None,
    "empty": b"",
    "no catalogue": b"hello, this is a letter",
    "binary": bytes(range(256)) * 4,
    "picture": b"\x89PNG\r\n\x1a\n\0\0",
    "unknown encoding": b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n',
    "without a header": b'msgid "a"\nmsgstr "b"\n',
    "cut off": b'msgid "a\nmsgstr',
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_is_no_po_file(client, translator, translation, case):
    page = upload(client, translation, BAD_FILES[case])
    assert page.status_code == 200
    assert page.redirect_chain
    assert notices(page, "error")
    assert not StringTranslation.objects.filter(locale=locale("en"), tool_name="PO File").exists()


@pytest.mark.parametrize("other", ["page", "language"])
def test_a_po_file_of_something_else(client, translator, article, translation, other):
    foreign = translation_of(
        make_article("Khác") if other == "page" else article, "en" if other == "page" else "zh-hans"
    )
    foreign.save_target(publish=False)
    page = upload(client, translation, po_of(foreign))
    assert notices(page, "error")
    assert not StringTranslation.objects.filter(data__startswith="PO ").exists()


def test_a_good_po_file_with_one_title_too_long(client, translator, article, translation):
    report = upload(client, translation, po_of(translation, title="z" * 300)).context["report"]
    assert "255" in report.wrong[0].reason
    assert len(report.accepted) == translation.get_progress()[0] - 1
    row = StringTranslation.objects.get(
        context__path="title", context__object_id=article.translation_key, locale=locale("en")
    )
    assert row.has_error
    assert row.data == "z" * 300
    assert StringTranslation.objects.filter(locale=locale("en"), data="PO Tóm tắt", has_error=False).exists()
    upload(client, translation, po_of(translation, title="Tea"))
    row.refresh_from_db()
    assert not row.has_error
    assert target(article).draft_title == "Tea"


def test_a_po_file_of_an_older_wording_says_what_it_left_out(client, translator, article, translation):
    old = polib.pofile(po_of(translation).decode())
    old.append(polib.POEntry(msgid="Câu không còn", msgstr="A sentence that is gone", msgctxt="title"))
    page = upload(client, translation, str(old).encode())
    assert [line.text for line in page.context["report"].unknown] == ["A sentence that is gone"]
    assert "A sentence that is gone" in said(page)  # not stored, so that it can be copied from here


def download(client, translation) -> polib.POFile:
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert answer.headers["Content-Disposition"].endswith('-en.po"')
    return polib.pofile(answer.content.decode())


def test_out_and_in_again_changes_nothing(client, translator, article, translation):
    fill(translation, user=translator)
    po = download(client, translation)
    assert po.metadata["Language"] == "en"
    report = upload(client, translation, str(po).encode()).context["report"]
    assert len(report.unchanged) == translation.get_progress()[0]
    assert not (report.accepted or report.wrong or report.unknown or report.former or report.is_older)


def test_a_file_made_from_an_older_version_says_so_and_keeps_every_line(client, translator, article, translation):
    po = download(client, translation)
    for entry in po:
        entry.msgstr = f"PO {entry.msgid}"
    article.title = "Chè Shan Tuyết cổ thụ"
    publish_new(article, "test")
    page = upload(client, translation, str(po).encode())
    report = page.context["report"]
    assert report.is_older
    assert [line.text for line in report.former] == ["PO Chè"]
    assert not report.unknown
    assert "PO Chè" in said(open_editor(client, target(article)))  # among what is kept
    assert translation.get_progress()[1] == translation.get_progress()[0] - 1


def test_broken_markup_is_kept_and_told_and_empty_lines_change_nothing(client, translator, article, translation):
    fill(translation, user=translator)
    po = download(client, translation)
    for entry in po:
        entry.msgstr = "See <a id='a9'>that" if "trang này" in entry.msgid else ""
    report = upload(client, translation, str(po).encode()).context["report"]
    assert [line.source for line in report.wrong] == ['Xem <a id="a1">trang này</a> nhé.']
    assert report.wrong[0].reason
    assert len(report.empty) == translation.get_progress()[0] - 1
    assert StringTranslation.objects.filter(data="EN Tóm tắt", has_error=False).exists()


def test_it_is_said_whose_file_it_is(client, translator, article, translation):
    other = translation_of(make_article("Trang khác"), "en")
    assert "Trang khác" in notices(upload(client, translation, po_of(other)), "error")[0]
    chinese = translation_of(article, "zh-hans")
    assert "简体中文" in notices(upload(client, translation, po_of(chinese)), "error")[0]
    strange = po_of(translation).replace(str(translation.uuid).encode(), b"not-a-number")
    assert notices(upload(client, translation, strange), "error")
    assert not StringTranslation.objects.filter(data__startswith="PO ").exists()


def test_nothing_is_half_stored(client, translator, article, translation, monkeypatch):
    save, calls = StringTranslation.save, []

    def fail(self, *args, **kwargs):
        calls.append(self)
        if len(calls) > 2:
            raise RuntimeError("disk full")
        return save(self, *args, **kwargs)

    monkeypatch.setattr(StringTranslation, "save", fail)
    with pytest.raises(RuntimeError):
        upload(client, translation, po_of(translation))
    assert not StringTranslation.objects.filter(data__startswith="PO ").exists()


def test_no_text_leaves_the_server(client, translator, article, translation, monkeypatch):
    """Machine translation is off: nothing is offered, nothing is done, and nobody is called."""

    def refuse(*args, **kwargs):
        raise AssertionError("somebody outside was called")

    assert get_machine_translator() is None
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert props(open_editor(client, target(article)))["machineTranslator"] is None
    client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))
    client.get(reverse("translation_aid", args=[translation.pk]))
    upload(client, translation, po_of(translation))
    send(client, translation)
    assert not StringTranslation.objects.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE).exists()
