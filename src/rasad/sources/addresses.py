"""Addresses: what one is, and whether one that was found may be followed."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx2

from rasad.errors import FetchError

NAT64 = IPv6Address("64:ff9b::").packed[:12]
"""The prefix under which an IPv6 network reaches IPv4 addresses: they are the last 32 bits."""


class RefusedError(FetchError):
    """An address that can't be followed, or that was found and leads where such a one must not."""


class UnreachableError(FetchError):
    """A server that could not be reached, or not be made to answer, in all attempts."""


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


def public_address(url: httpx2.URL) -> str:
    """The network address of a host that the user did not give.

    All that its name stands for must be public. The caller connects to the one that is returned,
    so that the name can't stand for something else a moment later.

    Raises:
        RefusedError: If one of them is not.
        UnreachableError: If there is none.
    """
    host = url.raw_host.decode().strip("[]")
    try:
        found = socket.getaddrinfo(host, url.port or url.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{url}: no such host") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not all(is_public(ip_address(address)) for address in addresses):
        raise RefusedError(f"{url}: it was found, not given by you, and leads to a private address")
    return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether a network address is on the open internet, however it is written.

    Example:
        >>> [is_public(ip_address(text)) for text in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1")]
        [True, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.packed[:12] == NAT64:
            inner = IPv4Address(address.packed[12:])
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
