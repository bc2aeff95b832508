"""Scheduled pages go out at their hour, once, originals before translations; expired ones go away in every language."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from portal.publishing.approvals import NotApproved
from portal.publishing.schedule import run_due
from tests.builders import approve, fill, make_article, make_staff, pass_an_hour, submit, translate, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


def schedule(article, staff, author="contributor"):
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision(user=staff[author])
    submit(article, staff[author])
    approve(article, staff["editor"], staff["reviewer"])


def test_an_approved_schedule_publishes_at_its_hour(staff):
    article = make_article(publish=False)
    schedule(article, staff)
    assert not article.live
    assert run_due() == (0, 0)
    pass_an_hour(article)
    assert run_due() == (1, 0)
    assert run_due() == (0, 0), "nothing is published twice"
    article.refresh_from_db()
    assert article.live


def test_a_date_without_approval_publishes_nothing(staff):
    article = make_article(publish=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    revision = article.save_revision(user=staff["editor"])
    with pytest.raises(NotApproved):
        revision.publish()
    pass_an_hour(article)
    assert run_due() == (0, 0)


def test_original_and_translation_due_together(staff):
    article = make_article(publish=False)
    schedule(article, staff)
    translation = translation_of(article, "en")
    fill(translation, user=staff["translator_en"])
    translation.save_target(publish=False)
    english = translation.get_target_instance()
    english.go_live_at = timezone.now() + timedelta(hours=1)
    english.save_revision(user=staff["translator_en"])
    submit(english, staff["translator_en"])
    approve(english, staff["reader_en"])
    pass_an_hour(english, article)
    assert run_due() == (2, 0)
    assert Page.objects.filter(translation_key=article.translation_key, live=True, alias_of=None).count() == 2


def test_expiry_takes_translations_along(staff):
    article = make_article()
    english = translate(article)
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert run_due() == (0, 1)
    english.refresh_from_db()
    assert not english.live


def test_one_failure_does_not_hold_up_the_others(staff, monkeypatch, caplog):
    good, bad = make_article("Tốt", publish=False), make_article("Hỏng", publish=False)
    for article in (bad, good):
        schedule(article, staff)
        pass_an_hour(article)
    from news.models import ArticlePage

    publish = ArticlePage.publish

    def fail(self, revision, **kwargs):
        if self.pk == bad.pk:
            raise RuntimeError("disk full")
        return publish(self, revision, **kwargs)

    monkeypatch.setattr(ArticlePage, "publish", fail)
    assert run_due() == (1, 0)
    assert "could not be published" in caplog.text


def test_the_command_runs_one_round(staff, capsys):
    article = make_article(publish=False)
    schedule(article, staff)
    pass_an_hour(article)
    call_command("scheduler", once=True)
    article.refresh_from_db()
    assert article.live
