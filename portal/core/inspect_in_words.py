"""Values of records in words, where the administration shows them."""

from datetime import date, datetime

import django_filters
from django.template.defaultfilters import yesno
from django.utils import timezone
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import InspectView

from portal.core.languages import write_date


class DayColumn(Column):
    """A day as it is written, and the hour of a moment. Wagtail says «ten months ago», where the day itself counts."""

    def get_value(self, instance) -> str:
        day = super().get_value(instance)
        if not day:
            return ""
        hour = f" {timezone.localtime(day):%H:%M}" if isinstance(day, datetime) else ""
        return f"{write_date(day)}{hour}"


class YesNoAdapter(BaseFilterAdapter):
    """What a list is narrowed to: «Approved: No», where Wagtail says «False»."""

    def get_active_filters(self):
        return [active._replace(value=yesno(self.value)) for active in super().get_active_filters()]


register_filter_adapter_class(django_filters.BooleanFilter, adapter_class=YesNoAdapter)


class InspectInWords(InspectView):
    """The values of a record in words, where Wagtail shows Python's, under the title that belongs to them."""

    def get_page_subtitle(self):
        return str(self.object)  # Wagtail's is of the draft

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return yesno(value)
        if isinstance(value, date):
            return write_date(value)
        return value or "–"
