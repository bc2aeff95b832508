"""The indices of a language: the one that serves, named by an alias, and perhaps one that is being built.

`portal-search.vi` is the alias that readers ask, `portal-search.vi.20260102t030405-1a2b` an index. Work is written
through an alias of the index's own: an index that somebody has just removed must not come back by being written to.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError

from portal.search.engines.elastic.schema import MAPPING, SETTINGS, VERSION

_WRITING = ".write"
_MOMENT = "%Y%m%dt%H%M%S"
_LONGEST_REBUILD = timedelta(hours=2)


@dataclass(frozen=True)
class Index:
    """An index as the server has it."""

    name: str
    serves: bool
    version: str

    @property
    def for_writing(self) -> str:
        return self.name + _WRITING

    @property
    def is_abandoned(self) -> bool:
        """Whether it was being built by a process that must have ended."""
        begun = datetime.strptime(self.name.rpartition(".")[2].partition("-")[0], _MOMENT).replace(tzinfo=UTC)
        return not self.serves and timezone.now() - begun > _LONGEST_REBUILD

    @property
    def is_current(self) -> bool:
        return self.serves and self.version == VERSION


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def alias_of(language: str) -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}.{language}"


def of_language(client: Elasticsearch, language: str) -> list[Index]:
    """Every index of a language."""
    alias = alias_of(language)
    found = client.indices.get(index=f"{alias}.*", features=["aliases", "mappings"], expand_wildcards="open")
    return [
        Index(
            name=name,
            serves=alias in about["aliases"],
            version=about["mappings"].get("_meta", {}).get("version", ""),
        )
        for name, about in sorted(found.items())
    ]


def create(client: Elasticsearch, language: str) -> Index:
    """An empty index that serves nobody yet."""
    name = f"{alias_of(language)}.{timezone.now():{_MOMENT}}-{uuid.uuid4().hex[:6]}"
    index = Index(name, serves=False, version=VERSION)
    client.indices.create(
        index=name,
        settings=SETTINGS,
        mappings={**MAPPING, "_meta": {"version": VERSION}},
        aliases={index.for_writing: {}},
    )
    return index


def serve(client: Elasticsearch, language: str, index: Index) -> None:
    """From this moment readers ask this index; every other of the language goes."""
    alias = alias_of(language)
    others = [other for other in of_language(client, language) if other.name != index.name]
    actions = [{"remove": {"index": other.name, "alias": alias}} for other in others if other.serves]
    client.indices.update_aliases(actions=[*actions, {"add": {"index": index.name, "alias": alias}}])
    remove(client, others)


def remove(client: Elasticsearch, unwanted: list[Index]) -> None:
    for index in unwanted:
        try:
            client.indices.delete(index=index.name)
        except NotFoundError:
            pass  # somebody else was faster


def count(client: Elasticsearch, language: str, now) -> int | None:
    """How many documents readers may find in a language; None where no index serves."""
    try:
        answer = client.count(index=alias_of(language), query={"bool": {"filter": [still_open(now)]}})
    except NotFoundError:
        return None
    return answer["count"]


def still_open(now) -> dict:
    """The condition that a document's own end has not come."""
    return {"bool": {"must_not": [{"range": {"public_until": {"lte": now.isoformat()}}}]}}
