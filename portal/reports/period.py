"""The time a report is about. Reports fall due on days set in REPORT_DAYS; each such day closes a period."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.languages import write_date


@dataclass(frozen=True)
class Period:
    """Whole days, both ends included, where the portal is at home."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return _midnight(self.last + timedelta(days=1))

    def __str__(self) -> str:
        return _("from %(first)s to %(last)s") % {"first": write_date(self.first), "last": write_date(self.last)}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def closing_days(year: int) -> list[date]:
    """The days of a year on which reports are due."""
    return sorted(date(year, month, day) for month, day in settings.REPORT_DAYS)


def period_of(day: date) -> Period:
    """The reporting period a day lies in: from the day after one closing day to the next, closing days included."""
    days = [closing for year in (day.year - 1, day.year, day.year + 1) for closing in closing_days(year)]
    last = next(closing for closing in days if closing >= day)
    return Period(days[days.index(last) - 1] + timedelta(days=1), last)


def last_periods(today: date, count: int = 6) -> list[Period]:
    """The present period and those before it, newest first."""
    periods = [period_of(today)]
    while len(periods) < count:
        periods.append(period_of(periods[-1].first - timedelta(days=1)))
    return periods
