"""What the matcher answers: whom a name means, and where in a text it stands."""

from __future__ import annotations

from typing import NamedTuple


class Resolution(NamedTuple):
    """Who a name means: ``actor_id`` is empty where nobody is near enough or several are.

    ``role`` is the class of role on the day, ``candidates`` who it could be, with scores, best first.
    """

    actor_id: str
    role: str
    score: float
    candidates: tuple[tuple[str, float], ...] = ()


class Mention(NamedTuple):
    """A name in a text, ``text[start:end]``; what it means is told as in a :class:`Resolution`."""

    start: int
    end: int
    actor_id: str
    role: str
    score: float
    candidates: tuple[tuple[str, float], ...] = ()
