"""How acts come into the audit log: whatever Wagtail's own log hears of, the audit log hears of too.

So there is one call, `wagtail.log_actions.log`, and the history of a page and the audit log cannot disagree.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, TaskState

from portal.audit.models import AuditEntry

# Autosaves, locks and renames are left to the history of the page.
_WATCHED = (
    "portal.",
    "wagtail.create",
    "wagtail.delete",
    "wagtail.move",
    "wagtail.publish.schedule",
    "wagtail.schedule.cancel",
    "wagtail.unpublish",
    "wagtail.view_restriction.",
    "wagtail.workflow.",
)
DECISIONS = ("wagtail.workflow.approve", "wagtail.workflow.reject")
_SECTION_DEPTH = 3


class WithComment(LogFormatter):
    """An act whose reason or particulars the history of the page shows as well."""

    def format_comment(self, log_entry) -> str:
        return log_entry.data.get("comment", "")


def digest_of_revision(revision: Revision) -> str:
    """SHA-256, in hexadecimal, over everything a version holds."""
    content = json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(content.encode()).hexdigest()


def rewrite(revision: Revision, content: dict, user=None) -> None:
    """Write what nobody reads into a version that stays the same; of one that was reviewed the log knows both digests.

    The entry's own digest is the new one, so that the digest of a checklist can still be followed to the version.
    """
    before = digest_of_revision(revision)
    revision.content = content
    revision.save(update_fields=["content"])
    if revision.task_states.exists():
        log(
            instance=revision.content_object,
            action="portal.version.adjust",
            user=user,
            revision=revision,
            data={"before": before},
        )


def name_of(user) -> str:
    """The person's full name with the account's name."""
    full_name = user.get_full_name().strip()
    return f"{full_name} ({user.get_username()})" if full_name else user.get_username()


@receiver(post_save, sender=PageLogEntry, dispatch_uid="portal_audit_page")
def record_page(instance: PageLogEntry, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw and instance.action.startswith(_WATCHED):
        page = Page.objects.filter(pk=instance.page_id).select_related("locale").first()
        if page is None or page.alias_of_id is None:  # a page that mirrors another does nothing of its own
            _record(instance, instance.page_id, page)


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="portal_audit_model")
def record_model(instance: ModelLogEntry, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw and instance.action.startswith(_WATCHED):
        model = instance.content_type.model_class()
        _record(instance, instance.object_id, model._default_manager.filter(pk=instance.object_id).first())


def _record(entry, object_id, obj) -> None:
    """Copy an entry of Wagtail's log, with what only the object can tell; `obj` is None where it is gone."""
    revision = Revision.objects.filter(pk=entry.revision_id).first() if entry.revision_id else None
    data = dict(entry.data)
    if entry.action == "wagtail.delete" and isinstance(obj, Page):
        # What readers lost counts as withdrawn. A draft they never saw does not, nor an alias, which does not know any
        # more at this moment that it was one.
        data["live"] = obj.live and was_published(_type_of(entry, obj), object_id)
    if entry.action in DECISIONS:
        data |= _times_of(data["workflow"]["task_state_id"])
    locale = getattr(obj, "locale", None)
    AuditEntry.objects.create(
        at=entry.timestamp,
        action=entry.action,
        actor_id=entry.user_id,
        actor_name=name_of(entry.user)[:300] if entry.user else "",
        model=_type_of(entry, obj)._meta.label,
        object_id=str(object_id),
        translation_key=getattr(obj, "translation_key", None),
        title=entry.label[:300],
        language=locale.language_code if locale else "",
        section_key=_section_of(obj) if isinstance(obj, Page) else None,
        department=_department_of(obj) if isinstance(obj, Page) else "",
        revision_id=entry.revision_id,
        digest=digest_of_revision(revision) if revision else "",
        comment=str(data.pop("comment", "") or ""),
        data=data,
    )


def was_published(model: type, object_id: int | str) -> bool:
    """Whether an object was public before. Asked of the log: an alias that becomes a translation has dates already."""
    return entries_of(model, object_id).filter(action="portal.publish", data__live=True).exists()


def entries_of(model: type, object_id: int | str) -> QuerySet[AuditEntry]:
    """What the log has of one object."""
    return AuditEntry.objects.filter(model=model._meta.label, object_id=str(object_id))


def _times_of(task_state_id: int) -> dict:
    """When a review began and until when it was due: Wagtail's own record of it goes with the page."""
    times = TaskState.objects.filter(pk=task_state_id).values("started_at", due_at=F("deadline__due_at"))
    return times.first() or {}


def _type_of(entry, obj) -> type:
    """The type of an object; Wagtail's log sometimes knows only that it is a page."""
    return obj.specific_class if isinstance(obj, Page) else entry.content_type.model_class()


def _section_of(page: Page):
    """Translation key of the section a page lies in; None for front pages."""
    path = page.path[: page.steplen * _SECTION_DEPTH]
    return Page.objects.filter(path=path, depth=_SECTION_DEPTH).values_list("translation_key", flat=True).first()


def _department_of(page: Page) -> str:
    department = getattr(page.specific, "department", None)
    return department.code if department else ""
