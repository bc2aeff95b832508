"""The search page as readers meet it: form, results, odd questions, links; and the commands."""

from io import StringIO
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import get_page_models

from portal.names.models import Name, NameSuccession
from portal.search import service
from portal.search.engines.storage import ensure_index, matching
from portal.search.kinds import KINDS
from portal.search.models import SearchEntry, Word
from portal.search.query import SearchQuery
from portal.search.understanding import understand
from tests.builders import make_article, translate

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    "a",
    "ê",
    "茶",
    "x" * 10_000,
    "từ " * 66,
    "莱" * 200,
    "a b c d e f g h i j " * 10,
    "?!…—",
    "AND (",
    "NOT",
    "*",
    "\\",
    '"',
    "'",
    '""',
    "NEAR(a b)",
    "folded:x",
    "a* OR b",
    "' OR 1=1 --",
    "a&b|!c:*",
    "\x00",
    "lai\x00chau",
    "\x01\x02\x1b[0m",
    "😀",
    "👨‍👩‍👧",
    "\u202eشكرا\u202c",
    "שלום",
    "%",
    "%s %(x)s",
    "_",
    "{{ 7 }}",
    "<script>",
    "\ufeff",
    "½ ﷺ ß İ",
    "\ud83d",
    "ア",
    "１２３",
    "👍🏽lai",
]


def address(language: str = "vi", **parameters) -> str:
    with translation.override(language):
        return reverse("search") + ("?" + urlencode(parameters, doseq=True, errors="replace") if parameters else "")


def answer(client, language: str = "vi", **parameters):
    response = client.get(address(language, **parameters))
    assert response.status_code == 200, parameters
    return response


# Values of every parameter that a browser, a broken link or somebody with bad intentions may send.
ODD_VALUES = [
    "",
    " ",
    "\x00",
    "\ud83d",
    "'",
    "x" * 5_000,
    "莱" * 500,
    "-1",
    "1e9",
    "９",
    "2026-02-30",
    "0000-00-00",
    "😀",
    "\u202e",
]


def test_odd_questions_get_a_page(client, committed):
    with committed():
        make_article("Chè", body="<p>and or not 茶 x a</p>")
    for language in ("vi", "en", "zh-hans"):
        for odd in ODD:
            response = answer(client, language, q=odd)
            assert response["X-Robots-Tag"] == "noindex, follow", ascii(odd)
            html = response.content.decode()
            assert html.count("<h1") == 1 and 'role="search"' in html, ascii(odd)
            assert "<script>" not in html.split("<main")[1], ascii(odd)
            with translation.override(language):
                assert (
                    client.get(
                        reverse("search_suggestions") + "?" + urlencode({"q": odd}, errors="replace")
                    ).status_code
                    == 200
                )


def test_odd_values_of_every_parameter_get_a_page(client, committed):
    with committed():
        make_article("Chè xanh")
    for name in ("kind", "section", "topic", "year", "from", "to", "sort", "unknown"):
        for odd in ODD_VALUES:
            answer(client, q="chè", **{name: odd})
            answer(client, q="chè", **{name: [odd, "second", odd]})
    found = answer(client, q=["chè", "x" * 300], kind=["article"] * 50)
    assert found.context["query"].kinds == ("article",)


def test_days_that_are_none_are_said_in_the_readers_language(client, committed):
    with committed():
        make_article("Chè xanh")
    said = {
        "vi": "Không có ngày “2026-02-30”",
        "zh-hans": "没有“2026-02-30”这一天",
        "en": "There is no day “2026-02-30”",
    }
    for language, text in said.items():
        html = answer(client, language, q="chè", **{"from": "2026-02-30"}).content.decode()
        assert text in html and 'value="chè"' in html and '<details class="search-days" open>' in html
        field = BeautifulSoup(html, "html.parser").select_one("input[name=from]")
        assert field["value"] == "2026-02-30" and field["type"] == "text", "what was typed is still there"
        assert field["aria-invalid"] == "true" and field["aria-describedby"] == "search-problem"
        assert html.count('id="search-problem"') == 1
    backwards = answer(client, q="chè", **{"from": "2026-02-02", "to": "2026-02-01"})
    assert backwards.context["query"].problem == "days_reversed" and "Xin đổi lại" in backwards.content.decode()


def test_what_is_wrong_is_said(client, portal):
    assert answer(client, q="x" * 201).context["query"].problem == "too_long"
    assert answer(client, q="x" * 200).context["query"].problem == ""
    assert answer(client, q="?!").context["query"].problem == "no_words"
    assert answer(client).context["result"] is None


def test_a_page_that_does_not_exist_is_not_found(client, portal):
    for page in ("-1", "0", "2", "1000000000", "9" * 50, "abc", "1.5", "１", "1_0", "\x01"):
        assert client.get(address(q="chè", page=page)).status_code == 404, page
        assert client.get(address(page=page)).status_code == 404, page


def test_unknown_values_of_facets_are_ignored(client, committed):
    with committed():
        make_article("Chè xanh")
    response = answer(
        client, q="che xanh", kind=["nothing", "' OR 1=1"], section="no-such", year="99999999999", sort="size"
    )
    assert response.context["result"].total == 1
    assert answer(client, q="che xanh", year="0").context["result"].total == 1


def test_only_reading_is_allowed(client, portal):
    assert client.post(address(q="x")).status_code in (403, 405)
    assert client.head(address(q="x")).status_code == 200


