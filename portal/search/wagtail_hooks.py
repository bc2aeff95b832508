"""The editors' levers on the public search, and the report of what was searched."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.documents import get_document_model
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.search import admin_reports
from portal.search.models import BestBet, Synonyms
from portal.search.signals import follow_documents


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "resubmit"
    menu_label = _("Synonyms")
    list_display = [
        Column("__str__", label=_("Words and expressions")),
        Column("get_language_display", label=_("Language")),
    ]
    list_filter = ["language"]
    search_fields = ["words"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["language", "words"]


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    menu_label = _("Chosen results")
    list_display = [
        Column("__str__", label=_("Queries and page")),
        Column("get_language_display", label=_("Language")),
        Column("order", label=_("Order"), sort_key="order"),
        BooleanColumn("is_shown", label=_("The page is public")),
    ]
    list_filter = ["language"]
    search_fields = ["queries"]
    search_backend_name = None


class SearchGroup(SnippetViewSetGroup):
    """What editors do so that readers find."""

    items = (SynonymsViewSet, BestBetViewSet)
    menu_label = _("Public search")
    menu_name = "public-search"
    menu_icon = "search"
    menu_order = 270


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def register_urls():
    report = admin_reports.SearchReport
    return [
        path("reports/searches/", report.as_view(), name="searched_queries"),
        path("reports/searches/results/", report.as_view(results_only=True), name="searched_queries_results"),
    ]


class _SearchReportItem(MenuItem):
    def is_shown(self, request) -> bool:
        return admin_reports.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_report():
    return _SearchReportItem(_("What readers searched"), reverse("searched_queries"), icon_name="search", order=720)


@hooks.register("after_bulk_action")
def documents_changed_together(request, action_type, objects, action) -> None:
    """«Add to collection» writes past every signal, perhaps into a collection that is not open to everybody."""
    if action.models and get_document_model() in action.models:
        follow_documents([one for one in objects if one.pk])
