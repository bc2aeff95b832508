"""The stack of the suite: started once, with the demo content on PostgreSQL, and whole before every test.

The content comes out of a backup with its pictures drawn, as an operator restores one into an empty installation: to
load it here, and to draw, would take longer than most of the tests.
"""

import json
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from tests.stack import figures, previous
from tests.stack.reader import Reader
from tests.stack.stack import Stack


@pytest.fixture(scope="session")
def stack():
    folder = Path(tempfile.mkdtemp(prefix="portal-stack-"))
    folder.chmod(0o755)
    running = Stack(folder)
    try:
        started = time.monotonic()
        running.up()
        print(f"\nservers and deploy: {time.monotonic() - started:.0f} s", flush=True)
        running.manage("restore", str(previous.DATA))
        running.manage("setup", "-v0", "--skip-checks")
        print(f"demo content: {time.monotonic() - started:.0f} s", flush=True)
        running.serve()
        running.recovery_codes = running.desk("give_second_factor('admin')").split()
        print(f"all processes answer: {time.monotonic() - started:.0f} s", flush=True)
        yield running
    finally:
        running.down()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def whole(request):
    """Before a test everything runs and rests; after it no task has failed and nobody got an answer 500."""
    if "stack" not in request.fixturenames:
        yield
        return
    stack = request.getfixturevalue("stack")
    stack.make_whole()
    stack.rest()
    lines = len(stack.access_log())
    yield
    failed = stack.query("DELETE FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED' RETURNING task_path")
    assert not failed, failed
    faults = [json.loads(line)["request_id"] for line in stack.access_log()[lines:] if '"status":500' in line]
    logs = [line for name in ("web-1", "web-2") for line in stack.log(name).splitlines()]
    assert not faults, [line for line in logs if any(number in line for number in faults)]


@pytest.fixture
def reader(stack) -> Reader:
    return Reader(stack)


@pytest.fixture(scope="session")
def admin(stack) -> Reader:
    return Reader(stack).log_in()


def pytest_terminal_summary(terminalreporter):
    figures.report(terminalreporter.write_line)
