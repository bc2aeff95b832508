"""Many readers at once, who look at what they get."""

import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.stack import figures
from tests.stack.reader import Reader

PATHS = ("/vi/", "/en/", "/zh-hans/", "/vi/tin-tuc-su-kien/", "/en/tin-tuc-su-kien/", "/en/search/?q=tea")
NGINX_WAITS = 19  # seconds; deploy/nginx.conf has a little more
TAGS = {"vi": "vi", "en": "en", "zh-hans": "zh-Hans"}


def problem_of(path: str, answer: requests.Response) -> str:
    """What is wrong with an answer: it must be a whole page, or a clear 503, in the language of its address."""
    if answer.status_code not in (200, 503):
        return f"status {answer.status_code}"
    if answer.status_code == 503 and not answer.headers.get("Retry-After", "").isdigit():
        return "503 without Retry-After"
    return wrong_with_page(path, answer.status_code, answer.content.decode())


def wrong_with_page(path: str, status: int, text: str) -> str:
    """Whether it is whole, and in the language of its address."""
    tag = TAGS[path.split("/")[1]]
    if not re.search(rf'<html[^>]* lang="{tag}"', text):
        return f"{status} in another language"
    if len(re.findall(r"<h1[ >]", text)) != 1 or not text.rstrip().endswith("</html>"):
        return f"{status} that is not a whole page"
    return ""


class Load:
    """Readers who ask one page after another: `answers` by status, `slowest` in seconds, `wrong` should stay empty.

    `fresh`: every second address is one that nginx does not know, and of a list one that no cache does.
    `pause`: seconds that a reader reads.
    """

    def __init__(self, stack, name: str, readers: int, paths=PATHS, fresh: bool = True, pause: float = 0):
        self.stack, self.name, self.number, self.paths = stack, name, readers, paths
        self.fresh, self.pause = fresh, pause
        self.answers, self.slowest, self.wrong = Counter(), 0.0, Counter()
        self.refused = 0  # 503 before nginx had waited as long as it waits for a busy machine
        self.seen: list[tuple[str, float, requests.Response]] = []  # path, when it was asked for, the answer
        self._stop = threading.Event()

    def __enter__(self):
        self._started = time.monotonic()
        self._pool = ThreadPoolExecutor(self.number)
        self._runs = [self._pool.submit(self._read, number) for number in range(self.number)]
        return self

    def __exit__(self, *error):
        self._stop.set()
        for run in self._runs:
            run.result()
        self._pool.shutdown()
        figures.note(
            self.name,
            readers=self.number,
            seconds=round(time.monotonic() - self._started),
            requests=self.answers.total(),
            answers={str(status): number for status, number in self.answers.items()},
            failures=self.wrong.total(),
            slowest=f"{self.slowest:.2f} s",
        )

    def _read(self, number: int) -> None:
        reader, turn = Reader(self.stack), 0
        while not self._stop.is_set():
            path = self.paths[(number + turn) % len(self.paths)]
            address = path
            if self.fresh and turn % 2:
                address += ("&" if "?" in path else "?") + f"topic={number}-{turn}"
            asked, started = time.time(), time.monotonic()
            try:
                answer = reader.get(address)
                status, problem = answer.status_code, problem_of(path, answer)
                self.seen.append((path, asked, answer))
            except requests.RequestException as error:
                status = problem = type(error).__name__
            seconds = time.monotonic() - started
            self.slowest = max(self.slowest, seconds)
            self.refused += status == 503 and seconds < NGINX_WAITS
            self.answers[status] += 1
            if problem:
                self.wrong[f"{path}: {problem}"] += 1
            turn += 1
            time.sleep(self.pause)
