"""The translation desk's addresses and buttons; ours come before wagtail-localize's at the same address."""

import json

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from portal.audit.recording import WithComment
from portal.contributors.outcome import tell
from portal.contributors.tasks import FourEyesTask, Unanswered, note_opening, refuse_unready, way_out_for
from portal.translation import po_upload, request_report, views
from portal.translation.desk import aid, board_view, people, queue_view, records_view, side_by_side, start
from portal.translation.editor import edit_url
from portal.translation.gate import translation_of

_FIRST = -10
_DESTRUCTIVE = ("localize-restart-translation", "localize-convert-to-alias")


@hooks.register("register_admin_urls", order=_FIRST)
def register_urls():
    one = "localize/translate/<int:translation_id>/"
    return [
        path(f"{one}send-for-review/", views.send, name="portal_send_for_review"),
        path(f"{one}save-draft/", views.save_draft, name="portal_save_draft"),
        path(f"{one}aid/", aid.aid, name="translation_aid"),
        path(f"{one}changes/", aid.changes, name="translation_changes"),
        # In place of wagtail-localize's views at the same addresses:
        path(f"{one}strings/<int:string_segment_id>/edit/", views.edit_string),
        path(f"{one}pofile/upload/", po_upload.upload_po),
        path(f"{one}pofile/download/", po_upload.download_po),
        path(f"{one}disable/", views.refuse_stop),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_alias),
        path(
            "reports/translation-requests/",
            request_report.TranslationRequestReport.as_view(),
            name="translation_requests",
        ),
        path(
            "reports/translation-requests/results/",
            request_report.TranslationRequestReport.as_view(results_only=True),
            name="translation_requests_results",
        ),
    ]


@hooks.register("register_log_actions")
def name_log_actions(actions) -> None:
    @actions.register_action("portal.translation.day")
    class DaySet(WithComment):
        label = gettext_lazy("Day of a translation")
        message = gettext_lazy("Day set by which a translation is wanted")


@hooks.register("register_admin_urls")
def register_desk_urls():
    queue, board = queue_view.QueueView, board_view.BoardView
    one = "translation-desk/<slug:code>/"
    return [
        path("translation-desk/", queue_view.mine, name="translation_desk_mine"),
        path("translation-desk/pages/", board.as_view(), name="translation_states"),
        path("translation-desk/pages/results/", board.as_view(results_only=True), name="translation_states_results"),
        path("translation-desk/registers/", records_view.show, name="translation_records"),
        path(
            "translation-desk/start/<slug:kind>/<int:pk>/<slug:code>/",
            records_view.start,
            name="translation_start_record",
        ),
        path("translation-desk/start/<int:page_id>/<slug:code>/", start.start, name="translation_start"),
        path("translation-desk/day/<int:page_id>/<slug:code>/", start.set_day, name="translation_day"),
        path("translation-desk/side-by-side/<int:page_id>/", side_by_side.show, name="translation_side_by_side"),
        path("translation-desk/frame/<int:page_id>/<slug:what>/", side_by_side.frame, name="translation_frame"),
        path(one, queue.as_view(), name="translation_desk"),
        path(
            "translation-desk/<slug:code>/results/", queue.as_view(results_only=True), name="translation_desk_results"
        ),
    ]


class DeskMenuItem(MenuItem):
    """For editors and translators."""

    def is_shown(self, request) -> bool:
        return people.may_use(request.user)


@hooks.register("register_admin_menu_item")
def register_desk():
    url = reverse("translation_desk_mine")
    icon = "wagtail-localize-language"
    return DeskMenuItem(gettext_lazy("Translation desk"), url, name="translation-desk", icon_name=icon, order=230)


@hooks.register("before_edit_page", order=_FIRST)
@hooks.register("before_edit_snippet", order=_FIRST)
def guard_editor(request, instance):
    """What the editors' buttons no longer offer is not done for a forged or old form either."""
    if request.method != "POST":
        note_opening(instance, request.user)
        return None
    if request.POST.get("action-workflow-action"):
        _check_answers(request, instance)
        request.decided_task = instance.current_workflow_task_state
    if any(name in request.POST for name in _DESTRUCTIVE):
        messages.error(request, _("This is not done here: passages of the translation would be lost."))
        return redirect(edit_url(instance))
    if request.POST.get("action") == "publish" and translation_of(instance) is not None:
        messages.error(
            request, _("Nobody publishes by hand. Send the translation for review: the last approval publishes it.")
        )
        return redirect(edit_url(instance))
    return None


def _check_answers(request, instance) -> None:
    """Refuse a decision before anything is saved: Wagtail takes its data from a hidden field as they are."""
    action = request.POST.get("workflow-action-name")
    task_state = instance.current_workflow_task_state
    if action == "approve" and task_state is not None:
        refuse_unready(instance, task_state.revision, request.user)
    task = instance.current_workflow_task
    if isinstance(task, FourEyesTask) and action in {name for name, *_ in task.get_actions(instance, request.user)}:
        try:
            answers = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
        except ValueError:
            answers = None
        if not isinstance(answers, dict) or not set(answers) <= set(task.get_form_for_action(action).base_fields):
            raise Unanswered(_("The answers could not be read. Open the review again."))
        task.checked_form(action, answers)


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def lead_out(request, instance):
    """Say what a decision led to. Who could open the editor only while it was their turn goes home, not to a «no»."""
    if (task_state := getattr(request, "decided_task", None)) is not None:
        tell(request, instance, task_state)
    way_out = way_out_for(instance, request.user) if request.POST.get("action-workflow-action") else None
    return redirect(way_out) if way_out else None


@hooks.register("before_convert_alias_page")
def refuse_conversion(request, page):
    """Wagtail's own conversion would leave Vietnamese text live under a foreign address, as if it were translated."""
    messages.error(request, _("A page of another language is made by translating its original."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def offer_nothing_destructive(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name not in _DESTRUCTIVE]


@hooks.register("register_page_header_buttons")
def offer_side_by_side(page, user, view_name, next_url=None):
    """From the editor of an original; that of a translation has the link in its bar."""
    is_theirs = people.may_use(user) and page.permissions_for_user(user).can_edit()
    if page.depth > 1 and (people.works_on_everything(user) or is_theirs):
        url = reverse("translation_side_by_side", args=[page.pk])
        yield Button(_("Side by side"), url, icon_name="view", priority=70)


@hooks.register("construct_reports_menu")
def name_the_libraries_report(request, menu_items):
    """wagtail-localize names it once for everybody, in the language of whoever asked first; it is the desk's."""
    for item in [item for item in menu_items if isinstance(item, TranslationsReportMenuItem)]:
        item.label = gettext_lazy("Translations")
        if not people.works_on_everything(request.user):
            menu_items.remove(item)


class RequestsMenuItem(MenuItem):
    """Editors and translators see what readers ask for."""

    def is_shown(self, request) -> bool:
        return request_report.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_report():
    return RequestsMenuItem(
        gettext_lazy("Readers' requests for translation"),
        reverse("translation_requests"),
        name="translation-requests",
        icon_name="wagtail-localize-language",
        order=100,
    )
