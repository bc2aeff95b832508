"""Between the password and the session: the second factor, asked for or set up, in the person's language."""

import base64
from functools import wraps

import segno
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.users.models import UserProfile

from portal.signin import second_factor, sessions
from portal.signin.forms import CodeForm

PENDING = "second_factor_to_confirm"  # in the session: the app that is being set up there


def for_person(view):
    """Call a view with the person behind the session, whole or half signed in, in their language."""

    @never_cache
    @sensitive_post_parameters("code")
    @wraps(view)
    def called(request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else request.half_signed_in
        if user is None:
            return HttpResponseRedirect(reverse("wagtailadmin_login"))
        with translation.override(language_of(user, request)):
            response = view(request, user)
            return response.render() if hasattr(response, "render") else response

    return called


def language_of(user, request: HttpRequest) -> str:
    """The language that the person chose, else the one in which they signed in."""
    profile = UserProfile.objects.filter(user=user).first()
    chosen = profile.preferred_language if profile else ""
    return chosen or request.session.get(sessions.LANGUAGE_KEY) or translation.get_language()


def next_address(request: HttpRequest, user) -> str:
    """Where the person wanted to go, if that is here; else the administration, or the site for those who have none."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("wagtailadmin_home" if user.has_perm("wagtailadmin.access_admin") else "root")


@for_person
def enter(request: HttpRequest, user) -> HttpResponse:
    """Ask for a code of the app or a recovery code."""
    address = next_address(request, user)
    if request.user.is_authenticated:
        return HttpResponseRedirect(address)
    if second_factor.device_of(user) is None:
        return HttpResponseRedirect(f"{reverse('signin_second_factor_setup')}?{request.GET.urlencode()}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check(user, form.cleaned_data["code"])
        except second_factor.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            _verified(request, user)
            return HttpResponseRedirect(address)
    return TemplateResponse(request, "wagtailadmin/signin/second_factor.html", {"form": form, "next": address})


@for_person
def set_up(request: HttpRequest, user) -> HttpResponse:
    """Set up an app: by choice, or because a role asks for it, before anything else can be done."""
    address = next_address(request, user)
    if second_factor.device_of(user) is not None:
        return HttpResponseRedirect(reverse("signin_second_factor") if request.half_signed_in else address)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(user, request.session.get(PENDING), form.cleaned_data["code"])
        except second_factor.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            _verified(request, user)
            return TemplateResponse(
                request, "wagtailadmin/signin/recovery_codes.html", {"codes": codes, "next": address}
            )
    device = second_factor.device_to_confirm(user, request.session.get(PENDING))
    request.session[PENDING] = device.pk
    context = {
        "form": form,
        "next": address,
        "required": request.half_signed_in is not None,
        "secret": _in_fours(device),
        "picture": mark_safe(segno.make(device.config_url).svg_inline(scale=5, light="#fff", border=2)),
    }
    return TemplateResponse(request, "wagtailadmin/signin/set_up.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Give up a sign-in that is not complete; Wagtail's own «Log out» is only for those who are in."""
    logout(request)
    return HttpResponseRedirect(reverse("wagtailadmin_login"))


def _verified(request: HttpRequest, user) -> None:
    request.session.cycle_key()
    request.user, request.half_signed_in = user, None
    request.sign_in.second_factor_at = timezone.now()
    request.sign_in.save(update_fields=["second_factor_at"])


def _in_fours(device) -> str:
    """The secret as it is typed into an app that cannot scan."""
    secret = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
