"""The screens of «Publish together»."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page

from portal.publishing.bundles import (
    BundleRefused,
    add_to_bundle,
    cancel_bundle,
    pages_of,
    problems_of,
    publish_bundle,
    schedule_bundle,
)
from portal.publishing.models import Bundle

_MOST = 50  # pages chosen at once


def may_bundle(page: Page, user) -> bool:
    """Who may withdraw a page may say with which others it goes out."""
    return page.permissions_for_user(user).can_unschedule()


class AddForm(forms.Form):
    """Into which bundle, and which languages of the page."""

    bundle = forms.ModelChoiceField(
        label=gettext_lazy("Bundle"),
        queryset=Bundle.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new one"),
    )
    name = forms.CharField(label=gettext_lazy("Name of a new bundle"), max_length=200, required=False)
    pages = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Languages"), queryset=Page.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, chosen: list[Page], **kwargs):
        super().__init__(*args, **kwargs)
        versions = Page.objects.filter(translation_key__in=[page.translation_key for page in chosen], alias_of=None)
        versions = versions.select_related("locale").order_by("path")
        self.fields["bundle"].queryset = Bundle.objects.filter(state__in=Bundle.WAITING)
        self.fields["pages"].queryset = versions
        self.fields["pages"].label_from_instance = lambda version: (
            f"{version.locale.get_display_name()}: {version.get_admin_display_title()}"
        )
        self.fields["pages"].initial = versions
        self.fields["name"].initial = chosen[0].get_admin_display_title()

    def clean(self):
        data = super().clean()
        if not data.get("bundle") and not (data.get("name") or "").strip():
            self.add_error("name", _("Choose a bundle, or give the new one a name."))
        return data


def add(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put a page, in the languages chosen, into a bundle."""
    return _add(request, [get_object_or_404(Page, pk=page_id)])


def add_many(request: HttpRequest) -> HttpResponse:
    """The same for several pages, `?page=1&page=2`, as the table of pages and languages sends them."""
    ids = [int(number) for number in request.GET.getlist("page") if number.isascii() and number.isdigit()]
    pages = list(Page.objects.filter(pk__in=ids[:_MOST], depth__gt=1).order_by("path"))
    if not pages:
        messages.error(request, _("Choose at least one page."))
        return redirect("translation_states")
    return _add(request, pages)


def _add(request: HttpRequest, pages: list[Page]) -> HttpResponse:
    if not all(may_bundle(page, request.user) for page in pages):
        raise PermissionDenied
    form = AddForm(request.POST if request.method == "POST" else None, chosen=pages)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["pages"])
        if not all(may_bundle(version, request.user) for version in chosen):
            raise PermissionDenied
        bundle = form.cleaned_data["bundle"]
        if bundle is None:
            bundle = Bundle.objects.create(name=form.cleaned_data["name"], created_by=request.user)
        try:
            add_to_bundle(bundle, chosen, request.user)
        except BundleRefused as error:
            if not bundle.items.exists():
                bundle.delete()
            form.add_error(None, " ".join(error.problems))
        else:
            return redirect("bundle", bundle.pk)
    subtitle = ", ".join(page.get_admin_display_title() for page in pages)
    context = {"form": form, "page_title": _("Publish together"), "page_subtitle": subtitle}
    return TemplateResponse(request, "wagtailadmin/desk/reason.html", context | {"header_icon": "collapse-down"})


class HourForm(forms.Form):
    publish_at = forms.DateTimeField(label=gettext_lazy("Publish at"), widget=AdminDateTimeInput)

    def clean_publish_at(self):
        if self.cleaned_data["publish_at"] <= timezone.now():
            raise forms.ValidationError(_("This hour is over."))
        return self.cleaned_data["publish_at"]


def show(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """A bundle: its pages, what is still missing, and the buttons."""
    bundle = get_object_or_404(Bundle, pk=bundle_id)
    pages = pages_of(bundle)
    if not may_see(request.user) or not all(may_bundle(page, request.user) for page in pages):
        raise PermissionDenied
    if request.POST.get("action") == "cancel" and bundle.is_waiting and "sure" not in request.POST:
        context = {"bundle": bundle, "pages": pages, "page_title": _("Cancel the bundle"), "page_subtitle": bundle.name}
        return TemplateResponse(request, "wagtailadmin/desk/cancel_bundle.html", context)
    hour = HourForm(request.POST if request.POST.get("action") == "schedule" else None)
    if request.method == "POST" and bundle.is_waiting and _act(request, bundle, hour):
        return redirect("bundle", bundle.pk)
    context = {"bundle": bundle, "pages": pages, "hour": hour, "page_title": bundle.name}
    context["problems"] = problems_of(bundle) if bundle.is_waiting else []
    return TemplateResponse(request, "wagtailadmin/desk/bundle.html", context)


def _act(request: HttpRequest, bundle: Bundle, hour: HourForm) -> bool:
    """Do what a button says; False where the form has to be shown again."""
    action = request.POST.get("action", "")
    try:
        if action == "publish":
            publish_bundle(bundle, request.user)
            messages.success(request, _("All pages of «%(name)s» are public.") % {"name": bundle})
        elif action == "schedule":
            if not hour.is_valid():
                return False
            schedule_bundle(bundle, hour.cleaned_data["publish_at"])
            messages.success(request, _("«%(name)s» goes out at its hour.") % {"name": bundle})
        elif action == "cancel":
            cancel_bundle(bundle)
            messages.success(request, _("«%(name)s» was cancelled; its pages are not public.") % {"name": bundle})
        elif action.startswith("remove-") and action[7:].isdecimal():
            for item in bundle.items.filter(page_id=int(action[7:])).select_related("page"):
                item.delete()
                words = _("«%(page)s» was taken out of the bundle.")
                messages.success(request, words % {"page": item.page.get_admin_display_title()})
    except BundleRefused as error:
        messages.error(request, str(error))
    return True


def listing(request: HttpRequest) -> HttpResponse:
    """All bundles, waiting ones first."""
    if not may_see(request.user):
        raise PermissionDenied
    bundles = sorted(Bundle.objects.select_related("created_by"), key=lambda bundle: not bundle.is_waiting)
    return TemplateResponse(
        request, "wagtailadmin/desk/bundles.html", {"bundles": bundles, "page_title": _("Publish together")}
    )


def may_see(user) -> bool:
    from portal.contributors.roles import EDITORS

    return user.is_superuser or user.groups.filter(name=EDITORS).exists()
