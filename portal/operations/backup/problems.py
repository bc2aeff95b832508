"""What goes wrong with a disk or a server, as sentences for the operator instead of tracebacks."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import Error as DatabaseError

from portal.operations.backup import BackupProblem
from portal.operations.outage import is_storage_away

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(if_full: str) -> Iterator[None]:
    """Turn every failure that an operator can do something about into a CommandError.

    `if_full` says what a full disk has left behind.
    """
    try:
        yield
    except BackupProblem as problem:
        raise CommandError(str(problem)) from None
    except sqlite3.Error as error:
        raise CommandError(f"SQLite could not copy the database: {error}. Is there space left on the disk?") from None
    except OSError as error:
        if error.errno in _FULL:
            raise CommandError(f"There is no space left for it on the disk. {if_full}") from None
        raise CommandError(
            f"The disk refused it: {error.strerror or error} ({error.filename or 'a stream'})."
        ) from None
    except DatabaseError as error:
        raise CommandError(f"The database did not answer as it should: {str(error).splitlines()[0]}") from None
    except Exception as error:
        if not is_storage_away(error):
            raise
        raise CommandError(f"The storage of the files does not answer: {type(error).__name__}") from None
