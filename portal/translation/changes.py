"""What changed in an original since the text a translation follows, sentence by sentence."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db.models import Model
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.translation.checks.compare import plain
from portal.translation.freshness import digest_of
from portal.translation.models import TranslationBasis, TranslationState

_REVISIONS_AT_MOST = 20
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """A sentence that was changed, added or taken out; `old` or `new` is empty then."""

    path: str
    old: str
    new: str
    translated: str  # the translation so far: of the new sentence if there is one, else of the old one

    @property
    def marked(self) -> list[tuple[str, str]]:
        return marked(plain(self.old), plain(self.new))


@dataclass
class Changes:
    """All changes since a moment; `known` is False where the former text is not kept any more."""

    since: datetime
    until: datetime | None
    rows: list[Change]
    known: bool = True


def changes_of(translation: Translation, instance: Model) -> Changes | None:
    """What changed since the text that the draft, or else the published translation, follows; None if nothing did."""
    if not isinstance(instance, Page):
        return None
    digest, since = _followed(instance)
    if digest is None:
        return None
    source = translation.source.as_instance()
    if digest_of(source) == digest:
        return None
    until = getattr(source, "last_published_at", None)
    former = _former(translation, digest, since)
    if former is None:
        return Changes(since, until, [], known=False)
    return Changes(since, until, _rows(translation, former, source))


def _followed(instance: Page) -> tuple[str | None, datetime | None]:
    """The words that were translated: those of a newer draft if there is one, else those of the published text."""
    state = TranslationState.objects.filter(page_id=instance.pk).first()
    if state is not None and instance.live and instance.latest_revision_id == instance.live_revision_id:
        return state.followed_digest, state.followed_at
    basis = TranslationBasis.objects.filter(
        revision__object_id=str(instance.pk), revision__base_content_type=instance.get_base_content_type()
    )
    basis = basis.order_by("-revision_id").first()
    return (basis.digest, basis.original_published_at) if basis else (None, None)


def _former(translation: Translation, digest: str, since: datetime) -> Model | None:
    """The version of the original that was followed: found by its words among the revisions around its publication."""
    original = translation.source.get_source_instance()
    revisions = original.revisions.order_by("-created_at", "-pk")
    for revision in [
        *revisions.filter(created_at__lte=since)[:_REVISIONS_AT_MOST],
        *revisions.filter(created_at__gt=since)[:_REVISIONS_AT_MOST],
    ]:
        former = revision.as_object()
        if digest_of(former) == digest:
            return former
    return None


def _rows(translation: Translation, former: Model, present: Model) -> list[Change]:
    from portal.translation.editor import strings_of

    known = {
        (path, source): text
        for path, source, text in strings_of(translation).values_list("context__path", "translation_of__data", "data")
    }
    before, now = _texts(former), _texts(present)
    rows = []
    for path in dict.fromkeys([*now, *before]):
        for old, new in pairs(before.get(path, []), now.get(path, [])):
            text = known.get((path, new)) or known.get((path, old), "")
            rows.append(Change(path, old, new, text))
    return rows


def _texts(instance: Model) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    segments = [segment for segment in extract_segments(instance) if isinstance(segment, StringSegmentValue)]
    for segment in sorted(segments, key=lambda segment: segment.order):
        texts.setdefault(segment.path, []).append(segment.string.data)
    return texts


def pairs(before: list[str], now: list[str]) -> list[tuple[str, str]]:
    """Sentences that differ, former and present side by side; what was added or taken out stands alone."""
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            found += zip_longest(before[a:b], now[c:d], fillvalue="")
    return found


def marked(old: str, new: str) -> list[tuple[str, str]]:
    """The words of two sentences in one line: (same, deleted or inserted; text). A space between two changes is one."""
    before, now = _PIECE.findall(old), _PIECE.findall(new)
    line: list[tuple[str, str]] = []
    gone = added = ""
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        old_text, new_text = "".join(before[a:b]), "".join(now[c:d])
        if kind == "equal" and (old_text.strip() or not (gone or added) or b == len(before)):
            line += _changed(gone, added)
            line.append(("same", old_text))
            gone = added = ""
        else:
            gone, added = gone + old_text, added + new_text
    return line + _changed(gone, added)


def _changed(gone: str, added: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in (("deleted", gone), ("inserted", added)) if text]
