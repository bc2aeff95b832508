"""Taking a PO file in: all of it or, where something breaks, nothing; and an account of every line."""

from dataclasses import dataclass, field

import polib
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation, TranslationContext

TOOL = "PO File"


@dataclass(frozen=True)
class Line:
    """One line of the file: what the original says, what the file says, and why where that matters."""

    source: str
    text: str
    reason: str = ""


@dataclass
class Report:
    """Every line of a file, in one of these lists."""

    is_older: bool = False
    accepted: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    empty: list[Line] = field(default_factory=list)
    wrong: list[Line] = field(default_factory=list)  # kept as typed, not used: too long, broken markup
    former: list[Line] = field(default_factory=list)  # kept: the sentence was changed since
    unknown: list[Line] = field(default_factory=list)  # not stored: this page never had the sentence


@transaction.atomic
def take_in(po: polib.POFile, translation: Translation, user, *, is_older: bool = False) -> Report:
    """Store what belongs to the translation; the report holds the text of whatever was not stored.

    Of a file made from an older version, sentences that the page had then are kept as well.
    """
    report = Report(is_older)
    places = _places(translation)
    strings = _strings(po, translation)
    contexts = _contexts(translation)
    known = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
    }
    for entry in po:
        line = Line(entry.msgid, entry.msgstr)
        place = (strings.get(entry.msgid), contexts.get(entry.msgctxt))
        if not entry.msgstr.strip():
            report.empty.append(line)
        elif None in place or (place not in places and place not in known and not is_older):
            report.unknown.append(line)
        elif place in known and known[place].data == entry.msgstr:
            (report.unchanged if not known[place].has_error else report.wrong).append(_judged(line, known[place]))
        else:
            row = _store(known, place, entry.msgstr, translation, user)
            if row.has_error:
                report.wrong.append(_judged(line, row))
            else:
                (report.accepted if place in places else report.former).append(line)
    return report


def _judged(line: Line, row: StringTranslation) -> Line:
    if not row.has_error:
        return line
    return Line(line.source, line.text, str(row.get_error() or _("It cannot be used here.")))


def _store(known: dict, place: tuple, text: str, translation: Translation, user) -> StringTranslation:
    row = known.get(place)
    if row is None:
        row = StringTranslation(translation_of_id=place[0], context_id=place[1], locale=translation.target_locale)
    row.data, row.translation_type, row.tool_name = text, StringTranslation.TRANSLATION_TYPE_MANUAL, TOOL
    row.last_translated_by, row.has_error, row.field_error = user, False, ""
    row.save()
    known[place] = row
    return row


def _places(translation: Translation) -> set[tuple[int, int]]:
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    return set(segments.values_list("string_id", "context_id"))


def _strings(po: polib.POFile, translation: Translation) -> dict[str, int]:
    hashes = {String._get_data_hash(entry.msgid): entry.msgid for entry in po}
    found: dict[str, int] = {}
    wanted = list(hashes)
    for start in range(0, len(wanted), 500):
        rows = String.objects.filter(locale_id=translation.source.locale_id, data_hash__in=wanted[start : start + 500])
        found |= {hashes[key]: pk for key, pk in rows.values_list("data_hash", "pk")}
    return found


def _contexts(translation: Translation) -> dict[str, int]:
    contexts = TranslationContext.objects.filter(object_id=translation.source.object_id)
    return dict(contexts.values_list("path", "pk"))
