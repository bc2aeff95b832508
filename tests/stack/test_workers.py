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
        wait_until(lambda: stack.postgres.stopped_at("core_portalrendition"), "the worker is in the middle of a task")
        stack.stop("worker-1", signal.SIGKILL)
    before = given_twice(stack)
    # A minute later, without waiting for it.
    minute = "interval '1 minute'"
    stack.query(f"UPDATE operations_heartbeat SET at = at - {minute} WHERE name LIKE 'worker:%'")
    stack.query(f"UPDATE django_tasks_database_dbtaskresult SET started_at = started_at - {minute}")
    for number in (1, 2):
        stack.start(f"worker-{number}")
    stack.rest()
    assert set(stack.tasks()) == {"SUCCESSFUL"}
    assert given_twice(stack) == before + 1


def given_twice(stack) -> int:
    """How many tasks a second worker had to begin again."""
    sql = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE jsonb_array_length(worker_ids) = 2"
    return stack.query(sql)[0][0]
