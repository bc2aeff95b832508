"""One short number per item, the same in every language: the address on a printed brochure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicId(models.Model):
    """Gives each `translation_key` its number. Rows outlive their pages, so printed addresses stay true."""

    translation_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("public id")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, translation_key) -> int:
        """The number of an item, made on first use."""
        return cls.objects.get_or_create(translation_key=translation_key)[0].pk
