"""What goes wrong on real servers: readers get a page or a clear 503, the desk loses nothing, nothing happens twice."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO

import pytest
import requests

from tests.stack.conftest import Reader
from tests.stack.stack import HOST, PREFIX

pytestmark = [pytest.mark.stack]

PATHS = ("/vi/", "/en/", "/zh-hans/", "/vi/tin-tuc-su-kien/", "/en/tin-tuc-su-kien/", "/en/search/?q=tea")


def wait_until(question, seconds: float, pause: float = 0.5):
    """The first true answer; fails after the given time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(pause)
    raise AssertionError(f"not so within {seconds} s")


def desk(stack, call: str) -> str:
    return stack.shell(f"from tests.stack import desk; desk.{call}")


class Load:
    """Readers who ask one page after another; `answers` counts statuses, `slowest` is in seconds."""

    def __init__(self, stack, readers: int, fresh: bool = True):
        self.stack, self.number, self.fresh = stack, readers, fresh
        self.answers, self.slowest, self.wrong = Counter(), 0.0, []
        self._stop = threading.Event()

    def __enter__(self):
        self._pool = ThreadPoolExecutor(self.number)
        self._runs = [self._pool.submit(self._read, number) for number in range(self.number)]
        return self

    def __exit__(self, *error):
        self._stop.set()
        for run in self._runs:
            run.result()
        self._pool.shutdown()
        print(f"\n{self.number} readers: {dict(self.answers)}, slowest {self.slowest:.2f} s", flush=True)

    def _read(self, number: int) -> None:
        reader, turn = Reader(self.stack), 0
        while not self._stop.is_set():
            path = PATHS[(number + turn) % len(PATHS)]
            if self.fresh and turn % 2:  # an address that no cache knows
                path += ("&" if "?" in path else "?") + f"n={number}-{turn}"
            started = time.monotonic()
            try:
                answer = reader.get(path, timeout=60)
                status = answer.status_code
                if status == 503 and not answer.headers.get("Retry-After"):
                    self.wrong.append("503 without Retry-After")
                if status == 503 and answer.text.count("<h1") != 1:
                    self.wrong.append("503 without a page")
            except requests.RequestException as problem:
                status = type(problem).__name__
            self.slowest = max(self.slowest, time.monotonic() - started)
            self.answers[status] += 1
            turn += 1


