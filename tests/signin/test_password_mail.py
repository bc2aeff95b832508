"""A link to a new password by mail: nobody learns from the answer who has an account, and nobody is flooded."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from portal.signin import password_mail
from tests.admin.forms import text_of
from tests.builders import make_user
from tests.worker import work

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(settings.WAGTAILADMIN_BASE_URL + r"(/thongtindoingoai/cms/password_reset/confirm/\S+)")


def ask(client, email="somebody@example.org", **extra):
    return client.post(reverse("wagtailadmin_password_reset"), {"email": email}, **extra)


@pytest.fixture
def somebody(portal):
    return make_user("somebody")


def test_the_mail_is_sent_behind_the_answer_and_its_link_works(client, somebody, queue):
    answer = ask(client)
    assert answer.status_code == 302 and not mail.outbox, "whoever waits for the answer does not wait for the mail"
    work()
    assert [letter.to for letter in mail.outbox] == [["somebody@example.org"]] and "somebody" in mail.outbox[0].body
    form = client.get(ADDRESS.search(mail.outbox[0].body)[1])["Location"]
    new = "quite-another-password"
    assert client.post(form, {"new_password1": new, "new_password2": new}).status_code == 302
    somebody.refresh_from_db()
    assert somebody.check_password(new)


def test_the_queue_knows_neither_link_nor_address(client, somebody, queue):
    ask(client)
    work()
    token = ADDRESS.search(mail.outbox[0].body)[1].rstrip("/").rpartition("/")[2]
    rows = str(list(DBTaskResult.objects.values()))
    assert "send_links" in rows and token not in rows and "@" not in rows


def test_an_address_that_nobody_has_gets_the_same_answer_for_the_same_work(client, somebody, queue):
    make_user("gone", is_active=False)
    seen = set()
    for email in ("somebody@example.org", "nobody@example.org", "gone@example.org"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, email)
        statements = tuple(re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries)
        seen.add((answer.status_code, answer["Location"], statements))
        text = text_of(client.get(answer["Location"]))
        assert email not in text and "tài khoản" in text
    assert len(seen) == 1
    work()
    assert [letter.to for letter in mail.outbox] == [["somebody@example.org"]]


def test_nobody_is_flooded_and_the_answer_does_not_tell(client, somebody):
    for sender in range(2 * password_mail.TO_ONE_ACCOUNT):
        assert ask(client, REMOTE_ADDR=f"198.51.100.{sender}").status_code == 302
    assert len(mail.outbox) == password_mail.TO_ONE_ACCOUNT
    make_user("another")
    ask(client, "another@example.org")
    assert mail.outbox[-1].to == ["another@example.org"]


def test_one_sender_asks_so_often_and_not_through_other_addresses_of_its_line(client, somebody):
    for number in range(password_mail.FROM_ONE_SENDER):
        assert ask(client, f"name{number}@example.org", REMOTE_ADDR=f"2001:db8:1:2::{number:x}").status_code == 302
    line = {"REMOTE_ADDR": "2001:db8:1:2::ffff"}
    known, unknown = ask(client, **line), ask(client, "nobody@example.org", **line)
    assert known.status_code == 429 and known["Retry-After"] == "3600" and text_of(known) == text_of(unknown)
    assert '<html lang="vi"' in known.content.decode() and not mail.outbox
    assert client.get(reverse("wagtailadmin_password_reset"), **line).status_code == 200
    assert ask(client, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302 and mail.outbox


def test_a_forged_host_leads_nowhere(client, somebody, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(client, headers={"Host": "evil.example"})
    assert ADDRESS.search(mail.outbox[0].body) and "evil" not in mail.outbox[0].body


def test_the_mail_speaks_its_readers_language_else_that_of_the_form(client, somebody):
    client.cookies["portal_staff_language"] = "en"
    ask(client)
    UserProfile.objects.create(user=somebody, preferred_language="zh-hans")
    ask(client)
    assert mail.outbox[0].subject == "Password reset" and re.search("[一-鿿]", mail.outbox[1].subject)
