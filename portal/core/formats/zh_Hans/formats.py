"""Chinese writes the year first. Django's own list has 年月日 with signs that only its output understands.

What colleagues write in Vietnamese, the day first with the year at the end, cannot be mistaken and is read as well.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%d/%m/%Y"]
DATETIME_INPUT_FORMATS = [
    *(f"{day} {hour}" for day in DATE_INPUT_FORMATS for hour in ("%H:%M", "%H:%M:%S")),
    *DATE_INPUT_FORMATS,
]
