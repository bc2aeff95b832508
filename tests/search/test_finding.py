"""What readers type finds what they mean, in the right order, on every database."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.publishing.service import publish_new
from portal.search.documents import folded_columns
from portal.search.engines import tell_server
from portal.search.highlight import mark
from portal.search.models import SearchEntry
from portal.search.query import SearchQuery
from portal.search.understanding import understand
from tests.builders import make_article, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea(committed):
    with committed():
        return make_article(
            "Chè Lai Châu ra thế giới", summary="Vùng chè Shan tuyết", body="<p>Cây chè cổ thụ ở Đường Bảo Bình.</p>"
        )


@pytest.fixture
def chinese(committed, tea):
    words = {"Chè Lai Châu ra thế giới": "越南莱州省的茶", "Vùng chè Shan tuyết": "山雪茶", "<p>": "外交部"}
    with committed():
        return translate(tea, "zh-hans", text=lambda source: words.get(source, "外交部介绍莱州古茶树"))


def test_vietnamese(titles, tea):
    for typed in (
        "lai chau",
        "Lai Châu",
        "LAI CHÂU",
        unicodedata.normalize("NFD", "Lai Châu"),
        "lai chau che",
        "chè lai",
        "duong bao",
        "Đường",
        "shan tuy",
    ):
        assert "Chè Lai Châu ra thế giới" in titles(typed), typed


def test_chinese(titles, chinese):
    for typed in ("莱州", "茶", "树", "外交部", "莱州省 茶"):
        assert "越南莱州省的茶" in titles(typed, "zh-hans"), typed


def test_english(titles, committed, tea):
    with committed():
        translate(tea, "en", text=lambda source: f"Tea of Lai Châu: {source}")
    assert len(titles("tea", "en")) == len(titles("lai chau tea", "en")) == 1


def test_every_word_must_match(titles, tea):
    assert titles("chè zzyzx") == []


def test_where_nothing_has_all_of_many_words_some_are_enough(ask, tea):
    some = ask("chè cổ thụ Lai Châu zzyzx")
    assert some.relaxed and some.hits[0].title == "Chè Lai Châu ra thế giới" and not ask("lai chau").relaxed
    assert ask('"chè cổ thụ" Lai Châu zzyzx').total == 0


def test_the_beginning_of_a_word_is_enough_but_not_its_middle(titles, tea):
    assert titles("thế gi") and titles("tuy")
    assert titles("hau") == []


def test_a_word_with_marks_is_whole(titles, ask, tea, committed):
    with committed():
        translate(tea, "en", text=lambda source: "Checklist")
    # «chè» does not begin «Checklist»: the page is found as the translation of one that has the word.
    assert ask("chè", "en").translated_from == "vi"
    assert titles("che", "en") == ["Checklist"] and not ask("che", "en").translated_from


def test_words_of_another_language_find_the_translation(ask, titles, tea, committed):
    with committed():
        translate(tea, "en", text=lambda source: "Leaves")
        make_article("Chè không có bản dịch", summary="Chè")
    found = ask("chè Shan tuyết", "en")
    assert [hit.title for hit in found.hits] == ["Leaves"] and found.translated_from == "vi" and found.total == 1
    assert ask("leaves", "en").translated_from == "" and titles("zzyzx", "en") == []
    assert titles("chè không có bản dịch", "en") == []


def test_quotes(titles, tea):
    assert titles('"lai chau ra"') and not titles('"chau lai"')


def test_marks_in_quotes_are_meant(titles, committed, portal):
    with committed():
        make_article("Bị mất giấy tờ")
        make_article("Giữ bí mật")
    assert titles('"bí mật"') == ["Giữ bí mật"]
    assert set(titles('"bi mat"')) == {"Giữ bí mật", "Bị mất giấy tờ"}


def test_words_of_blocks_are_found_and_names_of_choices_are_not(titles, committed):
    body = [
        {"type": "heading", "value": {"text": "Đầu đề riêng", "level": "2"}, "id": "1"},
        {"type": "table", "value": {"data": [["Loại", "Phường Tân Phong"]], "table_caption": "x"}, "id": "2"},
        {
            "type": "figures",
            "value": {
                "figures": [
                    {
                        "type": "item",
                        "id": "4",
                        "value": {
                            "label": "Diện tích",
                            "value": "9068.7",
                            "unit": "km²",
                            "as_of": "2025-07-01",
                            "source": "Cổng tỉnh",
                        },
                    }
                ]
            },
            "id": "3",
        },
        {
            "type": "callout",
            "value": {
                "kind": "important",
                "title": "Lưu tâm",
                "text": "<p>Giờ <b>Hà Nội</b>.</p><ul><li>Một điểm</li><li>Điểm nữa</li></ul>",
            },
            "id": "5",
        },
    ]
    with committed():
        article = make_article("Khối", publish=False)
        article.body = article.body.stream_block.to_python(body)
        publish_new(article, "test")
    for words in ("đầu đề riêng", "tan phong", "dien tich 9.068,7", "luu tam", "gio ha noi"):
        assert titles(words) == ["Khối"], words
    body = SearchEntry.objects.get(title="Khối").body
    assert "Section" not in body and "Important" not in body and "<" not in body
    for read in (
        "Đầu đề riêng · Loại · Phường Tân Phong",
        "Diện tích · 9.068,7 km² · Cổng tỉnh · Lưu tâm",
        "Giờ Hà Nội. Một điểm · Điểm nữa",
    ):
        assert read in body, f"an excerpt would run together what stands apart on the page: {read}"


def test_title_before_summary_before_body(titles, committed):
    with committed():
        make_article("Chợ phiên", body="<p>Bán mật ong rừng.</p>")
        make_article("Đặc sản", summary="Mật ong và măng")
        make_article("Mật ong Lai Châu")
    assert titles("mat ong") == ["Mật ong Lai Châu", "Đặc sản", "Chợ phiên"]


def test_typed_marks_come_first(titles, committed):
    with committed():
        make_article("Dương Minh")
        make_article("Đường Minh")
        make_article("Hoà bình")
    assert titles("đường minh")[0] == "Đường Minh"
    assert titles("dương minh")[0] == "Dương Minh"
    assert titles("hòa bình")[0] == "Hoà bình"


def test_newer_wins_between_equals_and_by_date_on_demand(titles, committed):
    today = timezone.localdate()
    with committed():
        make_article("Hội chợ cũ", date=today - timedelta(days=900))
        make_article("Hội chợ mới", date=today)
        make_article("Phiên chợ", date=today - timedelta(days=10), body="<p>Không phải hội.</p>")
    assert titles("hoi cho") == ["Hội chợ mới", "Hội chợ cũ", "Phiên chợ"]
    assert titles("hoi cho", sort="date") == ["Hội chợ mới", "Phiên chợ", "Hội chợ cũ"]


def test_marks_keep_the_accents_and_everything_else_is_escaped(ask, committed):
    with committed():
        make_article("Tả Lèng & <em>", summary="", body="<p>Xem 1 &lt; 2 ở Tả Lèng <b>đây</b></p>")
    (hit,) = ask("ta leng").hits
    assert hit.title_html == "<mark>Tả Lèng</mark> &amp; &lt;em&gt;"
    assert "<mark>Tả Lèng</mark>" in hit.snippet_html and "1 &lt; 2" in hit.snippet_html


def test_the_snippet_shows_the_place(ask, committed):
    with committed():
        make_article("Dài", summary="Tóm tắt.", body=f"<p>{'chữ ' * 300}Pu Sam Cáp {'chữ ' * 300}</p>")
    (hit,) = ask("pu sam cap").hits
    assert "<mark>Pu Sam Cáp</mark>" in hit.snippet_html and len(hit.snippet_html) < 300
    assert hit.snippet_html.startswith("… ") and hit.snippet_html.endswith(" …")


def test_only_what_was_meant_is_marked(portal):
    def asked(text):
        return understand(SearchQuery(text=text))

    assert (
        mark("Vì sao là Hoàng Sa và Trường Sa", asked("hoang sa"))
        == "Vì sao là <mark>Hoàng Sa</mark> và Trường <mark>Sa</mark>"
    )
    assert mark("Những nhà báo", asked("nh")) == "Những nhà báo", "what is only begun is no word of the text"
    teams = "Teams of investors invested in investment"
    assert mark(teams, understand(SearchQuery(text="tea", language="en"))) == teams
    invest = mark(teams, understand(SearchQuery(text="invest", language="en")))
    assert invest == "Teams of <mark>investors invested</mark> in <mark>investment</mark>"
    social = "The socialist and former porter"
    assert mark(social, understand(SearchQuery(text="social form port", language="en"))) == social
    day = mark("20 trang, ngày 20/8/2026, 8 tờ", asked("20/8/2026"))
    assert day == "20 trang, ngày <mark>20/8/2026</mark>, 8 tờ", "its numbers alone are no day"
    assert mark("黄沙群岛和长沙群岛", asked("黄沙群岛")) == "<mark>黄沙群岛</mark>和长沙群岛"
    assert mark("莱州的茶", asked("莱州茶")) == "<mark>莱州</mark>的茶"


def test_facets_count_what_they_would_leave(ask, committed):
    with committed():
        make_article("Cầu kính một", date=timezone.localdate().replace(year=2025, day=1))
        make_article("Cầu kính hai", date=timezone.localdate().replace(year=2024, day=1))
    answer = ask("cau kinh")
    assert [(facet.value, facet.count) for facet in answer.facets["kind"]] == [("article", 2)]
    assert [(facet.value, facet.count) for facet in answer.facets["year"]] == [("2025", 1), ("2024", 1)]
    (section,) = answer.facets["section"]
    assert section.count == 2 and section.label
    narrowed = ask("cau kinh", year="2024", section=section.value, kind="article")
    assert narrowed.total == 1 and [facet.count for facet in narrowed.facets["year"]] == [1, 1]
    assert ask("cau kinh", kind="section").total == 0


def test_topics_and_days(ask, committed):
    entries = [
        ("Hồ nước một", " tourism trade ", date(2024, 2, 28)),
        ("Hồ nước hai", " trade ", date(2024, 3, 1)),
        ("Hồ nước ba", "", None),
    ]
    SearchEntry.objects.bulk_create(
        SearchEntry(
            key=f"record:{title}",
            language="vi",
            kind="page",
            title=title,
            path="/vi/",
            topics=topics,
            date=day,
            year=day and day.year,
            **folded_columns(title, "", ""),
        )
        for title, topics, day in entries
    )
    tell_server()
    counts = [(facet.value, facet.count) for facet in ask("ho nuoc").facets["topic"]]
    assert counts == [("trade", 2), ("tourism", 1)]
    narrowed = ask("ho nuoc", topic="tourism")
    assert [hit.title for hit in narrowed.hits] == ["Hồ nước một"] and narrowed.total == 1
    assert [(facet.value, facet.chosen) for facet in narrowed.facets["topic"]] == [("trade", False), ("tourism", True)]
    assert [facet.count for facet in narrowed.facets["year"]] == [1]
    bounded = ask("ho nuoc", **{"from": "2024-02-29", "to": "2024-03-01"})
    assert [hit.title for hit in bounded.hits] == ["Hồ nước hai"]
    assert [(facet.value, facet.count) for facet in bounded.facets["topic"]] == [("trade", 1)]
    assert "from=2024-02-29&to=2024-03-01" in bounded.facets["topic"][0].address
    assert ask("ho nuoc", to="2024-02-28").total == 1 and ask("ho nuoc", **{"from": "2024-01-01"}).total == 2
    assert ask("ho nuoc", to="28/2/2024").total == 1 and ask("ho nuoc", to="2024/02/28").total == 1


def test_the_other_languages_are_counted(ask, chinese):
    answer = ask("shan tuyet", "en")
    assert answer.total == 0 and [(other.language, other.count) for other in answer.elsewhere] == [("vi", 1)]


def test_many_results_page_by_page(ask, committed):
    SearchEntry.objects.bulk_create(
        SearchEntry(
            key=f"record:{number}",
            language="vi",
            kind="page",
            title=f"Bản ghi {number}",
            path="/vi/",
            folded_title=f" ban ghi {number} ",
            folded=f" ban ghi {number} ",
        )
        for number in range(405)
    )
    tell_server()
    assert ask("ban ghi").pages == 41
    seen = [hit.key for page in range(1, 42) for hit in ask("ban ghi", page=str(page)).hits]
    assert len(seen) == len(set(seen)) == 405
    assert ask("bản ghi", page="41").hits and ask("ban ghi", page="42").hits == []
