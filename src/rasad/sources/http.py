"""The one door to the network.

Who gave an address decides where it may lead. One that a user typed or configured may be
anywhere, the user's own network included. One that was found, in a document, in a list or in
a redirect, never leads to a private or loopback address, unless its host is the one that the
user gave: nobody's page makes rasad knock at the router of whoever reads it.

Politeness is decided here too: who we say we are, how far apart requests to a host stand, how
long a silent or a slow server is borne with, what is tried again, and that a server which
says when to come back is believed, by every connection to it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Self

import httpx2
import stamina

from rasad import __version__
from rasad.errors import FetchError
from rasad.sources import manners as usual
from rasad.sources.addresses import (
    RefusedError,
    UnreachableError,
    is_trusted,
    joined,
    public_address,
    read_address,
)
from rasad.sources.failing import TooSlowError, in_our_words
from rasad.sources.manners import Manners, Turns, asked_wait
from rasad.sources.seen import Hop, Seen, Watch

USER_AGENT = f"rasad/{__version__}"
MOST_REDIRECTS = 5
OVERLAP = 256
"""Bytes of what is already there that are asked for again, to see that it is still the same file."""

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Never through a link: what is fetched goes where it was meant to go."""
_NOT_THERE = (404, 410)
_BUSY = (408, 429, 500, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)

logging.getLogger("stamina").addHandler(logging.NullHandler())
"""A wait before the next try is no news to a user, unless the user's own logging asks for it."""


class NotThereError(FetchError):
    """The server has no such file (404, 410)."""


class TooLargeError(FetchError):
    """The body is larger than it may be; what fits of it was kept."""


class _AgainError(Exception):
    """This attempt failed in a way that another one may not."""

    def __init__(self, what: str, *, at_once: bool = False) -> None:
        super().__init__(what)
        self.at_once = at_once


def _nobody(_: int) -> None:
    """Hears how many bytes came, and does nothing."""


