"""Looking at addresses: which are alive, which have moved, which are dead, and which nobody can tell.

Dead is what says so itself: a server that answers 404 or 410 to two kinds of request, a name that
stands for no host, a host that refuses the connection. All else that fails may be alive for a reader:
servers are slow, down for an hour, or keep machines out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import httpx2

from rasad.model.look import Look, Result
from rasad.sources.addresses import (
    NoHostError,
    NoNetworkError,
    PrivateError,
    RefusedError,
    UnreachableError,
    read_address,
)
from rasad.sources.failing import NotListeningError, TooSlowError
from rasad.sources.http import Door
from rasad.sources.seen import Seen

GONE: Final = {404: "the page is not there", 410: "the page was taken away"}
PERMANENT: Final = (301, 308)
_WELL: Final = range(200, 300)
_EMPTY_RANGE: Final = 416
_BUSY: Final = (429, 503)
FIRST_BYTES: Final = 1024
LONGEST_TOLD: Final = 200


def look_at(door: Door, address: str) -> Look:
    """Look at one address.

    The headers alone are asked for; a server that does not like that is asked for the first bytes.
    """
    at = datetime.now(UTC).replace(microsecond=0)
    try:
        read_address(address)
    except RefusedError as error:
        return Look(address, "refused", _why(error, address), at)
    try:
        seen = _seen(door, address)
    except PrivateError as error:
        return Look(address, "refused", _why(error, address), at)
    except (NoHostError, NotListeningError) as error:
        cause = "no-host" if isinstance(error, NoHostError) else ""
        return Look(address, "dead", _why(error, address), at, cause=cause)
    except (RefusedError, UnreachableError) as error:
        cause = "no-network" if isinstance(error, NoNetworkError) else ""
        return Look(address, "unreachable", _why(error, address), at, cause=cause)
    return _judged(seen, at)


def _seen(door: Door, address: str) -> Seen:
    try:
        seen = door.look(address, method="HEAD")
    except (NoHostError, NotListeningError, NoNetworkError, TooSlowError):
        raise
    except UnreachableError as error:
        # Some servers hang up on a request for headers; what no server said holds for any request.
        if error.__cause__ is None:
            raise
        seen = None
    if seen is not None and (
        seen.status in _WELL or (seen.status in _BUSY and not seen.header("Retry-After"))
    ):
        return seen
    return door.look(address, most=FIRST_BYTES, headers={"Range": f"bytes=0-{FIRST_BYTES - 1}"})


def _judged(seen: Seen, at: datetime) -> Look:
    where = "" if not seen.hops else f"it leads to {_short(seen.address)}: "
    if seen.status in GONE:
        return Look(seen.asked, "dead", f"{where}{GONE[seen.status]} ({seen.told})", at)
    if seen.status not in _WELL and seen.status != _EMPTY_RANGE:
        return Look(seen.asked, "unreachable", f"{where}the server answers {seen.told}", at)
    moved_to = _moved_to(seen)
    result: Result = "moved" if moved_to else "alive"
    return Look(seen.asked, result, "", at, moved_to)


def _moved_to(seen: Seen) -> str:
    """Where a page has moved for good; empty where that is the same page, spelt otherwise."""
    last = ""
    for hop in seen.hops:
        if hop.status not in PERMANENT:
            break
        last = hop.to
    return "" if not last or _page(last) == _page(seen.asked) else last


def _page(address: str) -> tuple[str, str, str]:
    """An address without what makes no other page of it: scheme, ``www``, a slash at the end, a fragment."""
    url = httpx2.URL(address)
    return url.host.removeprefix("www."), url.path.rstrip("/"), url.query.decode("ascii", "replace")


def _why(error: UnreachableError | RefusedError, address: str) -> str:
    """What an error says, without the address where that is the one that was asked for."""
    told = error.what
    for begin in (f"{address}: ", f"{httpx2.URL(address)}: " if _is_url(address) else ""):
        if begin and told.startswith(begin):
            return _short(told.removeprefix(begin))
    return _short(told)


def _is_url(address: str) -> bool:
    try:
        httpx2.URL(address)
    except httpx2.InvalidURL:
        return False
    return True


def _short(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return plain if len(plain) <= LONGEST_TOLD else f"{plain[:LONGEST_TOLD]}…"
