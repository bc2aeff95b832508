"""Tables that people send to be read into the register."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NameImport(models.Model):
    """A table that somebody sent, until it is read; afterwards what became of it.

    The file is kept here, because the machine that reads it may be another one than took it, and here nobody else can
    fetch it. It goes as soon as the import has ended.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("under way")
        DONE = "done", _("imported")
        IN_ORDER = "in_order", _("only checked, in order")
        REFUSED = "refused", _("not imported: bad rows")
        INTERRUPTED = "interrupted", _("not imported: interrupted")
        OVERTAKEN = "overtaken", _("not imported: a later table came first")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("user")
    )
    language = models.CharField(max_length=10)  # in which the person reads the report
    file_name = models.CharField(_("file"), max_length=200)
    file = models.BinaryField(null=True)
    only_check = models.BooleanField(default=False)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING, db_index=True)
    # created, changed, unchanged and left_out as numbers; problems as [row, column, message].
    report = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import of names")
        verbose_name_plural = _("imports of names")
        ordering = ["-pk"]
        default_permissions = ()  # whoever may add and change names sees them

    def __str__(self) -> str:
        return self.file_name
