"""Times of day: 8h30, 14 giờ, 2 p.m., 下午2时30分. An hour without minutes may as well be a number of hours."""

import re
from decimal import Decimal

_VI = re.compile(
    r"(?<![\d.,/])(?P<hour>\d{1,2})\s?(?:h|giờ)(?![A-Za-zÀ-ỹ])\s?(?P<minute>[0-5]\d)?(?:\s?phút)?"
    r"(?:\s(?P<part>sáng|trưa|chiều|tối|đêm))?"
)
_COLON = re.compile(
    r"(?<![\d.,/:])(?P<hour>\d{1,2})[:：](?P<minute>[0-5]\d)(?![\d:])(?:\s?(?P<part>[AaPp]\.?[Mm]\.?))?"
)
_EN = re.compile(
    r"(?<![\d.,/:])(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?\s?(?:(?P<part>[AaPp]\.?[Mm]\b\.?)|o['’]clock\b|(?<=\d)h\b)"
)
_ZH = re.compile(
    r"(?P<part>上午|中午|下午|晚上|晚间|傍晚|凌晨|早上|清晨)?\s?(?<![\d.,/])(?P<hour>\d{1,2})\s?[时點点](?:\s?(?P<minute>\d{1,2})分?|(?P<half>半))?"
)
_AFTERNOON = ("chiều", "tối", "đêm", "下午", "晚上", "晚间", "傍晚", "中午")
_PATTERNS = {"vi": (_COLON, _VI), "zh-hans": (_ZH, _COLON), "en": (_EN, _COLON)}


def take_times(text: str, language: str, facts) -> str:
    """Note every time of a text; returns the text without them."""
    for pattern in _PATTERNS[language]:
        text = pattern.sub(lambda found: _take(found, facts), text)
    return text


def _take(found: re.Match, facts) -> str:
    groups = found.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or (30 if groups.get("half") else 0))
    part = (groups["part"] or "").casefold().replace(".", "")
    if hour > 24:
        return found.group()
    exact = groups["minute"] is not None or groups.get("half") is not None
    moments = {_moment(hour, minute, part)}
    plain = {_n(hour), _n(minute)} if exact else {_n(hour)}
    facts.keys |= {("time", moment) for moment in moments} | plain
    facts.state(found.group(), *({("time", moment)} for moment in moments), plain)
    return "\n" * len(found.group())


def _moment(hour: int, minute: int, part: str) -> int:
    """Minutes since midnight."""
    if (part == "pm" or part in _AFTERNOON) and hour < 12 and not (part == "中午" and hour == 11):
        hour += 12
    if part == "am" and hour == 12:
        hour = 0
    return hour % 24 * 60 + minute


def _n(value: int) -> tuple:
    return ("n", Decimal(value).normalize())
