"""What the search tests share: changes that are committed, so that their tasks run, and one way to ask."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.http import QueryDict

from portal.search.engines import get_engine
from portal.search.query import SearchQuery


@pytest.fixture
def portal(db):
    """The portal of every suite, but with real commits: here it matters what happens before one and what after."""
    for alias in caches:
        caches[alias].clear()


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
