"""The files' half, through Django's storage: a folder or S3-compatible storage alike."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name

from portal.operations.backup import BackupProblem

MOST_IN_MEMORY = 8 * 1024 * 1024  # bytes of a file on its way into the storage


def names(folder: str = "") -> Iterator[str]:
    """Names of all files in the storage. Uploads that are still coming in are nobody's yet."""
    if not folder and hasattr(default_storage, "every_name"):
        yield from default_storage.every_name()
        return
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever uploaded, or the folder went meanwhile
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        if not _is_incoming(f"{folder}{name}"):
            yield from names(f"{folder}{name}/")


def _is_incoming(folder: str) -> bool:
    place = settings.FILE_UPLOAD_TEMP_DIR
    return place is not None and Path(settings.MEDIA_ROOT, folder) == Path(place)


def put(name: str, content) -> None:
    """Store a file under exactly this name, in place of what may be there; raise BackupProblem for a forged name."""
    try:
        default_storage.delete(name)
        validate_file_name(name, allow_relative_path=True)
        # Not save(), which looks for a name that nobody has: rows speak of this one.
        with tempfile.SpooledTemporaryFile(MOST_IN_MEMORY) as whole:
            # A bucket's client goes back to the start where the network failed; a stream cannot.
            shutil.copyfileobj(content, whole)
            whole.seek(0)
            stored = default_storage._save(name, File(whole, name=name))
    except SuspiciousOperation:
        raise BackupProblem(f"The backup is damaged: {name!r} is no name for a file.") from None
    if stored != name:
        default_storage.delete(stored)
        raise BackupProblem(f"The file {name} could not be stored under its name.")


def remove(name: str) -> None:
    default_storage.delete(name)
