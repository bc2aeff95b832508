"""The one gate behind every door: until a session is in order, its requests are an anonymous reader's.

Signing in by password, by single sign-on or by any way that is added later only begins a session. What `request.user`
is, the administration, restricted pages, previews and interfaces learn from here, so none of them can be reached with
half a sign-in, and none of them needs to know that there is a second factor.
"""

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.auth import reject_request

from portal.core.methods import READ
from portal.signin import second_factor, sessions
from portal.signin.models import SignIn

# What somebody needs who still owes the second factor.
OPEN_VIEWS = (
    "signin_second_factor",
    "signin_second_factor_setup",
    "signin_leave",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
)
LOGIN_VIEWS = ("wagtailadmin_login", "wagtailcore_login")
# Below the administration's address: where strangers may send forms. deploy/nginx.conf has the same.
DOORS = ("login/", "password_reset/", "sign-in/")


class SignInMiddleware:
    """After Django's authentication and messages. Looks at nothing until somebody asks who the reader is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user
        request.half_signed_in = None
        request.sign_in = None
        request.sign_in_ended = False
        admitted = SimpleLazyObject(lambda: admit(request, known))
        request.user = admitted
        request.auser = sync_to_async(lambda: admitted)
        if request.path.startswith(reverse("wagtailadmin_home")) or request.path == reverse("wagtailcore_login"):
            answer = self.first(request)
            if answer is not None:
                return answer
        return self.get_response(request)

    def first(self, request: HttpRequest) -> HttpResponse | None:
        """Lead half a sign-in to its second half, instead of the view that was asked for."""
        bool(request.user.is_authenticated)  # decides
        if request.sign_in_ended:
            messages.info(request, _("Your session has ended. Please sign in again; drafts are kept as last saved."))
        in_window = request.headers.get("x-requested-with") == "XMLHttpRequest"
        stranger = request.half_signed_in is None and not request.user.is_authenticated
        sends = request.method not in READ and not self.is_door(request)
        if in_window and (stranger or (request.half_signed_in and sends)):
            return self.say_signed_out()
        if stranger and sends:
            return reject_request(request)
        if request.half_signed_in is None or in_window:
            return None
        try:
            name = resolve(request.path_info).url_name
        except Resolver404:
            return None
        if name in OPEN_VIEWS or (name in LOGIN_VIEWS and request.method == "POST"):
            return None
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "") if name in LOGIN_VIEWS else request.get_full_path()
        query = urlencode({REDIRECT_FIELD_NAME: wanted})
        return HttpResponseRedirect(f"{reverse('signin_second_factor')}?{query}")

    def is_door(self, request: HttpRequest) -> bool:
        """Whether strangers may send a form here. Elsewhere nobody waits for what they send: it may come for hours."""
        home = reverse("wagtailadmin_home")
        return not request.path.startswith(home) or request.path.removeprefix(home).startswith(DOORS)

    def say_signed_out(self) -> HttpResponse:
        """For a window over a page: it keeps what was filled in and shows these words; a redirect would be lost."""
        message = _(
            "Your session has ended, nothing was decided or saved. Sign in again in a new tab, come back here and send"
            " again: what you filled in is still here."
        )
        addresses = {"login": reverse("wagtailadmin_login"), "home": reverse("wagtailadmin_home")}
        return JsonResponse({"message": message, "label": _("Sign in again"), **addresses}, status=401)


def admit(request: HttpRequest, user):
    """The person, if this session is open, young enough and has its second factor; else an anonymous reader."""
    if not user.is_authenticated:
        return user
    now = timezone.now()
    sign_in = SignIn.objects.filter(pk=request.session.get(sessions.SESSION_KEY), user_id=user.pk).first()
    if sign_in is None or sign_in.is_over(now):
        if sign_in is not None:
            sign_in.delete()
        request.session.flush()
        request.sign_in_ended = True
        return AnonymousUser()
    sign_in.seen(user, now)
    request.sign_in = sign_in
    if second_factor.is_missing(user, sign_in):
        request.half_signed_in = user
        return AnonymousUser()
    return user
