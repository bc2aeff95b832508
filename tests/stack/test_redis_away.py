"""Redis emptied, slow, silent and gone: pages stay right, and what changed meanwhile is seen by all."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from tests.stack.reader import Reader
from tests.stack.test_processes import ask_process
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def redis(stack, *words: str) -> str:
    command = ["redis-cli", "-p", str(stack.ports["redis"]), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def fresh_pages(stack, number: int) -> list[int]:
    """Statuses of pages that no cache knows."""
    reader = Reader(stack)
    return [reader.get(f"/vi/tin-tuc-su-kien/?topic={time.time_ns()}").status_code for _ in range(number)]


@contextmanager
def silent(stack):
    """Redis takes connections and never answers."""
    os.kill(stack.processes["redis"].pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(stack.processes["redis"].pid, signal.SIGCONT)


def test_emptied(stack, admin):
    assert redis(stack, "FLUSHALL").strip() == "OK"
    assert fresh_pages(stack, 2) == [200, 200]
    assert admin.get("/cms/").status_code == 200, "sessions are not in Redis"


def test_slow(stack):
    for _ in range(4):
        redis(stack, "CLIENT", "PAUSE", "800")  # milliseconds in which every question waits
        assert fresh_pages(stack, 1) == [200]


def test_silent_and_what_changed_meanwhile_is_seen_afterwards(stack):
    path = stack.desk("change_words('trước')")
    for number in (1, 2):
        assert "Nhịp tim trước" in ask_process(stack, number, path).text
    with silent(stack):
        assert fresh_pages(stack, 4) == [200] * 4
        stack.desk("change_words('khi vắng')")
    # Redis still has the generation from before the change; the scheduler makes it good.
    for number in (1, 2):
        wait_until(lambda number=number: "khi vắng" in ask_process(stack, number, path).text, "the change is seen")


def test_full_and_what_changed_meanwhile_is_seen(stack):
    """As one's own Redis may be set up: what is there is told, nothing new is taken."""
    path = stack.desk("change_words('còn chỗ')")
    for number in (1, 2):
        assert "còn chỗ" in ask_process(stack, number, path).text
    for setting in ("maxmemory-policy noeviction", "maxmemory 1mb"):
        redis(stack, "CONFIG", "SET", *setting.split())
    try:
        stack.desk("change_words('hết chỗ')")
        for number in (1, 2):
            assert "hết chỗ" in ask_process(stack, number, path).text
    finally:
        redis(stack, "CONFIG", "SET", "maxmemory", "256mb")
        redis(stack, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru")


def test_gone(stack):
    stack.stop("redis", signal.SIGKILL)
    assert fresh_pages(stack, 2) == [200, 200]
    assert Reader(stack).log_in().get("/cms/").status_code == 200
    ready = stack.readiness(1)
    assert ready.status_code == 200 and "cache" in ready.json()["failing"]
