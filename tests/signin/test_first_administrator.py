"""From an empty installation to somebody who can sign in."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from portal.contributors.models import User
from portal.signin import administrator
from tests.signin.conftest import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GIVEN = {"ADMIN_USERNAME": "chief", "ADMIN_EMAIL": "chief@example.org", "ADMIN_PASSWORD": "a-long-first-password"}


def set_up() -> str:
    out = StringIO()
    call_command("setup", stdout=out)
    return out.getvalue()


def test_setup_says_how_to_make_one(portal):
    assert "create_administrator" in set_up() and not administrator.exists()


def test_setup_makes_the_one_in_the_environment_once(client, portal):
    with override_settings(**GIVEN):
        assert "chief" in set_up()
        User.objects.filter(username="chief").update(first_name="Kept")
        assert "already" in set_up()
    assert User.objects.get(username="chief").first_name == "Kept"
    assert sign_in(client, "chief", GIVEN["ADMIN_PASSWORD"]).status_code == 302
    assert client.get("/thongtindoingoai/cms/users/").status_code == 200


@pytest.mark.parametrize("password", ["", "short", "chief@example.org"])
def test_a_bad_password_is_refused_in_words(portal, password):
    with override_settings(**{**GIVEN, "ADMIN_PASSWORD": password}), pytest.raises(CommandError) as refusal:
        call_command("setup", stdout=StringIO())
    assert "ADMIN_PASSWORD" in str(refusal.value) and "nothing was changed" in str(refusal.value)
    assert not User.objects.filter(username="chief").exists()


def test_every_reason_is_given_at_once(portal):
    wrong = {"ADMIN_USERNAME": "two words", "ADMIN_EMAIL": "nowhere", "ADMIN_PASSWORD": "12345"}
    with override_settings(**wrong), pytest.raises(CommandError) as refusal:
        call_command("setup", stdout=StringIO())
    assert len(str(refusal.value).split(". ")) > 4
    for words in ("username: Enter", "email: Enter", "password: This password is too short"):
        assert words in str(refusal.value)


def test_the_first_one_has_a_way_back(portal):
    """Without an address no mail could bring a new password."""
    with override_settings(**{**GIVEN, "ADMIN_EMAIL": ""}), pytest.raises(CommandError, match="email:"):
        call_command("setup", stdout=StringIO())


def test_a_bad_password_in_the_environment_is_nobodys_trouble_once_there_is_one(portal):
    administrator.create("chief", "chief@example.org", "a-long-first-password")
    with override_settings(**{**GIVEN, "ADMIN_PASSWORD": "short"}):
        assert "already" in set_up()


def refusal_of(command: str, **environment: str) -> str:
    """What a command says that ends at once, run as an operator runs it with nobody at the keyboard."""
    answer = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1 and "Traceback" not in answer.stderr, answer.stderr
    return answer.stderr


def test_nobody_there_to_answer():
    assert "ADMIN_PASSWORD" in refusal_of("create_administrator")


@pytest.mark.parametrize(
    ("database", "words"),
    [("sqlite:///{folder}/empty.sqlite3", "manage.py migrate"), ("postgres://u:p@127.0.0.1:9/x", "does not answer")],
)
def test_setup_before_its_database_is_ready(tmp_path, database, words):
    assert words in refusal_of("setup", DATABASE_URL=database.format(folder=tmp_path))


def test_demo_content_is_refused_in_production_unless_forced(portal):
    with override_settings(DEMO_ALLOWED=False), pytest.raises(CommandError, match="--force"):
        call_command("load_demo", stdout=StringIO())
