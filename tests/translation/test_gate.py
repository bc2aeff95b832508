"""wagtail-localize writes drafts and nothing else, and what its drafts become is approved like any other text."""

import hashlib
import inspect

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page

from portal.translation.gate import NotComplete, send_for_review
from tests.builders import approve, fill, make_article, make_staff, translate, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def article(portal):
    return make_article("Chè cổ thụ")


def english(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en").specific


def test_upstream_is_the_version_the_gate_was_written_for():
    """If this fails, read wagtail-localize's changes to these functions, mend portal/translation/gate.py, then this."""
    from wagtail_localize import models

    source = inspect.getsource(models.TranslationSource.create_or_update_translation)
    source += inspect.getsource(models.TranslationSource.get_ephemeral_translated_instance)
    assert hashlib.sha256(source.encode()).hexdigest() == UPSTREAM_DIGEST


UPSTREAM_DIGEST = "fc6353b9d16cf5624583b55ba0e43806cbd9a0388a767fbbc6d0c3b18bec4841"


def test_submitting_leaves_no_vietnamese_text_live(client, article, staff):
    client.force_login(staff["editor"])
    from tests.builders import locale

    url = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    client.post(url, {"locales": [locale("en").pk]})
    page = english(article)
    assert page.alias_of_id is None
    assert not page.live


def test_publish_button_of_the_translation_editor_publishes_nothing(client, article, staff):
    translation = translation_of(article, "en")
    translation.save_target()
    fill(translation)
    for role in ("translator_en", "editor", "admin"):
        client.force_login(staff[role])
        client.post(reverse("wagtailadmin_pages:edit", args=[english(article).pk]), {"action": "publish"})
        assert not english(article).live


def test_sync_with_publish_immediately_leaves_live_text_alone(client, article, staff):
    page = translate(article)
    before = page.title
    article.title = "Tên khác"
    from portal.publishing.service import publish_new

    publish_new(article, "test")
    client.force_login(staff["admin"])
    translation = translation_of(article, "en")
    url = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    client.post(url, {"publish_translations": "on"})
    assert english(article).title == before


def test_a_draft_beside_a_live_translation_does_not_touch_the_live_row(article):
    page = translate(article)
    translation = translation_of(article, "en")
    fill(translation, text=lambda source: f"DRAFT {source}")
    translation.save_target(publish=False)
    assert english(article).title == page.title
    assert english(article).get_latest_revision_as_object().title.startswith("DRAFT")


def test_review_of_a_translation(article, staff):
    translation = translation_of(article, "en")
    fill(translation, user=staff["translator_en"])
    send_for_review(translation, staff["translator_en"])
    page = english(article)
    assert not page.live
    with pytest.raises(PermissionDenied):
        approve(page, staff["translator_en"])
    approve(page, staff["reader_en"])
    assert page.live
    assert page.title == "EN Chè cổ thụ"


def test_who_translated_a_sentence_does_not_approve_it(article, staff):
    translation = translation_of(article, "en")
    fill(translation, user=staff["reader_en"])
    send_for_review(translation, staff["translator_en"])
    with pytest.raises(PermissionDenied):
        approve(english(article), staff["reader_en"])


def test_an_incomplete_translation_is_not_sent(article, staff):
    translation = translation_of(article, "en")
    translation.save_target(publish=False)
    with pytest.raises(NotComplete):
        send_for_review(translation, staff["translator_en"])


def test_a_translation_does_not_precede_its_original(portal, staff):
    article = make_article("Chưa công bố", publish=False)
    translation = translation_of(article, "en")
    fill(translation, user=staff["translator_en"])
    send_for_review(translation, staff["translator_en"])
    approve(english(article), staff["reader_en"])
    with pytest.raises(PermissionDenied):
        approve(english(article), staff["reviewer"])
    assert not english(article).live
