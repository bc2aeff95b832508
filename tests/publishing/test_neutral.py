"""What must be equal in three languages is carried when the original is published, and not before."""

import datetime

import pytest

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.audit.recording import digest_of_revision
from portal.core.models import Topic
from portal.publishing.service import publish_new
from portal.translation.gate import send_for_review
from portal.translation.models import TranslationState
from tests.builders import approve, fill, locale, make_article, make_staff, submit, translate, translation_of

pytestmark = pytest.mark.django_db


def english(article):
    return ArticlePage.objects.get(translation_key=article.translation_key, locale__language_code="en")


def test_a_date_is_carried_into_the_live_translation_and_nothing_is_out_of_date(portal):
    article = make_article(date=datetime.date(2026, 3, 1))
    translate(article)
    article.date = datetime.date(2026, 4, 2)
    article.save_revision()
    assert english(article).date == datetime.date(2026, 3, 1), "a draft of the original changes nothing"
    publish_new(article, "test")
    assert english(article).date == datetime.date(2026, 4, 2)
    assert not TranslationState.objects.get(page=english(article)).is_out_of_date


def test_a_pending_draft_gets_the_date_and_keeps_its_words(portal):
    article = make_article(date=datetime.date(2026, 3, 1))
    translate(article)
    translation = translation_of(article, "en")
    fill(translation, text=lambda source: f"NEW {source}")
    translation.save_target(publish=False)
    draft = english(article).latest_revision
    article.date = datetime.date(2026, 5, 5)
    publish_new(article, "test")
    draft.refresh_from_db()
    page = draft.as_object()
    assert page.date == datetime.date(2026, 5, 5)
    assert page.title.startswith("NEW")
    assert english(article).title.startswith("EN")


def test_topics_arrive_in_the_translations_language(portal):
    tea, law = (
        Topic.objects.get(code="agriculture", locale=locale("vi")),
        Topic.objects.get(code="law", locale=locale("vi")),
    )
    article = make_article(publish=False)
    article.article_topics.create(topic=tea)
    publish_new(article, "test")
    translate(article)
    assert [row.topic.name for row in english(article).article_topics.all()] == ["Agriculture"]
    row = article.article_topics.get()
    row.topic = law
    article.article_topics = [row]
    publish_new(article, "test")
    assert [row.topic.name for row in english(article).article_topics.all()] == ["Law"]


def test_key_figures_are_carried_by_the_id_of_their_item(portal):
    def body(value):
        figure = {"label": "Diện tích", "value": value, "unit": "km²", "as_of": "2025-07-01", "source": "Nguồn"}
        item = {"type": "item", "id": "22222222-2222-4222-8222-222222222222", "value": figure}
        return [{"type": "figures", "id": "33333333-3333-4333-8333-333333333333", "value": {"figures": [item]}}]

    article = make_article(publish=False)
    article.body = article.body.stream_block.to_python(body("9068.7"))
    publish_new(article, "test")
    translate(article)
    article.body = article.body.stream_block.to_python(body("9068.8"))
    publish_new(article, "test")
    figure = english(article).body[0].value["figures"][0]
    assert str(figure["value"]) == "9068.8"
    assert figure["label"] == "EN Diện tích"


def test_a_translation_ends_on_the_day_of_its_original_and_not_on_an_older_one(portal):
    """Its editor has no field for the day: a day that was lifted from the original would withdraw it silently."""
    day = datetime.datetime(2099, 1, 1, 8, tzinfo=datetime.UTC)
    article = make_article(publish=False, expire_at=day)
    publish_new(article, "test")
    page = translate(article)
    assert page.expire_at == day
    translation = translation_of(article, "en")
    fill(translation, text=lambda source: f"NEW {source}")
    translation.save_target(publish=False)
    article.expire_at = None
    publish_new(article, "test")
    assert english(article).expire_at is None
    assert english(article).latest_revision.as_object().expire_at is None
    article.expire_at = day + datetime.timedelta(days=1)
    publish_new(article, "test")
    assert english(article).expire_at == article.expire_at


def test_the_log_follows_a_version_that_was_read_and_changed_in_place(portal):
    """The digest in the log is the version's own, or leads to it entry by entry."""
    staff = make_staff()
    article = make_article(date=datetime.date(2026, 3, 1))
    translate(article)
    translation = translation_of(article, "en")
    fill(translation, user=staff["translator_en"], text=lambda source: f"NEW {source}")
    read = send_for_review(translation, staff["translator_en"]).latest_revision
    before = digest_of_revision(read)
    article.date, article.minor_change = datetime.date(2026, 5, 5), True
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])
    adjusted = AuditEntry.objects.filter(action="portal.version.adjust")
    read.refresh_from_db()
    entry = adjusted.get(revision_id=read.pk)
    assert (entry.data["before"], entry.digest) == (before, digest_of_revision(read))
    live = article.live_revision
    entry = adjusted.get(revision_id=live.pk)
    checked = AuditEntry.objects.get(action="portal.review.confirm", revision_id=live.pk)
    assert (entry.data["before"], entry.digest) == (checked.digest, digest_of_revision(live))
