"""Restoring: everything is read and checked first, then the files come, then the database in one step."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.contributors.models import User
from portal.operations.backup import BackupProblem, archive, database, files, leftovers
from portal.publishing.generation import raise_generation
from portal.search.engines import outbox
from portal.signin.models import SignIn


def restore(path: Path, key: str, force: bool, say: Callable[[str], None]) -> dict:
    """Put the portal into the state of a backup; give the backup's manifest, or raise BackupProblem."""
    manifest = archive.verify(path, key)
    say(f"Verified: taken at {manifest['taken']}, {len(manifest['parts']) - 1} files")
    leftovers.sweep(say)
    _refuse(manifest, force)
    before = set(files.names())
    settings.BACKUP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not in /tmp, which may be memory: a database of years is larger.
    with tempfile.TemporaryDirectory(dir=settings.BACKUP_DIR, prefix=leftovers.RESTORING) as work:
        dump = Path(work) / "database"
        with archive.opened(path, key) as members:
            for name, content in members:
                if name == archive.DATABASE:
                    with dump.open("wb") as target:
                        archive.copy(content, target)
                elif name != archive.MANIFEST:
                    files.put(name.removeprefix(archive.FILES), content)
        say("Files are in place")
        database.restore(dump)
    for name in before - {part.removeprefix(archive.FILES) for part in manifest["parts"]}:
        files.remove(name)
    call_command("migrate", interactive=False, verbosity=0)
    _compare(manifest)
    settle()
    say("The database is in place")
    return manifest


def settle() -> None:
    """Bring into line with a database of an earlier moment what lies outside of it, and end all sessions."""
    # Whoever was signed in at that moment may have been signed out since, for a reason.
    Session.objects.all().delete()
    SignIn.objects.all().delete()
    if settings.ELASTICSEARCH_URL:
        outbox.begin_again()
    raise_generation()


def _refuse(manifest: dict, force: bool) -> None:
    if manifest["engine"] != connection.vendor:
        raise BackupProblem(
            f"This backup is of {manifest['engine']}, and DATABASE_URL is {connection.vendor}: they must be alike."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest["migrations"]) - known - _replaced())
    if newer:
        raise BackupProblem(f"This backup is of a newer version of the portal ({newer[0]}): install it first.")
    if not force and _has_content():
        raise BackupProblem("This portal has accounts or files already, and a restore replaces them: --force insists.")


def _replaced() -> set[str]:
    """Migrations that a squashed one stands for: old backups name them still."""
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces}


def _has_content() -> bool:
    """Content never comes without an account, or a file; the pages of an empty installation do not count."""
    tables = connection.introspection.table_names()
    return (User._meta.db_table in tables and User.objects.exists()) or next(files.names(), None) is not None


def _compare(manifest: dict) -> None:
    """Every table that was in the backup has as many rows; migrations of a newer version may have moved some."""
    if set(manifest["migrations"]) != {f"{app}.{name}" for app, name in _applied()}:
        return
    now = database.rows()
    for table, count in manifest["rows"].items():
        if now.get(table) != count:
            raise BackupProblem(f"After the restore {table} has {now.get(table)} rows and the backup had {count}.")


def _applied() -> set[tuple[str, str]]:
    return set(MigrationLoader(connection).applied_migrations)
