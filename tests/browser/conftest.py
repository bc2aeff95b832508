"""Chromium and a running portal. Nothing here asks the database: what a test knows, it has seen in the browser."""

import os

import oidc_provider_mock
import pytest
from oidc_provider_mock import User as Person
from playwright.sync_api import Browser, sync_playwright

from tests.browser.portal_server import PortalServer

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium) -> Browser:
    # Playwright's loop makes this thread look asynchronous: Django would refuse a later test its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reading_server(tmp_path_factory) -> PortalServer:
    """The portal with its demo content, for tests that only read (requests for translations are counted).

    A provider of the single sign-on stands beside it, which knows the demo's editor.
    """
    editor = Person(sub="lan", claims={"email": "editor@example.org", "email_verified": True})
    with oidc_provider_mock.run_server_in_thread(user_claims=[editor]) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        single_sign_on = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s"}
        server = PortalServer.start(tmp_path_factory.mktemp("reading"), **single_sign_on)
        yield server
        server.stop()


@pytest.fixture(scope="session")
def desk_server(tmp_path_factory) -> PortalServer:
    """A portal for tests that write; each writes texts of its own."""
    server = PortalServer.start(tmp_path_factory.mktemp("desk"))
    yield server
    server.stop()
