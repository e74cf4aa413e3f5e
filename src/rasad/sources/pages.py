"""Whole pages, fetched to be kept: tried again where that may help, and refused where half would come."""

from __future__ import annotations

from typing import Final

import stamina

from rasad.sources.addresses import NoHostError, NoNetworkError, UnreachableError
from rasad.sources.failing import NotListeningError
from rasad.sources.http import Door, NotThereError, TooLargeError
from rasad.sources.seen import Seen
from rasad.sources.warc import LARGEST_PAGE

_GONE: Final = (404, 410)
_BUSY: Final = (408, 429, 500, 502, 503, 504)
_FOR_GOOD: Final = (NoHostError, NoNetworkError, NotListeningError)


class _AgainError(UnreachableError):
    """The server was busy, and may not be the next time."""


def fetch_page(door: Door, address: str) -> Seen:
    """A page with all its bytes.

    Raises:
        NotThereError: If the server has no such page.
        RefusedError: If the address, or a redirect, leads where a found one must not.
        TooLargeError: If it is too large to be kept.
        UnreachableError: If the last attempt failed too.
    """
    manners = door.manners
    for attempt in stamina.retry_context(
        on=_worth_another,
        attempts=manners.attempts,
        timeout=None,
        wait_initial=manners.first_wait,
        wait_max=manners.longest_wait,
        wait_jitter=manners.jitter,
    ):
        with attempt:
            return _whole(door.look(address, most=LARGEST_PAGE))
    raise UnreachableError(f"{address}: no answer")


def _whole(seen: Seen) -> Seen:
    if seen.status in _GONE:
        raise NotThereError(f"{seen.address}: {seen.told}")
    if seen.status in _BUSY:
        raise _AgainError(f"{seen.address}: the server answers {seen.told}")
    if seen.status != 200:
        raise UnreachableError(f"{seen.address}: the server answers {seen.told}")
    if not seen.is_whole:
        raise TooLargeError(f"{seen.address}: it has over {LARGEST_PAGE / 1e6:,.0f} MB")
    told = seen.header("Content-Length")
    if told.isdecimal() and int(told) != len(seen.body):
        raise _AgainError(f"{seen.address}: a part of it did not come")
    return seen


def _worth_another(error: Exception) -> bool:
    if isinstance(error, _AgainError):
        return True
    is_plain = isinstance(error, UnreachableError) and not isinstance(error, _FOR_GOOD)
    return is_plain and error.__cause__ is not None
