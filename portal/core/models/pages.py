"""The base of every page type: who answers for it, how it is translated, and its one way into public."""

from http import HTTPMethod

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.core.addresses import RESERVED_SLUGS
from portal.core.blocks import BodyStreamBlock
from portal.core.fields import PortalStreamField
from portal.core.listing import PortalPageManager
from portal.core.slugs import SlugPanel, proper_slug
from portal.publishing.approvals import KeepsReviewedVersions
from portal.publishing.permissions import PortalPagePermissionTester


class BasePage(KeepsReviewedVersions, Page):
    """What all pages share. Abstract: wagtail-localize does not support a swapped base page model.

    Subclasses extend the lists by unpacking and name in `neutral_fields` what must be equal in three languages; the
    publishing service writes those fields of a published original into its live translations and their drafts.
    """

    # Kind of the page in search and listings; a whole-site check asks every type for it.
    search_kind: str = "page"
    neutral_fields: tuple[str, ...] = (
        "slug",
        "department",
        "review_date",
        "show_in_menus",
        "menu_until",
        "expire_at",  # a translation is copied with it, and its editor has no field for it
    )

    summary = models.TextField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences for lists, search and social cards")
    )
    lead_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What a reader who cannot see the picture should know. Empty only for pure decoration."),
    )
    lead_caption = models.CharField(_("caption and credit"), max_length=250, blank=True)
    department = models.ForeignKey(
        "contributors.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Answers for the content of this page"),
    )
    review_date = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("The day somebody should check that this page is still right"),
    )
    minor_change = models.BooleanField(
        _("this change does not touch the translations"),
        default=False,
        help_text=_(
            "For a corrected typing error. Otherwise readers of the translations are told that the original changed."
        ),
    )

    menu_until = models.DateTimeField(
        _("in the menu until"),
        null=True,
        blank=True,
        help_text=_("For a temporary entry of the header's menu; empty: as long as «Show in menus» is set."),
    )

    objects = PortalPageManager()
    # Pages are read; what readers send goes to addresses of its own (docs/decisions/0008).
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    lead_panel = MultiFieldPanel(
        [FieldPanel("lead_picture"), FieldPanel("lead_alt"), FieldPanel("lead_caption")], heading=_("Lead picture")
    )
    responsibility_panel = MultiFieldPanel(
        [FieldPanel("department"), FieldPanel("review_date"), FieldPanel("minor_change")], heading=_("Responsibility")
    )
    content_panels = [*Page.content_panels, FieldPanel("summary"), lead_panel]
    promote_panels = [
        SlugPanel("slug"),
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("menu_until")], heading=_("Menu")),
    ]
    settings_panels = [PublishingPanel(), responsibility_panel]

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("department")]

    @classproperty
    def base_form_class(cls):
        """The administration's form. Imported late: Wagtail's forms need every model to be loaded."""
        from portal.core.forms import PortalPageForm

        return PortalPageForm

    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("review_date", overridable=False),
        SynchronizedField("minor_change", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("menu_until", overridable=False),
    ]

    class Meta:
        abstract = True

    # -- language ------------------------------------------------------------------------------------------------
    @property
    def is_original(self) -> bool:
        """Whether this page is written rather than translated: Vietnamese is the source language."""
        return self.locale.language_code == settings.LANGUAGE_CODE

    @cached_property
    def is_untranslated(self) -> bool:
        """Whether this page only mirrors an original of another language. In public that means «not translated yet»."""
        return bool(self.alias_of_id) and not self.is_original

    # -- rules ---------------------------------------------------------------------------------------------------
    def _set_core_field_defaults(self):
        """Before Wagtail makes or checks the address: Vietnamese letters become ASCII ones, never gaps."""
        slug = proper_slug(self.slug, self.title)
        if slug != self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            self.slug = self._get_autogenerated_slug(slug)
        super()._set_core_field_defaults()

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        return super()._get_autogenerated_slug(f"{base_slug}-1" if base_slug in RESERVED_SLUGS else base_slug)

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is used by the portal itself. Choose another.")})

    def permissions_for_user(self, user):
        return PortalPagePermissionTester(user, self)

    # -- publishing ----------------------------------------------------------------------------------------------
    def publish(self, revision, **kwargs):
        """Hand the revision to the publishing service, which refuses what nobody approved."""
        from portal.publishing.service import publish_revision

        return publish_revision(revision, **kwargs)

    # -- preview -------------------------------------------------------------------------------------------------
    def _get_dummy_headers(self, original_request=None):
        """The address as the server in front hands it over, without the prefix: by it a preview gets its language."""
        headers = super()._get_dummy_headers(original_request)
        headers["PATH_INFO"] = headers["PATH_INFO"].removeprefix(settings.FORCE_SCRIPT_NAME or "")
        return headers

    # -- serving -------------------------------------------------------------------------------------------------
    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer with the page, or with an honest stub where this language has no translation yet."""
        from portal.translation.stubs import needs_stub, stub_response

        if not getattr(request, "is_preview", False) and needs_stub(self):
            return stub_response(self, request)
        return super().serve(request, *args, **kwargs)


class BodyPage(BasePage):
    """A page with a body and a word on where its facts come from."""

    body = PortalStreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    source = models.TextField(
        _("source of the facts"), max_length=500, blank=True, help_text=_("Document or publication, with its date")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("source")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("source")]

    class Meta:
        abstract = True


class SectionIndexPage(BodyPage):
    """The landing page of a section: an introduction and what the section holds."""

    search_kind = "section"
    reads_of_query = ("page",)

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from portal.core.listing import children_of, paginate

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = paginate(children_of(self), request)
        return context

    def newest(self, number: int) -> list[Page]:
        """What the front page shows of this section: its pages of lasting information, the newest first."""
        from portal.core.listing import published

        pages = published(Page.objects.descendant_of(self)).filter(numchild=0).order_by("-first_published_at", "-pk")
        return list(pages.defer_streamfields().specific()[:number])
