"""What the tests of the translation editor share: addresses and the browser's way of saving one passage."""

import json

from bs4 import BeautifulSoup
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Page

from portal.translation.editor import edit_url


def target(page, code: str = "en"):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code).specific


def open_editor(client, instance):
    return client.get(edit_url(instance))


def props(response) -> dict:
    node = BeautifulSoup(response.content, "html.parser").select_one(".js-translation-editor")
    return json.loads(node["data-props"])


def passage(response, source: str) -> dict:
    return next(segment for segment in props(response)["segments"] if segment.get("source") == source)


def put(client, url: str, value: str | None):
    data = {} if value is None else {"value": value}
    return client.put(url, encode_multipart(BOUNDARY, data), content_type=MULTIPART_CONTENT)


def send(client, translation):
    return client.post(reverse("portal_send_for_review", args=[translation.pk]), follow=True)


def said(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
