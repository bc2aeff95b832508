"""Beginning a translation with one click, and saying until when one is wanted."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import TranslationCreator

from portal.core.languages import write_date
from portal.publishing.bundles import add_to_bundle
from portal.publishing.waiting import open_bundle_of, waiting_version
from portal.translation.desk.people import may_set_day, may_translate, target_locales
from portal.translation.models import TranslationDeadline


def _place(page_id: int, code: str) -> tuple[Page, Locale]:
    """A Vietnamese page and a language it is translated into; raises Http404."""
    page = get_object_or_404(Page, pk=page_id, locale__language_code=settings.LANGUAGE_CODE, alias_of=None)
    locale = next((locale for locale in target_locales() if locale.language_code == code), None)
    if locale is None:
        raise Http404("no such language")
    return page, locale


@require_POST
def start(request: HttpRequest, page_id: int, code: str) -> HttpResponse:
    """Make the draft and open its editor; where somebody was quicker, open theirs."""
    page, locale = _place(page_id, code)
    if not may_translate(request.user, page, locale):
        raise PermissionDenied
    version = waiting_version(page)
    if not page.live and version is None:
        text = _("«%(page)s» is neither public nor approved and waiting, so it is not translated yet.")
        messages.error(request, text % {"page": page.get_admin_display_title()})
        return redirect("translation_desk", code)
    target = _translation(page, locale)
    if target is None:
        with transaction.atomic():
            target = _begin(page, version, locale, request.user)
    if target is None:
        messages.error(request, _("The translation could not be begun. Its page may have been deleted meanwhile."))
        return redirect("translation_desk", code)
    return redirect("wagtailadmin_pages:edit", target.pk)


def _begin(page: Page, version: Revision | None, locale: Locale, user) -> Page | None:
    """A draft of the translation; that of a text that waits in a bundle joins it there, to go out with it."""
    if version is not None:
        # The row of a page that was never public holds its first draft.
        TranslationSource.update_or_create_from_instance(version.as_object())
    TranslationCreator(user, [locale]).create_translations(version.as_object() if version else page.specific)
    target = _translation(page, locale)
    bundle = open_bundle_of(page, lock=True) if version is not None else None
    if target is not None and bundle is not None:
        add_to_bundle(bundle, [target], user)
    return target


def _translation(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale, alias_of=None).first()


class DayForm(forms.Form):
    """Until when a translation is wanted; empty: no day."""

    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=AdminDateInput, required=False)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day


def _note_day(user, page: Page, locale: Locale, before: date | None, after: date | None) -> None:
    """Reports count days that were kept; the history says who moved one, and where from."""
    if before != after:
        days = " → ".join(write_date(day) if day else "–" for day in (before, after))
        data = {"comment": f"{locale.get_display_name()}: {days}"}
        log(instance=page.specific, action="portal.translation.day", user=user, data=data)


def set_day(request: HttpRequest, page_id: int, code: str) -> HttpResponse:
    """Give a page's translation a day, change it or take it away."""
    page, locale = _place(page_id, code)
    if not may_set_day(request.user, page):
        raise PermissionDenied
    place = {"translation_key": page.translation_key, "locale": locale}
    known = TranslationDeadline.objects.filter(**place).first()
    form = DayForm(request.POST if request.method == "POST" else None, initial={"due_on": known and known.due_on})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["due_on"]
        _note_day(request.user, page, locale, known and known.due_on, day)
        if day is None:
            TranslationDeadline.objects.filter(**place).delete()
            messages.success(request, _("The translation has no day any more."))
        else:
            TranslationDeadline.objects.update_or_create(**place, defaults={"due_on": day, "set_by": request.user})
            messages.success(request, _("The translation is wanted by %(date)s.") % {"date": write_date(day)})
        return redirect(get_valid_next_url_from_request(request) or "translation_states")
    context = {
        "form": form,
        "page_title": _("Day a translation is due"),
        "page_subtitle": f"{page.get_admin_display_title()}: {locale.get_display_name()}",
        "header_icon": "calendar-alt",
        "explanation": _("Leave it empty to take the day away. Translators see the earliest days first."),
    }
    return TemplateResponse(request, "wagtailadmin/desk/reason.html", context)
