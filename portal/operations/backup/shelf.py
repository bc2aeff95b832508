"""The folder where backups lie: their names, and which of them stay."""

import re
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"portal-(\d{8}T\d{6}Z)\.tar(\.age)?")
_TIME = "%Y%m%dT%H%M%SZ"


def name_of(taken: datetime, encrypted: bool) -> str:
    return f"portal-{taken.astimezone(UTC).strftime(_TIME)}.tar{'.age' if encrypted else ''}"


def backups(folder: Path) -> dict[Path, datetime]:
    """Backups in a folder with the time of each, newest first; anything else there is none of ours."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            found[path] = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
    return dict(sorted(found.items(), key=lambda item: item[1], reverse=True))


def superseded(found: dict[Path, datetime], daily: int, weekly: int) -> list[Path]:
    """What may go: all but the last backup of each of so many days and of so many weeks, and the newest of all."""
    kept = set(list(found)[:1])
    for period, number in (("%Y-%m-%d", daily), ("%G-W%V", weekly)):
        last_of: dict[str, Path] = {}
        for path, taken in found.items():
            last_of.setdefault(taken.strftime(period), path)
        kept.update(list(last_of.values())[:number])
    return [path for path in found if path not in kept]
