"""Answering for a mistake that a reader reported: what was done, by whom and when, in the audit log too."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from portal.core.feedback.report import may_answer
from portal.core.models import Feedback


class AnswerForm(forms.ModelForm):
    """The state and what was done; the state that the person saw travels along."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Feedback
        fields = ["state", "note"]
        widgets = {"state": forms.RadioSelect, "note": forms.Textarea({"rows": 4})}
        help_texts = {"note": gettext_lazy("For the desk: readers do not see it.")}

    def clean(self):
        data = super().clean()
        if data.get("state") == Feedback.State.CLOSED and not (data.get("note") or "").strip():
            self.add_error("note", _("Say why nothing is to be corrected."))
        return data


def _stamp(question: Feedback) -> str:
    """What changes with every answer."""
    return question.answered_at.isoformat() if question.answered_at else "-"


def answer(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """One question of a reader with the page it is about, and the form that answers it."""
    if not may_answer(request.user):
        raise PermissionDenied
    questions = (Feedback.questions() & Feedback.remembered()).select_related("page", "answered_by")
    question = get_object_or_404(questions, pk=feedback_id)
    form = AnswerForm(request.POST or None, instance=question, initial={"seen": _stamp(question)})
    if request.method == "POST" and form.is_valid():
        if _keep(question, form, request.user):
            messages.success(request, _("Your answer was kept."))
            return redirect("feedback_report")
        latest = Feedback.objects.select_related("answered_by").get(pk=question.pk)
        text = _("%(person)s answered this meanwhile. Look at their answer; yours was not kept, but is still here.")
        messages.error(request, text % {"person": latest.answered_by or _("Somebody else")})
        form.data = request.POST.copy()
        form.data["seen"] = _stamp(latest)
    context = {
        # Read again: the form has written what was typed into its own.
        "question": Feedback.objects.select_related("page", "answered_by").get(pk=question.pk),
        "form": form,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[question.page_id]),
        "page_title": _("A mistake that a reader reported"),
        "page_subtitle": question.page.get_admin_display_title(),
        "header_icon": "comment",
    }
    return TemplateResponse(request, "wagtailadmin/desk/question.html", context)


@transaction.atomic
def _keep(question: Feedback, form: AnswerForm, user) -> bool:
    """Keep an answer unless another came in since the form was opened; false then."""
    known = Feedback.objects.select_for_update().get(pk=question.pk)
    if _stamp(known) != form.cleaned_data["seen"]:
        return False
    answered = form.save(commit=False)
    is_open = answered.state == Feedback.State.NEW
    answered.answered_at = None if is_open else timezone.now()
    answered.answered_by = None if is_open else user
    answered.save()
    data = {"state": answered.state, "comment": answered.note, "page": answered.page_id}
    log(instance=answered, action="portal.feedback.answer", user=user, data=data)
    return True
