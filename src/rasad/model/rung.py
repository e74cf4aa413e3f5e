"""The ladder of cooperation: four domains, three levels, and what is not a step on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

DOMAINS = ("E", "P", "S", "D")
"""Economic, political, security, defence: the order of the textbook."""

LEVELS = (1, 2, 3)
"""1 talk or intent, 2 agreement or standing tie, 3 delivery or joint act."""

_RUNG = re.compile(r"[EPSD][123]|H[123]?|N[1-4]|R|0")


@dataclass(frozen=True, order=True)
class Rung:
    """A rung as coded: ``D2``, or ``H`` humanitarian, ``N1``-``N4`` setbacks, ``R`` easing, ``0`` no step."""

    code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a rung.

        Raises:
            ValueError: If the text is no rung; it names what is.
        """
        if _RUNG.fullmatch(text) is None:
            raise ValueError(
                f"'{text}' is not a rung; a rung is E, P, S or D with 1 to 3, H, N1 to N4, R, or 0 for no step"
            )
        return cls(text)

    @property
    def letter(self) -> str:
        return self.code[0]

    @property
    def level(self) -> int:
        return int(self.code[1:] or 0)

    @property
    def is_step(self) -> bool:
        """Whether this is a step on the ladder of cooperation."""
        return self.letter in DOMAINS

    def __str__(self) -> str:
        return self.code
