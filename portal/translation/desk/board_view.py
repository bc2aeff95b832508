"""The screen of the table page × language: filters, sorting, download."""

import django_filters
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page

from portal.contributors import department_rights
from portal.contributors.seen import seen_or_public
from portal.publishing.bundle_views import may_see as may_see_bundles
from portal.translation.desk import board
from portal.translation.desk.listing import DeskFilterSet, DeskView, TemplateColumn
from portal.translation.desk.people import locales_of, target_locales
from portal.translation.states import State


def _languages() -> list[tuple[str, str]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class BoardFilterSet(DeskFilterSet):
    """By title, state (in one language or any), section and department."""

    title = django_filters.CharFilter(label=gettext_lazy("Title"), lookup_expr="icontains")
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=_languages, method="keep")
    state = django_filters.MultipleChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method="by_state")
    section = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Section"),
        queryset=lambda request: Page.objects.filter(depth=3, locale__language_code=settings.LANGUAGE_CODE),
        method="by_section",
    )
    department = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Department"),
        queryset=lambda request: department_rights.departments().filter(live=True),
        method="by_department",
    )

    def keep(self, queryset, name, value):
        """The language says where the state is looked for; alone it hides nothing."""
        return queryset

    def by_state(self, queryset, name, states):
        return board.in_state(queryset, states, self.form.cleaned_data.get("language") or "") if states else queryset

    def by_section(self, queryset, name, section):
        return queryset.filter(path__startswith=section.path)

    def by_department(self, queryset, name, department):
        """A department's pages, and those of the bodies that were merged into it."""
        heir = department.heir
        bodies = [body.pk for body in department_rights.departments() if body.heir.pk == heir.pk]
        return board.of_departments(queryset, bodies)


class _CellColumn(TemplateColumn):
    """One language of the table."""

    def __init__(self, number: int, locale: Locale):
        self.number = number
        label, key = locale.get_display_name(), board.column_of(locale)
        super().__init__(f"cell_{number}", label=label, template="board", sort_key=key)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"cell": instance.cells[self.number]}


class BoardView(DeskView):
    """One row a page, one column a language."""

    template_name = "wagtailadmin/translation/board.html"
    results_template_name = "wagtailadmin/translation/board_results.html"
    index_url_name = "translation_states"
    index_results_url_name = "translation_states_results"
    header_icon = "table"
    page_title = gettext_lazy("Pages and languages")
    filterset_class = BoardFilterSet
    paginate_by = 50
    default_ordering = "path"
    order = ("path",)

    @cached_property
    def columns(self):
        own = dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]
        return [
            TemplateColumn("title", label=_("Title"), template="board_title", sort_key="title"),
            TemplateColumn("own", label=own, template="board_own", sort_key="own"),
            *(
                _CellColumn(number, locale) for number, locale in enumerate(target_locales())
            ),
        ]  # fmt: skip

    @cached_property
    def export_columns(self):
        languages = dict(settings.LANGUAGES)
        columns = {"title": _("Title"), "own": languages[settings.LANGUAGE_CODE]}
        for locale in target_locales():
            code = locale.language_code
            columns[code] = languages[code]
            columns[f"{code}-asked"] = f"{languages[code]}: {_('readers’ requests')}"
        return columns

    @cached_property
    def header_buttons(self):
        buttons = []
        if locales_of(self.request.user):
            url = reverse("translation_desk_mine")
            buttons.append(HeaderButton(_("My translations"), url, icon_name="wagtail-localize-language"))
        buttons.append(HeaderButton(_("Registers and languages"), reverse("translation_records"), icon_name="list-ul"))
        if may_see_bundles(self.request.user):
            buttons.append(HeaderButton(_("Publish together"), reverse("bundles"), icon_name="collapse-down"))
        return buttons

    def get_filename(self) -> str:
        return "pages-and-languages"

    def get_base_queryset(self):
        return seen_or_public(board.all_originals(), self.request.user)

    def rows_of(self, pages):
        return board.rows_of(pages, self.request.user)

    def cells_of(self, row) -> list:
        cells = [row.title, str(row.own_label)]
        for cell in row.cells:
            cells += [str(cell.state.label), cell.asked]
        return cells

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"may_bundle": may_see_bundles(self.request.user)}
