"""What readers searched, most wanted first, and what of it found nothing."""

import django_filters
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.core.inspect_in_words import DayColumn
from portal.search.models import SearchedQuery


def may_see(user) -> bool:
    return user.has_perm("portal_search.view_searchedquery")


class SearchedQueryFilters(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    nothing = django_filters.BooleanFilter(label=_("Found nothing"), method="found_nothing")

    class Meta:
        model = SearchedQuery
        fields = ["day", "language"]

    def found_nothing(self, queryset, name, value):
        return queryset.filter(found=0) if value else queryset.exclude(found=0)


class SearchReport(ReportView):
    """One row a query, language and day."""

    model = SearchedQuery
    page_title = _("What readers searched")
    header_icon = "search"
    index_url_name = "searched_queries"
    index_results_url_name = "searched_queries_results"
    filterset_class = SearchedQueryFilters
    paginate_by = 50
    default_ordering = "-searches"
    is_searchable = False
    list_export = ["day", "language_name", "text", "searches", "found"]
    export_headings = {
        "day": _("Day"),
        "language_name": _("Language"),
        "text": _("Query"),
        "searches": _("Searches"),
        "found": _("Results"),
    }
    columns = [
        Column("text", label=_("Query"), sort_key="text"),
        Column("language_name", label=_("Language"), sort_key="language"),
        DayColumn("day", label=_("Day"), sort_key="day"),
        Column("searches", label=_("Searches"), sort_key="searches"),
        Column("found", label=_("Results"), sort_key="found"),
    ]
    permission_required = "view"

    def user_has_permission(self, permission) -> bool:
        return may_see(self.request.user)

    def get_filename(self) -> str:
        return "searched-queries"

    def get_base_queryset(self):
        return SearchedQuery.objects.order_by("-searches", "-day", "text")
