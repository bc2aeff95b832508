"""What some tests need beside Python, and what happens where it is absent: skipped at home, failed in CI.

Mark a test `browser`, `stack`, `postgres` or `elasticsearch`; the reason that is printed says how to enable it.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

# Programs of the stack suite, and the Debian packages that they are in.
STACK_PROGRAMS = {
    "nginx": "nginx",
    "redis-server": "redis-server",
    "redis-cli": "redis-tools",
    "openssl": "openssl",
    "faketime": "faketime",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """Where Chromium is: CHROMIUM, or the first one in PATH."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def find_program(name: str) -> str | None:
    """Path of a program; Debian keeps servers out of an ordinary user's PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


def absent(marker: str) -> str | None:
    """Why tests with this marker cannot run here, and how to enable them; None where they can."""
    if marker == "browser" and chromium_path() is None:
        return "no Chromium: install it (Debian's package chromium), or set CHROMIUM to its path"
    if marker == "stack":
        missing = [package for program, package in STACK_PROGRAMS.items() if not find_program(program)]
        missing += [] if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else ["postgresql"]
        if missing:
            return f"no {', '.join(missing)}: install Debian's packages of these names"
    if marker == "postgres" and "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return "not on PostgreSQL: run `make test` with TEST_DATABASE_URL=postgres://user:password@host/name"
    if marker == "elasticsearch" and not elasticsearch_url():
        return "no Elasticsearch: `python3 scripts/elasticsearch_server.py install`, once; then `make test` starts it"
    return None


def elasticsearch_url() -> str:
    """The server that tests may fill: not the portal's own variable, so that no test writes into somebody's indices."""
    return os.environ.get("TEST_ELASTICSEARCH_URL", "")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in ("browser", "postgres", "elasticsearch", "stack"):
        reason = absent(marker) if item.get_closest_marker(marker) else None
        if reason is None:
            continue
        # On SQLite a `postgres` test is skipped even in CI where its own pass on PostgreSQL follows.
        if os.environ.get("CI") == "true" and not (marker == "postgres" and os.environ.get("TEST_DATABASE_URL")):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def pytest_unconfigure() -> None:
    """The test settings make a folder of their own for every process."""
    if settings.configured:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that marked tests drive."""
    return chromium_path() or ""
