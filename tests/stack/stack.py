"""The portal in production, on this machine: what docker-compose.yml starts, from Debian's packages.

readers ── province (nginx, TLS) ── nginx (deploy/nginx.conf) ── web-1, web-2 ── PostgreSQL, Redis, Elasticsearch
                                                         two workers, two schedulers, a mail server
"""

import json
import os
import random
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
import uuid
from contextlib import suppress
from pathlib import Path

import requests
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.servers import elasticsearch_url, find_program
from tests.stack import compose
from tests.stack.compose import ROOT
from tests.stack.postgres import Postgres
from tests.stack.waiting import PATIENCE, wait_until

MANUAL = ROOT / "docs" / "operations.md"
HOST = "laichau.test"
PREFIX = "/thongtindoingoai"
# Not those that the system gives to outgoing connections: a server that is started again must find its port free.
PORTS = range(21000, 22000)
# Every process that compose keeps running, by our name and that of its service.
PROCESSES = {
    "redis": "redis",
    **{f"web-{number}": f"web-{number}" for number in (1, 2)},
    **{f"worker-{number}": "worker" for number in (1, 2)},
    **{f"scheduler-{number}": "scheduler" for number in (1, 2)},
}
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
    include {folder}/{name}-site/*.conf;
}}
"""


# Programs of nginx's image: its own, which finds its configuration, and one that fills in variables that are named.
IN_NGINX = {
    "nginx": """#!/bin/sh
exec {nginx} -c {folder}/portal.conf "$@"
""",
    "envsubst": """#!{python}
import os, re, sys
named = set(re.findall(r"\\w+", sys.argv[1]))
fill = lambda match: os.environ[match[1]] if match[1] in named else match[0]
text = re.sub(r"[$]{{(\\w+)}}", fill, sys.stdin.read())
print(text.replace("/dev/stdout", "{folder}/access.log"))
""",
}


def free_ports(names: tuple[str, ...]) -> dict[str, int]:
    """A port for every name."""
    found: dict[str, int] = {}
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found[names[len(found)]] = port
        if len(found) == len(names):
            return found
    raise AssertionError("no free ports")


class Mailbox(Message):
    """Keeps every mail that arrives."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


class Stack:
    """All processes, by name. `folder` holds everything that they write, and goes with them."""

    def __init__(self, folder: Path, root: Path = ROOT):
        self.folder = folder
        self.root = root  # of the version whose processes are started from now on
        self.processes: dict[str, subprocess.Popen] = {}
        names = ("tls", "http", "postgres", "redis", "web-1", "web-2", "private-1", "private-2", "smtp")
        self.ports = free_ports(names)
        self.origin = f"https://{HOST}:{self.ports['tls']}"
        self.url = self.origin + PREFIX
        self.media, self.static, self.switch = folder / "media", folder / "static", folder / "switch"
        for path in (self.media, self.static, self.switch, folder / "empty"):
            path.mkdir()
        self.mailbox = Mailbox()
        self._desk: subprocess.Popen | None = None  # started when it is first needed
        self._desk_of: Path | None = None  # the version that it is of
        self.values = {  # what an operator writes into .env
            "PUBLIC_URL": self.url,
            "SECRET_KEY": "a-secret-of-the-stack-suite-which-is-long-enough",
            "POSTGRES_PASSWORD": "secret",
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.ports['smtp']}",
            "OPERATOR_EMAILS": "operator@laichau.test",
            "RELEASE": "1",
            "ELASTICSEARCH_URL": elasticsearch_url(),
            "ELASTICSEARCH_PREFIX": f"stack-{uuid.uuid4().hex[:8]}",
        }
        self.postgres = Postgres(folder / "postgres", self.ports["postgres"], self.values["POSTGRES_PASSWORD"])

    # --- environment and processes ---

    @property
    def places(self) -> dict[str, str]:
        """Where on this machine is what the compose file speaks of."""
        return {
            "/tmp": str(self.folder),
            "postgres:5432": f"127.0.0.1:{self.ports['postgres']}",
            "redis:6379": f"127.0.0.1:{self.ports['redis']}",
            "172.30.77.5": "127.0.0.1",
            "172.30.77.11:8000": f"127.0.0.1:{self.ports['web-1']}",
            "172.30.77.12:8000": f"127.0.0.1:{self.ports['web-2']}",
            "/srv/media": str(self.media),
            "/srv/static": str(self.static),
            "/srv/backups": str(self.folder / "backups"),
            "/srv/maintenance": str(self.root / "deploy" / "maintenance"),
            "/srv/switch": str(self.switch),
            "/var/empty": str(self.folder / "empty"),
            "/etc/nginx/portal-proxy.conf": str(self.root / "deploy" / "proxy.conf"),  # of versions before
            "/srv/deploy": str(self.root / "deploy"),
        }

    def environment(self, service: str) -> dict[str, str]:
        """The variables of a service."""
        variables = compose.environment(service, self.values, self.places, self.root)
        if service.startswith("web"):
            number = service[-1]
            variables["WEB_PORT"] = str(self.ports[service])
            variables["PRIVATE_PORT"] = str(self.ports[f"private-{number}"])
            variables["PROMETHEUS_MULTIPROC_DIR"] = str(self.folder / f"metrics-{number}")
        base = {
            "PATH": f"{self.root / '.venv' / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        return {**base, **variables}

    def start(self, name: str, before: list[str] = [], cwd: Path | None = None) -> subprocess.Popen:  # noqa: B006
        """Start one process of the compose file; `before` are words before its command."""
        service = PROCESSES.get(name, name)
        if service == "redis":
            return self._start_redis()
        command = [*before, *compose.command(service, self.root)]
        return self._run(name, command, cwd=cwd or self.root, env=self.environment(service))

    def _run(self, name: str, command: list[str], **options) -> subprocess.Popen:
        with (self.folder / f"{name}.out").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **options)
        self.processes[name] = process
        return process

    def stop(self, name: str, sign: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            if sign == signal.SIGKILL:
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
        process.wait(PATIENCE)

    def deploy(self) -> None:
        """What is run once before the new processes start."""
        process = self.start("deploy")
        code = process.wait(900)
        self.processes.pop("deploy")
        assert code == 0, self.log("deploy")[-3000:]

    def manage(self, *arguments: str, service: str = "deploy", cwd: Path | None = None) -> str:
        """`manage.py` as an operator runs it in a container."""
        done = subprocess.run(
            ["python", "manage.py", *arguments],
            cwd=cwd or self.root,
            env=self.environment(service),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def query(self, sql: str) -> list[tuple]:
        """Rows of the portal's database, past the portal."""
        return self.postgres.query(sql)

    def desk(self, call: str) -> str:
        """Something that the editors do, by a function of the running version's `desk.py`; what it prints."""
        if self._desk_of != self.root:
            self._close_desk()
            self._desk, self._desk_of = self.start_desk("serve()"), self.root
        self._desk.stdin.write(json.dumps(call) + "\n")
        self._desk.stdin.flush()
        answer = json.loads(self._desk.stdout.readline())
        assert not answer["error"], answer["error"]
        return answer["printed"].strip()

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.communicate()  # the end of what it reads is its own

    def start_desk(self, call: str) -> subprocess.Popen:
        """The same in a process of its own."""
        code = f"from tests.stack import desk; desk.{call}"
        command, environment = ["python", "manage.py", "shell", "-v0", "-c", code], self.environment("deploy")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=self.root, env=environment, **pipes)

    def tasks(self) -> dict[str, int]:
        """Number of background tasks by state."""
        return dict(self.query("SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"))

    def rest(self) -> None:
        """Wait until the workers have nothing left to do; whether they succeeded is for the test to say."""
        wait_until(lambda: not {"READY", "RUNNING"} & set(self.tasks()), "all background tasks are done", 900)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.out").read_text(errors="replace")

    def access_log(self) -> list[str]:
        return (self.folder / "access.log").read_text(errors="replace").splitlines()

    def wait_for_line(self, number: str) -> None:
        """Until nginx has noted the request of this number, which it does once the answer is out."""
        wait_until(lambda: any(number in line for line in self.access_log()), "nginx has noted the request")

    # --- the whole ---

    def up(self) -> None:
        """Servers, and what `deploy` makes of an empty database."""
        self.postgres.create()
        self.start("redis")
        self.start_mail()
        self.deploy()

    def start_mail(self) -> None:
        self.mail = Controller(self.mailbox, hostname="127.0.0.1", port=self.ports["smtp"], ready_timeout=PATIENCE)
        self.mail.start()

    def serve(self) -> None:
        """The processes that compose starts after `deploy`, each kind twice, behind both nginx."""
        self._start_nginx("portal", self._site(), self.ports["http"])
        self._make_certificate()
        site = PROVINCE.format(tls=self.ports["tls"], http=self.ports["http"], folder=self.folder, host=HOST)
        self._start_nginx("province", site, self.ports["tls"])
        self.make_whole()

    def _nginx_variables(self) -> dict[str, str]:
        return {**self.environment("nginx"), "NGINX_LISTEN": f"127.0.0.1:{self.ports['http']}"}

    def _site(self) -> str:
        site = compose.render_nginx(self._nginx_variables(), self.root)
        return site.replace("/dev/stdout", str(self.folder / "access.log"))

    def reload_nginx(self) -> None:
        """With the configuration of the version whose processes are started now, as the manual says."""
        folder, script = re.search(r"`docker compose exec nginx sh (/srv/\w+)/(\S+)`", MANUAL.read_text()).groups()
        volumes = [volume.split(":") for volume in compose.services(self.root)["nginx"]["volumes"]]
        mounted = {there: here for here, there, *_mode in volumes}
        programs = self.folder / "in-nginx"  # what its image has
        programs.mkdir()
        known = {"python": sys.executable, "nginx": find_program("nginx"), "folder": self.folder}
        for name, text in IN_NGINX.items():
            (programs / name).write_text(text.format(**known))
            (programs / name).chmod(0o755)
        variables = {**self._nginx_variables(), "NGINX_ENVSUBST_OUTPUT_DIR": str(self.folder / "portal-site")}
        variables["PATH"] = f"{programs}:{os.environ['PATH']}"
        command = ["sh", str(self.root / mounted[folder] / script)]
        done = subprocess.run(command, env=variables, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def make_whole(self) -> None:
        """Everything runs and answers, whatever a test stopped or killed."""
        if not self.postgres.is_running():
            self.postgres.start()
        for name in PROCESSES:
            if name not in self.processes or self.processes[name].poll() is not None:
                self.start(name)
        for number in (1, 2):
            wait_until(lambda number=number: self.is_ready(number), f"web-{number} is ready")

    def is_ready(self, number: int) -> bool:
        """Whether a web process can do its work, with every part but perhaps room on this machine's disk."""
        name = f"web-{number}"
        assert self.processes[name].poll() is None, self.log(name)[-3000:]
        with suppress(requests.RequestException):
            answer = self.readiness(number)
            return answer.status_code == 200 and set(answer.json()["failing"]) <= {"disk"}
        return False

    def readiness(self, number: int) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.ports[f'private-{number}']}/readyz", timeout=60)

    def down(self) -> None:
        self._close_desk()
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for process in self.processes.values():
                if process.poll() is None:
                    with suppress(ProcessLookupError):
                        process.send_signal(sign) if sign == signal.SIGTERM else os.killpg(process.pid, sign)
            for process in self.processes.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(30)
        if hasattr(self, "mail"):
            self.mail.stop()
        with suppress(AssertionError):
            self.postgres.stop("immediate")
        if address := self.values["ELASTICSEARCH_URL"]:
            indices = f"{address.rstrip('/')}/{self.values['ELASTICSEARCH_PREFIX']}.*?expand_wildcards=all"
            with suppress(OSError):
                urllib.request.urlopen(urllib.request.Request(indices, method="DELETE"), timeout=30).close()

    # --- servers that are not the portal's ---

    def wait_for(self, name: str, port: int) -> None:
        def listens() -> bool:
            assert self.processes[name].poll() is None, self.log(name)[-3000:]
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(listens, f"{name} listens on port {port}")

    def _start_redis(self) -> subprocess.Popen:
        words = shlex.split(compose.services()["redis"]["command"])
        place = ["--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        process = self._run("redis", [*words, *place])
        self.wait_for("redis", self.ports["redis"])
        return process

    def _start_nginx(self, name: str, site: str, port: int) -> None:
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / f"{name}-site").mkdir()
        (self.folder / f"{name}-site" / "default.conf").write_text(site)
        configuration = self.folder / f"{name}.conf"
        configuration.write_text(NGINX.format(folder=self.folder, name=name, user=user))
        self._run(f"nginx-{name}", [find_program("nginx"), "-c", str(configuration), "-g", "daemon off;"])
        self.wait_for(f"nginx-{name}", port)

    def _make_certificate(self) -> None:
        """The province's, made for this run."""
        words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}"
        files = ["-keyout", str(self.folder / "province.key"), "-out", str(self.folder / "province.pem")]
        subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
