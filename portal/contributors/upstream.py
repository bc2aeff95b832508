"""Small changes inside Wagtail that the desk needs and that no hook offers.

`tests/admin/test_departments.py` fails when one of the functions that are replaced changes.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.forms.choosers import LocaleFilterMixin
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksReportFilterSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.locks import WorkflowLock
from wagtail.models import Page
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail_localize.views.snippets_api import SnippetViewSet

from portal.contributors.names import in_sentence, in_words

upstream_decorate = PageTypesUsageReportView.decorate_paginated_queryset
upstream_act = WorkflowAction.post
upstream_actionable = BulkAction.get_actionable_objects
upstream_lock_message = WorkflowLock.get_message
upstream_viewable = ModelLogEntryManager.viewable_by_user
upstream_title = Page.get_admin_display_title
_LISTS = (ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet, SnippetViewSet)
upstream_lists = {view: view.get_queryset for view in _LISTS}
upstream_recipients = GroupApprovalTaskStateSubmissionEmailNotifier.get_recipient_users
upstream_filter_form = LocaleFilterMixin.__init__


def install() -> None:
    """Called once when the application is ready."""
    from portal.contributors.user_forms import NameEmailForm

    PageTypesUsageReportView.decorate_paginated_queryset = decorate_paginated_queryset
    WorkflowAction.post = act
    BulkAction.get_actionable_objects = get_actionable_objects
    Page.get_admin_display_title = get_admin_display_title
    WorkflowLock.get_message = get_message
    ModelLogEntryManager.viewable_by_user = viewable_by_user
    for view in _LISTS:
        view.get_queryset = get_queryset
    GroupApprovalTaskStateSubmissionEmailNotifier.get_recipient_users = get_recipient_users
    LocaleFilterMixin.__init__ = init_filter_form
    NameEmailSettingsPanel.form_class = NameEmailForm
    for filters in (WorkflowReportFilterSet, WorkflowTasksReportFilterSet):
        for name in {"workflow", "task"} & set(filters.base_filters):
            choice = filters.base_filters[name]
            choice.field_class = type("InWordsField", (_InWords, choice.field_class), {})


class _InWords:
    """A choice of workflows or tasks, called in the reader's language."""

    def label_from_instance(self, obj) -> str:
        return in_words(str(obj))


def decorate_paginated_queryset(self, page_types):
    """Without the page last edited where it is not this person's to edit: its title may be nobody else's business."""
    page_types = upstream_decorate(self, page_types)
    for row in page_types:
        page = row.last_edited_page
        if page is not None and not page.permissions_for_user(self.request.user).can_edit():
            row.last_edited_page = None
    return page_types


def get_actionable_objects(self: BulkAction) -> tuple[list, dict]:
    """Of what somebody may not act on, only what they may read is named: «all» and a forged number name everything."""
    from portal.contributors.seen import seen

    objects, others = upstream_actionable(self)
    refused = others["items_with_no_access"]
    known = seen(self.model._default_manager.filter(pk__in=[one.pk for one in refused]), self.request.user)
    numbers = set(known.values_list("pk", flat=True)) if refused else set()
    others["items_with_no_access"] = [one for one in refused if one.pk in numbers]
    if not objects and not others["items_with_no_access"]:
        raise Http404("nothing of it is theirs to see")
    return objects, others


def get_admin_display_title(self: Page) -> str:
    """Wagtail writes the draft's title everywhere, choosers of other people included."""
    from portal.contributors.seen import shown_title

    return shown_title(self, upstream_title(self))


def viewable_by_user(self: ModelLogEntryManager, user) -> QuerySet:
    """The log names a record as its draft did; whoever may only look at a kind of record reads no drafts."""
    from portal.contributors.seen import without_drafts_of_others

    return without_drafts_of_others(upstream_viewable(self, user), user)


def get_message(self: WorkflowLock, user) -> str:
    """Why a text cannot be edited, with the task that it waits for in the reader's language."""
    return in_sentence(upstream_lock_message(self, user) or "")


def get_queryset(self) -> QuerySet:
    """The administration's API lists what the person may read, and no more."""
    from portal.contributors.seen import seen

    upstream = next(upstream_lists[view] for view in _LISTS if isinstance(self, view))
    return seen(upstream(self), self.request.user)


def act(self: WorkflowAction, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Decide, and say what came of it: Wagtail's buttons outside the editor say nothing."""
    from portal.contributors.outcome import tell

    response = upstream_act(self, request, *args, **kwargs)
    tell(request, self.object, self.task_state)
    return response


def get_recipient_users(self, task_state, **kwargs):
    """Whom a letter tells that a text has come: besides the members of the group those who stand in for them today."""
    from portal.contributors.deadlines import absences_of

    members = upstream_recipients(self, task_state, **kwargs)
    substitutes = absences_of(task_state.task.specific).values("substitute")
    sender = kwargs.get("user")
    people = get_user_model().objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=substitutes))
    return people.exclude(pk=sender.pk) if sender else people


def init_filter_form(self: LocaleFilterMixin, *args, **kwargs) -> None:
    """The field by which choosers narrow records to a language has its name, in the language of whoever chooses."""
    upstream_filter_form(self, *args, **kwargs)
    if "locale" in self.fields:
        self.fields["locale"].label = _("Language")
