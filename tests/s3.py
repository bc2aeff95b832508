"""A real S3-compatible server for tests: `rclone serve s3`, which comes with the test packages, over a folder."""

import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 30  # seconds for it to answer


class S3Server:
    """Folders of `root` are buckets, so that tests can look at what lies in them."""

    def __init__(self, root: Path, log: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.root, self.log = root, log
        self.key, self.secret = secrets.token_hex(8), secrets.token_hex(16)

    def environment(self, bucket: str) -> dict[str, str]:
        """The portal's variables for one of its buckets."""
        return {
            "S3_BUCKET": bucket,
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "S3_REGION": "lai-chau",
            "S3_ACCESS_KEY_ID": self.key,
            "S3_SECRET_ACCESS_KEY": self.secret,
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self) -> None:
        program = Path(sys.executable).parent / "rclone"
        options = [f"--addr=127.0.0.1:{self.port}", f"--auth-key={self.key},{self.secret}", "--vfs-cache-mode=off"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(program), "serve", "s3", *options, "--config=", str(self.root)],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-2000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
