"""Words wherever they stand in stored content."""

from collections.abc import Iterable, Iterator


def texts_in(raw) -> Iterator[str]:
    """Every string inside raw stream data."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from texts_in(value)
    elif isinstance(raw, Iterable):
        for value in raw:
            yield from texts_in(value)
