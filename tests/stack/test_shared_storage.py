"""Files in S3-compatible storage, on a real server (rclone's): no process keeps anything that another one needs."""

from io import BytesIO

import pytest
import requests
from PIL import Image

from tests.s3 import S3Server
from tests.stack.stack import HOST, PREFIX

pytestmark = [pytest.mark.stack]

BUCKET = "portal"


@pytest.fixture(scope="module")
def server(stack):
    """Every process of the portal with a bucket instead of its folder; afterwards with the folder again."""
    root = stack.folder / "buckets"
    (root / BUCKET).mkdir(parents=True)
    names = [name for name in stack.processes if name.startswith(("web-", "worker-"))]
    with S3Server(root, stack.folder / "s3.out") as running:
        variables = running.environment(BUCKET)
        stack.values.update(variables)
        try:
            restart(stack, names)
            yield running
        finally:
            for name in variables:
                stack.values.pop(name)
            restart(stack, names)


def store(stack, staff, title: str, content: bytes) -> str:
    """Somebody of the desk uploads a document; its address."""
    staff.get("/cms/documents/add/")
    upload = {"file": ("bang.csv", BytesIO(content), "text/csv")}
    fields = {"title": title, "collection": 1, "language": "vi"}
    assert staff.post("/cms/documents/add/", fields, files=upload).status_code == 302
    ((number, name),) = stack.query(f"SELECT id, file FROM core_portaldocument WHERE title = '{title}'")
    return f"{PREFIX}/documents/{number}/{name.rsplit('/')[-1]}"


def restart(stack, names: list[str]) -> None:
    for name in names:
        stack.stop(name)
    stack.make_whole()


def picture() -> BytesIO:
    """A photograph with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    file = BytesIO()
    Image.effect_noise((1200, 800), 60).convert("RGB").save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def ask_both(stack, path: str, cookies=()) -> list[requests.Response]:
    """What each web process itself answers somebody who is signed in."""
    given = {"Host": HOST, "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)}
    addresses = [f"http://127.0.0.1:{stack.ports[f'web-{number}']}{path}" for number in (1, 2)]
    return [requests.get(address, headers=given, timeout=60) for address in addresses]


def test_what_one_process_stores_all_have(stack, server, admin, reader):
    bucket = server.root / BUCKET
    folder = {path for path in stack.media.rglob("*") if path.is_file()}
    document = store(stack, admin, "Bảng chung", b"a,b\n1,2\n")
    photo = {"file": ("ruong.jpg", picture(), "image/jpeg")}
    fields = {"title": "Ruộng chung", "collection": 1, "language": "vi"}
    admin.get("/cms/images/add/")
    assert admin.post("/cms/images/add/", fields, files=photo).status_code == 302
    stack.rest()  # a worker has made the sizes

    stored = {str(path.relative_to(bucket)): path for path in bucket.rglob("*") if path.is_file()}
    (original,) = stack.query("SELECT file FROM core_portalimage WHERE title = 'Ruộng chung'")[0]
    assert b"Exif" not in stored[original].read_bytes()
    sizes = [name for name in stored if name.startswith("images/")]
    assert len(sizes) > 3, stored.keys()
    assert {path for path in stack.media.rglob("*") if path.is_file()} == folder, "nothing is left on the machine"

    for answer in ask_both(stack, document, admin.session.cookies):
        assert answer.status_code == 200 and answer.content == b"a,b\n1,2\n", answer.text[:500]
    for answer in ask_both(stack, f"{PREFIX}/media/{sizes[0]}", admin.session.cookies):
        assert answer.status_code == 200 and answer.content == stored[sizes[0]].read_bytes()
    part = admin.get(stack.origin + document, headers={"Range": "bytes=0-2"})
    assert part.status_code == 206 and part.content == b"a,b"
    assert reader.get(stack.origin + document).status_code == 404, "no public page uses it"
    assert reader.get(f"/media/{original}").status_code == 404


def test_pages_are_read_while_the_storage_is_away_and_files_are_late(stack, server, admin):
    document = store(stack, admin, "Tệp sẽ vắng", b"a,b\n")
    server.stop()
    try:
        ready = stack.readiness(1)
        assert ready.status_code == 503 and not ready.json()["parts"]["storage"]["ok"]
        for answer in ask_both(stack, f"{PREFIX}/vi/"):
            assert answer.status_code == 200, "a page does not need the storage"
        for answer in ask_both(stack, document, admin.session.cookies):
            assert answer.status_code == 503 and answer.headers["Retry-After"], answer.text[:500]
    finally:
        server.start()
    for answer in ask_both(stack, document, admin.session.cookies):
        assert answer.status_code == 200 and answer.content == b"a,b\n"
