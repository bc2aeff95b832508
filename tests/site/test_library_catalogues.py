"""What the libraries leave in English is translated for the staff; an upgrade that brings new texts is noticed."""

import itertools
import json
from collections import Counter

import pytest
from babel.messages.catalog import Catalog
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from scripts import library_messages, messages
from tests.builders import make_staff
from tests.site.test_catalogues import PLACEHOLDER

every_catalogue = pytest.mark.parametrize(
    ("locale", "domain"), list(itertools.product(messages.LANGUAGES, library_messages.DOMAINS))
)


def entries(locale: str, domain: str) -> list:
    """The translated entries of a catalogue."""
    return [
        message for message in library_messages.written(locale, domain) if message.id and not messages.is_empty(message)
    ]


@pytest.mark.parametrize("locale", messages.LANGUAGES)
def test_each_library_is_translated(locale):
    shares = library_messages.coverage(locale)
    for name, (translated, total) in shares.items():
        print(f"{locale} {name}: {translated} of {total}")
    assert len(shares) > 15 and sum(total for _translated, total in shares.values()) > 2000
    lacking = {name: share for name, share in shares.items() if share[0] < library_messages.REQUIRED * share[1]}
    assert not lacking, "run `make messages`, then translate locale/libraries"


@every_catalogue
def test_the_catalogue_is_as_make_messages_writes_it(locale, domain):
    path = messages.po_path(locale, domain, library_messages.FOLDER)
    new = library_messages.merged(locale, domain)
    assert not library_messages.changes(locale, domain, new), "the libraries have changed: run `make messages`"
    assert path.read_bytes() == messages.as_text(new), "run `make messages`"


@every_catalogue
def test_what_is_compiled_is_what_is_written(locale, domain):
    path = messages.po_path(locale, domain, library_messages.FOLDER)
    compiled = messages.compiled(library_messages.written(locale, domain))
    assert path.with_suffix(".mo").read_bytes() == compiled


@every_catalogue
def test_placeholders_markup_and_ends_survive_translation(locale, domain):
    """Of a plural the last form counts: the first may say «one» without the number."""
    wrong = {}
    for message in entries(locale, domain):
        text = message.id[-1] if isinstance(message.id, tuple) else message.id
        for string in library_messages.strings(message):
            same_parts = Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(string))
            same_end = text.endswith((" ", "\n")) == string.endswith((" ", "\n"))
            if not same_parts or not same_end:
                wrong[text] = string
    assert not wrong


@every_catalogue
def test_a_plural_is_one_form(locale, domain):
    """Neither language has a plural; a second form would never be read."""
    plurals = [message for message in entries(locale, domain) if isinstance(message.id, tuple)]
    assert all(len(message.string) == 1 for message in plurals)


def test_vietnamese_uses_one_word_for_one_thing():
    """The words that Wagtail's own catalogue uses besides ours, and spellings that the rest does not follow."""
    unwanted = ("xuất bản", "thu hồi xuất", "bình luận", "bộ sưu tập", "luồng công việc", "website", "xoá", "khoá", "“")
    keys = {(None, text) for text in ("Collections", "Comments", "Publish", "Unpublish", "Workflow", "Delete")}
    with translation.override("vi"):
        said = {text: translation.gettext(text) for _context, text in keys}
    said |= {
        message.id: string
        for domain in library_messages.DOMAINS
        for message in entries("vi", domain)
        for string in library_messages.strings(message)
    }
    found = {text: string for text, string in said.items() if any(word in string.lower() for word in unwanted)}
    assert not found


def test_an_upgrade_says_what_is_new_what_changed_and_what_is_gone(monkeypatch):
    before = Catalog(locale="vi")
    before.add("Delete this page for good", "Xóa hẳn trang này")
    before.add("Paste", "Dán")
    before.add("Cut", "Cắt")
    said = library_messages.Said(
        packages={(None, text, None): {"wagtail"} for text in ("Delete this page for ever", "Cut", "Sparkle")},
        own={"vi": {}},
    )
    monkeypatch.setattr(library_messages, "said", lambda domain: said)
    monkeypatch.setattr(library_messages, "written", lambda locale, domain: before)
    new = library_messages.merged("vi", "django")
    assert new.get("Cut").string == "Cắt"
    changed, fresh, gone = library_messages.changes("vi", "django", new)
    assert "Delete this page for ever" in changed and "Xóa hẳn trang này" in changed
    assert (fresh, gone) == ("new: 'Sparkle'", "gone: 'Paste'")


def test_our_wording_stays_and_a_translation_of_the_library_is_taken(monkeypatch):
    before = Catalog(locale="vi")
    before.add("Publish", "Đăng")
    before.add("Cut", "Cắt")
    before.add("Undo", "")
    said = library_messages.Said(
        packages={(None, text, None): {"wagtail"} for text in ("Publish", "Cut", "Undo")},
        own={"vi": {(None, "Publish"): ("Xuất bản",), (None, "Cut"): ("Cắt",), (None, "Undo"): ("Hoàn tác",)}},
    )
    monkeypatch.setattr(library_messages, "said", lambda domain: said)
    monkeypatch.setattr(library_messages, "written", lambda locale, domain: before)
    new = library_messages.merged("vi", "django")
    assert [(message.id, message.string) for message in new if message.id] == [("Publish", "Đăng")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "word", "scripts"),
    [
        ("vi", "Thu gọn tất cả", "Tải lên tệp PO"),
        ("zh-hans", "内容块", "正在停止同步翻译"),
    ],
)
def test_the_scripts_of_the_administration_speak_the_language_of_their_user(client, portal, code, word, scripts):
    """Wagtail's catalogue for scripts and the one of the translation editor."""
    user = make_staff()["translator_zh"]
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": code})
    client.force_login(user)
    for name, text in (("wagtailadmin_javascript_catalog", word), ("wagtail_localize:javascript_catalog", scripts)):
        assert json.dumps(text) in client.get(reverse(name)).content.decode()
