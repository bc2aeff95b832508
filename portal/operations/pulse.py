"""A sign of life for the machine itself, which deploy/beating.py looks for; it needs no database."""

from pathlib import Path

from django.conf import settings


def beat(kind: str) -> None:
    """`kind` is `worker` or `scheduler`."""
    path = Path(settings.VAR_DIR) / f"{kind}.alive"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
