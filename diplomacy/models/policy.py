"""Section 5, foreign policy."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import SectionIndexPage


class PolicyIndexPage(SectionIndexPage):
    """The landing page of section 5, foreign policy."""

    template = "core/section_index_page.html"
    page_description = _("The landing page of section 5, foreign policy.")

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("foreign policy")
        verbose_name_plural = _("foreign policy")
