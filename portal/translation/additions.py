"""What a translation holds beyond the translated words of its original, for which somebody must answer anew.

Words that merely translate cleared text need a reader of the language. A picture, link or document chosen for one
language alone, a changed date or amount, or a block of its own is new content: the confidentiality reviewer reads it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from portal.core.blocks import TranslatableTableBlock
from portal.publishing.approvals import is_cleared
from portal.publishing.neutral import differs_in_neutral_fields
from portal.translation.freshness import basis_of, digest_of


@dataclass(frozen=True)
class Addition:
    """One thing that is not a translation; `place` is the field it stands in, `kind` says in words what it is."""

    place: str
    kind: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}" if self.place else self.kind


def additions_in(revision: Revision) -> list[Addition]:
    """Everything in a version of a translation that its cleared original does not answer for. Empty: words only."""
    draft = revision.as_object()
    originals = list(_cleared_versions(draft))
    if not originals:
        return [Addition("", _("the original has not been approved"))]
    basis = basis_of(revision)
    originals = [original for original in originals if basis is not None and digest_of(original) == basis.digest]
    if not originals:
        return [Addition("", _("translated from a wording of the original that is not the approved one"))]
    return min((_compare(draft, original) for original in originals), key=len)


def _cleared_versions(draft: Model):
    """The original as it is public, and as it was approved to go out."""
    originals = type(draft).objects.filter(translation_key=draft.translation_key)
    original = originals.filter(locale__language_code=settings.LANGUAGE_CODE).exclude(pk=draft.pk).first()
    if original is None:
        return
    if original.live:
        yield original
    latest = original.latest_revision
    if latest is not None and latest.pk != original.live_revision_id and is_cleared(latest):
        yield latest.as_object()


def _compare(draft: Model, original: Model) -> list[Addition]:
    known, places = set(), set()
    cells, draft_cells = _cells_of(original), _cells_of(draft)
    for segment in extract_segments(original):
        places.add(segment.path)
        known.update(_identities(segment, cells))
    found = dict.fromkeys(
        Addition(_label(draft, segment.path), _kind_of(segment, segment.path in places))
        for segment in extract_segments(draft)
        if not known.issuperset(_identities(segment, draft_cells))
    )
    if differs_in_neutral_fields(original, draft):
        found[Addition("", _("a date, figure or state differs from the original"))] = None
    return list(found)


def _cells_of(obj: Model) -> dict[str, list[str]]:
    """By the path of every segment in a table, the cells it fills: a path made from words differs between languages."""
    return {
        f"{field.name}.{child.id}.{key}": [f"{field.name}.{child.id}.{place}" for place in places]
        for field in obj._meta.get_fields()
        if isinstance(field, StreamField)
        for child in getattr(obj, field.name)
        if isinstance(child.block, TranslatableTableBlock)
        for key, places in child.block.places(child.value).items()
    }


def _identities(segment, cells: dict[str, list[str]]) -> list[tuple]:
    """What must be equal in both languages; of words that is the place where they stand and what they link to."""
    if isinstance(segment, OverridableSegmentValue):
        return [(segment.path, repr(segment.data))]
    if isinstance(segment, RelatedObjectSegmentValue):
        return [(segment.path, segment.content_type.pk, segment.translation_key)]
    if isinstance(segment, TemplateSegmentValue):
        return [(segment.path, segment.template)]
    links = (segment.attrs or {}).values()
    places = cells.get(segment.path, [segment.path])
    return [*((place,) for place in places), *((segment.path, repr(sorted(link.items()))) for link in links)]


def _kind_of(segment, is_known_place: bool) -> str:
    if isinstance(segment, StringSegmentValue | TemplateSegmentValue) or not is_known_place:
        return _("not in the original")
    return _("another one than in the original")


def _label(draft: Model, path: str) -> str:
    name = path.partition(".")[0]
    try:
        return str(draft._meta.get_field(name).verbose_name)
    except (FieldDoesNotExist, AttributeError):
        return name


def needs_reviewer(revision: Revision) -> bool:
    """Whether the confidentiality review repeats for this version of a text; of originals always."""
    if revision.as_object().locale.language_code == settings.LANGUAGE_CODE:
        return True
    return bool(additions_in(revision))
