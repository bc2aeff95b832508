"""Uploads through the administration's own views: refused with a reason, or stored clean."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms
from wagtail.models import Collection

from portal.core.models import PortalDocument, PortalImage
from tests.builders import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORMATS = [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")]
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F


def photograph(kind: str, size=(60, 30), *, exif=True, icc=True) -> bytes:
    """A picture as a telephone makes it: lying on its side, with place and camera."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    options = {}
    if exif:
        data = Image.Exif()
        data[ORIENTATION], data[CAMERA] = 6, "Telephone of N. V. A"
        data.get_ifd(GPS).update({1: "N", 2: (22.0, 23.0, 46.0), 3: "E", 4: (103.0, 27.0, 29.0)})
        options["exif"] = data
    if icc:
        options["icc_profile"] = ICC
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


@pytest.fixture
def editor(client, portal, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(make_staff()["editor"])
    return client


def stored(tmp_path) -> list:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def add_image(client, name, content, **fields):
    data = {
        "title": "Ảnh",
        "collection": Collection.get_first_root_node().pk,
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(reverse("wagtailimages:add"), data | fields)


def add_many(client, model, name, content, **fields):
    url = reverse("wagtailimages:add_multiple" if model is PortalImage else "wagtaildocs:add_multiple")
    data = {"title": "Tệp", "files[]": SimpleUploadedFile(name, content)}
    return client.post(url, data | fields, headers={"x-requested-with": "XMLHttpRequest"})


def bomb() -> bytes:
    """Some kilobytes that say they are 100 megapixels."""
    target = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(target, "PNG", optimize=True)
    return target.getvalue()


BAD_PICTURES = {
    "renamed executable": ("anh.jpg", b"MZ\x90\x00" + b"\0" * 400),
    "wrong kind": ("anh.tiff", photograph("TIFF", exif=False, icc=False)),
    "kind in disguise": ("anh.png", photograph("JPEG")),
    "broken": ("anh.jpg", photograph("JPEG", (800, 600))[:2000]),
    "empty": ("anh.jpg", b""),
    "bomb": ("anh.png", bomb()),
    "svg that is none": ("anh.svg", b"<html><script>alert(1)</script></html>"),
    "svg with entities": (
        "anh.svg",
        b'<!DOCTYPE s [<!ENTITY a "aa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ),
}


@pytest.mark.parametrize("case", BAD_PICTURES)
def test_a_bad_picture_is_refused_with_a_message(editor, tmp_path, case):
    name, content = BAD_PICTURES[case]
    response = add_image(editor, name, content)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    if content:
        answer = add_many(editor, PortalImage, name, content).json()
        assert not answer["success"]
        assert answer["error_message"]
    assert not PortalImage.objects.exists()
    assert not stored(tmp_path)


def test_a_picture_too_large_is_refused(editor, settings, tmp_path):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 300
    assert add_image(editor, "anh.jpg", photograph("JPEG")).context["form"].errors["file"]
    assert not stored(tmp_path)


@pytest.mark.parametrize(("kind", "extension"), FORMATS)
@pytest.mark.parametrize("door", ["single", "multiple", "code"])
def test_place_and_camera_are_gone_colours_and_upright_stay(editor, kind, extension, door):
    content, name = photograph(kind), f"anh.{extension}"
    if door == "single":
        add_image(editor, name, content)
    elif door == "multiple":
        assert add_many(editor, PortalImage, name, content).json()["success"]
    else:
        PortalImage(title="Ảnh", file=ContentFile(content, name=name)).save()
    image = PortalImage.objects.get()
    clean = image.file.read()
    picture = Image.open(io.BytesIO(clean))
    assert not picture.getexif()
    assert b"Telephone" not in clean
    assert b"GPS" not in clean
    assert picture.info["icc_profile"] == ICC
    assert picture.size == (30, 60) == (image.width, image.height)
    red, green, _blue = picture.convert("RGB").getpixel((15, 5))
    assert red > 200 > 60 > green
    assert image.file_size == len(clean)


@pytest.mark.parametrize("turned", [1, 6])
def test_a_picture_whose_notes_are_damaged_is_a_picture(editor, turned):
    """They say that the place stands before the file begins."""
    entries = struct.pack("<HHII", ORIENTATION, 3, 1, turned) + struct.pack("<HHIi", GPS, 9, 1, -1)
    target = io.BytesIO()
    notes = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4)
    Image.new("RGB", (60, 30), "white").save(target, "JPEG", exif=notes)
    assert add_image(editor, "anh.jpg", target.getvalue()).status_code == 302
    image = PortalImage.objects.get()
    assert not Image.open(image.file).getexif()
    assert (image.width, image.height) == ((60, 30) if turned == 1 else (30, 60))


def test_a_picture_whose_title_comes_later_is_clean_too(editor):
    """Wagtail keeps such a file aside and stores it past the form when the title is there."""
    first = add_many(editor, PortalImage, "anh.jpg", photograph("JPEG"), title="x" * 300).json()
    upload = first["uploaded_file_id"]
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload])
    data = {
        f"uploaded-image-{upload}-title": "Ảnh",
        f"uploaded-image-{upload}-collection": Collection.get_first_root_node().pk,
    }
    assert editor.post(url, data, headers={"x-requested-with": "XMLHttpRequest"}).json()["success"]
    image = PortalImage.objects.get()
    content = image.file.read()
    assert b"Telephone" not in content
    assert image.file_size == len(content)
    assert (image.width, image.height) == (30, 60)


