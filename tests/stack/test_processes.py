"""Two of each process: what one does the others see, and nobody misses the one that dies."""

import os
import signal
import subprocess
import time

import pytest
import requests

from tests.stack import compose
from tests.stack.compose import ROOT
from tests.stack.stack import HOST, PREFIX, PROCESSES
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def ask_process(stack, number: int, path: str) -> requests.Response:
    """What one of the web processes itself answers, past nginx and its cache."""
    address = f"http://127.0.0.1:{stack.ports[f'web-{number}']}{PREFIX}{path}"
    return requests.get(address, headers={"Host": HOST}, timeout=120)


def test_every_cache_shows_a_change_within_a_second(stack, reader):
    path = stack.desk("change_words('đầu')")
    for number in (1, 2):
        assert "Nhịp tim đầu" in ask_process(stack, number, path).text
    for word in ("hai", "ba"):
        reader.get(path)  # nginx and both processes keep the old words
        stack.desk(f"change_words('{word}')")
        for number in (1, 2):
            assert f"Nhịp tim {word}" in ask_process(stack, number, path).text
        time.sleep(1.1)
        assert f"Nhịp tim {word}" in reader.get(path).text


def test_sessions_and_readers_survive_the_death_of_either_process(stack, admin, reader):
    for number in (1, 2):
        stack.stop(f"web-{number}", signal.SIGKILL)
        assert admin.get("/cms/").status_code == 200
        assert reader.get(f"/vi/tin-tuc-su-kien/?topic={time.time_ns()}").status_code == 200
        stack.make_whole()
    assert admin.get("/cms/").status_code == 200


def test_health_checks_of_the_compose_file_succeed_and_fail(stack):
    names = ("web-1", "worker-1", "scheduler-1")
    for name in names:
        wait_until(lambda name=name: is_healthy(stack, name), f"{name} is healthy")
    hour_ago = time.time() - 3600
    for name in ("web-1", "worker-1", "worker-2", "scheduler-1", "scheduler-2"):
        stack.stop(name)
    for service in ("worker", "scheduler"):
        os.utime(stack.folder / f"{service}.alive", (hour_ago, hour_ago))
    assert not any(is_healthy(stack, name) for name in names)


def is_healthy(stack, name: str) -> bool:
    """What a container engine asks, with places of this machine."""
    service = PROCESSES[name]
    words = compose.services()[service]["healthcheck"]["test"][1:]
    port = str(stack.ports.get(name, ""))
    command = [word.replace(":8000", f":{port}").replace("/tmp/", f"{stack.folder}/") for word in words]
    return subprocess.run(command, cwd=ROOT, env=stack.environment(service), capture_output=True).returncode == 0
