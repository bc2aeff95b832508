"""Where somebody is signed in, and when that ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.signin.models import SignIn
from tests.admin.forms import form_data
from tests.builders import PASSWORD, make_article, make_staff, make_user
from tests.conftest import PrefixClient
from tests.signin.conftest import sign_in

pytestmark = pytest.mark.django_db


NAMES = {"name_email-first_name": "Lan", "name_email-last_name": "Lò"}  # Wagtail's account form needs both


def is_in(client: Client) -> bool:
    return client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.fixture
def two_browsers(portal):
    make_staff()
    browsers = PrefixClient(), PrefixClient()
    for browser, name in zip(browsers, ("Firefox", "<b>Kindle</b>"), strict=True):
        sign_in(browser, "editor", headers={"user-agent": name}, REMOTE_ADDR="198.51.100.7")
    return browsers


@pytest.mark.parametrize("field", ["last_seen_at", "started_at"])
def test_a_session_ends_by_silence_and_by_age(client, portal, field):
    make_staff()
    sign_in(client, "editor")
    limit = settings.SESSION_IDLE if field == "last_seen_at" else settings.SESSION_ABSOLUTE
    SignIn.objects.update(**{field: timezone.now() - limit + timedelta(minutes=2)})
    assert is_in(client)
    SignIn.objects.update(**{field: timezone.now() - limit})
    response = client.get(reverse("wagtailadmin_home"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("wagtailadmin_login"))
    assert len(list(response.context["messages"])) == 1  # says why
    assert not SignIn.objects.exists() and not is_in(client)


def test_work_keeps_a_session_alive(client, portal):
    make_staff()
    sign_in(client, "editor")
    SignIn.objects.update(last_seen_at=timezone.now() - timedelta(minutes=30))
    client.get(reverse("wagtailadmin_home"))
    assert timezone.now() - SignIn.objects.get().last_seen_at < timedelta(minutes=1)


def test_a_reader_costs_no_row_and_no_cookie(client, portal, django_assert_num_queries):
    article = make_article()
    client.get(article.url)
    response = client.get(article.url)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert not SignIn.objects.exists()


class Unsent:
    """A body that does not come: whoever waits for it fails."""

    def read(self, *size):
        raise AssertionError("somebody waited for the body")

    readline = read


@pytest.mark.parametrize("path", ["documents/add/", "images/multiple/add/", "pages/3/edit/", "nowhere/"])
def test_a_strangers_form_is_not_waited_for_behind_the_doors(client, portal, path):
    client.cookies["portal_session"] = "made-up"
    response = client.post(reverse("wagtailadmin_home") + path, {"title": "x"}, **{"wsgi.input": Unsent()})
    assert response.status_code == 302 and response.url.startswith(reverse("wagtailadmin_login"))


def test_the_list_shows_both_browsers_and_ends_the_other(two_browsers):
    mine, other = two_browsers
    page = mine.get(reverse("signin_sessions")).content.decode()
    assert "Firefox" in page and "&lt;b&gt;Kindle&lt;/b&gt;" in page and "198.51.100.7" in page
    here, there = SignIn.objects.get(browser="Firefox"), SignIn.objects.exclude(browser="Firefox").get()
    assert reverse("signin_end_session", args=(there.pk,)) in page
    assert reverse("signin_end_session", args=(here.pk,)) not in page
    mine.post(reverse("signin_end_session", args=(there.pk,)))
    assert is_in(mine) and not is_in(other)


def test_ending_all_others(two_browsers):
    mine, other = two_browsers
    mine.post(reverse("signin_end_others"))
    assert is_in(mine) and not is_in(other)


def test_nobody_ends_a_strangers_session(two_browsers, client):
    make_user("boss", is_superuser=True, is_staff=True)
    sign_in(client, "boss")
    client.post(reverse("signin_end_session", args=(SignIn.objects.get(browser="Firefox").pk,)))
    client.post(reverse("signin_end_others"))
    assert is_in(two_browsers[0]) and is_in(two_browsers[1])


def test_ending_is_never_a_plain_link(two_browsers):
    mine, other = two_browsers
    assert mine.get(reverse("signin_end_others")).status_code == 405 and is_in(other)


def test_a_new_password_ends_all_other_sessions(two_browsers):
    mine, other = two_browsers
    data = form_data(mine.get(reverse("wagtailadmin_account")), **NAMES)
    new = "quite-another-password"
    passwords = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    mine.post(reverse("wagtailadmin_account"), data | {f"password-{name}": value for name, value in passwords.items()})
    assert is_in(mine) and not is_in(other)
    assert "Kindle" not in mine.get(reverse("signin_sessions")).content.decode()


def test_a_closed_account_is_out_at_once(two_browsers):
    user = SignIn.objects.first().user
    user.is_active = False
    user.save()
    assert not is_in(two_browsers[0])


def test_logging_out_takes_the_session_off_the_list(two_browsers):
    two_browsers[0].post(reverse("wagtailadmin_logout"))
    assert SignIn.objects.count() == 1


def test_the_account_page_shows_both_panels_and_saves(client, portal):
    user = make_staff()["editor"]
    sign_in(client, "editor")
    page = client.get(reverse("wagtailadmin_account"))
    for name in ("signin_second_factor_setup", "signin_sessions"):
        assert reverse(name) in page.content.decode()
    client.post(reverse("wagtailadmin_account"), form_data(page, **NAMES))
    user.refresh_from_db()
    assert user.first_name == "Lan"


@pytest.mark.parametrize("password", ["short-word", "12345678901234", "password1234", "editor@example.org"])
def test_weak_passwords_are_refused(client, portal, password):
    user = make_staff()["editor"]
    sign_in(client, "editor")
    data = form_data(client.get(reverse("wagtailadmin_account")), **NAMES)
    passwords = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    client.post(
        reverse("wagtailadmin_account"), data | {f"password-{name}": value for name, value in passwords.items()}
    )
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
