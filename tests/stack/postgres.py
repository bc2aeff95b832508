"""A PostgreSQL of the suite's own: it can be stopped in the middle of anything."""

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.stack import compose


def programs() -> Path | None:
    """Folder of PostgreSQL's newest programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1] if folders else None


class Postgres:
    """One server with the options of docker-compose.yml, in a folder of its own."""

    def __init__(self, folder: Path, port: int, password: str):
        self.folder, self.port, self.password = folder, port, password
        # PostgreSQL refuses to run as root.
        self.owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []

    def create(self) -> None:
        """The server with an empty database, running."""
        self.folder.mkdir()
        if self.owner:
            shutil.chown(self.folder, "postgres")
        password = self.folder.with_name("password")
        password.write_text(self.password)
        password.chmod(0o644)
        arguments = compose.services()["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
        place = ["-D", str(self.folder), "-U", "portal"]
        self._run("initdb", *place, "--auth=scram-sha-256", f"--pwfile={password}", *arguments)
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "portal", "portal")

    def start(self) -> None:
        options = [*compose.command("postgres")[1:], "-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", f"unix_socket_directories={self.folder}"]
        place = ["-D", str(self.folder), "-l", str(self.folder / "log"), "-t", "240"]
        self._run("pg_ctl", *place, "-o", " ".join(options), "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate`: as if the power had failed."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", mode, "-t", "240", "-w", "stop")

    def is_running(self) -> bool:
        return (self.folder / "postmaster.pid").exists()

    @contextmanager
    def silent(self):
        """It takes connections and questions and answers none of them, as on a disk that hangs."""
        first = int((self.folder / "postmaster.pid").read_text().split()[0])
        stopped = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def connect(self, **options) -> psycopg.Connection:
        """A connection past the portal, that the portal's own are told apart from."""
        address = f"postgres://portal:{self.password}@127.0.0.1:{self.port}/portal"
        return psycopg.connect(address, application_name="suite", **options)

    def query(self, sql: str) -> list[tuple]:
        with self.connect() as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def change(self, setting: str, value: str) -> None:
        """A setting of the server, for every connection at once; the suite's own may write in any case."""
        with self.connect(autocommit=True, options="-c default_transaction_read_only=off") as connection:
            connection.execute(f"ALTER SYSTEM SET {setting} = {value}")
            connection.execute("SELECT pg_reload_conf()")

    @contextmanager
    def held(self, sql: str):
        """What a statement locks stays locked: whoever writes there stops in the middle of what they do."""
        connection = self.connect()
        connection.execute(sql)
        try:
            yield
        finally:
            connection.close()

    def stopped_at(self, table: str) -> int:
        """How many of the portal's processes wait for a lock to write into a table."""
        sql = f"""SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'portal'
                  AND application_name <> 'suite' AND query LIKE '%"{table}"%'"""
        return self.query(sql)[0][0]

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.owner, "env", f"PGPASSWORD={self.password}", str(programs() / program), *arguments]
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert done.returncode == 0, done.stderr
