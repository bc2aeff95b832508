"""An upgrade from the previous version with its data, while readers read and an editor works: nobody notices."""

import re
import shutil
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pytest
import redis
import requests
from bs4 import BeautifulSoup

from tests.stack import previous
from tests.stack.compose import ROOT
from tests.stack.load import Load
from tests.stack.reader import Reader
from tests.stack.stack import HOST, PREFIX, Stack
from tests.stack.waiting import wait_until

pytestmark = [pytest.mark.stack]


@pytest.fixture
def stack():
    """The previous version at work, with what it had made of its demo content; not the stack of the other tests."""
    folder = Path(tempfile.mkdtemp(prefix="portal-upgrade-"))
    folder.chmod(0o755)
    previous.unpack(folder / "previous")
    give_another_mapping(folder / "previous")
    running = Stack(folder, folder / "previous")
    try:
        running.postgres.create()
        running.start("redis")
        running.start_mail()
        running.manage("restore", str(previous.DATA))
        running.deploy()
        running.serve()
        yield running
    finally:
        running.down()
        shutil.rmtree(folder, ignore_errors=True)


def give_another_mapping(root: Path) -> None:
    """So that the new version has to make the search server's indices again, beside those that serve."""
    schema = root / "portal" / "search" / "engines" / "elastic" / "schema.py"
    text, count = re.subn(r"^_FORM_OF_VALUES = \d+", "_FORM_OF_VALUES = 0", schema.read_text(), flags=re.MULTILINE)
    assert count == 1
    schema.write_text(text)


def indices(stack) -> dict[str, str]:
    """What the search server has of this stack: versions of the mapping by the name of the index."""
    names = f"{stack.values['ELASTICSEARCH_URL'].rstrip('/')}/{stack.values['ELASTICSEARCH_PREFIX']}.*"
    found = requests.get(f"{names}/_mapping", timeout=60).json()
    return {name: about["mappings"]["_meta"]["version"] for name, about in found.items()}


@pytest.fixture
def editor(stack) -> Reader:
    """Somebody who signed in before the upgrade."""
    return Reader(stack).log_in("editor")


def ask(stack, number: int, path: str) -> requests.Response:
    """What one of the web processes answers, past nginx and its cache."""
    address = f"http://127.0.0.1:{stack.ports[f'web-{number}']}{PREFIX}{path}"
    return requests.get(address, headers={"Host": HOST}, timeout=120)


def publishes(stack, reader: Reader, title: str) -> None:
    """The version whose programs are run now publishes, at once and by schedule, and readers and search have it."""
    path = stack.desk(f"print(path_of(make_article({title!r})))")  # words that both versions understand, as all here
    stack.desk(f"schedule(2, {f'Hẹn {title}'!r})")
    wait_until(lambda: scheduled(stack, f"Hẹn {title}") == 2, "the scheduler has published both")
    assert title in reader.get(path).text
    wait_until(lambda: entries(stack, title) == 3, "the worker has told the search")


def scheduled(stack, word: str) -> int:
    """How many Vietnamese articles beginning with a word are live."""
    return stack.query(
        f"""SELECT count(*) FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id
            WHERE page.title LIKE '{word} %' AND page.live AND locale.language_code = 'vi'"""
    )[0][0]


def entries(stack, word: str) -> int:
    return stack.query(f"SELECT count(*) FROM portal_search_searchentry WHERE title LIKE '%{word}%'")[0][0]


def works(editor: Reader, title: str) -> None:
    """An editor uploads a document, without signing in again."""
    assert editor.get("/cms/documents/add/").status_code == 200, "nobody has to sign in again"
    upload = {"file": ("bang.csv", BytesIO(b"a,b\n1,2\n"), "text/csv")}
    answer = editor.post("/cms/documents/add/", {"title": title, "collection": 1, "language": "vi"}, files=upload)
    assert answer.status_code == 302, answer.text[:3000]


def styles_arrive(stack, reader: Reader, number: int) -> None:
    """Every style sheet and script that a page of this process names is there, whichever version collected last."""
    page = BeautifulSoup(ask(stack, number, f"/vi/tin-tuc-su-kien/?topic={time.time_ns()}").text, "html.parser")
    named = [tag.get("href") or tag.get("src") for tag in page.select("link[rel=stylesheet], script[src]")]
    assert named
    for address in named:
        assert reader.get(stack.origin + address).status_code == 200, address


def replace(stack, name: str) -> None:
    stack.stop(name)
    stack.start(name)
    if name.startswith("web-"):
        wait_until(lambda: stack.is_ready(int(name[-1])), f"{name} is ready")


def is_made_again(now: dict[str, str], before: dict[str, str]) -> bool:
    return len(now) == len(before) and not set(now) & set(before) and not set(now.values()) & set(before.values())


def releases_in_the_cache(stack) -> set[str]:
    """Whose pages Redis keeps."""
    keys = redis.Redis(port=stack.ports["redis"]).scan_iter(match="*portal:default:*")
    return {re.search(r"portal:default:(\w*):", key.decode())[1] for key in keys}


def test_readers_and_editors_notice_nothing(stack, editor):
    reader = Reader(stack)
    pages = stack.query("SELECT count(*) FROM wagtailcore_page WHERE live")
    on_server = bool(stack.values["ELASTICSEARCH_URL"])
    if on_server:
        wait_until(lambda: len(indices(stack)) == 3, "the previous version's indices serve")
        before = indices(stack)
    with Load(stack, "upgrade", 8, pause=1) as load:  # several questions in every second of it
        # The new version's tables come while the old one serves, and it goes on serving: it must not mind them.
        stack.root, old = ROOT, stack.root
        stack.values["RELEASE"], old_release = "2", stack.values["RELEASE"]
        stack.deploy()
        stack.root, stack.values["RELEASE"] = old, old_release
        publishes(stack, reader, "Bài của bản cũ")
        works(editor, "Tệp của bản cũ")

        stack.root, stack.values["RELEASE"] = ROOT, "2"
        replace(stack, "web-1")
        for number in (1, 2):  # a new one and an old one beside one another
            styles_arrive(stack, reader, number)
            assert "Bài của bản cũ" in ask(stack, number, "/vi/tin-tuc-su-kien/").text
        assert releases_in_the_cache(stack) == {old_release, "2"}
        for _turn in range(4):  # now by the one, now by the other
            assert editor.get("/cms/").status_code == 200
        for name in ("web-2", "worker-1", "worker-2", "scheduler-1", "scheduler-2"):
            replace(stack, name)
        stack.reload_nginx()
        publishes(stack, reader, "Bài của bản mới")
        works(editor, "Tệp của bản mới")
        if on_server:
            wait_until(lambda: is_made_again(indices(stack), before), "every index is made again, and the old ones go")

        # And back, as the manual says: the old version on the new tables, without a deploy.
        stack.root, stack.values["RELEASE"] = old, old_release
        replace(stack, "web-1")
        styles_arrive(stack, reader, 1)
        assert "Bài của bản mới" in ask(stack, 1, "/vi/tin-tuc-su-kien/").text
        assert editor.get("/cms/").status_code == 200
    assert set(load.answers) <= {200, 503} and not load.wrong, (load.answers, load.wrong)
    assert load.refused == 0, "a 503 is the machine's, which is too busy, and never the upgrade's"
    stack.rest()
    assert set(stack.tasks()) == {"SUCCESSFUL"}
    assert stack.query("SELECT count(*) FROM wagtailcore_page WHERE live")[0][0] >= pages[0][0] + 6
    stack.root = ROOT
    assert "agree" in stack.manage("search", "status")
