"""Days on which offices work: weekends and the fixed holidays (DAYS_OFF) are none. Tết moves and is not known here."""

from datetime import date, timedelta

from django.conf import settings

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and (day.month, day.day) not in settings.DAYS_OFF


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
