"""The test database, made quickly: migrated and set up once into a template, then copied by every worker.

Migrations take most of a minute. On SQLite a template is a file in `var/test-templates`, on PostgreSQL a database on
the same server. They are named by a digest of all they depend on, so a changed migration or setup makes a new one.
"""

import fcntl
import functools
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "var" / "test-templates"
# Two working copies on one server leave one another's templates alone.
OURS = f"portal-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]}"


@dataclass(frozen=True)
class Step:
    """What a command of `manage.py` leaves behind: the files that decide it, and the step that it follows."""

    name: str
    command: str
    files: tuple[str, ...]
    basis: "Step | None" = None

    @functools.cached_property
    def key(self) -> str:
        digest = _digest(*self.files)
        return f"{self.name}-{digest}-{self.basis.key[-6:]}" if self.basis else f"{self.name}-{digest}"


MIGRATED = Step("migrated", "migrate", ("*/migrations/*.py", "portal/*/migrations/*.py"))
SET_UP_FROM = ("portal/**/*.py", "portal/search/*.txt", "*/models/*.py", "*/models.py", "*/starting/**/*.md")
SET_UP = Step("set-up", "setup", SET_UP_FROM, MIGRATED)
DEMO = Step("demo", "load_demo", ("portal/**/*.py", "*/demo/**/*.md"), SET_UP)


def template(step: Step = SET_UP) -> Path:
    """Path of a SQLite file with the portal as `manage.py setup` leaves it, made if it is not there yet."""
    basis = template(step.basis) if step.basis else None
    target = TEMPLATES / f"{step.key}.sqlite3"
    with _alone(step):
        if not target.exists():
            _build_file(step, target, basis)
    return target


def demo_template() -> Path:
    """Path of a SQLite file with the demo content on top of the set-up portal."""
    return template(DEMO)


def media_of(file: Path) -> Path:
    """The folder of the files that a template's rows speak of."""
    return file.with_suffix(".media")


def server_template(step: Step = SET_UP) -> str:
    """Name of a database on the PostgreSQL server of the tests: the same as `template()`, for CREATE DATABASE."""
    basis = server_template(step.basis) if step.basis else "template1"
    name = f"{OURS}-{step.key}"
    with _alone(step):
        # The folder of files is of this machine: a server that is shared may know rows without their files.
        there = on_server("SELECT 1 FROM pg_database WHERE datname = %s", name)
        if not there or not media_of(TEMPLATES / name).exists():
            _build_database(step, name, basis)
    return name


def copy_into(connection, step: Step = SET_UP) -> Path:
    """Fill the database of a Django connection with a template; give the folder of the files its rows speak of."""
    if connection.vendor == "postgresql":
        name = server_template(step)
        connection.close()
        recreate(connection.settings_dict["NAME"], name)
        media = media_of(TEMPLATES / name)
    else:
        file = template(step)
        source = sqlite3.connect(file)
        connection.ensure_connection()
        source.backup(connection.connection)
        source.close()
        media = media_of(file)
    from django.contrib.contenttypes.models import ContentType  # Django is not set up yet when this module is read

    # Content types were numbered when the empty tables were made; the template's numbers are others.
    ContentType.objects.clear_cache()
    return media


def recreate(name: str, basis: str) -> None:
    """A database of the server as a copy of another one, in the place of what has its name."""
    on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{basis}"')


def on_server(statement: str, *values: str) -> list[tuple]:
    """Run a statement beside the databases of the tests, and give its rows."""
    import psycopg

    with psycopg.connect(address("postgres"), autocommit=True) as server:
        cursor = server.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def address(name: str) -> str:
    """The URL of a database on the PostgreSQL server of the tests."""
    from django.db import connection

    given = connection.settings_dict
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"


@functools.cache
def _installed() -> str:
    return repr(sorted(f"{dist.name}{dist.version}" for dist in distributions()))


def _digest(*patterns: str) -> str:
    digest = hashlib.sha256(_installed().encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(step: Step) -> Iterator[None]:
    """Workers start together: one makes the template, the others wait for it."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{step.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build_file(step: Step, target: Path, basis: Path | None) -> None:
    building = target.with_suffix(f".{os.getpid()}")
    if basis is not None:
        building.write_bytes(basis.read_bytes())
    _manage(step, f"sqlite:///{building}", media_of(target))
    with sqlite3.connect(building) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    building.rename(target)
    for old in TEMPLATES.glob(f"{step.name}-*.sqlite3"):
        if old != target:
            old.unlink(missing_ok=True)
            shutil.rmtree(media_of(old), ignore_errors=True)


def _build_database(step: Step, name: str, basis: str) -> None:
    for (old,) in on_server("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", f"{OURS}-{step.name}-"):
        on_server(f'DROP DATABASE "{old}" WITH (FORCE)')
        shutil.rmtree(media_of(TEMPLATES / old), ignore_errors=True)
    building = f"{OURS}-building"
    recreate(building, basis)
    _manage(step, address(building), media_of(TEMPLATES / name))
    on_server(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def _manage(step: Step, database: str, media: Path) -> None:
    """Run the step's command on a database of its own."""
    media.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "MEDIA_ROOT": str(media),
        "EMAIL_URL": "dummymail://",  # the demo's workflows write to its people
    }
    # The settings of tests give every process a folder of its own, inside this one, which goes with it.
    with tempfile.TemporaryDirectory(prefix="portal-template-") as folder:
        command = [sys.executable, "manage.py", step.command, "-v0"]
        subprocess.run(command, cwd=ROOT, env={**environment, "TMPDIR": folder}, check=True)
