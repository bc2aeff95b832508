"""What stands beside every passage of the editor: names, remarks, what changed, what was translated before."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.languages import tag_of
from portal.translation.changes import Changes, changes_of
from portal.translation.checks.passages import passages_of
from portal.translation.editor import edit_url, progress_words
from portal.translation.memory import suggestions_for
from portal.translation.views import translation_for


@require_safe
def aid(request: HttpRequest, translation_id: int) -> HttpResponse:
    """All of it as JSON by segment; `?part=remarks` leaves out what saving a passage does not change."""
    translation, instance = translation_for(request, translation_id)
    passages = passages_of(translation)
    whole = request.GET.get("part") != "remarks"
    suggestions = suggestions_for(translation, passages) if whole else {}
    changes = changes_of(translation, instance) if whole else None
    by_place = {(change.path, change.new): change for change in changes.rows} if changes else {}
    data = {}
    for passage in passages:
        entry = {"remarks": [remark.text for remark in passage.remarks]}
        if whole:
            entry["names"] = [_name(mention) for mention in passage.mentions]
            entry["suggestions"] = [
                {"text": one.text, "source": one.source, "percent": one.percent, "page": one.page}
                for one in suggestions.get(passage.segment_id, [])
            ]
            change = by_place.get((passage.path, passage.source))
            entry["change"] = {"marked": change.marked, "translated": change.translated} if change else None
        data[passage.segment_id] = entry
    progress = progress_words(*translation.get_progress())
    answer = JsonResponse({"passages": data, "words": _words(), "progress": progress})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _name(mention) -> dict:
    best = mention.best
    note = "" if best.approved else _("not approved yet")
    if not best.form:
        note = _("not settled")
    return {"text": mention.text, "form": best.form, "note": note}


def _words() -> dict[str, str]:
    return {
        "names": _("Names"),
        "insert": _("Insert «%s»"),
        "remarks": _("Please look at this again"),
        "memory": _("Translated before"),
        "take": _("Take it"),
        "adapt": _("Take and adapt"),
        "from": _("from «%s»"),
        "changed": _("Changed in the original"),
        "former": _("Translation so far"),
        "same": _("the same sentence"),
    }


@require_safe
def changes(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The page of all changes of the original since the text that is followed."""
    translation, instance = translation_for(request, translation_id)
    found: Changes | None = changes_of(translation, instance)
    context = {
        "changes": found,
        "translation": translation,
        "source_lang": tag_of(translation.source.locale.language_code),
        "target_lang": tag_of(translation.target_locale.language_code),
        "language": translation.target_locale.get_display_name(),
        "back": edit_url(instance),
        "page_title": _("What changed in the original"),
        "page_subtitle": str(instance),
    }
    return TemplateResponse(request, "wagtailadmin/translation/changes.html", context)