def test_results_paging_and_filters_keep_the_question(client, committed):
    with committed():
        for number in range(12):
            make_article(f"Chè & mật ong {number}")
    html = answer(client, q="chè & mật", kind="article", sort="date").content.decode()
    assert html.count('<li class="result">') == 10
    assert "q=ch%C3%A8+%26+m%E1%BA%ADt&amp;kind=article&amp;sort=date&amp;page=2" in html
    second = answer(client, q="chè & mật", page=2).content.decode()
    assert second.count('<li class="result">') == 2 and '<ol class="results" start="11">' in second
    assert client.get(address(q="chè & mật", page=3)).status_code == 404


def test_other_languages_are_offered_with_their_number(client, committed):
    with committed():
        article = make_article("Chè cổ thụ Tả Lèng")
        translate(article, "en", text=lambda source: "Old tea of Tả Lèng")
    html = answer(client, "en", q="Chè cổ thụ").content.decode()
    assert f'href="{address("vi", q="Chè cổ thụ")}"' in html and 'hreflang="vi"' in html and "(1)" in html
    hit = answer(client, "en", q="ta leng").context["result"].hits[0]
    assert hit.url.startswith("/thongtindoingoai/en/") and client.get(hit.url).status_code == 200


def test_chinese_readers_get_a_chinese_comma_between_what_took_a_names_place(client, committed):
    with committed():
        old = Name.objects.create(code="o", kind="unit", vi="Huyện Cũ Xưa", zh_hans="旧县", ended_on="2025-07-01")
        for code, vi, zh in (("a", "Nơi Mới", "新地"), ("b", "Chốn Mới", "新乡")):
            new = Name.objects.create(code=code, kind="place", vi=vi, zh_hans=zh, en=vi, approved=True)
            NameSuccession.objects.create(name=old, successor=new)
    html = answer(client, "zh-hans", q="旧县").content.decode()
    assert ">新地</a>、<a" in html and "</a>, <a" not in html
    assert ">Nơi Mới</a>, <a" in answer(client, "vi", q="huyen cu xua").content.decode()


def test_the_switch_keeps_the_question(client, portal):
    entries = answer(client, q="chè").context["languages"]
    assert [entry["url"] for entry in entries] == [address(code, q="chè") for code in ("vi", "zh-hans", "en")]


def test_reading_writes_nothing_and_asks_the_same_few_things(client, committed):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            answer(client, q="che")
        assert not [query for query in captured if not query["sql"].upper().startswith(("SELECT", "WITH"))]
        statements = [query["sql"] for query in captured]
        assert len(statements) == len(set(statements))
        return len(statements)

    with committed():
        make_article("Chè một")
    answer(client, q="che")
    few = queries()
    with committed():
        for number in range(30):
            make_article(f"Chè {number}")
    answer(client, q="che")
    assert queries() <= few + 1 <= 8  # what many results show is read after they are in order


def run(action: str) -> str:
    out = StringIO()
    call_command("search", action, stdout=out)
    return out.getvalue()


def test_misspellings_are_understood_during_a_rebuild_and_words_counted_as_they_are_after_it(titles, committed):
    with committed():
        make_article("Purple cardamom"), make_article("Green cardamom")
    Word.objects.filter(form="cardamom").update(count=40)
    found = []
    with committed():
        service.rebuild(progress=lambda done, total: found.append(titles("cardamon")))
    assert found and all(found) and titles("cardamon")
    assert Word.objects.get(form="cardamom", language="vi").count == 2


def test_rebuild_makes_everything_again_and_status_compares(titles, committed):
    with committed():
        make_article("Chè xanh")
        run("rebuild")
    before = set(SearchEntry.objects.values_list("key", "path", "folded"))
    SearchEntry.objects.all().delete()
    assert titles("che xanh") == []
    with pytest.raises(CommandError, match="pages have no entry"):
        run("status")
    assert "agree" in run("rebuild") and "agree" in run("status")
    assert set(SearchEntry.objects.values_list("key", "path", "folded")) == before and titles("che xanh")


def test_the_word_index_is_used(portal):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # as inside portal_search_words_find
            cursor.execute(
                "EXPLAIN SELECT id FROM portal_search_searchentry WHERE portal_search_words(folded) @@ 'lai:*'::tsquery"
            )
            assert "portal_search_words_gin" in str(cursor.fetchall())
        found = SearchEntry.objects.filter(
            matching(understand(SearchQuery(text="lai chau")).required, connection.vendor)
        )
        assert "portal_search_words" in found.explain()
        # Also as a subquery of a subquery, where Django gives the table another name.
        nested = SearchEntry.objects.filter(pk__in=found.values("pk"))
        assert set(nested) == set(found) and found


@pytest.mark.parametrize("portal", ["database"], indirect=True)
def test_the_word_index_follows_every_change(titles, committed):
    with committed():
        kept, gone = make_article("Mận hậu chín"), make_article("Đào rừng chín")
    SearchEntry.objects.filter(page_id=kept.pk).update(folded=" man tam hoa ")
    gone.delete()
    assert titles("tam hoa") == ["Mận hậu chín"] and not titles("man hau") and not titles("dao rung")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO portal_search_words(portal_search_words) VALUES ('integrity-check')")
            cursor.execute("DROP TRIGGER portal_search_words_update")
            SearchEntry.objects.filter(page_id=kept.pk).update(folded=" hoa ban ")
        assert not titles("hoa ban")
        ensure_index("default")  # as after `migrate`
        assert titles("hoa ban") == ["Mận hậu chín"] and not titles("tam hoa")


def test_every_page_type_has_a_kind_with_a_name():
    kinds = {model.search_kind for model in get_page_models() if hasattr(model, "search_kind")}
    assert kinds and kinds <= KINDS.keys()
