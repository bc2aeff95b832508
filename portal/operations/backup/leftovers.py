"""What a process that was killed could not take away: dumps that lie unencrypted, backups and uploads half written."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

DUMPING, RESTORING, PARTIAL = ".dump-", ".restore-", ".partial"
OLD = 24 * 3600  # seconds; whoever still writes has written since


def sweep(say: Callable[[str], None]) -> None:
    """Remove what nobody has written to for a day; asked before a backup and before a restore."""
    for path in [*_of_backups(settings.BACKUP_DIR), *_of_uploads(settings.FILE_UPLOAD_TEMP_DIR)]:
        if _last_written(path) < time.time() - OLD:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            say(f"Removed {path.name}, left behind by a process that was killed")


def _of_backups(folder: Path) -> Iterator[Path]:
    for pattern in (f"{DUMPING}*", f"{RESTORING}*", f"portal-*{PARTIAL}"):
        yield from folder.glob(pattern)


def _of_uploads(folder: Path | None) -> Iterator[Path]:
    """Files only: whose folder it is besides is not ours to say. None where uploads wait in the machine's own place."""
    if folder is not None:
        yield from (path for path in folder.glob("*") if path.is_file())


def _last_written(path: Path) -> float:
    moments = []
    for each in (path, *path.rglob("*")):
        try:
            moments.append(each.stat().st_mtime)
        except FileNotFoundError:
            return time.time()  # somebody is at work here
    return max(moments)
