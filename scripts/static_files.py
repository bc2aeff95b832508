"""Style sheets, scripts and fonts, collected anew only when something that they are made of has changed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from environment import ROOT

VAR = Path(os.environ.get("VAR_DIR", str(ROOT / "var")))
FOLDER = Path(os.environ.get("STATIC_ROOT", str(VAR / "static")))
STAMP = VAR / "static.stamp"


class StaticFiles:
    """Begun beside the migrations, which keep one core busy; done before the server reads the list of files."""

    def __init__(self):
        self.digest, self.collecting = _digest(), None
        if not (FOLDER.is_dir() and STAMP.exists() and STAMP.read_text() == self.digest):
            STAMP.unlink(missing_ok=True)
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--skip-checks", "--verbosity=0"]
            self.collecting = subprocess.Popen(command, cwd=ROOT)

    def wait(self) -> None:
        if self.collecting is not None:
            if self.collecting.wait():
                sys.exit("The static files could not be collected (collectstatic, see above).")
            STAMP.write_text(self.digest)


def _digest() -> str:
    """Of our own files, of the libraries that bring the others, and of how and where they are collected."""
    apps = [*ROOT.glob("*/apps.py"), *ROOT.glob("portal/*/apps.py")]
    folders = [ROOT / "static", *(app.with_name("static") for app in apps)]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256(str(FOLDER).encode())
    for path in [*files, ROOT / "requirements" / "base.txt", ROOT / "portal" / "settings" / "base.py"]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
