"""What the home of the administration shows first: what waits for me, what came back, what is due, one button."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_latest_str
from wagtail.models import (
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    get_page_models,
)
from wagtail.permissions import policy_registry

from portal.audit.views import may_see as may_see_log
from portal.contributors import department_rights, roles
from portal.contributors.deadlines import stuck_reviews
from portal.contributors.names import in_words
from portal.core.feedback import report as feedback
from portal.publishing.approvals import is_author
from portal.translation.desk.people import locales_of, translates_for_department
from portal.translation.desk.queue import waiting_in
from portal.translation.editor import edit_url
from portal.translation.states import State

_AT_MOST = 20
_DAYS_AHEAD = 30


def waiting_for(user) -> list[dict]:
    """Reviews this person can decide, urgent ones first, then by their hour."""
    states = TaskState.objects.reviewable_by(user).select_related(
        "deadline", "task", "workflow_state__requested_by", "revision"
    )
    rows = []
    for state in states.order_by("-deadline__is_urgent", "deadline__due_at", "started_at")[: _AT_MOST * 2]:
        obj = state.workflow_state.content_object
        if obj is not None and not is_author(obj, user):
            rows.append(_row(obj, state))
    return rows[:_AT_MOST]


def _row(obj, state: TaskState) -> dict:
    deadline = getattr(state, "deadline", None)
    return {
        "title": get_latest_str(obj),
        "url": edit_url(obj),
        "language": obj.locale.get_display_name(),
        "task": in_words(state.task.name),
        "by": state.workflow_state.requested_by,
        "due_at": deadline.due_at if deadline else None,
        "is_over": bool(deadline and deadline.is_over),
        "is_urgent": bool(deadline and deadline.is_urgent),
    }


def returned_to(user) -> list[dict]:
    """Texts of this person that came back with a reason."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
    states = states.select_related("current_task_state__task", "current_task_state__finished_by")
    rows = []
    for state in states.order_by("-current_task_state__finished_at")[:_AT_MOST]:
        obj = state.content_object
        if obj is not None:
            decision = state.current_task_state
            rows.append({**_row(obj, decision), "by": decision.finished_by, "reason": decision.comment})
    return rows


def to_translate(user, today=None) -> list[dict]:
    """For who translates, by language: how many pages wait, and how many of them readers asked for or are late."""
    today = today or timezone.localdate()
    rows = []
    for locale in locales_of(user) if _is_translator(user) or translates_for_department(user) else []:
        waiting = waiting_in(locale, user).values_list("state", "asked", "due_on")
        row = {
            "language": locale.get_display_name(),
            "url": reverse("translation_desk", args=[locale.language_code]),
            "pages": len(waiting),
            "asked": sum(asked > 0 for _state, asked, _due in waiting),
            "stale": sum(state == State.STALE for state, _asked, _due in waiting),
            "late": sum(due is not None and due < today for _state, _asked, due in waiting),
        }
        if row["pages"]:
            rows.append(row)
    return rows


def _is_translator(user) -> bool:
    return not user.is_superuser and user.groups.filter(name__startswith="Người dịch ").exists()


def due_pages(user, today=None) -> list[dict]:
    """Public pages of this person's department whose content somebody should check within a month."""
    if user.department_id is None:
        return []
    mine = department_rights.bodies_of(user)
    until = (today or timezone.localdate()) + timedelta(days=_DAYS_AHEAD)
    rows = []
    for model in page_types():
        rows += model.objects.filter(
            live=True, alias_of=None, department__translation_key__in=mine, review_date__lte=until
        )
    rows.sort(key=lambda page: page.review_date)
    return [{"title": page.title, "url": edit_url(page), "review_date": page.review_date} for page in rows[:_AT_MOST]]


def page_types() -> list[type]:
    """Every type of page of the portal; departments and review dates are columns of each."""
    return [model for model in get_page_models() if model is not Page]


def vacant_tasks() -> list[str]:
    """Kinds of review that nobody can give, because their groups have no member. For administrators."""
    used = Q(pk__in=WorkflowPage.objects.values("workflow")) | Q(pk__in=WorkflowContentType.objects.values("workflow"))
    workflows = Workflow.objects.filter(used, active=True)
    tasks = Task.objects.filter(active=True, workflow_tasks__workflow__in=workflows).distinct().order_by("name")
    staffed = get_user_model().objects.filter(is_active=True).values("groups")
    return [
        in_words(task.name)
        for task in tasks.specific()
        if hasattr(task, "groups") and not task.groups.filter(pk__in=staffed).exists()
    ]


def main_button(user, waiting: list[dict], returned: list[dict]) -> dict | None:
    """The thing this person does most: the next review, the text that came back, the translators' queue, a new text.

    Who only reads what others wrote may write too, through their department, but that is not what they come for.
    """
    if waiting:
        return {"label": _("Open the next review"), "url": waiting[0]["url"]}
    if returned:
        return {"label": _("Correct what was returned"), "url": returned[0]["url"]}
    if _is_translator(user):
        return {"label": _("Open the translation desk"), "url": reverse("translation_desk_mine")}
    if _only_reads(user):
        return {"label": _("See what was decided"), "url": reverse("audit_log")} if may_see_log(user) else None
    section = _section_to_write_in(user)
    if section is not None:
        return {"label": _("Write a text"), "url": reverse("wagtailadmin_pages:add_subpage", args=[section.pk])}
    return None


def _only_reads(user) -> bool:
    """Whether a person's roles are to read for approval, and none of them is to write."""
    roles_held = set(user.groups.exclude(department_rights.DEPARTMENT_GROUPS).values_list("name", flat=True))
    readers = {roles.REVIEWERS, *(roles.second_readers(code) for code in roles.TRANSLATED)}
    writes = user.is_superuser or not roles_held.isdisjoint((roles.CONTRIBUTORS, roles.EDITORS))
    return not writes and not roles_held.isdisjoint(readers)


def _section_to_write_in(user) -> Page | None:
    policy = policy_registry.get_by_type(Page)
    sections = policy.instances_user_has_permission_for(user, "add").filter(Q(depth=3) | Q(depth=2))
    news = sections.filter(content_type__model="newsindexpage").first()
    return news or sections.filter(depth=3).order_by("path").first()


class DeskPanel(Component):
    """First on the page."""

    name = "desk"
    template_name = "wagtailadmin/desk/home.html"
    order = 50

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        waiting, returned = waiting_for(self.user), returned_to(self.user)
        return {
            "waiting": waiting,
            "are_more": len(waiting) == _AT_MOST,
            "to_translate": to_translate(self.user),
            "returned": returned,
            "due": due_pages(self.user),
            "button": main_button(self.user, waiting, returned),
            "questions": feedback.waiting() if feedback.may_answer(self.user) else {},
            "stuck": [_row(state.workflow_state.content_object, state) for state in stuck_reviews(self.user)],
            "vacant": vacant_tasks() if self.user.is_superuser else [],
            "without_department": self.user.department_id is None and not self.user.is_superuser,
        }
