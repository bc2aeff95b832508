"""No room on the disk: an upload is refused with words, renditions fail aloud, and both can be made good."""

import subprocess
from contextlib import contextmanager
from io import BytesIO

import pytest

from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


@contextmanager
def full_disk(folder, size: str):
    """A folder on a disk of its own with little room, as root can mount it."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("to fill a disk this test has to mount a small one, which needs root")
    try:
        yield
    finally:
        # Lazily: a process may still have a file open there.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_upload_is_refused_with_words_and_nothing_is_half_stored(stack, admin):
    before = stack.query("SELECT count(*) FROM core_portaldocument")
    admin.get("/cms/documents/add/")
    table = ("tran.csv", BytesIO(b"a,b\n" * 250_000), "text/csv")
    fields = {"title": "Tràn", "collection": 1, "language": "vi"}
    with full_disk(stack.media / "documents", "300k"):
        answer = admin.post("/cms/documents/add/", fields, files={"file": table})
        assert answer.status_code == 503 and "<h1>" in answer.text and answer.headers["Retry-After"]
    assert stack.query("SELECT count(*) FROM core_portaldocument") == before
    assert admin.get("/cms/documents/").status_code == 200


def test_renditions_tell_the_operator_and_are_made_afterwards(stack, reader):
    stack.mailbox.mails.clear()
    with full_disk(stack.media / "images", "16k"):
        stack.desk("enqueue_renditions()")
        stack.rest()
        failed = stack.tasks()["FAILED"]
        assert reader.get("/vi/").status_code == 200
    mails = wait_until(lambda: len(stack.mailbox.mails) == failed and stack.mailbox.mails, "a mail for each of them")
    assert {mail["To"] for mail in mails} == {"operator@laichau.test"}
    assert all("make_renditions" in mail["Subject"] for mail in mails)
    stack.manage("retry_tasks")
    stack.rest()
    assert "FAILED" not in stack.tasks()


def test_a_full_disk_takes_no_web_process_out(stack):
    with full_disk(stack.media / "probe", "4k"):
        (stack.media / "probe" / "everything").write_bytes(b"0" * 4096)
        answer = stack.readiness(1)
        assert answer.status_code == 200 and "storage" in answer.json()["failing"], answer.text
    assert "storage" not in stack.readiness(1).json()["failing"]
