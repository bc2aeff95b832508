"""Parts of a text that are not like the rest: names in another language, names that stay on one line."""

import pytest
from bs4 import BeautifulSoup

from tests.builders import make_article, translate

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_a_vietnamese_name_in_a_chinese_page_says_so(client, portal):
    article = make_article("Chè Shan Tuyết", body="<p>Bản <b>Pu Sam Cáp</b></p>", summary="Ở Mường Tè")
    chinese = translate(article, "zh-hans", text=lambda source: f"茶{source}树")
    page = read(client, chinese.url)
    marked = [part.get_text() for part in page.select("main [lang=vi]")]
    assert {"Chè Shan Tuyết", "Ở Mường Tè", "Pu Sam Cáp"} <= set(marked)
    assert not read(client, article.url).select("main .prose [lang=vi]")


def test_words_of_the_portals_name_stay_whole(client, portal):
    page = read(client, "/vi/")
    assert [part.get_text() for part in page.select(".brand__name .unbroken")] == ["thông tin", "đối ngoại", "Lai Châu"]


def test_the_names_of_province_and_country_stay_on_one_line(client, portal):
    page = read(client, make_article("Lai Châu <và> Việt Nam").url)
    assert [part.get_text() for part in page.select("h1 .unbroken")] == ["Lai Châu", "Việt Nam"]
    assert page.h1.get_text() == "Lai Châu <và> Việt Nam"
