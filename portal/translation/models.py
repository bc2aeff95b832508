"""What each translation follows, and which translations readers ask for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.Model):
    """Of a published translation: whose text it follows, since when, and whether the original changed since.

    A page that has no such row was never published as a translation; its address answers with the stub.
    Digests are over the translatable words of the original, so that a changed date makes nothing out of date.
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="translation_state")
    approved_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    followed_digest = models.CharField(max_length=64)
    followed_at = models.DateTimeField(_("follows the text of"))
    original_digest = models.CharField(max_length=64)
    original_changed_at = models.DateTimeField(_("original changed at"))
    withdrawn_with_original = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")

    def __str__(self) -> str:
        return f"{self.page_id}: {'out of date' if self.is_out_of_date else 'follows its original'}"

    @property
    def is_out_of_date(self) -> bool:
        return self.followed_digest != self.original_digest


class TranslationBasis(models.Model):
    """Of a draft revision made from translated strings: the original's words it was made from."""

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="translation_basis")
    digest = models.CharField(max_length=64)
    original_published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.digest[:8]}"


class TranslationRequest(models.Model):
    """How often readers asked for a page in a language; the count orders the translators' queue."""

    translation_key = models.UUIDField(editable=False)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(_("requests"), default=0)
    first_requested_at = models.DateTimeField(_("first asked"), auto_now_add=True)
    last_requested_at = models.DateTimeField(_("last asked"), auto_now=True)

    class Meta:
        verbose_name = _("request for a translation")
        verbose_name_plural = _("requests for translations")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="one_request_row_per_item_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} → {self.locale_id}: {self.count}"


class RequestsOfDay(models.Model):
    """How many of the requests came on one day: what the reports of a period count."""

    request = models.ForeignKey(TranslationRequest, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveIntegerField(_("requests"), default=0)

    class Meta:
        verbose_name = _("requests for translations on a day")
        verbose_name_plural = _("requests for translations by day")
        constraints = [models.UniqueConstraint(fields=["request", "day"], name="one_row_per_request_and_day")]

    def __str__(self) -> str:
        return f"{self.request} ({self.day}: {self.count})"


class TranslationDeadline(models.Model):
    """The day by which an editor wants a page in a language.

    It goes when the translation is published; the publication's entry in the audit log keeps it for the reports.
    """

    translation_key = models.UUIDField(editable=False)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(_("due on"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("day a translation is due")
        verbose_name_plural = _("days translations are due")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="one_deadline_per_item_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} → {self.locale_id}: {self.due_on}"


class OriginalSize(models.Model):
    """How many words of an original there are to translate, counted once a publication."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="original_size")
    words = models.PositiveIntegerField(_("words"))

    def __str__(self) -> str:
        return f"{self.page_id}: {self.words}"


class MemoryKey(models.Model):
    """Hash of a run of words of a sentence; by these a sentence that is nearly the same is found."""

    string = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="memory_keys")
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "string"], name="one_memory_key_per_string")]

    def __str__(self) -> str:
        return f"{self.key}: {self.string_id}"
