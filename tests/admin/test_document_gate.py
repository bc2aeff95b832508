"""Documents that tell more than their text: reported at upload, refused at publication, never public."""

import io
import zipfile
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection

from portal.core.document_traces import LABELS, traces_of
from portal.core.models import PortalDocument
from portal.core.upload_notes import HEADER
from portal.publishing.approvals import NotApproved
from portal.publishing.files import UnfitFile
from portal.publishing.service import publish_new
from tests import office
from tests.admin.forms import text_of
from tests.builders import answers, approve, make_article, make_staff, submit

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def staff(portal, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return make_staff()


def codes(name: str, content: bytes) -> set[str]:
    return {trace["code"] for trace in traces_of(name, io.BytesIO(content))}


CLEAN = {
    "a.docx": office.word,
    "a.xlsx": office.sheet,
    "a.pptx": office.slides,
    "a.pdf": office.pdf,
    "a.txt": lambda: b"Plan",
}
TELLING = {
    "docx author": ("a.docx", lambda: office.word(author="Nguyễn Văn A"), {"properties"}),
    "docx comment": ("a.docx", lambda: office.word(comment=True), {"comments"}),
    "docx inserted": ("a.docx", lambda: office.word(change="ins"), {"changes"}),
    "docx deleted": ("a.docx", lambda: office.word(change="del"), {"changes"}),
    "docx place": ("a.docx", lambda: office.word(picture=True), {"place"}),
    "xlsx author": ("a.xlsx", lambda: office.sheet(author="Sở Tài chính"), {"properties"}),
    "xlsx comment": ("a.xlsx", lambda: office.sheet(comment=True), {"comments"}),
    "xlsx hidden": ("a.xlsx", lambda: office.sheet(hidden=True), {"hidden"}),
    "pptx author": ("a.pptx", lambda: office.slides(author="A"), {"properties"}),
    "pptx notes": ("a.pptx", lambda: office.slides(notes="Không nói điều này"), {"hidden"}),
    "pptx comment": ("a.pptx", lambda: office.slides(comment="classic"), {"comments"}),
    "pptx comment of today": ("a.pptx", lambda: office.slides(comment="modern"), {"comments"}),
    "pptx hidden slide": ("a.pptx", lambda: office.slides(hidden=True), {"hidden"}),
    "pdf author": ("a.pdf", lambda: office.pdf(author="Nguyễn Văn A"), {"properties"}),
    "pdf note": ("a.pdf", lambda: office.pdf(comment="text"), {"comments"}),
    "pdf words on the page": ("a.pdf", lambda: office.pdf(comment="free"), {"comments"}),
    "pdf highlight": ("a.pdf", lambda: office.pdf(comment="highlight"), {"comments"}),
    "pdf attachment": ("a.pdf", lambda: office.pdf(attachment=True), {"attached"}),
    "pdf scan": ("a.pdf", lambda: office.pdf(text=False), {"no-text"}),
    "pdf broken": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", {"unreadable"}),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_document_tells_nothing(name):
    assert codes(name, CLEAN[name]()) == set()


@pytest.mark.parametrize("case", TELLING)
def test_what_a_document_tells_is_found(case):
    name, make, expected = TELLING[case]
    assert codes(name, make()) == expected


def odt(meta="", body="") -> bytes:
    target = io.BytesIO()
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:office="urn:o" xmlns:text="urn:t"'
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("meta.xml", f"<m {names}>{meta}</m>")
        archive.writestr("content.xml", f"<c {names}>{body}</c>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (odt(), set()),
        (odt(meta="<dc:creator>A</dc:creator>"), {"properties"}),
        (odt(body="<office:annotation>x</office:annotation>"), {"comments"}),
        (odt(body="<text:tracked-changes/>"), {"changes"}),
        (odt(body='<!DOCTYPE x [<!ENTITY a "b">]>'), {"unreadable"}),
        (odt()[:-30], {"unreadable"}),
    ],
)
def test_open_documents_and_broken_ones(content, expected):
    assert codes("a.odt", content) == expected


def test_an_archive_made_to_exhaust_memory_is_not_unpacked():
    target = io.BytesIO(office.word())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/extra.xml", "w", force_zip64=True) as part:
            for _round in range(61):
                part.write(b" " * 1024**2)
    assert "unreadable" in codes("a.docx", target.getvalue())


def stored_document(content: bytes, name: str = "a.docx") -> PortalDocument:
    return PortalDocument.objects.create(title="Kế hoạch", file=ContentFile(content, name))


def article_with(document, staff):
    article = make_article("Tin", publish=False)
    block = {
        "type": "download",
        "id": "44444444-4444-4444-8444-444444444444",
        "value": {"document": document.pk, "title": ""},
    }
    article.body = article.body.stream_block.to_python([block])
    article.save_revision(user=staff["contributor"])
    return article


def test_the_uploader_is_told_and_the_file_is_kept(client, staff):
    client.force_login(staff["editor"])
    data = {"title": "Kế hoạch", "collection": Collection.get_first_root_node().pk, "language": "vi"}
    content = office.word(author="Nguyễn Văn A", comment=True)
    response = client.post(reverse("wagtaildocs:add"), data | {"file": SimpleUploadedFile("a.docx", content)})
    assert response.status_code == 302
    document = PortalDocument.objects.get()
    screen = text_of(client.get(reverse("wagtaildocs:edit", args=[document.pk])))
    assert "Nguyễn Văn A" in screen
    assert str(LABELS["comments"]) in screen or "nhận xét" in screen or "comments" in screen


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_every_form_that_takes_a_file_says_what_it_tells(client, staff, role):
    """The plain form beside its success, the chooser of an editor in a header that its script shows."""
    client.force_login(staff[role])
    fields = {"title": "Kế hoạch", "collection": Collection.get_first_root_node().pk, "language": "vi"}
    content = office.word(author="Nguyễn Văn A", comment=True)

    def upload(name: str, content: bytes, prefix: str = "") -> dict:
        return {prefix + key: value for key, value in fields.items()} | {
            f"{prefix}file": SimpleUploadedFile(name, content)
        }

    answer = client.post(reverse("wagtaildocs:add"), upload("a.docx", content))
    [said] = warned = [str(one) for one in get_messages(answer.wsgi_request) if one.level_tag == "warning"]
    assert "Nguyễn Văn A" in said and "nhận xét" in said
    chooser = reverse("wagtaildocs_chooser:create")
    prefix = "document-chooser-upload-"
    assert unquote(client.post(chooser, upload("b.docx", content, prefix))[HEADER]) == warned[0]
    assert HEADER not in client.post(chooser, upload("c.docx", office.word(), prefix)).headers
    picture = office.photograph_with_place().read()
    answer = client.post(reverse("wagtailimages:add"), upload("a.jpg", picture))
    assert "nơi chụp" in " ".join(str(one) for one in get_messages(answer.wsgi_request))
    many = {"title": "Ảnh", "files[]": SimpleUploadedFile("d.jpg", picture)}
    answer = client.post(reverse("wagtailimages:add_multiple"), many, headers={"x-requested-with": "XMLHttpRequest"})
    assert "nơi chụp" in answer.json()["form"]
    chooser = reverse("wagtailimages_chooser:create") + "?select_format=true"
    answer = client.post(chooser, upload("e.jpg", picture, "image-chooser-upload-"))
    assert "nơi chụp" in unquote(answer[HEADER])


def test_what_many_pictures_tell_is_said_once_and_fits_into_the_answer(client, staff):
    """nginx takes 4 KB of headers; with more the editor would read of an error, and the file would be stored."""
    content = io.BytesIO(office.word(author="Nguyễn Thị Ngọc Diễm " * 10, comment=True, change="ins"))
    picture = office.photograph_with_place().read()
    with zipfile.ZipFile(content, "a") as archive:
        for number in range(60):
            archive.writestr(f"word/media/Ảnh chụp hiện trường {number}.jpg", picture)
    client.force_login(staff["editor"])
    fields = {"title": "Kế hoạch", "collection": Collection.get_first_root_node().pk, "language": "vi"}
    data = fields | {"file": SimpleUploadedFile("a.docx", content.getvalue())}
    answer = client.post(
        reverse("wagtaildocs_chooser:create"), {f"document-chooser-upload-{key}": value for key, value in data.items()}
    )
    assert sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) < 4096
    assert "Ngọc Diễm" in unquote(answer[HEADER])
    screen = text_of(client.get(reverse("wagtaildocs:edit", args=[PortalDocument.objects.get().pk])))
    with translation.override("vi"):
        assert screen.count(str(LABELS["place"])) == 1
    assert "Ảnh chụp hiện trường 7.jpg" in screen


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_of_several_uploads_each_is_examined_and_its_form_says_what_was_found(client, staff, role):
    client.force_login(staff[role])
    ajax = {"x-requested-with": "XMLHttpRequest"}
    answer = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Bản chụp", "files[]": SimpleUploadedFile("b.pdf", office.pdf(text=False, author="A"))},
        headers=ajax,
    ).json()
    document = PortalDocument.objects.get()
    assert answer["doc_id"] == document.pk
    assert document.language == "vi"
    assert "Chưa thể đăng tệp này" in answer["form"]
    fields = {"title": "Bản quét", "language": "en", "collection": document.collection_id}
    url = reverse("wagtaildocs:edit_multiple", args=[document.pk])
    client.post(url, {f"doc-{document.pk}-{name}": value for name, value in fields.items()}, headers=ajax)
    document.refresh_from_db()
    assert (document.title, document.language) == ("Bản quét", "en")
    assert {trace["code"] for trace in document.findings} == {"no-text", "properties"}
    assert [trace.code for trace in document.obstacles] == ["properties"]


