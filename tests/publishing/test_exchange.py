"""A file is approved with its page: afterwards, and while others read, nobody puts another in its place."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from portal.audit.models import AuditEntry
from portal.core.models import PortalDocument, PortalImage
from portal.publishing.exchange import REFUSAL
from portal.publishing.service import publish_new
from tests.builders import approve, make_article, make_staff, submit

pytestmark = pytest.mark.django_db


def is_refused(answer) -> bool:
    with translation.override("vi"):
        return answer.status_code == 200 and str(REFUSAL) in answer.content.decode()


def jpeg(colour: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def staff(portal, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return make_staff()


@pytest.fixture
def picture(staff):
    file = ContentFile(jpeg("#3f7d4e"), "doi-che.jpg")
    return PortalImage.objects.create(title="Đồi chè", file=file, uploaded_by_user=staff["contributor"])


@pytest.fixture
def document(staff):
    file = ContentFile(b"Plan 93", "ke-hoach.txt")
    return PortalDocument.objects.create(title="Kế hoạch", file=file, uploaded_by_user=staff["contributor"])


def article_with(document, **fields):
    block = {
        "type": "download",
        "id": "44444444-4444-4444-8444-444444444444",
        "value": {"document": document.pk, "title": ""},
    }
    article = make_article("Tin", publish=False, **fields)
    article.body = article.body.stream_block.to_python([block])
    return article


def send_document(client, document, **data):
    fields = {"title": document.title, "language": document.language, "credit": document.credit, "tags": ""}
    fields["collection"] = document.collection_id
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), fields | data)


def send_picture(client, picture, **data):
    fields = {"title": picture.title, "credit": "", "licence": "", "description": "", "tags": ""}
    fields["collection"] = picture.collection_id
    return client.post(reverse("wagtailimages:edit", args=[picture.pk]), fields | data)


def kept(obj) -> bool:
    before = (obj.file.name, obj.title, obj.credit, obj.collection_id)
    obj.refresh_from_db()
    return before == (obj.file.name, obj.title, obj.credit, obj.collection_id)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_document_of_a_public_page_stays(client, staff, document, role):
    publish_new(article_with(document), "test")
    client.force_login(staff[role])
    attempts = [
        {"file": SimpleUploadedFile("khac.txt", b"UNREAD")},
        {"title": "Chưa ai duyệt"},
        {"credit": "Chưa ai duyệt"},
        {"language": "en"},
    ]
    for data in attempts:
        assert is_refused(send_document(client, document, **data)), data
        assert kept(document)
    many = {f"doc-{document.pk}-{name}": value for name, value in {"title": "Chưa ai duyệt", "language": "vi"}.items()}
    answer = client.post(
        reverse("wagtaildocs:edit_multiple", args=[document.pk]), many, headers={"x-requested-with": "XMLHttpRequest"}
    )
    with translation.override("vi"):
        assert str(REFUSAL) in answer.json()["form"]
    assert kept(document)
    assert b"".join(client.get(document.url).streaming_content) == b"Plan 93"


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_picture_of_a_public_page_stays_and_may_be_cut_otherwise(client, staff, picture, role):
    make_article(lead_picture=picture)
    client.force_login(staff[role])
    attempts = [
        {"file": SimpleUploadedFile("khac.jpg", jpeg("red"))},
        {"title": "Chưa ai duyệt"},
        {"credit": "Chưa ai duyệt"},
        {"is_illustration": "on"},
    ]
    for data in attempts:
        assert is_refused(send_picture(client, picture, **data)), data
        assert kept(picture)
    centre = {"focal_point_x": 20, "focal_point_y": 20, "focal_point_width": 10, "focal_point_height": 10}
    assert send_picture(client, picture, tags="chè", **centre).status_code == 302
    picture.refresh_from_db()
    assert picture.focal_point_x == 20


def test_a_file_that_is_being_read_or_was_approved_stays(client, staff, document):
    """From the first day of the review until its version is public, returned or withdrawn."""
    article = article_with(document, owner=staff["contributor"])
    article.save_revision(user=staff["contributor"])
    client.force_login(staff["contributor"])
    new = {"title": "Bản hai"}
    assert send_document(client, document, **new).status_code == 302, "nobody has read it"
    submit(article, staff["contributor"])
    assert send_document(client, document, title="Bản ba").status_code == 200
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, staff["editor"], "reject", comment="Số liệu chưa đúng")
    assert send_document(client, document, title="Bản bốn").status_code == 302, "returned to be mended"
    article.refresh_from_db()
    article.current_workflow_state.resume(staff["contributor"])
    approve(article, staff["editor"])
    assert send_document(client, document, title="Bản năm").status_code == 200
    approve(article, staff["reviewer"])
    assert article.live
    assert send_document(client, document, title="Bản năm").status_code == 200
    article.unpublish()
    assert send_document(client, document, title="Bản năm").status_code == 302, "it needs an approval anew"


def test_a_draft_of_a_public_page_counts_once_it_is_read(client, staff, document):
    article = make_article("Công khai", owner=staff["contributor"])
    article.body = article_with(document, slug="khac").body
    article.save_revision(user=staff["contributor"])
    client.force_login(staff["editor"])
    assert send_document(client, document, title="Bản hai").status_code == 302
    submit(article, staff["contributor"])
    assert send_document(client, document, title="Bản ba").status_code == 200


def test_an_administrator_may_and_the_log_says_so(client, staff, document):
    publish_new(article_with(document), "test")
    client.force_login(staff["admin"])
    assert send_document(client, document, file=SimpleUploadedFile("khac.txt", b"Plan 94")).status_code == 302
    entry = AuditEntry.objects.get(action="portal.file.exchange")
    assert (entry.object_id, entry.actor_id) == (str(document.pk), staff["admin"].pk)
    assert entry.data["fields"] == ["file"]


def test_what_a_collection_keeps_from_readers_is_not_moved_into_the_open(client, staff, document):
    root = Collection.get_first_root_node()
    private = root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document.collection = private
    document.save()
    publish_new(article_with(document), "test")
    client.force_login(staff["editor"])
    assert is_refused(send_document(client, document, collection=root.pk))
    back = reverse("wagtaildocs:index")
    url = reverse("wagtail_bulk_action", args=["core", "portaldocument", "add_to_collection"])
    url += f"?id={document.pk}&next={back}"
    assert is_refused(client.post(url, {"collection": root.pk}, follow=True))
    assert kept(document)
