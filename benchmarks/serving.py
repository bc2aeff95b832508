"""`make benchmark-serving`: what a repeated answer costs, inside Django and from nginx, beside the least it could cost.

Django: CPU of a kept page, whole and as 304, over that of a constant view behind the same middleware; with Redis, as in
production, where redis-server is installed. nginx: answers a second of a page from its cache, with compressed bodies
kept, over those of a static file with the same bytes; the real nginx with deploy/nginx.conf and its log, asked by wrk.
Both sides are measured in turns in one run, and the medians of their ratios are what counts.
"""

import argparse
import gzip
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PREFIX, PAGE = "/thongtindoingoai", "/vi/tin-tuc-su-kien/tu-ngay-1-7-2025-lai-chau-co-38-xa-phuong/"
CONSTANT = "/benchmark-constant/"
MOST_CPU, LEAST_RATE = 1.4, 0.6


def main() -> str | None:
    """Measure and print; returns what is worse than promised, for the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=400, help="of a round inside Django")
    parser.add_argument("--seconds", type=int, default=3, help="of a round of nginx")
    options = parser.parse_args()
    missing = [name for name in ("nginx", "wrk") if not _program(name)]
    if missing:
        return f"Not installed: {', '.join(missing)} (Debian's packages of these names)."
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-serving.")))
        _prepare(folder, running)
        cpu = measure_django(options.rounds, options.requests)
        rates = measure_nginx(folder, running, options.rounds, options.seconds)
    shown = [*((f"Django, {name}: CPU", ratio) for name, ratio in cpu.items()), ("nginx, kept page: rate", rates)]
    for name, (ratio, low, high, kept, least) in shown:
        print(f"{name} {ratio:.2f} × the least ({low:.2f} to {high:.2f} by round; {kept} against {least})")
    worse = [name for name, (ratio, *_rest) in shown if (ratio > MOST_CPU if "CPU" in name else ratio < LEAST_RATE)]
    return f"Not as promised: {', '.join(worse)}" if worse else None


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _prepare(folder: Path, running: ExitStack) -> None:
    """The portal with its demo content in this process, with the cache of production where there is a server for it."""
    from tests import database

    shutil.copy(database.demo_template(), folder / "portal.sqlite3")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "PUBLIC_URL": f"http://127.0.0.1:8000{PREFIX}",
    }
    import django
    from django.conf import settings

    settings.DEBUG = False
    if _program("redis-server"):
        port = _port()
        running.enter_context(_process([_program("redis-server"), "--port", str(port), "--save", ""], port))
        kept = {"BACKEND": "portal.operations.cache.ForgivingRedisCache", "LOCATION": f"redis://127.0.0.1:{port}"}
        settings.CACHES = {alias: {**kept, "KEY_PREFIX": alias} for alias in settings.CACHES}
    django.setup()
    _add_constant_view()


def _add_constant_view() -> None:
    from django.http import HttpResponse
    from django.urls import path

    from portal import urls

    body = bytes(range(256)) * 40
    urls.urlpatterns.insert(0, path(CONSTANT.strip("/") + "/", lambda request: HttpResponse(body)))


@contextmanager
def _process(command: list, port: int, **options) -> Iterator[subprocess.Popen]:
    """A server that listens on a port of this machine, for as long as it is needed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(10)


# -- inside Django -------------------------------------------------------------------------------------------------
def measure_django(rounds: int, requests: int) -> dict[str, tuple]:
    """By kind of repeated answer: ratio of CPU to the constant view, least and highest of a round, microseconds."""
    ask = _application()
    _status, headers, body = ask(PAGE)
    etag = dict(headers)["ETag"]
    kinds = {
        "kept page": lambda: ask(PAGE),
        "304": lambda: ask(PAGE, HTTP_IF_NONE_MATCH=etag),
    }
    assert ask(PAGE)[2] == body and kinds["304"]()[0].startswith("304"), "the page is not kept"

    def constant() -> tuple:
        return ask(CONSTANT)

    measured: dict[str, list] = {name: [] for name in kinds}
    for _round in range(rounds):
        for name, kept in kinds.items():
            least = _cpu(constant, requests)
            measured[name].append((_cpu(kept, requests), least))
    return {
        name: _summary(pairs, lambda seconds: f"{seconds / requests * 1e6:.0f} µs") for name, pairs in measured.items()
    }


