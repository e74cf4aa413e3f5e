"""The beginning of a file: what its header and first rows look like, and what it is if no event file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rasad.errors import SourceError
from rasad.model.piece import literally
from rasad.sources.kept import PARQUET, Kept, chunks

BYTES = 1 << 20
ROWS = 200
TABS = 5
"""So many tabs in a line part its cells, whatever else stands in them."""
DELIMITERS = ("\t", ",", ";", "|")
BOM = "\ufeff"
_OTHERS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x80\x04", "a Python pickle, which is never opened"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)

_TEXTS = (
    (r"<!doctype html|<html|<head|<\?xml[^>]*>\s*<html", "an HTML page, perhaps an error page of the server"),
    (r"<", "an XML document"),
    (r"[{\[]", "JSON"),
    (r"[^\0]*\0", "binary data"),
)


@dataclass(frozen=True)
class Sample:
    """The first rows of a text, cut into cells by what seems to part them."""

    path: Path
    text: str
    delimiter: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The first row as the names of columns; empty names at its end are left away."""
        names = [name.strip().strip('"') for name in self.rows[0]] if self.rows else []
        while names and not names[-1]:
            names.pop()
        return tuple(names)

    def widths(self) -> list[int]:
        """How many cells each row has."""
        return [len(row) for row in self.rows]


def sample(kept: Kept, member: str = "") -> Sample:
    """Look at the beginning of a text, or of a Parquet file as if it were one.

    Raises:
        SourceError: If an archive or a Parquet file is damaged.
    """
    if kept.kind == PARQUET:
        return _of_parquet(kept)
    head = b""
    for chunk in chunks(kept, member):
        head += chunk
        if len(head) >= BYTES:
            break
    whole = head[:BYTES]
    if len(whole) == BYTES and b"\n" in whole:
        whole = whole[: whole.rfind(b"\n") + 1]
    text = whole.decode("utf-8", "replace").removeprefix(BOM).replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line.strip()][:ROWS]
    delimiter = max(DELIMITERS, key=lines[0].count) if lines else ","
    if lines and lines[0].count("\t") >= TABS:
        delimiter = "\t"
    return Sample(kept.origin, text, delimiter, tuple(_cells(text, lines, delimiter)))


def _of_parquet(kept: Kept) -> Sample:
    with duckdb.connect() as connection:
        try:
            table = connection.read_parquet(literally(kept.files[0])).limit(ROWS)
            names = tuple(table.columns)
            rows = [tuple("" if cell is None else str(cell) for cell in row) for row in table.fetchall()]
        except duckdb.Error as error:
            told = str(error).splitlines()[0]
            raise SourceError(f"a damaged Parquet file ({told})", at=kept.origin) from error
    return Sample(kept.origin, "a Parquet file", ",", (names, *rows))


def _cells(text: str, lines: list[str], delimiter: str) -> list[tuple[str, ...]]:
    if delimiter == "\t":
        return [tuple(line.split("\t")) for line in lines]
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    found: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if row:
                found.append(tuple(row))
            if len(found) == ROWS:
                break
    except csv.Error:
        return found
    return found


def describe(kept: Kept, found: Sample) -> str:
    """What a file without events is instead, in a few words."""
    head = next(chunks(kept, "") if kept.kind not in ("zip", PARQUET) else iter([b""]), b"")
    if kept.bytes == 0 or not found.text.strip():
        return "an empty file"
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return what
    start = found.text.lstrip()[:400]
    for pattern, what in _TEXTS:
        if re.match(pattern, start, re.IGNORECASE):
            return what
    return _described_table(found)


def _described_table(found: Sample) -> str:
    first = found.rows[0]
    if re.fullmatch(r"\d{14}-T?\d+", first[0]) or (len(first) == 27 and re.fullmatch(r"\d{14}", first[1])):
        return "a GDELT GKG file, which holds themes of articles and no events"
    if all(re.fullmatch(r"\d{4}|\d{6}|\d{8}", row[0]) and len(row) in (2, 3) for row in found.rows[:20]):
        return "a GDELT normalisation file (totals per day), which holds no events"
    if found.header[:2] == ("ActorId", "NameData") or "NameOrig" in found.header:
        return "the UCDP actor list, which holds no events"
    if re.match(r"\d+ [0-9a-f]{32} http", found.text):
        return "a GDELT list of files; 'rasad fetch gdelt' reads it"
    if len(first) == 1:
        return "plain text"
    names = ", ".join(name[:30] for name in found.header[:8])
    return f"a table of {len(first)} columns that no format knows ({names}{', …' if len(first) > 8 else ''})"
