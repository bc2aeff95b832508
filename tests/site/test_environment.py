"""Variables of the environment: a missing or malformed one stops the start with one sentence that names it."""

import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings

from portal.settings.environment import Environment

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"
WHOLE = {"PUBLIC_URL": "https://h.vn/p", "SECRET_KEY": SECRET, "DATABASE_URL": "postgres://u:p@h/name"}


def start(command: list[str], **environment: str) -> subprocess.CompletedProcess:
    """Start a program in production with these variables and no others."""
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings.production", **environment}
    command = [sys.executable, *command]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=given, capture_output=True, text=True)


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-c", "import portal.wsgi"]], ids=["command", "server"])
def test_every_program_ends_with_one_sentence_that_names_all_that_is_missing(command):
    ended = start(command, SECRET_KEY=SECRET, DATABASE_URL="")
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1, ended.stderr
    assert "PUBLIC_URL, DATABASE_URL are required" in ended.stderr


MALFORMED = {
    "PUBLIC_URL": [
        "",
        "ftp://h",
        "h.vn",
        "https://h h/",
        "https://h/?a",
        "https://h/a?",
        "https://h/a\tb",
        "https://[fe80::1%25eth0]/",
    ],
    "SECRET_KEY": ["", "short", "x" * 40, "changeme" * 5],
    "DATABASE_URL": [
        "",
        "oracle://h/x",
        "postgres://u:p@h",
        "postgres://u:p/x@h/name",
        "postgres://u:p@h:port/name",
        "postgres://u:p@h/name ",
    ],
    "DATABASE_CONNECTION_SECONDS": ["a minute", "-1"],
    "TRUSTED_PROXIES": ["10.0.0.0/99", "proxy.laichau.gov.vn"],
    "EXTRA_HOSTS": ["*", "http://h.vn", "h.vn:80", "h.vn;i.vn"],
    "PRIVATE_PORT": ["many", "-1", "90000"],
    "EMAIL_FROM": ["nobody", "h.vn", "a@h.vn\nBcc: b@h.vn", "a@h.vn,b@h.vn"],
    "OPERATOR_EMAILS": ["nobody", "a@h.vn;b@h.vn"],
    "EMAIL_URL": ["smtp://", "pigeon://h", "smtp://u:p#x@h:25", "mail.laichau.gov.vn"],
    "REDIS_URL": [
        "redis",
        "http://h",
        "redis://:p#x@h:6379",
        " redis://h",
        "redis://h?bogus=1",
        "rediss://h?ssl_cert_reqs=perhaps",
        "redis://h?socket_timeout=soon",
    ],
    "TASK_BACKEND": ["celery"],
    "ELASTICSEARCH_URL": ["elasticsearch:9200", "h"],
    "ELASTICSEARCH_SECONDS": ["soon", "0", "-1"],
    "ELASTICSEARCH_PREFIX": ["Portal", "a b", "*", "-x"],
    "ELASTICSEARCH_CA_FILE": ["/nowhere.pem", "/tmp", "/etc/passwd"],
    "CARD_HAN_FONT": ["/nowhere.ttf"],
    "ACCEL_LOCATION": ["files", "/-files"],
    "BACKUP_KEY": ["secret", "age1abc", "AGE-SECRET-KEY-1ABC"],
    "SECOND_FACTOR": ["somebody"],
    "SESSION_IDLE_MINUTES": ["0", "-5", "1h"],
    "SESSION_HOURS": ["0", "1000000000000"],
    "OIDC_ISSUER": [
        "id.laichau.gov.vn",
        "https://h/a b",
        "https://id.laichau.gov.vn",
    ],  # the second lacks its companions
    "S3_BUCKET": ["files"],  # the same
    "BACKUP_KEEP_DAILY": ["-1", "week"],
    "BACKUP_KEEP_WEEKLY": ["-1"],
    "LOG_FORMAT": ["xml"],
    "LOG_LEVEL": ["loud"],
}
READ = """
import os, sys
from portal.settings.environment import ConfigurationProblem
for case in sys.argv[1:]:
    name, value = case.split("=", 1)
    before = os.environ.get(name)
    os.environ[name] = value
    for module in [module for module in sys.modules if module.startswith("portal.settings.") and "env" not in module]:
        del sys.modules[module]
    try:
        import portal.settings.production
        print(name, "", sep="|")
    except ConfigurationProblem as problem:
        print(name, problem, sep="|")
    os.environ.pop(name)
    if before is not None:
        os.environ[name] = before
"""


def test_each_malformed_value_is_refused_by_the_name_of_its_variable():
    cases = [f"{name}={value}" for name, values in MALFORMED.items() for value in values]
    ended = start(["-c", READ, *cases, "S3_ENDPOINT_URL="], **WHOLE)
    lines = ended.stdout.splitlines()
    assert len(lines) == len(cases) + 1, ended.stderr
    for case, line in zip(cases, lines, strict=False):
        name, sentence = line.split("|")
        assert name in sentence and "p#x" not in sentence and "p/x" not in sentence, (case, line)
    assert lines[-1] == "S3_ENDPOINT_URL|", "what is whole is taken"


def test_lists_may_have_spaces(monkeypatch):
    monkeypatch.setenv("OPERATOR_EMAILS", "a@h.vn, b@h.vn,")
    monkeypatch.setenv("EXTRA_HOSTS", " www.h.vn , 10.0.0.1")
    assert Environment().mail_addresses("OPERATOR_EMAILS") == ["a@h.vn", "b@h.vn"]
    assert Environment().hosts("EXTRA_HOSTS") == ["www.h.vn", "10.0.0.1"]


def test_the_server_is_not_started_with_a_malformed_number(monkeypatch):
    file = "deploy/gunicorn.conf.py"
    ended = start(["-m", "gunicorn", "--config", file], **WHOLE, WEB_WORKERS="two")
    assert ended.returncode == 1 and "WEB_WORKERS" in ended.stderr and "Traceback" not in ended.stderr, ended.stderr
    # gunicorn reads this file before anything else: the others need no start of their own.
    for name in ("WEB_WORKERS", "WEB_THREADS", "WEB_PORT", "PRIVATE_PORT"):
        for value in ("two", "0", "-1", "90000"):
            with monkeypatch.context() as changed, pytest.raises(SystemExit, match=name):
                changed.setenv(name, value)
                runpy.run_path(str(settings.BASE_DIR / file))


def test_a_password_that_begins_with_a_dollar_is_a_password(monkeypatch):
    """django-environ takes it for the name of another variable."""
    for value in ("$ecret", "$HOME", "$$", r"\$x"):
        monkeypatch.setenv("ADMIN_PASSWORD", value)
        assert Environment().str("ADMIN_PASSWORD") == value
    monkeypatch.setenv("DATABASE_URL", "postgres://u:$HOME%24%23@h/name")
    assert Environment().database("DATABASE_URL")["PASSWORD"] == "$HOME$#"


def test_required_variables_have_no_default():
    """Neither in the settings nor in docker-compose.yml."""
    text = (settings.BASE_DIR / "docker-compose.yml").read_text()
    for name in ("PUBLIC_URL", "SECRET_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?}}" in text and f"${{{name}:-" not in text
