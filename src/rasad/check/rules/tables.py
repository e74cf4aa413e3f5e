"""Rules on tables: a row or column of totals that its numbers do not make, and shares that do not make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import PERCENT, told
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

CLOSE: Final = 0.4
LEAST_SHARES: Final = 3
ROUNDING: Final = 1.05
_CELL = re.compile(
    rf"^\W*?(-?\d{{1,3}}(?:[,٬ \u00a0]\d{{3}})+|-?\d+)(?:[.٫](\d+))?\s*(?P<percent>{PERCENT})?\W*$",
    re.IGNORECASE,
)
_ANY_PERCENT = re.compile(PERCENT, re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A cell that is a number; ``step`` is the value of its last digit."""

    passage: Passage
    value: float
    step: float
    is_share: bool


def tables(reading: Reading) -> Iterator[Finding]:
    """Totals of tables that their rows or columns do not make."""
    rounded = any(pattern(one.lang, "rounded").search(one.text) for one in reading.prose())
    for rows in _tables(reading):
        if len(rows) > LEAST_SHARES:
            yield from _down(rows, rounded=rounded)
            yield from _across(rows, rounded=rounded)


def _tables(reading: Reading) -> Iterator[list[dict[int, Passage]]]:
    rows: list[dict[int, Passage]] = []
    last: Passage | None = None
    for passage in reading.passages:
        if passage.kind != "table-cell" or not passage.row:
            continue
        if last is None or passage.row != last.row:
            if last is not None and passage.row > last.row + 1:
                yield rows
                rows = []
            rows.append({})
        rows[-1][passage.column] = passage
        last = passage
    if rows:
        yield rows


def _down(rows: list[dict[int, Passage]], *, rounded: bool) -> Iterator[Finding]:
    heads, body = rows[0], rows[1:]
    at = next((n for n, row in enumerate(body) if 1 in row and _is_total(row[1])), None)
    above = body if at is None else body[:at]
    for column in range(2, max(heads, default=0) + 1):
        cells = [cell for row in above if column in row and (cell := _cell(row[column])) is not None]
        if len(cells) < 2 or len(cells) < len(above) - 1:
            continue
        head = heads.get(column)
        if head is not None and pattern(head.lang, "no_sum").search(head.text):
            continue
        total = _cell(body[at][column]) if at is not None and column in body[at] else None
        if total is not None and at is not None:
            # Where a cell of the row of totals is empty, its other cells may be one to the left.
            moved = body[at].get(column - max(heads, default=0) + max(body[at]))
            other = _cell(moved) if moved is not None else None
            if other is None or any(True for _ in _differs(other, cells, "column", rounded=rounded)):
                yield from _differs(total, cells, "column", rounded=rounded)
        elif at is None and _are_shares(heads.get(column), cells):
            yield from _no_hundred(cells)


def _across(rows: list[dict[int, Passage]], *, rounded: bool) -> Iterator[Finding]:
    heads = rows[0]
    column = next((name for name, cell in heads.items() if name > 2 and _is_total(cell)), None)
    if column is None:
        return
    for row in rows[1:]:
        total = _cell(row[column]) if column in row else None
        cells = [
            cell for name, each in row.items() if 1 < name < column and (cell := _cell(each)) is not None
        ]
        if total is not None and len(cells) > 1 and len(cells) == column - 2:
            yield from _differs(total, cells, "row", rounded=rounded)


def _differs(total: Cell, cells: list[Cell], of: str, *, rounded: bool) -> Iterator[Finding]:
    summed = sum(cell.value for cell in cells)
    step = max(cell.step for cell in (total, *cells))
    slack = 1.05 * step if step < 1 or total.is_share else 0.0
    if rounded:
        # The text says that its numbers are rounded, each of them by half a step at most.
        slack = max(slack, 0.55 * step * len(cells))
    if abs(summed - total.value) > slack and abs(summed - total.value) <= CLOSE * abs(total.value):
        text = total.passage.text
        yield Finding(
            "figure-total", "error", total.passage.number, 0, len(text), text,
            f"the {of} adds up to {told(summed)}, not to {told(total.value)}",
        )  # fmt: skip


def _are_shares(head: Passage | None, cells: list[Cell]) -> bool:
    named = head is not None and (
        _ANY_PERCENT.search(head.text) or pattern(head.lang, "share").search(head.text)
    )
    return len(cells) >= LEAST_SHARES and (all(cell.is_share for cell in cells) or bool(named))


def _no_hundred(cells: list[Cell]) -> Iterator[Finding]:
    summed = sum(cell.value for cell in cells)
    if ROUNDING < abs(summed - 100) <= 10:
        first = cells[0].passage
        yield Finding(
            "figure-percent", "error", first.number, 0, len(first.text), first.text,
            f"the shares of this column add up to {summed:g}, not to 100",
            others=tuple((cell.passage.number, 0, len(cell.passage.text)) for cell in cells[1:]),
        )  # fmt: skip


def _is_total(passage: Passage) -> bool:
    return (
        len(passage.text) < 40 and pattern(passage.lang, "total").match(passage.text.strip(" *_")) is not None
    )


def _cell(passage: Passage) -> Cell | None:
    match = _CELL.match(fold_digits(passage.text)) if len(passage.text) < 30 else None
    if match is None:
        return None
    whole, part = re.sub(r"[,٬ \u00a0]", "", match[1]), match[2] or ""
    return Cell(
        passage, float(f"{whole}.{part}" if part else whole), 10 ** -len(part), match["percent"] is not None
    )
