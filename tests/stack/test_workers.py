"""A worker killed in the middle of a task."""

import signal

import pytest

from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def test_the_task_of_a_killed_worker_is_done_by_another(stack):
    for number in (1, 2):
        stack.stop(f"worker-{number}")
    stack.desk("enqueue_renditions()")
    with stack.postgres.held("LOCK TABLE core_portalrendition IN SHARE MODE"):
        stack.start("worker-1")
        wait_until(stack.postgres.stopped_in_the_middle, "the worker is in the middle of a task")
        stack.stop("worker-1", signal.SIGKILL)
    assert stack.tasks()["RUNNING"] == 1
    # A minute later, without waiting for it.
    minute = "interval '1 minute'"
    stack.query(f"UPDATE operations_heartbeat SET at = at - {minute} WHERE name LIKE 'worker:%'")
    stack.query(f"UPDATE django_tasks_database_dbtaskresult SET started_at = started_at - {minute}")
    for number in (1, 2):
        stack.start(f"worker-{number}")
    stack.rest()
    assert set(stack.tasks()) == {"SUCCESSFUL"}
