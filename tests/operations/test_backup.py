"""A backup brings everything back on an empty machine, and says clearly when it cannot."""

import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.operations.backup import BackupProblem, database, files, shelf
from tests.operations.portals import BUSY, Portal, with_content

NAMES = "from portal.operations.backup import database, files; print(len(database.referenced() - set(files.names())))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("portals")


@pytest.fixture(scope="module")
def identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def original(folder, identity, django_db_setup, django_db_blocker):
    """A portal with content, and one encrypted backup of it: the server holds only the recipient."""
    with django_db_blocker.unblock():
        portal = Portal(folder, "original", BACKUP_KEY=str(identity.to_public()))
        with_content(portal)
    portal.said = portal.manage("backup")
    portal.at_backup = portal.state()
    yield portal
    portal.close()


@pytest.fixture
def backup(original, folder) -> Path:
    return next(iter(shelf.backups(folder / "backups")))


@pytest.fixture
def empty(folder, identity, request, db):
    portal = Portal(folder, f"empty-{abs(hash(request.node.name))}", BACKUP_KEY=str(identity))
    yield portal
    portal.close()


@pytest.fixture
def refused(settings, monkeypatch, tmp_path):
    """Run `restore` here, without the start of a program, where it has to refuse; give its words.

    It must have written nothing by then: neither files nor the database.
    """
    settings.BACKUP_DIR = tmp_path / "backups"
    for place, name in ((files, "put"), (files, "remove"), (database, "restore")):
        monkeypatch.setattr(place, name, lambda *given: pytest.fail("something was written before the refusal"))

    def refuse(*arguments: str, key: str = "") -> str:
        settings.BACKUP_KEY = key
        with pytest.raises(CommandError) as refusal:
            call_command("restore", *arguments)
        return str(refusal.value)

    return refuse


def test_everything_is_back_on_an_empty_machine(original, empty):
    assert "verified" in original.said
    empty.manage("restore")
    before, after = original.at_backup, empty.state()
    assert {name for name in before if before[name] != after.get(name)} == set() and before.keys() == after.keys()
    labels = (
        "wagtailcore.Page",
        "wagtailcore.Revision",
        "wagtail_localize.StringTranslation",
        "portal_search.SearchEntry",
    )
    assert all(after[label][0] > 20 for label in labels) and any(name.startswith("file original") for name in after)
    assert "agree" in empty.manage("search", "status")
    # And a backup of the restored portal can be restored in turn, over what is there.
    empty.manage("backup", BACKUP_DIR=str(empty.folder / "second"))
    empty.manage("restore", "--force", BACKUP_DIR=str(empty.folder / "second"))
    assert empty.state() == after


def test_a_portal_with_content_is_not_overwritten_unless_forced(original, backup, identity):
    before = original.at_backup
    assert "--force" in original.refused("restore", str(backup), BACKUP_KEY=str(identity))
    original.asked("from portal.contributors.models import User; User.objects.create(username='later')")
    media = original.folder / "media" / "documents"
    media.mkdir(exist_ok=True)
    (media / "later.txt").write_text("of a later day")
    original.manage("restore", "--force", str(backup), BACKUP_KEY=str(identity))
    assert original.state() == before


def test_nobody_is_signed_in_after_a_restore(original, empty):
    script = (
        "from portal.contributors.models import User; from portal.signin.models import SignIn;"
        "SignIn.objects.create(user=User.objects.first(), password_mark='x'); print(SignIn.objects.count())"
    )
    assert original.asked(script).split()[-1] != "0"
    original.manage("backup", BACKUP_DIR=str(empty.folder / "in"))
    empty.manage("restore", BACKUP_DIR=str(empty.folder / "in"))
    assert empty.asked("from portal.signin.models import SignIn; print(SignIn.objects.count())").split()[-1] == "0"


def test_taken_while_files_come_and_go_it_holds_every_file_it_speaks_of(original, empty):
    busy = original.started("shell", "--no-imports", "-c", BUSY)
    assert busy.stdout.readline().strip() == "ready"
    try:
        original.manage("backup", BACKUP_DIR=str(empty.folder / "busy"))
        assert busy.poll() is None, busy.stderr.read()  # it worked all the while
    finally:
        busy.kill()
        busy.wait()
    empty.manage("restore", BACKUP_DIR=str(empty.folder / "busy"))
    assert empty.asked(NAMES).split()[-1] == "0"


