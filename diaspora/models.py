"""Section 7, overseas Vietnamese."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import SectionIndexPage


class DiasporaIndexPage(SectionIndexPage):
    """The landing page of section 7, overseas Vietnamese."""

    template = "core/section_index_page.html"
    page_description = _("The landing page of section 7, overseas Vietnamese.")

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("overseas Vietnamese")
        verbose_name_plural = _("overseas Vietnamese")
