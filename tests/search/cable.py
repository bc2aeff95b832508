"""A cable between the portal and a real server, which a test may cut, hold up or let drip."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress


class Cable:
    """Forwards connections to a port of this machine. `state`: "whole", "cut", "silent" or "dripping".

    Cut: connections end and no new ones are taken. Silent: they are taken, and nothing comes back. Dripping: an answer
    comes a byte at a time, so that there is never silence and never an end.
    """

    def __init__(self, to_port: int):
        self.to_port, self.state = to_port, "whole"
        self._mark, self._then = b"", None
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def when_asked(self, mark: bytes, then: Callable[[], object]) -> None:
        """With the next request that has this mark: the server gets it, `then` happens, and no answer comes."""
        self._mark, self._then = mark, then

    def close(self) -> None:
        self._listener.close()
        self._end_all()

    @contextmanager
    def being(self, state: str):
        """The cable is in this state inside the block; open connections notice."""
        self.state = state
        if state == "cut":
            self._end_all()
        try:
            yield
        finally:
            self.state = "whole"
            self._end_all()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                far = self._far_end()
                if far is None:
                    near.close()
                    continue
                self._ends |= {near, far}
                threading.Thread(target=self._forward, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._forward, args=(far, near, True), daemon=True).start()

    def _far_end(self) -> socket.socket | None:
        """A connection to the server; None where there is no way to it."""
        try:
            return None if self.state == "cut" else socket.create_connection(("127.0.0.1", self.to_port))
        except OSError:
            return None

    def _forward(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not is_answer or self.state == "whole":
                    target.sendall(data)
                    if not is_answer and self._then and self._mark in data:
                        then, self._then = self._then, None
                        then()
                        break
                    continue
                for byte in data:
                    while self.state == "silent":
                        time.sleep(0.05)
                    target.sendall(bytes([byte]))
                    time.sleep(0.05 if self.state == "dripping" else 0)
        for end in (source, target):
            _end(end)

    def _end_all(self) -> None:
        while self._ends:
            _end(self._ends.pop())


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
