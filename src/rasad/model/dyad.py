"""Dyads: two actors and what lies between them, without direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_ACTOR = r"[A-Z][A-Z0-9]{1,11}"
_DYAD = re.compile(rf"({_ACTOR})[-–]({_ACTOR})")


@dataclass(frozen=True, order=True)
class Dyad:
    """Two actors in alphabetical order, so that RUS-AFG and AFG-RUS are one dyad."""

    first: str
    second: str

    @classmethod
    def of(cls, one: str, other: str) -> Self:
        """The dyad of two actors.

        Raises:
            ValueError: If both are the same: what an actor does at home is in no dyad.
        """
        if one == other:
            raise ValueError(f"'{one}' twice is not a dyad")
        return cls(*sorted((one, other)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``RUS-AFG``.

        Raises:
            ValueError: If the text is not two different actor codes joined by a hyphen.

        Example:
            >>> str(Dyad.parse("RUS-AFG"))
            'AFG-RUS'
        """
        match = _DYAD.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"'{text}' is not a dyad; write two actor codes, as in RUS-AFG")
        return cls.of(match[1], match[2])

    def __contains__(self, actor: str) -> bool:
        return actor in (self.first, self.second)

    def __str__(self) -> str:
        return f"{self.first}-{self.second}"
