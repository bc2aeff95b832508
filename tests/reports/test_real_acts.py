"""Figures of what was really published and decided, through the doors that people use."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from wagtail.models import TaskState

from portal.contributors.models import ReviewDeadline
from portal.publishing.service import publish_new
from portal.reports import figures
from portal.reports.period import Period
from portal.reports.tables import REPORTS
from tests.builders import approve, make_article, make_staff, submit, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal):
    return make_staff()


def test_real_publications_count_once_as_new(staff):
    today = timezone.localdate()
    period = Period(today, today)
    before = {row.key: row for row in figures.output(period, ("language",))}
    article = make_article("Tin")
    translate(article)
    publish_new(article, "test")
    after = {row.key: row for row in figures.output(period, ("language",))}
    for code, new, updated in (("vi", 1, 1), ("en", 1, 0)):
        old = before.get((code,), figures.Output((code,), 0, 0, 0))
        now = after[code,]
        assert (now.new - old.new, now.updated - old.updated) == (new, updated), code


def test_decisions_with_their_hours(staff):
    today = timezone.localdate()
    for title, hours in (("Một", 2), ("Hai", 5)):
        page = make_article(title, publish=False)
        page.save_revision(user=staff["contributor"])
        submit(page, staff["contributor"])
        TaskState.objects.filter(status="in_progress").update(started_at=timezone.now() - timedelta(hours=hours))
        if title == "Một":
            ReviewDeadline.objects.update(due_at=timezone.now() - timedelta(hours=1))
            approve(page, staff["editor"])
        else:
            state = page.current_workflow_task_state
            state.task.specific.on_action(state, staff["editor"], "reject", comment="Thiếu nguồn số liệu")
    [row] = figures.decisions(Period(today - timedelta(days=1), today))
    assert (row.task, row.approved, row.returned) == ("Biên tập", 1, 1)
    with translation.override("en"):
        assert REPORTS["decisions"].rows(Period(today - timedelta(days=1), today))[0][0] == "Editorial review"
    assert (row.median_hours, row.longest_hours) == (3.5, 5.0)
    assert (row.in_time, row.late) == (1, 1)
    assert figures.decisions(Period(date(2020, 1, 1), date(2020, 1, 2))) == []
