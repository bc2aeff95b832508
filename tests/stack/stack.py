"""The portal in production, on this machine: what docker-compose.yml starts, from Debian's packages.

readers ── province (nginx, TLS) ── nginx (deploy/nginx.conf) ── web-1, web-2 ── PostgreSQL, Redis
                                                         two workers, two schedulers, a mail server
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.stack import compose
from tests.stack.compose import ROOT

HOST = "laichau.test"
PREFIX = "/thongtindoingoai"
PATIENCE = 60  # seconds for a process to answer
PROVINCE = """
server {{
    listen 127.0.0.1:{tls} ssl;
    server_name {host};
    ssl_certificate {folder}/province.pem;
    ssl_certificate_key {folder}/province.key;
    client_max_body_size 300m;
    access_log off;
    location / {{
        proxy_pass http://127.0.0.1:{http};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto https;
        proxy_request_buffering off;
        proxy_read_timeout 130s;
    }}
}}
"""
NGINX = """
{user}
worker_processes 2;
pid {folder}/{name}.pid;
error_log {folder}/{name}.log warn;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/{name}-body;
    proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-fastcgi;
    uwsgi_temp_path {folder}/{name}-uwsgi;
    scgi_temp_path {folder}/{name}-scgi;
    include {folder}/{name}-site.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgresql_bin() -> Path | None:
    """Folder of PostgreSQL's newest programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1] if folders else None


class Mailbox(Message):
    """Keeps every mail that arrives."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


