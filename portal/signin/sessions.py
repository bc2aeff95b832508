"""Every way of signing in ends in Django's `login`: its signal writes the row that the session depends on."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from portal.core.client_address import client_address
from portal.signin.models import SignIn

SESSION_KEY = "sign_in"
LANGUAGE_KEY = "sign_in_language"


def connect() -> None:
    user_logged_in.connect(_remember, dispatch_uid="portal.signin.remember")
    user_logged_out.connect(_forget, dispatch_uid="portal.signin.forget")


def _remember(sender, request, user, **kwargs) -> None:
    SignIn.objects.ended(timezone.now()).delete()
    SessionStore.clear_expired()
    sign_in = SignIn.objects.create(
        user=user,
        password_mark=user.get_session_auth_hash(),
        address=client_address(request) or None,
        browser=request.META.get("HTTP_USER_AGENT", "")[:300],
    )
    request.session[SESSION_KEY] = sign_in.pk
    request.session[LANGUAGE_KEY] = translation.get_language()
    profile = UserProfile.objects.filter(user=user).first()
    request.language_to_remember = profile.preferred_language if profile else ""


def _forget(sender, request, user, **kwargs) -> None:
    SignIn.objects.filter(pk=request.session.get(SESSION_KEY)).delete()
