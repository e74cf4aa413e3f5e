"""A format: how the rows of a dataset's files become events, and under what terms."""

from __future__ import annotations

from dataclasses import dataclass, field

EVENTS, MENTIONS = "event", "mention"
TAB, UNIT = "\t", "\x1f"
"""What parts the cells of a line: the file's own tab, or the unit separator where cells had to be unquoted."""
NEWLINE = "\x1e"
"""Stands for a line break inside a cell."""
UNREAD = "\x02"
"""A line that stands in for a row that could not be read as text."""


@dataclass(frozen=True)
class Format:
    """One format of one dataset.

    ``select`` is a statement in DuckDB's SQL over the table ``cells (no, row, c)``, where ``c`` is
    the list of a row's cells; it gives the columns of ``staged`` by name, those it leaves out stay
    empty, and ``problem`` where the row can't be an event. ``columns`` names the cells where the
    file has a header.

    ``mapping`` names the file's column of each placeholder where they are not the same; ``width`` is the number of cells where all rows have the same; ``actor`` is the column by which an actor is known, ``{side}`` standing for source or target.
    """

    name: str
    dataset: str
    title: str
    select: str
    table: str = EVENTS
    separator: str = UNIT
    actor: str = "{side}_name"
    coding: str = ""
    licence: str = ""
    redistributable: bool = True
    width: int | None = None
    columns: tuple[str, ...] = field(default=(), compare=False)
    mapping: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"
    missing: tuple[str, ...] = ()
    whole: bool = False
