"""Dates and numbers as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from portal.core.templatetags.portal import is_number, reader_date, reader_month, reader_number


@pytest.mark.parametrize(
    ("language", "day", "month", "number"),
    [
        ("vi", "02/11/2026", "Tháng 11/2026", "9.068,7"),
        ("en", "2 November 2026", "November 2026", "9,068.7"),
        ("zh-hans", "2026年11月2日", "2026年11月", "9,068.7"),
    ],
)
def test_each_language_in_its_way(language, day, month, number):
    with translation.override(language):
        assert reader_date(date(2026, 11, 2)) == f'<time datetime="2026-11-02">{day}</time>'
        assert reader_month(date(2026, 11, 1)) == month
        assert reader_number(Decimal("9068.7")) == number


def test_digits_stay_as_they_were_given():
    with translation.override("vi"):
        assert [reader_number(Decimal(one)) for one in ("12.50", "1000000", "-1234.5", "7")] == [
            "12,50",
            "1.000.000",
            "-1.234,5",
            "7",
        ]


def test_a_moment_is_written_as_the_day_at_home():
    with translation.override("en"):
        assert "25 November 2026" in reader_date(datetime(2026, 11, 24, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cell", "answer"), [("9.068,7", True), ("12 %", True), ("−3", True), ("38 xã", False), ("", False), (None, False)]
)
def test_which_cells_are_numbers(cell, answer):
    assert is_number(cell) is answer


@pytest.mark.parametrize(
    ("language", "number", "date_text"),
    [("vi", "9.068,7", "01/07/2025"), ("en", "9,068.7", "1 July 2025"), ("zh-hans", "9,068.7", "2025年7月1日")],
)
def test_key_figures_follow_the_reader(language, number, date_text):
    from portal.core.blocks import KeyFiguresBlock

    block = KeyFiguresBlock()
    with translation.override(language):
        html = block.render(block.get_preview_value())
    assert number in html and date_text in html and "km²" in html


def test_an_unknown_topic_or_missing_value_prints_nothing():
    assert (
        Template("{% load portal %}{{ none|reader_date }}{{ none|reader_number }}{{ none|plain_date }}").render(
            Context({"none": None})
        )
        == ""
    )
