"""The comfort of the desk: what waits for whom, until when, who stands in, the short way, the way out."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Task, Workflow

from portal.audit.models import AuditEntry
from portal.contributors import home, roles
from portal.contributors.deadlines import remind
from portal.contributors.models import ReviewDeadline, Substitution, User
from portal.contributors.names import in_words
from portal.contributors.seen import was_laid_before
from portal.publishing.approvals import NotApproved
from portal.translation.models import TranslationDeadline, TranslationRequest
from tests.admin.forms import text_of
from tests.builders import approve, department, locale, make_article, make_staff, make_user, submit

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REASON = {"comment": "Báo chí nước ngoài hỏi sáng nay"}


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def waiting(staff):
    page = make_article("Tin chờ duyệt", publish=False)
    page.save_revision(user=staff["contributor"])
    submit(page, staff["contributor"])
    return page


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def late(hours: int = 1) -> None:
    mail.outbox.clear()  # Wagtail has announced the task already
    ReviewDeadline.objects.update(due_at=timezone.now() - timedelta(hours=hours))


def receivers() -> set[str]:
    return {address.split("@")[0] for letter in mail.outbox for address in letter.to}


def test_every_task_has_its_hour(staff, waiting, settings):
    first = waiting.current_workflow_task_state.deadline
    assert abs(first.due_at - timezone.now() - timedelta(hours=settings.REVIEW_HOURS)) < timedelta(minutes=5)
    approve(waiting, staff["editor"])
    second = waiting.current_workflow_task_state.deadline
    assert second.pk != first.pk
    assert not second.is_urgent


def test_letters_go_to_those_whose_turn_it_is_once_a_day(staff, waiting):
    mail.outbox.clear()
    assert remind() == 0
    assert not mail.outbox
    late()
    assert remind() == 2
    assert receivers() == {"editor", "editor2"}
    assert "Tin chờ duyệt" in mail.outbox[0].body
    assert "Biên tập, quá hạn từ " in mail.outbox[0].body
    assert reverse("wagtailadmin_pages:edit", args=[waiting.pk]) in mail.outbox[0].body
    assert remind() == 0
    assert remind(timezone.now() + timedelta(days=1, minutes=1)) == 2
    approve(waiting, staff["editor"])
    mail.outbox.clear()
    late()
    remind()
    assert receivers() == {"reviewer"}


def test_authors_get_no_letter_and_nobody_after_the_decision(staff):
    page = make_article("Của biên tập viên", publish=False)
    page.save_revision(user=staff["editor"])
    submit(page, staff["editor"])
    late()
    remind()
    assert receivers() == {"editor2"}
    mail.outbox.clear()
    approve(page, staff["editor2"], staff["reviewer"])
    late()
    assert remind(timezone.now() + timedelta(days=3)) == 0


def stand_in(person, substitute, days=(0, 3)):
    today = timezone.localdate()
    first, last = (today + timedelta(days=day) for day in days)
    return Substitution.objects.create(person=person, substitute=substitute, first_day=first, last_day=last)


def test_a_substitute_decides_and_is_reminded_instead(client, staff, waiting):
    approve(waiting, staff["editor"])
    other = make_user("sub", roles.EDITORS)
    stand_in(staff["reviewer"], other)
    late()
    remind()
    assert receivers() == {"sub"}
    approve(waiting, other)
    assert waiting.live
    assert AuditEntry.objects.get(action="portal.review.confirm").actor_name == "sub"


def test_a_substitute_is_told_when_a_text_comes(staff, waiting, django_capture_on_commit_callbacks):
    stand_in(staff["reviewer"], make_user("sub", roles.EDITORS))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        approve(waiting, staff["editor"])
    assert receivers() >= {"sub", "reviewer"}
    assert "editor2" not in receivers()


@pytest.mark.parametrize("days", [(-3, -1), (1, 3)])
def test_outside_the_days_a_substitute_may_nothing(staff, waiting, days):
    approve(waiting, staff["editor"])
    stand_in(staff["reviewer"], staff["contributor"], days)
    task = waiting.current_workflow_task
    assert task.get_actions(waiting, staff["editor2"]) == []


def test_nobody_stands_in_for_an_account_that_was_closed(client, staff, waiting):
    absent = staff["editor"]
    stand_in(absent, staff["reader_en"])
    User.objects.filter(pk=absent.pk).update(is_active=False)
    state = waiting.current_workflow_task_state
    with pytest.raises(NotApproved):
        state.task.specific.on_action(state, staff["reader_en"], "approve")
    assert not was_laid_before(User.objects.get(pk=staff["reader_en"].pk), waiting)


def test_a_substitute_does_not_approve_their_own_text(staff, waiting):
    stand_in(staff["editor"], staff["contributor"])
    with pytest.raises(NotApproved):
        approve(waiting, staff["contributor"])


def test_senseless_substitutions_are_refused(staff):
    today = timezone.localdate()
    person, other = staff["editor"], staff["editor2"]
    for fields in (
        {"person": person, "substitute": person, "first_day": today, "last_day": today},
        {"person": person, "substitute": other, "first_day": today, "last_day": today - timedelta(days=1)},
    ):
        with pytest.raises(ValidationError):
            Substitution(**fields).full_clean()


def test_the_urgent_path_skips_the_editor_and_never_the_reviewer(client, staff, waiting):
    client.force_login(staff["editor"])
    url = reverse("desk_urgent", args=[waiting.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk])).content.decode()
    assert client.post(url, {"comment": "ngắn"}).context["form"].errors
    client.post(url, REASON)
    page = fresh(waiting)
    assert not page.live
    assert page.current_workflow_task.name == "Kiểm duyệt bảo mật"
    assert page.current_workflow_task_state.deadline.is_urgent
    assert home.waiting_for(staff["reviewer"])[0]["is_urgent"]
    with pytest.raises(NotApproved):
        approve(page, staff["editor"])  # who pushed it is no second pair of eyes
    approve(page, staff["reviewer"])
    assert page.live
    entry = AuditEntry.objects.get(action="portal.workflow.urgent")
    assert (entry.actor_name, entry.comment) == ("editor", REASON["comment"])


@pytest.mark.parametrize("role", ["contributor", "reviewer", "translator_en"])
def test_who_may_not_hurry(client, staff, waiting, role):
    client.force_login(staff[role])
    client.post(reverse("desk_urgent", args=[waiting.pk]), REASON)
    assert fresh(waiting).current_workflow_task.name == "Biên tập"


def test_nothing_to_hurry(client, staff):
    page = make_article("Đã đăng")
    client.force_login(staff["editor"])
    client.post(reverse("desk_urgent", args=[page.pk]), REASON)
    assert not fresh(page).workflow_in_progress


def test_a_way_of_approval_without_the_reviewer_publishes_nothing(staff, waiting):
    """Administrators can put workflows together; one without confidentiality review is of no use."""
    Workflow.objects.get(name="Quy trình xuất bản").workflow_tasks.last().delete()
    with pytest.raises(NotApproved):
        approve(waiting, staff["editor"])
    assert not fresh(waiting).live


def test_an_administrator_releases_what_is_stuck(client, staff, waiting):
    url = reverse("desk_release", args=[waiting.pk])
    for role in ("editor", "contributor"):
        client.force_login(staff[role])
        client.post(url, REASON)
        assert fresh(waiting).workflow_in_progress
    client.force_login(staff["admin"])
    assert client.post(url, {"comment": ""}).context["form"].errors
    client.post(url, REASON)
    page = fresh(waiting)
    assert not page.workflow_in_progress
    assert not page.live
    entry = AuditEntry.objects.get(action="portal.workflow.release")
    assert (entry.actor_name, entry.comment) == ("admin", REASON["comment"])
    submit(page, staff["contributor"])
    approve(page, staff["editor"], staff["reviewer"])
    assert page.live


def desk_of(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home"))


def test_the_home_shows_what_waits_for_me_and_not_my_own(client, staff, waiting):
    late()
    assert [row["title"] for row in home.waiting_for(staff["editor"])] == ["Tin chờ duyệt"]
    assert home.waiting_for(staff["editor"])[0]["is_over"]
    assert home.waiting_for(staff["reviewer"]) == []
    assert home.waiting_for(staff["contributor"]) == []
    page = desk_of(client, staff["editor"]).content.decode()
    assert 'data-desk="waiting"' in page
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[waiting.pk])}" data-desk-button' in page
    assert 'data-desk="waiting"' not in desk_of(client, staff["contributor"]).content.decode()


def test_the_home_shows_what_was_returned_and_why(client, staff, waiting):
    state = waiting.current_workflow_task_state
    state.task.specific.on_action(state, staff["editor"], "reject", comment="Thiếu nguồn của số liệu")
    [row] = home.returned_to(staff["contributor"])
    assert row["reason"] == "Thiếu nguồn của số liệu"
    assert home.main_button(staff["contributor"], [], [row])["url"] == row["url"]
    assert "Thiếu nguồn của số liệu" in text_of(desk_of(client, staff["contributor"]))


def test_the_home_shows_translators_how_much_waits_in_their_language(client, staff):
    asked, late = make_article("Bạn đọc hỏi"), make_article("Quá ngày")
    of_page = {"translation_key": asked.translation_key, "locale": locale("en")}
    before = home.to_translate(staff["translator_en"])[0]
    TranslationRequest.objects.create(**of_page, count=3)
    yesterday = timezone.localdate() - timedelta(days=1)
    TranslationDeadline.objects.create(translation_key=late.translation_key, locale=locale("en"), due_on=yesterday)
    [row] = home.to_translate(staff["translator_en"])
    assert (row["pages"], row["asked"], row["late"], row["stale"]) == (before["pages"], 1, 1, 0)
    assert row["language"] == "English"
    screen = BeautifulSoup(desk_of(client, staff["translator_en"]).content, "html.parser")
    [line] = screen.select("[data-desk=translate] li")
    assert line.a["href"] == reverse("translation_desk", args=["en"])
    assert "1 trang bạn đọc yêu cầu" in line.text and "1 quá hạn" in line.text
    for role in ("editor", "reviewer", "admin"):
        assert home.to_translate(staff[role]) == []


def test_workflows_and_tasks_are_called_in_the_language_of_the_reader(staff, waiting):
    called = {"vi": "Biên tập", "en": "Editorial review", "zh-hans": "编辑审稿"}
    for language, words in called.items():
        with translation.override(language):
            assert home.waiting_for(staff["editor"])[0]["task"] == words
    with translation.override("en"):
        assert in_words("Hiệu đính tiếng Trung") == "Second reading (Chinese)"
        assert in_words("Quy trình bản dịch tiếng Anh") == "Translation (English)"
        assert in_words("Họp ban biên tập") == "Họp ban biên tập"  # an administrator's own


def test_every_name_that_setup_gives_is_known_in_english(portal):
    names = [*Workflow.objects.values_list("name", flat=True), *Task.objects.values_list("name", flat=True)]
    assert len(names) >= 6
    with translation.override("en"):
        assert not [name for name in names if in_words(name) == name]


def test_the_home_shows_pages_of_my_department_to_check(staff):
    today = timezone.localdate()
    mine = department("so-ngoai-vu")
    make_article("Sắp hạn", department=mine, review_date=today + timedelta(days=5))
    make_article("Quá hạn", department=mine, review_date=today - timedelta(days=5))
    make_article("Còn lâu", department=mine, review_date=today + timedelta(days=90))
    make_article("Của người khác", department=department("so-tai-chinh"), review_date=today)
    assert [row["title"] for row in home.due_pages(staff["contributor"])] == ["Quá hạn", "Sắp hạn"]


BUTTONS = {
    "contributor": "add_subpage",
    "editor": "add_subpage",
    "translator_en": "translation-desk",
    "reviewer": "reports/audit",
    "reader_en": None,
}


@pytest.mark.parametrize("role", BUTTONS)
def test_one_button_for_what_i_do_most(client, staff, role):
    staff[role].department = department("so-ngoai-vu")  # whose people may all write
    staff[role].save()
    button = home.main_button(staff[role], [], [])
    assert (button is None) is (BUTTONS[role] is None)
    assert desk_of(client, staff[role]).status_code == 200
    if button:
        assert BUTTONS[role] in button["url"]
        assert client.get(button["url"], follow=True).status_code == 200


def test_an_account_without_department_is_told(client, staff):
    lonely = make_user("lonely", roles.CONTRIBUTORS)
    assert "đơn vị" in text_of(desk_of(client, lonely)) or "department" in text_of(desk_of(client, lonely))


@pytest.mark.parametrize("role", ["contributor", "editor", "admin"])
def test_ones_own_text_waits_for_others_not_for_oneself(client, staff, role):
    """Neither in the portal's list nor in another one on the same page, not even for administrators."""
    page = make_article("Của chính tôi", publish=False)
    page.save_revision(user=staff[role])
    submit(page, staff[role])
    screen = BeautifulSoup(desk_of(client, staff[role]).content, "html.parser")
    assert screen.select("[data-desk=waiting]") == []
    assert screen.select("#awaiting-review-section") == []
    assert "approve" not in str(screen.select("[data-workflow-action-url]"))


