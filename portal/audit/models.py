"""The log of what reached the public and through whose hands: rows are added and never changed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act of one person. Everything is written out, so that the row stays true when its page or person goes.

    The database itself refuses UPDATE and DELETE (migration 0002); `save()` and `delete()` say so more politely.
    """

    at = models.DateTimeField(_("time"), db_index=True)
    action = models.CharField(_("action"), max_length=100, db_index=True)
    actor_id = models.BigIntegerField(_("user number"), null=True)
    actor_name = models.CharField(_("user"), max_length=300, blank=True)
    model = models.CharField(_("type"), max_length=100)
    object_id = models.CharField(_("number"), max_length=64)
    translation_key = models.UUIDField(null=True, db_index=True)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10, blank=True)
    section_key = models.UUIDField(null=True)  # translation key of the section's page
    department = models.CharField(_("department"), max_length=60, blank=True)  # its code
    revision_id = models.BigIntegerField(_("version"), null=True)
    digest = models.CharField(_("digest of the version"), max_length=64, blank=True)  # SHA-256
    comment = models.TextField(_("comment"), blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["action", "at"], name="audit_action_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action} «{self.title}»"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("entries of the audit log are not changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("entries of the audit log are not deleted")
