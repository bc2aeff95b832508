"""What is wrong with a content file, said so that the person who wrote it finds the place."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError


class ContentError(CommandError):
    """A content file cannot be loaded. The message names the file and, where it is known, the line."""

    def __init__(self, path: Path | str, message: str, line: int | None = None):
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")


class ContentErrors(CommandError):
    """Several content files cannot be loaded: all of it in one message, so that they are mended in one go."""

    def __init__(self, errors: list[ContentError]):
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@contextmanager
def collected(errors: list[ContentError]):
    """Keep an error for later and go on with the next file."""
    try:
        yield
    except ContentError as error:
        errors.append(error)


@contextmanager
def all_or_none():
    """Collect the errors of many files, and raise them together at the end."""
    errors: list[ContentError] = []
    yield errors
    if errors:
        raise ContentErrors(errors)
