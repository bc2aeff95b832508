"""PostgreSQL away, and gone in the middle of a publication, with schedulers that come back after an hour."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.stack.load import Load, problem_of
from tests.stack.reader import Reader
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]

NEWS = "/vi/tin-tuc-su-kien/"
# Longer than everything that turns in seconds: health checks, the scheduler's rounds, waiting for a connection.
SECONDS_AWAY = 60


def published(stack, word: str) -> tuple[int, set[int]]:
    """How many articles beginning with a word are live, and how often each was published by schedule."""
    sql = f"""SELECT page.live, (SELECT count(*) FROM wagtailcore_pagelogentry log
              WHERE log.page_id = page.id AND log.action = 'wagtail.publish.scheduled')
              FROM wagtailcore_page page JOIN news_articlepage ON page_ptr_id = page.id
              JOIN wagtailcore_locale locale ON locale.id = page.locale_id
              WHERE page.title LIKE '{word} %' AND locale.language_code = 'vi'"""
    rows = stack.query(sql)
    return sum(live for live, _times in rows), {times for _live, times in rows}


def withdrawn(stack, word: str) -> list[int]:
    """How often each page of that title was withdrawn by schedule; none while it is public."""
    sql = f"""SELECT (SELECT count(*) FROM wagtailcore_pagelogentry log
              WHERE log.page_id = page.id AND log.action = 'wagtail.unpublish.scheduled')
              FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id
              WHERE page.title = '{word}' AND locale.language_code = 'vi' AND NOT page.live"""
    return [times for (times,) in stack.query(sql)]


def test_schedulers_back_after_an_hour_do_everything_once_though_postgresql_dies_in_the_middle(stack, reader):
    word = f"Hẹn {time.time_ns()}"
    for number in (1, 2):
        stack.stop(f"scheduler-{number}")
    ids = stack.desk(f"schedule(6, '{word}', minutes=-60)").split()
    expired = stack.desk(f"expire('Hết {word}')")
    stack.desk(f"leave_waiting('Chờ {word}')")
    assert reader.get(expired).status_code == 410, "readers do not wait for a scheduler"
    stack.mailbox.mails.clear()
    # One publication stops after its first statements, with both schedulers behind it; then the power fails.
    with stack.postgres.held(f"SELECT 1 FROM wagtailcore_page WHERE id = {ids[3]} FOR UPDATE"):
        for number in (1, 2):
            stack.start(f"scheduler-{number}")
        wait_until(lambda: stack.postgres.stopped_at("wagtailcore_page"), "one is in the middle of a publication")
        stack.postgres.stop("immediate")
    stack.postgres.start()
    wait_until(lambda: published(stack, word) == (6, {1}), "all six are public, each published once")
    wait_until(lambda: withdrawn(stack, f"Hết {word}") == [1], "what was over is withdrawn, once")
    slug = word.replace("Hẹn ", "hen-")
    for number in range(6):
        assert reader.get(f"{NEWS}{slug}-{number}/").status_code == 200
    assert reader.get(expired).status_code == 410
    for name in ("scheduler-1", "scheduler-2", "worker-1", "worker-2"):
        assert stack.processes[name].poll() is None, f"{name} did not survive"
    stack.rest()
    letters = [mail for mail in stack.mailbox.mails if mail["To"] == "editor@laichau.test"]
    assert len(letters) == 1, "two schedulers and a fallen server wrote one reminder"
    links = re.findall(r"https://\S+", letters[0].get_payload(decode=True).decode())
    assert links and all(link.startswith(f"{stack.url}/cms/pages/") for link in links), links
    found = reader.get("/vi/search/", params={"q": word}).text
    assert all(f"{slug}-{number}/" in found for number in range(6)), "and the search knows them"


def test_a_database_that_takes_nothing_new_stops_nobody(stack, reader):
    """Readers read, forms are answered with 503, and what is due goes out when it can be written to again."""
    word = f"Chỉ đọc {time.time_ns()}"
    waiting = ("scheduler-1", "scheduler-2", "worker-1", "worker-2")
    form = f"/vi/feedback/{stack.desk('some_article()')}/"
    stack.postgres.change("default_transaction_read_only", "on")
    try:
        assert reader.get(f"{NEWS}?topic={time.time_ns()}").status_code == 200
        answer = reader.post(form, {"kind": "useful"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 503 and not problem_of(form, answer), answer.text
        said = {name: stack.log(name).count("The database is away") for name in waiting}
        for name in waiting:
            wait_until(lambda name=name: stack.log(name).count("The database is away") > said[name], f"{name} waits")
    finally:
        stack.postgres.change("default_transaction_read_only", "off")
    assert [name for name in waiting if stack.processes[name].poll() is not None] == []
    stack.desk(f"schedule(1, '{word}')")
    wait_until(lambda: published(stack, word) == (1, {1}), "what is due is published")


def test_readers_are_served_from_caches_while_the_database_is_away(stack):
    reader = Reader(stack)
    known = ("/vi/", "/en/", "/zh-hans/", NEWS)
    for path in known:
        assert reader.get(path).status_code == 200
    stack.postgres.stop()
    try:
        with Load(stack, "database away", 4, paths=known, fresh=False, pause=0.5) as load:
            time.sleep(SECONDS_AWAY)
        assert set(load.answers) == {200} and not load.wrong, (load.answers, load.wrong)
        for language in ("vi", "en", "zh-hans"):
            path = f"/{language}/khong-ai-biet-{time.time_ns()}/"
            answer = reader.get(path)
            assert answer.status_code == 503 and not problem_of(path, answer), problem_of(path, answer)
        ready = stack.readiness(1)
        assert ready.status_code == 503 and not ready.json()["parts"]["database"]["ok"]
        alive = requests.get(f"http://127.0.0.1:{stack.ports['private-1']}/healthz", timeout=60)
        assert alive.status_code == 200
    finally:
        stack.postgres.start()
    wait_until(lambda: reader.get(f"{NEWS}?topic={time.time_ns()}").status_code == 200, "new pages are made again")


def test_a_database_that_does_not_answer_holds_no_thread_for_long(stack, reader):
    """Pages that are kept, and signs of life, need a thread and no database: more readers of others than there are."""
    known = ("/vi/", "/en/", "/zh-hans/", NEWS)
    for path in known:
        assert reader.get(path).status_code == 200
    with stack.postgres.silent():
        new = [f"/{language}/khong-ai-biet-{time.time_ns()}/" for language in ("vi", "en") for _number in range(12)]
        with ThreadPoolExecutor(len(new)) as pool:
            asked = [pool.submit(Reader(stack).get, path) for path in new]
            with Load(stack, "database silent", 4, paths=known, fresh=False, pause=0.5) as load:
                answers = [run.result() for run in asked]
        assert set(load.answers) == {200} and not load.wrong, (load.answers, load.wrong)
        assert {answer.status_code for answer in answers} == {503}
        assert [problem_of(path, answer) for path, answer in zip(new, answers, strict=True)] == [""] * len(new)
        alive = requests.get(f"http://127.0.0.1:{stack.ports['private-1']}/healthz", timeout=60)
        assert alive.status_code == 200 and stack.readiness(1).status_code == 503
    wait_until(lambda: reader.get(f"{NEWS}?topic={time.time_ns()}").status_code == 200, "new pages are made again")
