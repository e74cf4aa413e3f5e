"""The index of an archive: a line a page and day, which is read strictly, for it may be anybody's, and only grows."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rasad.errors import SourceError

INDEX: Final = "index.csv"
LARGEST_INDEX: Final = 50_000_000
_NAME = re.compile(r"\d{8}T\d{6}Z(?:_\d{2,4})?\.warc\.gz")
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A line of the index: one page, as it was on one day.

    ``key`` is the reference that it was kept for, ``url`` the address that this has, ``final_url`` the
    one that answered; ``record`` is ``response``, or ``revisit`` where the bytes were those of the last
    time; ``bytes`` and ``sha256`` are of the body; ``offset`` is where the record begins in ``warc``.
    """

    key: str
    url: str
    final_url: str
    retrieved_at: str
    status: int
    type: str
    bytes: int
    sha256: str
    record: str
    warc: str
    offset: int
    title: str
    text_length: int

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.retrieved_at)


COLUMNS: Final = tuple(field.name for field in fields(Kept))


def same_page(url: str) -> str:
    """An address without what points to a place within its page."""
    return url.partition("#")[0]


def read_index(path: Path) -> Iterator[Kept]:
    if not path.is_file():
        return
    if path.stat().st_size > LARGEST_INDEX:
        raise SourceError(f"the index of the archive is over {LARGEST_INDEX:,} bytes", at=path)
    rows = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        _check_columns(rows.fieldnames)
        for row in rows:
            yield _line(row)
    except (ValueError, TypeError, csv.Error) as error:
        raise SourceError(f"line {rows.line_num} of the index of the archive can't be read ({error})", at=path,
                          do="Take the file back from where the desk is backed up.") from error  # fmt: skip


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("the index of the archive is not UTF-8", at=path) from error


def _check_columns(names: Sequence[str] | None) -> None:
    if tuple(names or ()) != COLUMNS:
        raise ValueError(f"its columns are not {', '.join(COLUMNS)}")


def _line(row: dict[str, Any]) -> Kept:
    if any(row[column] is None for column in COLUMNS):
        raise ValueError("it has too few cells")
    if _NAME.fullmatch(row["warc"]) is None:
        raise ValueError(f"'{row['warc'][:60]}' is not a file of the archive")
    if row["record"] not in ("response", "revisit") or _SHA256.fullmatch(row["sha256"]) is None:
        raise ValueError("its record or its sum is none")
    if datetime.fromisoformat(row["retrieved_at"]).tzinfo is None:
        raise ValueError("its time has no zone")
    numbers = {name: int(row[name]) for name in ("status", "bytes", "offset", "text_length")}
    return Kept(**{**{column: row[column] for column in COLUMNS}, **numbers})


def add_line(path: Path, kept: Kept) -> None:
    """Add a line to the index; the header with the first."""
    before = path.read_bytes() if path.is_file() else b""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not before:
        writer.writerow(COLUMNS)
    elif not before.endswith(b"\n"):
        text.write("\n")
    writer.writerow([getattr(kept, column) for column in COLUMNS])
    with os.fdopen(os.open(path, _APPEND, 0o644), "ab") as file:
        file.write(text.getvalue().encode("utf-8", "replace"))


def plain_cell(text: str, most: int) -> str:
    """A text of a page for one cell: without control characters, and no formula for a spreadsheet."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
