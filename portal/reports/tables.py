"""The reports as tables: figures with words for people, ready for the screen and for a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.contributors.department_rights import departments
from portal.contributors.names import in_words
from portal.core.languages import write_date
from portal.core.models import Feedback
from portal.reports import answers, figures
from portal.reports.period import Period
from portal.search.log import DAYS_KEPT


@dataclass(frozen=True)
class Report:
    """One report. `rows` gives cells in the order of `columns`; `has_period` whether time matters to it, `note` what
    the figures alone do not say, `gap` what is not known of a period ("" if nothing is missing)."""

    slug: str
    title: str
    columns: tuple
    rows: Callable[[Period], list[tuple]]
    has_period: bool = True
    note: str = ""
    gap: Callable[[Period], str] = lambda _period: ""


def _languages() -> dict[str, str]:
    return dict(settings.LANGUAGES)


def _departments() -> dict[str, str]:
    return {body.code: body.name for body in departments()}


def _output(period: Period) -> list[tuple]:
    bodies, sections, kinds, languages = _departments(), figures.section_titles(), figures.kind_names(), _languages()
    rows = []
    for row in figures.output(period):
        department, section, model, language = row.key
        names = (bodies.get(department, department), sections.get(section, ""), kinds.get(model, model))
        rows.append((*names, languages.get(language, language), row.new, row.updated, row.withdrawn))
    return rows


def _coverage(_period: Period) -> list[tuple]:
    languages = _languages()
    return [
        (languages[row.language], row.originals, row.translated, row.percent, row.out_of_date)
        for row in figures.coverage()
    ]


def _delay(period: Period) -> list[tuple]:
    languages = _languages()
    rows = figures.translation_delay(period)
    return [
        (languages.get(row.language), row.count, row.median_days, row.longest_days, row.in_time, row.late)
        for row in rows
    ]


def _stale(_period: Period) -> list[tuple]:
    languages = _languages()
    return [(row.title, languages.get(row.language), row.followed_at, row.changed_at) for row in figures.out_of_date()]


def _due(_period: Period) -> list[tuple]:
    bodies = _departments()
    return [
        (row.title, bodies.get(row.department, row.department), row.review_date) for row in figures.due_for_review()
    ]


def _decisions(period: Period) -> list[tuple]:
    return [
        (in_words(row.task), row.approved, row.returned, row.median_hours, row.longest_hours, row.in_time, row.late)
        for row in figures.decisions(period)
    ]


def _requests(period: Period) -> list[tuple]:
    languages = _languages()
    return [
        (row.title, languages.get(row.language), row.count, row.last_requested_on, _yes(row.translated))
        for row in figures.requests(period)
    ]


def _answers(period: Period) -> list[tuple]:
    sections, languages = figures.section_titles(), _languages()
    kinds = {
        answers.QUESTION: _("Mistake reported"),
        answers.REQUEST: _("Translation asked for"),
        answers.DUE: _("Translation with a day set"),
    }
    return [
        (
            kinds[row.kind],
            sections.get(row.section_key, ""),
            languages.get(row.language, row.language),
            *(row.received, row.in_time, row.late, row.waiting, row.overdue),
        )
        for row in answers.answers(period)
    ]


def _fruitless(period: Period) -> list[tuple]:
    languages = _languages()
    rows = figures.searches_without_result(period)
    return [(row.text, languages.get(row.language, row.language), row.searches) for row in rows]


def _feedback(period: Period) -> list[tuple]:
    languages, kinds = _languages(), dict(Feedback.Kind.choices)
    rows = figures.feedback(period)
    return [(languages.get(row.language, row.language), kinds.get(row.kind, row.kind), row.count) for row in rows]


def _decisions_gap(period: Period) -> str:
    count = figures.decisions_without_hours(period)
    if not count:
        return ""
    return ngettext(
        "Of %(count)d decision, made before the log kept hours, neither hours nor being in time are known.",
        "Of %(count)d decisions, made before the log kept hours, neither hours nor being in time are known.",
        count,
    ) % {"count": count}


def _requests_gap(_period: Period) -> str:
    count = figures.requests_without_day()
    if not count:
        return ""
    return ngettext(
        "%(count)d request came before requests were counted by day; it is in no period.",
        "%(count)d requests came before requests were counted by day; they are in no period.",
        count,
    ) % {"count": count}


def _searches_gap(period: Period) -> str:
    first = timezone.localdate() - timedelta(days=DAYS_KEPT)
    if period.first >= first:
        return ""
    text = _("Searches are kept for %(days)d days: of what was searched before %(date)s nothing is counted here.")
    return text % {"days": DAYS_KEPT, "date": write_date(first)}


def _yes(value: bool):
    return _("yes") if value else _("no")


REPORTS = {
    report.slug: report
    for report in (
        Report(
            "output",
            _("What was published"),
            (_("Department"), _("Section"), _("Kind"), _("Language"), _("New"), _("Updated"), _("Withdrawn")),
            _output,
        ),
        Report(
            "coverage",
            _("Translation coverage"),
            (_("Language"), _("Originals"), _("Translated"), _("Percent"), _("Out of date")),
            _coverage,
            has_period=False,
        ),
        Report(
            "delay",
            _("Delay of translations"),
            (
                _("Language"),
                _("First translations"),
                _("Days, median"),
                _("Days, longest"),
                _("By the day set"),
                _("After the day set"),
            ),
            _delay,
            note=_("Days count from the original's first publication. Updates too count towards the days set."),
        ),
        Report(
            "out-of-date",
            _("Translations that are out of date"),
            (_("Title"), _("Language"), _("Follows the text of"), _("Original changed")),
            _stale,
            has_period=False,
        ),
        Report(
            "review-dates",
            _("Pages to check"),
            (_("Title"), _("Department"), _("Review on")),
            _due,
            has_period=False,
        ),
        Report(
            "decisions",
            _("Approvals and returns"),
            (
                _("Task"),
                _("Approved"),
                _("Returned"),
                _("Hours, median"),
                _("Hours, longest"),
                _("In time"),
                _("Late"),
            ),
            _decisions,
            gap=_decisions_gap,
        ),
        Report(
            "requests",
            _("What readers want translated"),
            (_("Title"), _("Language"), _("Requests"), _("Last asked"), _("Translated since")),
            _requests,
            gap=_requests_gap,
        ),
        Report(
            "answers",
            _("Requests and questions, in time or late"),
            (
                _("Kind"),
                _("Section"),
                _("Language"),
                _("Number in all"),
                _("Answered in time"),
                _("Answered late"),
                _("Waiting"),
                _("Overdue"),
            ),
            _answers,
            note=_(
                "What readers reported and asked for counts where it came in the period; a translation for which an"
                " editor set a day, where that day lies in it."
            ),
        ),
        Report(
            "searches",
            _("Searches without result"),
            (_("Query"), _("Language"), _("Searches")),
            _fruitless,
            gap=_searches_gap,
        ),
        Report(
            "feedback",
            _("What readers said of pages"),
            (_("Language"), _("Kind"), _("Number")),
            _feedback,
        ),
    )
}
