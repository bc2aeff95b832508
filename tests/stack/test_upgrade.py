"""A deploy while readers read: one web process at a time, and nobody meets an error."""

import pytest

from tests.stack.load import Load
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def test_no_request_fails_while_a_new_version_replaces_the_old_one(stack, admin):
    with Load(stack, "upgrade", 8, pause=0.2) as load:
        stack.values["RELEASE"] = "2"
        stack.deploy()
        for number in (1, 2):
            stack.stop(f"web-{number}")
            stack.start(f"web-{number}")
            wait_until(lambda number=number: stack.is_ready(number), f"web-{number} is ready")
        for name in ("worker-1", "worker-2", "scheduler-1", "scheduler-2"):
            stack.stop(name)
            stack.start(name)
        assert admin.get("/cms/").status_code == 200, "nobody has to log in again"
    assert set(load.answers) <= {200, 503} and not load.wrong, (load.answers, load.wrong)
    assert load.refused == 0, "a 503 is the machine's, which is too busy, and never the upgrade's"
