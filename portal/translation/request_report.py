"""What readers ask to have translated, most wanted first: the translators' queue."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from portal.core.languages import own_name
from portal.translation.desk.people import works_on_everything
from portal.translation.models import TranslationRequest


def may_see(user) -> bool:
    return works_on_everything(user)


class TranslationRequestReport(ReportView):
    """One row an item and language that is not translated yet."""

    model = TranslationRequest
    page_title = _("Readers' requests for translation")
    header_icon = "wagtail-localize-language"
    index_url_name = "translation_requests"
    index_results_url_name = "translation_requests_results"
    paginate_by = 50
    default_ordering = "-count"
    is_searchable = False
    list_export = ["title", "language", "count", "first_requested_at", "last_requested_at"]
    export_headings = {
        "title": _("Item"),
        "language": _("Language"),
        "count": _("Requests"),
        "first_requested_at": _("First asked"),
        "last_requested_at": _("Last asked"),
    }
    columns = [
        TitleColumn("title", label=_("Item"), get_url=lambda row: translate_url(row)),
        Column("language", label=_("Language"), accessor="language"),
        Column("count", label=_("Requests"), sort_key="count"),
        DateColumn("last_requested_at", label=_("Last asked"), sort_key="last_requested_at"),
    ]

    permission_required = "submit_translation"

    def user_has_permission(self, permission) -> bool:
        return may_see(self.request.user)

    def get_filename(self) -> str:
        return "translation-requests"

    def get_base_queryset(self):
        pages = Page.objects.filter(translation_key=OuterRef("translation_key"))
        here = pages.filter(locale=OuterRef("locale"))
        original = pages.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)
        rows = TranslationRequest.objects.select_related("locale").annotate(
            title=Subquery(original.values("title")[:1]),
            original_id=Subquery(original.values("pk")[:1]),
            target_id=Subquery(here.filter(alias_of=None).values("pk")[:1]),
        )
        translated = here.filter(live=True, alias_of=None)
        return rows.filter(~Exists(translated), original_id__isnull=False).order_by("-count", "-last_requested_at")

    def decorate_paginated_queryset(self, object_list):
        for row in object_list:
            row.language = own_name(row.locale.language_code)
        return object_list


def translate_url(row: TranslationRequest) -> str:
    """Where this translation is made: its editor if it was begun, else the form that begins it."""
    if row.target_id:
        return reverse("wagtailadmin_pages:edit", args=[row.target_id])
    begin = reverse("wagtail_localize:submit_page_translation", args=[row.original_id])
    return f"{begin}?select_locale={row.locale.language_code}"
