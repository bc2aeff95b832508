"""Scheduled pages go out at their hour, once, originals before translations; expired ones go away in every language."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.operations.models import Alarm, Heartbeat, PendingGeneration
from portal.publishing.approvals import NotApproved
from portal.publishing.management.commands.scheduler import Command
from portal.publishing.schedule import run_due
from portal.publishing.service import publish_new
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


def test_a_translation_that_ends_with_its_original_comes_back_with_it(staff):
    article = make_article(publish=False, expire_at=timezone.now() + timedelta(hours=1))
    publish_new(article, "test")
    english = translate(article)
    Page.objects.filter(translation_key=article.translation_key).update(expire_at=timezone.now() - timedelta(seconds=1))
    run_due()
    assert not Page.objects.get(pk=english.pk).live
    article.expire_at = None
    publish_new(article, "test")
    english.refresh_from_db()
    assert english.live and english.expire_at is None


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


def broken(article) -> Revision:
    """Its revision of a release that knew a field's other form: no page can be made of it any more."""
    revision = article.latest_revision
    revision.content["go_live_at"] = {"not": "a date"}
    revision.save()
    return revision


def test_a_version_that_cannot_be_read_holds_up_no_other_and_is_told_of_once(staff, settings):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    bad, good = make_article("Hỏng", publish=False), make_article("Tốt", publish=False)
    for article in (bad, good):
        schedule(article, staff)
        pass_an_hour(article)
    bad.refresh_from_db()
    revision = broken(bad)
    mail.outbox.clear()
    for _round in (1, 2):
        call_command("scheduler", once=True)
    good.refresh_from_db()
    assert good.live and Heartbeat.objects.filter(name="scheduler").exists()
    [told] = [letter for letter in mail.outbox if letter.to == settings.OPERATOR_EMAILS]
    assert str(revision.pk) in told.subject
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    run_due()
    assert not Alarm.objects.exists(), "it is over"


def test_a_step_that_fails_stops_no_other_and_is_told_of_once(staff, settings, monkeypatch):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]

    def fail():
        raise RuntimeError("disk full")

    monkeypatch.setattr("portal.publishing.management.commands.scheduler.remind", fail)
    PendingGeneration.objects.create()
    command, letters = Command(), []
    for _round in (1, 2, 3):
        command.round()
        letters.append(len(mail.outbox))
    assert letters == [0, 1, 1], "once may be a hiccup"
    assert Heartbeat.objects.filter(name="scheduler").exists() and not PendingGeneration.objects.exists()
    monkeypatch.undo()
    command.round()
    assert not Alarm.objects.exists()


def test_a_round_without_a_database_ends_at_once(staff, monkeypatch):
    def fail(*_):
        raise OperationalError("gone")

    monkeypatch.setattr("portal.publishing.management.commands.scheduler.remind", fail)
    Command().round()  # of that statement only
    Heartbeat.objects.all().delete()
    monkeypatch.setattr("portal.operations.probes.database", fail)
    with pytest.raises(OperationalError):
        Command().round()
    assert not Heartbeat.objects.exists()


def test_a_machine_whose_clock_is_fast_publishes_nothing_before_its_hour(staff, monkeypatch):
    article = make_article(publish=False)
    schedule(article, staff)
    pass_an_hour(article)  # so this machine believes
    article.refresh_from_db()
    monkeypatch.setattr("portal.publishing.service.database_now", lambda: timezone.now() - timedelta(minutes=30))
    with pytest.raises(NotApproved):
        article.latest_revision.publish()
    article.refresh_from_db()
    assert not article.live
    monkeypatch.setattr("portal.publishing.service.database_now", lambda: timezone.now() - timedelta(seconds=20))
    article.latest_revision.publish()
    article.refresh_from_db()
    assert article.live


def test_the_command_runs_one_round(staff, capsys):
    article = make_article(publish=False)
    schedule(article, staff)
    pass_an_hour(article)
    call_command("scheduler", once=True)
    article.refresh_from_db()
    assert article.live
