"""The version that was released before this one: its commit is in previous.txt, its files are in git's history.

The upgrade tests need that version's own code, and a copy of it beside the new one would grow stale unseen. Its data is
previous.tar, a backup that it made of its demo content: to load that again would take longer than the upgrade itself.
A release records itself with `python -m tests.stack.record_previous` (docs/operations.md).
"""

import io
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMIT_FILE = Path(__file__).with_name("previous.txt")
COMMIT = COMMIT_FILE.read_text().strip()
DATA = Path(__file__).with_name("previous.tar")


def files_of(folder: str) -> set[str]:
    """Paths of the previous version below a folder."""
    return set(_git("ls-tree", "-r", "--name-only", COMMIT, "--", folder).decode().splitlines())


def unpack(target: Path, commit: str = COMMIT) -> None:
    """A version's files in a folder of their own, with packages that it can work with."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit))) as tar:
        tar.extractall(target, filter="data")
    if _majors(target) == _majors(ROOT, only=set(_majors(target))):
        (target / ".venv").symlink_to(ROOT / ".venv")
    else:
        subprocess.run([sys.executable, "scripts/environment.py", "test"], cwd=target, check=True)


def _majors(root: Path, only: set[str] | None = None) -> dict[str, str]:
    """The first number of the version of every package that a version of the portal names itself."""
    names = re.findall(r"^[A-Za-z][\w-]*", (root / "requirements" / "base.in").read_text(), flags=re.MULTILINE)
    wanted = only if only is not None else {name.lower() for name in names}
    locked = re.findall(r"^([\w-]+)==(\d+)", (root / "requirements" / "base.txt").read_text(), flags=re.MULTILINE)
    return {name: number for name, number in locked if name in wanted}


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True)
    if done.returncode:
        pytest.fail(
            f"The history of this clone does not reach back to {COMMIT[:12]}, the previous version "
            f"(git fetch --unshallow): {done.stderr.decode().strip()}",
            pytrace=False,
        )
    return done.stdout
