"""Topics, departments and the portal's particulars in the administration, under one menu entry."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import action_menu
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin, WorkflowState
from wagtail.permissions import register_permission_policy
from wagtail.snippets import action_menu as snippet_action_menu
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from portal.contributors import conflicts, views
from portal.contributors.department_rights import uses_of
from portal.contributors.home import DeskPanel
from portal.contributors.models import ChecklistItem, Department, Substitution
from portal.contributors.names import in_sentence
from portal.contributors.ownership import OwnFilesPolicy, OwnPagesPolicy
from portal.contributors.policies import ReviewedRecordPolicy
from portal.contributors.seen import seen, seen_or_public
from portal.core.inspect_in_words import DayColumn, InspectInWords
from portal.core.models import Notice, PortalInformation, Topic
from portal.translation.records import may_translate_record

_LAST = 1000  # of several functions for one hook
_BY_LANGUAGE = ["locale_id", "name"]  # the originals first, not three languages mixed in one alphabet
_WORKFLOW_ITEMS = (action_menu.WorkflowMenuItem, snippet_action_menu.WorkflowMenuItem)

register_permission_policy(Page, OwnPagesPolicy())
# Rights are given on Wagtail's own models, whichever model stands in for them.
for _model, _rights in ((get_image_model(), Image), (get_document_model(), Document)):
    _policy = OwnFilesPolicy(_model, auth_model=_rights, owner_field_name="uploaded_by_user")
    register_permission_policy(_model, _policy)
for _model in (Topic, Department, PortalInformation, Notice):
    register_permission_policy(_model, ReviewedRecordPolicy(_model))


class ReviewedEditView(EditView):
    """Approving without changing anything writes no version: whoever approves does not become an author by it.

    Translators have no right over a kind of record; of their own language they open every record.
    """

    def user_has_permission(self, permission):
        if permission == self.permission_required and may_translate_record(self.request.user, self.object):
            return True
        return super().user_has_permission(permission)

    def save_instance(self):
        if self.action == "workflow-action" and not self.form.has_changed():
            self.new_revision = None
            return self.form.instance
        return super().save_instance()


class _OnlySeen:
    """A chooser offers what its user may read."""

    def get_object_list(self):
        return seen(super().get_object_list(), self.request.user)


class ReviewedChooseView(_OnlySeen, ChooseView):
    pass


class ReviewedChooseResultsView(_OnlySeen, ChooseResultsView):
    pass


class ReviewedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ReviewedChooseView
    choose_results_view_class = ReviewedChooseResultsView


class ReviewedSnippetViewSet(SnippetViewSet):
    """What the registers share. Copying is off: a copy of a record would be the same thing under a second code."""

    edit_view_class = ReviewedEditView
    inspect_view_class = InspectInWords
    chooser_viewset_class = ReviewedChooserViewSet
    copy_view_enabled = False
    inspect_view_enabled = True  # contributors and reviewers hold the right to look, no more
    # How Wagtail keeps a record is nobody's business there.
    inspect_view_fields_exclude = [
        "id",
        "translation_key",
        *(field.name for mixin in (RevisionMixin, DraftStateMixin, LockableMixin) for field in mixin._meta.fields),
    ]
    list_per_page = 50
    chooser_per_page = 50  # all bodies of a language at once: a chooser of records has no search

    def get_queryset(self, request):
        return seen(self.model._default_manager.all(), request.user)


class TopicViewSet(ReviewedSnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", Column("locale", label=_("Language")), Column("code", label=_("Code"), sort_key="code")]
    search_fields = ["name", "code"]
    ordering = _BY_LANGUAGE


class DepartmentViewSet(ReviewedSnippetViewSet):
    model = Department
    icon = "group"
    menu_label = _("Departments")
    list_display = [
        "name",
        Column("locale", label=_("Language")),
        Column("code", label=_("Code"), sort_key="code"),
        Column("short_name", label=_("Short name")),
        DayColumn("valid_from", label=_("Exists since"), sort_key="valid_from"),
        DayColumn("valid_until", label=_("Existed until"), sort_key="valid_until"),
        Column("replaced_by", label=_("Replaced by")),
    ]
    list_filter = {"valid_until": ["isnull"]}
    search_fields = ["name", "short_name", "code"]
    ordering = _BY_LANGUAGE


class PortalInformationViewSet(ReviewedSnippetViewSet):
    model = PortalInformation
    icon = "info-circle"
    menu_label = _("Portal information")
    list_display = [
        "portal_name",
        Column("managing_body", label=_("Managing body")),
        Column("email", label=_("E-mail")),
    ]
    ordering = ["pk"]


class NoticeViewSet(ReviewedSnippetViewSet):
    model = Notice
    icon = "warning"
    menu_label = _("Notices")
    list_display = [
        "text",
        DayColumn("shown_from", label=_("Shown from"), sort_key="shown_from"),
        DayColumn("shown_until", label=_("Shown until"), sort_key="shown_until"),
    ]
    search_fields = ["text"]
    ordering = ["-shown_from"]


class RegistersGroup(SnippetViewSetGroup):
    """The records that pages refer to."""

    items = (TopicViewSet, DepartmentViewSet, PortalInformationViewSet, NoticeViewSet)
    menu_label = _("Registers")
    menu_name = "registers"
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(RegistersGroup)


class ChecklistViewSet(ModelViewSet):
    """The reviewer's checklist, for administrators."""

    model = ChecklistItem
    icon = "list-ol"
    menu_order = 600
    add_to_settings_menu = True
    list_display = ["statement", "code", "sort_order", BooleanColumn("active", label=_("In use"))]
    ordering = ["sort_order", "pk"]
    copy_view_enabled = False


