"""What a loaded demo is: made through the real doors, in three languages."""

import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision
from wagtail_localize.models import Translation

from portal.contributors.models import User
from portal.core.demo.accounts import ACCOUNTS, PASSWORD
from portal.core.models import PortalDocument, PortalImage
from portal.core.starting_pages import FOOTER
from portal.publishing.visibility import is_public
from portal.search.models import SearchEntry
from tests.builders import home
from tests.demo.conftest import article, value

pytestmark = pytest.mark.django_db


def test_the_original_is_published_by_the_service(loaded):
    page = article()
    assert page.live and is_public(page)
    assert page.url_path.endswith("/tin-tuc-su-kien/mua-che/")
    assert (page.kind, str(page.date), page.credit) == ("news", "2026-11-01", "Ban biên tập")
    assert page.department.code == "so-vhttdl"
    assert [row.topic.code for row in page.article_topics.all()] == ["agriculture", "tourism"]
    assert page.lead_picture.is_illustration
    assert [block.block_type for block in page.body][-1] == "callout"
    assert "Báo tỉnh &amp; đài" in page.body[-1].value["text"].source
    internal = Page.objects.get(slug="noi-bo", locale=page.locale).pk
    assert f'<a linktype="page" id="{internal}">' in value(page, "text").source


def test_the_translation_is_made_of_the_originals_strings(loaded):
    page = article("en")
    assert page.live and page.alias_of_id is None
    assert (page.title, page.slug, page.credit) == ("The tea season", "mua-che", "Editors")
    assert page.department.locale == page.locale
    assert {row.topic.locale for row in page.article_topics.all()} == {page.locale}
    figure = value(page, "figures")["figures"][0]
    assert (figure["label"], str(figure["value"]), str(figure["as_of"])) == ("Area", "9068.7", "2025-07-01")
    assert value(page, "table")["data"] == [["Commune", "Area"], ["Tân Uyên", "10 hectares"], ["Bản Bo", "10 hectares"]]
    assert value(page, "callout")["kind"] == "important"
    assert value(page, "picture")["picture"] == value(article(), "picture")["picture"]
    assert "demonstration content" in page.body[-1].value["title"].lower()
    total, done = Translation.objects.get(source__object_id=page.translation_key).get_progress()
    assert (total, done) == (total, total - 1)  # the sentence that was taken from the original meanwhile


def test_links_keep_their_targets_where_the_translation_orders_them_otherwise(loaded):
    internal = Page.objects.get(slug="noi-bo", locale=article().locale).pk
    html = value(article("en"), "text").source
    assert html.startswith('<p>First <a href="https://laichau.gov.vn/">the province\'s site</a>, then ')
    assert f'<a id="{internal}" linktype="page">the internal page</a>' in html


def test_what_is_not_translated_is_an_alias(loaded):
    page = article("zh-hans")
    assert page.alias_of_id == article().pk
    assert not is_public(page)


def test_a_translation_can_be_out_of_date_and_others_are_not(loaded):
    assert article("en").translation_state.is_out_of_date
    assert article().summary == "Người dân hái chè."
    index = Page.objects.get(slug="thong-tin-chung", locale__language_code="zh-hans")
    assert index.title == "基本信息"
    assert not index.translation_state.is_out_of_date


def test_the_restricted_page_is_private_in_every_language(loaded):
    pages = Page.objects.filter(slug="noi-bo")
    assert pages.count() == 3
    assert PageViewRestriction.objects.filter(page__in=pages, restriction_type="password").count() == 3
    assert not any(is_public(page) for page in pages)


def test_there_is_always_a_page_that_waits(load):
    """Its hour in the file may be long past: the demo is loaded for years."""
    page = Page.objects.get(slug="sap-dang", locale__language_code="vi")
    [revision] = Revision.objects.exclude(approved_go_live_at=None)
    assert not page.live and revision.object_id == str(page.pk)
    assert revision.approved_go_live_at > timezone.now() + timedelta(days=29)


def test_pages_stand_in_the_same_order_in_every_language(loaded):
    orders = [
        [page.translation_key for page in Page.objects.descendant_of(home(code)).order_by("path")]
        for code in ("vi", "en", "zh-hans")
    ]
    assert orders[0] == orders[1] == orders[2]
    assert len(orders[0]) == 7 + 5 + len(FOOTER)


def test_indexes_know_the_content(loaded):
    assert SearchEntry.objects.filter(page__slug="mua-che").count() == 2
    picture = PortalImage.objects.get(title__startswith="Hoa văn thổ cẩm Thái")
    assert ReferenceIndex.get_references_to(picture).exists()


def test_the_document_has_a_text_layer(loaded):
    document = PortalDocument.objects.get()
    with document.open_file() as file, zipfile.ZipFile(file) as package:
        words = package.read("word/document.xml").decode()
    assert "không phải toàn văn" in words


def test_the_accounts_can_log_in(loaded, rf):
    assert set(User.objects.values_list("username", flat=True)) == {account.username for account in ACCOUNTS}
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert authenticate(rf.post("/"), username=account.username, password=PASSWORD)
        assert {group.name for group in user.groups.all()} >= set(account.groups)
        assert user.wagtail_userprofile.preferred_language == "vi"


def test_one_line_says_where_to_look_and_how_to_log_in(capsys):
    call_command("load_demo", accounts=True)
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 1
    assert PASSWORD in out and "/thongtindoingoai/" in out and "translator-zh" in out
