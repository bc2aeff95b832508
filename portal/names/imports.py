"""A table on its way into the register: sent in a request, read by a task, wholly or not at all."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log

from portal.names import table
from portal.names.models import NameImport

logger = logging.getLogger(__name__)

# Who waited longer has perhaps left the page that tells how it ended, and gets a letter.
PATIENCE = timedelta(minutes=1)
# By then a task that no queue knows has begun, and holds the lock of what it reads.
_BEGUN = timedelta(minutes=1)
_NOT_READ = (NameImport.State.INTERRUPTED, NameImport.State.OVERTAKEN)


@transaction.atomic
def send(data: bytes, file_name: str, *, user, only_check: bool) -> NameImport:
    """Put a table into the queue; the report will be in the language that is active now."""
    sent = NameImport.objects.create(
        user=user, language=translation.get_language(), file_name=file_name[-200:], file=data, only_check=only_check
    )
    run_import.enqueue(sent.pk)
    return sent


@task()
def run_import(import_id: int) -> None:
    """Read a table that was sent. What has ended already is left as it is: tasks may run twice."""
    with transaction.atomic():
        # All that wait are locked, in their order: an import begins when the one before it has ended, and compares
        # with what that one left.
        waiting = NameImport.objects.select_for_update().filter(state=NameImport.State.WAITING).order_by("pk")
        numbers = list(waiting.values_list("pk", flat=True))
        if import_id not in numbers:
            return
        # Of several workers the one with the later import may come first. What failed before is in no queue.
        queued = _queued()
        for earlier in (number for number in numbers if number < import_id and number in queued):
            try:
                with transaction.atomic():
                    _read(earlier)
            except Exception:
                logger.exception("Import %s of names fails; the task of its own will say so.", earlier)
        _read(import_id)


def _read(import_id: int) -> None:
    """Read a table whose row is locked, and write down how it ended."""
    sent = NameImport.objects.select_related("user").get(pk=import_id)
    if not sent.only_check and NameImport.objects.filter(pk__gt=sent.pk, state=NameImport.State.DONE).exists():
        # It failed, and is tried again only now: an older table must not undo silently what a newer one said.
        _end(sent, NameImport.State.OVERTAKEN)
        return
    with translation.override(sent.language):
        report = table.read(bytes(sent.file), dry_run=sent.only_check, user=sent.user)
    _end(sent, _state_of(sent, report), report)


def _state_of(sent: NameImport, report: table.Report) -> str:
    if not report.ok:
        return NameImport.State.REFUSED
    return NameImport.State.IN_ORDER if sent.only_check else NameImport.State.DONE


def _end(sent: NameImport, state: str, report: table.Report | None = None) -> None:
    """Write down how it ended, and forget the file."""
    sent.state, sent.file, sent.ended_at = state, None, timezone.now()
    if report:
        sent.report = {
            "created": len(report.created),
            "changed": len(report.changed),
            "unchanged": report.unchanged,
            "problems": [[problem.row, problem.column, problem.message] for problem in report.problems],
            "left_out": report.left_out,
        }
    sent.save(update_fields=["state", "file", "ended_at", "report"])
    if state == NameImport.State.DONE and (report.created or report.changed):
        numbers = {"created": sent.report["created"], "changed": sent.report["changed"]}
        log(instance=sent, action="portal.names.import", user=sent.user, data=numbers)
    if state in _NOT_READ or sent.ended_at - sent.sent_at > PATIENCE:
        write_letter.enqueue(sent.pk)


def end_interrupted() -> None:
    """Say of imports that nobody reads any more that they were interrupted. Asked by the scheduler in every round.

    A worker that dies leaves its task in the queue, and another one begins anew. Without a worker the process that took
    the file reads it, and nobody else knows of it; and what failed, or was given up, is in the queue no longer.
    """
    left = NameImport.objects.filter(state=NameImport.State.WAITING, sent_at__lt=timezone.now() - _BEGUN)
    for import_id in left.values_list("pk", flat=True):
        with transaction.atomic():
            # The lock of an import that is being read is not to be had.
            free = NameImport.objects.select_for_update(of=("self",), skip_locked=True).defer("file")
            sent = free.filter(pk=import_id, state=NameImport.State.WAITING).first()
            if sent and import_id not in _queued():
                _end(sent, NameImport.State.INTERRUPTED)


def _queued() -> set[int]:
    tasks = DBTaskResult.objects.filter(
        task_path=run_import.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    return {arguments["args"][0] for arguments in tasks.values_list("args_kwargs", flat=True)}


@task()
def write_letter(import_id: int) -> None:
    """Tell whoever sent a table how it ended, in their language; nothing of its content."""
    sent = NameImport.objects.defer("file").select_related("user").get(pk=import_id)
    if not sent.user or not sent.user.email:
        return
    with translation.override(sent.language):
        subject = _("Import of names: %(state)s") % {"state": sent.get_state_display()}
        report = settings.WAGTAILADMIN_BASE_URL + reverse("names_import_report", args=[sent.pk])
        send_mail(subject, f"{sent.file_name}\n{sent.get_state_display()}\n\n{report}", None, [sent.user.email])