class SubstitutionViewSet(ModelViewSet):
    """Who stands in for whom, for administrators."""

    model = Substitution
    icon = "group"
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["person", "substitute", "first_day", "last_day"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_desk_viewsets():
    return [ChecklistViewSet("checklist"), SubstitutionViewSet("substitutions")]


for _moment, _function in (("before_edit", conflicts.before_edit), ("after_edit", conflicts.after_edit)):
    hooks.register(f"{_moment}_page", _function)
    hooks.register(f"{_moment}_snippet", _function)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_why_it_came_back(request, obj):
    """A text that was returned opens with the reason; of a translation its own bar says it."""
    state = getattr(obj, "current_workflow_state", None)  # not every record is reviewed
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    decision = state.current_task_state
    if decision.comment and obj.locale.language_code == settings.LANGUAGE_CODE:
        text = _("%(name)s returned this text: «%(reason)s»")
        messages.warning(request, text % {"name": decision.finished_by or "—", "reason": decision.comment})


@hooks.register("construct_snippet_action_menu")
def offer_no_publishing(menu_items, request, context):
    """Wagtail asks the user's own permissions for these buttons, and administrators hold every one."""
    menu_items[:] = [item for item in menu_items if item.name not in ("action-publish", "action-unpublish")]


@hooks.register("construct_page_action_menu", order=_LAST)
@hooks.register("construct_snippet_action_menu", order=_LAST)
def put_approval_first(menu_items, request, context):
    """The large button of whoever's turn it is approves, without asking for a comment where one need not be given."""
    approvals = [item for item in menu_items if isinstance(item, _WORKFLOW_ITEMS) and item.name == "approve"]
    if approvals:
        first = min(approvals, key=lambda item: item.launch_modal)
        menu_items.remove(first)
        menu_items.insert(0, first)


class _SubmitInWords:
    """«Submit to …», which names the workflow or the task, in the reader's language."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"label": in_sentence(context["label"])}


class SubmitPage(_SubmitInWords, action_menu.SubmitForModerationMenuItem):
    pass


class SubmitRecord(_SubmitInWords, snippet_action_menu.SubmitForModerationMenuItem):
    pass


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def name_workflows_in_words(menu_items, request, context):
    for ours in (SubmitPage, SubmitRecord):
        theirs = ours.__bases__[-1]
        menu_items[:] = [ours(order=item.order) if type(item) is theirs else item for item in menu_items]


@hooks.register("register_log_actions", order=_LAST)
def name_tasks_in_words(actions):
    """What Wagtail logs of a workflow names it and its tasks as they are called in the database."""
    for action, formatter in list(actions.formatters.items()):
        if action.startswith("wagtail.workflow."):
            formatter.format_message = _in_words(formatter.format_message)


def _in_words(format_message):
    return lambda entry: in_sentence(format_message(entry))


@hooks.register("construct_main_menu")
def leave_out_help(request, menu_items):
    """Wagtail's help points at its own English pages and release notes; the portal's handbook has its own place."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("construct_page_chooser_queryset")
def offer_own_and_public_pages(pages, request):
    return seen_or_public(pages, request.user)


@hooks.register("before_delete_snippet")
def keep_departments_that_answer_for_something(request, instances):
    """A department that pages, drafts or people refer to is not deleted; it ends by date, and another replaces it."""
    for body in instances:
        if isinstance(body, Department) and (uses := uses_of(body)):
            text = _("«%(name)s» was not deleted: %(uses)s. Enter until when it existed and what replaced it instead.")
            messages.error(request, text % {"name": body, "uses": "; ".join(uses)})
            return redirect(reverse(body.snippet_viewset.get_url_name("list")))
    return None


@hooks.register("construct_homepage_panels")
def put_desk_first(request, panels):
    """Instead of Wagtail's list of reviews, which shows one's own texts too and offers to approve what is not open."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(DeskPanel(request.user))


@hooks.register("construct_homepage_summary_items", order=_LAST)
def name_the_portal_in_the_readers_language(request, summary_items):
    """The name of the site is data, written in Vietnamese."""
    for item in summary_items:
        item.get_context_data = _with_name(item.get_context_data)


def _with_name(get_context_data):
    return lambda parent_context: {**get_context_data(parent_context), "site_name": settings.WAGTAIL_SITE_NAME}


@hooks.register("insert_global_admin_js")
def say_when_a_session_ends_and_put_calendars_away():
    scripts = [(versioned_static(f"portal_contributors/{name}.js"),) for name in ("session", "dates", "uploads")]
    return format_html_join("\n", '<script src="{}"></script>', scripts)


@hooks.register("insert_global_admin_css")
def style_desk():
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("portal_contributors/desk.css"))


@hooks.register("register_admin_urls")
def register_desk_urls():
    return [
        path("desk/urgent/<int:page_id>/", views.urgent, name="desk_urgent"),
        path("desk/release/<int:page_id>/", views.release, name="desk_release"),
        path("desk/rights/", views.rights, name="department_rights"),
        path("desk/rights/<int:department_id>/", views.edit_rights, name="department_rights_edit"),
    ]


@hooks.register("register_settings_menu_item")
def register_rights():
    return AdministratorsMenuItem(
        _("Rights of departments"), reverse("department_rights"), name="department-rights", icon_name="group", order=620
    )


class AdministratorsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.is_superuser


@hooks.register("register_page_header_buttons")
def offer_desk_actions(page, user, view_name, next_url=None):
    """Beside Wagtail's own entries in the menu of a page."""
    if views.may_hurry(page, user) and page.has_unpublished_changes:
        url = reverse("desk_urgent", args=[page.pk])
        yield Button(_("Urgent path"), url, icon_name="warning", priority=71)
    if user.is_superuser and page.workflow_in_progress:
        yield Button(
            _("Release from review"), reverse("desk_release", args=[page.pk]), icon_name="lock-open", priority=72
        )