@pytest.mark.parametrize(("kind", "extension"), FORMATS)
def test_a_clean_picture_is_stored_as_it_came(editor, kind, extension):
    content = photograph(kind, exif=False)
    add_image(editor, f"anh.{extension}", content)
    assert PortalImage.objects.get().file.read() == content


def test_what_was_cleaned_once_is_not_written_again(editor):
    add_image(editor, "anh.jpg", photograph("JPEG"))
    once = PortalImage.objects.get().file.read()
    add_image(editor, "lai.jpg", once, title="Lại")
    assert PortalImage.objects.get(title="Lại").file.read() == once


def test_something_behind_the_end_of_a_picture_is_cut_off(editor):
    add_image(editor, "anh.jpg", photograph("JPEG", exif=False) + b"PK\x03\x04secret")
    assert b"secret" not in PortalImage.objects.get().file.read()


def test_transparency_stays(editor):
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0] + [0, 0, 0] * 255)
    target = io.BytesIO()
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text("Author", "N. V. A")
    picture.save(target, "PNG", transparency=0, pnginfo=note)
    add_image(editor, "anh.png", target.getvalue())
    content = PortalImage.objects.get().file.read()
    assert b"N. V. A" not in content
    assert Image.open(io.BytesIO(content)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_an_svg_loses_its_script(editor):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="alert(1)"><script>alert(2)</script>'
        b'<image href="https://evil.example/x.png"/><rect width="10" height="10" onclick="alert(3)"/></svg>'
    )
    add_image(editor, "ve.svg", drawing)
    content = PortalImage.objects.get().file.read()
    for bad in (b"script", b"alert", b"onload", b"evil"):
        assert bad not in content
    assert b"rect" in content


def test_replacing_the_file_of_a_picture_cleans_the_new_one(editor):
    add_image(editor, "anh.jpg", photograph("JPEG", exif=False))
    image = PortalImage.objects.get()
    url = reverse("wagtailimages:edit", args=[image.pk])
    fields = {"title": "Ảnh", "collection": image.collection_id}
    assert editor.post(url, {**fields, "file": SimpleUploadedFile("moi.jpg", b"MZ\x90")}).context["form"].errors["file"]
    editor.post(url, {**fields, "file": SimpleUploadedFile("moi.jpg", photograph("JPEG"))})
    image = PortalImage.objects.get()
    assert b"Telephone" not in image.file.read()
    before = image.file.name
    editor.post(url, {**fields, "title": "Tên khác"})
    image.refresh_from_db()
    assert (image.title, image.file.name) == ("Tên khác", before)


def test_code_cannot_store_what_is_no_picture(portal, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with pytest.raises(ValidationError):
        PortalImage(title="x", file=ContentFile(b"MZ", name="x.jpg"), width=1, height=1).save()
    with pytest.raises(ValidationError):
        PortalDocument(title="x", file=ContentFile(b"MZ", name="x.pdf")).save()
    assert not stored(tmp_path)


def package(*members: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for member in members:
            archive.writestr(member, "<x/>")
    return target.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
GOOD_DOCUMENTS = {
    "a.pdf": b"%PDF-1.7\n%%EOF",
    "a.docx": DOCX,
    "a.xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "a.ods": package("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "a.csv": "Tên;Số\nĐèo;1".encode(),
    "b.csv": "Tên;Số".encode("utf-16"),
}
BAD_DOCUMENTS = {
    "a.exe": b"MZ\x90",
    "a.html": b"<script>",
    "a.pdf": b"MZ\x90\x00",
    "b.pdf": b"<html>",
    "a.docx": b"PK\x03\x04 no archive",
    "b.docx": package("[Content_Types].xml", "xl/workbook.xml"),
    "c.docx": package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "a.odt": package("content.xml", mimetype="application/zip"),
    "a.txt": b"\x7fELF\0\0",
}


def add_document(client, name, content):
    data = {
        "title": "Tài liệu",
        "collection": Collection.get_first_root_node().pk,
        "language": "vi",
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(reverse("wagtaildocs:add"), data)


@pytest.mark.parametrize("name", GOOD_DOCUMENTS)
def test_a_good_document_is_taken(editor, name):
    assert add_document(editor, name, GOOD_DOCUMENTS[name]).status_code == 302
    assert PortalDocument.objects.get().file.read() == GOOD_DOCUMENTS[name]


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_document_is_refused_with_a_message(editor, tmp_path, name):
    response = add_document(editor, name, BAD_DOCUMENTS[name])
    assert response.context["form"].errors["file"]
    answer = add_many(editor, PortalDocument, name, BAD_DOCUMENTS[name], language="vi").json()
    assert not answer["success"]
    assert answer["error_message"]
    assert not PortalDocument.objects.exists()
    assert not stored(tmp_path)


def test_a_document_too_large_is_refused(editor, settings, tmp_path):
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == 200 * 1024 * 1024
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 5
    assert add_document(editor, "a.pdf", GOOD_DOCUMENTS["a.pdf"]).context["form"].errors["file"]
    assert not stored(tmp_path)
