"""Pages of a person's own account: the second factor, and where they are signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from portal.contributors.models import User
from portal.signin import second_factor
from portal.signin.forms import CodeForm
from portal.signin.models import SignIn


@never_cache
@sensitive_post_parameters("code")
def manage_second_factor(request: HttpRequest) -> HttpResponse:
    """New recovery codes, or no second factor any more; both need a code, so that an open screen is not enough."""
    user = request.user
    if second_factor.device_of(user) is None:
        return HttpResponseRedirect(f"{reverse('signin_second_factor_setup')}?next={reverse('wagtailadmin_account')}")
    form = CodeForm(request.POST or None)
    required = second_factor.is_required(user)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check(user, form.cleaned_data["code"])
        except second_factor.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            if "remove" in request.POST and not required:
                second_factor.remove(user)
                messages.success(request, _("The second factor is removed. Your password alone signs you in now."))
                return HttpResponseRedirect(reverse("wagtailadmin_account"))
            context = {"codes": second_factor.new_recovery_codes(user), "next": reverse("wagtailadmin_account")}
            return TemplateResponse(request, "wagtailadmin/signin/recovery_codes.html", context)
    context = {"form": form, "required": required, "codes_left": second_factor.recovery_codes_left(user)}
    return TemplateResponse(request, "wagtailadmin/signin/manage.html", context)


@never_cache
def list_sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, this session first."""
    rows = sorted(SignIn.objects.open_for(request.user), key=lambda row: row.pk != request.sign_in.pk)
    return TemplateResponse(
        request, "wagtailadmin/signin/sessions.html", {"sessions": rows, "current": request.sign_in}
    )


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own other sessions."""
    others = SignIn.objects.filter(user=request.user).exclude(pk=request.sign_in.pk)
    others.filter(pk=pk).delete()
    messages.success(request, _("The session is ended: that browser has to sign in again."))
    return HttpResponseRedirect(reverse("signin_sessions"))


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    SignIn.objects.filter(user=request.user).exclude(pk=request.sign_in.pk).delete()
    messages.success(request, _("All other sessions are ended."))
    return HttpResponseRedirect(reverse("signin_sessions"))


@never_cache
def help_locked_out_person(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator takes away the second factor of somebody who lost it, and ends their sessions."""
    person = get_object_or_404(User, pk=pk)
    allowed = may_help(request.user, person)
    if request.method == "POST" and allowed:
        second_factor.remove(person)
        SignIn.objects.filter(user=person).delete()
        log(person, "wagtail.edit", user=request.user)
        messages.success(
            request, _("The second factor of %(person)s is removed, and their sessions are ended.") % {"person": person}
        )
        return HttpResponseRedirect(reverse("wagtailusers_users:index"))
    if not allowed:
        reason = _("Only an administrator may remove somebody's second factor, and nobody their own in this way.")
        return TemplateResponse(request, "wagtailadmin/refused.html", {"reason": reason}, status=403)
    return TemplateResponse(request, "wagtailadmin/signin/remove_for_person.html", {"person": person})


def may_help(user, person: User) -> bool:
    """Whoever may change accounts; an administrator's only another administrator."""
    if user == person or (person.is_superuser and not user.is_superuser):
        return False
    return user.has_perm("contributors.change_user")
