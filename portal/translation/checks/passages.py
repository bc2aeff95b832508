"""Every passage of a translation with what there is to say about it. Four queries for a page of any length."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation

from portal.translation.checks.compare import Remark, plain, warnings_of
from portal.translation.checks.names import Glossary, Mention, glossary_of, holds, without


@dataclass
class Passage:
    """A sentence or heading of the original, its translation so far, and remarks on the two."""

    segment_id: int
    string_id: int
    context_id: int
    path: str
    source: str
    target: str | None
    has_error: bool
    mentions: list[Mention] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return not self.target or self.has_error


def passages_of(translation: Translation) -> list[Passage]:
    """Passages in the order of the page, with their names and remarks."""
    language = translation.target_locale.language_code
    glossary = glossary_of(language)
    translated = {
        (row["translation_of_id"], row["context_id"]): (row["data"], row["has_error"])
        for row in _translations(translation)
    }
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    passages = []
    for segment in segments.order_by("order"):
        target, has_error = translated.get((segment.string_id, segment.context_id), (None, False))
        passage = Passage(
            segment.pk,
            segment.string_id,
            segment.context_id,
            segment.context.path,
            segment.string.data,
            target,
            has_error,
        )
        look_at(passage, language, glossary)
        passages.append(passage)
    return passages


def _translations(translation: Translation):
    from portal.translation.editor import strings_of

    return strings_of(translation).values("translation_of_id", "context_id", "data", "has_error")


def look_at(passage: Passage, language: str, glossary: Glossary) -> None:
    """Fill in names and remarks; nothing is remarked where nothing is translated."""
    source = plain(passage.source)
    passage.mentions = glossary.mentions(source)
    if not passage.is_missing:
        passage.remarks = [
            *_names(passage.mentions, source, plain(passage.target), language),
            *warnings_of(passage.source, passage.target, language),
        ]


def _names(mentions: list[Mention], source: str, target: str, language: str) -> list[Remark]:
    remarks = []
    settled = [form for mention in mentions for form in mention.accepted]
    rest = without(target, settled, language)
    for mention in mentions:
        best = mention.best
        present = any(holds(target, form, language) for form in mention.accepted)
        unwanted = [form for form in mention.unwanted if not present and holds(rest, form, language)]
        if unwanted:
            remarks.append(Remark("name", _unwanted(unwanted[0], best.form)))
        elif best.approved and best.form and not present:
            text = _("«%(name)s» is «%(form)s» in the register of names; the translation does not have it.")
            remarks.append(Remark("name", text % {"name": mention.text, "form": best.form}))
    return remarks


def _unwanted(found: str, form: str) -> str:
    if form:
        return _("«%(found)s» is not written here; the register of names has «%(form)s».") % {
            "found": found,
            "form": form,
        }
    return _("«%(found)s» is not to be written; the register of names has no settled form yet.") % {"found": found}


def remarks_left(translation: Translation) -> list[Passage]:
    """The passages of a translation about which something is remarked."""
    return [passage for passage in passages_of(translation) if passage.remarks]
