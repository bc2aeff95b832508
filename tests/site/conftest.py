"""The demo content, for tests that walk the whole site. Loaded once a module and gone after it."""

from collections import defaultdict

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from wagtail.models import Page

from portal.publishing.visibility import is_public
from tests import database
from tests.conftest import PrefixClient


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The portal with its demo content, read-only: tests of these modules change nothing."""
    with django_db_blocker.unblock():
        for alias in caches:
            caches[alias].clear()
        with override_settings(MEDIA_ROOT=database.copy_into(connection, database.DEMO)):
            yield
        database.copy_into(connection)
        for alias in caches:
            caches[alias].clear()


@pytest.fixture
def site(demo, db):
    """Public pages by language code: {"vi": [Page, …], …}."""
    pages = defaultdict(list)
    for page in Page.objects.filter(depth__gt=1).select_related("locale").order_by("path"):
        if is_public(page):
            pages[page.locale.language_code].append(page)
    return pages


class Visits:
    """Answers by address: pages that several tests look at are asked for and read once."""

    def __init__(self):
        self.client = PrefixClient()
        self.answers = {}

    def __call__(self, address: str):
        if address not in self.answers:
            response = self.client.get(address)
            response.html = read(response)
            self.answers[address] = response
        return self.answers[address]


@pytest.fixture(scope="module")
def _visits(demo):
    return Visits()


@pytest.fixture
def visit(_visits, db):
    """`visit(address)`: the answer, its HTML read as `.html`."""
    return _visits


def read(response) -> BeautifulSoup:
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return BeautifulSoup("", "html.parser")
    return BeautifulSoup(response.content, "html.parser")
