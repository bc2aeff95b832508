"""deploy/gunicorn.conf.py in a server of its own: its lines are JSON, and workers that ended leave no files behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from prometheus_client import CollectorRegistry
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector

from portal.operations.metrics import process_ended

TELL = """
import logging, runpy, sys
from gunicorn.config import Config
from gunicorn.glogging import Logger
config = Config()
for name, value in runpy.run_path("deploy/gunicorn.conf.py").items():
    if name in config.settings:
        config.set(name, value)
Logger(config).info("Booting worker with pid: %s", 7)
"""


@pytest.mark.parametrize("kind", ["json", "line"])
def test_lines_of_the_web_server_are_json_where_the_others_are(kind):
    answer = subprocess.run(
        [sys.executable, "-c", TELL],
        cwd=settings.BASE_DIR,
        env={**os.environ, "LOG_FORMAT": kind},
        capture_output=True,
        text=True,
    )
    [line] = (answer.stdout + answer.stderr).splitlines()
    if kind == "line":
        assert line.endswith("Booting worker with pid: 7") and not line.startswith("{")
    else:
        assert json.loads(line)["message"] == "Booting worker with pid: 7"


def counted(folder: Path, pid: int, views: dict[str, float]) -> None:
    """What a process with this number counts."""
    for kind, metric, sample in (
        ("counter", "portal_requests", "portal_requests_total"),
        ("histogram", "portal_request_seconds", "portal_request_seconds_sum"),
    ):
        values = MmapedDict(str(folder / f"{kind}_{pid}.db"))
        for view, number in views.items():
            key = mmap_key(metric, sample, ("view",), (view,), "Help")
            values.write_value(key, values.read_value(key)[0] + number, 1.0)
        values.close()


def sums(folder: Path) -> dict[tuple[str, str], float]:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))
    return {(each.name, each.labels["view"]): each.value for metric in registry.collect() for each in metric.samples}


def test_what_ended_processes_counted_stays_and_their_files_go(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    counted(tmp_path, 11, {"page": 3, "search": 1})
    for pid in range(12, 20):
        counted(tmp_path, pid, {"page": 2})
    before = sums(tmp_path)
    for pid in range(12, 20):
        process_ended(pid)
    process_ended(99)  # it never counted anything
    assert sums(tmp_path) == before and before["portal_requests_total", "page"] == 3 + 8 * 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "counter_11.db",
        "counter_ended.db",
        "histogram_11.db",
        "histogram_ended.db",
    ]
