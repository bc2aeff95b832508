"""The front page and section 1, general information. Its page types also serve sections an editor adds."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import BaseTranslatableField

from home.blocks import FrontPageStreamBlock
from home.front import FrontContent
from portal.core.fields import PortalStreamField
from portal.core.models import BodyPage, SectionIndexPage

# Landing pages of the plan's sections. `home.InformationIndexPage` comes last: with it an editor adds an eighth.
SECTION_TYPES = [
    "news.NewsIndexPage",
    "investment.PotentialIndexPage",
    "diplomacy.CooperationIndexPage",
    "diplomacy.PolicyIndexPage",
    "borders.BordersIndexPage",
    "diaspora.DiasporaIndexPage",
    "home.InformationIndexPage",
]


class OwnField(BaseTranslatableField):
    """Every language has its own value: neither translated nor copied from the original."""


class HomePage(BodyPage):
    """The front page of one language."""

    template = "home/home_page.html"
    page_description = _("The front page. There is one for each language.")
    search_kind = "section"

    body = PortalStreamField(FrontPageStreamBlock(), verbose_name=_("body"), blank=True)

    # Front pages stand side by side, so their slugs must differ; no address shows them.
    neutral_fields = tuple(name for name in BodyPage.neutral_fields if name != "slug")
    override_translatable_fields = [
        OwnField("slug"),
        *(field for field in BodyPage.override_translatable_fields if field.field_name != "slug"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = SECTION_TYPES

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from news.models import ArticlePage

        context = super().get_context(request, *args, **kwargs)
        context["front"] = FrontContent(self)
        if not context["front"].newest:  # a front page that nobody has composed yet shows the news
            articles = ArticlePage.objects.descendant_of(self).published().newest_first()
            context["latest"] = list(articles.for_cards()[:7])
        return context


class InformationIndexPage(SectionIndexPage):
    """A section, or a part of one, made of general pages."""

    template = "core/section_index_page.html"
    page_description = _("A section or a part of one: an introduction and the list of what it holds.")

    parent_page_types = [
        "home.HomePage",
        "home.InformationIndexPage",
        "investment.PotentialIndexPage",
        "diplomacy.CooperationIndexPage",
        "diplomacy.PolicyIndexPage",
        "borders.BordersIndexPage",
        "diaspora.DiasporaIndexPage",
    ]
    subpage_types = ["home.InformationIndexPage", "home.InformationPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class InformationPage(BodyPage):
    """A general page with a body, in any section."""

    template = "home/information_page.html"
    page_description = _("A page of lasting information: text, pictures, tables, figures, files.")
    search_kind = "information"

    parent_page_types = [
        "home.InformationIndexPage",
        "investment.PotentialIndexPage",
        "diplomacy.CooperationIndexPage",
        "diplomacy.PolicyIndexPage",
        "borders.BordersIndexPage",
        "diaspora.DiasporaIndexPage",
    ]
    subpage_types = []

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
