"""Section 3, Lai Châu's potential and development."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import SectionIndexPage


class PotentialIndexPage(SectionIndexPage):
    """The landing page of section 3, Lai Châu's potential and development."""

    template = "core/section_index_page.html"
    page_description = _("The landing page of section 3, Lai Châu's potential and development.")

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("potential and development")
        verbose_name_plural = _("potential and development")
