"""Every item has its number, the address on a brochure, from its first publication on."""

import pytest

from portal.core.models import PublicId
from portal.publishing.service import publish_new
from tests.builders import approve, make_article, make_staff, submit, translate

pytestmark = pytest.mark.django_db


def numbers(page):
    return PublicId.objects.filter(translation_key=page.translation_key)


def test_the_number_comes_with_the_first_publication_and_stays(portal):
    draft = make_article("Nháp", publish=False)
    assert not numbers(draft).exists()
    publish_new(draft, "test")
    number = numbers(draft).get().pk
    publish_new(draft, "test")
    translate(draft)
    assert numbers(draft).get().pk == number


def test_approval_gives_it_too_and_readers_reach_the_page_by_it(client, portal):
    staff = make_staff()
    article = make_article("Qua duyệt", publish=False)
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])
    response = client.get(f"/thongtindoingoai/p/{numbers(article).get().pk}")
    assert response.status_code == 302
    assert article.slug in response["Location"]
