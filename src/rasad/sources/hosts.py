"""Hosts: which are on the open internet, and which can be told to be on none without asking anybody."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

NAT64: Final = IPv6Address("64:ff9b::").packed[:12]
"""The prefix under which an IPv6 network reaches IPv4 addresses: they are the last 32 bits."""

_OLD_FORM = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", re.IGNORECASE | re.ASCII)
"""An IPv4 address as the C library reads it: ``127.1``, ``0x7f.1`` and ``2130706433`` all are 127.0.0.1."""


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


def why_private(host: str) -> str | None:
    """Why a host can't be on the open internet, as far as its name alone tells; None if it may be.

    Example:
        >>> why_private("localhost"), why_private("127.1"), why_private("news.example")
        ('this very machine (loopback)', 'this very machine (loopback)', None)
    """
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "this very machine (loopback)"
    address = _literal(name)
    return None if address is None or is_public(address) else why_not_public(address)


def why_not_public(address: IPv4Address | IPv6Address) -> str:
    """What an address that is not on the open internet is."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return why_not_public(address.ipv4_mapped)
    if address.is_loopback or address.is_unspecified:
        return "this very machine (loopback)"
    if address.is_link_local:
        return "a device on the same line (link-local)"
    if address.is_multicast:
        return "many machines at once (multicast)"
    return "a private network" if address.is_private else "an address that is not public"


def _literal(name: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None where it is a name."""
    try:
        return ip_address(name.partition("%")[0])
    except ValueError:
        pass
    if _OLD_FORM.fullmatch(name) is None:
        return None
    try:
        return IPv4Address(socket.inet_aton(name))
    except OSError:
        return None
