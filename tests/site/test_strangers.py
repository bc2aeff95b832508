"""Addresses and requests that nobody of us would make: answered in the reader's language, never by a bare error."""

import unicodedata

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from portal.core.models import Feedback
from tests.builders import home, make_article, make_staff, news
from tests.conftest import PrefixClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(portal):
    return make_article("Chè Shan Tuyết")


# -- addresses that are nearly right -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/VI/Tin-Tuc-Su-Kien/", "/vi/tin-tuc-su-kien/"),
        ("/vi//tin-tuc-su-kien/", "/vi/tin-tuc-su-kien/"),
        ("/vi/tin-tuc-su-kien.", "/vi/tin-tuc-su-kien/"),
        ("/vi/tin-tuc-su-kien/)。", "/vi/tin-tuc-su-kien/"),
        ("/vi/tin-tuc-su-kien/index.html", "/vi/tin-tuc-su-kien/"),
        ("/zh/", "/zh-hans/"),
        ("/zh-CN/tin-tuc-su-kien/?page=1", "/zh-hans/tin-tuc-su-kien/?page=1"),
        ("/zh-Hant/search/?q=%E8%8C%B6", "/zh-hans/search/?q=%E8%8C%B6"),
        ("/en-GB", "/en/"),
        ("/vi/tin-tuc-su-kien/che-shan-tuyet/,", "/vi/tin-tuc-su-kien/che-shan-tuyet/"),
        ("/vi/tin-tức-sự-kiện/Chè Shan Tuyết/", "/vi/tin-tuc-su-kien/che-shan-tuyet/"),
        (f"/vi/{unicodedata.normalize('NFD', 'tin-tức_sự-kiện')}", "/vi/tin-tuc-su-kien/"),
        ("/vi/tin%252Dtuc%252Dsu%252Dkien/", "/vi/tin-tuc-su-kien/"),
    ],
)
def test_an_address_that_is_nearly_right_leads_to_the_page(client, article, typed, meant):
    answer = client.get(typed, follow=True)
    *_others, (last, _status) = answer.redirect_chain
    assert answer.status_code == 200 and last.endswith(f"/thongtindoingoai{meant}")


