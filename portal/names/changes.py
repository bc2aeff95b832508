"""Writing many records of the register at once: some statements for a thousand rows, with a revision and a log entry
for each as if it had been saved in its form."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from portal.names.models import Name, NameSuccession, NameVariant
from portal.names.whole import AT_ONCE, portions, with_children
from portal.publishing.generation import raise_generation

_WRITTEN = ["kind", "vi", "zh_hans", "zh_hant", "pinyin", "en", "source", "source_date", "ended_on", "approved"]


class Changes:
    """New and changed records with the forms and successors they get; None where these stay as they are."""

    def __init__(self):
        self._names: list[Name] = []
        self._variants: dict[str, list[tuple[str, str, str]]] = {}
        self._successors: dict[str, list[str]] = {}

    def add(self, name: Name, variants: list | None, successors: list | None) -> None:
        self._names.append(name)
        if variants is not None:
            self._variants[name.code] = variants
        if successors is not None:
            self._successors[name.code] = successors

    @transaction.atomic
    def write(self, user) -> None:
        if not self._names:
            return
        created = {name.code for name in self._names if name.pk is None}
        for name in self._names:
            name.pk = None  # the code decides which record it is
        Name.objects.bulk_create(
            self._names, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["code"], update_fields=_WRITTEN
        )
        ids = dict(Name.objects.values_list("code", "pk"))
        self._write_variants(ids)
        self._write_successors(ids)
        for some in portions(ids[name.code] for name in self._names):
            _remember(some, created, user)
        raise_generation()  # nothing above sends signals

    def _write_variants(self, ids: dict[str, int]) -> None:
        _delete(NameVariant, [ids[code] for code in self._variants])
        rows = [
            NameVariant(name_id=ids[code], kind=kind, language=language, text=text)
            for code, forms in self._variants.items()
            for kind, language, text in forms
        ]
        NameVariant.objects.bulk_create(rows, batch_size=AT_ONCE)

    def _write_successors(self, ids: dict[str, int]) -> None:
        _delete(NameSuccession, [ids[code] for code in self._successors])
        rows = [
            NameSuccession(name_id=ids[code], successor_id=ids[other])
            for code, others in self._successors.items()
            for other in others
        ]
        NameSuccession.objects.bulk_create(rows, batch_size=AT_ONCE)


def _delete(model, name_ids: list[int]) -> None:
    for some in portions(name_ids):
        model.objects.filter(name__in=some).delete()


def _remember(ids: list[int], created: set[str], user) -> None:
    """A revision and a log entry of each, as `save_revision` and the form's view make them."""
    names = with_children(ids)
    kind, now = ContentType.objects.get_for_model(Name), timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(name.pk),
            created_at=now,
            user=user,
            object_str=str(name),
            content=name.serializable_data(),
        )
        for name in names
    )
    # Not with bulk_update, whose thousand conditions take as long as all the rest.
    of_this = Revision.objects.filter(base_content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
    Name.objects.filter(pk__in=ids).update(latest_revision=Subquery(of_this.order_by("-pk").values("pk")[:1]))
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(name.pk),
            label=str(name),
            action="wagtail.create" if name.code in created else "wagtail.edit",
            timestamp=now,
            uuid=uuid.uuid4(),
            user=user,
            revision=revision,
            content_changed=True,
        )
        for name, revision in zip(names, revisions, strict=True)
    )
