"""The search server stops, hangs, refuses to write or loses things: nobody notices, and afterwards all is there.

On a real server of this file's own, which is killed as a power cut would, and with a cable to it that fails in other
ways. «Afterwards» is always a round of the scheduler and never a command.
"""

import logging
import socket
import threading
import time
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from portal.operations import probes
from portal.operations.backup.restoring import settle
from portal.search.engines import fallback, outbox
from portal.search.engines.elastic import connection, indices, sync
from portal.search.engines.elastic.connection import Unreachable
from portal.search.health import health
from portal.search.models import SearchChange, SearchEntry
from scripts.elasticsearch_server import Server, free_port
from tests.builders import make_article
from tests.search.cable import Cable
from tests.search.conftest import PATIENCE, use_server

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]
MANY = 2 * sync.CHUNK + 1


@pytest.fixture(scope="module")
def own_server():
    server = Server(free_port(), quick=True)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def cable(own_server):
    cable = Cable(own_server.port)
    yield cable
    cable.close()


@pytest.fixture(params=["own"])
def portal(db, settings, own_server, cable, monkeypatch):
    """The portal with a search server that may be killed: indices are made, all is told, failures are forgotten."""
    own_server.start()
    use_server(settings, cable.url, f"test-{uuid.uuid4().hex[:12]}")
    monkeypatch.setattr(fallback, "MENDING_PAUSE", 0)
    monkeypatch.setattr(fallback, "PAUSE", 0)  # a test need not wait for the next try
    fallback.note_success()
    fallback.keep_up()
    assert_all_is_told()


def scheduler_round():
    """What happens every ten seconds by itself. The server may need a moment for its own recovery first."""
    connection.for_work().cluster.health(wait_for_status="yellow", timeout=f"{PATIENCE}s")
    call_command("scheduler", "--once")


def assert_all_is_told():
    assert health().agrees and health().answering == "elasticsearch"
    assert probes.all_results()["search"].ok
    assert all(rows == documents for rows, documents in sync.differences().values())
    for language in indices.languages():
        assert len(indices.of_language(connection.for_work(), language)) == 1


def assert_the_operator_sees_it():
    result = probes.all_results()["search"]
    assert not result.ok and not result.needed and "Elasticsearch" in result.note
    assert health().away_seconds is not None and not health().agrees
    with pytest.raises(CommandError, match="Elasticsearch is not used"):
        call_command("search", "status", stdout=StringIO())


def add_rows(count: int) -> None:
    SearchEntry.objects.bulk_create(
        SearchEntry(
            key=f"record:{number}",
            language="vi",
            kind="page",
            title=f"Bản ghi {number}",
            path="/vi/",
            folded_title=f" ban ghi {number} ",
            folded=f" ban ghi {number} ",
        )
        for number in range(count)
    )


def test_killed_in_the_middle_of_a_rebuild(ask, committed, own_server, monkeypatch):
    add_rows(MANY)
    with committed():
        withdrawn = make_article("Chè Tam Đường")

    def kill_after_the_first_rows(done, total):
        if done < total:
            own_server.kill()

    with pytest.raises(Unreachable):
        sync.rebuild("vi", kill_after_the_first_rows)
    answer = ask("ban ghi")
    assert (answer.engine, answer.total) == ("database", MANY)
    with committed():
        make_article("Chè Shan tuyết")
        withdrawn.unpublish()
    assert [hit.title for hit in ask("che").hits] == ["Chè Shan tuyết"]
    assert_the_operator_sees_it()
    own_server.start()
    # It answers again, but has not heard of everything: the database goes on until it has.
    assert ask("che").engine == "database"
    scheduler_round()
    assert ask("che").engine == "elasticsearch" and [hit.title for hit in ask("che").hits] == ["Chè Shan tuyết"]
    assert ask("ban ghi").total == MANY and health().agrees
    monkeypatch.setattr(indices, "_LONGEST_REBUILD", timedelta(0))  # what was left half built goes after a while
    scheduler_round()
    assert_all_is_told()


def test_killed_in_the_middle_of_a_publication(ask, committed, own_server, cable):
    cable.when_asked(b"_bulk", own_server.kill)
    with committed():
        make_article("Chè Than Uyên")
    assert own_server.pid is None
    answer = ask("che")
    assert answer.engine == "database" and [hit.title for hit in answer.hits] == ["Chè Than Uyên"]
    own_server.start()
    scheduler_round()
    answer = ask("che")
    assert answer.engine == "elasticsearch" and [hit.title for hit in answer.hits] == ["Chè Than Uyên"]
    assert_all_is_told()


