"""The whole register at once, by three queries, however many records there are.

`prefetch_related` makes a queryset for each record, which took more time than all the rest, and asks for a thousand
successors in a form that SQLite refuses.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.names.models import Name, NameSuccession, NameVariant

AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True)
class Register:
    """All records by code; other forms (kind, language, text) and codes of successors by the record's number."""

    names: dict[str, Name]
    forms: dict[int, list[tuple[str, str, str]]]
    successors: dict[int, list[str]]

    @classmethod
    def read(cls) -> "Register":
        forms, successors = defaultdict(list), defaultdict(list)
        for pk, *form in NameVariant.objects.order_by("pk").values_list("name_id", "kind", "language", "text"):
            forms[pk].append(tuple(form))
        for pk, code in NameSuccession.objects.order_by("pk").values_list("name_id", "successor__code"):
            successors[pk].append(code)
        return cls({name.code: name for name in Name.objects.order_by("code")}, dict(forms), dict(successors))


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
