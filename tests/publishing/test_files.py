"""Files are public while a public page uses them, and in no other moment; originals never."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import PageViewRestriction

from portal.contributors import roles
from portal.core.models import PortalDocument, PortalImage
from portal.publishing.service import publish_new
from tests.builders import department, make_article, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(portal):
    content = BytesIO()
    Image.new("RGB", (800, 600), "#3f7d4e").save(content, "JPEG")
    return PortalImage.objects.create(title="Đồi chè", file=ContentFile(content.getvalue(), "doi-che.jpg"))


@pytest.fixture
def document(portal):
    return PortalDocument.objects.create(title="Kế hoạch", file=ContentFile(b"Plan 93", "ke-hoach.txt"))


def url(picture):
    return picture.get_rendition("width-320").url


def test_a_picture_follows_its_page(client, picture):
    address = url(picture)
    assert client.get(address).status_code == 404
    article = make_article(lead_picture=picture)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    article.unpublish()
    assert client.get(address).status_code == 404
    publish_new(article, "test")
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(address).status_code == 404


def test_a_picture_is_not_sent_twice_unless_it_is_another(client, picture):
    article = make_article(lead_picture=picture)
    address = url(picture)
    first = client.get(address, headers={"Accept-Language": "zh"})
    again = client.get(address, headers={"If-None-Match": first["ETag"], "Accept-Language": "en"})
    assert again.status_code == 304 and again["Cache-Control"] == first["Cache-Control"]
    assert "Accept-Language" not in first.get("Vary", "") and "Content-Language" not in first
    picture.renditions.all().delete()  # the file was replaced; another gets its name
    assert url(picture) == address
    other = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200 and other["ETag"] != first["ETag"]
    article.unpublish()
    assert client.get(address, headers={"If-None-Match": other["ETag"]}).status_code == 404


def test_staff_see_unpublished_pictures_and_no_cache_keeps_them(client, picture):
    client.force_login(make_staff()["contributor"])
    answer = client.get(url(picture))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_originals_have_no_address(client, picture):
    make_article(lead_picture=picture)
    assert client.get(picture.file.url).status_code == 404
    assert client.get(f"/media/../{picture.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["../../portal.sqlite3", "/etc/passwd", "images/khong-co.jpg", "%00", "a" * 3000])
def test_odd_names_are_not_found(client, portal, name):
    assert client.get(f"/media/{name}", follow=True).status_code in (400, 404)


def test_a_document_follows_its_page(client, document):
    assert client.get(document.url).status_code == 404
    block = {
        "type": "download",
        "id": "44444444-4444-4444-8444-444444444444",
        "value": {"document": document.pk, "title": ""},
    }
    article = make_article(publish=False)
    article.body = article.body.stream_block.to_python([block])
    article.save_revision()
    assert client.get(document.url).status_code == 404, "a draft makes nothing public"
    publish_new(article, "test")
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"Plan 93"
    assert "public" in answer["Cache-Control"]
    article.unpublish()
    assert client.get(document.url).status_code == 404


def test_staff_see_unpublished_documents_and_no_cache_keeps_them(client, document):
    client.force_login(make_staff()["reviewer"])
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.fixture
def departments(portal):
    """A contributor of a department, a colleague, and somebody of another department."""
    staff = make_staff()
    names = {"mine": "so-tai-chinh", "colleague": "so-tai-chinh"}
    people = {name: make_user(name, roles.CONTRIBUTORS, department=department(code)) for name, code in names.items()}
    return staff | people


def test_a_department_sees_no_unpublished_files_of_another(client, departments, picture, document):
    """Numbers and names can be guessed; the list of files shows none of another department's."""
    for file in (picture, document):
        file.uploaded_by_user = departments["mine"]
        file.save()
    addresses = (url(picture), document.url)
    seen = {"mine": 200, "colleague": 200, "contributor": 404, "editor": 200, "reviewer": 200, "translator_en": 200}
    for name, status in seen.items():
        client.force_login(departments[name])
        assert [client.get(address).status_code for address in addresses] == [status] * 2, name
    make_article(lead_picture=picture, department=department("so-ngoai-vu"), publish=False)
    client.force_login(departments["contributor"])
    assert client.get(addresses[0]).status_code == 200, "an editor put it into a page of theirs"
