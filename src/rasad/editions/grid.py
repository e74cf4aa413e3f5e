"""A grid: what a block of analysis prints, as rows of cells, the same for page and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rasad.model.issue import Inline

Tone = Literal["plain", "good", "bad", "mark", "grey"]


@dataclass(frozen=True)
class Badge:
    """A word or two that the edition writes by itself."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Piece:
    """One line of a cell: badges, then words of the manuscript or of the edition, then links.

    Args:
        badges: What stands before the words.
        words: Words of the manuscript.
        text: Words that the edition writes; behind those of the manuscript.
        claims: Ids of claims, as links to their cards.
        parts: Ids of parts of other blocks, as links to their rows.
        share: A share to draw as a bar, from 0 to 1.
        strong: Whether the words are the main thing of the cell.
        quiet: Whether they say that there is nothing, or only explain.
        foreign: The language of the text, where it is not the edition's own.
    """

    badges: tuple[Badge, ...] = ()
    words: tuple[Inline, ...] = ()
    text: str = ""
    claims: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    share: float | None = None
    strong: bool = False
    quiet: bool = False
    foreign: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell and, for a narrow page, the heading of its column in plain words."""

    pieces: tuple[Piece, ...]
    label: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class GridRow:
    """A row; ``anchor`` is the id of the part that it is about, empty where it has none."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    is_sum: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of a block of analysis; ``widths`` are the shares of its columns, for the PDF."""

    kind: str
    header: tuple[Cell, ...]
    rows: tuple[GridRow, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Sheet:
    """All that a block of analysis prints: notes before, grids, notes behind, and its caption.

    ``label`` numbers it among the tables, empty where it has no caption.
    """

    kind: str
    block_id: str
    before: tuple[Piece, ...] = ()
    grids: tuple[Grid, ...] = ()
    behind: tuple[Piece, ...] = ()
    label: str = ""
    caption: tuple[Inline, ...] = ()
