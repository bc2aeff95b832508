"""The table record × language, and beginning the translation of a record."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale
from wagtail_localize.operations import TranslationCreator

from portal.contributors.seen import seen
from portal.translation.desk.people import locales_of, may_all, may_use, target_locales
from portal.translation.desk.queue import WAITING
from portal.translation.desk.records import RecordRow, record_rows
from portal.translation.editor import edit_url
from portal.translation.records import record_types


def records_waiting(locale: Locale, user) -> list[RecordRow]:
    """What waits in a language for those who translate all of it."""
    if not may_all(user, locale):
        return []
    return [row for [row] in record_rows([locale]) if row.state in WAITING]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All public records with their state in every language."""
    if not may_use(request.user):
        raise PermissionDenied
    locales = target_locales()
    mine = {locale.pk for locale in locales_of(request.user) if may_all(request.user, locale)}
    context = {
        "locales": locales,
        "rows": record_rows(locales),
        "mine": mine,
        "page_title": _("Registers and languages"),
        "header_icon": "table",
    }
    return TemplateResponse(request, "wagtailadmin/translation/records.html", context)


@require_POST
def start(request: HttpRequest, kind: str, pk: int, code: str) -> HttpResponse:
    """Make the draft and open its editor; where somebody was quicker, open theirs."""
    model = next((model for model in record_types() if model._meta.model_name == kind), None)
    locale = next((locale for locale in target_locales() if locale.language_code == code), None)
    if model is None or locale is None:
        raise Http404("no such record or language")
    originals = seen(model.objects.filter(locale__language_code=settings.LANGUAGE_CODE), request.user)
    original = get_object_or_404(originals, pk=pk)
    if not (may_use(request.user) and may_all(request.user, locale)):
        raise PermissionDenied
    if not original.live:
        messages.error(request, _("«%(page)s» is not public, so it is not translated yet.") % {"page": original})
        return redirect("translation_records")
    if original.get_translation_or_none(locale) is None:
        TranslationCreator(request.user, [locale]).create_translations(original)
    return redirect(edit_url(original.get_translation(locale)))
