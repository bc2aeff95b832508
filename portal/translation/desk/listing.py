"""What the desk's lists share: rows made from a page of results, gaps last, safe spreadsheets."""

from django.db.models import F
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from portal.core.languages import write_date
from portal.reports.sheets import sheet_response
from portal.translation.desk.people import may_use


class TemplateColumn(BaseColumn):
    """A cell drawn by a template of the desk from a row."""

    def __init__(self, *args, template: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.cell_template_name = f"wagtailadmin/translation/{template}_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """With the token for forms in a cell: Wagtail's tables draw their cells without context processors."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class DeskFilterSet(WagtailFilterSet):
    """Filters without Wagtail's own for the language, which would hide every Vietnamese row or every other."""

    class Meta:
        model = Page
        fields = []

    def _add_locale_filter(self):
        """None: the lists of the desk hold originals, and choose languages themselves."""


class DeskView(ReportView):
    """A list of originals. Subclasses say which, in what order, and how a page of them becomes rows."""

    model = Page
    header_icon = "wagtail-localize-language"
    is_searchable = False
    permission_required = "submit_translation"
    order: tuple = ()
    export_columns: dict = {}

    def user_has_permission(self, permission) -> bool:
        return may_use(self.request.user)

    def get_filtered_queryset(self):
        return self.get_queryset()

    def order_queryset(self, queryset):
        if not self.is_explicitly_ordered or self.ordering == self.default_ordering:
            return queryset.order_by(*self.order)
        field = F(self.ordering.removeprefix("-"))
        by = field.desc(nulls_last=True) if self.ordering.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(by, "pk")

    def rows_of(self, pages: list[Page]) -> list:
        raise NotImplementedError

    def get_table(self, object_list):
        return super().get_table([] if self.is_export else self.rows_of(list(object_list)))

    def cells_of(self, row) -> list:
        """The cells of a row in the download, in the order of `export_columns`."""
        raise NotImplementedError

    def as_spreadsheet(self, queryset, spreadsheet_format):
        heading = [self.get_header_title(), _("Made on %(date)s") % {"date": write_date(timezone.now())}]
        cells = [self.cells_of(row) for row in self.rows_of(list(queryset))]
        columns = [str(label) for label in self.export_columns.values()]
        return sheet_response(spreadsheet_format, self.get_filename(), heading, columns, cells)

    @property
    def list_export(self):
        return list(self.export_columns)
