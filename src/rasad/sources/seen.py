"""What is seen of a page that is only looked at: how it answered, by which redirects, and its first bytes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Hop:
    """A redirect: the address that answered with it, and where it leads."""

    address: str
    status: int
    reason: str
    headers: Headers
    to: str


@dataclass(frozen=True)
class Seen:
    """An answer.

    Attributes:
        asked: The address that was asked for.
        hops: The redirects on the way, in their order.
        address: The address that answered in the end.
        status: Its status, as 404.
        reason: The words that came with it, as ``Not Found``.
        headers: Its headers, as they came.
        body: As many bytes as were wanted, as they came over the line.
        is_whole: Whether that is all of the body.
    """

    asked: str
    hops: tuple[Hop, ...]
    address: str
    status: int = 0
    reason: str = ""
    headers: Headers = ()
    body: bytes = b""
    is_whole: bool = True

    def header(self, name: str) -> str:
        """The first header of a name, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def told(self) -> str:
        """Status and words, as ``404 Not Found``."""
        return f"{self.status} {self.reason}".strip()


class Watch:
    """Ends a request that takes too long as a whole, however lively each of its bytes is."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.has_rung = False
        self._stream: Any = None

    def __call__(self, event: str, told: dict[str, Any]) -> None:
        """Hears from the client which line the request goes over."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = told.get("return_value")

    @contextmanager
    def running(self) -> Iterator[None]:
        timer = Timer(self.seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.has_rung = True
        with suppress(OSError, AttributeError):
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
