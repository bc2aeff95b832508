"""`manage.py benchmark_cache`: what a repeated answer costs beside a view that answers with a constant.

Both pass the same middleware in the same process; only the ratio means anything, the milliseconds are this machine's.
"""

import statistics
import time
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from portal.urls import urlpatterns as portal_urlpatterns

CONSTANT = "/constant-answer/"
MOST = 1.4
urlpatterns = [path(CONSTANT.lstrip("/"), lambda request: HttpResponse("constant")), *portal_urlpatterns]


class Command(BaseCommand):
    help = "CPU of a repeated answer as a multiple of a constant view's; fails above 1.4 or if it asks the database."

    def add_arguments(self, parser):
        parser.add_argument("addresses", nargs="*", default=["/vi/", "/en/", "/zh-hans/"], help="below the prefix")
        parser.add_argument("--rounds", type=int, default=7)
        parser.add_argument("--requests", type=int, default=400, help="a round")

    def handle(self, *args, addresses: list[str], rounds: int, requests: int, **options):
        with override_settings(ROOT_URLCONF=__name__):
            self.handler = WSGIHandler()
            too_slow = [address for address in addresses if self._ratio(address, rounds, requests) > MOST]
        if too_slow:
            raise CommandError(f"More than {MOST} times a constant view: {', '.join(too_slow)}")

    def _ratio(self, address: str, rounds: int, requests: int) -> float:
        """Median over the rounds, each of which asks for both in turn."""
        if self._ask(address) != "200 OK":
            raise CommandError(f"{address} does not answer 200")
        with CaptureQueriesContext(connection) as captured:
            self._ask(address)
        if len(captured):
            raise CommandError(f"{address}: a repeated answer asks {len(captured)} queries")
        pairs = [(self._cpu(address, requests), self._cpu(CONSTANT, requests)) for _round in range(rounds)]
        ratio = statistics.median(page / constant for page, constant in pairs)
        page, constant = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
        self.stdout.write(f"{address}: {page:.3f} ms, constant view {constant:.3f} ms, ratio {ratio:.2f}, 0 queries")
        return ratio

    def _cpu(self, address: str, requests: int) -> float:
        """Seconds of CPU for one request."""
        started = time.process_time()
        for _number in range(requests):
            self._ask(address)
        return (time.process_time() - started) / requests

    def _ask(self, address: str) -> str:
        status = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SCRIPT_NAME": settings.FORCE_SCRIPT_NAME or "",
            "QUERY_STRING": "",
            "SERVER_NAME": settings.PUBLIC_URL.host,
            "SERVER_PORT": str(settings.PUBLIC_URL.port),
            "HTTP_HOST": settings.PUBLIC_URL.origin.partition("://")[2],
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": settings.PUBLIC_URL.scheme,
            "wsgi.input": BytesIO(),
        }
        response = self.handler(environ, lambda line, headers: status.append(line))
        b"".join(response)
        response.close()
        return status[0]
