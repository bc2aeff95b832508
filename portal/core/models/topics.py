"""Topics: what an item is about, in three languages, reached by foreign key or translatable child rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from portal.core.models.snippets import ReviewedSnippet


class Topic(ReviewedSnippet):
    """A subject such as tourism or border trade. The code is shared by the three languages and used in addresses."""

    code = models.SlugField(_("code"), max_length=60, help_text=_("Short ASCII word used in addresses, e.g. tourism"))
    name = models.CharField(_("name"), max_length=120)

    panels = [FieldPanel("name"), FieldPanel("code")]
    override_translatable_fields = [SynchronizedField("code", overridable=False)]

    class Meta(ReviewedSnippet.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
