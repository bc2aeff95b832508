"""The audit log tells who did what with which version, and nobody can make it tell something else."""

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.audit.recording import digest_of_revision
from portal.contributors.models import Department
from tests.builders import approve, locale, make_article, make_staff, news, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


@pytest.fixture
def published(staff):
    department = Department.objects.get(code="so-ngoai-vu", locale=locale("vi"))
    article = make_article("Chè", publish=False, department=department)
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])
    return article


def acts(page) -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(object_id=str(page.pk), model="news.ArticlePage").order_by("pk")
    return [(entry.action, entry.actor_name) for entry in entries]


def test_the_way_of_a_text_is_in_the_log(staff, published):
    published.unpublish(user=staff["editor"])
    assert [act for act in acts(published) if act[1]] == [
        ("wagtail.workflow.start", "contributor"),
        ("wagtail.workflow.approve", "editor"),
        ("portal.review.confirm", "reviewer"),
        ("wagtail.workflow.approve", "reviewer"),
        ("portal.publish", "reviewer"),
        ("wagtail.unpublish", "editor"),
    ]


def test_an_entry_says_all_that_reports_ask(staff, published):
    entry = AuditEntry.objects.get(action="portal.publish", model="news.ArticlePage")
    assert (entry.title, entry.language, entry.department) == ("Chè", "vi", "so-ngoai-vu")
    assert entry.section_key == news().translation_key
    assert entry.translation_key == published.translation_key
    assert entry.digest == digest_of_revision(published.live_revision)
    assert entry.data["first"] is True


def test_an_entry_outlives_its_page_and_its_person(staff, published):
    before = acts(published)
    published.delete()
    staff["contributor"].delete()
    assert acts(published)[: len(before)] == before


def test_aliases_leave_no_entries(staff, published):
    entries = AuditEntry.objects.filter(translation_key=published.translation_key)
    assert entries.exists()
    assert set(entries.values_list("object_id", flat=True)) == {str(published.pk)}


def test_the_database_refuses_to_change_an_entry(staff, published):
    table = AuditEntry._meta.db_table
    before = list(AuditEntry.objects.values())
    for attempt in (
        lambda: AuditEntry.objects.update(actor_name="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: connection.cursor().execute(f"DELETE FROM {table}"),
        lambda: connection.cursor().execute(f"UPDATE {table} SET comment = 'x'"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            attempt()
    entry = AuditEntry.objects.first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    assert list(AuditEntry.objects.values()) == before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
def test_postgresql_refuses_to_empty_the_table(staff, published):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("TRUNCATE audit_auditentry")


def test_no_right_to_change_the_log_can_be_given():
    codes = Permission.objects.filter(content_type__app_label="audit").values_list("codename", flat=True)
    assert set(codes) == {"view_auditentry"}


@pytest.mark.parametrize(("role", "allowed"), [("admin", True), ("editor", True), ("reviewer", True),
                                                ("contributor", False), ("translator_en", False)])  # fmt: skip
def test_who_reads_the_log(client, staff, published, role, allowed):
    client.force_login(staff[role])
    response = client.get(reverse("audit_log"))
    assert (response.status_code == 200) is allowed
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("audit_log") in menu) is allowed


def test_filtering_and_sorting(client, staff, published):
    client.force_login(staff["admin"])
    other = translate(make_article("Khác"))
    answer = client.get(reverse("audit_log"), {"action": "portal.publish", "language": "en", "ordering": "title"})
    assert {entry.object_id for entry in answer.context["object_list"] if entry.model == "news.ArticlePage"} == {
        str(other.pk)
    }
    assert client.get(reverse("audit_log"), {"at_from": "no-date", "action": "no-action"}).status_code == 200


def test_languages_are_called_by_their_names(client, staff, published):
    translate(make_article("Khác"), "zh-hans")
    client.force_login(staff["admin"])
    cells = BeautifulSoup(client.get(reverse("audit_log")).content, "html.parser").select("table.listing td")
    shown = {cell.get_text(strip=True) for cell in cells}
    csv = client.get(reverse("audit_log"), {"export": "csv"}).content.decode("utf-8-sig")
    assert {"Tiếng Việt", "简体中文"} <= shown and not {"vi", "zh-hans"} & shown
    assert ",简体中文," in csv and ",zh-hans," not in csv


def test_downloads_hold_the_checklist_and_no_formula(client, staff, portal):
    article = make_article('=HYPERLINK("http://evil.example")', publish=False)
    article.save_revision(user=staff["contributor"])
    submit(article, staff["contributor"])
    approve(article, staff["editor"], staff["reviewer"])
    client.force_login(staff["reviewer"])
    csv = client.get(reverse("audit_log"), {"export": "csv"}).content.decode("utf-8-sig")
    assert "bí mật nhà nước" in csv
    assert "\n=" not in csv and ",=" not in csv
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("audit_log"), {"export": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert AuditEntry.objects.get(action="portal.review.confirm").digest in {cell.value for cell in cells}
