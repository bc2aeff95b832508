"""Figures of what was really published and decided, through the doors that people use."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from wagtail.models import Page, TaskState

from portal.audit.models import AuditEntry
from portal.contributors.models import ReviewDeadline
from portal.publishing.schedule import run_due
from portal.publishing.service import publish_new
from portal.reports import figures
from portal.reports.period import Period
from portal.reports.tables import REPORTS
from tests.builders import approve, make_article, make_staff, pass_an_hour, submit, translate

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


def public_languages(article) -> set[str]:
    pages = Page.objects.filter(translation_key=article.translation_key, live=True, alias_of=None)
    return set(pages.values_list("locale__language_code", flat=True))


def test_output_agrees_with_what_readers_saw(staff):
    """Each act through its own door; what readers see is asked before and after it, and counted by hand."""
    period = Period(timezone.localdate(), timezone.localdate())
    before = {row.key: row for row in figures.output(period, ("language",))}
    counted = Counter()

    def act(article, do):
        earlier = public_languages(article)
        do()
        counted.update(("withdrawn", code) for code in earlier - public_languages(article))

    kept, ending, hidden, deleted = (make_article(title) for title in ("Giữ", "Hết hạn", "Rút", "Xóa"))
    counted["new", "vi"] += 4
    for article in (ending, hidden, deleted):
        translate(article)
        counted["new", "en"] += 1
    # A new version of a public page, approved for later: nothing has gone out yet.
    kept.title = "Giữ, sửa"
    kept.go_live_at = timezone.now() + timedelta(hours=1)
    kept.save_revision(user=staff["contributor"])
    submit(kept, staff["contributor"])
    approve(kept, staff["editor"], staff["reviewer"])
    assert Page.objects.get(pk=kept.pk).title == "Giữ"
    entries = AuditEntry.objects.filter(object_id=str(kept.pk), action__startswith="portal.")
    assert entries.first().action == "portal.schedule"
    # Its hour comes: now it counts, once.
    pass_an_hour(kept)
    assert run_due() == (1, 0)
    assert Page.objects.get(pk=kept.pk).title == "Giữ, sửa"
    counted["updated", "vi"] += 1
    Page.objects.filter(pk=ending.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    act(ending, run_due)
    act(hidden, lambda: hidden.unpublish(user=staff["editor"]))
    act(deleted, lambda: deleted.delete(user=staff["editor"]))
    draft = make_article("Nháp", publish=False)
    act(draft, draft.delete)  # nobody loses what nobody saw
    assert (counted["withdrawn", "vi"], counted["withdrawn", "en"]) == (3, 3)
    now = {row.key: row for row in figures.output(period, ("language",))}
    for code in ("vi", "en"):
        old, new = (rows.get((code,), figures.Output((code,), 0, 0, 0)) for rows in (before, now))
        for name in ("new", "updated", "withdrawn"):
            assert getattr(new, name) - getattr(old, name) == counted[name, code], (name, code)


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
