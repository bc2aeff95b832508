"""What keeps the server's documents equal to the rows: small steps after each change, and whole rebuilds.

Every step may be cut off at any point and done again. Documents carry versions (the number of the change, or 1 where a
rebuild copied the row), and the server refuses an older one, so the order in which steps arrive does not matter.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from elasticsearch import Elasticsearch

from portal.search.engines import outbox
from portal.search.engines.elastic import indices
from portal.search.engines.elastic.connection import (
    ERRORS,
    Unreachable,
    ask_within,
    for_work,
    reason,
    translated_errors,
)
from portal.search.engines.elastic.schema import document
from portal.search.models import SearchChange, SearchEntry

logger = logging.getLogger(__name__)

CHUNK = 200  # rows read at once
_LARGEST_REQUEST = 4_000_000  # characters; the server takes 100 MB, but a small one has little memory
_COPIED = 1  # the version of a row that a rebuild copied; those of changes are higher
_BLOCKED, _BUSY = 403, 429
_SECONDS_TO_GREET = 10
Progress = Callable[[int, int], None]


def catch_up() -> int:
    """Tell the server of every change that it has not heard of; make indices that are missing or of another shape.

    Return how many changes there were. Raise `Unreachable` if it could not take them all: they stay noted.
    """
    client = for_work()
    outbox.ensure()
    with translated_errors():
        # A server that hangs must not keep the scheduler, which has pages to publish, for as long as work may take.
        ask_within(_SECONDS_TO_GREET, client.info)
        for language in indices.languages():
            present = indices.of_language(client, language)
            indices.remove(client, [index for index in present if index.is_abandoned])
            if language in outbox.of_whole_languages().values() or not any(index.is_current for index in present):
                rebuild(language)
        return _apply_changes(client)


def rebuild(language: str, progress: Progress = lambda done, total: None) -> int:
    """Make the index of a language again while the old one serves; return how many documents it has."""
    client = for_work()
    outbox.ensure()
    done = [number for number, whole in outbox.of_whole_languages().items() if whole == language]
    with translated_errors():
        index = indices.create(client, language)
        try:
            _copy_rows(client, index, SearchEntry.objects.filter(language=language), progress)
            _apply_changes(client)
            client.indices.refresh(index=index.name)
            indices.serve(client, language, index)
            SearchChange.objects.filter(pk__in=done).delete()
        except BaseException:
            _remove_quietly(client, index)
            raise
        return client.count(index=index.name)["count"]


def differences() -> dict[str, tuple[int, int | None]]:
    """Rows and documents by language, both only what readers may find now."""
    client, now = for_work(), timezone.now()
    with translated_errors():
        return {
            language: (
                SearchEntry.objects.open(now).filter(language=language).count(),
                indices.count(client, language, now),
            )
            for language in indices.languages()
        }


def mend() -> list[str]:
    """Make again what disagrees with its rows although every change was told; return these languages.

    Happens after somebody removed documents by hand.
    """
    if SearchChange.objects.exists():
        return []
    wrong = [language for language, (rows, documents) in differences().items() if rows != documents]
    for language in wrong:
        logger.warning("The search index of %s disagrees with its rows: it is made again.", language)
        rebuild(language)
    return wrong


def _copy_rows(client: Elasticsearch, index: indices.Index, rows: QuerySet, progress: Progress) -> None:
    total, done, last = rows.count(), 0, 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        operations = []
        for row in chunk:
            operations += _put(index, row, _COPIED)
        _send(client, operations)
        done, last = done + len(chunk), chunk[-1].pk
        progress(done, max(done, total))


def _apply_changes(client: Elasticsearch) -> int:
    """All noted changes, to every index of their language, also to one that is being built."""
    count = 0
    while changes := list(SearchChange.objects.exclude(key="").order_by("pk")[:CHUNK]):
        latest = {(change.key, change.language): change.pk for change in changes}
        # Read after the notes and before the rows: a rebuild that begins later reads rows at least as new.
        targets = {language: indices.of_language(client, language) for language in {key[1] for key in latest}}
        rows = SearchEntry.objects.in_bulk({key for key, _ in latest}, field_name="key")
        operations = []
        for (key, language), number in latest.items():
            row = rows.get(key)
            for index in targets[language]:
                if row is not None and row.language == language:
                    operations += _put(index, row, number + _COPIED)
                else:
                    operations.append(_operation("delete", index, key, number + _COPIED))
        _send(client, operations)
        SearchChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
        count += len(changes)
        for index in chain(*targets.values()):
            client.options(ignore_status=404).indices.refresh(index=index.name)
    return count


def _put(index: indices.Index, row: SearchEntry, version: int) -> list[dict]:
    return [_operation("index", index, row.key, version), document(row)]


def _operation(name: str, index: indices.Index, key: str, version: int) -> dict:
    return {name: {"_index": index.for_writing, "_id": key, "version": version, "version_type": "external_gte"}}


def _send(client: Elasticsearch, operations: list[dict]) -> None:
    """In requests of bounded size. Raise `Unreachable` unless all was taken, was known already, or never can be."""
    for part in _parts(operations):
        _send_part(client, part)


def _parts(operations: list[dict]) -> Iterator[list[dict]]:
    part, size = [], 0
    for operation in operations:
        part.append(operation)
        size += len(operation.get("everything", ""))
        if size > _LARGEST_REQUEST and "everything" in operation:  # not between a row's operation and its document
            yield part
            part, size = [], 0
    if part:
        yield part


def _send_part(client: Elasticsearch, operations: list[dict]) -> None:
    answer = client.bulk(operations=operations, require_alias=True)
    if not answer["errors"]:
        return
    for name, outcome in _outcomes(answer["items"]):
        status, error = outcome["status"], outcome.get("error", {})
        if status < 300 or status == 409 or (name == "delete" and status == 404):
            continue
        if error.get("type") == "index_not_found_exception":
            continue  # an index that was being built, and was given up
        if status in (_BLOCKED, _BUSY) or status >= 500:
            raise Unreachable(f"{status} {error.get('reason', '')}"[:200])
        logger.error("The search server refuses %s for good: %s", outcome["_id"], error.get("reason"))


def _outcomes(items: Iterable[dict]) -> Iterator[tuple[str, dict]]:
    for item in items:
        yield from item.items()


def _remove_quietly(client: Elasticsearch, index: indices.Index) -> None:
    try:
        indices.remove(client, [index])
    except ERRORS as error:
        logger.warning("An unfinished search index stays behind (%s): %s", index.name, reason(error))
