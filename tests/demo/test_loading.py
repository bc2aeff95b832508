"""Loading a small tree: once, and never over other people's work."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Revision

from news.models import ArticlePage
from portal.contributors.models import User
from portal.core.demo.loader import Loader
from portal.core.models import PortalImage
from tests.builders import home, make_article, news
from tests.demo.conftest import article, value

pytestmark = pytest.mark.usefixtures("portal")


def test_a_second_run_changes_nothing(load, django_assert_max_num_queries):
    load()
    before = Revision.objects.count(), PortalImage.objects.count(), User.objects.count()
    with django_assert_max_num_queries(40):
        assert "up to date" in load()
    assert (Revision.objects.count(), PortalImage.objects.count(), User.objects.count()) == before


def test_a_changed_file_is_loaded_again_and_only_that(load, edit):
    load()
    revisions = Revision.objects.count()
    edit("en", "Good tea.", "Very good tea.")
    assert "tin-tuc-su-kien: 1 vi, 1 en" in load()
    assert value(article("en"), "quote")["text"] == "Very good tea."
    assert article("en").translation_state.is_out_of_date
    assert Revision.objects.count() <= revisions + 4


def test_what_an_editor_changed_stays(load, edit):
    load()
    page = article()
    page.title = "Mùa chè mới"
    page.save_revision(user=User.objects.get(username="editor"))
    edit("vi", "Đoạn thứ hai.", "Đoạn khác.")
    edit("en", "Second paragraph.", "Another paragraph.")
    assert "tin-tuc-su-kien/mua-che (vi, edited since)" in load()
    assert article().title == "Mùa chè"
    assert article().get_latest_revision_as_object().title == "Mùa chè mới"
    load(force=True)
    assert article().get_latest_revision_as_object().title == "Mùa chè"


def test_what_an_editor_deleted_stays_deleted(load):
    load()
    article().delete()
    assert "tin-tuc-su-kien/mua-che (deleted)" in load()
    assert not ArticlePage.objects.filter(slug="mua-che", locale__language_code="vi").exists()


def test_a_run_that_broke_off_is_finished_by_the_next(load, monkeypatch):
    def broken(self, step):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(Loader, "_carry_out", broken)
        load()
    assert not article().live
    load()
    assert article().live and article("en").live


def test_the_demo_is_refused_where_it_is_not_allowed(load, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="DEMO_ALLOWED"):
        load()
    assert not User.objects.exists()
    load(force=True)
    assert article().live


def test_a_portal_with_content_of_its_own_is_left_alone(load):
    make_article("Bài thật", news())
    with pytest.raises(CommandError, match=r"content of its own \(«Bài thật»\)"):
        load()
    assert not ArticlePage.objects.filter(slug="mua-che").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('department = "so-vhttdl"', 'department = "so-x"', r"mua-che.vi.md:6: unknown department «so-x»"),
        ('"tourism"', '"sports"', r"mua-che.vi.md:9: unknown topic «sports»"),
        ('lead_picture = "brocade-thai"', 'lead_picture = "photo"', r"mua-che.vi.md:11: unknown picture «photo»"),
        ('picture = "brocade-mong"', 'picture = "photo"', r"mua-che.vi.md:50: unknown picture «photo»"),
        ('label = "Diện tích"', f'label = "{"x" * 121}"', r"block 3 \(figures\): «label» has 121 characters"),
    ],
)
def test_an_unknown_code_stops_the_run_before_anything_is_written(load, edit, old, new, message):
    edit("vi", old, new)
    with pytest.raises(CommandError, match=message):
        load()
    assert not Page.objects.filter(slug="mua-che").exists()
    assert not PortalImage.objects.exists()


def test_an_article_outside_the_news_is_refused(load, tree):
    (tree / "news/demo/tin-tuc-su-kien/mua-che.vi.md").rename(tree / "home/demo/thong-tin-chung/mua-che.vi.md")
    (tree / "news/demo/tin-tuc-su-kien/mua-che.en.md").rename(tree / "home/demo/thong-tin-chung/mua-che.en.md")
    with pytest.raises(CommandError, match="a page of type «article» cannot stand in «thong-tin-chung»"):
        load()


def test_an_empty_portal_is_told_to_be_set_up(load):
    for section in home().get_children():
        section.delete()
    with pytest.raises(CommandError, match="manage.py setup"):
        load()


def test_the_command_is_there():
    with pytest.raises(CommandError, match="no content files"):
        call_command("load_demo", root="/nowhere")
