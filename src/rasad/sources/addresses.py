"""Addresses: what one is, and whether one that was found may be followed."""

from __future__ import annotations

import socket
from collections.abc import Set as AbstractSet
from ipaddress import ip_address

import httpx2

from rasad.errors import FetchError
from rasad.sources.hosts import is_public, why_not_public


class RefusedError(FetchError):
    """An address that can't be followed, or that was found and leads where such a one must not."""


class PrivateError(RefusedError):
    """An address that was found, not given by the user, and leads into a private network or this machine."""


class UnreachableError(FetchError):
    """A server that could not be reached, or not be made to answer, in all attempts."""


class NoHostError(UnreachableError):
    """A name that stands for no host, as the servers of names say."""


class NoNetworkError(UnreachableError):
    """No server of names answers, or no way leads out: nothing is said of the address."""


def read_address(address: str) -> httpx2.URL:
    """An address of the web, in its parts.

    Raises:
        RefusedError: If it is none.
    """
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise RefusedError(f"'{address}' is not an address") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise RefusedError(f"'{address}' is not an address of the web")
    if url.port is not None and not 0 < url.port < 65536:
        raise RefusedError(f"'{address}' names a port that no host has")
    return url


def joined(url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads.

    Raises:
        RefusedError: If nowhere, or from an encrypted address to one that is not.
    """
    try:
        to = read_address(str(url.join(location)))
    except httpx2.InvalidURL as error:
        raise RefusedError(f"{url}: it leads to '{location}', which is not an address") from error
    if (url.scheme, to.scheme) == ("https", "http"):
        raise RefusedError(f"{url}: it leads to {to}, which is not encrypted")
    return to


def is_trusted(url: httpx2.URL, trusted: AbstractSet[str]) -> bool:
    """Whether the user named the host of an address, with its port or without one."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    return bool(trusted) and not trusted.isdisjoint((url.host, host, f"{host}:{port}"))


def public_address(url: httpx2.URL) -> str:
    """The network address of a host that the user did not give.

    All that its name stands for must be public. The caller connects to the one that is returned,
    so that the name can't stand for something else a moment later.

    Raises:
        PrivateError: If one of them is not.
        UnreachableError: If there is none.
    """
    host = url.raw_host.decode().strip("[]")
    try:
        found = socket.getaddrinfo(host, url.port or url.scheme, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise NoNetworkError(f"{url}: no server of names answers") from error
        raise NoHostError(f"{url}: no such host") from error
    except (OSError, UnicodeError) as error:
        raise NoHostError(f"{url}: no such host") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in map(ip_address, addresses):
        if not is_public(address):
            told = (
                f"it was found, not given by you, and leads to a private address: {why_not_public(address)}"
            )
            raise PrivateError(f"{url}: {told}")
    return addresses[0]
