"""The urgent notice: in each language once it is translated, from its hour until its hour, on every page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.models import Notice
from portal.publishing.service import publish_new
from tests.builders import fill, home, locale, make_article

pytestmark = pytest.mark.django_db


def notice(**fields) -> Notice:
    record = Notice.objects.create(locale=locale("vi"), live=False, text="Cửa khẩu tạm đóng", **fields)
    return publish_new(record, "test")


def shown(client, address) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [line.get_text() for line in page.select(".notice p")]


def test_it_stands_above_every_page_of_its_language(client, portal):
    article = make_article()
    assert shown(client, article.url) == []
    record = notice(page=article)
    for address in (home().url, article.url, "/vi/search/", "/vi/none/"):
        assert shown(client, address) == ["Cửa khẩu tạm đóng"]
    page = BeautifulSoup(client.get(home().url).content, "html.parser")
    assert page.select_one(".notice a")["href"] == article.url
    assert shown(client, home("en").url) == []
    record.unpublish()
    assert shown(client, article.url) == []


def test_a_translated_notice_follows_the_hours_of_its_original(client, portal):
    from portal.publishing.approvals import system_approval

    record = notice()
    source = translation_of_record(record)
    with system_approval("test"):
        source.publish()
    assert shown(client, home("en").url) == ["EN Cửa khẩu tạm đóng"]
    record.shown_until = timezone.now() - timedelta(seconds=1)
    record.shown_from = timezone.now() - timedelta(hours=1)
    publish_new(record, "test")
    assert shown(client, home("en").url) == shown(client, home().url) == []


def translation_of_record(record):
    from wagtail_localize.models import Translation, TranslationSource

    source, _created = TranslationSource.update_or_create_from_instance(record)
    translation = Translation.objects.create(source=source, target_locale=locale("en"), enabled=True)
    fill(translation)
    translation.save_target(publish=False)
    return translation.get_target_instance().latest_revision


def test_kept_answers_end_when_it_begins_and_when_it_ends(client, portal, monkeypatch):
    now = timezone.now()
    notice(shown_from=now + timedelta(minutes=10), shown_until=now + timedelta(minutes=20))
    for minutes, expected in ((0, 0), (9, 0), (11, 1), (19, 1), (21, 0)):
        then = now + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda then=then: then)
        monkeypatch.setattr("time.time", lambda then=then: then.timestamp())
        assert len(shown(client, home().url)) == expected, minutes


def test_an_end_before_the_beginning_is_refused(portal):
    record = Notice(locale=locale("vi"), text="x", shown_until=timezone.now() - timedelta(days=1))
    with pytest.raises(ValidationError, match="shown_until"):
        record.full_clean()
