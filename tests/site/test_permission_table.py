"""Who may do what: asked of the running system and compared with the table in docs/editors.md.

After a decision that changes rights, take the new table from the message of the failing test.
"""

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Locale, Page, Task

from home.models import InformationPage
from news.models import ArticlePage
from portal.contributors import department_rights, roles
from portal.contributors.models import (
    ConfidentialityReviewTask,
    DepartmentRight,
    EditorialReviewTask,
    SecondReadingTask,
    User,
)
from portal.contributors.views import may_hurry
from portal.publishing.bundle_views import may_bundle
from portal.publishing.service import publish_new
from portal.translation.desk.people import may_translate
from tests.builders import department, home, make_staff, make_user, translate

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "editors.md"
BEGIN, END = "<!-- permissions: begin -->\n", "<!-- permissions: end -->"
LANGUAGES = ("vi", "zh-hans", "en")


def rights(user, page):
    return page.permissions_for_user(user)


# Column → the question, about a public page that somebody else wrote.
ACTIONS = {
    "viết mới": lambda user, page: rights(user, page.get_parent().specific).can_add_subpage(),
    "sửa": lambda user, page: rights(user, page).can_edit(),
    "gửi duyệt": lambda user, page: rights(user, page).can_edit() and rights(user, page).can_submit_for_moderation(),
    "dịch": lambda user, page: page.locale.language_code != "vi" and may_translate(user, page, page.locale),
    "duyệt biên tập": lambda user, page: approves(EditorialReviewTask, user, page),
    "hiệu đính": lambda user, page: approves(SecondReadingTask, user, page),
    "duyệt bảo mật": lambda user, page: approves(ConfidentialityReviewTask, user, page),
    "đăng không duyệt": lambda user, page: rights(user, page).can_publish(),
    "đường khẩn": lambda user, page: may_hurry(page, user),
    "đăng cùng lúc": lambda user, page: may_bundle(page, user),
    "gỡ": lambda user, page: rights(user, page).can_unpublish(),
    "chuyển": lambda user, page: rights(user, page).can_move(),
    "xóa": lambda user, page: rights(user, page).can_delete(),
    "giới hạn xem": lambda user, page: rights(user, page).can_set_view_restrictions(),
    "khóa": lambda user, page: rights(user, page).can_lock(),
}


def approves(kind: type[Task], user, page) -> bool:
    """Whether a person can give this kind of review where it belongs to the page's way of approval."""
    tasks = [task for task in page.get_workflow().tasks.specific() if isinstance(task, kind)]
    return any("approve" in {name for name, *_rest in task.get_actions(page, user)} for task in tasks)


def people() -> dict[str, User]:
    """One person of every role; of contributors also some whose department may edit or translate one section."""
    staff = make_staff()
    body = department("so-vhttdl")
    news = Page.objects.get(slug="tin-tuc-su-kien", locale__language_code="vi")
    body.rights.filter(section=news).update(level=DepartmentRight.EDIT)
    translating = department("so-nnmt")
    translating.rights.create(
        section=news.get_translation(Locale.objects.get(language_code="en")), level=DepartmentRight.EDIT
    )
    department_rights.grant_all()
    found = {
        "Cộng tác viên": staff["contributor"],
        "Cộng tác viên của đơn vị được sửa một mục": make_user("desk", roles.CONTRIBUTORS, department=body),
        "Cộng tác viên của đơn vị được dịch một mục": make_user(
            "translating", roles.CONTRIBUTORS, department=translating
        ),
        "Biên tập viên": staff["editor"],
        "Người kiểm duyệt": staff["reviewer"],
        "Người dịch tiếng Trung": staff["translator_zh"],
        "Người dịch tiếng Anh": staff["translator_en"],
        "Người hiệu đính tiếng Trung": staff["reader_zh"],
        "Người hiệu đính tiếng Anh": staff["reader_en"],
        "Quản trị viên": staff["admin"],
    }
    return {role: User.objects.get(pk=user.pk) for role, user in found.items()}


def pages() -> dict[tuple[str, str], Page]:
    """(title of the section, language) → a public page in it, written by nobody of these."""
    found = {}
    for section in home().get_children().specific():
        model = ArticlePage if ArticlePage in section.allowed_subpage_models() else InformationPage
        page = model(title="Bài", locale=section.locale, live=False)
        section.add_child(instance=page)
        publish_new(page, "test")
        found[section.title, "vi"] = page
        for code in LANGUAGES[1:]:
            found[section.title, code] = translate(page, code).specific
    return found


def table() -> str:
    """A row for each role and language; sections with the same rights share it."""
    everybody, everything = people(), pages()
    sections = list(dict.fromkeys(section for section, _code in everything))
    lines = [
        "| vai trò | ngôn ngữ | mục | " + " | ".join(ACTIONS) + " |",
        "| " + " | ".join("---" for _column in range(len(ACTIONS) + 3)) + " |",
    ]
    for role, user in everybody.items():
        for code in LANGUAGES:
            same: dict[tuple, list[str]] = {}
            for section in sections:
                page = everything[section, code]
                same.setdefault(tuple(bool(ask(user, page)) for ask in ACTIONS.values()), []).append(section)
            for answers, where in same.items():
                names = "tất cả" if len(where) == len(sections) else "; ".join(where)
                names = "các mục khác" if 1 < len(where) < len(sections) else names
                cells = " | ".join("có" if answer else "–" for answer in answers)
                lines.append(f"| {role} | {code} | {names} | {cells} |")
    return "\n".join(lines) + "\n"


def written() -> str:
    return DOCUMENT.read_text().partition(BEGIN)[2].partition(END)[0]


@pytest.mark.django_db
def test_the_table_in_the_guide_is_what_the_system_does(portal):
    assert table() == written()


def test_nobody_publishes_without_approval():
    """Nor does the system let anybody, which does what is written: that is the other test."""
    lines = written().splitlines()
    column = lines[0].split(" | ").index("đăng không duyệt")
    assert {line.split(" | ")[column] for line in lines[2:]} == {"–"}