def test_cut_off_in_the_middle_of_a_question(ask, committed, cable, caplog):
    with committed():
        make_article("Cầu kính Rồng Mây")
    with caplog.at_level(logging.WARNING, logger="portal.search"):
        cable.when_asked(b"_msearch", lambda: None)
        answer = ask("cau kinh")
        assert (answer.engine, answer.total) == ("database", 1)
        with cable.being("cut"):
            assert ask("cau kinh").engine == "database"
        assert len([line for line in caplog.messages if "is away" in line]) == 1
        # No change was missed, so the next reader's question may bring it back.
        assert ask("cau kinh").engine == "elasticsearch"
    assert "is back" in caplog.messages[-1]
    assert_all_is_told()


@pytest.mark.parametrize("state", ["silent", "dripping"])
def test_a_slow_server_does_not_keep_a_reader(ask, committed, cable, settings, state):
    with committed():
        make_article("Cầu kính Rồng Mây")
    assert ask("cau kinh").engine == "elasticsearch"
    settings.ELASTICSEARCH_SECONDS = 0.5
    with cable.being(state):
        answer = ask("cau kinh")  # a whole dripping answer would take minutes
        assert (answer.engine, answer.total) == ("database", 1)
        assert_the_operator_sees_it()
    settings.ELASTICSEARCH_SECONDS = PATIENCE
    scheduler_round()
    assert ask("cau kinh").engine == "elasticsearch"
    assert_all_is_told()


def test_a_name_that_is_not_resolved_does_not_keep_a_reader(ask, settings, monkeypatch):
    resolve, settings.ELASTICSEARCH_SECONDS = socket.getaddrinfo, 0.5
    settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL.replace("127.0.0.1", "localhost")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *wanted, **how: time.sleep(3) or resolve(*wanted, **how))
    assert ask("lan rung").engine == "database"


def test_a_question_that_the_server_refuses_does_not_make_it_away(ask, committed, monkeypatch):
    with committed():
        make_article("Lan rừng")
    monkeypatch.setattr("portal.search.engines.elastic.questions.PAGE_SIZE", 20_000)  # more than it allows
    answer = ask("lan rung")
    assert (answer.engine, answer.total) == ("database", 1) and fallback.away() is None


def test_the_old_index_serves_while_a_new_one_is_built(ask, committed):
    add_rows(MANY)
    fallback.tell_server()
    seen = []

    def ask_and_publish(done, total):
        answer = ask("ban ghi")
        seen.append((answer.engine, answer.total))
        if len(seen) == 1:
            SearchEntry.objects.filter(key__in=["record:1", f"record:{MANY - 1}"]).delete()  # one is copied already
            with committed():
                make_article("Trong khi dựng lại")
            assert ask("trong khi dung lai").total == 1

    sync.rebuild("vi", ask_and_publish)
    assert len(seen) > 2 and {engine for engine, _ in seen} == {"elasticsearch"}
    assert seen[0][1] == MANY and seen[1][1] == MANY - 2
    assert ask("trong khi dung lai").total == 1 and ask("ban ghi").total == MANY - 2
    assert_all_is_told()


# The second is what the server does by itself when its disk is full.
@pytest.mark.parametrize("block", ["index.blocks.write", "index.blocks.read_only_allow_delete"])
def test_an_index_that_may_not_be_written(titles, ask, committed, block):
    client, index = connection.for_work(), indices.alias_of("vi")
    client.indices.put_settings(index=index, settings={block: True})
    with committed():
        make_article("Chợ phiên Sìn Hồ")
    assert ask("cho phien").engine == "database" and titles("cho phien") == ["Chợ phiên Sìn Hồ"]
    assert health().untold
    assert_the_operator_sees_it()
    client.indices.put_settings(index=index, settings={block: None})
    scheduler_round()
    assert ask("cho phien").engine == "elasticsearch" and titles("cho phien") == ["Chợ phiên Sìn Hồ"]
    assert_all_is_told()


def test_another_mapping_makes_the_indices_again(titles, committed, monkeypatch):
    with committed():
        make_article("Đèo Ô Quy Hồ")
    before = indices.of_language(connection.for_work(), "vi")
    monkeypatch.setattr(indices, "VERSION", "another")
    assert titles("deo o quy ho") == ["Đèo Ô Quy Hồ"]
    scheduler_round()
    after = indices.of_language(connection.for_work(), "vi")
    assert [index.version for index in after] == ["another"] and before[0].name != after[0].name
    assert titles("deo o quy ho") == ["Đèo Ô Quy Hồ"]
    assert_all_is_told()


