"""Parts of a text that are not like the rest: names in another language, names that stay on one line."""

import re

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


def test_a_chinese_title_is_parted_at_its_colon_and_keeps_its_words(client, portal):
    title = "地图：黄沙群岛和长沙群岛，Mường Tè"
    page = read(client, translate(make_article(), "zh-hans", text=lambda source: title).url)
    assert [part.get_text() for part in page.select("h1 > .phrase")] == ["地图：", "黄沙群岛和长沙群岛，Mường Tè"]
    assert [part.get_text() for part in page.select("h1 .unbroken")] == ["黄沙群岛", "长沙群岛"]
    assert page.h1.get_text() == title


def test_no_space_of_other_scripts_stands_behind_a_chinese_mark(client, portal):
    """In what leads up to a link, in the list of mistakes, and in the window's title."""
    article = make_article()
    chinese = translate(article, "zh-hans", text=lambda source: f"茶{source}")
    mistake = {"kind": "mistake"}
    answers = [
        client.get("/zh-hans/search/?q=zzqqxx"),
        client.get(make_article("Khác").get_translation(chinese.locale).url),
        client.post(f"/zh-hans/feedback/{chinese.pk}/", mistake, headers={"Origin": "http://testserver"}),
    ]
    for answer in answers:
        page = BeautifulSoup(answer.content, "html.parser")
        words = page.title.get_text() + page.select_one("main").get_text()
        assert "：" in words
        assert not re.search(r"[：？][ \u2013]", words), words
