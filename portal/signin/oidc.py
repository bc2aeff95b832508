"""Single sign-on by OpenID Connect, where an operator has named a provider.

It begins a session exactly as a password does: lock-out aside, nothing is spared by it, the second factor least of all.
Nobody gets an account by it: the first time, the provider's verified mail address has to be that of one active account.
"""

import logging

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from joserfc.errors import JoseError

from portal.signin.models import ExternalIdentity
from portal.signin.views import next_address

logger = logging.getLogger(__name__)
NEXT_KEY = "sso_next"
PROVIDER_ERRORS = (AuthlibBaseError, JoseError, requests.RequestException, RuntimeError, ValueError, KeyError)


class NotKnown(Exception):
    """The provider vouches for somebody whom this portal does not know, or not for certain."""


def provider():
    """The client of the configured provider; raise Http404 where there is none."""
    if not settings.OIDC_ISSUER:
        raise Http404("no single sign-on here")
    return OAuth().register(
        "sso",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": 10},
    )


@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider, by a page that leads on by itself.

    A redirect would be a part of sending the form, which our policy lets end nowhere but here, and browsers follow that
    through every further redirect, of the provider to a provider of its own too.
    """
    client = provider()
    request.session[NEXT_KEY] = request.POST.get(REDIRECT_FIELD_NAME, "")
    try:
        there = client.authorize_redirect(request, settings.PUBLIC_URL.origin + reverse("signin_sso_answer")).url
    except PROVIDER_ERRORS as error:
        return _refused(request, error)
    context = {"address": there, "service": settings.OIDC_LABEL}
    headers = {"Refresh": f"0; url={there}"}
    return TemplateResponse(request, "wagtailadmin/signin/to_provider.html", context, headers=headers)


@never_cache
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """What the provider sends the person back with."""
    client = provider()
    try:
        token = client.authorize_access_token(request)
        user = person(client.load_server_metadata()["issuer"], claims_of(client, token))
    except NotKnown as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("wagtailadmin_login"))
    except PROVIDER_ERRORS as error:
        return _refused(request, error)
    wanted = request.session.pop(NEXT_KEY, "")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.set_expiry(0)
    request.GET = request.GET.copy()
    request.GET[REDIRECT_FIELD_NAME] = wanted
    return HttpResponseRedirect(next_address(request, user))


def claims_of(client, token: dict) -> dict:
    """What the provider says of the person; raise ValueError where it speaks of two.

    The ID token need hold no more than a number: by the standard the mail address is told at an address of its own.
    """
    claims = token["userinfo"]
    if "email" in claims or "userinfo_endpoint" not in client.load_server_metadata():
        return claims
    more = client.userinfo(token=token)
    if more["sub"] != claims["sub"]:
        raise ValueError("the provider speaks of two people")
    return {**more, **claims}


def person(issuer: str, claims: dict):
    """The account of the person that the provider vouches for; raise NotKnown."""
    identity = ExternalIdentity.objects.filter(issuer=issuer, subject=claims["sub"]).select_related("user").first()
    if identity is not None:
        if not identity.user.is_active:
            raise NotKnown(_("This account is closed. Please turn to an administrator of the portal."))
        return identity.user
    email = claims.get("email") if claims.get("email_verified") is True else None
    found = list(get_user_model().objects.filter(email__iexact=email, is_active=True)[:2]) if email else []
    if len(found) != 1:
        raise NotKnown(
            _("No account of the portal belongs to this sign-in. An administrator makes one with the same e-mail.")
        )
    ExternalIdentity.objects.create(user=found[0], issuer=issuer, subject=claims["sub"])
    return found[0]


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("single sign-on failed: %s", type(error).__name__)
    messages.error(request, _("Signing in through the other service did not work. Try again, or use your password."))
    return HttpResponseRedirect(reverse("wagtailadmin_login"))
