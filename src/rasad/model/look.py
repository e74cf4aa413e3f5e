"""A look: what was seen of an address when it was asked whether it still leads anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Result = Literal["alive", "moved", "dead", "unreachable", "refused"]
RESULTS: Final[tuple[Result, ...]] = ("alive", "moved", "dead", "unreachable", "refused")


@dataclass(frozen=True)
class Look:
    """What was seen of one address.

    Attributes:
        address: As the document has it.
        result: Whether it leads anywhere.
        told: Why, in words that end a sentence; empty for one that is alive.
        at: When it was looked at, in UTC.
        moved_to: The address that stands for it now; empty where it has not moved.
        cause: Of no answer: ``no-host``, ``no-network`` or empty.
    """

    address: str
    result: Result
    told: str
    at: datetime
    moved_to: str = ""
    cause: str = ""
