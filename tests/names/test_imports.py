"""Tables on their way into the register: sent by a form, read by a task, told wherever the person is by then."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from portal.audit.models import AuditEntry
from portal.contributors import roles
from portal.names import imports, table
from portal.names.models import Name, NameImport
from portal.publishing.schedule import round_ended
from tests.builders import make_user
from tests.worker import work

pytestmark = pytest.mark.django_db
GOOD = "code,kind,vi,zh_hans,en,approved\na,place,Một,一,One,yes\n".encode()
BAD = GOOD.replace(b"place", b"planet")


@pytest.fixture
def editor(portal, client):
    user = make_user("ed", roles.EDITORS)
    client.force_login(user)
    return user


def send(client, data=GOOD, **fields):
    file = SimpleUploadedFile("tên gọi.csv", data)
    return client.post(reverse("names_import"), {"file": file, **fields}, follow=True)


def later(monkeypatch):
    now = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_a_table_is_imported_and_its_page_says_so_again_later(client, editor):
    answer = send(client)
    sent = NameImport.objects.get()
    assert answer.redirect_chain[0][0] == reverse("names_import_report", args=[sent.pk])
    assert Name.objects.get().latest_revision.user == editor and "Refresh" not in answer
    assert sent.file is None, "what was sent is kept no longer than it is needed"
    assert "tên gọi.csv" in client.get(reverse("names_import")).content.decode()
    assert AuditEntry.objects.get(action="portal.names.import").data == {"created": 1, "changed": 0}
    assert not mail.outbox, "who has only just sent it is still there"


def test_a_check_changes_nothing(client, editor):
    send(client, dry_run="on")
    sent = NameImport.objects.get()
    assert (sent.state, sent.report["created"]) == ("in_order", 1) and not Name.objects.exists()
    assert not AuditEntry.objects.filter(action="portal.names.import").exists()


def test_bad_rows_are_named_in_the_language_of_the_person(client, editor):
    html = send(client, BAD).content.decode()
    assert "planet" in html and "place, unit, office" in html and "<td>kind</td>" in html
    assert NameImport.objects.get().state == "refused" and not Name.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"PK\x03\x04workbook", "mã,tên\n".encode(), "code,kind,vi\na,place,Đông".encode("cp1258")],
)
def test_what_is_no_table_is_refused_at_once(client, editor, data):
    answer = send(client, data)
    assert not answer.redirect_chain and answer.context["form"].errors["file"]
    assert not NameImport.objects.exists()


def test_others_neither_import_nor_read_reports(client, editor):
    send(client)
    Name.objects.all().delete()
    client.force_login(make_user("con", roles.CONTRIBUTORS))
    send(client)
    assert not Name.objects.exists()
    assert client.get(reverse("names_import_report", args=[NameImport.objects.get().pk])).status_code == 302


def test_while_it_is_under_way_the_page_looks_again_and_the_next_person_is_told(client, editor, queue):
    answer = send(client)
    assert answer["Refresh"] and not Name.objects.exists()
    told = [str(message) for message in send(client, GOOD.replace(b"One", b"Two")).context["messages"]]
    assert len(told) == 1
    work()
    assert list(NameImport.objects.values_list("state", flat=True)) == ["done", "done"]
    assert Name.objects.get().en == "Two" and Name.objects.get().revisions.count() == 2, "one after the other"


def test_who_waited_long_gets_a_letter(client, editor, queue, monkeypatch):
    send(client)
    later(monkeypatch)
    work()
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert reverse("names_import_report", args=[NameImport.objects.get().pk]) in mail.outbox[0].body


def test_what_dies_in_the_middle_leaves_nothing_and_begins_anew(client, editor, queue, monkeypatch):
    send(client)
    with monkeypatch.context() as patched:
        patched.setattr(imports, "_end", lambda *_arguments: 1 / 0)  # behind all that was written
        work()
    assert not Name.objects.exists() and NameImport.objects.get().file
    DBTaskResult.objects.update(status="READY", finished_at=None)  # as for a worker that died
    later(monkeypatch)
    imports.end_interrupted()
    assert NameImport.objects.get().state == "waiting", "the queue still has it"
    work()
    assert NameImport.objects.get().state == "done" and Name.objects.exists()
    imports.run_import.call(NameImport.objects.get().pk)
    assert NameImport.objects.count() == Name.objects.get().revisions.count() == 1


def test_what_failed_undoes_nothing_of_a_later_table_when_it_is_tried_again(client, editor, queue, monkeypatch):
    send(client, GOOD.replace(b"One", b"Older"))
    send(client, dry_run="on")
    with monkeypatch.context() as patched:
        patched.setattr(table, "read", lambda *_arguments, **_named: 1 / 0)
        work()
    send(client, GOOD.replace(b"One", b"Newer"))
    work()
    DBTaskResult.objects.filter(status="FAILED").update(status="READY", finished_at=None)
    work()
    states = dict(NameImport.objects.order_by("pk").values_list("pk", "state"))
    assert list(states.values()) == ["overtaken", "in_order", "done"], "a check alone undoes nothing"
    assert Name.objects.get().en == "Newer" and Name.objects.get().revisions.count() == 1
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "en"})
    told = client.get(reverse("names_import_report", args=[min(states)]))
    assert "a later one was imported meanwhile" in told.content.decode() and "Refresh" not in told


def test_of_two_workers_the_one_with_the_later_table_reads_the_earlier_one_first(client, editor, queue):
    send(client, GOOD.replace(b"One", b"Older"))
    send(client, GOOD.replace(b"One", b"Newer"))
    imports.run_import.call(max(NameImport.objects.values_list("pk", flat=True)))
    work()
    assert set(NameImport.objects.values_list("state", flat=True)) == {"done"}
    assert Name.objects.get().en == "Newer" and Name.objects.get().revisions.count() == 2


def test_an_import_that_nobody_reads_any_more_is_told_to_be_interrupted(client, editor, monkeypatch):
    monkeypatch.setattr(table, "read", lambda *_arguments, **_named: 1 / 0)
    send(client)
    imports.end_interrupted()
    assert NameImport.objects.get().state == "waiting", "perhaps it is being read"
    later(monkeypatch)
    round_ended.send(sender=None)  # the scheduler itself would find that this clock is not the database's
    sent = NameImport.objects.get()
    assert sent.state == "interrupted" and sent.file is None and not Name.objects.exists()
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert client.get(reverse("names_import_report", args=[sent.pk])).status_code == 200
