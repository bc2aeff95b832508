"""Waiting for what a test is about: on a condition, with a limit that a busy machine does not reach."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE = 300  # seconds; reached only where something is wrong


def wait_until(question: Callable[[], Answer], what: str, seconds: float = PATIENCE, pause: float = 0.2) -> Answer:
    """The first true answer; after the limit a failure that says what did not happen and what was answered last."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}; last answer: {answer!r}"
        time.sleep(pause)
    return answer
