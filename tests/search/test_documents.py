"""Documents are found by the words inside them, exactly while a public page uses them."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from docx import Document as Word
from pypdf import PdfReader, PdfWriter
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.core.forms import PortalDocumentForm
from portal.core.models import PortalDocument
from portal.search.models import DocumentText, SearchEntry
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db
PROTECTED_WORD_FILE = Path(__file__).with_name("protected.docx")  # the password is «mat-khau»


def word_file(*paragraphs: str) -> bytes:
    document, out = Word(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.author = ""  # the library's own name would be a trace of who wrote it
    document.add_table(1, 1).cell(0, 0).text = "Phụ lục biểu phí"
    document.save(out)
    return out.getvalue()


def broken_word_file() -> bytes:
    """A sound archive whose text breaks off in the middle, as after a failed transfer."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word_file("Một đoạn"))) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)
    return out.getvalue()


def pdf_file(text: str, password: str = "") -> bytes:
    """A PDF of one page with a line of Latin text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    if not password:
        return content
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(content))), BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def make_document(title: str, content: bytes, name: str, **fields) -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(content, name=name), **fields)


def using(document: PortalDocument) -> str:
    return f'<p>Xem <a linktype="document" id="{document.pk}">tệp</a></p>'


@pytest.fixture
def fees(committed):
    with committed():
        return make_document("Quyết định 12", word_file("Thu phí cửa khẩu phụ"), "quyet-dinh.docx")


def test_found_by_the_words_inside_with_type_and_size(ask, committed, fees):
    assert ask("thu phi").total == 0
    with committed():
        make_article("Thông báo", body=using(fees))
    (hit,) = ask("thu phi").hits
    assert (hit.title, hit.kind, hit.file_type) == ("Quyết định 12", "document", "docx")
    assert hit.file_size == fees.file.size and hit.url.endswith(f"/documents/{fees.pk}/{fees.filename}")
    assert "<mark>" in hit.snippet_html
    assert ask("bieu phi").total == 1, "tables, too"
    assert [(facet.value, facet.count) for facet in ask("thu phi").facets["kind"]] == [("document", 1)]


def test_pdf(ask, committed):
    with committed():
        document = make_document("Investment guide", pdf_file("Rare earth and hydropower"), "guide.pdf", language="en")
        make_article("Đầu tư", body=using(document))
    assert [hit.title for hit in ask("hydropower", "en").hits] == ["Investment guide"]


def test_gone_with_the_last_page_that_uses_it(ask, committed, fees):
    with committed():
        first, second = make_article("Một", body=using(fees)), make_article("Hai", body=using(fees))
    with committed():
        first.unpublish()
    assert ask("thu phi").total == 1
    second.unpublish()
    assert ask("thu phi").hits == [], "in the transaction of the withdrawal"


def test_not_of_a_restricted_page(ask, committed, fees):
    with committed():
        page = make_article("Một", body=using(fees))
    with committed():
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert ask("thu phi").total == 0 and not SearchEntry.objects.filter(kind="document").exists()
    with committed():
        restriction.delete()
    assert ask("thu phi").total == 1


def test_not_of_a_closed_collection_and_not_even_read(ask, committed):
    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    with committed():
        document = make_document("Nội bộ", word_file("Danh sách kín"), "kin.docx", collection=closed)
        make_article("Một", body=using(document))
    assert ask("danh sach kin").total == 0 and not DocumentText.objects.exists()


@pytest.mark.parametrize("way", ["bulk action", "collection moved", "another collection"])
def test_gone_at_once_when_its_collection_is_closed_some_other_way(ask, committed, fees, client, way):
    with committed():
        make_article("Một", body=using(fees))
    root = Collection.get_first_root_node()
    closed, open_one = root.add_child(name="Nội bộ"), root.add_child(name="Biểu mẫu")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    if way == "collection moved":
        PortalDocument.objects.filter(pk=fees.pk).update(collection=open_one)
    assert ask("thu phi").total == 1
    client.force_login(make_user("admin", is_superuser=True))
    with committed():
        if way == "bulk action":
            address = reverse(
                "wagtail_bulk_action", args=[PortalDocument._meta.app_label, "portaldocument", "add_to_collection"]
            )
            answer = client.post(f"{address}?id={fees.pk}", {"collection": closed.pk})
        elif way == "collection moved":
            address = reverse("wagtailadmin_collections:edit", args=[open_one.pk])
            answer = client.post(address, {"name": "Biểu mẫu", "parent": closed.pk})
        else:
            fees.refresh_from_db()
            fees.collection = closed
            fees.save()
            answer = None
        if way != "collection moved":  # of which is known only when it has happened
            assert not SearchEntry.objects.filter(kind="document").exists(), "before any task ran"
    assert answer is None or answer.status_code == 302
    assert ask("thu phi").total == 0


def test_a_draft_does_not_make_a_document_public(ask, committed, fees):
    with committed():
        make_article("Một", body=using(fees), publish=False)
    assert ask("thu phi").total == 0 and not DocumentText.objects.exists()


def test_deleted_pages_and_documents(ask, committed, fees):
    with committed():
        page = make_article("Một", body=using(fees))
    with committed():
        fees.delete()
    assert ask("thu phi").total == 0
    with committed():
        other = make_document("Quyết định 13", word_file("Thu phí mới"), "moi.docx")
        page = make_article("Hai", body=using(other))
    assert ask("thu phi").total == 1
    with committed():
        page.delete()
    assert ask("thu phi").total == 0


def test_a_replaced_file_is_read_again(ask, committed, fees):
    with committed():
        make_article("Một", body=using(fees))
    with committed():
        fees.file = ContentFile(word_file("Miễn lệ phí"), name="sua.docx")
        fees._set_document_file_metadata()
        fees.save()
    assert ask("thu phi").total == 0 and ask("mien le phi").total == 1


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (pdf_file("Secret", password="x"), "khoa.pdf", "protected"),
        (b"%PDF-1.4\n" + b"garbage" * 100, "hong.pdf", "corrupt"),
        (pdf_file(""), "quet.pdf", "no_text"),
        (PROTECTED_WORD_FILE.read_bytes(), "khoa.docx", "protected"),
        (word_file("Một đoạn")[:2000], "cat.docx", "corrupt"),
        (broken_word_file(), "hong.docx", "corrupt"),
    ],
)
def test_what_cannot_be_read_is_found_by_its_title_and_the_editor_is_told(ask, committed, content, name, problem):
    with committed():
        # As a file of before every upload was examined: today most such files are not taken, or not published.
        document = make_document("Văn bản khó đọc", word_file("Tốt"), name.replace("pdf", "docx"))
        document.file.storage.delete(document.file.name)
        file = document.file.storage.save(f"documents/{name}", ContentFile(content))
        PortalDocument.objects.filter(pk=document.pk).update(file=file, findings=[], file_hash="", file_size=None)
        document.refresh_from_db()
        make_article("Một", body=using(document))
    assert [hit.title for hit in ask("van ban kho doc").hits] == ["Văn bản khó đọc"]
    assert document.search_text.problem == problem
    form = get_document_form(PortalDocument)(instance=document, user=make_user("boss", is_superuser=True))
    assert isinstance(form, PortalDocumentForm) and form.fields["file"].help_text.endswith(document.search_text.note)
    assert document.search_text.note


def test_a_protected_word_file_is_refused_at_its_upload_with_the_reason(portal):
    upload = SimpleUploadedFile("khoa.docx", PROTECTED_WORD_FILE.read_bytes())
    form = get_document_form(PortalDocument)(
        {"title": "Khóa", "collection": Collection.get_first_root_node().pk, "language": "vi", "tags": ""},
        {"file": upload},
        user=make_user("boss", is_superuser=True),
    )
    with translation.override("vi"):
        assert not form.is_valid() and "mật khẩu" in str(form.errors["file"])
