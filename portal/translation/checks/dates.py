"""Dates as Vietnamese, Chinese and English write them. What is found is blanked, so that it is not read as numbers."""

import re
from decimal import Decimal

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(
    f"{name.capitalize()}|{name.upper()}|{name[:3].capitalize()}\\.?" for name in _MONTHS
) + r"|Sept\.?)(?![A-Za-z])"  # fmt: skip
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_VI_MONTH = r"tháng\s+(?P<month>\d{1,2})(?!\d)"

_ANY = [
    re.compile(r"(?<![\d./-])(?P<day>\d{1,2})(?P<sep>[/.\-])(?P<month>\d{1,2})(?P=sep)(?P<year>[12]\d{3})(?![\d/])"),
    re.compile(r"(?<![\d./-])(?P<year>[12]\d{3})(?P<sep>[/.\-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/])"),
]
_FULL = {
    "vi": [re.compile(rf"{_DAY}\s+{_VI_MONTH}\s*(?:,|/|-|năm)?\s*(?:năm\s+)?{_YEAR}", re.IGNORECASE)],
    "zh-hans": [re.compile(rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?[日号]")],
    "en": [
        re.compile(rf"{_DAY}{_ORDINAL}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}"),
        re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+{_YEAR}"),
        re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})\s*[–-]\s*(?P<last>\d{{1,2}}),?\s+{_YEAR}"),
    ],
}
_OF_MONTH = {
    "vi": [
        re.compile(rf"{_VI_MONTH}\s*(?:,|/|-|năm)?\s*(?:năm\s+)?{_YEAR}", re.IGNORECASE),
        re.compile(r"(?<![\d/.,-])(?P<month>\d{1,2})/(?P<year>[12]\d{3})(?![\d/])"),
    ],
    "zh-hans": [
        re.compile(rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月"),
        re.compile(r"(?<![\d/.,-])(?P<month>\d{1,2})/(?P<year>[12]\d{3})(?![\d/])"),
    ],
    "en": [
        re.compile(rf"{_MONTH}(?:,|\s+of)?\s+{_YEAR}"),
        re.compile(r"(?<![\d/.,-])(?P<month>\d{1,2})/(?P<year>[12]\d{3})(?![\d/])"),
    ],
}
_PARTIAL = {
    "vi": [
        re.compile(rf"{_DAY}\s+{_VI_MONTH}", re.IGNORECASE),
        re.compile(r"(?<![\d/.,-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])"),
    ],
    "zh-hans": [re.compile(r"(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]")],
    "en": [
        re.compile(rf"{_DAY}{_ORDINAL}(?:\s+of)?\s+{_MONTH}"),
        re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL}(?!\d)"),
    ],
}
_EN_MONTH_ALONE = re.compile(_MONTH)


def take_dates(text: str, language: str, facts) -> str:
    """Note every date of a text; returns the text without them."""
    for pattern in [*_ANY, *_FULL[language]]:
        text = pattern.sub(lambda found: _full(found, language, facts), text)
    for pattern in _OF_MONTH[language]:
        text = pattern.sub(lambda found: _of_month(found, facts), text)
    for pattern in _PARTIAL[language]:
        text = pattern.sub(lambda found: _partial(found, facts), text)
    if language == "en":
        facts.keys |= {_n(_month(found)) for found in _EN_MONTH_ALONE.finditer(text)}
    return text


def _full(found: re.Match, language: str, facts) -> str:
    day, month, year = int(found["day"]), _month(found), int(found["year"])
    last = int(found.groupdict().get("last") or day)
    readings = [(day, month)]
    if language == "en" and found.groupdict().get("sep") == "/":
        readings.append((month, day))  # 11/24/2026
    readings = [(d, m) for d, m in readings if 1 <= d <= 31 and 1 <= m <= 12]
    if not readings:
        return found.group()
    ways = []
    for d, m in readings:
        facts.keys |= {("date", year, m, d), ("month", year, m), ("day", d), ("of", m), ("md-of-year", m, d), _n(year)}
        ways += [{("date", year, m, d)}, {_n(d), ("month", year, m)}, {("md", m, d)}, {_n(d), _n(m)}]
    if last != day:
        facts.keys |= {("date", year, month, last), ("day", last), ("md-of-year", month, last)}
    facts.dates.append((found.group().strip(), year))
    facts.state(found.group(), *ways)
    return "\n" * len(found.group())


def _of_month(found: re.Match, facts) -> str:
    month, year = _month(found), int(found["year"])
    if not 1 <= month <= 12:
        return found.group()
    facts.keys |= {("month", year, month), _n(year), _n(month)}
    facts.state(found.group(), {("month", year, month)}, {_n(month), _n(year)}, {("of", month), _n(year)})
    return "\n" * len(found.group())


def _partial(found: re.Match, facts) -> str:
    day, month = int(found["day"]), _month(found)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found.group()
    facts.keys |= {("md", month, day), _n(day), _n(month)}
    ways = ({("md", month, day)}, {("md-of-year", month, day)}, {_n(day), _n(month)}, {_n(day), ("of", month)})
    facts.state(found.group(), *ways)
    return "\n" * len(found.group())


def _month(found: re.Match) -> int:
    word = found["month"].casefold().rstrip(".")
    if word.isdecimal():
        return int(word)
    return next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word[:3]))


def _n(value: int) -> tuple:
    return ("n", Decimal(value).normalize())
