"""A portal of one's own to look at: the server of `make run` on a copy of the demo content, on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests import database

PREFIX = "/thongtindoingoai"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 10


@dataclass
class PortalServer:
    """Tasks run at once, in the server's process, as with `make run`; nothing a test does waits for a worker."""

    folder: Path
    port: int
    process: subprocess.Popen

    @classmethod
    def start(cls, folder: Path, **variables: str) -> "PortalServer":
        """Copy database and files into the folder, start the server with these variables, wait for its first answer."""
        template = database.demo_template()
        shutil.copy(template, folder / "portal.sqlite3")
        shutil.copytree(database.media_of(template), folder / "media")
        port = _free_port()
        taken_out = ("DATABASE_URL", "PUBLIC_URL", "TASK_BACKEND", "MEDIA_ROOT", "STATIC_ROOT", "REDIS_URL")
        environment = {key: value for key, value in os.environ.items() if key not in taken_out}
        environment |= {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "VAR_DIR": str(folder), "PORT": str(port)}
        environment |= variables
        with (folder / "server.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "scripts/serve.py", str(port)],
                cwd=database.ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # what it starts itself ends with it
            )
        server = cls(folder, port, process)
        try:
            server._wait()
        except BaseException:
            server.stop()
            raise
        return server

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def address(self, path: str = "/") -> str:
        """The full address of a path below the prefix."""
        return f"{self.origin}{PREFIX}{path}"

    def stop(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, sign)
            try:
                self.process.wait(SECONDS_TO_STOP)
                return
            except subprocess.TimeoutExpired:
                continue

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended by itself (exit {self.process.returncode}):\n{self.log}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"The server did not answer within {SECONDS_TO_START} s:\n{self.log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
