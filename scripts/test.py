"""`make test`: the suite on SQLite, on PostgreSQL where a server is named, the search on a real Elasticsearch, in a
browser, and as a whole stack.

The stack mostly waits (for clocks, schedules, restarts), so the passes on the databases run beside it, and behind it
where both want the processor: nothing in them depends on time. Its output follows when it is done.

What cannot run here is skipped, and the output's end says why and how to enable it; with CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import elasticsearch_server
from environment import PYTHON, ROOT, ensure

IN_CI = os.environ.get("CI") == "true"
NO_TESTS = 5  # pytest's exit code where nothing was selected, as with ARGS that name only other tests
# What is left to a pass of its own.
APART = "not browser and not stack and not elasticsearch"
BEHIND = ("nice", "-n", "19")  # takes the processor when the stack does not
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
        with beside("Stack", ["-m", "stack", *arguments], codes, **server):
            codes.append(pytest("SQLite", ["-m", APART, *WORKERS, *arguments], BEHIND))
            if rows:
                again = f"{APART} and not once"
                codes.append(pytest("PostgreSQL", ["-m", again, *WORKERS, *arguments], BEHIND, **rows))
        if problem:
            notes.append(f"Elasticsearch: {problem}")
        else:
            codes.append(pytest("Elasticsearch", ["-m", "elasticsearch", *WORKERS, *arguments], **rows, **server))
    # Two passes: a browser that stays open for a whole process lets no other be started there.
    others = ["--ignore=tests/search", "--ignore=tests/signin"]
    codes.append(pytest("Browser", ["-m", BROWSER, *WORKERS, *others, *arguments]))
    codes.append(pytest("Browser, one at a time", ["-m", BROWSER, "--ignore=tests/browser", *arguments]))
    for note in notes:
        print(f"{'FAILED' if IN_CI else 'SKIPPED'} {note}", flush=True)
    if all(code == NO_TESTS for code in codes):
        return NO_TESTS
    return int(any(code not in (0, NO_TESTS) for code in codes) or (IN_CI and bool(notes)))


def pytest(name: str, arguments: list[str], before: tuple[str, ...] = (), **environment: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    return subprocess.call([*before, *_command(arguments)], cwd=ROOT, env=_environment(environment))


@contextmanager
def beside(name: str, arguments: list[str], codes: list[int], **environment: str) -> Iterator[None]:
    """A pass that runs while the block does; afterwards its output is printed and its code is among `codes`."""
    with tempfile.TemporaryFile() as output:
        command, values = _command(arguments), _environment(environment)
        process = subprocess.Popen(command, cwd=ROOT, env=values, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
            codes.append(process.wait())
        finally:
            process.terminate()
            process.wait()
            print(f"\n=== {name} ===", flush=True)
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout.buffer)
            sys.stdout.flush()


def _command(arguments: list[str]) -> list[str]:
    return [str(PYTHON), "-m", "pytest", *arguments]


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
