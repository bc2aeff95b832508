"""Single sign-on against a real, small OpenID Connect provider: oidc-provider-mock, made with Authlib and Flask."""

import re
from contextlib import contextmanager

import oidc_provider_mock
import pytest
import requests
from django.test import override_settings
from django.urls import reverse
from oidc_provider_mock import User as Person
from oidc_provider_mock import _app

from portal.signin.models import ExternalIdentity
from tests.builders import make_staff
from tests.signin.conftest import with_app

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LAN = {"email": "editor@example.org", "email_verified": True}


@contextmanager
def provider(**claims):
    """A provider that knows one person, `lan`, and the portal set to it."""
    with oidc_provider_mock.run_server_in_thread(user_claims=[Person(sub="lan", claims=claims)]) as server:
        issuer = f"http://localhost:{server.server_port}"
        names = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s", "OIDC_LABEL": "Tỉnh ID"}
        with override_settings(**names):
            yield issuer


def start(client, **form) -> str:
    """Press the button; the provider's address, where the page that answers leads on to."""
    return client.post(reverse("signin_sso"), form)["Refresh"].removeprefix("0; url=")


def go(client, sub: str = "lan", next: str = "", **answer):
    """Begin, answer at the provider, and come back with what it sends."""
    back = requests.post(
        start(client, next=next), data={"sub": sub, **answer}, allow_redirects=False, timeout=10
    ).headers["Location"]
    assert back.startswith("http://testserver" + reverse("signin_sso_answer"))
    return client.get(back)


def is_in(client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def messages_of(client) -> list[str]:
    return [str(message) for message in client.get(reverse("wagtailadmin_login")).context["messages"]]


def test_an_account_with_the_same_verified_mail_is_in(client, portal):
    make_staff()
    with provider(**LAN):
        assert "Tỉnh ID" in client.get(reverse("wagtailadmin_login")).content.decode()
        response = go(client, next=reverse("wagtailadmin_explore_root"))
        assert response["Location"] == reverse("wagtailadmin_explore_root") and is_in(client)
        identity = ExternalIdentity.objects.get()
        assert identity.user.username == "editor" and identity.subject == "lan"


@pytest.mark.parametrize("told", ["lan", "somebody else"])
def test_a_provider_that_tells_the_mail_only_when_asked(client, portal, monkeypatch, told):
    """As the standard has it: the ID token holds the number alone. The two must speak of one person."""
    make_staff()
    monkeypatch.setattr(_app.OpenIDCode, "generate_user_info", lambda self, user, scope: {"sub": user.sub})
    monkeypatch.setattr(_app, "_user_claims_for_scope", lambda user, scope: {**user.claims, "sub": told})
    with provider(**LAN):
        go(client)
        assert is_in(client) is (told == "lan")


def test_the_second_time_the_number_counts_and_not_the_mail(client, portal):
    user = make_staff()["editor"]
    with provider(email="another@example.org", email_verified=True) as issuer:
        ExternalIdentity.objects.create(user=user, issuer=issuer, subject="lan")
        go(client)
        assert is_in(client)


def test_the_second_factor_is_asked_for_all_the_same(client, portal):
    with_app(make_staff()["editor"])
    with provider(**LAN):
        go(client)
        assert not is_in(client)
        assert client.get(reverse("signin_second_factor")).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "editor@example.org", "email_verified": False},
        {"email": "editor@example.org"},
        {"email": "stranger@example.org", "email_verified": True},
        {},
    ],
)
def test_whom_nobody_knows_for_certain_stays_out(client, portal, claims):
    make_staff()
    with provider(**claims):
        go(client)
        assert not is_in(client) and not ExternalIdentity.objects.exists()
        assert len(messages_of(client)) == 1


def test_two_accounts_with_one_mail_are_nobody(client, portal):
    staff = make_staff()
    staff["editor2"].email = staff["editor"].email
    staff["editor2"].save()
    with provider(**LAN):
        go(client)
        assert not is_in(client)


def test_a_closed_account_stays_closed(client, portal):
    user = make_staff()["editor"]
    with provider(**LAN) as issuer:
        ExternalIdentity.objects.create(user=user, issuer=issuer, subject="lan")
        user.is_active = False
        user.save()
        go(client)
        assert not is_in(client) and messages_of(client)


def test_refusing_at_the_provider_leads_back(client, portal):
    make_staff()
    with provider(**LAN):
        response = go(client, action="deny")
        assert response["Location"] == reverse("wagtailadmin_login") and not is_in(client)


def test_an_answer_that_nobody_asked_for(client, portal):
    make_staff()
    with provider(**LAN):
        for query in ("", "?code=x&state=y", "?error=server_error", "?code=%00&state=%FF"):
            response = client.get(reverse("signin_sso_answer") + query)
            assert response.status_code in (302, 404) and not is_in(client)


def test_somebody_elses_answer_is_refused(client, portal):
    """The address that the provider gave one browser is worth nothing in another."""
    make_staff()
    with provider(**LAN):
        there = start(client)
        assert re.search(r"code_challenge=\S+", there) and "nonce=" in there and "state=" in there
        back = requests.post(there, data={"sub": "lan"}, allow_redirects=False, timeout=10).headers["Location"]
        stranger = type(client)()
        stranger.get(back)
        assert not is_in(stranger)


def test_a_provider_that_is_away(client, portal):
    make_staff()
    with override_settings(OIDC_ISSUER="http://127.0.0.1:9", OIDC_CLIENT_ID="portal", OIDC_CLIENT_SECRET="s"):
        assert client.post(reverse("signin_sso"))["Location"] == reverse("wagtailadmin_login")
        assert len(messages_of(client)) == 1


def test_without_a_provider_there_is_no_such_door(client, portal):
    for method, name in ((client.post, "signin_sso"), (client.get, "signin_sso_answer")):
        assert method(reverse(name), follow=True).status_code == 404
    assert reverse("signin_sso") not in client.get(reverse("wagtailadmin_login")).content.decode()
