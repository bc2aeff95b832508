"""The pages of signing in, looked at by axe in a browser: names, labels, order, roles.

Without style sheets, so that sizes and contrast, which are Wagtail's own, are not judged here.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import sync_playwright

from portal.contributors.models import User
from tests.builders import make_staff
from tests.signin.conftest import sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def pages(client) -> dict[str, str]:
    """Every page of signing in, as this person is shown it."""
    editor = make_staff()["editor"]
    shown = {"locked": ""}
    for _attempt in range(5):
        shown["locked"] = sign_in(client, "contributor", "wrong").content.decode()
    shown["login"] = client.get(reverse("wagtailadmin_login")).content.decode()
    sign_in(client, "editor")
    shown["set up"] = client.get(reverse("signin_second_factor_setup")).content.decode()
    shown["account"] = client.get(reverse("wagtailadmin_account")).content.decode()
    shown["sessions"] = client.get(reverse("signin_sessions")).content.decode()
    codes = with_app(editor)
    shown["code"] = client.get(reverse("signin_second_factor")).content.decode()
    shown["wrong code"] = client.post(reverse("signin_second_factor"), {"code": "no"}).content.decode()
    User.objects.get(username="editor").staticdevice_set.get().throttle_reset()
    client.post(reverse("signin_second_factor"), {"code": codes[0]})
    shown["manage"] = client.get(reverse("signin_manage")).content.decode()
    shown["codes"] = client.post(reverse("signin_manage"), {"code": codes[1], "renew": ""}).content.decode()
    return shown


def test_axe_finds_nothing(client, portal, chromium):
    shown = pages(client)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        found = {}
        for name, html in shown.items():
            page.set_content(html, wait_until="commit")
            result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
            found[name] = [f"{item['id']}: {item['nodes'][0]['html'][:120]}" for item in result.response["violations"]]
        browser.close()
    assert {name: problems for name, problems in found.items() if problems} == {}