def test_a_file_lost_before_is_named_and_stops_nothing(original, empty):
    first = sorted((original.folder / "media" / "original_images").iterdir())[0]
    aside = first.rename(original.folder / first.name)
    try:
        said = original.manage("backup", BACKUP_DIR=str(empty.folder / "lost"))
    finally:
        aside.rename(first)
    assert f"WARNING: original_images/{first.name}" in said


@pytest.mark.once
def test_an_encrypted_backup_shows_nothing(backup):
    data = backup.read_bytes()
    assert data.startswith(b"age-encryption.org/v1") and b"manifest" not in data and b"original_images" not in data
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("", "is encrypted"),
        (str(pyrage.x25519.Identity.generate()), "not the key"),
        (str(pyrage.x25519.Identity.generate().to_public()), "AGE-SECRET-KEY-1"),
    ],
    ids=["none", "another", "public only"],  # keys are made anew by every process
)
def test_wrong_keys(refused, backup, key, sentence):
    assert sentence in refused(str(backup), key=key)


@pytest.mark.once
def test_a_malformed_key_reads_and_writes_nothing(original, empty, backup):
    assert "whole key" in empty.refused("restore", str(backup), BACKUP_KEY="AGE-SECRET-KEY-1NONSENSE")
    assert "whole key" in original.refused("backup", BACKUP_KEY="age1secret", BACKUP_DIR=str(empty.folder / "none"))
    assert not (empty.folder / "none").exists()


@pytest.mark.once
@pytest.mark.parametrize(
    ("where", "sealed"), [(0.3, True), (0.9, True), (0.999, True), (0.3, False), (0.9, False)]
)  # the last bytes of a plain tar are padding
def test_damage_is_noticed_before_anything_is_touched(refused, backup, identity, tmp_path, where, sealed):
    data = bytearray(backup.read_bytes())
    if not sealed:
        data = bytearray(pyrage.decrypt(bytes(data), [identity]))
    cut = tmp_path / "cut.tar"
    cut.write_bytes(data[: int(len(data) * where)])
    assert "damaged" in refused(str(cut), key=str(identity))
    if where < 0.99:
        for offset in range(4):
            data[int(len(data) * where) + offset] ^= 0xFF
        cut.write_bytes(data)
        assert "damaged" in refused(str(cut), key=str(identity))


@pytest.mark.once
def test_what_is_no_backup(empty, refused):
    (empty.folder / "letter.tar").write_text("Dear operator")
    assert "damaged" in empty.refused("restore", str(empty.folder / "letter.tar"))  # as a program says it
    assert not (empty.folder / "media").exists()
    assert "no file" in refused(str(empty.folder / "nothing.tar"))
    assert "no backup" in refused()


def test_a_full_disk_leaves_nothing_half_written(original, empty):
    """The limit on a file's size stands for the disk's end: the system refuses the next byte in the same way."""
    target = empty.folder / "full"
    answer = subprocess.run(
        [sys.executable, "manage.py", "backup"],
        cwd=settings.BASE_DIR,
        env={**original.environment, "BACKUP_DIR": str(target)},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )
    assert answer.returncode == 1 and "Traceback" not in answer.stderr, answer.stderr
    assert "space" in answer.stderr or "File size limit" in answer.stderr
    assert list(target.iterdir()) == []


@pytest.mark.postgres
def test_missing_programs_are_named(original, monkeypatch, db):
    monkeypatch.setattr(Path, "glob", lambda *arguments: iter(()))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupProblem, match="pg_dump is not installed"):
        database._program("pg_dump")


def test_which_backups_stay():
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    taken = {Path(str(hours)): now - timedelta(hours=hours) for hours in range(0, 24 * 40, 6)}
    gone = shelf.superseded(taken, daily=3, weekly=2)
    stay = [taken[path] for path in taken if path not in gone]
    assert [f"{time:%d %H}" for time in stay] == ["24 12", "23 18", "22 18"]  # Monday is the 23rd: the 22nd ends a week
    assert shelf.superseded(dict(list(taken.items())[:1]), 0, 0) == []  # never the newest


def test_nothing_else_in_the_folder_is_touched(tmp_path):
    for name in ("letters.tar", "portal-1.tar", "portal-20261124T120000Z.tar.partial"):
        (tmp_path / name).touch()
    (tmp_path / shelf.name_of(datetime(2026, 1, 2, tzinfo=UTC), True)).touch()
    assert [path.name for path in shelf.backups(tmp_path)] == ["portal-20260102T000000Z.tar.age"]
