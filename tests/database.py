"""The test database, made quickly: migrated and set up once into a template file, then copied by every worker.

Migrations take most of a minute on SQLite. The templates lie in `var/test-templates`, named by a digest of everything
they depend on, so a changed migration or setup makes a new one.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "var" / "test-templates"


def template() -> Path:
    """Path of a SQLite file with the portal as `manage.py setup` leaves it, made if it is not there yet."""
    migrated = _make("migrated", _digest("*/migrations/*.py", "portal/*/migrations/*.py"), None, ["migrate", "-v0"])
    return _make(
        "set-up",
        _digest("portal/**/*.py", "*/models/*.py", "*/models.py", "*/starting/**/*.md"),
        migrated,
        ["setup", "-v0"],
    )


def demo_template() -> Path:
    """Path of a SQLite file with the demo content on top of the set-up portal."""
    return _make("demo", _digest("portal/**/*.py", "*/demo/**/*.md"), template(), ["load_demo", "-v0"])


def media_of(file: Path) -> Path:
    """The folder of the files that a template's rows speak of."""
    return file.with_suffix(".media")


def copy_into(connection, file: Path | None = None) -> None:
    """Fill the (in-memory) database of a Django connection with a template, by default the set-up portal."""
    source = sqlite3.connect(file or template())
    connection.ensure_connection()
    source.backup(connection.connection)
    source.close()
    from django.contrib.contenttypes.models import ContentType  # Django is not set up yet when this module is read

    # Content types were numbered when the empty tables were made; the template's numbers are others.
    ContentType.objects.clear_cache()


def _digest(*patterns: str) -> str:
    digest = hashlib.sha256(repr(sorted(f"{dist.name}{dist.version}" for dist in distributions())).encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(name: str, digest: str, basis: Path | None, command: list[str]) -> Path:
    target = TEMPLATES / f"{name}-{digest}{'-' + basis.stem[-6:] if basis else ''}.sqlite3"
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    # Workers start together: one makes the file, the others wait for it.
    with (TEMPLATES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return target if target.exists() else _build(name, target, basis, command)


def _build(name: str, target: Path, basis: Path | None, command: list[str]) -> Path:
    building = target.with_suffix(f".{os.getpid()}")
    if basis is not None:
        building.write_bytes(basis.read_bytes())
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{building}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "MEDIA_ROOT": str(media_of(target)),
        "EMAIL_URL": "dummymail://",  # the demo's workflows write to its people
    }
    # The settings of tests give every process a folder of its own, inside this one, which goes with it.
    with tempfile.TemporaryDirectory(prefix="portal-template-") as folder:
        command = [sys.executable, "manage.py", *command]
        subprocess.run(command, cwd=ROOT, env={**environment, "TMPDIR": folder}, check=True)
    with sqlite3.connect(building) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    building.rename(target)
    for old in TEMPLATES.glob(f"{name}-*.sqlite3"):
        if old != target:
            old.unlink(missing_ok=True)
            shutil.rmtree(media_of(old), ignore_errors=True)
    return target
