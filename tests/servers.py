"""What some tests need beside Python, and what happens where it is absent: skipped at home, failed in CI.

Mark a test `browser`, `stack`, `postgres` or `elasticsearch`; the reason that is printed says how to enable it.
"""

import os
import re
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
MARKERS = ("browser", "postgres", "elasticsearch", "stack")
# Marked tests of the files that were read, before a pass takes its own: (marker, path of the file).
COLLECTED = pytest.StashKey[set[tuple[str, Path]]]()
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


def may_hold(path: Path, marker: str) -> bool:
    """Whether a file of tests, or a conftest that it uses, names a marker."""
    suite = Path(__file__).parent
    folders = [folder for folder in path.parents if folder.is_relative_to(suite)]
    files = [path, *(folder / "conftest.py" for folder in folders)]
    return any(f"mark.{marker}" in file.read_text() for file in files if file.exists())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m browser` and the like only files are read that may hold such tests: all others take half a minute."""
    wanted = re.fullmatch(r"(\w+)( and not \w+)*", config.getoption("markexpr"))
    if wanted and wanted[1] in MARKERS and collection_path.match("test_*.py"):
        return not may_hold(collection_path, wanted[1]) or None
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[COLLECTED] = {
        (marker, item.path) for item in items for marker in MARKERS if item.get_closest_marker(marker)
    }
    for item in items:
        if not may_ask_a_database(item):
            item.add_marker("once")


def may_ask_a_database(item: pytest.Item) -> bool:
    """Whether a test is let through to a database; pytest-django refuses it to those that did not ask for one."""
    asked = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return bool(asked) or any(item.get_closest_marker(marker) for marker in ("django_db", "postgres"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in MARKERS:
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
