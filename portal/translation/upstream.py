"""Small changes inside Wagtail and wagtail-localize that neither offers a hook for.

`tests/translation/test_upstream.py` fails when one of the functions replaced or relied on here changes.
"""

import sys

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import auth
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView
from wagtail.models import Page
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail_localize import models as localize
from wagtail_localize.views import edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.publishing.approvals import NotApproved
from portal.publishing.permissions import PortalPagePermissionTester
from portal.translation.desk.people import works_on_everything
from portal.translation.records import may_edit


def install() -> None:
    """Called once when the application is ready."""
    post_save.disconnect(localize.post_save_string_translation, sender=localize.StringTranslation)
    post_save.connect(note_draft_title, sender=localize.StringTranslation, dispatch_uid="portal_draft_title")
    BaseWorkflowFormView.check_action = check_action
    auth.permission_denied = permission_denied
    Page.permissions_for_user = permissions_for_user
    edit_translation.render = render
    edit_translation.user_can_edit_instance = may_edit
    UpdateTranslationsView.form_valid = form_valid
    # Open to everybody who may sign in, it names translations that are not public.
    TranslationsReportView.permission_required = "submit_translation"
    TranslationsReportView.user_has_permission = may_open_report
    # Wagtail's screens do not use them, and they pass the hooks: converting an alias would make Vietnamese text live.
    PagesAdminAPIViewSet.actions = {}


def may_open_report(self: TranslationsReportView, permission: str) -> bool:
    """Who works at the desk sees what becomes of a text in every language."""
    return works_on_everything(self.request.user)


def note_draft_title(instance, **kwargs) -> None:
    """Show a page under its translated title in the explorer; upstream does so with titles that do not fit, too."""
    if instance.context is not None and instance.context.path == "title" and not instance.has_error:
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale_id=instance.locale_id)
        pages.update(draft_title=localize.StringValue(instance.data).render_text()[:255])


_upstream_check_action = BaseWorkflowFormView.check_action


def check_action(self: BaseWorkflowFormView) -> None:
    """Say to an author why there is nothing to approve for them, where Wagtail would only say no.

    A form sent without a window to show its errors in is refused with them, where Wagtail would just go back.
    """
    from portal.contributors.tasks import FourEyesTask, note_opening, refuse_unready

    if self.action_name == "approve":
        refuse_unready(self.object, self.task_state.revision, self.request.user)
    _upstream_check_action(self)
    in_window = self.request.headers.get("x-requested-with") == "XMLHttpRequest"
    if self.request.method == "GET":
        note_opening(self.object, self.request.user)
    elif not in_window and isinstance(self.task, FourEyesTask):
        self.task.checked_form(self.action_name, self.request.POST)


_upstream_permission_denied = auth.permission_denied


def permission_denied(request: HttpRequest) -> HttpResponse:
    """Where the publishing rules refused, answer 403 with their reason instead of a general excuse and a redirect."""
    error = sys.exc_info()[1]
    if not isinstance(error, NotApproved) or not error.args:
        return _upstream_permission_denied(request)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied(str(error))
    context = {"reason": str(error), "back": request.META.get("HTTP_REFERER", "")}
    return TemplateResponse(request, "wagtailadmin/refused.html", context, status=403).render()


def permissions_for_user(self: Page, user) -> PortalPagePermissionTester:
    """The portal's rules for pages that were fetched without their type, as many of Wagtail's views do."""
    return PortalPagePermissionTester(user, self)


_upstream_form_valid = UpdateTranslationsView.form_valid


def form_valid(self: UpdateTranslationsView, form) -> HttpResponse:
    """Write drafts only of translations that this person may edit, and that nobody is reading: of all or of none.

    The row of a page that is not public holds another text than the approved one, which is the one that is translated.
    """
    original = self.object.get_source_instance()
    if isinstance(original, Page) and not original.live:
        words = _("Nothing was changed: «%(title)s» is not public. Its translations follow the text that was approved.")
        messages.error(self.request, words % {"title": original.get_admin_display_title()})
        return redirect(self.get_success_url() or self.get_default_success_url())
    written = self.object.translations.filter(enabled=True) if form.cleaned_data["publish_translations"] else ()
    kept = []
    for translation in written:
        target = translation.get_target_instance()
        if not may_edit(self.request.user, target) or target.workflow_in_progress:
            kept.append(str(translation.target_locale))
    if not kept:
        return _upstream_form_valid(self, form)
    words = _("Nothing was changed: you may not edit this translation, or it is in review: %(languages)s.")
    messages.error(self.request, words % {"languages": ", ".join(kept)})
    return redirect(self.get_success_url() or self.get_default_success_url())


_upstream_render = edit_translation.render


def render(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """Give a record's editor the status panel of records: with the plain one a record in review is a 500."""
    panels = context.get("side_panels", [])
    for position, panel in enumerate(panels):
        if type(panel) is StatusSidePanel:
            panels[position] = _panel_of_record(panel)
            context.update(_addresses_of_record(panel.object))
    return _upstream_render(request, template, context)


def _panel_of_record(panel: StatusSidePanel) -> StatusSidePanel:
    return SnippetStatusSidePanel(
        panel.object,
        panel.request,
        locale=panel.locale,
        translations=panel.translations,
        usage_url=panel.usage_url,
        last_updated_info=panel.last_updated_info,
    )


def _addresses_of_record(instance) -> dict:
    viewset = instance.snippet_viewset
    return {
        "view": "edit",
        "workflow_history_url": reverse(viewset.get_url_name("workflow_history"), args=[quote(instance.pk)]),
        "revisions_compare_url_name": viewset.get_url_name("revisions_compare"),
        "revision_enabled": True,
        "draftstate_enabled": True,
    }
