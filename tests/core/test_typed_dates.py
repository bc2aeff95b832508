"""A day typed by hand is the day that was meant, in each language of the administration."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import timezone, translation


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
