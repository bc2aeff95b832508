"""The way to the server: two clients, one for readers that gives up soon, one for work that may take its time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

# Everything that can go wrong between us and the server.
ERRORS = (ApiError, TransportError)
_SECONDS_FOR_WORK = 60
_ASKERS = 16  # questions under way in one process; further ones wait, and are given up in time


class Unreachable(Exception):
    """The server is away, refuses to write, or cannot answer; the message says why, in one line."""


class Unanswerable(Exception):
    """The server works, but refuses this one question, as one that costs too much."""


def for_readers() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_SECONDS)


def for_work() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_FILE, _SECONDS_FOR_WORK)


@lru_cache(maxsize=8)
def _client(url: str, ca_file: str, seconds: float) -> Elasticsearch:
    """No second try: whoever asks again is the next round of the scheduler, or the next reader."""
    certificate = {"ca_certs": ca_file} if ca_file else {}
    return Elasticsearch(url, request_timeout=seconds, max_retries=0, retry_on_timeout=False, **certificate)


def ask_within(seconds: float, ask: Callable):
    """What `ask()` returns; `Unreachable` when the time is up, whatever keeps it.

    A thread of its own, because the client's limit is one of silence: it knows nothing of a name that is not resolved
    or of an answer that comes drop by drop. `ask` must not touch the database: threads have other connections.
    """
    try:
        future = _askers().submit(ask)
    except RuntimeError:  # a process that ends starts no thread any more, while it still answers its last readers
        return ask()
    try:
        return future.result(timeout=seconds)
    except TimeoutError:
        future.cancel()
        raise Unreachable("no answer in time") from None


@lru_cache(maxsize=1)
def _askers() -> ThreadPoolExecutor:
    """Made with the first question, so after a server has forked its workers."""
    return ThreadPoolExecutor(_ASKERS, thread_name_prefix="search-server")


def reason(error: Exception) -> str:
    """An error in one short line, without the address, which may carry a password."""
    if isinstance(error, ApiError):
        return f"{error.status_code} {error.error}"[:200]
    return type(error).__name__


@contextmanager
def translated_errors():
    """What the client raises inside leaves as `Unreachable`."""
    try:
        yield
    except ERRORS as error:
        raise Unreachable(reason(error)) from error
