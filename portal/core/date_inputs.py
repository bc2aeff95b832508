"""Dates in the administration's forms are written as the person's language writes them; what is typed stays as typed.

Wagtail has one format for everybody, and its calendar turns a date typed in another way into today's without a word.
`tests/core/test_typed_dates.py` fails when the functions that are replaced change.
"""

from django.utils.formats import get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

REPLACED = {widget: (widget.__init__, widget.get_config) for widget in (AdminDateInput, AdminDateTimeInput)}


def install() -> None:
    """Called once when the application is ready."""
    for widget, functions in REPLACED.items():
        widget.__init__, widget.get_config = _following_language(*functions)


def _following_language(upstream_init, upstream_config):
    def __init__(self, attrs=None, format=None, **options):
        upstream_init(self, attrs=attrs, format=format, **options)
        if format is None:
            self.format = None  # Django asks for that of the language when it shows the value

    def get_config(self):
        config = upstream_config(self) | {"validateOnBlur": False}  # the server reads more ways of writing a day
        if self.format is None:
            config["format"] = to_datetimepicker_format(get_format(self.format_key)[0])
        return config

    return __init__, get_config
