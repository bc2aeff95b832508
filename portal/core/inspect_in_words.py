"""Looking at a record without the right to change it."""

from datetime import date

from django.template.defaultfilters import yesno
from wagtail.snippets.views.snippets import InspectView

from portal.core.languages import write_date


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
