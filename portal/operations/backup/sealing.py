"""Encryption as age files, streamed: nothing unencrypted but the database's dump ever touches the disk.

With a recipient (`age1…`) a server can write backups that it cannot read; with an identity (`AGE-SECRET-KEY-1…`) both.
Anything that reads age files opens them, the portal or not: https://age-encryption.org.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pyrage

from portal.operations.backup import BackupProblem

MAGIC = b"age-encryption.org/v1\n"


def recipient(key: str) -> pyrage.x25519.Recipient:
    """For whom a key encrypts. That it is one was seen by the settings."""
    if key.startswith("age1"):
        return pyrage.x25519.Recipient.from_str(key)
    return pyrage.x25519.Identity.from_str(key).to_public()


def can_read(key: str) -> bool:
    return key.startswith("AGE-SECRET-KEY-1")


@contextmanager
def sealed(target: BinaryIO, key: str) -> Iterator[BinaryIO]:
    """A stream to write plain bytes into; `target` gets them encrypted, or as they are without a key."""
    if not key:
        yield target
        return
    readable, writable = _pipe()
    recipients = [recipient(key)]
    with _Beside(lambda: pyrage.encrypt_io(readable, target, recipients), readable) as work:
        try:
            with writable:
                yield writable
        except BrokenPipeError:
            work.join()  # the encryption stopped first, and says why
            raise


@contextmanager
def unsealed(source: BinaryIO, key: str) -> Iterator[BinaryIO]:
    """A stream of plain bytes, whether `source` is encrypted or not; raise BackupProblem for a wrong key or damage."""
    start = source.read(len(MAGIC))
    source.seek(0)
    if start != MAGIC:
        yield source
        return
    if not can_read(key):
        raise BackupProblem(
            "This backup is encrypted: BACKUP_KEY must hold the identity, AGE-SECRET-KEY-1…, to read it."
        )
    identity = pyrage.x25519.Identity.from_str(key)
    readable, writable = _pipe()

    def decrypt() -> None:
        with writable:
            pyrage.decrypt_io(source, writable, [identity])

    with _Beside(decrypt, writable) as work:
        try:
            yield readable
            work.drain(readable)
        except Exception:
            readable.close()
            work.join()  # a wrong key is a better answer than «the file is empty»
            raise
        finally:
            readable.close()


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


class _Beside:
    """Encryption in a thread, because it pulls at one end of a pipe while the archive is written at the other."""

    def __init__(self, work, end: BinaryIO):
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._run, args=(work, end), daemon=True)

    def _run(self, work, end: BinaryIO) -> None:
        try:
            work()
        except Exception as error:  # reported by join(), in the thread that asked
            self.error = error
        finally:
            try:
                end.close()
            except OSError:
                pass  # the other end was closed first; its own error is the one to report

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *rest):
        if kind is None:
            self.join()

    def drain(self, stream: BinaryIO) -> None:
        """Read to the end, so that the last block is checked too."""
        while stream.read(1 << 16):
            pass

    def join(self) -> None:
        self.thread.join()
        if isinstance(self.error, pyrage.DecryptError) and "No matching keys" in str(self.error):
            raise BackupProblem("BACKUP_KEY is not the key that this backup was encrypted for.") from None
        # In the middle of a file age's own error comes as one of a stream, without the number that a disk's has.
        if isinstance(self.error, pyrage.DecryptError) or (isinstance(self.error, OSError) and not self.error.errno):
            raise BackupProblem("The backup is damaged: it cannot be decrypted to its end.") from None
        if isinstance(self.error, BrokenPipeError):
            return  # the reader stopped early, and knows why
        if self.error is not None:
            raise self.error
