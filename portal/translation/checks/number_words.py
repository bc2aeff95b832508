"""Numbers that stand in words: «ba», 三, three, XX, nửa. They may answer for a figure; none is asked for."""

import re
from decimal import Decimal

_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLCDM]{1,8}(?![A-Za-z])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_EN_WORDS = {
    word: value
    for value, words in {
        0: "zero no none",
        1: "one a an first once single once-",
        2: "two second both twice pair double dual couple half-",
        3: "three third thrice triple",
        4: "four fourth quadruple",
        5: "five fifth",
        6: "six sixth",
        7: "seven seventh",
        8: "eight eighth",
        9: "nine ninth",
        10: "ten tenth decade decades",
        11: "eleven eleventh",
        12: "twelve twelfth dozen",
        13: "thirteen thirteenth",
        14: "fourteen fourteenth",
        15: "fifteen fifteenth",
        16: "sixteen sixteenth",
        17: "seventeen seventeenth",
        18: "eighteen eighteenth",
        19: "nineteen nineteenth",
        20: "twenty twentieth",
        30: "thirty thirtieth",
        40: "forty fortieth",
        50: "fifty fiftieth",
        60: "sixty sixtieth",
        70: "seventy seventieth",
        80: "eighty eightieth",
        90: "ninety ninetieth",
    }.items()
    for word in words.split()
}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# Vietnamese counts the days of the week from Sunday: Monday is the second.
_EN_DAYS = {
    name: value
    for value, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"), start=2)
}

_VI_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "nhất": 1, "nhì": 2, "chục": 10, "tá": 12, "đôi": 2, "cả": 2,
}  # fmt: skip
_VI_SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}

_ZH_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "双": 2, "首": 1,
}  # fmt: skip
_ZH_SCALES = {"十": 10, "百": 100, "千": 1000}
_ZH_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万亿双首]+(?:点[零〇一二三四五六七八九]+)?")
_ZH_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六])")

# Halves and quarters of a year or a whole, as what stands in figures elsewhere.
_SHARES = [
    (re.compile(r"\bhalf\b|半年|nửa (?:đầu|cuối)? ?năm"), {Decimal(6)}, set()),
    (re.compile(r"three quarters|前三季度|三个季度"), {Decimal(9)}, set()),
    (re.compile(r"\bhalf\b|\bhalves\b|一半|nửa"), {Decimal("0.5"), Decimal(2)}, {Decimal(50)}),
    (re.compile(r"\bquarter\b|四分之一|một phần tư"), {Decimal("0.25"), Decimal(4)}, {Decimal(25)}),
    (re.compile(r"\bthree[- ]quarters\b|四分之三|ba phần tư"), {Decimal("0.75")}, {Decimal(75)}),
]


def words_of(text: str, language: str) -> tuple[set[Decimal], set[Decimal]]:
    """What stands in words in a text: plain values, and percentages."""
    lower = text.casefold()
    values = _romans(text)
    percent: set[Decimal] = set()
    for pattern, plain, share in _SHARES:
        if pattern.search(lower):
            values |= plain
            percent |= share
    if language == "zh-hans":
        values |= _chinese(text)
    elif language == "en":
        values |= _grouped(re.findall(r"[a-z]+", lower), _EN_WORDS | _EN_DAYS, _EN_SCALES)
    else:
        values |= _grouped(re.findall(r"[^\W\d_]+", lower), _VI_WORDS, _VI_SCALES)
    return values, percent


def _romans(text: str) -> set[Decimal]:
    values = set()
    for run in _ROMAN.findall(text):
        total = 0
        for letter, after in zip(run, [*run[1:], ""], strict=True):
            value = _ROMAN_VALUES[letter]
            total += -value if after and _ROMAN_VALUES[after] > value else value
        values.add(Decimal(total))
    return values


def _grouped(words: list[str], units: dict[str, int], scales: dict[str, int]) -> set[Decimal]:
    """Single number words and what neighbours make together: twenty-five, hai mươi lăm, hai trăm, three million."""
    values, total, current, counting = set(), 0, 0, False
    for word in [*words, ""]:
        if word in units:
            values.add(Decimal(units[word]))
            current += units[word]
            counting = True
        elif counting and word == "mươi":
            current *= 10
        elif counting and word in scales:
            scale = scales[word]
            if scale == 100:
                current *= scale
            else:
                total, current = total + max(current, 1) * scale, 0
        elif word not in ("and", "linh", "lẻ"):
            values.add(Decimal(total + current))
            total, current, counting = 0, 0, False
            continue
        values.add(Decimal(total + current))
    return values


def _chinese(text: str) -> set[Decimal]:
    values = {Decimal(_ZH_DIGITS[day] + 1) for day in _ZH_WEEKDAY.findall(text)}
    for run in _ZH_RUN.findall(text):
        values.add(chinese_value(run))
        values |= {Decimal(_ZH_DIGITS[sign]) for sign in run if sign in _ZH_DIGITS}
    return values


def chinese_value(run: str) -> Decimal:
    """一百二十万 → 1200000, 二〇二五 → 2025, 九点五 → 9.5."""
    whole, _point, fraction = run.partition("点")
    if whole and all(sign in _ZH_DIGITS for sign in whole):
        number = Decimal("".join(str(_ZH_DIGITS[sign]) for sign in whole))
    else:
        number = Decimal(_chinese_whole(whole))
    if fraction:
        digits = "".join(str(_ZH_DIGITS[sign]) for sign in fraction)
        number += Decimal(digits) / 10 ** len(digits)
    return number


def _chinese_whole(run: str) -> int:
    total = section = digit = 0
    for sign in run:
        if sign in _ZH_DIGITS:
            digit = _ZH_DIGITS[sign]
        elif sign in _ZH_SCALES:
            section += (digit or 1) * _ZH_SCALES[sign]
            digit = 0
        else:
            total = (total + (section + digit or 1)) * (10**4 if sign == "万" else 10**8)
            section = digit = 0
    return total + section + digit
