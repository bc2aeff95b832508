"""Back to a moment between two nights, with the settings and commands of docs/operations-backup.md as they stand."""

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.servers import find_program
from tests.stack.compose import ROOT
from tests.stack.postgres import Postgres, programs
from tests.stack.stack import free_ports
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]

CHAPTER = (ROOT / "docs" / "operations-backup.md").read_text().split("## Any moment between two nights")[1]


def blocks(archive: Path) -> list[str]:
    """The indented blocks of the chapter: settings, the weekly command, settings of the way back."""
    found = re.findall(r"(?:^    .*\n)+", CHAPTER, flags=re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).replace("/archive", str(archive)) for block in found]


@pytest.fixture
def place():
    folder = Path(tempfile.mkdtemp(prefix="portal-archive-"))
    folder.chmod(0o777)
    (folder / "archive").mkdir()
    (folder / "archive").chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def run_asowner(server: Postgres, command: str) -> None:
    """A command of the manual, by the user whose server it is."""
    environment = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": "portal", "PGPASSWORD": server.password}
    words = [f"{name}={value}" for name, value in environment.items()]
    path = f"PATH={programs()}:/usr/bin:/bin"
    done = subprocess.run(
        [*server.owner, "env", path, *words, find_program("sh"), "-c", command], cwd="/", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_what_was_deleted_is_there_again_as_of_the_moment_before(place):
    settings, weekly, way_back = blocks(place / "archive")
    lost = Postgres(place / "lost", free_ports(("lost",))["lost"], "secret")
    lost.create()
    try:
        lost.stop()
        with (place / "lost" / "postgresql.conf").open("a") as file:
            file.write(settings)
        lost.start()
        lost.query("CREATE TABLE kept (word text)")
        run_asowner(lost, weekly)
        lost.query("INSERT INTO kept VALUES ('after the base')")
        time.sleep(1.1)  # the moment is written in seconds
        ((moment,),) = lost.query("SELECT date_trunc('second', now())::text")
        time.sleep(1.1)
        lost.query("DELETE FROM kept")
        lost.query("SELECT pg_switch_wal()")
        archived = "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) FROM pg_stat_archiver"
        wait_until(lambda: lost.query(archived) == [(True,)], "the deletion is in the archive")
    finally:
        lost.stop("immediate")

    back = Postgres(place / "back", free_ports(("back",))["back"], "secret")
    run_asowner(lost, f"mkdir -m 700 {back.folder}")
    (base,) = (place / "archive").glob("base-*/base.tar.gz")
    run_asowner(lost, f"tar -xzf {base} -C {back.folder}")
    with (back.folder / "postgresql.conf").open("a") as file:
        file.write(re.sub(r"(recovery_target_time = )'.*'", rf"\g<1>'{moment}'", way_back))
    run_asowner(lost, f"touch {back.folder}/recovery.signal")
    back.start()
    try:
        wait_until(lambda: back.query("SELECT NOT pg_is_in_recovery()") == [(True,)], "it is a server like before")
        assert back.query("SELECT word FROM kept") == [("after the base",)]
    finally:
        back.stop("immediate")
