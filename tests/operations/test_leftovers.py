"""What a killed process leaves behind goes, and what a living one writes stays."""

import os
import time
from pathlib import Path

import pytest

from portal.operations.backup import files, leftovers, making, restoring

HOURS = 3600


@pytest.fixture
def places(settings, tmp_path):
    settings.BACKUP_DIR, settings.MEDIA_ROOT = tmp_path / "backups", tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT / "incoming"
    return tmp_path


def written(path: Path, hours_ago: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("plain")
    moment = time.time() - hours_ago * HOURS
    for each in (path, path.parent):
        os.utime(each, (moment, moment))
    return path


def fill(places: Path) -> tuple[list[Path], list[Path]]:
    """What is to go, and what is to stay."""
    backups, incoming = places / "backups", places / "media" / "incoming"
    gone = [
        written(backups / ".dump-a" / "database", 25),
        written(backups / ".restore-a" / "database.sql", 25),
        written(backups / "portal-20260101T000000Z.tar.partial", 25),
        written(incoming / "one.upload", 25),
    ]
    kept = [
        written(backups / ".dump-b" / "database", 23),
        written(backups / "portal-20260101T000000Z.tar", 999),
        written(backups / "notes.txt", 999),
        written(incoming / "two.upload", 1),
        written(places / "media" / "documents" / "old.pdf", 999),
    ]
    return gone, kept


def test_old_leftovers_go_and_everything_else_stays(places):
    gone, kept = fill(places)
    said = []
    leftovers.sweep(said.append)
    assert not any(path.exists() for path in gone) and all(path.exists() for path in kept)
    assert not (places / "backups" / ".dump-a").exists() and len(said) == len(gone)


def test_a_backup_and_a_restore_begin_with_it(places, monkeypatch, db):
    for act, module, stop in ((making.make, making, "_attempt"), (restoring.restore, restoring, "_refuse")):
        gone, _kept = fill(places)

        def ended(*_):
            raise InterruptedError

        monkeypatch.setattr(module, stop, ended)
        monkeypatch.setattr(restoring.archive, "verify", lambda *_: {"taken": "", "parts": {}})
        with pytest.raises(InterruptedError):
            act(*([print] if module is making else [Path("x"), "", False, print]))
        assert not any(path.exists() for path in gone)


def test_uploads_that_come_in_are_no_part_of_a_backup(places):
    fill(places)
    assert set(files.names()) == {"documents/old.pdf"}
