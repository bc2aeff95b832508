"""`make test`: the suite on SQLite, on PostgreSQL where a server is named, the search on a real Elasticsearch, in a
browser, and as a whole stack.

The stack, the search server and the browser mostly wait (for clocks, restarts, one another). Their passes run one after
another beside those on the databases, which take what these leave of the processor: nothing in them depends on time.
What the waiting ones print follows at the end.

What cannot run here is skipped, and the output's end says why and how to enable it; with CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

import elasticsearch_server
from environment import PYTHON, ROOT, ensure

IN_CI = os.environ.get("CI") == "true"
NO_TESTS = 5  # pytest's exit code where nothing was selected, as with ARGS that name only other tests
# What is left to a pass of its own.
APART = "not browser and not stack and not elasticsearch"
BEHIND = ("nice", "-n", "19")  # takes the processor when the others do not
BROWSER = "browser and not elasticsearch"
# Files in their order: sorted by their number of tests, the few long ones would be left to the end, and to one worker.
WORKERS = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]


def main(arguments: list[str]) -> int:
    ensure("test")
    codes, notes = [], []
    url = os.environ.get("TEST_DATABASE_URL", "")
    if problem := postgresql_problem(url):
        notes.append(f"PostgreSQL: {problem}")
    rows = {} if problem else {"DATABASE_URL": url}  # as in production, where there is a PostgreSQL
    with search_server() as (address, problem):
        server = {"TEST_ELASTICSEARCH_URL": address} if address else {}
        waiting = [("Stack", ["-m", "stack", *arguments], server)]
        if problem:
            notes.append(f"Elasticsearch: {problem}")
        else:
            # A name of its own: the pass on PostgreSQL has the test databases of the other one at the same time.
            own = {name: urlsplit(value)._replace(path="/search").geturl() for name, value in rows.items()}
            waiting.append(("Elasticsearch", ["-m", "elasticsearch", *WORKERS, *arguments], {**own, **server}))
        # Two passes: a browser that stays open for a whole process lets no other be started there.
        others = ["--ignore=tests/search", "--ignore=tests/signin"]
        waiting.append(("Browser", ["-m", BROWSER, *WORKERS, *others, *arguments], {}))
        waiting.append(("Browser, one at a time", ["-m", BROWSER, "--ignore=tests/browser", *arguments], {}))
        with beside(waiting, codes):
            codes.append(pytest("SQLite", ["-m", APART, *WORKERS, *arguments], {}, before=BEHIND))
            if rows:
                again = f"{APART} and not once"
                codes.append(pytest("PostgreSQL", ["-m", again, *WORKERS, *arguments], rows, before=BEHIND))
    for note in notes:
        print(f"{'FAILED' if IN_CI else 'SKIPPED'} {note}", flush=True)
    if all(code == NO_TESTS for code in codes):
        return NO_TESTS
    return int(any(code not in (0, NO_TESTS) for code in codes) or (IN_CI and bool(notes)))


def pytest(
    name: str,
    arguments: list[str],
    variables: dict[str, str],
    before: tuple[str, ...] = (),
    output: BinaryIO | None = None,
) -> int:
    """Run a pass to its end and give its exit code; what it prints is shown, or kept in `output`."""
    heading = f"\n=== {name} ===\n".encode()
    (output or sys.stdout.buffer).write(heading)
    (output or sys.stdout.buffer).flush()
    command = [*before, str(PYTHON), "-m", "pytest", *arguments]
    return subprocess.call(
        command, cwd=ROOT, env=_environment(variables), stdout=output, stderr=output and subprocess.STDOUT
    )


@contextmanager
def beside(passes: list[tuple[str, list[str], dict[str, str]]], codes: list[int]) -> Iterator[None]:
    """Passes that run while the block does; afterwards what they printed is shown and their codes are among `codes`.

    Where the block ends by an error, as by Ctrl+C, no further pass begins.
    """
    over = threading.Event()
    with tempfile.TemporaryFile() as output, ThreadPoolExecutor(1) as pool:

        def run() -> None:
            for name, arguments, variables in passes:
                if not over.is_set():
                    codes.append(pytest(name, arguments, variables, output=output))

        running = pool.submit(run)
        try:
            yield
            running.result()
        finally:
            over.set()
            pool.shutdown()
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout.buffer)
            sys.stdout.flush()


def _environment(values: dict[str, str]) -> dict[str, str]:
    """The portal's own variables stay unset: no test may depend on them or write into somebody's indices."""
    unset = ("DATABASE_URL", "ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE")
    return {**{key: value for key, value in os.environ.items() if key not in unset}, **values}


def postgresql_problem(url: str) -> str | None:
    """Why the suite cannot run on PostgreSQL, and how it could."""
    if not url:
        return "TEST_DATABASE_URL is not set. To enable: TEST_DATABASE_URL=postgres://user:password@host/name make test"
    code = "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=5).close()"
    answer = subprocess.run([str(PYTHON), "-c", code, url], capture_output=True, text=True)
    if answer.returncode:
        return f"the server of TEST_DATABASE_URL does not answer: {answer.stderr.strip().splitlines()[-1]}"
    return None


@contextmanager
def search_server() -> Iterator[tuple[str, str]]:
    """The address of an Elasticsearch, named or of our own, or else why the search cannot be tested on one."""
    if named := os.environ.get("TEST_ELASTICSEARCH_URL", ""):
        yield named, ""
    elif problem := elasticsearch_server.problem():
        yield "", problem
    else:
        with elasticsearch_server.serving(quick=True) as address:
            yield address, ""


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except elasticsearch_server.ServerError as error:
        sys.exit(f"Elasticsearch: {error}")
