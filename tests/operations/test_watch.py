"""What has stopped is told of, once until it is over, and what hangs ends."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from portal.operations import alerts, watch
from portal.operations.management.commands import worker
from portal.operations.models import Alarm, Heartbeat
from portal.operations.recovery import recover_tasks
from tests.operations.test_state import claimed_task


@pytest.fixture
def looks(portal, settings, monkeypatch):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    monkeypatch.setattr(watch, "EVERY", 0)
    monkeypatch.setattr(watch, "PATIENCE", 0)
    Heartbeat.objects.all().delete()  # of backups that other tests took outside of their transactions
    return watch.Watch()


def last_seen(name: str, minutes: float) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now() - timedelta(minutes=minutes)})


def subjects() -> list[str]:
    found = [letter.subject.partition("] ")[2] for letter in mail.outbox]
    mail.outbox.clear()
    return found


@pytest.mark.parametrize(
    ("name", "minutes", "subject"),
    [
        ("scheduler", 11, "The scheduler has stopped"),
        ("worker:one", 3, "Background work has stopped"),
        ("backup", 60 * 49, "There is no new backup"),
    ],
)
def test_what_gives_no_sign_of_life_is_told_of_once_until_it_is_back(looks, name, minutes, subject):
    looks.look()
    assert subjects() == [], "what never ran is not missed"
    for expected in ([subject], []):
        last_seen(name, minutes)
        looks.look()
        assert subjects() == expected
    last_seen(name, 0)
    looks.look()
    assert subjects() == [] and not Alarm.objects.exists()
    last_seen(name, minutes)
    looks.look()
    assert subjects() == [subject]


def test_tasks_that_nobody_begins_or_ends_are_told_of(looks):
    task = claimed_task(["one"])
    looks.look()
    assert subjects() == []
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - watch.TASK_LONG)
    looks.look()
    assert str(task.pk) in mail.outbox[0].body and subjects() == ["Background work has stopped"]
    DBTaskResult.objects.filter(pk=task.pk).update(
        status=TaskResultStatus.READY, enqueued_at=timezone.now() - timedelta(hours=1)
    )
    looks.look()
    assert subjects() == [], "it is the same trouble"


def test_the_last_sign_of_a_worker_stays_while_there_is_none(portal):
    last_seen("worker:old", 60 * 25)
    recover_tasks()
    assert Heartbeat.objects.filter(name="worker:old").exists()
    last_seen("worker:new", 0)
    recover_tasks()
    assert not Heartbeat.objects.filter(name="worker:old").exists()


def test_a_process_that_has_just_begun_accuses_nobody(looks, monkeypatch):
    monkeypatch.setattr(watch, "PATIENCE", 3600)
    last_seen("scheduler", 60)
    watch.Watch().look()
    assert subjects() == []


def test_a_mail_server_that_is_away_is_tried_again(looks, monkeypatch):
    last_seen("scheduler", 11)

    def refuse(*_args):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(alerts, "send_mail", refuse)
        looks.look()
    assert not Alarm.objects.exists()
    looks.look()
    assert subjects() == ["The scheduler has stopped"]


def test_a_block_that_hangs_ends_its_process_and_says_where():
    code = "import datetime, django, threading; django.setup(); from portal.operations.watch import ends_within\n"
    code += "def hang(): threading.Event().wait()\n"
    code += "with ends_within(datetime.timedelta(seconds=60)): pass\n"
    code += "with ends_within(datetime.timedelta(seconds=0.1)): hang()"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and "in hang" in ended.stderr


def test_a_worker_limits_every_task(portal, monkeypatch):
    limits, task = [], claimed_task(["one"]).task_result
    monkeypatch.setattr(watch, "begin", limits.append)
    monkeypatch.setattr(watch, "end", lambda: limits.append(None))
    monkeypatch.setattr(worker.DatabaseWorker, "handle", lambda self, **_: play())
    monkeypatch.setattr(worker, "_repeat", lambda *_: None)

    def play():
        task_started.send(sender=DatabaseBackend, task_result=task)
        task_finished.send(sender=DatabaseBackend, task_result=task)

    try:
        worker.Command().handle()
    finally:
        for signal in (task_started, task_finished):
            signal.disconnect(dispatch_uid="task_limit")
    assert limits == [watch.TASK_LIMIT, None, None]
