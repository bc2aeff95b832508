"""`make run`: from a fresh clone to the portal in a browser, with nothing but Python. A second run changes nothing."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from environment import PYTHON, ROOT, ensure, step

STARTED = time.monotonic()
VAR = Path(os.environ.get("VAR_DIR", str(ROOT / "var")))
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", str(VAR / "static")))
SECONDS_TO_STOP = 10


def main() -> int:
    port = free_port()
    os.environ.update(DJANGO_SETTINGS_MODULE="portal.settings.dev", PORT=str(port), PYTHONUNBUFFERED="1")
    ensure("base")
    VAR.mkdir(parents=True, exist_ok=True)
    static, digest = None, static_digest()
    if not STATIC_ROOT.is_dir() or read(VAR / "static.stamp") != digest:
        static = manage("collectstatic", "--noinput", "--skip-checks", "--verbosity=0")
    if subprocess.call([str(PYTHON), "scripts/prepare.py"], cwd=ROOT):
        return 1
    if static:
        with step("Style sheets, scripts, fonts (collectstatic, begun beside the database)"):
            if static.wait():
                return 1
        (VAR / "static.stamp").write_text(digest)
    return Portal(port).serve()


def free_port() -> int:
    """The port from PORT, if it is a number and nobody listens there."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            sys.exit(f"Port {text} cannot be used ({error.strerror}): end what uses it, or choose another: make run PORT=8001")
    return int(text)


def static_digest() -> str:
    """What the collected static files depend on: our own files, and the libraries that bring the others."""
    folders = [ROOT / "static", *ROOT.glob("*/static"), *ROOT.glob("portal/*/static")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256(str(STATIC_ROOT).encode())
    for path in [*files, ROOT / "requirements" / "base.txt", ROOT / "portal" / "settings" / "base.py"]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


def manage(*arguments: str, **options) -> subprocess.Popen:
    """A management command in a session of its own: Ctrl-C reaches only this program, which then stops them in order."""
    return subprocess.Popen([str(PYTHON), "manage.py", *arguments], cwd=ROOT, start_new_session=True, **options)


class Portal:
    """The server and the scheduler, which live and end together, and beside them the loading of the demo content."""

    def __init__(self, port: int):
        self.port, self.asked_to_stop = port, False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)

    def _stop(self, *_) -> None:
        self.asked_to_stop = True

    def serve(self) -> int:
        address = f"127.0.0.1:{self.port}"
        server = manage("runserver", "--noreload", "--skip-checks", address, stdout=subprocess.DEVNULL)
        welcome = manage("load_demo", "--accounts", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.processes = {"server": server, "scheduler": manage("scheduler")}
        try:
            self._wait_until_it_answers()
            if self._alive():
                text = welcome.communicate()[0].decode().strip()
                print(text or f"http://{address}/thongtindoingoai/", f"(ready after {time.monotonic() - STARTED:.0f} s)", flush=True)
                self._load_demo_content()
            while self._alive():
                time.sleep(0.2)
            return self._result()
        finally:
            self._end()

    def _alive(self) -> bool:
        return not self.asked_to_stop and all(self.processes[name].poll() is None for name in ("server", "scheduler"))

    def _wait_until_it_answers(self) -> None:
        while self._alive():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def _load_demo_content(self) -> None:
        """Does nothing where there is content. Until it is done the portal answers with what is there already."""
        loading = self.processes["demo content"] = manage("load_demo")
        while self._alive() and loading.poll() is None:
            time.sleep(0.2)
        if loading.poll() == 0:
            print(f"All content is there (after {time.monotonic() - STARTED:.0f} s). Ctrl-C stops.", flush=True)
        elif loading.poll() is not None:
            print("The demo content could not be loaded whole (see above); the portal goes on with what is there.", flush=True)

    def _result(self) -> int:
        if self.asked_to_stop:
            print("\nStopping.", flush=True)
            return 0
        for name in ("server", "scheduler"):
            if (code := self.processes[name].poll()) is not None:
                print(f"The {name} ended by itself (exit {code}), so everything stops.", flush=True)
        return 1

    def _end(self) -> None:
        running = [process for process in self.processes.values() if process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The next run goes on from here.")
