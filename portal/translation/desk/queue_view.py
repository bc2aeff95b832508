"""The translators' own screen: one list for each language they translate into."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.widgets.button import HeaderButton

from portal.translation.desk.listing import DeskFilterSet, DeskView, TemplateColumn
from portal.translation.desk.people import locales_of, may_use
from portal.translation.desk.queue import ORDER, WAITING, rows_of, waiting_in
from portal.translation.desk.records_view import records_waiting

WIDE_ONLY = "desk-wide"  # columns that a phone does without


class QueueFilterSet(DeskFilterSet):
    """By state and words of the title."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=[(state.value, state.label) for state in WAITING]
    )
    title = django_filters.CharFilter(label=gettext_lazy("Title"), lookup_expr="icontains")


class QueueView(DeskView):
    """What waits in one language. Sorted by due day and requests unless a column says otherwise."""

    template_name = "wagtailadmin/translation/queue.html"
    results_template_name = "wagtailadmin/translation/queue_results.html"
    filterset_class = QueueFilterSet
    paginate_by = 25
    default_ordering = "due_on"
    order = ORDER
    export_columns = {
        "title": gettext_lazy("Title"),
        "state": gettext_lazy("State"),
        "words": gettext_lazy("Words to translate"),
        "asked": gettext_lazy("Readers' requests"),
        "due_on": gettext_lazy("Due on"),
        "since": gettext_lazy("Waits since"),
    }
    columns = [
        TemplateColumn("title", label=gettext_lazy("Title"), template="queue_title", sort_key="title"),
        TemplateColumn("state", label=gettext_lazy("State"), template="state"),
        NumberColumn("words", label=gettext_lazy("Words to translate"), classname=WIDE_ONLY),
        Column("asked", label=gettext_lazy("Readers' requests"), sort_key="asked", classname=WIDE_ONLY),
        TemplateColumn("due_on", label=gettext_lazy("Due on"), template="due", sort_key="due_on"),
        DateColumn("since", label=gettext_lazy("Waits since"), sort_key="waits_since", classname=WIDE_ONLY),
        TemplateColumn("action", label=gettext_lazy("Action"), template="queue_action"),
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.locale is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def languages(self):
        return locales_of(self.request.user)

    @cached_property
    def locale(self):
        return next((locale for locale in self.languages if locale.language_code == self.kwargs["code"]), None)

    def get_page_title(self) -> str:
        return _("Translation desk")

    def get_page_subtitle(self) -> str:
        return self.locale.get_display_name()

    def get_index_url(self) -> str:
        return reverse("translation_desk", args=[self.locale.language_code])

    def get_index_results_url(self) -> str:
        return reverse("translation_desk_results", args=[self.locale.language_code])

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("All pages and languages"), reverse("translation_states"), icon_name="table"),
            HeaderButton(_("Registers and languages"), reverse("translation_records"), icon_name="list-ul"),
        ]

    def get_filename(self) -> str:
        return f"translation-desk-{self.locale.language_code}"

    def get_base_queryset(self):
        return waiting_in(self.locale, self.request.user)

    def rows_of(self, pages):
        return rows_of(pages, self.locale)

    def cells_of(self, row) -> list:
        return [row.title, row.state.label, row.words, row.asked, row.due_on, row.since]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["languages"] = [
            {"locale": locale, "url": reverse("translation_desk", args=[locale.language_code])}
            for locale in self.languages
        ]
        context["chosen"] = self.locale
        context["records"] = records_waiting(self.locale, self.request.user)
        return context


def mine(request: HttpRequest) -> HttpResponse:
    """The desk without a language: that of the first one the person translates into, else the table of all pages."""
    if not may_use(request.user):
        raise PermissionDenied
    languages = locales_of(request.user)
    if not languages:
        return redirect("translation_states")
    return redirect("translation_desk", languages[0].language_code)
