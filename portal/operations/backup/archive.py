"""The file's form: a tar of `database`, `files/…` and, last, `manifest.json` with a checksum for each of them."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portal.operations.backup import BackupProblem, sealing

FORMAT = 1
DATABASE, FILES, MANIFEST = "database", "files/", "manifest.json"
CHUNK = 1 << 20
DAMAGED = "The backup is damaged: {}."


class Hashed:
    """A stream that counts and digests what is read from or written to it."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        return self._seen(self.stream.read(size))

    def write(self, data: bytes) -> int:
        self.stream.write(self._seen(data))
        return len(data)

    def flush(self) -> None:
        self.stream.flush()

    def _seen(self, data: bytes) -> bytes:
        self.digest.update(data)
        self.size += len(data)
        return data

    @property
    def mark(self) -> list:
        """Size in bytes and SHA-256, as the manifest holds them."""
        return [self.size, self.digest.hexdigest()]


def add(tar: tarfile.TarFile, name: str, content: BinaryIO, size: int) -> list:
    """Stream one member of a known size into the archive, and give its mark."""
    info = tarfile.TarInfo(name)
    info.size = size
    hashed = Hashed(content)
    tar.addfile(info, hashed)
    return hashed.mark


def add_manifest(tar: tarfile.TarFile, manifest: dict) -> None:
    data = json.dumps({"format": FORMAT, **manifest}, ensure_ascii=False, sort_keys=True).encode()
    add(tar, MANIFEST, io.BytesIO(data), len(data))


@contextmanager
def opened(path: Path, key: str) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Members of a backup with their content, in order; raise BackupProblem where it cannot be read."""
    try:
        with path.open("rb") as file, sealing.unsealed(file, key) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                yield _members(tar)
    except FileNotFoundError:
        raise BackupProblem(f"There is no file {path}.") from None
    except (tarfile.TarError, EOFError) as error:
        raise BackupProblem(DAMAGED.format(f"it ends too early or is no backup ({error})")) from None


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for member in tar:
        content = tar.extractfile(member) if member.isfile() else None
        if content is None or not (member.name in (DATABASE, MANIFEST) or member.name.startswith(FILES)):
            raise BackupProblem(DAMAGED.format(f"it holds something that is no part of a backup, {member.name!r}"))
        yield member.name, content


def verify(path: Path, key: str) -> dict:
    """Read a backup to its end and compare every part with its checksum; give its manifest, or raise BackupProblem."""
    found, manifest = {}, None
    with opened(path, key) as members:
        for name, content in members:
            hashed = Hashed(content)
            if name == MANIFEST:
                manifest = _manifest(content.read())
                continue
            while hashed.read(CHUNK):
                pass
            found[name] = hashed.mark
    if manifest is None:
        raise BackupProblem(DAMAGED.format("its end is missing"))
    for name in sorted(found.keys() | manifest["parts"].keys()):
        if found.get(name) != manifest["parts"].get(name):
            raise BackupProblem(DAMAGED.format(f"{name} is not what was written"))
    return manifest


def _manifest(data: bytes) -> dict:
    try:
        manifest = json.loads(data)
    except ValueError:
        raise BackupProblem(DAMAGED.format("its list of contents cannot be read")) from None
    if manifest.get("format") != FORMAT:
        raise BackupProblem(f"This backup has the form {manifest.get('format')}, and this portal reads form {FORMAT}.")
    return manifest


def copy(content: BinaryIO, target: BinaryIO) -> None:
    while chunk := content.read(CHUNK):
        target.write(chunk)