def test_the_last_approval_is_refused_until_the_file_is_clean(client, staff):
    document = stored_document(office.word(author="Nguyễn Văn A"))
    article = article_with(document, staff)
    submit(article, staff["contributor"])
    approve(article, staff["editor"])
    state = article.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    client.force_login(staff["reviewer"])
    refused = client.post(url, answers(article.current_workflow_task))
    assert refused.status_code == 403
    assert "Nguyễn Văn A" in text_of(refused)
    assert "Kế hoạch" in text_of(refused)
    article.refresh_from_db()
    assert not article.live
    assert article.workflow_in_progress
    document.file = ContentFile(office.word(), "b.docx")
    document.save()
    assert client.post(url, answers(article.current_workflow_task)).status_code == 302
    article.refresh_from_db()
    assert article.live


def test_no_command_publishes_such_a_file_either(staff):
    article = article_with(stored_document(office.sheet(comment=True), "a.xlsx"), staff)
    with pytest.raises(UnfitFile):
        publish_new(article, "test")
    assert issubclass(UnfitFile, NotApproved)


def test_a_warning_refuses_nothing(staff):
    article = article_with(stored_document(office.pdf(text=False), "a.pdf"), staff)
    assert publish_new(article, "test").live


def test_the_file_of_a_public_page_replaced_by_one_that_tells_too_much(client, staff):
    document = stored_document(office.word())
    publish_new(article_with(document, staff), "test")
    assert client.get(document.url).status_code == 200
    document.file = ContentFile(office.word(comment=True), "b.docx")
    document.save()
    assert client.get(document.url).status_code == 404
    client.force_login(staff["editor"])
    assert client.get(document.url).status_code == 200


def test_files_from_before_are_examined_when_they_are_used(staff):
    document = stored_document(office.word(author="A"))
    PortalDocument.objects.update(findings=None)
    with pytest.raises(UnfitFile):
        publish_new(article_with(document, staff), "test")
    assert PortalDocument.objects.get().obstacles
    document.refresh_from_db()
    assert document.findings, "examined once, then known"
