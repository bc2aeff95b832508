"""Making a backup while the portal runs."""

import os
import tarfile
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from portal.operations.backup import BackupProblem, archive, database, files, leftovers, sealing, shelf
from portal.operations.models import Heartbeat

ATTEMPTS = 10


class FilesMoved(Exception):
    """A file that the dump speaks of was deleted while files were copied: the dump is too old for them."""


def make(say: Callable[[str], None]) -> Path:
    """Write, verify and shelve a backup, then let go of superseded ones; raise BackupProblem."""
    folder = settings.BACKUP_DIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    leftovers.sweep(say)
    for _number in range(ATTEMPTS):
        try:
            path = _attempt(folder, say)
            break
        except FilesMoved as moved:
            say(f"{moved} was deleted meanwhile; beginning again")
    else:
        raise BackupProblem(f"Files kept being deleted during {ATTEMPTS} attempts; try again at a quieter time.")
    Heartbeat.beat("backup")
    for old in shelf.superseded(shelf.backups(folder), settings.BACKUP_KEEP_DAILY, settings.BACKUP_KEEP_WEEKLY):
        old.unlink(missing_ok=True)
        say(f"Removed {old.name}")
    return path


def _attempt(folder: Path, say: Callable[[str], None]) -> Path:
    taken = datetime.now(UTC)
    path = folder / shelf.name_of(taken, bool(settings.BACKUP_KEY))
    partial = path.with_name(f"{path.name}{leftovers.PARTIAL}")
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=leftovers.DUMPING) as work:
            dumped = database.dump(Path(work))
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                hashed = archive.Hashed(file)
                with sealing.sealed(hashed, settings.BACKUP_KEY) as plain:
                    _write(plain, dumped, taken, say)
        _check(partial, hashed)
        partial.rename(path)
        return path
    finally:
        partial.unlink(missing_ok=True)


def _write(plain, dumped: database.Dump, taken: datetime, say: Callable[[str], None]) -> None:
    parts, lost = {}, []
    with tarfile.open(fileobj=plain, mode="w|") as tar:
        with dumped.path.open("rb") as content:
            parts[archive.DATABASE] = archive.add(tar, archive.DATABASE, content, dumped.path.stat().st_size)
        for name in sorted({*files.names(), *dumped.files}):
            try:
                with default_storage.open(name) as content:
                    parts[archive.FILES + name] = archive.add(tar, archive.FILES + name, content, content.size)
            except FileNotFoundError:
                if name in dumped.files:
                    lost.append(name)
        # Gone because somebody deleted the row too: then the dump is too old. Gone while the row is there: lost before.
        still = database.referenced() if lost else set()
        for name in lost:
            if name not in still:
                raise FilesMoved(name)
            say(f"WARNING: {name} is missing from the storage, and so from this backup")
        archive.add_manifest(
            tar,
            {
                "taken": taken.isoformat(),
                "engine": connection.vendor,
                "rows": dumped.rows,
                "migrations": dumped.migrations,
                "parts": parts,
                "lost": lost,
            },
        )


def _check(path: Path, written: archive.Hashed) -> None:
    """Read what was written. A server that holds only the recipient cannot open it, but can compare the bytes."""
    if not settings.BACKUP_KEY or sealing.can_read(settings.BACKUP_KEY):
        archive.verify(path, settings.BACKUP_KEY)
        return
    with path.open("rb") as file:
        read = archive.Hashed(file)
        while read.read(archive.CHUNK):
            pass
    if read.mark != written.mark:
        raise BackupProblem("The backup on the disk is not what was written to it: the disk may be failing.")
