"""The translators' queue and the table page × language: what they show, in what order, at what cost."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from news.models import ArticlePage
from portal.audit.models import AuditEntry
from portal.publishing.service import publish_new
from portal.translation.gate import send_for_review
from portal.translation.models import TranslationDeadline, TranslationRequest
from tests.admin.forms import notices
from tests.builders import (
    add_many,
    approve,
    department,
    fill,
    locale,
    make_article,
    make_staff,
    make_user,
    news,
    submit,
    translate,
    translation_of,
)
from tests.conftest import PrefixClient
from tests.translation.desk import said, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def translator(client, staff):
    client.force_login(staff["translator_en"])
    return staff["translator_en"]


def queue(client, code="en", **query):
    return client.get(reverse("translation_desk", args=[code]), query)


def rows(response) -> list[dict]:
    """The lines of a list, each cell by the name of its column."""
    table = BeautifulSoup(response.content, "html.parser").select_one("table.listing")
    if table is None:
        return []
    heads = [head.get_text(" ", strip=True) for head in table.select("thead th")]
    return [
        dict(zip(heads, [cell.get_text(" ", strip=True) for cell in line.select("td")], strict=True))
        for line in table.select("tbody tr")
    ]


def titles(response) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [node.get_text(" ", strip=True) for node in soup.select("table.listing tbody .title-wrapper")]


def ask(page, code, count):
    TranslationRequest.objects.create(translation_key=page.translation_key, locale=locale(code), count=count)


def english(client, title) -> str:
    """The state alone, without what else the cell offers."""
    response = client.get(reverse("translation_states"), {"title": title})
    row = BeautifulSoup(response.content, "html.parser").select_one("table.listing tbody tr")
    return row.select("td")[3].select_one(".desk-state")["class"][-1].removeprefix("desk-state--")


def test_what_is_wanted_first_comes_first(client, translator):
    plain, asked, dated = make_article("Không ai hỏi"), make_article("Ba người hỏi"), make_article("Có hạn")
    ask(asked, "en", 3)
    day = timezone.localdate() + timedelta(days=3)
    TranslationDeadline.objects.create(translation_key=dated.translation_key, locale=locale("en"), due_on=day)
    found = titles(queue(client))
    assert found[:2] == ["Có hạn", "Ba người hỏi"]
    assert plain.title in found[2:]
    by_requests = titles(queue(client, ordering="-asked"))
    assert by_requests[0] == "Ba người hỏi"


def test_a_line_says_state_size_and_since_when(client, translator):
    make_article("Chè cổ thụ Shan", body="<p>Một hai ba bốn.</p>")
    [row] = [row for row in rows(queue(client)) if "Shan" in str(row)]
    assert "8" in row.values()


def test_a_late_one_says_so(client, translator):
    article = make_article("Quá hạn")
    yesterday = timezone.localdate() - timedelta(days=1)
    TranslationDeadline.objects.create(translation_key=article.translation_key, locale=locale("en"), due_on=yesterday)
    page = queue(client)
    assert titles(page)[0] == "Quá hạn"
    assert "desk-late" in page.content.decode()


def test_one_click_begins_and_the_next_goes_on(client, translator):
    article = make_article("Bắt đầu")
    url = reverse("translation_start", args=[article.pk, "en"])
    assert url in queue(client).content.decode()
    opened = client.post(url, follow=True)
    assert opened.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[target(article).pk])
    assert "data-review-bar" in opened.content.decode()
    assert target(article).alias_of_id is None
    page = queue(client)
    assert url not in page.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[target(article).pk]) in page.content.decode()
    first = target(article).pk
    client.post(url)  # somebody was quicker, or the back button
    assert target(article).pk == first


def test_the_buttons_carry_the_token_of_their_form(staff):
    make_article("Bắt đầu")
    make_article("Bắt đầu nữa")
    browser = PrefixClient(enforce_csrf_checks=True)
    browser.force_login(staff["translator_en"])
    for url in (reverse("translation_desk", args=["en"]), reverse("translation_states")):
        form = BeautifulSoup(browser.get(url).content, "html.parser").select_one("table.listing form")
        token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
        assert browser.post(form["action"], {"csrfmiddlewaretoken": token}).url.endswith("/edit/")


def test_beginning_is_refused_where_it_may_not_be(client, staff):
    article, draft = make_article("Không được"), make_article("Bản nháp", publish=False)
    for role in ("translator_zh", "contributor", "reviewer"):
        client.force_login(staff[role])
        assert client.post(reverse("translation_start", args=[article.pk, "en"])).status_code in (302, 403)
        assert target(article).alias_of_id
    client.force_login(staff["translator_en"])
    assert client.get(reverse("translation_start", args=[article.pk, "en"])).status_code == 405
    assert client.post(reverse("translation_start", args=[article.pk, "fr"]), follow=True).status_code == 404
    begin = reverse("translation_start", args=[draft.pk, "en"])
    assert client.post(begin).status_code == 404, "a draft is not told by its number"
    client.force_login(staff["editor"])
    assert notices(client.post(begin, follow=True), "error")
    assert target(draft).alias_of_id


def test_who_translates_what(client, staff):
    for role, code, expected in [
        ("translator_en", "en", 200),
        ("translator_en", "zh-hans", 302),
        ("translator_en", "vi", 302),
        ("editor", "en", 200),
        ("editor", "zh-hans", 200),
        ("contributor", "en", 302),
        ("reviewer", "en", 302),
    ]:
        client.force_login(staff[role])
        assert queue(client, code).status_code == expected, (role, code)
    client.force_login(staff["translator_zh"])
    assert client.get(reverse("translation_desk_mine")).url == reverse("translation_desk", args=["zh-hans"])
    client.force_login(make_user("nobody"))
    assert client.get(reverse("translation_states")).status_code == 302


def test_the_way_to_the_desk(client, translator):
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert home.count(reverse("translation_desk_mine")) == 2


def test_every_state_has_its_word_in_the_table(client, staff):
    client.force_login(staff["translator_en"])
    article = make_article("Vòng đời")
    found = [english(client, "Vòng đời")]
    ask(article, "en", 1)
    found.append(english(client, "Vòng đời"))
    client.post(reverse("translation_start", args=[article.pk, "en"]))
    found.append(english(client, "Vòng đời"))
    translation = translation_of(article, "en")
    fill(translation, user=staff["translator_en"])
    send_for_review(translation, staff["translator_en"])
    found.append(english(client, "Vòng đời"))
    page = target(article)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, staff["reader_en"], "reject", comment="Sai tên riêng")
    found.append(english(client, "Vòng đời"))
    translate(article)
    target(article).current_workflow_state and target(article).current_workflow_state.cancel(user=None)
    found.append(english(client, "Vòng đời"))
    article = ArticlePage.objects.get(pk=article.pk)
    article.title = "Vòng đời mới"
    publish_new(article, "test")
    found.append(english(client, "Vòng đời"))
    target(article).unpublish()
    found.append(english(client, "Vòng đời"))
    assert found == ["missing", "requested", "work", "review", "returned", "published", "stale", "withdrawn"]


def test_returned_and_out_of_date_ones_wait_in_the_queue_those_in_review_do_not(client, staff, translator):
    article = make_article("Chờ duyệt")
    translation = translation_of(article, "en")
    fill(translation, user=translator)
    send_for_review(translation, translator)
    assert "Chờ duyệt" not in titles(queue(client))
    state = target(article).current_workflow_task_state
    state.task.specific.on_action(state, staff["reader_en"], "reject", comment="Sai tên riêng")
    assert titles(queue(client, state="returned")) == ["Chờ duyệt"]


def test_filters_of_the_table(client, staff):
    client.force_login(staff["editor"])
    done, open_one = make_article("Đã dịch xong"), make_article("Chưa dịch gì")
    translate(done, "en")
    states = reverse("translation_states")
    section = Page.objects.get(pk=news().pk)
    assert titles(client.get(states, {"state": "published", "language": "en", "section": section.pk})) == [
        section.title,
        "Đã dịch xong",
    ]
    both = titles(client.get(states, {"state": "missing", "language": "zh-hans", "section": section.pk}))
    assert set(both) == {"Đã dịch xong", "Chưa dịch gì"}
    assert titles(client.get(states, {"title": "chưa dịch"})) == [open_one.title]
    assert client.get(states, {"section": "nonsense", "state": "nonsense", "language": "xx"}).status_code == 200


def test_filter_by_department_follows_mergers(client, staff):
    body = department("so-ngoai-vu")
    make_article("Của Sở Ngoại vụ", department=body)
    client.force_login(staff["editor"])
    found = client.get(reverse("translation_states"), {"department": body.pk})
    assert titles(found) == ["Của Sở Ngoại vụ"]


def test_the_table_as_a_file(client, staff):
    client.force_login(staff["editor"])
    translate(make_article("=Công thức"), "en")
    answer = client.get(reverse("translation_states"), {"export": "csv", "title": "Công thức"})
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[-1][0] == "'=Công thức"
    assert len(lines[-1]) == len(lines[-2]) == 6
    assert client.get(reverse("translation_states"), {"export": "xlsx"}).content[:2] == b"PK"
    assert client.get(reverse("translation_desk", args=["en"]), {"export": "csv"}).status_code == 200


def test_only_editors_say_until_when(client, staff):
    article = make_article("Có hạn")
    url = reverse("translation_day", args=[article.pk, "en"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    client.force_login(staff["translator_en"])
    assert client.post(url, {"due_on": tomorrow}).status_code in (302, 403)
    assert not TranslationDeadline.objects.exists()
    client.force_login(staff["editor"])
    assert url in client.get(reverse("translation_states"), {"title": "Có hạn"}).content.decode()
    past = client.post(url, {"due_on": "2020-01-01"})
    assert past.context["form"].errors["due_on"]
    client.post(url, {"due_on": tomorrow.isoformat()})
    assert TranslationDeadline.objects.get().set_by == staff["editor"]
    client.post(url, {"due_on": ""})
    assert not TranslationDeadline.objects.exists()


def test_who_moves_a_day_stands_in_the_history(client, staff):
    article = make_article("Dời hạn")
    url = reverse("translation_day", args=[article.pk, "en"])
    client.force_login(staff["editor"])
    for typed in ("31/12/2098", "31/12/2098", "2099-12-31", ""):
        client.post(url, {"due_on": typed})
    entries = AuditEntry.objects.filter(action="portal.translation.day").order_by("pk")
    assert [entry.comment.split(": ")[1] for entry in entries] == [
        "– → 31/12/2098",
        "31/12/2098 → 31/12/2099",
        "31/12/2099 → –",
    ]
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert "31/12/2098 → 31/12/2099" in said(history)


def test_a_published_translation_has_no_day_any_more_but_the_log_keeps_it(client, staff):
    article = make_article("Có hạn")
    day = timezone.localdate()
    TranslationDeadline.objects.create(translation_key=article.translation_key, locale=locale("en"), due_on=day)
    translate(article, "en")
    assert not TranslationDeadline.objects.exists()
    published = AuditEntry.objects.filter(
        action="portal.publish", translation_key=article.translation_key, language="en"
    )
    assert published.get().data["due_on"] == day.isoformat()


def count(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_as_many_queries_for_twenty_pages_as_for_two_thousand(client, staff):
    client.force_login(staff["translator_en"])
    add_many(news(), ArticlePage, 60)
    ArticlePage.objects.filter(locale=locale("vi")).update(live=True)
    urls = [reverse("translation_desk", args=["en"]), reverse("translation_states")]
    few = [count(client, url) for url in urls]
    add_many(news(), ArticlePage, 1_940)
    many = [count(client, url) for url in urls]
    assert many == few
    assert max(many) < 40, many


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans"])
def test_in_the_language_of_whoever_looks(client, staff, language):
    make_article("Bài")
    UserProfile.objects.update_or_create(user=staff["editor"], defaults={"preferred_language": language})
    client.force_login(staff["editor"])
    words = {"vi": "chưa có", "en": "missing", "zh-hans": "尚无"}
    assert words[language] in said(client.get(reverse("translation_states")))


# -- side by side ----------------------------------------------------------------------------------------------------
def frame(client, page, what):
    return client.get(reverse("translation_frame", args=[page.pk, what]))


def test_three_languages_side_by_side_as_drafts_and_as_readers_see_them(client, staff, translator):
    article = make_article("Ba thứ tiếng")
    translation = translation_of(article, "en")
    fill(translation, user=translator)
    translation.save_target(publish=False)
    address = reverse("translation_side_by_side", args=[article.pk])
    client.force_login(staff["editor"])
    assert f'href="{address}"' in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    client.force_login(translator)
    page = client.get(address)
    assert len(BeautifulSoup(page.content, "html.parser").select("iframe")) == 3
    assert "EN Ba thứ tiếng" in said(frame(client, target(article), "draft"))
    seen = frame(client, target(article), "readers")
    assert "This page is not in English yet" in said(seen)
    assert "EN Ba thứ tiếng" not in said(seen)
    stub = frame(client, target(article, "zh-hans"), "draft")
    assert 'lang="zh-Hans"' in stub.content.decode()
    assert "越南文" in said(stub) or "越南语" in said(stub)
    assert seen.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_draft_of_an_original_is_its_editors(client, staff):
    article = make_article("Bản công khai")
    article.title = "Bản nháp kín"
    article.save_revision()
    client.force_login(staff["translator_en"])
    assert "Bản nháp kín" not in said(frame(client, article, "draft"))
    client.force_login(staff["editor"])
    assert "Bản nháp kín" in said(frame(client, article, "draft"))
    client.force_login(staff["reviewer"])
    assert frame(client, article, "draft").status_code == 302
    unpublished = make_article("Bài giữ kín", publish=False)
    client.force_login(staff["translator_en"])
    assert "Bài giữ kín" not in said(frame(client, unpublished, "draft"))
    assert "Bài giữ kín" not in said(frame(client, target(unpublished), "draft"))
    assert frame(client, article, "nonsense").status_code in (302, 404)


def compared(client, page) -> tuple[int, int]:
    """How the comparison answers, and how the draft in it does."""
    answer = client.get(reverse("translation_side_by_side", args=[page.pk]))
    return answer.status_code, frame(client, page, "draft").status_code


def test_who_reads_a_translation_compares_it_with_the_others_while_it_waits_for_them(client, staff, translator):
    """A first translation is not public, and whoever reads it has rights to no page."""
    article = make_article("Đọc soát")
    begun = {code: translation_of(article, code) for code in ("en", "zh-hans")}
    for code, writer in (("en", translator), ("zh-hans", staff["translator_zh"])):
        fill(begun[code], writer, lambda source, code=code: f"{code} {source}")
        begun[code].save_target(publish=False)
    article.title = "Bản sửa kín"
    article.save_revision()
    client.force_login(staff["reader_en"])
    assert compared(client, target(article)) == (404, 404)
    send_for_review(begun["en"], translator)
    screen = client.get(reverse("translation_side_by_side", args=[target(article).pk]))
    assert len(BeautifulSoup(screen.content, "html.parser").select("iframe")) == 3
    drafts = {code: said(frame(client, target(article, code), "draft")) for code in ("vi", "en", "zh-hans")}
    assert "en Đọc soát" in drafts["en"]
    assert "Đọc soát" in drafts["vi"], "what is public of the original"
    assert "Bản sửa kín" not in drafts["vi"] + said(screen)
    assert "zh-hans Đọc soát" not in drafts["zh-hans"], "another language waits for others"
    for role in ("reader_zh", "reviewer"):
        client.force_login(staff[role])
        assert compared(client, target(article)) == (404, 404), role
    state = target(article).current_workflow_task_state
    state.task.specific.on_action(state, staff["reader_en"], "reject", comment="Sai tên riêng")
    client.force_login(staff["reader_en"])
    assert compared(client, target(article)) == (404, 404), "it does not wait for them any more"


def test_a_reviewer_compares_what_waits_for_them(client, staff):
    article = make_article("Chờ kiểm duyệt", publish=False)
    submit(article, staff["contributor"])
    client.force_login(staff["reviewer"])
    assert compared(client, article) == (404, 404)
    approve(article, staff["editor"])
    assert compared(client, article) == (200, 200)
    assert "Chờ kiểm duyệt" in said(frame(client, article, "draft"))