def _application() -> Callable[..., tuple]:
    """Ask the whole application, with every middleware, as a WSGI server does."""
    from io import BytesIO

    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()

    def ask(path: str, **headers: str) -> tuple:
        answer: list = []
        environment = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            **headers,
        }
        response = application(environment, lambda status, headers: answer.extend((status, headers)))
        body = b"".join(response)
        response.close()
        return (*answer, body)

    return ask


def _cpu(ask: Callable[[], tuple], requests: int) -> float:
    started = time.process_time()
    for _number in range(requests):
        ask()
    return time.process_time() - started


# -- from nginx ----------------------------------------------------------------------------------------------------
def measure_nginx(folder: Path, running: ExitStack, rounds: int, seconds: int) -> tuple:
    """Ratio of answers a second from the cache to those of a file, least and highest of a round, and the rates."""
    from tests.browser.portal_server import PortalServer

    (folder / "portal").mkdir()
    portal = PortalServer.start(folder / "portal")
    running.callback(portal.stop)
    port = _port()
    configuration = _nginx_configuration(folder, portal, port)
    running.enter_context(_process([_program("nginx"), "-c", configuration, "-g", "daemon off;"], port))
    page, file = f"http://127.0.0.1:{port}{PREFIX}{PAGE}", f"http://127.0.0.1:{port}{PREFIX}/static/page.html"
    _copy_as_file(portal.address(PAGE), folder / "static" / "page.html")
    pairs = []
    for _round in range(rounds):
        least = _rate(file, portal.port, seconds)
        pairs.append((_rate(page, portal.port, seconds), least))
    return _summary(pairs, lambda rate: f"{rate:.0f}/s")


def _nginx_configuration(folder: Path, portal, port: int) -> str:
    from tests.stack.compose import render_nginx
    from tests.stack.stack import NGINX

    for name in ("static", "cache", "empty", "switch"):
        (folder / name).mkdir()
    folder.chmod(0o755)  # nginx's own user reads here
    site = render_nginx(
        {
            "PUBLIC_URL": f"http://127.0.0.1:{port}{PREFIX}",
            "NGINX_LISTEN": f"127.0.0.1:{port}",
            "NGINX_CACHE": str(folder / "cache"),
            "NGINX_EMPTY": str(folder / "empty"),
            "NGINX_PROXY_CONF": str(ROOT / "deploy" / "proxy.conf"),
            "WEB_1": f"127.0.0.1:{portal.port}",
            "WEB_2": f"127.0.0.1:{portal.port}",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "empty"),
            "ACCEL_LOCATION": "/-files/",
            "MAINTENANCE_PAGES": str(ROOT / "deploy" / "maintenance"),
            "MAINTENANCE_SWITCH": str(folder / "switch"),
        }
    )
    (folder / "bench-site").mkdir()
    (folder / "bench-site" / "default.conf").write_text(site.replace("/dev/stdout", str(folder / "access.log")))
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "bench.conf").write_text(NGINX.format(folder=folder, name="bench", user=user))
    return str(folder / "bench.conf")


def _copy_as_file(address: str, file: Path) -> None:
    """The page's bytes as a static file, compressed beside it as collectstatic does."""
    from urllib.request import urlopen

    body = urlopen(address).read()
    file.write_bytes(body)
    file.with_suffix(".html.gz").write_bytes(gzip.compress(body, 6))


def _rate(address: str, port: int, seconds: int) -> float:
    """Answers a second. The port is the one of the portal's own address: what is asked for by another is not kept."""
    headers = ["-H", "Accept-Encoding: gzip", "-H", f"Host: 127.0.0.1:{port}"]
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", *headers, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{address} is not answered well:\n{said}")
    return next(float(line.split()[1]) for line in said.splitlines() if line.startswith("Requests/sec"))


def _summary(pairs: list[tuple[float, float]], write: Callable[[float], str]) -> tuple:
    ratios = [measured / least for measured, least in pairs]
    middle = [write(statistics.median(column)) for column in zip(*pairs, strict=True)]
    return (statistics.median(ratios), min(ratios), max(ratios), *middle)


if __name__ == "__main__":
    sys.exit(main())
