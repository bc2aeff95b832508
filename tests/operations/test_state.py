"""The operator's page, and background work that went wrong."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.users.models import UserProfile

from portal.core.renditions import make_renditions
from portal.operations import probes
from portal.operations.models import Heartbeat, PendingGeneration
from portal.operations.recovery import recover_tasks, worker_name
from portal.operations.report import part_names, state_names
from portal.publishing.generation import current, raise_generation, settle_pending
from tests.builders import make_staff


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Cơ sở dữ liệu", "không hoạt động", "chưa chạy lần nào", "thất bại"]),
        ("zh-hans", ["数据库", "异常", "从未运行"]),
        ("en", ["Database", "does not work", "has never run"]),
    ],
)
def test_administrators_see_the_state_in_their_language_and_others_do_not(portal, client, language, words):
    staff = make_staff()
    UserProfile.objects.create(user=staff["admin"], preferred_language=language)
    DBTaskResult.objects.filter(pk=claimed_task(["one"]).pk).update(status=TaskResultStatus.FAILED)
    # Backups taken on PostgreSQL by other tests leave their mark behind: it is outside their transactions.
    Heartbeat.objects.update_or_create(name="backup", defaults={"at": timezone.now() - timedelta(days=3)})
    client.force_login(staff["admin"])
    page = client.get("/cms/reports/state/")
    text = page.content.decode()
    assert page.status_code == 200 and "Wagtail" in text and "retry_tasks" in text
    assert [word for word in words if word not in text] == []
    assert set(part_names()) == set(probes.PROBES) and set(state_names()) == set(TaskResultStatus)
    client.force_login(staff["editor"])
    assert client.get("/cms/reports/state/").status_code == 302


def claimed_task(workers: list[str]) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - timedelta(minutes=5),
        worker_ids=workers,
        task_path="portal.search.tasks.update_items",
        args_kwargs={"args": [[]], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def test_a_dead_workers_task_is_given_back_and_a_living_ones_is_not(portal):
    dead, alive = claimed_task(["dead"]), claimed_task(["alive"])
    Heartbeat.beat(worker_name("alive"))
    assert recover_tasks() == 1
    dead.refresh_from_db(), alive.refresh_from_db()
    assert (dead.status, alive.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def test_a_task_that_kills_its_workers_fails_in_the_end_and_the_operator_is_told(portal, settings):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    task = claimed_task(["one", "two", "three"])
    assert recover_tasks() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert [message.to for message in mail.outbox] == [["operator@laichau.test"]]
    assert "update_items" in mail.outbox[0].subject


def failed_task(error: BaseException, workers: list[str]) -> DBTaskResult:
    """A task that ended with this error, as a worker leaves it and says so."""
    task = claimed_task(workers)
    task.set_failed(error)
    task_finished.send(sender=type(task.task.get_backend()), task_result=task.task_result)
    task.refresh_from_db()
    return task


def test_a_task_that_the_database_interrupted_is_tried_again_without_a_mail(portal, settings):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    assert failed_task(OperationalError("gone"), ["one"]).status == TaskResultStatus.READY
    assert mail.outbox == []
    assert failed_task(OperationalError("gone"), ["one", "two", "three"]).status == TaskResultStatus.FAILED
    assert failed_task(ValueError("wrong"), ["one"]).status == TaskResultStatus.FAILED
    assert len(mail.outbox) == 2


def test_work_of_a_change_that_is_rolled_back_is_never_done(db, django_capture_on_commit_callbacks):
    asked = []
    task_started.connect(receiver := lambda sender, task_result, **_: asked.append(task_result.args[0]), weak=False)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            make_renditions.enqueue(0)
            with suppress(RuntimeError), transaction.atomic():
                make_renditions.enqueue(1)
                raise RuntimeError
            assert asked == [], "the change is not public yet"
    finally:
        task_started.disconnect(receiver)
    assert asked == [0]


def test_a_scheduler_with_a_wrong_clock_does_nothing_and_tells_the_operator(portal, settings, monkeypatch):
    settings.OPERATOR_EMAILS = ["operator@laichau.test"]
    monkeypatch.setattr("portal.operations.clock.database_now", lambda: timezone.now() - timedelta(hours=1))
    call_command("scheduler", once=True)
    assert not Heartbeat.objects.filter(name="scheduler").exists()
    assert ["clock" in message.subject for message in mail.outbox] == [True]
    assert not probes.all_results()["clock"].ok


def test_a_generation_that_the_cache_missed_is_made_good(portal):
    raise_generation()
    assert not PendingGeneration.objects.exists(), "the cache knows"
    before = current()
    PendingGeneration.objects.create()  # what a process leaves that dies after its commit
    settle_pending()
    assert current() != before and not PendingGeneration.objects.exists()
