"""«Ask for this translation»: counted per item and language, to order the translators' queue."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.models import Locale, Page

from portal.core.public_forms import public_form
from portal.publishing.visibility import is_public
from portal.translation.models import RequestsOfDay, TranslationRequest


def _versions(translation_key) -> tuple[Page | None, Page]:
    """The item in the active language, public or not, and a public one in another; raise Http404 without that."""
    locale = Locale.get_active()
    pages = list(Page.objects.filter(translation_key=translation_key).select_related("locale"))
    originals = [page for page in pages if is_public(page) and page.locale_id != locale.pk]
    if not originals:
        raise Http404("nothing public to translate")
    return next((page for page in pages if page.locale_id == locale.pk), None), originals[0]


def _to_the_page(request: HttpRequest, translation_key) -> HttpResponse:
    here, original = _versions(translation_key)
    return redirect((here or original).get_url(request))


@public_form("translation-request", looked_at=_to_the_page, limit=20)
def request_translation(request: HttpRequest, translation_key, robot: bool) -> HttpResponse:
    """Count the wish and thank for it; where the page was translated meanwhile, go there."""
    here, original = _versions(translation_key)
    if here is not None and is_public(here):
        return redirect(here.get_url(request))
    if not robot:
        count_requests(translation_key, Locale.get_active())
    return TemplateResponse(request, "core/translation_requested.html", {"page": here, "original": original})


@transaction.atomic
def count_requests(translation_key: UUID, locale: Locale, number: int = 1) -> None:
    """Note that readers asked for an item in a language, today, so many times."""
    row, _created = TranslationRequest.objects.get_or_create(translation_key=translation_key, locale=locale)
    TranslationRequest.objects.filter(pk=row.pk).update(count=F("count") + number, last_requested_at=timezone.now())
    day, _created = RequestsOfDay.objects.get_or_create(request=row, day=timezone.localdate())
    RequestsOfDay.objects.filter(pk=day.pk).update(count=F("count") + number)
