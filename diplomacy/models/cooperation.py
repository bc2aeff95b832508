"""Section 4, international cooperation."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import SectionIndexPage


class CooperationIndexPage(SectionIndexPage):
    """The landing page of section 4, international cooperation."""

    template = "core/section_index_page.html"
    page_description = _("The landing page of section 4, international cooperation.")

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("international cooperation")
        verbose_name_plural = _("international cooperation")
