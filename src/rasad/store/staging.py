"""Staging: the lines of a batch become rows of table ``staged``, each an event or a problem.

A big piece of plain text is cut into cells by the engine's CSV reader, in parallel. Where that
reader meets a row of another width, and for all that is small or was written anew, lines are
read whole and cut one by one: so every row that can't be read keeps its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from rasad.model.format import EVENTS, TAB, UNREAD, Format
from rasad.model.piece import Piece, literally
from rasad.store.engine import Connection, insert_rows, quoted

COLUMNS = {
    "problem": "VARCHAR",
    "key": "VARCHAR",
    "occurred_on": "DATE",
    "ended_on": "DATE",
    "added_on": "DATE",
    "date_precision": "VARCHAR",
    "published_on": "VARCHAR",
    "source_code": "VARCHAR",
    "source_name": "VARCHAR",
    "source_sector": "VARCHAR",
    "target_code": "VARCHAR",
    "target_name": "VARCHAR",
    "target_sector": "VARCHAR",
    "place_code": "VARCHAR",
    "place_name": "VARCHAR",
    "place_precision": "VARCHAR",
    "latitude": "FLOAT",
    "longitude": "FLOAT",
    "bears_on": "VARCHAR",
    "text": "VARCHAR",
    "cameo": "VARCHAR",
    "act": "VARCHAR",
    "plover_type": "VARCHAR",
    "plover_mode": "VARCHAR",
    "context": "VARCHAR",
    "domain": "VARCHAR",
    "rung": "VARCHAR",
    "quad_class": "UTINYINT",
    "channel": "VARCHAR",
    "tone": "FLOAT",
    "n_mentions": "INTEGER",
    "n_sources": "INTEGER",
    "n_articles": "INTEGER",
    "deaths_low": "INTEGER",
    "deaths": "INTEGER",
    "deaths_high": "INTEGER",
    "story": "VARCHAR",
    "sentence": "VARCHAR",
    "source_url": "VARCHAR",
    "publisher": "VARCHAR",
    "source_grade": "VARCHAR",
    "ground": "VARCHAR",
    "note": "VARCHAR",
    "flags": "UINTEGER",
}
"""The columns of ``staged`` that a format's statement may give; those it leaves out are empty."""

LONGEST = 4 << 20
_CELL = re.compile(r"c\[(\d+)\]")
_REST = re.compile(r"len\(\[x for x in c\[\d+:\] if .*?\]\)")
_NULLIF = re.compile(r"nullif\((c\d+), ''\)")


@dataclass(frozen=True)
class Direct:
    """A piece that the engine reads by itself: of which file, and how many rows of it came before."""

    piece: Piece
    no: int
    before: int


def lines(piece: Piece) -> str:
    """The lines of a piece, as a table of a statement."""
    return _csv(piece, "\x01", {"line": "VARCHAR"}, strict=False)


def _csv(piece: Piece, separator: str, columns: dict[str, str], *, strict: bool) -> str:
    packed = ", compression = 'zstd'" if piece.path.suffix == ".zst" else ""
    named = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv({quoted(literally(piece.path))}, delim = {quoted(separator)}, header = false, quote = '', escape = '',"
        f" auto_detect = false, columns = {{{named}}}, skip = {piece.skip}, max_line_size = {LONGEST},"
        f" strict_mode = {str(strict).lower()}{packed})"
    )


class Staging:
    """Holds the rows of one batch in the engine."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self._direct: Direct | None = None
        self._sql.execute(
            "CREATE OR REPLACE TEMP TABLE reject"
            " (snapshot_id VARCHAR, file VARCHAR, row BIGINT, reason VARCHAR, text VARCHAR)"
        )
        self.clear()

    def clear(self) -> None:
        """Make room for the next batch."""
        self._direct = None
        self._sql.execute("CREATE OR REPLACE TEMP TABLE raw (no INTEGER, row BIGINT, line VARCHAR)")
        self._sql.execute("DELETE FROM reject")

    def read(self, piece: Piece, no: int, before: int, told: tuple[str, str]) -> int:
        """Take in the lines of a piece; gives how many there are."""
        self._sql.execute("SET preserve_insertion_order = true")
        statement = f"INSERT INTO raw SELECT {no}, {before} + row_number() OVER (), line FROM {lines(piece)}"
        (added,) = self._sql.execute(statement).fetchall()[0]
        insert_rows(self._sql, "reject", [(*told, before + u.row, u.reason, u.text) for u in piece.unread])
        return int(added)

    def stage_directly(self, known: Format, direct: Direct) -> int | None:
        """Cut a big piece into rows; None where a row of another width stands in the way."""
        width = known.width
        if known.separator != TAB or known.table != EVENTS or width is None or direct.piece.unread:
            return None
        cells = {f"c{place}": "VARCHAR" for place in range(1, width + 1)}
        select = _REST.sub("0", known.select).replace("len(c)", str(width))  # here all rows have the width
        select = _NULLIF.sub(r"\1", _CELL.sub(r"c\1", select))
        select = select.replace("    no,\n    row,\n", "").replace(
            "FROM cells", f"FROM {_csv(direct.piece, TAB, cells, strict=True)}"
        )
        self._sql.execute("SET preserve_insertion_order = true")
        try:
            self._sql.execute(f"CREATE OR REPLACE TEMP TABLE row_staged AS {select}")
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return None
        self._view(known, f"{direct.no}::INTEGER AS no, {direct.before + 1} + rowid AS row")
        (rows,) = self._sql.execute("SELECT count(*) FROM row_staged").fetchall()[0]
        if direct.piece.lines not in (None, rows):
            return None  # a blank line would shift the numbers of the rows after it
        self._direct = direct
        return int(rows)

    def stage(self, known: Format) -> None:
        """Cut the lines that were read into rows."""
        head = known.separator.join(known.columns) or UNREAD
        self._sql.execute(
            "CREATE OR REPLACE TEMP VIEW cells AS SELECT no, row,"
            f" string_split(line, {quoted(known.separator)}) AS c FROM raw"
            f" WHERE line IS NOT NULL AND line <> {quoted(UNREAD)} AND line <> {quoted(head)}"
            " AND (length(line) > 40 OR trim(line) <> '')"
        )
        self._sql.execute("SET preserve_insertion_order = true")
        self._sql.execute(f"CREATE OR REPLACE TEMP TABLE row_staged AS {known.select}")
        self._view(known, "no, row")

    def need_raw(self) -> None:
        """Have the lines at hand, also of a piece that was cut directly."""
        if self._direct is not None:
            direct, self._direct = self._direct, None
            self.read(direct.piece, direct.no, direct.before, ("", ""))

    def _view(self, known: Format, place: str) -> None:
        if known.table != EVENTS:
            self._sql.execute("CREATE OR REPLACE TEMP VIEW staged AS SELECT rowid AS rid, * FROM row_staged")
            return
        has: Sequence[str] = [column[0] for column in self._sql.execute("DESCRIBE row_staged").fetchall()]
        told = ", ".join(f"{c if c in has else 'NULL'}::{kind} AS {c}" for c, kind in COLUMNS.items())
        self._sql.execute(
            f"CREATE OR REPLACE TEMP VIEW staged AS SELECT rowid AS rid, {place}, {told} FROM row_staged"
        )
