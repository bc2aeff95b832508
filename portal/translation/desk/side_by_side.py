"""The three languages of a page beside one another: the draft of each, or what readers see, the stub included."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.core.languages import tag_of
from portal.publishing.visibility import is_live
from portal.publishing.waiting import waiting_version
from portal.translation.desk.people import works_on_everything
from portal.translation.states import SIGNS, State, own_state
from portal.translation.stubs import needs_stub, stub_response

DRAFT, READERS = "draft", "readers"


@require_safe
def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Three columns for a page of any language; `?as=readers` shows what the public sees."""
    page = get_object_or_404(Page, pk=page_id)
    versions = list(
        Page.objects.filter(translation_key=page.translation_key)
        .select_related("locale", "translation_state")
        .annotate(desk_state=own_state())
    )
    if not _may_look(request.user, versions):
        raise PermissionDenied
    what = READERS if request.GET.get("as") == READERS else DRAFT
    codes = [code for code, _name in settings.LANGUAGES]
    versions.sort(key=lambda version: codes.index(version.locale.language_code))
    original = next((version for version in versions if version.locale.language_code == settings.LANGUAGE_CODE), page)
    context = {
        "columns": [_column(version, what, request.user) for version in versions],
        "what": what,
        "page_title": _("Side by side"),
        "page_subtitle": original.get_admin_display_title(),
        "choices": [
            (DRAFT, _("Drafts"), f"?as={DRAFT}"),
            (READERS, _("As readers see it"), f"?as={READERS}"),
        ],
    }
    return TemplateResponse(request, "wagtailadmin/translation/side_by_side.html", context)


def _may_look(user, versions: list[Page]) -> bool:
    """Editors and translators, and whoever may open one of the versions, as reviewers do."""
    return works_on_everything(user) or any(version.permissions_for_user(user).can_edit() for version in versions)


def _column(version: Page, what: str, user) -> dict:
    is_original = version.locale.language_code == settings.LANGUAGE_CODE
    state = None
    if not is_original:
        state = State(version.desk_state) if version.alias_of_id is None else State.MISSING
    note = ""
    if what == DRAFT and version.alias_of_id is not None:
        note = _("Not begun; readers see this.")
    elif what == DRAFT and not _sees_draft(version, user):
        note = _("The public text: the draft is not yours to see.")
        if is_original and waiting_version(version) is not None:
            note = _("The approved text, which is not public yet.")
    return {
        "language": version.locale.get_display_name(),
        "lang": tag_of(version.locale.language_code),
        "state": state,
        "sign": SIGNS.get(state, ""),
        "note": note,
        "url": reverse("translation_frame", args=[version.pk, what]),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[version.pk])
        if version.permissions_for_user(user).can_edit() and version.alias_of_id is None
        else "",
    }


def _sees_draft(version: Page, user) -> bool:
    """Whose draft a person sees: of pages they may edit; of translations, editors and translators."""
    is_original = version.locale.language_code == settings.LANGUAGE_CODE
    return version.permissions_for_user(user).can_edit() or (works_on_everything(user) and not is_original)


@require_safe
@xframe_options_sameorigin
def frame(request: HttpRequest, page_id: int, what: str) -> HttpResponse:
    """One version as a whole page, for a column."""
    version = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
    siblings = Page.objects.filter(translation_key=version.translation_key).select_related("locale")
    if not _may_look(request.user, list(siblings)):
        raise PermissionDenied
    if what not in (DRAFT, READERS):
        raise Http404("no such view")
    if what == DRAFT and version.alias_of_id is None and _sees_draft(version, request.user):
        shown = version.get_latest_revision_as_object()
        return shown.make_preview_request(request, shown.default_preview_mode)
    is_original = version.locale.language_code == settings.LANGUAGE_CODE
    if what == DRAFT and is_original and (approved := waiting_version(version)) is not None:
        shown = approved.as_object()
        return shown.make_preview_request(request, shown.default_preview_mode)
    if needs_stub(version):
        # Pages draw themselves in a preview, stubs never: here the stub is what is asked for.
        version.serve_preview = lambda preview_request, _mode: stub_response(version, preview_request)
    elif not is_live(version):
        context = {"version": version}
        return TemplateResponse(request, "wagtailadmin/translation/not_public.html", context)
    return version.make_preview_request(request, version.default_preview_mode)
