"""What readers ask to have translated, as editors and translators see it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from portal.translation.models import TranslationRequest
from tests.builders import locale, make_article, make_staff, translate, translation_of
from tests.translation.desk import said, target

pytestmark = pytest.mark.django_db
URL = "translation_requests"


@pytest.fixture
def staff(portal):
    return make_staff()


def ask(page, code, count):
    return TranslationRequest.objects.create(translation_key=page.translation_key, locale=locale(code), count=count)


def test_most_wanted_first_with_the_way_to_translate(client, staff):
    few, many = make_article("Ít người hỏi"), make_article("Nhiều người hỏi")
    ask(few, "en", 2)
    ask(many, "zh-hans", 9)
    begun = translation_of(few, "en")
    begun.save_target(publish=False)
    client.force_login(staff["translator_zh"])
    page = client.get(reverse(URL))
    text = page.content.decode()
    assert text.index("Nhiều người hỏi") < text.index("Ít người hỏi")
    assert reverse("wagtailadmin_pages:edit", args=[target(few).pk]) in text
    assert f"{reverse('wagtail_localize:submit_page_translation', args=[many.pk])}?select_locale=zh-hans" in text
    assert "简体中文" in said(page)


def test_what_is_translated_waits_no_longer(client, staff):
    article = make_article("Đã dịch")
    ask(article, "en", 5)
    translate(article)
    client.force_login(staff["editor"])
    assert "Đã dịch" not in said(client.get(reverse(URL)))


@pytest.mark.parametrize(
    ("role", "sees"), [("editor", True), ("translator_en", True), ("admin", True), ("contributor", False)]
)
def test_who_sees_it(client, staff, role, sees):
    client.force_login(staff[role])
    assert (client.get(reverse(URL)).status_code == 200) is sees
    assert (reverse(URL) in client.get(reverse("wagtailadmin_home")).content.decode()) is sees


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_as_a_file(client, staff, kind):
    ask(make_article("Chè"), "en", 3)
    client.force_login(staff["editor"])
    response = client.get(reverse(URL), {"export": kind})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if kind == "csv":
        assert "Chè" in content.decode()
        assert "English" in content.decode()
    else:
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
        assert rows[1][:3] == ("Chè", "English", 3)


def test_it_is_paginated_at_a_constant_cost(client, staff, django_assert_max_num_queries):
    for number in range(3):
        ask(make_article(f"Bài {number}"), "en", number + 1)
    base = TranslationRequest.objects.first()
    TranslationRequest.objects.bulk_create(
        TranslationRequest(translation_key=base.translation_key, locale=locale(code), count=1) for code in ("zh-hans",)
    )
    client.force_login(staff["editor"])
    with django_assert_max_num_queries(40):
        assert client.get(reverse(URL), {"p": 1}).status_code == 200
