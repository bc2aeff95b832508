"""Who runs the portal and how to reach them: one record per language, shown in the footer of every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail_localize.fields import SynchronizedField

from portal.core.fields import PortalStreamField
from portal.core.models.snippets import ReviewedSnippet


class PortalInformation(ReviewedSnippet):
    """The portal's name, managing body and contacts (Decree 42/2022 asks for them on every page)."""

    portal_name = models.CharField(_("name of the portal"), max_length=160)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    managing_body = models.CharField(_("managing body"), max_length=200)
    responsible_office = models.CharField(
        _("responsible for content"), max_length=200, blank=True, help_text=_("An office rather than a person's name")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    licence_note = models.CharField(
        _("terms of re-use"), max_length=250, blank=True, help_text=_("E.g. name the source when you quote this page.")
    )
    footer_pages = PortalStreamField(
        [("page", PageChooserBlock())],
        verbose_name=_("pages in the footer"),
        blank=True,
        help_text=_("E.g. accessibility, privacy, contact. The Vietnamese record decides for all languages."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("portal_name"), FieldPanel("tagline")], heading=_("Portal")),
        MultiFieldPanel(
            [
                FieldPanel("managing_body"),
                FieldPanel("responsible_office"),
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("licence_note"),
                FieldPanel("footer_pages"),
            ],
            heading=_("Managing body and contacts"),
        ),
    ]
    override_translatable_fields = [
        SynchronizedField("phone", overridable=False),
        SynchronizedField("email", overridable=False),
        SynchronizedField("footer_pages", overridable=False),
    ]

    class Meta(ReviewedSnippet.Meta):
        verbose_name = _("portal information")
        verbose_name_plural = _("portal information")

    def __str__(self) -> str:
        return self.portal_name
