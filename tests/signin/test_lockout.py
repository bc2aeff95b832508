"""Too many wrong passwords close the door for a while, for one name from one address."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal.core.client_address import sender
from tests.admin.forms import text_of
from tests.builders import make_staff, make_user
from tests.signin.conftest import sign_in

pytestmark = pytest.mark.django_db


def fail(client, username: str = "editor", times: int = settings.AXES_FAILURE_LIMIT, **extra):
    for _attempt in range(times):
        response = sign_in(client, username, "wrong", **extra)
    return response


def test_the_door_closes_and_says_for_how_long(client, portal):
    make_staff()
    assert fail(client, times=settings.AXES_FAILURE_LIMIT - 1).status_code == 200
    response = fail(client, times=1)
    assert response.status_code == 429 and response["Retry-After"] == "900"
    assert "15" in response.content.decode() and '<html lang="vi"' in response.content.decode()
    assert sign_in(client, "editor").status_code == 429  # with the right password


def test_it_is_the_same_for_a_name_that_nobody_has(client, portal):
    known = fail(client, make_user("somebody").username)
    unknown = fail(client, "nobody-has-this")
    assert known.status_code == unknown.status_code == 429 and text_of(known) == text_of(unknown)


def test_it_opens_again(client, portal):
    make_staff()
    fail(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    assert sign_in(client, "editor").status_code == 302


def test_an_address_that_tries_many_names_is_closed_for_all_of_them_and_for_a_while(client, portal):
    make_staff()
    tries = {"REMOTE_ADDR": "198.51.100.7"}
    for number in range(settings.SIGNIN_ADDRESS_FAILURES):
        assert fail(client, f"name{number}", times=1, **tries).status_code == 200
    assert sign_in(client, "editor", **tries).status_code == 429
    assert sign_in(client, "editor", REMOTE_ADDR="198.51.100.8").status_code == 302
    client.logout()
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    assert sign_in(client, "editor", **tries).status_code == 302


def test_other_people_and_other_addresses_are_not_locked(client, portal):
    make_staff()
    fail(client, REMOTE_ADDR="198.51.100.7")
    assert sign_in(client, "editor2", REMOTE_ADDR="198.51.100.7").status_code == 302
    client.logout()
    assert sign_in(client, "editor", REMOTE_ADDR="198.51.100.8").status_code == 302


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"])
def test_a_forged_forwarding_header_opens_nothing(client, portal, header):
    make_staff()
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, "editor", "wrong", headers={header: f"203.0.113.{attempt}"})
    assert response.status_code == 429


def test_both_doors_count_together(client, portal):
    make_staff()
    restricted = reverse("wagtailcore_login")
    fail(client, times=settings.AXES_FAILURE_LIMIT - 1)
    assert fail(client, times=1, address=restricted).status_code == 429
    assert sign_in(client, "editor", address=restricted).status_code == 429


def test_success_begins_to_count_anew(client, portal):
    make_staff()
    for _round in range(2):
        fail(client, times=settings.AXES_FAILURE_LIMIT - 1)
        assert sign_in(client, "editor").status_code == 302
        client.logout()


def test_passwords_are_not_written_down(client, portal):
    make_staff()
    sign_in(client, "editor", "my-real-secret")
    assert "my-real-secret" not in str(AccessAttempt.objects.values().get())


def test_another_address_of_the_same_line_opens_nothing(client, portal):
    make_staff()
    for number in range(settings.AXES_FAILURE_LIMIT):
        fail(client, times=1, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert sign_in(client, "editor", REMOTE_ADDR="2001:db8:1:2::ff").status_code == 429
    assert sign_in(client, "editor", REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_under_what_a_sender_is_counted(address, counted):
    assert sender(RequestFactory(REMOTE_ADDR=address).get("/")) == counted
