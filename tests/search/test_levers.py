"""What editors set works at once; searches are counted without anybody's data; suggestions show only the public."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from portal.contributors import roles
from portal.contributors.models import User
from portal.names.models import Name
from portal.publishing.management.commands import scheduler
from portal.search import log
from portal.search.log import DAYS_KEPT
from portal.search.models import BestBet, SearchAnalysis, SearchedQuery, SearchEntry, Synonyms, Word
from portal.search.query import SearchQuery
from tests.builders import make_article, make_user, translate
from tests.search.test_page import address, answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_round(monkeypatch):
    """One round of the scheduler; the connection stays open, because the test's transaction lives in it."""
    monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)
    return lambda: call_command("scheduler", "--once")


def suggested(client, text: str, language: str = "vi") -> list[str]:
    place = address(language).replace("/search/", "/search/suggestions/")
    response = client.get(place, {"q": text})
    assert response.status_code == 200 and response["Content-Type"] == "application/json"
    return [one["text"] for one in json.loads(response.content)["suggestions"]]


def test_chosen_results_come_first_and_once_as_long_as_they_are_public(client, committed):
    with committed():
        make_article("Chè xanh")
        page = make_article("Trang khác")
        BestBet.objects.create(language="vi", queries="che xanh\nTRÀ\nqwxzy", page=page)
    result = answer(client, q="Chè  XANH").context["result"]
    assert [hit.title for hit in result.chosen] == ["Trang khác"] and [hit.title for hit in result.hits] == ["Chè xanh"]
    assert [hit.title for hit in answer(client, q="trà").context["result"].chosen] == ["Trang khác"]
    assert answer(client, q="trang khac").context["result"].chosen == []
    assert answer(client, q="trà", kind="document").context["result"].chosen == [], "who narrows is shown nothing else"
    answer(client, q="qwxzy")
    log.store()
    assert SearchedQuery.objects.get(text="qwxzy").found == 1  # editors have answered it
    with committed():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert answer(client, q="chè xanh").context["result"].chosen == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("chè", "hai từ"),
        ("\n".join(f"từ{number}" for number in range(21)), "21"),
        ("chè\n" + "x" * 101, "100"),
        ("CHÈ TUYẾT\ntrà núi", "trà núi = chè tuyết = shan"),
    ],
)
def test_synonyms_that_help_nobody_are_refused_with_the_reason(words, reason):
    Synonyms.objects.create(language="vi", words="trà núi\nchè tuyết\nshan")
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        Synonyms(language="vi", words=words).full_clean()
    assert reason in " ".join(refused.value.message_dict["words"])
    Synonyms(language="en", words="trà núi\nchè tuyết").full_clean()


@pytest.mark.parametrize("hidden", ["draft", "restricted", "public"])
def test_the_list_says_what_is_not_public(client, portal, hidden):
    page = make_article("Trang chọn", publish=hidden != "draft")
    if hidden == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    BestBet.objects.create(language="vi", queries="chè", page=page)
    client.force_login(make_user("ed", roles.EDITORS))
    html = client.get(reverse("wagtailsnippets_portal_search_bestbet:list")).content.decode()
    assert ("w-text-positive-100" in html) == (hidden == "public"), "the sign for yes"


def test_long_entries_do_not_fill_the_screen(portal):
    page = make_article("Chưa công khai", publish=False)
    bet = BestBet(language="vi", queries="\n".join(f"câu hỏi thứ {number}" for number in range(50)), page=page)
    bet.full_clean()
    assert len(str(bet)) < 200
    bet.queries += "\nthêm"
    with pytest.raises(ValidationError):
        bet.full_clean()
    bet.queries = "x" * 201
    with pytest.raises(ValidationError):
        bet.full_clean()


def test_searches_are_counted_and_stored_by_the_scheduler(client, committed, one_round):
    with committed():
        make_article("Chè xanh")
    for text in (
        "chè xanh",
        "Chè Xanh",
        "qwertzuiop",
        "me@example.org",
        "goi 0912 345 678",
        "me＠example.org",
        "０９１２/345/678",
    ):
        answer(client, q=text)
    answer(client, q="chè xanh", sort="date")
    answer(client, q="chè xanh", kind="article")
    assert not SearchedQuery.objects.exists()
    one_round()
    rows = {row.text: (row.searches, row.found) for row in SearchedQuery.objects.all()}
    assert rows == {"chè xanh": (3, 1), "qwertzuiop": (1, 0)}
    answer(client, q="chè xanh")
    one_round()
    one_round()
    assert SearchedQuery.objects.get(text="chè xanh").searches == 4


def test_random_words_fill_no_cache(portal, monkeypatch):
    monkeypatch.setattr(log, "_MOST_WAITING", 2)
    cache, kept = caches["shared"], set()
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *args, **options: kept.add(key) or add(key, *args, **options))
    for number in (0, 1, 2, 3, 4, 0):
        log.count(SearchQuery(text=f"từ {number}"), 0)
    assert len(kept - {"searched:last"}) == 2
    assert log.store() == 2 and SearchedQuery.objects.get(text="từ 0").searches == 2


def test_two_schedulers_store_every_search_once(client, portal, monkeypatch):
    answer(client, q="chè xanh")
    alone = log.alone

    @contextmanager
    def waits(lock):
        """The other scheduler has the lock, and gives it up when it has stored."""
        with monkeypatch.context() as other:
            other.setattr(log, "alone", alone)
            log.store()
        with alone(lock):
            yield

    monkeypatch.setattr(log, "alone", waits)
    assert log.store() == 0
    assert SearchedQuery.objects.get(text="chè xanh").searches == 1