def connections(stack) -> int:
    """Connections of the portal to PostgreSQL at this moment, this one not counted."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'portal' AND pid <> pg_backend_pid()"
    return stack.query(sql)[0][0]


def published(stack, word: str) -> tuple[int, set[int]]:
    """How many articles beginning with a word are live, and how often each was published by schedule."""
    sql = f"""SELECT page.live, (SELECT count(*) FROM wagtailcore_pagelogentry log
              WHERE log.page_id = page.id AND log.action = 'wagtail.publish.scheduled')
              FROM wagtailcore_page page JOIN news_articlepage ON page_ptr_id = page.id
              JOIN wagtailcore_locale locale ON locale.id = page.locale_id
              WHERE page.title LIKE '{word} %' AND locale.language_code = 'vi'"""
    rows = stack.query(sql)
    return sum(live for live, _times in rows), {times for _live, times in rows}


def tasks(stack) -> dict[str, int]:
    """Background tasks by state."""
    sql = "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"
    return dict(stack.query(sql))


def all_done(stack) -> bool:
    return not {"READY", "RUNNING"} & set(tasks(stack))


def test_64_readers_for_15_seconds_while_nginx_is_reloaded(stack):
    most = 0
    with Load(stack, 64) as load:
        for second in range(15):
            time.sleep(1)
            most = max(most, connections(stack))
            if second == 5:
                stack.processes["nginx-portal"].send_signal(signal.SIGHUP)
    assert set(load.answers) <= {200, 503} and not load.wrong, (load.answers, load.wrong)
    assert load.answers[200] > 100
    # Two web processes of two workers with four threads; workers and schedulers with two each.
    print(f"connections at most: {most}", flush=True)
    assert most <= 2 * 2 * 4 + 4 * 2


@pytest.fixture
def heart(stack) -> str:
    """Path of an article whose title the tests change."""
    return desk(stack, "change_title('đầu')")


def ask_process(stack, number: int, path: str) -> requests.Response:
    """What one of the web processes itself answers, past nginx and its cache."""
    address = f"http://127.0.0.1:{stack.ports[f'web-{number}']}{PREFIX}{path}"
    return requests.get(address, headers={"Host": HOST}, timeout=30)


def test_both_processes_show_a_change_within_a_second(stack, reader, heart):
    for number in (1, 2):
        assert "Nhịp tim đầu" in ask_process(stack, number, heart).text
    reader.get(heart)
    desk(stack, "change_title('hai')")
    for number in (1, 2):
        assert "Nhịp tim hai" in ask_process(stack, number, heart).text
    wait_until(lambda: "Nhịp tim hai" in reader.get(heart).text, 1.5, pause=0.1)


def test_sessions_survive_the_death_of_either_process(stack, admin):
    for number in (1, 2):
        stack.stop(f"web-{number}", signal.SIGKILL)
        assert admin.get("/cms/").status_code == 200
        stack.start(f"web-{number}")
        stack.wait_for(stack.ports[f"web-{number}"])
    assert admin.get("/cms/").status_code == 200


def test_two_schedulers_publish_once_though_postgresql_restarts_in_the_middle(stack, reader):
    word = f"Hẹn {time.time_ns()}"
    for number in (1, 2):
        stack.stop(f"scheduler-{number}")
    desk(stack, f"schedule(12, '{word}')")
    for number in (1, 2):
        stack.start("scheduler", f"scheduler-{number}")
    wait_until(lambda: published(stack, word)[0], 60, pause=0.02)
    stack.stop_postgres("immediate")
    stack.start_postgres()
    wait_until(lambda: published(stack, word) == (12, {1}), 60)
    assert reader.get(f"/vi/tin-tuc-su-kien/{word.replace('Hẹn ', 'hen-')}-3/").status_code == 200
    for number in (1, 2):
        assert stack.processes[f"scheduler-{number}"].poll() is None
        assert stack.processes[f"worker-{number}"].poll() is None


def test_readers_are_served_from_the_cache_while_the_database_is_away(stack):
    reader = Reader(stack)
    assert reader.get("/vi/").status_code == 200
    stack.stop_postgres()
    try:
        time.sleep(1.1)
        answer = reader.get("/vi/")
        assert answer.status_code == 200 and answer.headers["X-Cache"] in ("STALE", "HIT", "EXPIRED", "MISS")
        for language, tag in (("vi", "vi"), ("en", "en"), ("zh-hans", "zh-Hans")):
            unknown = reader.get(f"/{language}/khong-ai-biet-{time.time_ns()}/")
            assert (
                unknown.status_code == 503 and unknown.headers["Retry-After"] and f'<html lang="{tag}"' in unknown.text
            )
        ready = requests.get(f"http://127.0.0.1:{stack.ports['private-1']}/readyz", timeout=30)
        assert ready.status_code == 503 and not ready.json()["parts"]["database"]["ok"]
        alive = requests.get(f"http://127.0.0.1:{stack.ports['private-1']}/healthz", timeout=10)
        assert alive.status_code == 200
    finally:
        stack.start_postgres()
    wait_until(lambda: reader.get(f"/vi/?n={time.time_ns()}").status_code == 200, 20)


def redis_command(stack, *words: str) -> str:
    command = ["redis-cli", "-p", str(stack.ports["redis"]), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=10).stdout


def test_redis_emptied_slow_and_away(stack, heart):
    reader = Reader(stack)
    redis_command(stack, "FLUSHALL")
    assert reader.get(f"/vi/?n={time.time_ns()}").status_code == 200
    os.kill(stack.processes["redis"].pid, signal.SIGSTOP)  # takes connections and never answers
    try:
        started = time.monotonic()
        assert [reader.get(f"/vi/?n={time.time_ns()}").status_code for _ in range(4)] == [200] * 4
        seconds = time.monotonic() - started
        desk(stack, "change_title('khi vắng')")
    finally:
        os.kill(stack.processes["redis"].pid, signal.SIGCONT)
    assert seconds < 30, "a server that does not answer is not asked for every key"
    # Redis still has the generation from before the change; the scheduler makes it good.
    wait_until(lambda: "khi vắng" in ask_process(stack, 1, heart).text, 15)
    stack.stop("redis", signal.SIGKILL)
    try:
        assert reader.get(f"/en/?n={time.time_ns()}").status_code == 200
        assert Reader(stack).log_in().get("/cms/").status_code == 200
        ready = requests.get(f"http://127.0.0.1:{stack.ports['private-1']}/readyz", timeout=30)
        assert ready.status_code == 200 and "cache" in ready.json()["failing"]
    finally:
        stack.start_redis()


def test_tasks_of_a_killed_worker_are_done_by_another(stack):
    for number in (1, 2):
        stack.stop(f"worker-{number}")
    desk(stack, "enqueue_renditions()")
    stack.start("worker", "worker-1")
    wait_until(lambda: "RUNNING" in tasks(stack), 60, pause=0)
    stack.stop("worker-1", signal.SIGKILL)
    assert tasks(stack)["RUNNING"] == 1
    for number in (1, 2):
        stack.start("worker", f"worker-{number}")
    wait_until(lambda: all_done(stack), 90)
    assert "FAILED" not in tasks(stack)


@contextmanager
def full_disk(folder, size: str):
    """A folder on a disk of its own with little room, as root can mount it."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("to fill a disk this test has to mount a small one, which needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_full_disk_on_upload_is_said_and_nothing_is_half_stored(stack, admin):
    before = stack.query("SELECT count(*) FROM core_portaldocument")
    admin.get("/cms/documents/add/")
    table = ("tran.csv", BytesIO(b"a,b\n" * 250_000), "text/csv")
    with full_disk(stack.media / "documents", "300k"):
        answer = admin.post(
            "/cms/documents/add/", {"title": "Tràn", "collection": 1, "language": "vi"}, files={"file": table}
        )
        assert answer.status_code == 503 and "<h1>" in answer.text and answer.headers["Retry-After"]
    assert stack.query("SELECT count(*) FROM core_portaldocument") == before
    assert admin.get("/cms/documents/").status_code == 200


def test_full_disk_on_renditions_tells_the_operator_and_can_be_made_good(stack, reader):
    stack.mailbox.mails.clear()
    with full_disk(stack.media / "images", "16k"):
        desk(stack, "enqueue_renditions()")
        wait_until(lambda: "FAILED" in tasks(stack), 60)
        assert reader.get("/vi/").status_code == 200
        wait_until(lambda: stack.mailbox.mails, 10)
    mail = stack.mailbox.mails[0]
    assert "make_renditions" in mail["Subject"] and mail["To"] == "operator@laichau.test"
    stack.manage("retry_tasks")
    wait_until(lambda: all_done(stack) and "FAILED" not in tasks(stack), 90)
