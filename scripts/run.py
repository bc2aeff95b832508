"""`make run`: from a fresh clone to the portal in a browser, with nothing but Python. A second run changes nothing.

Makes the environment, then looks after three processes: the web server (scripts/serve.py), scheduled publishing beside
it, and for a while the loading of the demo content.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from environment import PYTHON, ROOT, ensure

STARTED = time.monotonic()
SECONDS_TO_STOP = 10
LASTING = ("server", "scheduler")  # if one ends, the other is stopped


def main() -> int:
    port = free_port()
    os.environ.update(DJANGO_SETTINGS_MODULE="portal.settings.dev", PORT=str(port), PYTHONUNBUFFERED="1")
    ensure("base")
    Path(os.environ.get("VAR_DIR", str(ROOT / "var"))).mkdir(parents=True, exist_ok=True)
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
            sys.exit(f"Port {text} cannot be used ({error.strerror}). Choose another: make run PORT={int(text) + 1}")
    return int(text)


class Portal:
    """The server and the scheduler, which live and end together, and beside them the loading of the demo content."""

    def __init__(self, port: int):
        self.port, self.asked_to_stop = port, False
        self.processes: dict[str, subprocess.Popen] = {}
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)

    def _stop(self, *_) -> None:
        self.asked_to_stop = True

    def serve(self) -> int:
        try:
            self._start("server", "scripts/serve.py", str(self.port))
            while self._alive() and not self._answers():
                time.sleep(0.1)
            if self._alive():
                print(f"Serving, {self._seconds()} after the start. Ctrl-C stops.", flush=True)
                self._start("scheduler", "manage.py", "scheduler", "--skip-checks")
                self._load_demo_content()
            while self._alive():
                time.sleep(0.2)
            return self._result()
        finally:
            self._end()

    def _start(self, name: str, *command: str) -> subprocess.Popen:
        """In a session of its own: Ctrl-C reaches only this program, which then stops the others in order."""
        process = subprocess.Popen([str(PYTHON), *command], cwd=ROOT, start_new_session=True)
        self.processes[name] = process
        return process

    def _alive(self) -> bool:
        return not self.asked_to_stop and not self._ended()

    def _ended(self) -> list[str]:
        return [name for name in LASTING if name in self.processes and self.processes[name].poll() is not None]

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _load_demo_content(self) -> None:
        """Does nothing where there is content. Until it is done the portal answers with what is there already."""
        loading = self._start("demo content", "manage.py", "load_demo", "--skip-checks")
        while self._alive() and loading.poll() is None:
            time.sleep(0.2)
        if loading.poll() == 0:
            print(f"All content is there, {self._seconds()} after the start.", flush=True)
        elif loading.poll() is not None:
            print("The demo content could not be loaded (see above); the portal goes on without.", flush=True)

    def _seconds(self) -> str:
        return f"{time.monotonic() - STARTED:.0f} s"

    def _result(self) -> int:
        if self.asked_to_stop:
            print("\nStopping.", flush=True)
            return 0
        for name in self._ended():
            print(f"The {name} ended by itself (exit {self.processes[name].returncode}): everything stops.", flush=True)
        return 1

    def _end(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_STOP
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for process in self.processes.values():
                if process.poll() is None:
                    with suppress(ProcessLookupError):
                        os.killpg(process.pid, sign)
            for process in self.processes.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.1, deadline - time.monotonic()))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The next run goes on from here.")
