"""Bodies that never come to their end: whoever sends them waits by himself, and everybody else is served."""

import select
import socket
import time
from io import BytesIO

import pytest

from tests.stack.stack import HOST, PREFIX
from tests.stack.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.stack]

THREADS = 2 * 2 * 4  # of both web processes
# In the form of true ones: what has another is refused at once, and would wait for nothing.
FORGED = f"portal_session={'s' * 32}; portal_csrf={'c' * 32}"


def begin(stack, path: str, sender: str, method: str = "POST") -> socket.socket:
    """A form of a hundred bytes of which ten are sent, past the province's proxy."""
    connection = socket.create_connection(("127.0.0.1", stack.ports["http"]), timeout=PATIENCE)
    head = (
        f"{method} {PREFIX}{path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-For: {sender}\r\nCookie: {FORGED}\r\n"
        f"Origin: {stack.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
    )
    connection.sendall(head.encode() + b"username=a")
    return connection


def statuses(connections: list[socket.socket]) -> list[int]:
    """What those were answered that have an answer already; it stays there to be read."""
    answered, _writable, _failed = select.select(connections, [], [], 0)
    return [int(connection.recv(12, socket.MSG_PEEK).split()[1]) for connection in answered]


def fresh_pages(reader) -> list[int]:
    return [reader.get(f"/vi/tin-tuc-su-kien/?topic={time.time_ns()}").status_code for _ in range(3)]


def test_forms_that_do_not_come_hold_no_thread_at_the_doors(stack, reader):
    slow = [begin(stack, "/cms/login/", f"203.0.113.{number}") for number in range(2 * THREADS)]
    assert fresh_pages(reader) == [200] * 3
    assert reader.get("/cms/login/").status_code == 200
    for connection in slow:
        connection.close()


def test_behind_the_doors_nobody_waits_for_what_a_stranger_sends(stack, reader):
    """A session that somebody made up is none, and that is said before the file has come."""
    paths = ("/cms/documents/add/", "/cms/images/multiple/add/", "/cms/pages/3/edit/", "/cms/nowhere/")
    slow = [begin(stack, paths[number % 4], f"203.0.113.{number}") for number in range(2 * THREADS)]
    assert fresh_pages(reader) == [200] * 3
    wait_until(lambda: statuses(slow) == [302] * len(slow), "everyone is led to the door")
    for connection in slow:
        connection.close()
    reader.get("/cms/login/")
    upload = {"file": ("bang.csv", BytesIO(b"a,b,c,d\n" * 4_000_000), "text/csv")}
    answer = reader.post("/cms/documents/add/", {"title": "Lạ"}, files=upload)
    assert answer.status_code == 302 and "/cms/login/" in answer.headers["Location"]


@pytest.mark.parametrize(("method", "sender"), [("POST", "203.0.113.60"), ("GET", "203.0.113.61")])
def test_one_sender_has_so_many_bodies_on_their_way_and_reads_meanwhile(stack, reader, method, sender):
    slow = [begin(stack, f"/vi/?page={number}", sender, method) for number in range(110)]
    wait_until(lambda: statuses(slow) == [429] * 10, "a hundred are more than an office sends")
    here = {"X-Forwarded-For": sender}
    assert reader.get("/vi/", headers=here).status_code == 200
    for connection in slow:
        connection.close()
