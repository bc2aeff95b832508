"""The administration speaks Vietnamese until somebody chooses otherwise."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.admin.menu import reports_menu
from wagtail.users.models import UserProfile

from news.models import ArticlePage
from tests.admin.forms import text_of
from tests.builders import make_article, make_staff, news, submit, translation_of
from tests.translation.desk import open_editor, target

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_IN_VIETNAMESE, _IN_ENGLISH = ("Quy trình xuất bản", "Biên tập"), ("Publication", "Editorial review")


@pytest.mark.parametrize("browser", ["zh-CN,zh;q=0.9", "en-US", "fr", ""])
def test_login_and_home_are_vietnamese_whatever_the_browser_says(client, portal, browser):
    response = client.get(reverse("wagtailadmin_login"), headers={"accept-language": browser})
    assert '<html lang="vi"' in response.content.decode()
    client.force_login(make_staff()["translator_zh"])
    response = client.get(reverse("wagtailadmin_home"), headers={"accept-language": browser})
    assert '<html lang="vi"' in response.content.decode()


def test_a_translator_chooses_chinese(client, portal):
    user = make_staff()["translator_zh"]
    client.force_login(user)
    page = client.get(reverse("wagtailadmin_account"))
    for code in ("vi", "zh-hans", "en"):
        assert f'<option value="{code}">' in page.content.decode()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "zh-hans"})
    client.force_login(type(user).objects.get(pk=user.pk))
    assert '<html lang="zh-hans"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_lists_and_menus_of_the_libraries_follow_the_reader_too(client, portal):
    """wagtail-localize names its report once for everybody; names of workflows and tasks are data."""
    staff = make_staff()
    page = make_article("Chờ duyệt", publish=False)
    page.save_revision(user=staff["editor"])
    submit(page, staff["editor"])
    for language, entry, task, workflow in (
        ("vi", "Bản dịch", "Biên tập", "Quy trình xuất bản"),
        ("en", "Translations", "Editorial review", "Publication"),
        ("vi", "Bản dịch", "Biên tập", "Quy trình xuất bản"),
    ):
        UserProfile.objects.update_or_create(user=staff["editor"], defaults={"preferred_language": language})
        client.force_login(type(staff["editor"]).objects.get(pk=staff["editor"].pk))
        response = client.get(reverse("wagtailadmin_home"))
        with translation.override(language):
            labels = {str(item.label) for item in reports_menu.menu_items_for_request(response.wsgi_request)}
        assert entry in labels
        own = BeautifulSoup(response.content, "html.parser").select_one("#objects-in-workflow-section").parent
        assert task in own.get_text(" ", strip=True)
        assert workflow in text_of(client.get(reverse("wagtailadmin_reports:workflow")))
        tasks = BeautifulSoup(client.get(reverse("wagtailadmin_reports:workflow_tasks")).content, "html.parser")
        assert task in tasks.select_one("table.listing tbody").get_text(" ", strip=True)


@pytest.mark.parametrize(("language", "workflow", "task"), [("vi", *_IN_VIETNAMESE), ("en", *_IN_ENGLISH)])
def test_buttons_status_history_and_mails_name_workflows_in_the_readers_language(
    client, portal, mailoutbox, language, workflow, task
):
    staff = make_staff()
    for name in ("editor", "editor2"):
        UserProfile.objects.update_or_create(user=staff[name], defaults={"preferred_language": language})
    editor = type(staff["editor"]).objects.get(pk=staff["editor"].pk)
    page = make_article("Chờ duyệt", publish=False, owner=editor)
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    button = BeautifulSoup(client.get(edit).content, "html.parser").select_one("[name=action-submit]")
    assert workflow in button.get_text()
    submit(page, editor)
    history = reverse("wagtailadmin_pages:history", args=[page.pk])
    shown = [text_of(client.get(address)) for address in (edit, history)]
    subjects = [letter.subject for letter in mailoutbox if letter.to == ["editor2@example.org"]]
    assert subjects
    others = _IN_ENGLISH if language == "vi" else _IN_VIETNAMESE
    for said in (*shown, *subjects):
        assert workflow in said or task in said
        assert not any(f"«{name}»" in said or f"“{name}”" in said or f"'{name}'" in said for name in others)
    window = client.get(edit).content.decode()
    assert workflow in window and task in window
    assert not any(name in window for name in others), "not in the window with the steps either"


def test_the_public_side_is_not_touched(client, portal):
    response = client.get("/thongtindoingoai/", headers={"accept-language": "zh-CN"})
    assert "/zh-hans/" in response["Location"]


def test_wagtails_own_help_is_not_in_the_menu(client, portal):
    client.force_login(make_staff()["editor"])
    response = client.get(reverse("wagtailadmin_home"))
    assert "guide.wagtail.org" not in response.content.decode()
    assert "releases" not in response.content.decode()


@pytest.fixture
def untranslated(monkeypatch):
    """Message ids that were asked for in Vietnamese and came back in English, since the last look."""
    asked = set()

    def listen(name, place):
        original = getattr(translation._trans, name)

        def heard(*args):
            answer = original(*args)
            ids = [text for text in args[place : place + 2] if isinstance(text, str)]
            if translation.get_language() == "vi" and str(answer) in ids and any(map(str.isalpha, str(answer))):
                asked.add(str(answer))
            return answer

        monkeypatch.setattr(translation._trans, name, heard)

    for name, place in (("gettext", 0), ("ngettext", 0), ("pgettext", 1)):
        listen(name, place)
    return asked


# Units, technical names and a banner that is switched off.
THE_SAME = {"%s KB", "%s MB", "%s GB", "URL", "What's new in Wagtail %(version)s"}


def test_what_editors_meet_daily_is_in_vietnamese(client, portal, untranslated):
    """Whatever the pages themselves ask gettext for; texts that no library marks cannot be translated."""
    staff, article = make_staff(), make_article("Chè Shan")
    translation_of(article, "en").save_target(publish=False)
    client.get(reverse("wagtailadmin_login"))
    for name in ("contributor", "editor", "reviewer", "translator_en"):
        client.force_login(staff[name])
        for address in (
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_explore", args=[news().pk]),
            reverse("wagtailadmin_pages:edit", args=[article.pk]),
            reverse("wagtailadmin_pages:add", args=["news", "articlepage", news().pk]),
            reverse("wagtailadmin_pages:history", args=[article.pk]),
            reverse("wagtailimages:index"),
            reverse("wagtaildocs:index"),
            reverse("wagtailadmin_account"),
        ):
            client.get(address)
    open_editor(client, target(article))
    assert not untranslated - THE_SAME


def test_english_would_be_heard(client, portal, untranslated):
    with translation.override("vi"):
        assert translation.gettext("Nobody has translated this") and translation.gettext("Title") == "Tiêu đề"
    assert untranslated == {"Nobody has translated this"}


def test_the_login_form_is_in_vietnamese(client, portal):
    text = text_of(client.get(reverse("wagtailadmin_login")))
    assert "Mật khẩu" in text and "Password" not in text


def test_names_that_are_data_are_told_in_the_readers_language(client, portal):
    """The site's name in the summary, workflows and tasks in the filters of two reports; types of pages unspoilt."""
    admin = make_staff()["admin"]
    client.force_login(admin)
    UserProfile.objects.update_or_create(user=admin, defaults={"preferred_language": "en"})
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "created in Lai Châu foreign information portal" in " ".join(home.split())
    for name in ("workflow", "workflow_tasks"):
        page = BeautifulSoup(client.get(reverse(f"wagtailadmin_reports:{name}")).content, "html.parser")
        words = " ".join(label.get_text(" ", strip=True) for label in page.select("form label, form option"))
        assert "Publication" in words
        assert "Quy trình" not in words
        assert "Biên tập" not in words
    UserProfile.objects.update(preferred_language="vi")
    types = BeautifulSoup(client.get(reverse("wagtailadmin_reports:page_types_usage")).content, "html.parser")
    names = {cell.get_text(strip=True) for cell in types.select("[data-listing-page-type]")}
    assert capfirst(ArticlePage._meta.verbose_name) in names
