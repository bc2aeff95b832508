"""The search server stops, hangs, refuses to write or loses things: nobody notices, and afterwards all is there.

On a real server of this file's own, which is killed as a power cut would. «Afterwards» is always a round of the
scheduler and never a command.
"""

import os
import signal
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from portal.search.engines import fallback, outbox
from portal.search.engines.elastic import connection, indices, sync
from portal.search.engines.elastic.connection import Unreachable
from portal.search.health import health
from portal.search.models import SearchChange, SearchEntry
from scripts.elasticsearch_server import Server, free_port
from tests.builders import make_article
from tests.search.conftest import use_server

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]
MANY = 3 * sync.CHUNK


@pytest.fixture(scope="module")
def own_server():
    server = Server(free_port())
    server.start()
    yield server
    server.remove()


@pytest.fixture(params=["own"])
def portal(db, settings, own_server, monkeypatch):
    """The portal with a search server that may be killed: indices are made, all is told, failures are forgotten."""
    own_server.start()
    use_server(settings, own_server.url, f"test-{uuid.uuid4().hex[:12]}")
    settings.ELASTICSEARCH_SECONDS = 5.0  # several test processes share a small machine
    monkeypatch.setattr(fallback, "MENDING_PAUSE", 0)
    monkeypatch.setattr(fallback, "PAUSE", 0)  # a test need not wait for the next try
    fallback.note_success()
    fallback.keep_up()
    assert_all_is_told()


def scheduler_round():
    """What happens every ten seconds by itself. The server may need a moment for its own recovery first."""
    client = connection.for_work()
    client.cluster.health(wait_for_status="yellow", timeout="30s")
    call_command("scheduler", "--once")


def assert_all_is_told():
    assert health().agrees and health().answering == "elasticsearch"
    assert all(rows == documents for rows, documents in sync.differences().values())
    for language in indices.languages():
        assert len(indices.of_language(connection.for_work(), language)) == 1


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


def test_killed_in_the_middle_of_a_rebuild(ask, own_server):
    add_rows(MANY)
    fallback.tell_server()

    def kill_after_the_first_rows(done, total):
        if done < total:
            own_server.kill()

    with pytest.raises(Unreachable):
        sync.rebuild("vi", kill_after_the_first_rows)
    answer = ask("ban ghi")
    assert (answer.engine, answer.total) == ("database", MANY)
    own_server.start()
    scheduler_round()
    answer = ask("ban ghi")
    assert (answer.engine, answer.total) == ("elasticsearch", MANY)
    sync.rebuild("vi")
    assert_all_is_told()


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


def test_killed_before_a_publication_and_a_withdrawal(titles, ask, committed, own_server):
    with committed():
        withdrawn, kept = make_article("Chè Tam Đường"), make_article("Chè Than Uyên")
    own_server.kill()
    with committed():
        make_article("Chè Shan tuyết")
        withdrawn.unpublish()
        kept.title = "Chè Than Uyên mới"
    answer = ask("che")
    assert answer.engine == "database" and {hit.title for hit in answer.hits} == {"Chè Shan tuyết", "Chè Than Uyên"}
    own_server.start()
    # It answers again, but has not heard of everything: the database goes on until it has.
    assert ask("che").engine == "database"
    scheduler_round()
    answer = ask("che")
    assert answer.engine == "elasticsearch" and {hit.title for hit in answer.hits} == set(titles("che"))
    assert set(titles("che")) == {"Chè Shan tuyết", "Chè Than Uyên"}
    assert_all_is_told()


def test_a_hanging_server_does_not_keep_a_reader(ask, committed, own_server):
    with committed():
        make_article("Cầu kính Rồng Mây")
    assert ask("cau kinh").engine == "elasticsearch"
    group = own_server.pid
    os.killpg(group, signal.SIGSTOP)
    try:
        answer = ask("cau kinh")
        assert (answer.engine, answer.total) == ("database", 1)
        assert health().away_seconds is not None
    finally:
        os.killpg(group, signal.SIGCONT)
    scheduler_round()
    assert ask("cau kinh").engine == "elasticsearch"
    assert_all_is_told()


def test_an_index_that_may_not_be_written(titles, ask, committed, settings):
    client, index = connection.for_work(), indices.alias_of("vi")
    client.indices.put_settings(index=index, settings={"index.blocks.write": True})
    with committed():
        make_article("Chợ phiên Sìn Hồ")
    assert ask("cho phien").engine == "database" and titles("cho phien") == ["Chợ phiên Sìn Hồ"]
    assert health().untold and not health().agrees
    out = StringIO()
    with pytest.raises(CommandError, match="Elasticsearch is not used"):
        call_command("search", "status", stdout=out)
    client.indices.put_settings(index=index, settings={"index.blocks.write": None})
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


def test_explain_says_why(portal, committed):
    with committed():
        make_article("Chè Lai Châu", body="<p>Trên núi cao.</p>")
    out = StringIO()
    call_command("search", "explain", "chè lai châu", stdout=out)
    text = out.getvalue()
    assert "1 found by elasticsearch" in text and "Chè Lai Châu" in text
    assert "title" in text.split("score", 1)[1]