def test_administrators_are_told_of_reviews_that_nobody_can_give(client, staff):
    assert home.vacant_tasks() == []
    staff["reader_en"].delete()
    assert home.vacant_tasks() == ["Hiệu đính tiếng Anh"]
    assert "Hiệu đính tiếng Anh" in text_of(desk_of(client, staff["admin"]))
    assert "Hiệu đính tiếng Anh" not in text_of(desk_of(client, staff["editor"]))


def test_a_review_that_only_its_author_could_give_is_told_to_those_who_can_help(client, staff, waiting):
    """At once, with the daily letter, and on the home screens; until somebody else is there."""
    approve(waiting, staff["editor"])
    page = make_article("Chỉ tác giả", publish=False)
    page.save_revision(user=staff["reviewer"])
    submit(page, staff["contributor"])
    mail.outbox.clear()
    approve(page, staff["editor"])
    stuck = [letter for letter in mail.outbox if "Không ai duyệt được" in letter.subject]
    assert {letter.to[0].split("@")[0] for letter in stuck} == {"contributor", "admin"}
    assert all("Chỉ tác giả" in letter.body and "Tin chờ duyệt" not in letter.body for letter in stuck)
    late()
    mail.outbox.clear()
    assert remind() == 3
    assert receivers() == {"contributor", "admin", "reviewer"}
    [asked_to_review] = [letter for letter in mail.outbox if letter.to == ["reviewer@example.org"]]
    assert "Chỉ tác giả" not in asked_to_review.body
    for name, seen in (("contributor", True), ("admin", True), ("editor", False)):
        client.force_login(staff[name])
        home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
        notice = home.select_one("[data-desk=stuck]")
        assert bool(notice and "Chỉ tác giả" in notice.get_text()) is seen, name
    make_user("reviewer2", roles.REVIEWERS)
    client.force_login(staff["contributor"])
    assert 'data-desk="stuck"' not in client.get(reverse("wagtailadmin_home")).content.decode()
    mail.outbox.clear()
    remind(timezone.now() + timedelta(days=1, minutes=1))
    assert receivers() == {"reviewer", "reviewer2"}


def test_whoever_sent_a_text_hears_that_an_administrator_released_it(client, staff, waiting):
    client.force_login(staff["admin"])
    mail.outbox.clear()
    client.post(reverse("desk_release", args=[waiting.pk]), {"comment": "Người duyệt nghỉ dài ngày"})
    [letter] = mail.outbox
    assert letter.to == ["contributor@example.org"]
    assert "Tin chờ duyệt" in letter.subject
    assert "Người duyệt nghỉ dài ngày" in letter.body
    assert reverse("wagtailadmin_pages:edit", args=[waiting.pk]) in letter.body
