"""The whole register at once, by three queries, however many records there are, and what is worked out of all of it.

`prefetch_related` makes a queryset for each record, which took more time than all the rest, and asks for a thousand
successors in a form that SQLite refuses.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import QuerySet

from portal.names.models import Name, NameSuccession, NameVariant
from portal.publishing.generation import cached

AT_ONCE = 500  # ids in one statement
_COLUMNS = ("pk", "code", "kind", "vi", "zh_hans", "zh_hant", "pinyin", "en", "ended_on", "approved")


class Record(NamedTuple):
    """One record as plain values. `forms` are (kind, language, text), `successors` numbers of other records."""

    pk: int
    code: str
    kind: str
    vi: str
    zh_hans: str
    zh_hant: str
    pinyin: str
    en: str
    ended_on: date | None
    approved: bool
    forms: tuple[tuple[str, str, str], ...]
    successors: tuple[int, ...]

    @property
    def texts(self) -> list[str]:
        """Every form that is not empty, the present ones first."""
        present = (self.vi, self.zh_hans, self.zh_hant, self.pinyin, self.en)
        return [text for text in (*present, *(text for _kind, _language, text in self.forms)) if text]


class _Snapshot:
    """The register as this process read it last. A generation begins with every publication, but names seldom change:
    which register is the present one is asked once a generation, by one process for all."""

    def __init__(self):
        self._last: tuple[str, tuple[Record, ...]] = ("", ())

    def state(self) -> str:
        """A digest of all records. Three queries for the first who asks in a generation."""
        return cached("register-state", lambda: self._read()[0])

    def records(self) -> tuple[Record, ...]:
        """All of them, by their Vietnamese names."""
        return self.present()[1]

    def present(self) -> tuple[str, tuple[Record, ...]]:
        """A digest and the records that it is of. Another thread may see another register: in a transaction of its
        own, or because it began to read before a change."""
        state, last = self.state(), self._last
        return last if last[0] == state else self._read()

    def _read(self) -> tuple[str, tuple[Record, ...]]:
        forms, successors = _other_forms(), _successors("successor_id")
        rows = list(Name.objects.order_by("vi", "pk").values_list(*_COLUMNS))
        there = {row[0] for row in rows}  # a name may have gone since the statement before

        def following(pk: int) -> tuple[int, ...]:
            return tuple(other for other in successors[pk] if other in there)

        records = tuple(Record(*row, tuple(forms[row[0]]), following(row[0])) for row in rows)
        self._last = last = hashlib.sha256(repr(records).encode()).hexdigest(), records
        return last


_snapshot = _Snapshot()
state, records, present = _snapshot.state, _snapshot.records, _snapshot.present


class OfEveryRecord:
    """What a function makes of every record, in this process: once for each, and again for those that changed."""

    def __init__(self, make: Callable[[Record], Any]):
        self._make, self._lock = make, Lock()
        self._last: tuple[str, dict[Record, Any], tuple] = ("", {}, ())

    def values(self) -> tuple:
        """In the order of the records, without those of which nothing is made (None)."""
        (now, register), last = present(), self._last
        if last[0] != now:
            with self._lock:
                before = self._last[1]
                made = {one: before[one] if one in before else self._make(one) for one in register}
                self._last = last = now, made, tuple(value for value in made.values() if value is not None)
        return last[2]


@dataclass(frozen=True)
class Register:
    """All records by code; other forms (kind, language, text) and codes of successors by the record's number."""

    names: dict[str, Name]
    forms: dict[int, list[tuple[str, str, str]]]
    successors: dict[int, list[str]]

    @classmethod
    def read(cls) -> "Register":
        forms, successors = _other_forms(), _successors("successor__code")
        return cls({name.code: name for name in Name.objects.order_by("code")}, dict(forms), dict(successors))


def _other_forms() -> dict[int, list[tuple[str, str, str]]]:
    """By the record's number: kind, language and text of each."""
    forms = defaultdict(list)
    for pk, *form in NameVariant.objects.order_by("pk").values_list("name_id", "kind", "language", "text"):
        forms[pk].append(tuple(form))
    return forms


def _successors(field: str) -> dict[int, list]:
    """By the record's number: what a field says of each."""
    successors = defaultdict(list)
    for pk, other in NameSuccession.objects.order_by("pk").values_list("name_id", field):
        successors[pk].append(other)
    return successors


def with_children(ids: list[int]) -> list[Name]:
    """These records, their other forms and successors in them."""
    names = {name.pk: name for name in Name.objects.filter(pk__in=ids)}
    variants = _by_name(NameVariant.objects.filter(name__in=ids))
    successions = _by_name(NameSuccession.objects.filter(name__in=ids))
    for pk, name in names.items():
        name.variants, name.successions = variants[pk], successions[pk]  # in memory only: nothing is saved by this
    return list(names.values())


def _by_name(children: QuerySet) -> dict[int, list]:
    found = defaultdict(list)
    for child in children.order_by("pk"):
        found[child.name_id].append(child)
    return found


def portions(ids: Iterable[int]) -> Iterable[list[int]]:
    """Ids in parts of a size that every database takes in one statement."""
    ids = list(ids)
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
