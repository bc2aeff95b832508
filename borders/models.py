"""Section 6, seas, islands and borders."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import SectionIndexPage


class BordersIndexPage(SectionIndexPage):
    """The landing page of section 6, seas, islands and borders."""

    template = "core/section_index_page.html"
    page_description = _("The landing page of section 6, seas, islands and borders.")

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("seas, islands and borders")
        verbose_name_plural = _("seas, islands and borders")
