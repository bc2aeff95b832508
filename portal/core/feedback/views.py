"""Receives «was this useful» and «report a mistake». The forms stand on cached pages, so they carry no token."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.models import Feedback
from portal.core.public_forms import public_form
from portal.publishing.visibility import is_public


class FeedbackForm(forms.ModelForm):
    """A reader's answer; a mistake has to be described."""

    text = forms.CharField(
        label=_("What is wrong on this page?"),
        help_text=_("Please do not write names or other personal data: nobody can answer you here."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    class Meta:
        model = Feedback
        fields = ["kind", "text"]
        widgets = {"kind": forms.HiddenInput}

    def clean(self):
        data = super().clean()
        if data.get("kind") == Feedback.Kind.MISTAKE and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please say in a few words what is wrong."))
        return data


def _page(page_id: int) -> Page:
    """The public page of a number in the active language; raise Http404."""
    page = Page.objects.select_related("locale").filter(pk=page_id, depth__gt=1).first()
    if page is None or not is_public(page) or page.locale.language_code != translation.get_language():
        raise Http404("no public page of this number")
    return page


def _to_the_page(request: HttpRequest, page_id: int) -> HttpResponse:
    return redirect(_page(page_id).get_url(request))


@public_form("feedback", looked_at=_to_the_page, limit=20)
def feedback(request: HttpRequest, page_id: int, robot: bool) -> HttpResponse:
    """Keep an answer on a public page of this language and thank for it, or say what is missing."""
    page = _page(page_id)
    form = FeedbackForm(request.POST, instance=Feedback(page=page, language=page.locale.language_code))
    valid = form.is_valid()
    if "kind" in form.errors:
        raise Http404("no such kind of feedback")
    if valid and not robot:
        form.save()
    context = {"form": None if valid else form, "about": page}
    return TemplateResponse(request, "core/feedback.html", context, status=200 if valid else 422)
