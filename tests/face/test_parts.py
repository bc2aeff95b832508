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


def test_the_number_of_a_document_stays_on_one_line(client, portal):
    """Where it is read, and neither in the address of a link nor in what only looks like one."""
    body = '<p>Kế hoạch <a href="https://example.vn/93/KH-UBND">93/KH-UBND</a>, 1/7/2025, 88/2012/NĐ-CP, và/hoặc'
    body += ", 02/2013/TTLT-BCA-BNG</p>"
    article = make_article("Về 93/KH-UBND", body=body, summary="Theo 117/2025/QH15 và 42/2022/NĐ-CP")
    page = read(client, article.url)
    assert [part.get_text() for part in page.select("h1 .unbroken, .page-head .lede .unbroken")] == [
        "93/KH-UBND",
        "117/2025/QH15",
        "42/2022/NĐ-CP",
    ]
    assert [part.get_text() for part in page.select(".prose .unbroken")] == ["93/KH-UBND", "88/2012/NĐ-CP"]
    assert page.select_one(".prose a")["href"] == "https://example.vn/93/KH-UBND"
    chinese = translate(article, "zh-hans", text=lambda source: source.replace("42/", "第42/"))
    page = read(client, chinese.url)
    assert page.select(".page-head .lede .unbroken")[-1].get_text() == "42/2022/NĐ-CP"
    assert [part.get_text() for part in page.select(".prose .unbroken [lang=vi]")] == ["NĐ-CP"]


def test_a_chinese_title_is_parted_at_its_colon_and_keeps_names(client, portal):
    title = "地图：黄沙群岛和长沙群岛，Mường Tè"
    page = read(client, translate(make_article(), "zh-hans", text=lambda source: title).url)
    assert [part.get_text() for part in page.select("h1 > .phrase")] == ["地图：", "黄沙群岛和长沙群岛，Mường Tè"]
    assert [part.get_text() for part in page.select("h1 .unbroken")] == ["黄沙群岛", "长沙群岛", "Mường Tè"]
    assert [part.get_text() for part in page.select("h1 [lang=vi]")] == ["Mường Tè"]
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
