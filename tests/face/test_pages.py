"""What surrounds every page: its language, the switch, the way to it, what search engines are told."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from home.models import InformationPage
from news.models import ArticlePage
from portal.core import languages
from portal.core.blocks import BodyStreamBlock
from portal.core.templatetags.portal import body
from portal.publishing.service import publish_new
from tests.builders import home, make_article, news, translate
from tests.conftest import PrefixClient

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def in_language(page, code: str):
    return ArticlePage.objects.get(translation_key=page.translation_key, locale__language_code=code)


def switch_of(page: BeautifulSoup) -> dict:
    return {entry["lang"]: entry for entry in page.select("header .languages li")}


@pytest.fixture
def article(portal):
    return make_article("Chè Shan Tuyết", summary="Một vùng chè cổ thụ.")


def test_the_page_says_its_own_language_and_address(client, article):
    page = read(client, article.url)
    assert page.html["lang"] == "vi"
    assert page.select_one("link[rel=canonical]")["href"] == article.full_url
    assert page.select_one("meta[name=description]")["content"] == "Một vùng chè cổ thụ."
    assert [len(page.select(one)) for one in ("h1", "main", "title")] == [1, 1, 1]


def test_the_switch_leads_to_the_stub_and_says_so(client, article):
    entries = switch_of(read(client, article.url))
    assert set(entries) == {"vi", "zh-Hans", "en"}
    assert entries["vi"].a["aria-current"] == "true"
    assert entries["en"].a["href"] == in_language(article, "en").url and entries["en"].small
    assert not entries["vi"].small


def test_the_stub_is_honest(client, article):
    stub = read(client, in_language(article, "en").url)
    assert stub.html["lang"] == "en"
    assert stub.select_one("main [lang=vi]").get_text() == article.title
    assert stub.select_one("link[rel=canonical]")["href"] == article.full_url
    assert "noindex" in stub.select_one("meta[name=robots]")["content"]
    assert not stub.select("link[hreflang]") and "Một đoạn văn" not in stub.get_text()
    assert stub.select_one("main form[method=post] input[name=website]")


def test_a_translation_is_linked_both_ways_and_names_its_basis(client, article):
    translate(article, "en")
    for address in (article.url, in_language(article, "en").url):
        links = {link["hreflang"]: link["href"] for link in read(client, address).select("link[hreflang]")}
        assert links == {
            "vi": article.full_url,
            "en": in_language(article, "en").full_url,
            "x-default": in_language(article, "en").full_url,
        }
    english = read(client, in_language(article, "en").url)
    assert article.url == english.select_one(".freshness a")["href"]
    assert not english.select(".freshness--outdated") and not read(client, article.url).select(".freshness")


@pytest.mark.parametrize("view", ["names", "site_map"])
def test_lists_that_are_no_pages_say_of_themselves_what_pages_say(client, portal, view):
    heads, origin = {}, settings.PUBLIC_URL.origin
    for code, tag in languages.HREFLANG.items():
        with translation.override(code):
            address = reverse(view)
        heads[tag] = read(client, address).head
        assert heads[tag].select_one("link[rel=canonical]")["href"] == origin + address
        assert heads[tag].select_one("meta[name=description]")["content"]
        assert heads[tag].select_one("meta[property='og:locale']")["content"] == languages.OPEN_GRAPH[code]
    links = [{one["hreflang"]: one["href"] for one in head.select("link[hreflang]")} for head in heads.values()]
    assert links[0] == links[1] == links[2] and links[0].keys() == {*heads, "x-default"}
    assert all(links[0][tag] == head.select_one("link[rel=canonical]")["href"] for tag, head in heads.items())
    descriptions = {head.select_one("meta[name=description]")["content"] for head in heads.values()}
    assert len(descriptions) == 3


def test_breadcrumbs_name_only_what_exists_in_this_language(client, article):
    steps = [link["href"] for link in read(client, article.url).select(".breadcrumbs a")]
    assert steps == [home().url, news().url]


def test_a_page_that_is_not_there_offers_ways_on(client, portal):
    lost = read(client, home("en").url + "nothing-here/", 404)
    assert lost.html["lang"] == "en" and lost.select_one("main form[role=search]")
    assert {link["href"] for link in lost.select("main .languages a")} == {
        home(code).url for code in ("vi", "en", "zh-hans")
    }
    assert len(lost.select("main .plain-list a")) == 7


def test_chinese_has_its_own_colon(client, article):
    translate(article, "zh-hans")
    day = article.date
    page = read(client, f"{news('zh-hans').url}{day.year}/{day.month}/")
    assert page.h1.get_text() == f"{news('zh-hans').title}：{day.year}年{day.month}月"
    assert page.title.get_text().startswith(page.h1.get_text())


def test_filters_keep_out_of_search_engines(client, article):
    page = read(client, news().url + "?kind=news")
    assert page.select_one("meta[name=robots]")["content"] == "noindex, follow"
    assert page.select_one(".pills [aria-current]")["href"].startswith("?kind=news")
    month = read(client, f"{news().url}{article.date.year}/{article.date.month}/")
    assert (
        month.select_one("link[rel=canonical]")["href"] == f"{news().full_url}{article.date.year}/{article.date.month}/"
    )


def test_the_switch_leads_to_the_same_month_and_filter(client, article):
    english = translate(article, "en")

    def switched(address: str) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in read(client, address).select(".site-header .languages a")}

    month = f"{article.date.year}/{article.date.month}/"
    assert switched(news().url + month) == {
        "vi": news().url + month,
        "en": news("en").url + month,
        "zh-Hans": news("zh-hans").url,
    }, "there is no such month in Chinese, only the list"
    assert switched(news().url + "?kind=news")["en"] == news("en").url + "?kind=news"
    assert switched(news().url + month + "?topic=a%26b")["en"] == news("en").url + month + "?topic=a%26b"
    english.refresh_from_db()
    type(english).objects.get(pk=english.pk).unpublish()
    assert switched(news().url + month)["en"] == news("en").url


def test_each_page_of_a_list_is_itself_and_has_no_other_languages(client, portal):
    for number in range(13):
        make_article(f"Bài {number}")
    first, second = read(client, news().url), read(client, news().url + "?page=2")
    assert first.select_one("link[rel=canonical]")["href"] == news().full_url and first.select("link[hreflang]")
    assert second.select_one("link[rel=canonical]")["href"] == news().full_url + "?page=2"
    assert second.select_one("meta[property='og:url']")["content"] == news().full_url + "?page=2"
    assert not second.select("link[hreflang]") and "trang 2" in second.title.get_text()
    assert not read(client, news().url + "?kind=news").select("link[hreflang]")
    section = home().get_children().get(slug="thong-tin-chung").specific
    for number in range(13):
        page = InformationPage(title=f"Trang {number}", locale=section.locale, live=False)
        type(section).objects.get(pk=section.pk).add_child(instance=page)
        publish_new(page, "test")
    second = read(client, section.url + "?page=2")
    assert second.select_one("link[rel=canonical]")["href"] == section.full_url + "?page=2"
    assert second.title.get_text().startswith(f"{section.title} (trang 2)")


def test_links_in_the_text_lead_to_the_readers_language_in_one_query(client, portal):
    first, second = make_article("Một"), make_article("Hai")
    translate(first, "en")
    raw = [
        {"type": "text", "id": f"{number}aaaaaaa", "value": f'<p><a linktype="page" id="{page.pk}">x</a></p>'}
        for number, page in enumerate((first, second, first))
    ]
    stream = BodyStreamBlock().to_python(raw)
    from django.utils import translation

    with translation.override("en"):
        assert first.url  # from here on Wagtail remembers the site's paths
        with CaptureQueriesContext(connection) as captured:
            links = BeautifulSoup(body(_Context(), stream), "html.parser").select("a")
    assert [link["href"] for link in links] == [in_language(page, "en").url for page in (first, second, first)]
    assert len(captured) == 1


def test_a_link_to_a_draft_has_no_address(client, portal):
    draft = make_article("Nháp", publish=False)
    stream = BodyStreamBlock().to_python(
        [{"type": "text", "id": "a", "value": f'<p><a linktype="page" id="{draft.pk}">x</a></p>'}]
    )
    assert "href" not in body(_Context(), stream)


class _Context(dict):
    def flatten(self):
        return self


def test_a_restricted_page_asks_for_its_password_and_tells_nothing(client, article):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.PASSWORD, password="bí mật")
    response = client.get(article.url)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("main form input[type=password]") and "no-store" in response["Cache-Control"]
    assert article.title not in response.content.decode() and article.summary not in response.content.decode()
    assert "noindex" in page.select_one("meta[name=robots]")["content"]


@pytest.mark.parametrize(("code", "lang"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_page_for_our_own_faults_asks_nothing_of_the_database(rf, code, lang, django_assert_num_queries):
    from django.utils import translation

    from portal.core.views import server_error

    with translation.override(code), django_assert_num_queries(0):
        response = server_error(rf.get(f"/{code}/"))
    page = BeautifulSoup(response.content, "html.parser")

    def home_of(language: str) -> str:
        return f"/thongtindoingoai/{language}/"

    assert response.status_code == 500 and page.html["lang"] == lang
    assert {one["lang"] for one in page.select("main p[lang]")} == {"vi", "en", "zh-Hans"} - {lang}
    assert page.select_one("header .brand")["href"] == page.select_one("main .button")["href"] == home_of(code)
    switch = {link["href"]: link.get("aria-current") for link in page.select("header .languages a")}
    names = [link.get_text() for link in page.select("header .languages a")]
    assert names == ["Tiếng Việt", "简体中文", "English"]
    assert switch == {home_of(other): "true" if other == code else None for other in ("vi", "zh-hans", "en")}


@pytest.mark.parametrize(("code", "lang"), [("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")])
@pytest.mark.parametrize(("error", "status"), [(KeyError("a mistake"), 500), (OperationalError("away"), 503)])
def test_a_fault_before_the_language_is_known_speaks_the_readers(portal, monkeypatch, code, lang, error, status):
    """Not that of whoever the same thread answered before."""

    def broken(*args):
        raise error

    monkeypatch.setattr("portal.publishing.page_cache.current", broken)
    last = next(other for other in ("vi", "en", "zh-hans") if other != code)
    client = PrefixClient(raise_request_exception=False)
    for address, wish in ((f"/{code}/tin-tuc-su-kien/", last), ("/sitemap.xml", code)):
        translation.activate(last)
        answer = client.get(address, headers={"Accept-Language": wish})
        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == status and page.html["lang"] == lang and "no-store" in answer["Cache-Control"]
        assert {one["lang"] for one in page.select("main p[lang]")} == {"vi", "en", "zh-Hans"} - {lang}
        assert page.select_one("main .button")["href"] == f"/thongtindoingoai/{code}/"
