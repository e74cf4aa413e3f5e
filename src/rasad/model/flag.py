"""Flags: what is known to be doubtful about an event row. A flagged row is kept and counted."""

from __future__ import annotations

from collections.abc import Iterable

FLAGS = {
    "repeated": "the same actors did the same on the same day in an earlier row",
    "repeated_in_place": "an earlier row has the same day, actors, code and place",
    "same_story": "an earlier row is from the same article or story",
    "syndicated": "an earlier row is from a copy of the same article at another address",
    "date_off_week": "dated exactly 7 days before it was added",
    "date_off_month": "dated exactly 30 days before it was added",
    "date_off_year": "dated exactly 365 days before it was added",
    "centroid": "the place is known to the country only: its point is a centre",
    "no_source": "nobody is named who did it",
    "no_target": "nobody is named to whom it was done",
    "mirrored": "the same act, told the other way round, stands in an earlier row",
    "summary": "sums up events of several months",
    "unknown_code": "the event code is missing or in no code book",
    "bad_place": "the coordinates could not be read",
}
"""Every flag, in the order of its bit in the column ``flags``, with what it says."""

_BITS = {name: 1 << place for place, name in enumerate(FLAGS)}

LEFT_OUT = ("repeated", "date_off_week", "date_off_month", "date_off_year", "mirrored", "summary")
"""Flags whose rows weekly sums leave out unless told otherwise."""

BY_HAND = ("id", "ucdp", "acled")
"""Codings of datasets that people keep: there two rows alike are two events, and both count."""


def left_out(coding: str) -> tuple[str, ...]:
    """The flags whose rows weekly sums leave out of a dataset of some coding.

    Example:
        >>> "repeated" in left_out("cameo"), "repeated" in left_out("ucdp")
        (True, False)
    """
    return tuple(name for name in LEFT_OUT if coding not in BY_HAND or name != "repeated")


def bit(name: str) -> int:
    """The value of a flag in the column ``flags``.

    Example:
        >>> bit("repeated"), bit("centroid")
        (1, 128)
    """
    return _BITS[name]


def mask(names: Iterable[str]) -> int:
    """The flags as one number."""
    return sum({_BITS[name] for name in names})


def names(flags: int) -> tuple[str, ...]:
    """The flags that a number stands for.

    Example:
        >>> names(129)
        ('repeated', 'centroid')
    """
    return tuple(name for name, value in _BITS.items() if flags & value)
