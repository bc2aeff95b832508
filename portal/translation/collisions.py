"""Two people at one passage: the second is shown what the first saved, before anything of it is replaced."""

from datetime import UTC, datetime

from django.http import HttpRequest
from wagtail_localize.models import StringSegment, StringTranslation, Translation

_SEEN = "passages_of_others"
_REMEMBERED = 50


def saved_by_another(request: HttpRequest, translation_id: int, segment_id: int) -> StringTranslation | None:
    """What somebody else saved here since this person's editor was opened, unless they were shown it already."""
    opened = request.GET.get("since", "")
    if not (opened.isascii() and opened.isdigit() and len(opened) < 14):
        return None
    segment = StringSegment.objects.filter(pk=segment_id, source__translations=translation_id).first()
    if segment is None:
        return None
    row = (
        StringTranslation.objects.filter(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale__in=Translation.objects.filter(pk=translation_id).values("target_locale"),
            updated_at__gt=datetime.fromtimestamp(int(opened) / 1000, UTC),
        )
        .exclude(last_translated_by=request.user.pk)
        .exclude(last_translated_by=None)
        .select_related("last_translated_by")
        .first()
    )
    return None if row is None or _key(row) in request.session.get(_SEEN, []) else row


def note_seen(request: HttpRequest, row: StringTranslation) -> None:
    """Remember that this person was shown this text of somebody else."""
    request.session[_SEEN] = [*request.session.get(_SEEN, []), _key(row)][-_REMEMBERED:]


def _key(row: StringTranslation) -> str:
    return f"{row.pk}:{row.updated_at.timestamp()}"
