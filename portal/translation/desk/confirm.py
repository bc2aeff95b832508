"""The last look before a translation goes to review."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from portal.core.languages import tag_of
from portal.translation.checks.passages import Passage
from portal.translation.editor import edit_url


def confirm(request: HttpRequest, translation, instance, left: list[Passage]) -> HttpResponse:
    """All remarks once more before a translation goes to review."""
    context = {
        "left": left,
        "translation": translation,
        "source_lang": tag_of(translation.source.locale.language_code),
        "target_lang": tag_of(translation.target_locale.language_code),
        "back": edit_url(instance),
        "page_title": _("Before you send it for review"),
        "page_subtitle": str(instance),
    }
    return TemplateResponse(request, "wagtailadmin/translation/confirm.html", context)
