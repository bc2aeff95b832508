"""Numbers in figures, each language by its own separators, with words of size and percent signs around them.

9.068,7 is Vietnamese, 9,068.7 English and Chinese; «1,2 triệu», 120万 and «1.2 million» are one number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from portal.core.languages import SEPARATORS

_LETTER = "A-Za-zÀ-ɏḀ-ỿ"
_CURRENCY = re.compile(r"\b(?:USD|VND|VNĐ|EUR|CNY|RMB|NDT|US)(?=\d)")
_FIGURE = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*")
# A figure that belongs to a name: QL4D, Covid-19, H'Mông2. It may answer for another, and is not asked for.
_IN_A_NAME = re.compile(rf"(?:[{_LETTER}][-–'’.]?|[{_LETTER}]\d*)$")
_SCALES = {
    "vi": (
        re.compile(r"\s?(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?![" + _LETTER + "])"),
        {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9},
    ),
    "en": (
        re.compile(r"\+?[\s-]?(thousand|million|billion|trillion|hundred|bn|mn|tn|k|m)(?![" + _LETTER + "0-9²³])"),
        {
            "hundred": 10**2, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
            "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
        },
    ),
    "zh-hans": (
        re.compile(r"\s?[多余来几]?(亿|万|千|百)(?![米瓦克伏卡分])"),
        {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8},
    ),
}  # fmt: skip
_UNSURE = ("k", "m", "百")  # kilo, metres, 百姓: read both ways
_PERCENT = re.compile(r"\s?(?:[%％]|(?:điểm )?phần trăm|per ?cent\b|percentage points?|个?百分点)", re.IGNORECASE)
_PERCENT_BEFORE = re.compile(r"百分之\s?$")
_CHINESE_PERCENT = re.compile(r"百分之([零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?)")
_RANGE = re.compile(r"^\s*(?:-|–|—|~|～|đến|tới|và|至|到|to|and)\s*$")
_DECADE_ZH = re.compile(r"(\d{2})世纪(\d)0年代")


@dataclass
class _Found:
    start: int
    end: int
    text: str
    values: set[Decimal]
    scale: int
    percent: bool
    asked: bool


def take_numbers(text: str, language: str, facts, *, lenient: bool) -> None:
    """Note every figure of a text whose dates and times were taken out."""
    text = _CURRENCY.sub(lambda found: " " * len(found.group()), text)
    text = _DECADE_ZH.sub(lambda found: _decade(found, facts), text)
    found = [_read(match, text, language, lenient) for match in _FIGURE.finditer(text)]
    _carry_back(found, text)
    for one in _joined(found, text):
        _note(one, text, facts)
    for run in _CHINESE_PERCENT.findall(text):
        from portal.translation.checks.number_words import chinese_value

        facts.keys.add(("pct", chinese_value(run).normalize()))


def _decade(found: re.Match, facts) -> str:
    """20世纪90年代 and «những năm 1990»."""
    century, decade = int(found[1]), int(found[2]) * 10
    year = _n((century - 1) * 100 + decade)
    facts.keys |= {_n(century), _n(decade), year}
    facts.state(found.group(), {year}, {_n(century), _n(decade)}, {_n(decade)})
    return "\n" * len(found.group())


def _read(match: re.Match, text: str, language: str, lenient: bool) -> _Found:
    start, end = match.span()
    values = values_of(match.group(), language, lenient)
    pattern, scales = _SCALES[language]
    scale, unsure = 1, False
    while word := pattern.match(text, end):
        scale *= scales[word[1]]
        unsure = unsure or word[1] in _UNSURE
        end = word.end()
    if scale > 1:
        values = {value * scale for value in values} | (values if unsure else set())
    percent = _PERCENT.match(text, end)
    if percent:
        end = percent.end()
    is_percent = bool(percent) or bool(_PERCENT_BEFORE.search(text[max(0, start - 5) : start]))
    asked = not _IN_A_NAME.search(text[max(0, start - 6) : start])
    return _Found(start, end, text[start:end], values, scale, is_percent, asked)


def values_of(figures: str, language: str, lenient: bool = False) -> set[Decimal]:
    """What a written figure may mean in a language; nothing where that language does not write numbers so."""
    figures = re.sub(r"[\u00a0\u202f\u2009 ]", "", figures)
    if figures.isdecimal():
        return {Decimal(figures)}
    decimal, thousands = SEPARATORS[language]
    value = _strict(figures, decimal, thousands)
    if value is None and (lenient or language == "vi"):
        value = _strict(figures, thousands, decimal)
    return {value} if value is not None else set()


def _strict(figures: str, decimal: str, thousands: str) -> Decimal | None:
    whole, _sep, fraction = figures.partition(decimal)
    groups = whole.split(thousands)
    if not (fraction == "" or fraction.isdecimal()) or not all(group.isdecimal() for group in groups):
        return None
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    return Decimal("".join(groups) + (f".{fraction}" if fraction else ""))


def _carry_back(found: list[_Found], text: str) -> None:
    """«2–3 triệu», «5–7 %»: the first number may be meant in the size and percent of the second."""
    for first, second in zip(found, found[1:], strict=False):
        if first.scale == 1 and not first.percent and _RANGE.match(text[first.end : second.start]):
            if second.scale > 1:
                first.values |= {value * second.scale for value in first.values}
            if second.percent:
                first.percent = None


def _joined(found: list[_Found], text: str) -> list[_Found]:
    """3万5千 and «1 tỷ 200 triệu» are one number."""
    joined: list[_Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.scale > max(one.scale, 1) and one.scale > 1 and not text[last.end : one.start].strip():
            values = {a + b for a in last.values for b in one.values}
            joined[-1] = _Found(last.start, one.end, text[last.start : one.end], values, one.scale, False, last.asked)
        else:
            joined.append(one)
    return joined


def _note(one: _Found, text: str, facts) -> None:
    keys = {_n(value) for value in one.values}
    percent = {("pct", value.normalize()) for value in one.values}
    short = _short_year(one, text)
    facts.keys |= keys | (percent if one.percent is not False else set()) | short
    if text[one.end : one.end + 1] == "s" and one.text.endswith("0"):
        facts.keys |= {_n(value % 100) for value in one.values}  # the 1990s
        keys = keys | {_n(value % 100) for value in one.values}
    if not one.asked:
        facts.keys |= {_n(digits) for digits in re.findall(r"\d+", one.text)}
        return
    if one.percent:
        facts.state(one.text, *({key} for key in percent))
        return
    ways = [{key} for key in keys | short]
    for value in one.values:
        if value == value.to_integral_value() and 1 <= value <= 31:
            ways += [{("day", int(value))}, {("of", int(value))}]
    facts.state(one.text, *ways)


def _short_year(one: _Found, text: str) -> set:
    """2025–26 is 2025–2026."""
    before = re.search(r"(?<!\d)([12]\d)\d{2}\s?[-–/]\s?$", text[max(0, one.start - 8) : one.start])
    if before and len(one.text) == 2 and one.text.isdecimal():
        return {_n(before[1] + one.text)}
    return set()


def _n(value) -> tuple:
    return ("n", Decimal(value).normalize())
