"""The desk's own screens: rights of departments, the urgent path, releasing a review that is stuck."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, Workflow

from portal.contributors import department_rights
from portal.contributors.checklist import ReasonForm
from portal.contributors.deadlines import make_urgent
from portal.contributors.letters import send_released
from portal.contributors.models import Department, DepartmentRight
from portal.contributors.names import URGENT_WORKFLOW, in_words
from portal.translation.gate import NotSent, send_for_review, translation_of


def _ask_reason(
    request: HttpRequest, page: Page, title: str, explanation: str, hint: str, button: str, done
) -> HttpResponse:
    """A screen with one field and a hint what to write there; `done(reason)` acts and says so."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["comment"].help_text = hint
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            done(form.cleaned_data["comment"])
        return redirect("wagtailadmin_home")
    context = {"form": form, "page_title": title, "page_subtitle": page.get_admin_display_title()}
    context |= {"header_icon": "clipboard-list", "explanation": explanation, "button": button}
    return TemplateResponse(request, "wagtailadmin/desk/reason.html", context)


def may_hurry(page: Page, user) -> bool:
    """Whether a person may send this page to the reviewer without an editor: who may withdraw it may also do that."""
    return page.alias_of_id is None and page.permissions_for_user(user).can_unschedule()


def urgent(request: HttpRequest, page_id: int) -> HttpResponse:
    """The short way of a press matter: the latest draft goes straight to the reviewer, with the reason in the log."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_hurry(page, request.user):
        raise PermissionDenied
    if page.latest_revision is None or not (page.has_unpublished_changes or not page.live):
        messages.error(request, _("There is no draft that is not public yet."))
        return redirect("wagtailadmin_pages:edit", page.pk)

    def hurry(reason: str) -> None:
        state = page.current_workflow_state
        if state is not None:
            state.cancel(user=request.user)
        _send(page, request.user)
        task_state = page.current_workflow_task_state
        log(
            instance=page,
            action="portal.workflow.urgent",
            user=request.user,
            revision=task_state.revision,
            data={"comment": reason},
        )
        make_urgent(task_state)
        messages.success(
            request,
            _("«%(title)s» is urgent and waits: %(task)s.") % {"title": page, "task": in_words(task_state.task.name)},
        )

    explanation = _(
        "A text skips the editor and goes to the reviewer; a translation still has its second reader. The time is short"
        " and the reason is kept in the audit log."
    )
    hint = _("Why it cannot wait")
    try:
        return _ask_reason(request, page, _("Urgent path"), explanation, hint, _("Send on the urgent path"), hurry)
    except NotSent as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)


def _send(page: Page, user) -> None:
    """A translation has no editor to skip: it is sent as translators send it, whole or not at all."""
    if (translation := translation_of(page)) is not None:
        send_for_review(translation, user)
    else:
        original = page.locale.language_code == settings.LANGUAGE_CODE
        workflow = Workflow.objects.get(name=URGENT_WORKFLOW) if original else page.get_workflow()
        workflow.start(page, user)


def release(request: HttpRequest, page_id: int) -> HttpResponse:
    """Administrators end a review that nobody can finish; the text is a draft again and can be sent anew."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not request.user.is_superuser:
        raise PermissionDenied
    if page.current_workflow_state is None:
        messages.error(request, _("This text is in no review."))
        return redirect("wagtailadmin_pages:edit", page.pk)

    def end(reason: str) -> None:
        data = {"comment": reason, "requested_by": str(page.current_workflow_state.requested_by or "")}
        log(
            instance=page, action="portal.workflow.release", user=request.user, revision=page.latest_revision, data=data
        )
        state = page.current_workflow_state
        state.cancel(user=request.user)
        if state.requested_by != request.user:
            send_released.enqueue(state.pk, str(request.user.get_full_name() or request.user), reason)
        messages.success(request, _("The review of «%(title)s» was ended; nothing was published.") % {"title": page})

    explanation = _("The review ends without a decision: nothing is published, the draft stays and can be sent again.")
    hint = _("Why the review cannot be finished; kept in the audit log")
    return _ask_reason(request, page, _("Release from review"), explanation, hint, _("End the review"), end)


class RightsForm(forms.Form):
    """One choice for every section and language."""

    def __init__(self, *args, department: Department, sections, **kwargs):
        super().__init__(*args, **kwargs)
        present = {right.section_id: right.level for right in department.rights.all()}
        for section in sections:
            original = section.locale.language_code == department.locale.language_code
            levels = DepartmentRight.LEVELS if original else [(DepartmentRight.EDIT, gettext_lazy("translate"))]
            self.fields[str(section.pk)] = forms.ChoiceField(
                label=f"{section.title} ({section.locale.get_display_name()})",
                choices=[("", "–"), *levels],
                required=False,
                initial=present.get(section.pk, ""),
            )


def sections() -> list[Page]:
    """The sections of every language that exist as pages of their own, the Vietnamese ones first."""
    languages = [code for code, _name in settings.LANGUAGES]
    pages = Page.objects.filter(depth=3, alias_of=None).select_related("locale").order_by("path")
    return sorted(pages, key=lambda page: languages.index(page.locale.language_code))


def rights(request: HttpRequest) -> HttpResponse:
    """What every department may do, in one table; a department's row leads to its form."""
    if not request.user.is_superuser:
        raise PermissionDenied
    columns = sections()
    given = {(right.department_id, right.section_id): right for right in DepartmentRight.objects.all()}
    rows = [
        {
            "department": department,
            "heir": department.heir if department.is_over else None,
            "url": reverse("department_rights_edit", args=[department.pk]),
            "cells": [given.get((department.pk, section.pk)) for section in columns],
        }
        for department in department_rights.departments()
    ]
    context = {"page_title": _("Rights of departments"), "header_icon": "group", "columns": columns, "rows": rows}
    return TemplateResponse(request, "wagtailadmin/desk/rights.html", context)


def edit_rights(request: HttpRequest, department_id: int) -> HttpResponse:
    """The form of one department."""
    if not request.user.is_superuser:
        raise PermissionDenied
    department = get_object_or_404(department_rights.departments(), pk=department_id)
    form = RightsForm(request.POST if request.method == "POST" else None, department=department, sections=sections())
    if request.method == "POST" and form.is_valid():
        _save_rights(department, form.cleaned_data, request.user)
        messages.success(request, _("The rights of «%(name)s» were saved.") % {"name": department})
        return redirect("department_rights")
    context = {"form": form, "page_title": _("Rights of departments"), "page_subtitle": department.name}
    return TemplateResponse(request, "wagtailadmin/desk/reason.html", context | {"header_icon": "group"})


@transaction.atomic
def _save_rights(department: Department, levels: dict[str, str], user) -> None:
    before = {str(right.section_id): right.level for right in department.rights.all()}
    after = {section: level for section, level in levels.items() if level}
    department.rights.all().delete()
    DepartmentRight.objects.bulk_create(
        DepartmentRight(department=department, section_id=section, level=level) for section, level in after.items()
    )
    department_rights.grant_all()
    if before != after:
        log(instance=department, action="portal.rights", user=user, data={"before": before, "after": after})
