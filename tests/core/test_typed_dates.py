"""A day typed by hand is the day that was meant, in each language of the administration."""

import hashlib
import inspect
import json
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.utils import timezone, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from portal.core import date_inputs


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("vi", "05/06/2026"),
        ("vi", "5-6-2026"),
        ("vi", "2026-06-05"),
        ("en", "05/06/2026"),
        ("en", "5 June 2026"),
        ("en", "2026-06-05"),
        ("zh-hans", "2026-06-05"),
        ("zh-hans", "2026年6月5日"),
        ("zh-hans", "05/06/2026"),
    ],
)
def test_the_fifth_of_june(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2026, 6, 5)


@pytest.mark.parametrize(("language", "typed"), [("vi", "05/06/2026 17:30"), ("en", "05/06/2026 17:30")])
def test_with_the_hour(language, typed):
    with translation.override(language):
        assert timezone.make_naive(forms.DateTimeField().clean(typed)) == datetime(2026, 6, 5, 17, 30)


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans"])
def test_a_day_that_does_not_exist_is_refused(language):
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("31/02/2026")


class Form(forms.Form):
    day = forms.DateField(widget=AdminDateInput)
    moment = forms.DateTimeField(widget=AdminDateTimeInput)


@pytest.mark.parametrize(
    ("language", "day", "calendar"),
    [("vi", "26/11/2026", "d/m/Y"), ("en", "26/11/2026", "d/m/Y"), ("zh-hans", "2026-11-26", "Y-m-d")],
)
def test_forms_show_days_as_the_language_writes_them_and_so_does_the_calendar(language, day, calendar):
    moment = timezone.make_aware(datetime(2026, 11, 26, 17, 30, 12))
    with translation.override(language):
        form = Form(initial={"day": date(2026, 11, 26), "moment": moment})
        fields = BeautifulSoup(str(form), "html.parser").select("input")
        assert [field["value"] for field in fields] == [day, f"{day} 17:30"]
        configs = [
            json.loads(form.fields[name].widget.get_context(name, None, {})["widget"]["config_json"])
            for name in ("day", "moment")
        ]
        assert [config["format"] for config in configs] == [calendar, f"{calendar} H:i"]
        sent = Form({field["name"]: field["value"] for field in fields})
        assert sent.is_valid(), sent.errors
        assert sent.cleaned_data == {"day": date(2026, 11, 26), "moment": moment.replace(second=0)}


DIGESTS = {AdminDateInput: "58cb7151e65491ce", AdminDateTimeInput: "06cadbb82b583b23"}


@pytest.mark.parametrize("widget", DIGESTS)
def test_upstream_is_the_version_ours_was_written_for(widget):
    """If this fails, read what changed in Wagtail's widgets, mend portal/core/date_inputs.py, then the digest."""
    source = "".join(inspect.getsource(function) for function in date_inputs.REPLACED[widget])
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == DIGESTS[widget]
