"""Pieces of a file on their way into the store: rows, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PATTERN = str.maketrans({"*": "[*]", "?": "[?]", "[": "[[]"})
"""Signs of a path that the engine would read as a pattern."""


def literally(path: Path) -> str:
    """A path as the engine takes it: for itself, and not for others that are like it.

    Example:
        >>> literally(Path("desk?.csv"))
        'desk[?].csv'
    """
    return str(path).translate(_PATTERN)


@dataclass(frozen=True)
class Unread:
    """A row that could not be read as text; ``row`` counts from 1 within its piece."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True)
class Piece:
    """Rows of a file, one a line after ``skip`` lines of header.

    ``lines`` is how many there are, where it is known. A ``passing`` piece was written for the load and may be deleted after it.
    """

    path: Path
    skip: int = 0
    lines: int | None = None
    unread: tuple[Unread, ...] = ()
    passing: bool = False
