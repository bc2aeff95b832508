"""Machines whose clock is an hour wrong: nothing goes out too early or twice, and the operator is told."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.stack.test_database_away import published
from tests.stack.test_processes import ask_process
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def clock(offset: str, waits: bool) -> list[str]:
    """Words before a command that give it another clock; not faketime's program, which would stand between us.

    What waits for an event (the scheduler) needs a true monotonic clock to wait by, what sleeps (gunicorn) a wrong one.
    """
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return ["env", f"LD_PRELOAD={library}", f"FAKETIME={offset}", f"FAKETIME_DONT_FAKE_MONOTONIC={int(waits)}"]


def test_a_scheduler_whose_clock_is_an_hour_wrong_publishes_nothing_and_the_others_do(stack):
    later, due = (f"{word} {time.time_ns()}" for word in ("Chưa đến giờ", "Đến giờ"))
    for number in (1, 2):
        stack.stop(f"scheduler-{number}")
    stack.desk(f"schedule(1, '{later}', minutes=30)")
    stack.desk(f"schedule(1, '{due}')")
    stack.mailbox.mails.clear()
    stack.start("scheduler-1", before=clock("+1h", waits=True))
    stack.start("scheduler-2", before=clock("-1h", waits=True))
    mails = wait_until(lambda: len(stack.mailbox.mails) == 2 and stack.mailbox.mails, "both have told the operator")
    assert all("clock" in mail["Subject"] for mail in mails)
    assert published(stack, later) == published(stack, due) == (0, {0})
    stack.stop("scheduler-2")
    stack.start("scheduler-2")
    wait_until(lambda: published(stack, due) == (1, {1}), "what is due is published by the one whose clock is right")
    assert published(stack, later) == (0, {0}) and len(stack.mailbox.mails) == 2
    stack.stop("scheduler-1")


def test_a_web_process_whose_clock_is_an_hour_wrong_serves_readers_and_says_so(stack, reader):
    path = stack.desk("change_words('đúng giờ')")
    stack.stop("web-2")
    stack.start("web-2", before=clock("+1h", waits=False))
    ready = wait_until(lambda: readiness(stack, 2), "web-2 answers")
    assert ready.status_code == 200 and set(ready.json()["failing"]) - {"disk"} == {"clock"}, ready.text
    for word in ("một", "hai"):
        stack.desk(f"change_words('{word}')")
        for number in (1, 2):
            assert f"Nhịp tim {word}" in ask_process(stack, number, path).text
        time.sleep(1.1)
        assert f"Nhịp tim {word}" in reader.get(path).text
    stack.stop("web-2")


def readiness(stack, number: int) -> requests.Response | None:
    with suppress(requests.ConnectionError):
        return stack.readiness(number)
    return None
