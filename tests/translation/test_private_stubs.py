"""What stands at the address of a translation that a restricted page does not have."""

import re

import pytest
from wagtail.models import PageViewRestriction

from tests.builders import make_article

pytestmark = pytest.mark.usefixtures("portal")
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def article():
    article = make_article("Chỉ dành cho khách mời")
    PageViewRestriction.objects.create(page=article, restriction_type="password", password=PASSWORD)
    return article


def address(article, language: str) -> str:
    return article.url.replace("/vi/", f"/{language}/")


def test_a_stranger_learns_nothing_of_it(client, article):
    response = client.get(address(article, "en"))
    assert article.title not in response.content.decode()


def test_who_knows_the_password_is_told_that_there_is_no_translation(client, article):
    url = address(article, "en")
    action = re.search(r'action="([^"]*_util/password[^"]*)"', client.get(url).content.decode())[1]
    assert client.post(action, {"password": PASSWORD, "return_url": url}).status_code == 302
    response = client.get(url)
    assert response.status_code == 200 and article.title in response.content.decode()
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
