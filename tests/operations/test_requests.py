"""Whom the portal believes, what it logs, and what it says while a part is away."""

import ipaddress
import json
import logging
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from portal.operations.logs import JsonFormatter, LineFormatter, without_personal_data
from portal.operations.requests import client_address
from tests.builders import make_article
from tests.conftest import PrefixClient


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "8.8.8.8", "9.9.9.9"),  # a stranger's word
        ("10.0.0.5", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.5", "8.8.8.8, 9.9.9.9, 10.0.0.7", "9.9.9.9"),  # the first is what the reader wrote
        ("10.0.0.5", "8.8.8.8, nonsense", "10.0.0.5"),
        ("10.0.0.5", "2001:db8::1", "2001:db8::1"),
        ("", "8.8.8.8", ""),
    ],
)
def test_only_trusted_proxies_say_who_asks(settings, peer, forwarded, address):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24")]
    assert client_address(peer, forwarded) == address


def test_a_log_line_is_one_json_object_with_its_fields():
    record = logging.LogRecord("portal", logging.ERROR, "", 1, "Đã %s", ("gửi",), None)
    record.request_id, record.fields = "abc", {"status": 200}
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["request_id"], line["status"], line["level"]) == ("Đã gửi", "abc", 200, "ERROR")


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter("{message}", style="{")])
@pytest.mark.parametrize(
    "told",
    [
        "Not Found: /vi/lo.thi.mai@laichau.gov.vn/",
        "Not Found: /vi/lo.thi.mai%40laichau.gov.vn/",
        "duplicate key: Key (email)=(lo.thi.mai@laichau.gov.vn) already exists",
        "GET /thongtindoingoai/cms/password_reset/MTI/cn8x2f-lo.thi.mai/ 302",
    ],
)
def test_what_strangers_write_into_a_line_names_nobody(formatter, told):
    try:
        raise ValueError(told)
    except ValueError:
        record = logging.LogRecord("portal", logging.ERROR, "", 1, told, (), sys.exc_info())
    line = formatter.format(record)
    assert "lo.thi.mai" not in line and "ValueError" in line
    if isinstance(formatter, JsonFormatter):
        assert json.loads(line)["level"] == "ERROR"


def test_a_request_is_logged_without_its_query_and_a_lock_out_without_its_person(portal, client, caplog):
    caplog.set_level(logging.INFO, logger="portal.requests")
    hostile = "q=%00%0d%0aX-Evil:1&q=0912345678&mail=lo.thi.mai@laichau.gov.vn&" + "a" * 5000
    client.get(f"/vi/search/?{hostile}", headers={"user-agent": "Somebody's", "referer": "https://evil.example/?tin=1"})
    for _attempt in range(6):
        client.post(reverse("wagtailadmin_login"), {"username": "lo.thi.mai", "password": "a-wrong-secret"})
    assert "/vi/search/" in caplog.text
    for personal in ("0912345678", "lo.thi.mai", "X-Evil", "a-wrong-secret", "Somebody", "evil.example", "127.0.0.1"):
        assert personal not in caplog.text, personal


def test_private_pages_answer_on_the_private_port_only(portal, settings):
    settings.PRIVATE_PORT = 9000
    client = Client()
    assert client.get("/healthz").content == b"alive\n"
    assert client.get("/readyz").status_code == client.get("/metrics").status_code == 404
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    ready = client.get("/readyz", SERVER_PORT="9000")
    assert ready.status_code == 200
    assert ready.json()["status"] == "degraded" and "scheduler" in ready.json()["failing"]
    assert b"portal_requests_total" in client.get("/metrics", SERVER_PORT="9000").content
    assert default_storage.listdir("probe")[1] == []


def test_a_storage_that_takes_nothing_new_takes_no_process_down(portal, settings, client):
    """What is there is read as before: with 503 there would be no page at all. A folder of the kernel's is such one."""
    settings.PRIVATE_PORT, settings.MEDIA_ROOT = 9000, Path("/sys/kernel")
    ready = client.get("/readyz", SERVER_PORT="9000")
    assert ready.status_code == 200 and not ready.json()["parts"]["storage"]["ok"], ready.content
    settings.MEDIA_ROOT = Path("/proc/nothing")
    assert client.get("/readyz", SERVER_PORT="9000").status_code == 503


@pytest.mark.postgres
def test_a_database_that_takes_nothing_new_is_read_and_says_so(portal, settings):
    """As in an operator's maintenance, or where another server has become the one to write to."""
    settings.PRIVATE_PORT = 9000
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    article, client = make_article("Chè"), PrefixClient(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    assert client.get(article.url).status_code == 200
    ready = client.get("/readyz", SERVER_PORT="9000")
    assert ready.status_code == 200 and not ready.json()["parts"]["database"]["ok"], ready.content
    form = {"kind": "mistake", "text": "Sai"}
    answer = client.post(f"/vi/feedback/{article.pk}/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 503 and answer["Retry-After"]


@pytest.mark.parametrize(("language", "tag"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
def test_a_database_that_is_away_is_a_503_in_the_readers_language(portal, monkeypatch, language, tag):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection: secret")

    monkeypatch.setattr("portal.core.views.resolve", away)
    answer = Client(raise_request_exception=False).get(f"/{language}/")
    text = answer.content.decode()
    assert answer.status_code == 503 and answer["Retry-After"] and answer["Cache-Control"] == "no-store"
    assert f'<html lang="{tag}"' in text and "secret" not in text


def test_every_other_error_stays_a_500(portal, monkeypatch):
    def broken(*args, **kwargs):
        raise KeyError("a mistake of ours")

    monkeypatch.setattr("portal.core.views.resolve", broken)
    assert Client(raise_request_exception=False).get("/vi/").status_code == 500


@pytest.mark.parametrize("path", ["a", "@", "%40", "a@", "ă.", "a/@"])
def test_a_path_made_to_be_long_is_looked_through_once(path):
    """Not once from each of its letters, which would take minutes here and seconds of a path that arrives."""
    line = without_personal_data("Not Found: /vi/" + path * 200_000)
    assert line.startswith("Not Found: ") and "a@a" not in line
