"""Labelled names: who a name means on a day, as a person who did not look at the table wrote it down."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasad.errors import EvaluationError, Place

COLUMNS = ("name", "lang", "on", "actor", "role")
_FORM = f"The columns are {', '.join(COLUMNS)}; see docs/matching.md."


@dataclass(frozen=True)
class LabelledName:
    """One row: ``actor`` is empty where the name is nobody's of the table, or ambiguous on its day."""

    line: int
    name: str
    lang: str
    on: date | None
    actor: str
    role: str


def read_labelled(path: Path) -> list[LabelledName]:
    """The rows of a CSV, in its order; ``line`` counts from 1 with the header.

    Raises:
        EvaluationError: If the file can't be read; it names the first line that is wrong.
    """
    if not path.is_file():
        raise EvaluationError("no such file", at=path, do="Give a CSV with labelled names.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EvaluationError(
            f"not in UTF-8 (byte {error.start})", at=path, do="Save it as UTF-8."
        ) from error
    try:
        rows = list(_rows(path, text))
    except csv.Error as error:
        raise EvaluationError(f"no CSV ({error})", at=path, do=_FORM) from error
    if not rows:
        raise EvaluationError("no rows under the header", at=path, do=_FORM)
    return rows


def _rows(path: Path, text: str) -> Iterator[LabelledName]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise EvaluationError(f"no column {', '.join(map(repr, missing))}", at=Place(path, 1), do=_FORM)
    if len(set(header)) < len(header):
        raise EvaluationError("a column stands twice", at=Place(path, 1), do=_FORM)
    for cells in reader:
        at = Place(path, reader.line_num)
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            what = f"{len(cells)} cells where the header has {len(header)}"
            raise EvaluationError(what, at=at, do="Quote a cell that holds a comma.")
        yield _labelled(dict(zip(header, map(str.strip, cells), strict=True)), at)


def _labelled(row: dict[str, str], at: Place) -> LabelledName:
    if not row["name"]:
        raise EvaluationError("the name is empty", at=at, do=_FORM)
    try:
        on = date.fromisoformat(row["on"]) if row["on"] else None
    except ValueError as error:
        raise EvaluationError(f"'{row['on']}' is no day", at=at, do="Write it as 2021-08-15.") from error
    return LabelledName(at.line, row["name"], row["lang"], on, row["actor"], row["role"])