def test_old_counts_are_dropped(portal, one_round):
    SearchedQuery.objects.create(day=timezone.localdate() - timedelta(days=DAYS_KEPT + 1), language="vi", text="cũ")
    one_round()
    assert not SearchedQuery.objects.exists()


def test_what_another_analysis_made_is_made_again_by_itself(titles, committed, one_round):
    with committed():
        make_article("Chè xanh")
    assert SearchAnalysis.objects.update(version="older") == 1, "setup notes the first"
    SearchEntry.objects.update(folded="", folded_title="", folded_summary="")
    Word.objects.all().delete()
    with committed():
        one_round()
    assert titles("chè xanh") == ["Chè xanh"] and Word.objects.filter(form="chè").exists()
    Word.objects.all().delete()
    with committed():
        one_round()
    assert not Word.objects.exists(), "only once"


def test_the_report_is_for_editors_and_safe_to_download(client, portal):
    SearchedQuery.objects.create(day=timezone.localdate(), language="vi", text="=1+1", searches=3)
    make_user("ed", roles.EDITORS)
    make_user("con", roles.CONTRIBUTORS)
    client.force_login(User.objects.get(username="con"))
    assert client.get(reverse("searched_queries")).status_code == 302
    client.force_login(User.objects.get(username="ed"))
    assert "=1+1" in client.get(reverse("searched_queries")).content.decode()
    assert client.get(reverse("searched_queries"), {"nothing": "true"}).status_code == 200
    exported = b"".join(client.get(reverse("searched_queries"), {"export": "csv"}).streaming_content).decode()
    assert "'=1+1" in exported


def test_the_report_names_languages(client, portal):
    SearchedQuery.objects.create(day=timezone.localdate(), language="zh-hans", text="茶", searches=3)
    make_user("ed", roles.EDITORS)
    client.force_login(User.objects.get(username="ed"))
    page = client.get(reverse("searched_queries")).content.decode()
    exported = b"".join(client.get(reverse("searched_queries"), {"export": "csv"}).streaming_content).decode()
    assert "简体中文" in page.partition("<tbody")[2] and ",简体中文," in exported
    assert client.get(reverse("searched_queries"), {"ordering": "language"}).status_code == 200


@pytest.mark.parametrize("words", ["chè", "chè\n???", "chè\n😀", "chè\nCHE", "…\n—"])
def test_synonyms_that_do_nothing_are_refused_with_a_reason(client, portal, words):
    make_user("ed", roles.EDITORS)
    client.force_login(User.objects.get(username="ed"))
    response = client.post(reverse("wagtailsnippets_portal_search_synonyms:add"), {"language": "vi", "words": words})
    form = response.context["form"]
    assert form.errors["words"] and form["words"].value() == words


@pytest.mark.parametrize("queries", ["", "?", "chè\n!!"])
def test_queries_that_nobody_can_ask_are_refused_with_a_reason(portal, queries):
    bet = BestBet(language="vi", queries=queries, page=make_article())
    with pytest.raises(ValidationError) as refused:
        bet.full_clean()
    assert list(refused.value.message_dict) == ["queries"]


def test_editors_open_the_levers(client, portal):
    make_user("ed", roles.EDITORS)
    client.force_login(User.objects.get(username="ed"))
    for name in ("portal_search_synonyms", "portal_search_bestbet", "names_name"):
        assert client.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200
        assert client.get(reverse(f"wagtailsnippets_{name}:add")).status_code == 200


def test_suggestions_are_titles_and_approved_names(client, committed):
    with committed():
        tea = make_article("Chè Lai Châu ra thế giới")
        make_article("Một bài khác về chè")
        translate(tea, "zh-hans", text=lambda source: "莱州的茶" if "Chè" in source else "外")
        Name.objects.create(code="a", kind="place", vi="Chè Cổ Thụ", zh_hans="古茶", en="Old Tea", approved=True)
        Name.objects.create(code="b", kind="place", vi="Chè Bí Mật")
    assert suggested(client, "che") == ["Chè Cổ Thụ", "Chè Lai Châu ra thế giới", "Một bài khác về chè"]
    assert "Chè Lai Châu ra thế giới" in suggested(client, "lai chaau") == suggested(client, "Lai Châu")
    assert suggested(client, "old t", "en") == ["Old Tea"]
    assert suggested(client, "萊州", "zh-hans") == ["莱州的茶", "莱州的潜力与发展", "欢迎来到越南莱州"]
    assert suggested(client, "茶", "zh-hans") == ["莱州的茶"]
    assert suggested(client, "chè", "en") == ["Old Tea"]


def test_what_could_also_be_telex_is_first_suggested_as_it_stands(client, committed):
    with committed():
        translate(make_article("Xe buýt"), "en", text=lambda source: "Local bus number two")
    for typed in ("bus", "bus num", "local bus number"):
        assert suggested(client, typed, "en") == ["Local bus number two"], typed


@pytest.mark.parametrize(
    "odd", ["", " ", "x" * 10_000, "?!", "AND (", "*", "\\", '"', "\x00", "😀", "%", "_", "' OR 1=1"]
)
def test_odd_beginnings_get_an_answer(client, portal, odd):
    assert isinstance(suggested(client, odd), list)


def test_nothing_hidden_is_suggested(client, committed):
    with committed():
        make_article("Bí ẩn một", publish=False)
        hidden = make_article("Bí ẩn hai")
        gone = make_article("Bí ẩn ba")
    assert len(suggested(client, "bi an")) == 2
    with committed():
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        gone.unpublish()
    assert suggested(client, "bi an") == [] == suggested(client, "bi an", "en")
