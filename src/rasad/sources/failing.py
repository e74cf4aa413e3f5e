"""Requests that failed, in our words and by kind: what says something of the host, and what of the network here."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Final

import httpx2

from rasad.sources.addresses import NoNetworkError, UnreachableError
from rasad.sources.seen import Watch

_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


class NotListeningError(UnreachableError):
    """A host on which nobody listens: it refuses the connection."""


class TooSlowError(UnreachableError):
    """A server that was silent, or did not end, for too long; it would be so again at once."""

    def __init__(self, url: httpx2.URL, seconds: float) -> None:
        super().__init__(f"{url}: no whole answer within {seconds:.0f} s")


def in_our_words(error: Exception, url: httpx2.URL, watch: Watch, timeout: float) -> UnreachableError:
    """The failure of a request; ``watch`` and ``timeout`` are those that it had."""
    causes = list(_causes(error))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NotListeningError(f"{url}: the server refuses the connection")
    if any(getattr(cause, "errno", None) in _NO_WAY for cause in causes):
        return NoNetworkError(f"{url}: no way leads there")
    if watch.has_rung or isinstance(error, httpx2.TimeoutException):
        return TooSlowError(url, watch.seconds if watch.has_rung else timeout)
    return UnreachableError(f"{url}: {error or type(error).__name__}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and those that led to it."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