def test_documents_lost_on_the_server_come_back(ask, committed):
    with committed():
        make_article("Núi Pu Si Lung")
    connection.for_work().delete_by_query(index=indices.alias_of("vi"), query={"match_all": {}}, refresh=True)
    scheduler_round()
    assert ask("pu si lung").total == 1
    assert_all_is_told()


def test_what_the_server_still_has_is_not_shown(ask, committed):
    with committed():
        article = make_article("Tin mật")
    SearchEntry.objects.filter(page_id=article.pk).delete()  # gone from the rows, not told yet
    assert ask('"tin mat"').hits == []
    fallback.tell_server()
    assert ask('"tin mat"').total == 0


def test_notes_are_part_of_the_transaction(portal):
    with transaction.atomic():
        add_rows(3)
        assert SearchChange.objects.count() == 3
        transaction.set_rollback(True)
    assert not SearchChange.objects.exists()
    add_rows(2)
    SearchEntry.objects.filter(key="record:0").update(title="Bản ghi 0")  # as it was: nothing to tell
    assert SearchChange.objects.count() == 2
    SearchEntry.objects.filter(key="record:0").update(language="en")
    assert sorted(SearchChange.objects.values_list("key", "language"))[:3] == [
        ("record:0", "en"),
        ("record:0", "vi"),
        ("record:0", "vi"),
    ]
    outbox.remove()
    add_rows_again = SearchEntry.objects.filter(key="record:1").update(title="Khác")
    assert add_rows_again == 1 and not SearchChange.objects.exists()


def test_after_a_restore_the_server_forgets_later_rows_and_their_versions(portal, ask):
    """The same number of rows with other words: counts agree, and the numbers of changes have gone back."""
    add_rows(2)
    SearchEntry.objects.filter(key="record:1").update(title="Mới", folded_title="moi", folded="moi")
    fallback.tell_server()
    SearchEntry.objects.filter(key="record:1").update(title="Cũ", folded_title="cu ky", folded="cu ky")
    SearchChange.objects.all().delete()  # the rows of the backup, as it has them
    settle()
    outbox.ensure()  # what a deploy does before the scheduler comes
    fallback.keep_up()
    assert ask("moi").total == 0 and [hit.key for hit in ask("cu ky").hits] == ["record:1"]
    assert_all_is_told()


def test_nothing_is_forgotten_of_what_the_server_must_hear_anew(portal, cable):
    outbox.begin_again()
    with cable.being("cut"):
        fallback.keep_up()
    assert sorted(outbox.of_whole_languages().values()) == sorted(indices.languages())
    fallback.keep_up()
    assert_all_is_told()


def test_a_row_that_changes_its_language_changes_its_index(portal, ask):
    add_rows(1)
    fallback.tell_server()
    SearchEntry.objects.filter(key="record:0").update(language="en")
    fallback.tell_server()
    assert ask('"ban ghi"', "en").total == 1 and ask('"ban ghi"', "vi").total == 0
    assert_all_is_told()


def test_a_server_that_never_was(ask, committed, settings):
    with committed():
        make_article("Lan rừng")
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    answer = ask("lan rung")
    assert (answer.engine, answer.total) == ("database", 1)
    with pytest.raises(CommandError, match="the address is in ELASTICSEARCH_URL"):
        call_command("search", "rebuild", "--index-only", stdout=StringIO())


class Strange(BaseHTTPRequestHandler):
    """Calls itself what is expected and says nothing that is."""

    def do_POST(self):
        body = b'{"took": 1}'
        self.send_response(200)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def test_an_answer_that_is_none_does_not_reach_the_reader(ask, committed, settings, caplog):
    with committed():
        make_article("Lan rừng")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.server_port}"
    try:
        answer = ask("lan rung")
    finally:
        server.shutdown()
        server.server_close()
    assert (answer.engine, answer.total) == ("database", 1)
    assert "not understood" in caplog.text and fallback.away() is not None


def test_a_process_that_ends_answers_its_last_readers(ask, committed):
    with committed():
        make_article("Lan rừng")
    connection._askers().shutdown()  # as Python does on the way out: no thread is started any more
    try:
        answer = ask("lan rung")
    finally:
        connection._askers.cache_clear()
    assert (answer.engine, answer.total) == ("elasticsearch", 1)


def test_explain_says_why(portal, committed):
    with committed():
        make_article("Chè Lai Châu", body="<p>Trên núi cao.</p>")
    out = StringIO()
    call_command("search", "explain", "chè lai châu", stdout=out)
    text = out.getvalue()
    assert "1 found by elasticsearch" in text and "Chè Lai Châu" in text
    assert "title" in text.split("score", 1)[1]
