"""Files in a bucket instead of a folder, on a real S3-compatible server."""

import threading
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from PIL import Image

from portal.core.models import PortalDocument, PortalImage
from portal.operations import probes
from portal.operations.backup import files
from portal.settings.environment import Environment
from portal.settings.storage import file_storage
from tests.builders import make_staff
from tests.s3 import S3Server

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = tmp_path_factory.mktemp("buckets")
    (root / "portal").mkdir()
    with S3Server(root, root.with_suffix(".log")) as running:
        yield running


@pytest.fixture
def bucket(server, monkeypatch, portal):
    """The portal's storage in the bucket; gives the folder where the server keeps it."""
    for name, value in server.environment("portal").items():
        monkeypatch.setenv(name, value)
    with override_settings(STORAGES={**settings.STORAGES, "default": file_storage(Environment())}):
        yield server.root / "portal"


def picture_with_gps() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    target = BytesIO()
    Image.new("RGB", (800, 600), "green").save(target, "JPEG", exif=exif)
    return target.getvalue()


def stored(bucket) -> dict[str, bytes]:
    return {str(path.relative_to(bucket)): path.read_bytes() for path in bucket.rglob("*") if path.is_file()}


def test_an_uploaded_picture_loses_its_traces_and_gets_its_sizes(bucket, client):
    client.force_login(make_staff()["admin"])
    upload = BytesIO(picture_with_gps())
    upload.name = "ruộng bậc thang.jpg"
    answer = client.post(
        reverse("wagtailimages:add"), {"title": "Ruộng", "file": upload, "collection": 1, "language": "vi"}
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    image = PortalImage.objects.get(title="Ruộng")
    assert b"Exif" in picture_with_gps() and b"Exif" not in stored(bucket)[image.file.name]
    assert len(image.variants) > 3 and all(variant["name"] in stored(bucket) for variant in image.variants)
    address = default_storage.url(image.variants[0]["name"])
    assert address.startswith(settings.MEDIA_URL), "never an address of the bucket"
    whole = client.get(address)
    assert whole.getvalue() == stored(bucket)[image.variants[0]["name"]] and whole["Content-Type"] == "image/avif"
    client.logout()
    assert client.get(address).status_code == 404, "no public page uses it yet"


def document(content: bytes = PDF, name: str = "rieng.pdf") -> PortalDocument:
    return PortalDocument.objects.create(title="Riêng", file=ContentFile(content, name))


@pytest.mark.parametrize(
    ("asked", "status", "part", "range_"),
    [
        ("", 200, PDF, None),
        ("bytes=0-3", 206, b"%PDF", f"bytes 0-3/{len(PDF)}"),
        (f"bytes={len(PDF) - 4}-", 206, PDF[-4:], f"bytes {len(PDF) - 4}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-4", 206, PDF[-4:], f"bytes {len(PDF) - 4}-{len(PDF) - 1}/{len(PDF)}"),
        (f"bytes=5-{len(PDF) * 9}", 206, PDF[5:], f"bytes 5-{len(PDF) - 1}/{len(PDF)}"),
        (f"bytes={len(PDF)}-", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=9-2", 200, PDF, None),
        ("bytes=0-1,4-5", 200, PDF, None),
        ("pages=1-2", 200, PDF, None),
    ],
)
@pytest.mark.parametrize("where", ["bucket", "portal"])
def test_staff_read_a_private_document_in_parts(request, client, where, asked, status, part, range_):
    """From a bucket, and from a folder where no nginx stands before the portal."""
    request.getfixturevalue(where)
    client.force_login(make_staff()["editor"])
    address = document().url
    answer = client.get(address, headers={"range": asked} if asked else {})
    assert (answer.status_code, answer.get("Content-Range")) == (status, range_)
    assert b"".join(answer) == part
    if status != 416:
        assert answer["Content-Length"] == str(len(part)) and answer["Accept-Ranges"] == "bytes"
        assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
        assert "Content-Encoding" not in answer


def test_readers_see_a_private_document_nowhere(bucket, client):
    made = document()
    assert client.get(made.url).status_code == 404
    assert client.get(settings.MEDIA_URL + made.file.name).status_code == 404


def test_a_part_of_what_the_file_was_before_is_the_whole_of_what_it_is_now(bucket, client):
    client.force_login(make_staff()["editor"])
    address = document().url
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"range": "bytes=0-3", "if-range": etag}).status_code == 206
    assert client.get(address, headers={"range": "bytes=0-3", "if-range": '"another"'}).status_code == 200
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_two_processes_that_store_the_same_name_at_once_keep_both(bucket):
    """Each thread has a connection of its own, as processes have."""
    names, start = {}, threading.Barrier(4)

    def store(number: int) -> None:
        start.wait()
        names[number] = storages["default"].save("documents/bao-cao.pdf", ContentFile(b"text of %d" % number))

    threads = [threading.Thread(target=store, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert {number: stored(bucket)[name] for number, name in names.items()} == {
        number: b"text of %d" % number for number in range(4)
    }
    assert all(name.endswith("/bao-cao.pdf") for name in names.values())


def test_long_names_fit_the_column(bucket):
    made = document(name="x" * 300 + ".pdf")
    assert len(made.file.name) <= 100 and made.file.name.endswith(".pdf") and made.file.read() == PDF


def test_all_names_are_listed_and_the_parts_are_well(bucket):
    document()
    assert set(files.names()) == set(stored(bucket))
    with translation.override("en"):
        parts = probes.all_results()
    assert parts["storage"].ok and parts["disk"].note == "not used"
    assert not [name for name in stored(bucket) if name.startswith("probe")]


def test_a_file_that_is_gone_is_not_found_and_a_storage_that_is_away_is_said(bucket, server, client):
    client.force_login(make_staff()["editor"])
    made = document()
    default_storage.delete(made.file.name)
    assert client.get(made.url).status_code == 404
    address = document().url
    client.raise_request_exception = False
    server.stop()
    try:
        answer = client.get(address)
        assert answer.status_code == 503 and answer["Retry-After"]
        assert not probes.all_results()["storage"].ok
    finally:
        server.start()
    assert client.get(address).status_code == 200
