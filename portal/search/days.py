"""A day in a query, however it is written: 31/12/2025, «December 31», «ngày 31 tháng 12 năm 2025», 2025年12月31日."""

from datetime import date
from itertools import product

from portal.search.understood import Alternative, Group

_MONTHS = (
    "january february march april may june july august september october november december".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
_MONTH = {name: number for names in _MONTHS for number, name in enumerate(names, 1)} | {"sept": 9}
_LEAP_YEAR = 2000  # for days without a year
_YEARS = range(1900, 2200)
_OTHER, _WITHOUT_YEAR = 0.85, 0.6
# How the tokens of a day follow one another; letters are numbers, the longest first.
_PATTERNS = tuple(
    pattern.split()
    for pattern in (
        "ngay D thang M nam Y", "D thang M nam Y", "Y 年 M 月 D 日", "Y 年 M 月 D 号", "ngay D thang M", "M 月 D 日",
        "M 月 D 号", "D M Y", "Y M D", "D N Y", "N D Y", "D thang M", "D N", "N D",
    )
)  # fmt: skip
# Without marks «2 máy bay» has the name of an English month.
_PATTERNS_WITHOUT_NAMES = tuple(pattern for pattern in _PATTERNS if "N" not in pattern)
# In Chinese without 日, which in a text is part of a pair: 8月20日开标 has «日开».
_WRITTEN = {
    "vi": ("D thang M nam Y", "D M Y", "Y M D", "D thang M"),
    "en": ("D N Y", "N D Y", "D M Y", "Y M D", "D N", "N D"),
    "zh-hans": ("Y 年 M 月 D", "D M Y", "Y M D", "M 月 D"),
}


def day_at(row: list[str], place: int, language: str) -> tuple[int, Group] | None:
    """The day that begins at a place of a row of tokens: how many tokens it is, and all ways to write it."""
    for pattern in _PATTERNS if language == "en" else _PATTERNS_WITHOUT_NAMES:
        typed = row[place : place + len(pattern)]
        if len(typed) == len(pattern) and (day := _read(pattern, typed)):
            return len(pattern), _group(tuple(typed), day, "Y" in pattern, language)
    return None


def _read(pattern: list[str], typed: list[str]) -> date | None:
    parts = {"Y": _LEAP_YEAR}
    for sign, token in zip(pattern, typed, strict=True):
        if sign == "N":
            parts["M"] = _MONTH.get(token, 0)
        elif sign in "YMD":
            parts[sign] = int(token) if token.isdecimal() and len(token) < 5 else 0
        elif sign != token:
            return None
    if parts["Y"] not in _YEARS:
        return None
    try:
        return date(parts["Y"], parts["M"], parts["D"])
    except ValueError:
        return None


def _group(typed: tuple[str, ...], day: date, has_year: bool, language: str) -> Group:
    found = {typed: Alternative(typed)}
    for written in _WRITTEN.get(language, ()):
        if "Y" in written and not has_year:
            continue
        weight = _OTHER if "Y" in written or not has_year else _WITHOUT_YEAR
        for tokens in product(*(_ways(sign, day) for sign in written.split())):
            found.setdefault(tokens, Alternative(tokens, weight))
    return Group(tuple(found.values()), is_day=True)


def _ways(sign: str, day: date) -> tuple[str, ...]:
    """How a part of a day is written: numbers also with a zero before them, months also short."""
    if sign == "N":
        return tuple(dict.fromkeys(names[day.month - 1] for names in _MONTHS))
    number = {"Y": day.year, "M": day.month, "D": day.day}.get(sign)
    if number is None:
        return (sign,)
    return (str(number), f"0{number}") if number < 10 else (str(number),)
