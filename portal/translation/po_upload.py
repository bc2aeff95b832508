"""PO files out and in, in place of wagtail-localize's views, which do not say what they left out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.utils import get_valid_next_url_from_request

from portal.core.languages import tag_of
from portal.translation.editor import edit_url
from portal.translation.po_import import Report, take_in
from portal.translation.po_reading import BadFile, is_older, read_po, write_po
from portal.translation.views import translation_for


@require_safe
def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The file for work elsewhere; its name says page and language."""
    translation, instance = translation_for(request, translation_id)
    code = translation.target_locale.language_code
    name = f"{slugify(getattr(instance, 'slug', '') or translation.pk)}-{code}.po"
    response = HttpResponse(str(write_po(translation)), content_type="text/x-gettext-translation; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take a file in and show what became of every line; a file of something else changes nothing."""
    translation, instance = translation_for(request, translation_id)
    back = get_valid_next_url_from_request(request) or edit_url(instance)
    try:
        po = read_po(request.FILES.get("file"), translation)
    except BadFile as error:
        messages.error(request, _("Nothing was imported. %(reason)s") % {"reason": error})
        return redirect(back)
    report = take_in(po, translation, request.user, is_older=is_older(po, translation))
    context = {
        "report": report,
        "sections": _sections(report),
        "back": back,
        "source_lang": tag_of(translation.source.locale.language_code),
        "target_lang": tag_of(translation.target_locale.language_code),
        "page_title": _("What became of the PO file"),
        "page_subtitle": str(instance),
    }
    return TemplateResponse(request, "wagtailadmin/translation/po_report.html", context)


def _sections(report: Report) -> list[tuple[str, str, list, bool]]:
    """Heading, explanation, lines, and whether they are shown at once."""
    return [
        (
            _("Cannot be used"),
            _("Kept as you wrote it and marked in the editor: correct it."),
            report.wrong,
            True,
        ),
        (
            _("The original was changed"),
            _("These sentences were changed since. Your text is kept: it is shown below the editor."),
            report.former,
            True,
        ),
        (
            _("Unknown"),
            _("This page has no such sentences. They are not stored: copy from here what you need."),
            report.unknown,
            True,
        ),
        (_("Accepted"), _("New or changed."), report.accepted, False),
        (_("Unchanged"), _("They were here already."), report.unchanged, False),
        (_("Empty"), _("Not translated in the file; what is here stays."), report.empty, False),
    ]
