"""Parts of one dataset as a batch sees them: which it must look into, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from rasad.model.format import EVENTS, NEWLINE, TAB, Format
from rasad.store.engine import Connection, parquet, quoted
from rasad.store.manifest import Part

SUPERSEDED, REJECT, DYAD_WEEK, DAY_TOTAL = "superseded", "reject", "dyad_week", "day_total"
ROW_GROUP = 40_960
"""Rows of a row group: a dossier reads whole ones, so they are small."""

DIGITS = 20
"""Keys of up to so many digits are compared as numbers, longer ones as texts."""


@dataclass(frozen=True)
class Reach:
    """How far the rows of a batch reach: keys, days, and days of being added."""

    key_low: str
    key_high: str
    first_on: str
    last_on: str
    added_low: str
    added_high: str


def reach(connection: Connection, rows: str) -> Reach | None:
    """The reach of rows with ``key``, ``day`` and ``added``; None where there are none."""
    count, low, high, text_low, text_high, *days = connection.execute(
        "SELECT count(*), min(number), max(number), min(key) FILTER (number IS NULL), max(key) FILTER (number IS NULL),"
        " min(day)::VARCHAR, max(day)::VARCHAR, min(added)::VARCHAR, max(added)::VARCHAR"
        f" FROM (SELECT *, CASE WHEN length(key) <= {DIGITS} THEN try_cast(key AS UHUGEINT) END AS number FROM {rows})"
    ).fetchall()[0]
    if not count:
        return None
    ends = [end for end in (_padded(low), _padded(high), text_low, text_high) if end is not None]
    return Reach(min(ends), max(ends), *days)


def _padded(number: int | None) -> str | None:
    """A number as a text that sorts as numbers do."""
    return None if number is None else f"{number:0{DIGITS}}"


class Parts:
    """The parts of a dataset, those of the batch at hand among them."""

    def __init__(self, connection: Connection, root: Path, parts: Sequence[Part], known: Format) -> None:
        self._sql = connection
        self._root = root
        self._parts = [part for part in parts if part.dataset == known.dataset]
        self._format = known
        self.made: list[Part] = []
        self.reach: Reach | None = None

    def of(self, table: str) -> list[Part]:
        return [part for part in self._parts if part.table == table]

    def with_keys(self, table: str) -> list[Part]:
        """The parts whose keys may be those of the batch."""
        here = self.reach
        return [
            p for p in self.of(table) if here and p.key_low <= here.key_high and p.key_high >= here.key_low
        ]

    def added_then(self) -> list[Part]:
        """The parts with events that were added on the days of the batch's."""
        here = self.reach
        return [
            p
            for p in self.of(EVENTS)
            if here and p.added_low <= here.added_high and p.added_high >= here.added_low
        ]

    def of_days(self) -> list[Part]:
        """The parts with events of the days of the batch's."""
        totals = self.of(DAY_TOTAL)
        if not totals:
            return []
        days = "SELECT DISTINCT occurred_on FROM staged WHERE problem IS NULL"
        names = self._sql.execute(f"SELECT DISTINCT part FROM {self.read(totals)} WHERE day IN ({days})")
        found = {name for (name,) in names.fetchall()}
        return [part for part in self.of(EVENTS) if part.file in found]

    def read(self, parts: Sequence[Part]) -> str:
        """Parts as a table of a statement."""
        return parquet([self._root / part.file for part in parts])

    def and_current(self, row: str) -> str:
        """A condition that a stored row is current, to follow others."""
        gone = self.of(SUPERSEDED)
        if not gone:
            return ""
        return f"AND ({row}.snapshot_id, {row}.row) NOT IN (SELECT (snapshot_id, row) FROM {self.read(gone)})"

    def restored(self, column: str) -> str:
        """A column of ``staged`` with its line breaks."""
        plain = self._format.separator == TAB
        return f"s.{column}" if plain else f"replace(s.{column}, chr({ord(NEWLINE)}), chr(10))"

    def write(self, table: str, name: str, select: str, here: Reach | None = None) -> Part | None:
        """Write the rows of a statement as a part; none where there are no rows."""
        file = f"{table}/dataset={self._format.dataset}/{name}.parquet"
        path = self._root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        self._sql.execute("SET preserve_insertion_order = true")
        (rows,) = self._sql.execute(
            f"COPY ({select}) TO {quoted(str(path))}"
            f" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP})"
        ).fetchall()[0]
        if not rows:
            path.unlink()
            return None
        with path.open("rb") as written:
            os.fsync(written.fileno())
            digest = file_digest(written, "sha256").hexdigest()
        ends = {} if here is None else vars(here)
        part = Part(table, self._format.dataset, file, int(rows), path.stat().st_size, digest, **ends)
        self.made.append(part)
        return part