class Door:
    """Fetches addresses into files; may be used by several threads, and closes what it opened.

    ``trusted`` are hosts, as ``127.0.0.1:8000`` or without the port, that the user named: an address
    that is only looked at may lead there, wherever they are.
    """

    def __init__(self, manners: Manners | None = None, *, trusted: AbstractSet[str] = frozenset()) -> None:
        self.manners = usual.MANNERS if manners is None else manners
        self.trusted = trusted
        self._turns = Turns(self.manners)
        self._client = _client(self.manners)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._client.close()

    def stop(self) -> None:
        """End every request under way as soon as may be; none can be made afterwards."""
        self._turns.stop()

    def fetch(
        self,
        address: str,
        part: Path,
        *,
        limit: int,
        found_in: str | None = None,
        got: Callable[[int], None] = _nobody,
        whole: Callable[[int], None] = _nobody,
    ) -> None:
        """Write what an address answers to a file, going on from where the file ends.

        The end of what the file holds is asked for again and compared, so that a file that has
        grown is continued and one that has changed is fetched anew.

        Args:
            address: Where from.
            part: The file; what it holds stays for the next time when this one fails.
            limit: The most bytes that are kept.
            found_in: The address that the user gave, where this one was found in what it answered.
            got: Told how many bytes came, those that were there first; fewer than none when
                they were thrown away.
            whole: Told how many bytes the whole file has, where the server says.

        Raises:
            NotThereError: If the server has no such file.
            RefusedError: If the address, or a redirect, leads where a found one must not.
            TooLargeError: If the body is larger than ``limit``.
            UnreachableError: If the last attempt failed too.
        """
        manners = self.manners
        trusted = read_address(found_in if found_in is not None else address).host
        descriptor = os.open(part, _OPEN, 0o644)
        with os.fdopen(descriptor, "r+b") as file:
            body = _Body(file, limit, got)
            try:
                for attempt in stamina.retry_context(
                    on=_worth_another,
                    attempts=manners.attempts,
                    timeout=None,
                    wait_initial=manners.first_wait,
                    wait_max=manners.longest_wait,
                    wait_jitter=manners.jitter,
                ):
                    with attempt:
                        self._attempt(address, trusted, body, whole)
            except (_AgainError, httpx2.HTTPError) as error:
                raise UnreachableError(f"{address}: {error or type(error).__name__}") from error
            os.fsync(file.fileno())

    def look(
        self, address: str, *, method: str = "GET", most: int = 0, headers: dict[str, str] | None = None
    ) -> Seen:
        """See what a found address answers, in one attempt and without keeping it.

        No two looks at a host are under way at a time. A server that says when to come back is
        heeded by the next look at its host.

        Args:
            address: Where; its host is judged as that of any found address, and so is every redirect.
            method: ``GET`` or ``HEAD``.
            most: The most bytes of the body that are read.
            headers: More headers, as a range.

        Raises:
            RefusedError: If the address, or a redirect, leads where a found one must not.
            UnreachableError: If no answer came, with why as its kind.
        """
        hops: list[Hop] = []
        url = read_address(address).copy_with(fragment=None)
        for _ in range(MOST_REDIRECTS + 1):
            seen = self._look_at(url, Seen(address, tuple(hops), str(url)), method, most, headers or {})
            location = seen.header("Location") if seen.status in _REDIRECTS else ""
            if not location:
                return seen
            url = joined(url, location).copy_with(fragment=None)
            hops.append(Hop(seen.address, seen.status, seen.reason, seen.headers, str(url)))
        raise RefusedError(f"{address}: more than {MOST_REDIRECTS} redirects, as in a circle")

    def _look_at(
        self, url: httpx2.URL, before: Seen, method: str, most: int, headers: dict[str, str]
    ) -> Seen:
        """One request of a look, with its failures in our words."""
        watch = Watch(2 * self.manners.timeout)
        request = self._request(url, self.trusted, headers, method=method)
        request.extensions = {**request.extensions, "trace": watch}
        host = request.headers["Host"]
        try:
            with self._turns.alone(host), watch.running():
                response = self._client.send(request, stream=True)
                try:
                    if response.status_code in _BUSY:
                        self._hold(response)
                    body, is_whole = self._some_of(response, most)
                finally:
                    response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise in_our_words(error, url, watch, self.manners.timeout) from error
        if watch.has_rung:
            # A body of no told length ends where the line is cut, as if that were its end.
            raise TooSlowError(url, watch.seconds)
        return replace(
            before,
            status=response.status_code,
            reason=_reason(response),
            headers=tuple(
                (key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw
            ),
            body=body,
            is_whole=is_whole,
        )

    def _some_of(self, response: httpx2.Response, most: int) -> tuple[bytes, bool]:
        """The first bytes of a body, and whether they are all of it."""
        if most <= 0 or response.has_redirect_location:
            return b"", False
        body = bytearray()
        for chunk in response.iter_raw():
            self._turns.check()
            body += chunk
            if len(body) > most:
                return bytes(body[:most]), False
        return bytes(body), True

    def _hold(self, response: httpx2.Response) -> None:
        wait = asked_wait(response.headers.get("Retry-After", ""))
        if wait is not None:
            self._turns.hold(response.request.headers["Host"], wait)

    def _attempt(self, address: str, trusted: str, body: _Body, whole: Callable[[int], None]) -> None:
        start = max(0, body.held - OVERLAP)
        headers = {"Range": f"bytes={start}-"} if body.held else {}
        with self._answer(address, trusted, headers) as response:
            if response.status_code == httpx2.codes.RANGE_NOT_SATISFIABLE and body.held:
                body.drop()
                raise _AgainError("the file has become shorter", at_once=True)
            self._judge(response, address)
            known = b""
            if response.status_code == httpx2.codes.PARTIAL_CONTENT:
                if not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                    body.drop()
                    raise _AgainError("a part came that was not asked for", at_once=True)
                known = body.after(start)
            else:
                body.drop()
            if response.headers.get("Content-Length", "").isdecimal():
                whole(body.held - len(known) + int(response.headers["Content-Length"]))
            self._copy(response, body, known)

    def _copy(self, response: httpx2.Response, body: _Body, known: bytes) -> None:
        since, count, seen = monotonic(), 0, b""
        for chunk in response.iter_raw():
            self._turns.check()
            count += len(chunk)
            seen, fresh = seen + chunk[: len(known) - len(seen)], chunk[len(known) - len(seen) :]
            if not known.startswith(seen):
                break
            body.write(fresh)
            if monotonic() - since > self.manners.timeout:
                if count < self.manners.slowest * self.manners.timeout:
                    raise _AgainError("it sends too slowly")
                since, count = monotonic(), 0
        if seen != known:
            body.drop()
            raise _AgainError("the file has changed", at_once=True)

    def _judge(self, response: httpx2.Response, address: str) -> None:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        if response.status_code in _NOT_THERE:
            raise NotThereError(f"{address}: {status}")
        if response.status_code in _BUSY:
            wait = asked_wait(response.headers.get("Retry-After", ""))
            if wait is not None:
                self._turns.hold(response.request.headers["Host"], wait)
            raise _AgainError(f"the server answers {status}", at_once=wait is not None)
        if response.status_code not in (httpx2.codes.OK, httpx2.codes.PARTIAL_CONTENT):
            raise UnreachableError(f"{address}: the server answers {status}")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise UnreachableError(f"{address}: the server compresses what was asked for as it is")

    @contextmanager
    def _answer(self, address: str, trusted: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        url = read_address(address)
        for _ in range(MOST_REDIRECTS + 1):
            request = self._request(url, {trusted}, headers)
            self._turns.take(request.headers["Host"])
            response = self._client.send(request, stream=True)
            try:
                if not response.has_redirect_location:
                    yield response
                    return
                url = joined(url, response.headers["Location"])
            finally:
                response.close()
        raise RefusedError(f"{address}: more than {MOST_REDIRECTS} redirects")

    def _request(
        self, url: httpx2.URL, trusted: AbstractSet[str], headers: dict[str, str], *, method: str = "GET"
    ) -> httpx2.Request:
        """A request; to a host that the user did not give, it goes to the very address that was judged."""
        if is_trusted(url, trusted):
            return self._client.build_request(method, url, headers=headers)
        return self._client.build_request(
            method,
            url.copy_with(host=public_address(url)),
            headers={**headers, "Host": url.netloc.decode(), "Connection": "close"},
            extensions={"sni_hostname": url.raw_host.decode()},
        )


def _reason(response: httpx2.Response) -> str:
    """The words of a status line, fit to be shown."""
    return "".join(letter for letter in response.reason_phrase if letter.isprintable())[:80]


def _client(manners: Manners) -> httpx2.Client:
    try:
        return httpx2.Client(
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            timeout=httpx2.Timeout(manners.timeout, connect=min(10.0, manners.timeout), pool=None),
            limits=httpx2.Limits(max_connections=manners.connections),
            follow_redirects=False,
            # Requests go to addresses that many hosts share; a jar would give one what another set.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )
    except (ValueError, ImportError) as error:
        do = "Look at HTTP_PROXY, HTTPS_PROXY and ALL_PROXY."
        raise FetchError("the proxy that the environment names can't be used", do=do) from error


class _Body:
    """The file that a body goes to, from where it ends."""

    def __init__(self, file: BinaryIO, limit: int, got: Callable[[int], None]) -> None:
        self._file = file
        self._limit = limit
        self._got = got
        self.held = file.seek(0, os.SEEK_END)
        got(self.held)

    def after(self, start: int) -> bytes:
        """What the file holds from a place to its end."""
        self._file.seek(start)
        return self._file.read()

    def drop(self) -> None:
        """Begin anew."""
        self._got(-self.held)
        self._file.seek(0)
        self._file.truncate()
        self.held = 0

    def write(self, chunk: bytes) -> None:
        kept = chunk[: self._limit - self.held]
        self._file.write(kept)
        self._file.flush()
        self.held += len(kept)
        self._got(len(kept))
        if len(kept) < len(chunk):
            raise TooLargeError(f"more than {self._limit:,} bytes came")


def _worth_another(error: Exception) -> bool | float:
    """Whether to try again; where the server or the case says when, the wait is not ours to choose."""
    if isinstance(error, _AgainError):
        return 0.0 if error.at_once else True
    return isinstance(error, httpx2.TransportError)
