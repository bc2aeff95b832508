"""`make test`: the suite on SQLite, on PostgreSQL where a server is named, in a browser, and as a whole stack.

What cannot run here is skipped, and the output's end says why and how to enable it; with CI=true that is a failure.
"""

import os
import subprocess
import sys

from environment import PYTHON, ROOT, ensure

IN_CI = os.environ.get("CI") == "true"
NO_TESTS = 5  # pytest's exit code where nothing was selected, as with ARGS that name only other tests
WORKERS = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    ensure("test")
    codes, notes = [], []
    codes.append(pytest("SQLite", ["-m", "not browser and not stack", *WORKERS, *arguments]))
    url = os.environ.get("TEST_DATABASE_URL", "")
    problem = postgresql_problem(url)
    if problem:
        notes.append(f"PostgreSQL: {problem}")
    else:
        codes.append(pytest("PostgreSQL", ["-m", "not browser and not stack", *WORKERS, *arguments], DATABASE_URL=url))
    codes.append(pytest("Browser", ["-m", "browser", *arguments]))
    if os.environ.get("STACK") == "1":
        codes.append(pytest("Stack", ["-m", "stack", *arguments]))
    else:
        print("SKIPPED Stack: not asked for. To enable: STACK=1 make test", flush=True)
    for note in notes:
        print(f"{'FAILED' if IN_CI else 'SKIPPED'} {note}", flush=True)
    if all(code == NO_TESTS for code in codes):
        return NO_TESTS
    return int(any(code not in (0, NO_TESTS) for code in codes) or (IN_CI and bool(notes)))


def pytest(name: str, arguments: list[str], **environment: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    chosen = ("DATABASE_URL", "ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE")
    base = {key: value for key, value in os.environ.items() if key not in chosen}
    return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env={**base, **environment})


def postgresql_problem(url: str) -> str | None:
    """Why the suite cannot run on PostgreSQL, and how it could."""
    if not url:
        return "TEST_DATABASE_URL is not set. To enable: TEST_DATABASE_URL=postgres://user:password@host/name make test"
    code = "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=5).close()"
    answer = subprocess.run([str(PYTHON), "-c", code, url], capture_output=True, text=True)
    if answer.returncode:
        return f"the server of TEST_DATABASE_URL does not answer: {answer.stderr.strip().splitlines()[-1]}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
