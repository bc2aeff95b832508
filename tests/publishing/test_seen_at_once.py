"""The rest of what `test_page_cache` begins: each act of the desk, in places where one would not look at once."""

import pytest
from wagtail.models import PageViewRestriction

from home.models import InformationIndexPage, InformationPage
from news.models import ArticlePage, ArticleTopic
from portal.core.models import Topic
from portal.publishing.approvals import system_approval
from portal.publishing.service import publish_new
from tests.builders import home, locale, make_article, news, translate
from tests.publishing.test_page_cache import Reader, republish

pytestmark = pytest.mark.django_db

LANGUAGES = ("vi", "en", "zh-hans")


@pytest.fixture
def reader(client, portal):
    return Reader(client)


def test_a_withdrawn_translation_leaves_the_switch_lists_and_feed_of_its_language(reader):
    article = make_article("Chè Shan Tuyết")
    english, chinese = translate(article, "en"), translate(article, "zh-hans")
    lists = (home("en").url, news("en").url, "/en/feeds/news/", "/en/site-map/", "/sitemap-en.xml")
    reader.warm(article.url, english.url, chinese.url, *lists)
    ArticlePage.objects.get(pk=english.pk).unpublish()
    for address in (article.url, chinese.url):
        page = reader.text(address)
        assert 'rel="alternate" hreflang="en"' not in page and "not yet translated" in page
        assert 'rel="alternate" hreflang="vi"' in page and 'rel="alternate" hreflang="zh-Hans"' in page
        assert english.url in page
    stub = reader.text(english.url)
    assert "This page is not in English yet" in stub, "what the switch says holds where it leads"
    assert article.url in stub and chinese.url in stub and "Vietnamese only" not in stub
    article.refresh_from_db()
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert [reader.client.get(page.url).status_code for page in (article, english, chinese)] == [410, 410, 410]
    for address in lists:
        assert "che-shan-tuyet" not in reader.text(address), address


def test_a_new_section_and_another_order_show_in_every_menu(reader):
    article = make_article()
    reader.warm(article.url, "/vi/site-map/", *(home(code).url for code in LANGUAGES))
    section = InformationIndexPage(title="Cửa khẩu", slug="cua-khau", locale=locale("vi"), live=False)
    section.show_in_menus = True
    home().add_child(instance=section)
    publish_new(section, "test")
    for address in (home().url, article.url, "/vi/site-map/"):
        assert section.url in reader.text(address), address
    translate(InformationIndexPage.objects.get(pk=section.pk), "en")
    assert "EN Cửa khẩu" in reader.text(home("en").url)

    def is_first(code: str) -> bool:
        page = reader.text(home(code).url)
        return page.index(f"/{code}/cua-khau/") < page.index(news(code).url)

    assert not is_first("vi") and not is_first("en")
    InformationIndexPage.objects.get(pk=section.pk).move(home(), pos="first-child")
    assert is_first("vi") and is_first("en")


def test_a_correction_shows_beside_and_below_the_page(reader):
    """Related articles, pages of the section, breadcrumbs, the site map, and the blocks of the front page."""
    first, second = make_article("Bài một"), make_article("Bài hai")
    topic = Topic.objects.get(code="tourism", locale__language_code="vi")
    for article in (first, second):
        article.article_topics = [ArticleTopic(topic=topic, locale=article.locale)]
        republish(article)
    front = home()
    block = {"type": "lead_story", "value": {"page": second.pk}, "id": "00000001-0000-4000-8000-000000000000"}
    republish(front, body=front.body.stream_block.to_python([block]))
    section = home().get_children().get(slug="thong-tin-chung").specific
    pages = []
    for title in ("Dân số", "Địa lý"):
        section = type(section).objects.get(pk=section.pk)
        page = InformationPage(title=title, locale=section.locale, live=False)
        section.add_child(instance=page)
        pages.append(publish_new(page, "test"))
    reader.warm(first.url, home().url, pages[0].url, "/vi/site-map/")
    republish(ArticlePage.objects.get(pk=second.pk), title="Bài đã sửa")
    republish(InformationPage.objects.get(pk=pages[1].pk), title="Sông núi")
    assert "Bài đã sửa" in reader.text(first.url) and "Bài đã sửa" in reader.text(home().url)
    assert "Sông núi" in reader.text(pages[0].url) and "Sông núi" in reader.text("/vi/site-map/")
    republish(type(section).objects.get(pk=section.pk), title="Biết về Lai Châu")
    assert "Biết về Lai Châu" in reader.text(pages[0].url)


def test_what_belongs_to_one_reader_is_kept_nowhere(client, portal):
    """Forms with a person's words, what is asked of a password, and their answers."""
    ours = {"Origin": "http://testserver"}
    article = make_article()
    answers = [
        client.post(f"/vi/feedback/{article.pk}/", {"kind": "useful"}, headers=ours),
        client.post(f"/vi/feedback/{article.pk}/", {"kind": "mistake", "text": ""}, headers=ours),
        client.get(f"/vi/feedback/{article.pk}/"),
        client.post(f"/en/translation-request/{article.translation_key}/", headers=ours),
        client.get("/vi/_util/login/"),
        client.post("/vi/_util/login/", {"username": "x", "password": "y"}),
        client.get("/cms/", follow=True),
    ]
    with system_approval("test"):
        restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="geheim")
    answers.append(client.get(article.url))
    wrong = {"password": "wrong", "return_url": article.url}
    answers.append(client.post(f"/vi/_util/password/{restriction.pk}/{article.pk}/", wrong))
    for answer in answers:
        kept = answer["Cache-Control"]
        assert ("no-store" in kept or "private" in kept) and "public" not in kept, (answer.request["PATH_INFO"], kept)
        assert "ETag" not in answer
