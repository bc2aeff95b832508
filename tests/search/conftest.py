"""What the search tests share: changes that are committed, so that their tasks run, and one way to ask."""

import time
import uuid
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection as django_connection
from django.http import QueryDict
from elasticsearch import Elasticsearch

from portal.search.engines import fallback, get_engine, outbox
from portal.search.engines.elastic import connection, sync
from portal.search.models import SearchChange, SearchEntry
from portal.search.query import SearchQuery
from tests.servers import elasticsearch_url

PATIENCE = 60  # seconds to wait for a server: several test processes share a small machine


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def portal(request, db):
    """The portal of every suite, but with real commits: here it matters what happens before one and what after.

    Once for each engine. After a test with Elasticsearch: it must have been Elasticsearch that answered.
    """
    for alias in caches:
        caches[alias].clear()
    if request.param == "database":
        yield
        return
    request.getfixturevalue("elasticsearch")
    yield
    assert fallback.away() is None


@pytest.fixture(scope="session")
def elasticsearch_prefix():
    """The names of this process's indices begin with it; they go when the tests are over."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    remove_indices(prefix)


@pytest.fixture
def elasticsearch(settings, elasticsearch_prefix, db):
    """A real server that knows the rows as every test finds them. Its indices stay, because making them takes long."""
    use_server(settings, elasticsearch_url(), elasticsearch_prefix)
    outbox.ensure()
    SearchChange.objects.filter(key="").delete()  # not made again for each test: every row is told below
    number_changes_from_now()
    client = connection.for_work()
    if client.indices.exists(index=f"{elasticsearch_prefix}.vi"):
        client.delete_by_query(index=f"{elasticsearch_prefix}.*", query={"match_all": {}}, refresh=True)
    SearchChange.objects.bulk_create(
        SearchChange(key=row.key, language=row.language) for row in SearchEntry.objects.all()
    )
    sync.catch_up()


def use_server(settings, url: str, prefix: str) -> None:
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = url, prefix
    settings.ELASTICSEARCH_SECONDS = PATIENCE


def remove_indices(prefix: str) -> None:
    client = Elasticsearch(elasticsearch_url())
    if names := client.indices.get(index=f"{prefix}.*", features="aliases"):
        client.indices.delete(index=",".join(names))


def number_changes_from_now() -> None:
    """Changes number documents, and rolled back tests give the same numbers again: go on from the time instead."""
    number = time.time_ns() // 1000
    if django_connection.vendor == "postgresql":
        with django_connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{SearchChange._meta.db_table}', 'id'), %s)", [number]
            )
    else:
        SearchChange.objects.create(pk=number).delete()


@pytest.fixture
def committed(portal, django_capture_on_commit_callbacks):
    """`with committed(): …`: what waits for the commit runs at the end of the block, tasks included."""

    @contextmanager
    def block():
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return block


@pytest.fixture
def ask(portal):
    """`ask("lai chau")` → the answer as an engine gives it."""

    def answer(text: str, language: str = "vi", **narrowing):
        data = QueryDict(mutable=True)
        data["q"] = text
        for name, value in narrowing.items():
            data[name] = value
        return get_engine().search(SearchQuery.from_get(data, language))

    return answer


@pytest.fixture
def titles(ask):
    """`titles("lai chau")` → the titles found, best first."""
    return lambda text, language="vi", **narrowing: [hit.title for hit in ask(text, language, **narrowing).hits]
