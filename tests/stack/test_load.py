"""Sixty-four readers at once while the desk publishes and nginx is reloaded: whole pages, or a clear 503."""

import re
import signal
import time
from http.client import HTTPConnection

import pytest

from tests.stack import figures
from tests.stack.load import PATHS, TAGS, Load, wrong_with_page
from tests.stack.stack import HOST, PREFIX
from tests.stack.waiting import PATIENCE

pytestmark = [pytest.mark.stack]

SECONDS = 15
# Two web processes of two workers with four threads; workers and schedulers with two each.
MOST_CONNECTIONS = 2 * 2 * 4 + 4 * 2


def test_a_sender_of_many_forms_waits_and_is_refused_in_the_end_and_others_do_not_notice(stack):
    """More at once than an office would send; what a sender writes before its own address changes nothing."""

    def send(number: int, address: str) -> tuple[str, HTTPConnection]:
        """Not waiting for the answer, so that all are there at once however slow the machine is."""
        path = f"/{list(TAGS)[number % 3]}/feedback/1/"
        connection = HTTPConnection("127.0.0.1", stack.ports["http"], timeout=PATIENCE)
        connection.request(
            "POST", PREFIX + path, headers={"Host": HOST, "X-Forwarded-For": f"9.9.9.{number}, {address}"}
        )
        return path, connection

    sent = [send(number, "203.0.113.50") for number in range(60)]
    other = send(0, "203.0.113.51")[1].getresponse()
    assert other.status == 403, "as every form without a page before it"
    statuses = set()
    for path, connection in sent:
        answer = connection.getresponse()
        statuses.add(answer.status)
        if answer.status == 429:
            assert answer.headers["Retry-After"] == "10"
            assert not wrong_with_page(path, answer.status, answer.read().decode())
        connection.close()
    assert statuses == {403, 429}, statuses


def connections(stack) -> int:
    """Connections of the portal to PostgreSQL at this moment."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'portal' AND application_name <> 'suite'"
    return stack.query(sql)[0][0]


def words(html: str) -> set[str]:
    """The numbers that the article «Nhịp tim» shows: in its title and in its text."""
    return set(re.findall(r"<h1[^>]*>\s*Nhịp tim (\d+)", html)) | set(re.findall(r"Nhịp đập (\d+)\.", html))


def test_64_readers_while_the_desk_publishes_and_nginx_is_reloaded(stack, reader):
    path = stack.desk("change_words('0')")
    most = 0
    with Load(stack, "load", 64, paths=(*PATHS, path)) as load:
        desk = stack.start_desk(f"keep_changing({SECONDS})")
        for second in range(SECONDS):
            time.sleep(1)
            most = max(most, connections(stack))
            if second == SECONDS // 2:
                stack.processes["nginx-portal"].send_signal(signal.SIGHUP)
        printed = desk.communicate()[0].split("\n")
    assert not load.wrong, load.wrong
    assert load.answers[200] > load.answers[503], load.answers
    figures.note("connections to PostgreSQL under load", most=most, allowed=MOST_CONNECTIONS)
    assert most - 1 <= MOST_CONNECTIONS, "one more is the desk of this test"

    published = [line.split() for line in printed if re.match(r"\d+ ", line)]
    public = {int(number): float(moment) for number, moment in published}
    read = [(asked, words(answer.text)) for of, asked, answer in load.seen if of == path and answer.ok]
    assert read and all(len(numbers) == 1 for _asked, numbers in read), "title and text are of one version"
    for asked, numbers in read:
        known = max((number for number, moment in public.items() if moment + 1.1 <= asked), default=0)
        assert int(numbers.pop()) >= known, "a version that had been replaced for more than a second"
    time.sleep(1.1)
    assert words(reader.get(path).text) == {str(max(public))}, "the last version was not lost"
