"""What every public page owes its readers: no inline script or style, nothing from elsewhere, no cookie."""

from urllib.parse import urlsplit

import pytest

from portal.core.security_headers import ADMIN_POLICY, EDITORS_POLICY, PUBLIC_POLICY
from tests.builders import home, make_article, make_user
from tests.conftest import PrefixClient

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LOADED = {"script": "src", "img": "src", "link": "href", "source": "srcset", "iframe": "src", "video": "src"}


def test_every_page_keeps_to_the_policy(site, visit):
    for page in (page for pages in site.values() for page in pages):
        response = visit(page.url)
        html = response.html
        assert response["Content-Security-Policy"] == PUBLIC_POLICY
        assert "unsafe" not in PUBLIC_POLICY and not response.cookies
        assert not html.select("style, [style]"), page.url
        assert all(tag.get("src") or tag["type"] == "application/ld+json" for tag in html.select("script")), page.url
        for tag in html.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], page.url


def test_no_page_loads_anything_from_another_host(site, visit):
    for page in (page for pages in site.values() for page in pages):
        for name, attribute in LOADED.items():
            for tag in visit(page.url).html.select(f"{name}[{attribute}]"):
                if name == "link" and not {"stylesheet", "icon", "preload", "manifest"} & set(tag["rel"]):
                    continue
                for address in tag[attribute].split(", "):
                    assert urlsplit(address.split(" ")[0]).netloc in ("", "testserver"), (page.url, tag)


@pytest.mark.parametrize("address", ["/vi/search/?q=che", "/vi/feeds/news/", "/sitemap.xml", "/en/none/", "/", "/p/1"])
def test_no_answer_to_a_reader_sets_a_cookie(client, portal, address):
    response = client.get(address)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["Content-Security-Policy"] == PUBLIC_POLICY
    assert response["X-Content-Type-Options"] == "nosniff" and response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_staff_have_their_bar_and_readers_do_not(client, portal):
    article = make_article()
    assert "wagtail-userbar" not in client.get(article.url).content.decode()
    staff = PrefixClient()
    staff.force_login(make_user("editor-in-chief", is_superuser=True))
    response = staff.get(article.url)
    assert "wagtail-userbar" in response.content.decode() and response["Content-Security-Policy"] == EDITORS_POLICY
    assert staff.get("/cms/")["Content-Security-Policy"] == ADMIN_POLICY


def test_a_preview_has_a_policy_of_its_own(portal):
    assert home().make_preview_request()["Content-Security-Policy"] == EDITORS_POLICY