class Stack:
    """All processes, by the name of their service. `folder` holds everything that they write, and goes with them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes: dict[str, subprocess.Popen] = {}
        names = ("tls", "http", "postgres", "redis", "web-1", "web-2", "private-1", "private-2", "smtp")
        self.ports = {name: free_port() for name in names}
        self.origin = f"https://{HOST}:{self.ports['tls']}"
        self.url = self.origin + PREFIX
        self.media, self.static, self.switch = folder / "media", folder / "static", folder / "switch"
        for path in (self.media, self.static, self.switch, folder / "empty"):
            path.mkdir()
        self.bin = postgresql_bin()
        self.mailbox = Mailbox()
        self.values = {  # what an operator writes into .env
            "PUBLIC_URL": self.url,
            "SECRET_KEY": "a-secret-of-the-stack-suite-which-is-long-enough",
            "POSTGRES_PASSWORD": "secret",
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.ports['smtp']}",
            "OPERATOR_EMAILS": "operator@laichau.test",
            "RELEASE": "1",
        }
        self.places = {
            "/tmp": str(folder),
            "postgres:5432": f"127.0.0.1:{self.ports['postgres']}",
            "redis:6379": f"127.0.0.1:{self.ports['redis']}",
            "172.30.77.5": "127.0.0.1",
            "172.30.77.11:8000": f"127.0.0.1:{self.ports['web-1']}",
            "172.30.77.12:8000": f"127.0.0.1:{self.ports['web-2']}",
            "/srv/media": str(self.media),
            "/srv/static": str(self.static),
            "/srv/maintenance": str(ROOT / "deploy" / "maintenance"),
            "/srv/switch": str(self.switch),
            "/var/empty": str(folder / "empty"),
            "/etc/nginx/portal-proxy.conf": str(ROOT / "deploy" / "proxy.conf"),
        }

    # --- environment and processes ---

    def environment(self, service: str, name: str | None = None) -> dict[str, str]:
        """The variables of a service, for its process called `name`."""
        variables = compose.environment(service, self.values, self.places)
        if service.startswith("web"):
            number = service[-1]
            variables["WEB_PORT"], variables["PRIVATE_PORT"] = (
                str(self.ports[service]),
                str(self.ports[f"private-{number}"]),
            )
            variables["PROMETHEUS_MULTIPROC_DIR"] = str(self.folder / f"metrics-{number}")
        base = {
            "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        return {**base, **variables}

    def start(self, service: str, name: str | None = None, cwd: Path = ROOT) -> subprocess.Popen:
        """Start a service of the compose file, under another name where there are several of it."""
        name = name or service
        with (self.folder / f"{name}.out").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                compose.command(service),
                cwd=cwd,
                env=self.environment(service),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.processes[name]

    def stop(self, name: str, sign: int = signal.SIGTERM, seconds: float = 35) -> None:
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            if sign == signal.SIGKILL:
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
        process.wait(seconds)

    def manage(self, *arguments: str, service: str = "deploy", cwd: Path = ROOT) -> str:
        """`manage.py` as an operator runs it in a container."""
        done = subprocess.run(
            ["python", "manage.py", *arguments], cwd=cwd, env=self.environment(service), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def shell(self, code: str, service: str = "deploy") -> str:
        """Print something by the portal's own models."""
        return self.manage("shell", "-v0", "-c", code, service=service).strip()

    def query(self, sql: str) -> list[tuple]:
        """Rows of the portal's database, past the portal."""
        password, port = self.values["POSTGRES_PASSWORD"], self.ports["postgres"]
        with psycopg.connect(f"postgres://portal:{password}@127.0.0.1:{port}/portal") as connection:
            return connection.execute(sql).fetchall()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.out").read_text(errors="replace")

    # --- the parts ---

    def up(self) -> None:
        self.start_postgres(new=True)
        self.start_redis()
        self.mail = Controller(self.mailbox, hostname="127.0.0.1", port=self.ports["smtp"])
        self.mail.start()
        deploy = self.start("deploy")
        assert deploy.wait(300) == 0, self.log("deploy")[-3000:]
        self.processes.pop("deploy")

    def serve(self) -> None:
        """The processes that compose starts after `deploy`, each kind twice."""
        for number in (1, 2):
            self.start(f"web-{number}")
            self.start("worker", f"worker-{number}")
            self.start("scheduler", f"scheduler-{number}")
        self.start_nginx(
            "portal",
            compose.render_nginx(self.nginx_variables()).replace("/dev/stdout", str(self.folder / "access.log")),
        )
        self.start_nginx(
            "province",
            PROVINCE.format(tls=self.ports["tls"], http=self.ports["http"], folder=self.certificate(), host=HOST),
        )
        for number in (1, 2):
            self.wait_for(self.ports[f"web-{number}"])

    def nginx_variables(self) -> dict[str, str]:
        return {**self.environment("nginx"), "NGINX_LISTEN": f"127.0.0.1:{self.ports['http']}"}

    def start_nginx(self, name: str, site: str) -> None:
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / f"{name}-site.conf").write_text(site)
        configuration = self.folder / f"{name}.conf"
        configuration.write_text(NGINX.format(folder=self.folder, name=name, user=user))
        with (self.folder / f"{name}.out").open("ab") as log:
            self.processes[f"nginx-{name}"] = subprocess.Popen(
                [nginx(), "-c", str(configuration), "-g", "daemon off;"], stdout=log, stderr=log, start_new_session=True
            )

    def certificate(self) -> Path:
        """The folder with the province's certificate, made for this run."""
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={HOST}",
                "-addext",
                f"subjectAltName=DNS:{HOST}",
                "-keyout",
                str(self.folder / "province.key"),
                "-out",
                str(self.folder / "province.pem"),
            ],
            check=True,
            capture_output=True,
        )
        return self.folder

    def start_postgres(self, new: bool = False) -> None:
        data, owner = self.folder / "postgres", []
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            owner = ["runuser", "-u", "postgres", "--"]
        if new:
            data.mkdir()
            if owner:
                shutil.chown(data, "postgres")
            self._postgres = owner
            password = self.folder / "password"
            password.write_text(self.values["POSTGRES_PASSWORD"])
            password.chmod(0o644)
            arguments = compose.services()["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
            self.run_postgres(
                "initdb", "-D", str(data), "-U", "portal", "--auth=scram-sha-256", f"--pwfile={password}", *arguments
            )
        options = compose.command("postgres")[1:]
        options += [
            "-p",
            str(self.ports["postgres"]),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={data}",
        ]
        self.run_postgres("pg_ctl", "-D", str(data), "-l", str(data / "log"), "-o", " ".join(options), "-w", "start")
        if new:
            self.run_postgres(
                "createdb", "-h", "127.0.0.1", "-p", str(self.ports["postgres"]), "-U", "portal", "portal"
            )

    def stop_postgres(self, mode: str = "fast") -> None:
        self.run_postgres("pg_ctl", "-D", str(self.folder / "postgres"), "-m", mode, "-w", "stop")

    def run_postgres(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [
                *self._postgres,
                "env",
                f"PGPASSWORD={self.values['POSTGRES_PASSWORD']}",
                str(self.bin / program),
                *arguments,
            ],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    def start_redis(self) -> None:
        import shlex

        words = shlex.split(compose.services()["redis"]["command"])
        with (self.folder / "redis.out").open("ab") as log:
            self.processes["redis"] = subprocess.Popen(
                [*words, "--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(self.folder)],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for(self.ports["redis"])

    def wait_for(self, port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(f"nobody listens on port {port}: {sorted(self.processes)}")

    def down(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for process in self.processes.values():
                if process.poll() is None:
                    with suppress(ProcessLookupError):
                        process.send_signal(sign) if sign == signal.SIGTERM else os.killpg(process.pid, sign)
            for process in self.processes.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
        if hasattr(self, "mail"):
            self.mail.stop()
        with suppress(AssertionError):
            self.stop_postgres("immediate")


def nginx() -> str:
    """Debian keeps it out of an ordinary user's PATH."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or "nginx"
