"""The version that was released before this one: its commit is in previous.txt, its files are in git's history.

The upgrade tests need that version's own code, and a copy of it beside the new one would grow stale unseen.
A release writes its commit there once it is out (docs/operations.md).
"""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMMIT = (Path(__file__).parent / "previous.txt").read_text().strip()


def files_of(folder: str) -> set[str]:
    """Paths of the previous version below a folder."""
    return set(_git("ls-tree", "-r", "--name-only", COMMIT, "--", folder).decode().splitlines())


def unpack(target: Path) -> None:
    """The previous version's files in a folder of their own."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", COMMIT))) as tar:
        tar.extractall(target, filter="data")


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True)
    if done.returncode:
        pytest.fail(
            f"The history of this clone does not reach back to {COMMIT[:12]}, the previous version "
            f"(git fetch --unshallow): {done.stderr.decode().strip()}",
            pytrace=False,
        )
    return done.stdout
