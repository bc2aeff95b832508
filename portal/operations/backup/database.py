"""The database's half: a dump at one instant, with what it says about rows and files at that instant."""

import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.models import FileField

from portal.operations.backup import BackupProblem

Query = Callable[[str], list[tuple]]
PSQL = ("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
# Everything in one transaction: the portal is the old one or the new one, never half of each.
EMPTIED = b"SET lock_timeout = '30s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


@dataclass
class Dump:
    """A dump as a file, and what was true when it was taken."""

    path: Path
    rows: dict[str, int]  # by table
    files: set[str]  # names in the storage that rows speak of
    migrations: list[str]


def dump(folder: Path) -> Dump:
    """Write the database into a file of `folder` while the portal runs; raise BackupProblem."""
    path = folder / "database"
    if connection.vendor == "sqlite":
        return _dump_sqlite(path, folder / "copy")
    with _snapshot() as name:
        _run(["pg_dump", "--format=custom", f"--snapshot={name}", f"--file={path}"])
        return _described(path, _query)


def restore(path: Path) -> None:
    """Put a dump in place of the whole database; raise BackupProblem, and then nothing has changed."""
    if connection.vendor == "sqlite":
        _restore_sqlite(path)
    else:
        _restore_postgresql(path)


def referenced() -> set[str]:
    """Names of files that rows speak of now."""
    return _references(_query)


def rows() -> dict[str, int]:
    return _counts(_query)


def _query(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _described(path: Path, query: Query) -> Dump:
    migrations = [f"{app}.{name}" for app, name in query("SELECT app, name FROM django_migrations ORDER BY app, name")]
    return Dump(path, _counts(query), _references(query), migrations)


def _tables() -> list[str]:
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed})


def _counts(query: Query) -> dict[str, int]:
    return {table: query(f'SELECT count(*) FROM "{table}"')[0][0] for table in _tables()}


def _references(query: Query) -> set[str]:
    columns = {
        (field.model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, FileField) and model._meta.managed
    }
    names = set()
    for table, column in columns:
        names.update(name for (name,) in query(f'SELECT DISTINCT "{column}" FROM "{table}"') if name)
    return names


# --- SQLite --------------------------------------------------------------------------------------------------------
def _dump_sqlite(path: Path, copy: Path) -> Dump:
    connection.ensure_connection()
    target = sqlite3.connect(copy)
    try:
        connection.connection.backup(target)  # SQLite's own: one instant, while others write
        target.execute("PRAGMA journal_mode=DELETE")
        _whole(target)
        described = _described(path, lambda sql: target.execute(sql).fetchall())
    finally:
        target.close()
    with copy.open("rb") as source, gzip.open(path, "wb", compresslevel=6) as packed:
        shutil.copyfileobj(source, packed)
    copy.unlink()
    return described


def _restore_sqlite(path: Path) -> None:
    plain = path.with_suffix(".plain")
    with gzip.open(path, "rb") as packed, plain.open("wb") as target:
        shutil.copyfileobj(packed, target)
    source = sqlite3.connect(plain)
    try:
        _whole(source)
        connection.ensure_connection()
        source.backup(connection.connection)
    finally:
        source.close()
        plain.unlink()


def _whole(database: sqlite3.Connection) -> None:
    try:
        problems = [line for (line,) in database.execute("PRAGMA integrity_check") if line != "ok"]
    except sqlite3.DatabaseError as error:
        problems = [str(error)]
    if problems:
        raise BackupProblem(f"SQLite finds the database damaged: {problems[0]}.")


# --- PostgreSQL ----------------------------------------------------------------------------------------------------
@contextmanager
def _snapshot() -> Iterator[str]:
    """One instant that pg_dump and our own questions share."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        yield name


def _restore_postgresql(path: Path) -> None:
    connection.close()
    script = path.with_suffix(".sql")
    with script.open("wb") as file:
        file.write(EMPTIED)
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={path.with_suffix('.rest')}", str(path)], here=False)
    with script.open("ab") as file, path.with_suffix(".rest").open("rb") as rest:
        shutil.copyfileobj(rest, file)
    path.with_suffix(".rest").unlink()
    _run([*PSQL, f"--file={script}"])
    script.unlink()


def _run(command: list[str], here: bool = True) -> None:
    """Run one of PostgreSQL's programs, on the portal's database where `here`; raise BackupProblem in its words."""
    program = _program(command[0])
    settings = connection.get_connection_params()
    environment = {**os.environ, "PGPASSWORD": str(settings.get("password") or ""), "PGCONNECT_TIMEOUT": "10"}
    where = []
    if here:
        named = {"host": "--host", "port": "--port", "user": "--username"}
        where = [f"{option}={settings[name]}" for name, option in named.items() if settings.get(name)]
        where += ["--no-password", f"--dbname={settings['dbname']}"]
    answer = subprocess.run([program, *where, *command[1:]], env=environment, capture_output=True, text=True)
    if answer.returncode:
        ended = signal.strsignal(-answer.returncode) if answer.returncode < 0 else f"it ended with {answer.returncode}"
        lines = answer.stderr.strip().splitlines() or [ended]
        raise BackupProblem(f"{command[0]} did not succeed: {lines[0]}")


def _program(name: str) -> str:
    """The newest one installed: an older pg_dump refuses a newer server."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise BackupProblem(f"{name} is not installed here: it comes with PostgreSQL's client programs.")
    return found
