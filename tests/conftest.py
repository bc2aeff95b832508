"""Fixtures of every suite."""

import gc

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from tests import database
from tests.servers import (  # noqa: F401 (hooks and a fixture)
    chromium,
    pytest_collection_modifyitems,
    pytest_ignore_collect,
    pytest_runtest_setup,
    pytest_unconfigure,
)


def pytest_collection_finish(session):
    """What is loaded stays to the end: to look through it for garbage again and again is a twentieth of a pass."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class PrefixClient(Client):
    """A browser's view: addresses carry the portal's prefix; the server in front takes it off, as nginx does."""

    def generic(self, method, path, *args, **kwargs):
        prefix = settings.FORCE_SCRIPT_NAME or ""
        if path.startswith(("http://", "https://")):
            path = path.removeprefix(settings.PUBLIC_URL.origin)
        return super().generic(method, path.removeprefix(prefix) or "/", *args, **kwargs)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Tables come from a template, so the migrations need not run once for every worker."""
    test = settings.DATABASES["default"].setdefault("TEST", {})
    test["MIGRATE"] = False
    if connection.vendor == "postgresql":
        test["TEMPLATE"] = database.server_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test finds the portal as `manage.py setup` leaves it; made once, rolled back to after each test."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            database.copy_into(connection)


@pytest.fixture
def portal(db, monkeypatch):
    """The empty portal: front and section pages in three languages, roles, workflow; caches empty.

    A test is one transaction that is rolled back, so what waits for its commit would never run: here it runs at once.
    """
    monkeypatch.setattr(transaction, "on_commit", lambda function, using=None, robust=False: function())
    for alias in caches:
        caches[alias].clear()


@pytest.fixture
def client() -> PrefixClient:
    return PrefixClient()


@pytest.fixture
def queue(settings):
    """Tasks wait in the database, as in production, until `tests.worker.work` does them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