def test_an_address_without_a_language_leads_to_the_readers(client, article):
    for accepted, code in (("en", "en"), ("zh-TW", "zh-hans"), ("fr", "en"), ("", "vi")):
        answer = client.get("/tin-tuc-su-kien/", headers={"Accept-Language": accepted})
        assert answer["Location"] == news(code).url and "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/fr/",
            "/p/0",
            "/p/999999",
            "/p/abc",
            "/p/" + "9" * 30,
            "/vi/KHONG-CO/",
            "/zh/khong-co/",
            "/static/",
            "/vi/.",
        ),
        *("/a..b", "/vi/%25F0%259F/", "/en/😀/", "/zh-hans/茶/", "/vi/%2e%2e/%2e%2e/etc/passwd", "/vi/;jsessionid=1"),
    ],
)
def test_what_leads_nowhere_is_a_404_at_once(client, portal, path):
    answer = client.get(path, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code in (404, 200) and len(answer.redirect_chain) <= 1
    assert answer.status_code == 404 or path == "/vi/."
    assert page.select_one("html")["lang"] and page.select_one("h1")


@pytest.mark.parametrize(("accepted", "lang"), [("en", "en"), ("zh-TW", "zh-Hans"), (";;;q=,,,", "vi"), ("☃", "vi")])
def test_a_short_address_of_nothing_answers_in_the_readers_language(client, portal, accepted, lang):
    answer = client.get("/p/999999", headers={"Accept-Language": accepted})
    assert answer.status_code == 404 and BeautifulSoup(answer.content, "html.parser").html["lang"] == lang


@pytest.mark.parametrize("parts", [64, 4000])
def test_an_address_of_thousands_of_parts_is_not_looked_for(client, portal, parts):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/vi/" + "a/" * parts)
    assert answer.status_code == 404
    assert sum(len(query["sql"]) for query in captured) < 50_000 + 10 * 2 * parts


def test_an_editors_redirect_comes_first(client, article):
    Redirect.objects.create(old_path=Redirect.normalise_path(f"{home().url}CHE/"), redirect_page=news(), site=None)
    assert client.get("/vi/CHE/")["Location"] == news().url


# -- marks of social networks --------------------------------------------------------------------------------------
def test_shared_links_get_the_kept_answer(client, article, django_assert_num_queries):
    plain = client.get(article.url)
    with django_assert_num_queries(0):
        marked = client.get(f"{article.url}?fbclid=IwAR0&utm_source=zalo&from=timeline&isappinstalled=0")
    assert marked.content == plain.content


def test_marks_are_not_handed_on_and_questions_are_kept(client, article):
    page = client.get(f"{news().url}?utm_source=x&kind=feature&gclid=1").content.decode()
    assert "utm_source" not in page and "gclid" not in page and "kind=announcement" in page


@pytest.mark.parametrize("known", ['"a", "b", W/"c', "garbage", "\xff", ", , ,"])
def test_odd_marks_of_what_is_known_get_the_whole_page(client, article, known):
    answer = client.get(
        article.url, headers={"If-None-Match": known, "If-Modified-Since": "soon", "Range": "bytes=0-9"}
    )
    assert answer.status_code == 200 and article.title in answer.content.decode()


@pytest.mark.parametrize(("code", "lang"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
def test_what_cannot_be_read_meets_a_page_in_the_readers_language(client, article, code, lang):
    form = f"/{code}/feedback/{article.pk}/"
    ours = {"Origin": "http://testserver"}
    answers = [
        client.get(f"/{code}/", headers={"Host": "evil.example"}),
        client.post(form, b"--x", content_type="multipart/form-data; boundary=\xff", headers=ours),
        client.post(form, {f"field{number}": "x" for number in range(10_001)}, headers=ours),
    ]
    for answer in answers:
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 400 and page.html["lang"] == lang and "evil" not in answer.content.decode()
        assert page.h1.get_text() and page.select_one("main .button")["href"] == home(code).url
        assert "no-store" in answer["Cache-Control"]


def test_asking_for_the_head_gets_the_same_head(client, article):
    for address in (article.url, "/vi/search/", "/vi/names/", "/sitemap.xml", "/vi/khong-co/", "/p/999999"):
        whole, head = client.get(address), client.head(address)
        assert head.status_code == whole.status_code and not head.content, address
        assert head["Content-Type"] == whole["Content-Type"] and head.get("ETag") == whole.get("ETag"), address


# -- requests that are none of a reader's --------------------------------------------------------------------------
READ_ONLY = [
    "",
    "search/",
    "search/suggestions/",
    "names/",
    "site-map/",
    "feeds/news/",
    "tin-tuc-su-kien/",
    "khong-co/",
]


def _forms(page) -> list[str]:
    return [f"feedback/{page.pk}/", f"translation-request/{page.translation_key}/", "_util/login/"]


@pytest.mark.parametrize(("code", "lang"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "post"])
def test_what_an_address_does_not_take_is_refused_in_the_readers_language(article, code, lang, method):
    strict = PrefixClient(enforce_csrf_checks=True)
    forms = _forms(article) if method not in ("post", "POST") else []
    for path in READ_ONLY + forms:
        answer = strict.generic(method.upper(), f"/{code}/{path}", b"x=1", headers={"Origin": "http://testserver"})
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 405 and page.html["lang"] == answer["Content-Language"].replace("hans", "Hans"), (
            path
        )
        assert page.html["lang"] == lang and page.h1.get_text(), path
        expected = {"GET", "HEAD", "OPTIONS"} | ({"POST"} if path in forms else set())
        assert set(answer["Allow"].split(", ")) == expected and "no-store" in answer["Cache-Control"], path
    assert {one["lang"] for one in page.select("main p[lang]")} == {"vi", "en", "zh-Hans"} - {lang}


@pytest.mark.parametrize("path", ["/", "/p/1", "/sitemap.xml", "/sitemap-vi.xml", "/cards/1.jpg", "/media/x.webp"])
def test_what_carries_no_language_is_refused_in_the_readers(portal, path):
    answer = PrefixClient(enforce_csrf_checks=True).delete(path, headers={"Accept-Language": "zh-TW"})
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, OPTIONS"
    assert BeautifulSoup(answer.content, "html.parser").html["lang"] == "zh-Hans"


def test_every_address_says_how_it_may_be_asked(client, article, django_assert_num_queries):
    for path in READ_ONLY + _forms(article):
        with django_assert_num_queries(0):
            answer = client.options(f"/en/{path}")
        posts = {"POST"} if path in _forms(article) else set()
        assert answer.status_code == 200 and not answer.content, path
        assert set(answer["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"} | posts, path


def test_a_form_from_elsewhere_is_still_refused(article):
    """To know the methods of an address is not to believe a form."""
    strict = PrefixClient(enforce_csrf_checks=True)
    feedback, request, login = (f"/en/{path}" for path in _forms(article))
    for origin in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for address in (feedback, request, login, "/documents/password/1/", f"/en/_util/password/1/{article.pk}/"):
            assert strict.post(address, {"kind": "useful"}, headers=origin).status_code == 403, (address, origin)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(("code", "words"), [("vi", "cookie"), ("en", "cookie"), ("zh-hans", "Cookie")])
def test_a_form_without_its_cookie_is_refused_in_the_readers_language(portal, code, words):
    strict = PrefixClient(enforce_csrf_checks=True)
    answer = strict.post(f"/{code}/_util/login/", {"username": "x", "password": "y"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 403 and page.select_one("html")["lang"].lower() == code
    assert words in page.select_one("main .lede").get_text() and page.select_one(f'main a[href="{home(code).url}"]')


@pytest.mark.parametrize("question", ["page=0", "page=-1", "page=99", "page=x", "page=" + "9" * 30])
def test_pages_of_a_list_that_do_not_exist(client, article, question):
    assert client.get(f"{news().url}?{question}").status_code == 404


@pytest.mark.parametrize(
    "question", ["q=%ff%00", "kind=%27%22%3E", "topic=%3Cscript%3E", "a" * 4000, "&&&==;", "page=1&page=2x"]
)
def test_hostile_questions_never_break_a_page(client, article, question):
    for address in (home().url, news().url, "/vi/search/", "/vi/names/", "/vi/site-map/", "/vi/feeds/news/"):
        assert client.get(f"{address}?{question}").status_code in (200, 404)


def test_brackets_within_brackets_are_a_bad_request(portal):
    """As an editor's program may send them: the administration's own readers of JSON do not look at the depth."""
    client = PrefixClient(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(make_staff()["editor"])
    client.get("/cms/")
    token = {"X-CSRFToken": client.cookies["portal_csrf"].value}
    answer = client.post("/cms/api/main/pages/", b"[" * 100_000, content_type="application/json", headers=token)
    assert answer.status_code == 400 and BeautifulSoup(answer.content, "html.parser").h1
