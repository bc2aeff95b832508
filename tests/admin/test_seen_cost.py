"""What a person may read is asked once for a page of the administration, however many rows it has."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page

from news.models import ArticlePage
from portal.core.models import Notice
from tests.admin.forms import text_of
from tests.builders import add_many, approve, locale, make_article, make_staff, news, submit

pytestmark = pytest.mark.django_db
HISTORY_AT_MOST = 90  # with what Wagtail asks about every page that is named


@pytest.fixture
def staff(portal):
    return make_staff()


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", ["translator_zh", "reader_en"])
def test_titles_in_a_chooser_cost_the_same_however_many_have_a_draft(client, staff, role):
    """Wagtail asks something about every row; whether its title may be read is asked once."""
    address = reverse("wagtailadmin_choose_page_child", args=[news().pk])
    client.force_login(staff[role])
    added = []
    for count in (2, 18):
        add_many(news(), ArticlePage, count)
        pages = Page.objects.filter(slug__startswith="trang-")
        pages.update(draft_title=F("title"))
        plain = cost(client, address)
        pages.update(draft_title="Tên kín")
        added.append(cost(client, address) - plain)
    assert added[0] == added[1] < 10
    answer = client.get(address).json()["html"]
    assert answer.count("Trang ") >= 20
    assert "Tên kín" not in answer
    client.force_login(staff["editor"])
    assert "Tên kín" in client.get(address).json()["html"]


def test_whose_turn_it_is_reads_the_title_of_the_draft(client, staff):
    article = make_article("Tên công khai")
    article.title = "Tên sửa đổi"
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    home = reverse("wagtailadmin_home")
    client.force_login(staff["reviewer"])
    assert "Tên sửa đổi" not in text_of(client.get(home))
    approve(article, staff["editor"])
    assert "Tên sửa đổi" in text_of(client.get(home))


def noted(count: int, staff) -> None:
    """Drafts of notices, each with its entry in the log and a review that is an editor's."""
    for number in range(count):
        notice = Notice(text=f"Thông báo kín {number}", locale=locale("vi"), live=False)
        notice.save()
        notice.save_revision(user=staff["editor"])
        log(instance=notice, action="wagtail.create", user=staff["editor"])
        submit(notice, staff["editor"])


@pytest.mark.parametrize("role", ["reviewer", "translator_zh", "contributor"])
def test_the_history_of_the_site_costs_the_same_however_many_records_were_reviewed(client, staff, role):
    address = reverse("wagtailadmin_reports:site_history")
    client.force_login(staff[role])
    noted(2, staff)
    few = cost(client, address)
    noted(20, staff)
    assert cost(client, address) == few <= HISTORY_AT_MOST
    assert "Thông báo kín" not in text_of(client.get(address))
