"""Embedded defaults: one process, SQLite, files in `var/`; what `make run` uses. Not for a public server."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe

_VAR = Path(os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent.parent / "var")))
_VAR.mkdir(parents=True, exist_ok=True)
_PORT = os.environ.get("PORT", "8000")


def _local_secret() -> str:
    """A secret of this installation, made at the first start: no default that two installations would share."""
    path = _VAR / "secret_key"
    if not path.exists():
        # Whole or not there at all: `make run` starts several processes at once, and all must agree.
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{_PORT}/thongtindoingoai")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_VAR / 'portal.sqlite3'}")
os.environ.setdefault("SECOND_FACTOR", "nobody")  # the demo's accounts sign in in one step
os.environ.setdefault("TASK_BACKEND", "portal.operations.immediate.AfterCommitBackend")
if "SECRET_KEY" not in os.environ:
    os.environ["SECRET_KEY"] = _local_secret()

from portal.settings.base import *

ALLOWED_HOSTS += ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS += [f"http://localhost:{_PORT}"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _VAR / "mail"
DEMO_ALLOWED = True
