"""What a load needs from other rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasad.model.piece import Piece
from rasad.store.manifest import Snapshot

Interval = tuple[str, date, date, str, str, str]
"""A key, the days [from, to), the actor it means on them, its country and its sector."""


@dataclass(frozen=True)
class Given:
    """The doors of a load to what the store does not know.

    ``actors`` tells who the keys of a coding are and when, ``places`` in which state its places
    lie, ``reopen`` reads the rows of a snapshot again, into the folder where they must be written.
    ``table`` names the actor table: under another one, stored rows are resolved again.
    """

    actors: Callable[[str, Sequence[str]], Iterable[Interval]]
    places: Callable[[str, Sequence[str]], Iterable[tuple[str, str]]]
    reopen: Callable[[Snapshot, Path], Iterable[Piece]]
    table: str
