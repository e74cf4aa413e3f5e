"""Sites: the part of an address that says who published."""

from __future__ import annotations

from urllib.parse import urlsplit


def site_of(url: str) -> str:
    """The site of an address, without ``www``; empty where there is none.

    Example:
        >>> site_of("https://www.example.org/news/1")
        'example.org'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.")
