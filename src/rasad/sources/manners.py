"""Manners toward servers: how far apart, how patiently and how often a host is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from time import monotonic

from rasad.sources.addresses import UnreachableError


@dataclass(frozen=True)
class Manners:
    """How a server is treated; times in seconds."""

    connections: int = 2
    pause: float = 0.1
    """Between the starts of two requests to one host."""
    timeout: float = 30.0
    """How long a server may be silent."""
    slowest: float = 1000.0
    """Bytes a second; less than this through a whole ``timeout`` is as good as silence."""
    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 5.0
    jitter: float = 1.0
    patience: float = 120.0
    """The longest Retry-After that is waited for."""


MANNERS = Manners()
LOOKING = Manners(connections=32, pause=0.3, timeout=15.0, attempts=2, patience=15.0)
"""For looking at many pages of many hosts: more of them at a time, but each host less often."""

KEEPING = Manners(connections=8, pause=0.5, attempts=2, patience=30.0)
"""For fetching whole pages of many hosts."""


class Turns:
    """When a host may be asked again, for all who ask: threads wait here for their turn."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._next: dict[str, float] = {}
        self._alone: dict[str, Lock] = {}
        self._lock = Lock()
        self._stopped = Event()

    def stop(self) -> None:
        """Let nobody wait any longer, and nobody ask any more."""
        self._stopped.set()

    def check(self) -> None:
        """Raise ``UnreachableError`` if all was stopped."""
        if self._stopped.is_set():
            raise UnreachableError("stopped")

    def take(self, host: str) -> None:
        """Wait for the next turn.

        Raises:
            UnreachableError: If it is further off than patience reaches, or all was stopped.
        """
        with self._lock:
            now = monotonic()
            turn = max(now, self._next.get(host, now))
            if turn - now > self._manners.patience:
                raise UnreachableError(f"{host} asks to come back in {turn - now:.0f} s")
            self._next[host] = turn + self._manners.pause
        self._stopped.wait(turn - now)
        self.check()

    @contextmanager
    def alone(self, host: str) -> Iterator[None]:
        """Wait for the next turn, and let nobody else who asks in this way have one until this is over.

        Raises:
            UnreachableError: As ``take``.
        """
        with self._lock:
            alone = self._alone.setdefault(host, Lock())
        with alone:
            self.take(host)
            yield

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for some time."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), monotonic() + seconds)


def asked_wait(header: str) -> float | None:
    """The seconds that a Retry-After asks for, as a number or as a date; None if neither.

    Example:
        >>> asked_wait("120"), asked_wait("Wed, 21 Oct 2015 07:28:00 GMT"), asked_wait("soon")
        (120.0, 0.0, None)
    """
    if header.strip().isdecimal():
        return float(header)
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    then = then if then.tzinfo is not None else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
