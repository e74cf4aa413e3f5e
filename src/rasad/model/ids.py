"""Ids: a prefix and 16 hex digits of the sha256 of the natural key, the same everywhere."""

from __future__ import annotations

from hashlib import sha256

SEPARATOR = "\x1f"


def make_id(prefix: str, *key: str) -> str:
    """The id of what is named by ``key``.

    Example:
        >>> make_id("ev", "chronology", "C246")
        'ev_877030895b943f72'
    """
    return f"{prefix}_{sha256(SEPARATOR.join(key).encode()).hexdigest()[:16]}"
