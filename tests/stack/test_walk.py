"""A walk through the portal in production, from outside: province's TLS, nginx, web processes, PostgreSQL, Redis."""

import json
import re
import time
from io import BytesIO

import pytest
import requests
from bs4 import BeautifulSoup

from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


def links(html: str) -> set[str]:
    """Addresses of this site in a page."""
    soup = BeautifulSoup(html, "html.parser")
    return {tag.get(name) for name in ("href", "src") for tag in soup.find_all(attrs={name: True})}


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans"])
def test_front_page_and_everything_it_links_to_is_below_the_prefix_and_answers(reader, stack, language):
    page = reader.get(f"/{language}/")
    assert page.status_code == 200
    own = {link for link in links(page.text) if link.startswith(("/", stack.origin))}
    assert len(own) > 20
    for link in own:
        path = link.removeprefix(stack.origin)
        assert path.startswith("/thongtindoingoai/"), link
        answer = reader.get(stack.origin + path.partition("#")[0])
        assert answer.status_code in (200, 302), link


def test_anonymous_readers_get_no_cookie(reader):
    reader.get("/vi/")
    reader.get("/en/search/?q=border")
    assert not reader.session.cookies


def test_the_bare_address_leads_to_the_readers_language(reader, stack):
    assert reader.get("").headers["Location"] == "/thongtindoingoai/"
    answer = reader.get("/", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/thongtindoingoai/zh-hans/")


def test_an_old_address_leads_to_the_new_one_below_the_prefix(reader, stack):
    old, new = stack.desk("rename()").split()
    answer = reader.get(old)
    assert answer.status_code in (301, 302)
    assert answer.headers["Location"].removeprefix(stack.origin) == f"/thongtindoingoai{new}"
    assert reader.get(new).status_code == 200


def test_sitemaps_and_feeds_name_public_addresses_only(reader, stack):
    index = reader.get("/sitemap.xml")
    maps = re.findall(r"<loc>(.*?)</loc>", index.text)
    assert maps
    for address in maps:
        listed = re.findall(r"<loc>(.*?)</loc>", reader.get(address).text)
        assert listed and all(one.startswith(stack.url + "/") for one in listed)
    page = BeautifulSoup(reader.get("/en/").text, "html.parser")
    for feed in page.select("link[rel=alternate][type*=xml]"):
        answer = reader.get(stack.origin + feed["href"].removeprefix(stack.origin))
        assert answer.status_code == 200
        assert all(link.startswith(stack.url) for link in re.findall(r"<link>(.*?)</link>", answer.text))


def test_search_finds_what_is_public_on_the_server_that_is_there(reader, stack):
    assert "/thongtindoingoai/en/" in reader.get("/en/search/", params={"q": "tea"}).text
    if address := stack.values["ELASTICSEARCH_URL"]:
        count = f"{address.rstrip('/')}/{stack.values['ELASTICSEARCH_PREFIX']}.*/_count"
        entries = stack.query("SELECT count(*) FROM portal_search_searchentry")[0][0]
        wait_until(lambda: requests.get(count, timeout=60).json().get("count") == entries, "it knows every entry")


def test_static_files_come_precompressed_and_for_a_year(reader, stack):
    page = BeautifulSoup(reader.get("/vi/").text, "html.parser")
    style = page.select_one("link[rel=stylesheet]")["href"]
    answer = reader.get(stack.origin + style, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip" and "immutable" in answer.headers["Cache-Control"]
    # Not compressed at this moment: the length is known.
    assert int(answer.headers["Content-Length"]) < len(answer.content)
    plain = re.sub(r"\.[0-9a-f]{12}\.", ".", stack.origin + style)
    answer = reader.get(plain)  # as the pages of a standing still ask for it, after every upgrade
    assert answer.status_code == 200 and "immutable" not in answer.headers["Cache-Control"]


def public_picture(reader) -> str:
    soup = BeautifulSoup(reader.get("/vi/").text, "html.parser")
    return next(img["src"] for img in soup.select("img[src*='/media/']"))


def test_renditions_go_through_nginx_with_ranges_and_originals_have_no_address(reader, stack):
    picture = stack.origin + public_picture(reader)
    whole = reader.get(picture)
    assert whole.status_code == 200 and whole.headers["Content-Type"].startswith("image/")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = reader.get(picture, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == whole.content[10:20]
    original = next((stack.media / "original_images").iterdir()).name
    assert reader.get(f"/media/original_images/{original}").status_code == 404
    assert reader.get(stack.origin + f"/-files/original_images/{original}").status_code == 404


@pytest.fixture(scope="module")
def private_document(stack) -> str:
    """Address of a document that no page uses."""
    return stack.desk("make_private_document()")


def test_public_documents_are_read_in_parts_and_private_ones_by_staff_only(reader, admin, stack, private_document):
    public = stack.desk("public_documents()").splitlines()[0]
    whole = reader.get(stack.origin + public)
    assert whole.status_code == 200
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'"
    part = reader.get(stack.origin + public, headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and part.content == whole.content[:4]

    assert reader.get(stack.origin + private_document).status_code == 404
    seen = admin.get(stack.origin + private_document)
    assert (
        seen.status_code == 200 and seen.content == b"%PDF-1.4 secret" and "no-store" in seen.headers["Cache-Control"]
    )
    assert reader.get(stack.origin + private_document).status_code == 404  # no cache kept it
    name = private_document.rsplit("/", 1)[-1]
    assert reader.get(stack.origin + f"/-files/documents/{name}").status_code == 404
    assert reader.get(f"/media/documents/{name}").status_code == 404


def test_cookies_of_staff_are_secure_and_stay_below_the_prefix(admin):
    cookies = {cookie.name: cookie for cookie in admin.session.cookies}
    assert {"portal_session", "portal_csrf"} <= set(cookies)
    for cookie in cookies.values():
        assert cookie.secure and cookie.path == "/thongtindoingoai/"
        assert cookie.has_nonstandard_attr("HttpOnly")


def test_administration_and_previews_answer_below_the_prefix(admin, stack):
    home = admin.get("/cms/")
    assert home.status_code == 200
    for link in links(home.text):
        if link.startswith("/"):
            assert link.startswith("/thongtindoingoai/"), link
    page = stack.desk("some_article()")
    assert admin.get(f"/cms/pages/{page}/edit/").status_code == 200
    # «View draft» shows the page in a way that nginx must not keep.
    draft = admin.get(f"/cms/pages/{page}/view_draft/")
    assert draft.status_code == 200 and draft.headers.get("X-Cache") is None


def test_answers_for_staff_neither_come_from_the_cache_nor_fill_it(reader, admin):
    assert admin.get("/vi/tin-tuc-su-kien/").headers["X-Cache"] == "BYPASS"
    first, second = reader.get("/vi/tin-tuc-su-kien/"), reader.get("/vi/tin-tuc-su-kien/")
    assert "wagtail-userbar" not in first.text + second.text


def test_one_second_cache(reader):
    wait_until(lambda: reader.get("/en/").headers["X-Cache"] == "HIT", "one answer for two readers", pause=0)
    time.sleep(1.1)
    assert reader.get("/en/").headers["X-Cache"] != "HIT"


def test_forged_headers_have_no_effect(reader, stack):
    forged = {
        "X-Forwarded-For": "8.8.8.8",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Prefix": "/evil",
        "X-Accel-Redirect": "/-files/x",
        "X-Request-ID": "forged-request-id",
        "Forwarded": "for=8.8.8.8;host=evil.example;proto=http",
    }
    time.sleep(1.1)
    answer = reader.get("/en/", headers=forged)
    assert answer.status_code == 200 and "evil" not in answer.text and "http://laichau" not in answer.text
    assert answer.headers["X-Request-ID"] != "forged-request-id"
    assert reader.get("/en/", headers={"Host": "evil.example"}).status_code == 400


def test_operators_pages_are_on_the_private_port_only(reader, stack):
    assert reader.get("/healthz").text == "alive\n"
    for path in ("/readyz", "/metrics"):
        assert reader.get(path).status_code == 404
        assert reader.get(path, headers={"Host": f"{stack.origin[8:]}", "X-Forwarded-Port": "9000"}).status_code == 404
    private = f"http://127.0.0.1:{stack.ports['private-1']}"
    ready = requests.get(private + "/readyz", timeout=20)
    assert ready.status_code == 200 and ready.json()["status"] in ("ready", "degraded"), ready.text
    assert {name for name, part in ready.json()["parts"].items() if not part["ok"]} <= {"disk"}
    text = requests.get(private + "/metrics", timeout=20).text
    assert re.search(r'^portal_requests_total\{.*status="200".*\} \d', text, flags=re.MULTILINE)
    assert 'portal_probe_ok{part="database"} 1.0' in text


def test_logs_have_request_ids_and_no_personal_data(reader, stack):
    about = {"User-Agent": "Somebody", "X-Forwarded-For": "203.0.113.77"}  # as if another proxy had brought them
    number = reader.get("/en/search/?q=NguyenVanAnh+So+dien+thoai", headers=about).headers["X-Request-ID"]
    stack.wait_for_line(number)
    lines = (stack.log("web-1") + stack.log("web-2")).splitlines()
    mine = [json.loads(line) for line in lines if number in line]
    assert [line["path"] for line in mine] == ["/thongtindoingoai/en/search/"]
    everything = "".join(lines) + (stack.folder / "access.log").read_text()
    for personal in ("NguyenVanAnh", "dien+thoai", "Somebody", "laichau-demo", "203.0.113.77"):
        assert personal not in everything, personal


def test_password_reset_by_mail_leads_back_below_the_prefix(reader, stack):
    stack.query("UPDATE contributors_user SET email = 'editor@laichau.test' WHERE username = 'editor'")
    stack.mailbox.mails.clear()
    reader.get("/cms/password_reset/")
    answer = reader.post("/cms/password_reset/", {"email": "editor@laichau.test"})
    assert answer.status_code == 302
    mail = wait_until(lambda: stack.mailbox.mails, "the mail")[0]
    link = re.search(r"https://\S+", mail.get_payload(decode=True).decode()).group()
    assert link.startswith(stack.url + "/cms/password_reset/") and mail["From"] == "portal@laichau.test"
    assert reader.get(link).status_code == 302


def test_uploads_of_200_mb_arrive_and_larger_ones_are_refused(admin, stack):
    admin.get("/cms/documents/add/")
    limit = 200 * 1024 * 1024
    fields = {"title": "Lớn", "collection": 1, "language": "vi"}
    table = BytesIO(b"a,b,c,d\n" * (limit // 8))
    answer = admin.post("/cms/documents/add/", fields, files={"file": ("lon.csv", table)}, timeout=120)
    assert answer.status_code == 302, answer.text
    assert stack.query("SELECT file_size FROM core_portaldocument WHERE title = 'Lớn'") == [(limit,)]
    too_large = BytesIO(b"a,b,c,d\n" * (limit // 8) + b"more")
    answer = admin.post("/cms/documents/add/", fields, files={"file": ("lon.csv", too_large)}, timeout=120)
    assert answer.status_code == 200 and "200" in answer.text, "the form says how large a file may be"
    beyond = BytesIO(b"0" * (limit * 11 // 10))
    assert (
        admin.post("/cms/documents/add/", fields, files={"file": ("lon.csv", beyond)}, timeout=120).status_code == 413
    )


@pytest.mark.parametrize(("language", "words"), [("vi", "bảo trì"), ("zh-hans", "维护"), ("en", "maintaining")])
def test_maintenance_page_in_the_readers_language(reader, stack, language, words):
    (stack.switch / "on").touch()
    try:
        answer = reader.get(f"/{language}/")
        assert answer.status_code == 503 and answer.headers["Retry-After"] == "30" and words in answer.content.decode()
        sent = reader.post(f"/{language}/feedback/1/", {"kind": "useful"})
        assert sent.status_code == 503 and sent.headers["Retry-After"] == "30" and sent.text == answer.text
    finally:
        (stack.switch / "on").unlink()
    assert reader.get(f"/{language}/").status_code == 200


@pytest.mark.parametrize(("language", "words"), [("vi", "quá dài"), ("zh-hans", "过长"), ("en", "too long")])
def test_what_is_too_long_or_too_large_meets_a_page_in_the_readers_language(reader, stack, language, words):
    long = reader.get(f"/{language}/" + "a" * 6000 + "/")
    assert long.status_code == 404 and "brand__name" in long.text, "the portal's own page, not gunicorn's line"
    large = reader.post(f"/{language}/feedback/1/", b"x" * 1_100_000)
    assert large.status_code == 413 and words in large.content.decode() and "no-store" in large.headers["Cache-Control"]
    here = f"http://127.0.0.1:{stack.ports['http']}/thongtindoingoai/{language}/"
    headers = requests.get(here, headers={"X-Long": "x" * 9000}, timeout=10)
    assert headers.status_code == 400 and words in headers.content.decode()
    address = requests.get(here + "a" * 9000, timeout=10)
    assert address.status_code == 414 and "too long" in address.content.decode(), "nginx has not read whose it is"
