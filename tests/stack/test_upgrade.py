"""A deploy while readers read: one web process at a time, and nobody meets an error."""

import pytest
import requests

from tests.stack.test_faults import Load, wait_until

pytestmark = [pytest.mark.stack]


def test_no_request_fails_while_a_new_version_replaces_the_old_one(stack, admin):
    with Load(stack, 8) as load:
        stack.values["RELEASE"] = "2"
        deploy = stack.start("deploy")
        assert deploy.wait(240) == 0, stack.log("deploy")[-2000:]
        stack.processes.pop("deploy")
        for number in (1, 2):
            stack.stop(f"web-{number}")
            stack.start(f"web-{number}")
            ready = f"http://127.0.0.1:{stack.ports[f'private-{number}']}/readyz"
            wait_until(lambda ready=ready: is_ready(ready), 60)
        for name in ("worker", "scheduler"):
            for number in (1, 2):
                stack.stop(f"{name}-{number}")
                stack.start(name, f"{name}-{number}")
        assert admin.get("/cms/").status_code == 200, "nobody has to log in again"
    assert set(load.answers) == {200} and not load.wrong, (load.answers, load.wrong)


def is_ready(address: str) -> bool:
    try:
        return requests.get(address, timeout=20).status_code == 200
    except requests.ConnectionError:
        return False
