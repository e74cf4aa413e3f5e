"""Pieces: a kept file as texts of one row a line, of a size that a batch can hold.

Plain tab-separated text is read as it stands. What is quoted, packed or damaged is first
written anew: cells parted by one sign that stands in no text, line breaks within cells
replaced, and a row that is no text at all as a sign in its place, so that rows keep their
numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO

import duckdb

from rasad.errors import SourceError
from rasad.model.format import NEWLINE, TAB, UNIT, UNREAD, Format
from rasad.model.piece import Piece, Unread, literally
from rasad.sources.kept import LONGEST_LINE, PARQUET, SEGMENT, TEXT, Kept, chunks, is_plain, members
from rasad.sources.sample import sample

MOST_KEPT = 1 << 20
"""Bytes of an unreadable row that are kept beside its reason; the snapshot has it whole."""
MOST_HELD = 64 << 20
"""Bytes of unreadable rows that a piece holds."""
MOST_OPEN = 100
"""So many quotes of a text may stay open and cost their own line only; each has up to a row's bytes read twice."""
BOM = "\ufeff".encode()
OVERLONG = f"is over {LONGEST_LINE:,} bytes long"
NOT_UTF8 = "is not UTF-8"
NUL = "holds a NUL byte"
OPEN = "has a quote that is never closed"
_CONTROL = {ord(sign): " " for sign in "\r\1\2"}

csv.field_size_limit(1 << 30)

Line = tuple[bytes, str]
"""A line, and '' or why it can't be read."""


@dataclass
class _Anew:
    """Gathers rows into piece after piece."""

    folder: Path
    made: int = 0
    count: int = 0
    size: int = 0
    held: int = 0
    file: IO[bytes] | None = None
    unread: list[Unread] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.folder / f"piece-{self.made}.txt"

    def add(self, line: bytes) -> None:
        self.add_block(line + b"\n", 1)

    def add_block(self, lines: bytes, count: int) -> None:
        if self.file is None:
            self.file = self.path.open("wb", buffering=1 << 20)
        self.file.write(lines)
        self.count += count
        self.size += len(lines)

    def refuse(self, reason: str, line: bytes) -> None:
        text = line[:MOST_KEPT].decode("utf-8", "backslashreplace").replace("\0", "\\x00")
        self.unread.append(Unread(self.count + 1, reason, text))
        self.held += len(text)
        self.add(UNREAD.encode())

    @property
    def is_full(self) -> bool:
        return self.size >= SEGMENT or self.held >= MOST_HELD

    def piece(self) -> Piece:
        self.add_block(b"", 0)  # a piece without a row is a file as well
        self.close()
        piece = Piece(self.path, unread=tuple(self.unread), passing=True)
        self.made += 1
        self.count = self.size = self.held = 0
        self.unread = []
        return piece

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


def pieces(kept: Kept, known: Format, folder: Path) -> Iterator[Piece]:
    """The rows of a kept file, piece by piece; pieces written anew stand in ``folder``.

    Raises:
        SourceError: If an archive turns out damaged, or its members have other columns than the first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if kept.kind == PARQUET:
        yield _of_parquet(kept, folder)
    elif kept.kind == TEXT and kept.lines is not None and known.separator == TAB:
        for place, (path, lines) in enumerate(zip(kept.files, kept.lines, strict=True)):
            skip = 1 if place == 0 and known.columns else 0
            yield Piece(path, skip=skip, lines=lines - skip)
    else:
        _check_members(kept, known)
        anew = _Anew(folder)
        try:
            for member in members(kept):
                for _ in _write(anew, kept, member, known):
                    if anew.is_full:
                        yield anew.piece()
            yield anew.piece()
        finally:
            anew.close()


def _check_members(kept: Kept, known: Format) -> None:
    """The tables of an archive must have the columns of the first, in their order."""
    names = members(kept)
    if not known.columns or len(names) < 2:
        return
    first = sample(kept, names[0]).header
    for name in names[1:]:
        header = sample(kept, name).header
        if [column.casefold() for column in header] != [column.casefold() for column in first]:
            raise SourceError(f"'{name}' in the archive has other columns than '{names[0]}'", at=kept.origin,
                              do="Unpack it and load its files one by one.")  # fmt: skip


def _write(anew: _Anew, kept: Kept, member: str, known: Format) -> Iterator[None]:
    """Write a text's rows anew, giving way after each so that a full piece can be taken."""
    if known.separator == UNIT:
        yield from _write_lines(anew, _records(kept, member, known), known, [])
        return
    head: list[bytes] = []
    for block, reason in _blocks(kept, member):
        if not known.columns and not reason and is_plain(block) and b"\n\n" not in block:
            anew.add_block(block, block.count(b"\n"))
            yield
        else:
            lines = [block] if reason else block.removesuffix(b"\n").split(b"\n")
            yield from _write_lines(anew, ((line.removesuffix(b"\r"), reason) for line in lines), known, head)


def _write_lines(anew: _Anew, lines: Iterator[Line], known: Format, head: list[bytes]) -> Iterator[None]:
    for line, reason in lines:
        text = _as_utf8(line, known.encoding)
        fault = reason or _fault(text)
        if fault:
            anew.refuse(fault, line)
        elif known.columns and not head:
            head.append(line)
        elif (len(line) > 40 or line.strip(b" ")) and line not in head:
            anew.add(text.decode().translate(_CONTROL).encode() if _is_odd(text) else text)
        yield


def _blocks(kept: Kept, member: str) -> Iterator[Line]:
    """Whole lines, many at a time; the rest of an endless line is passed over."""
    rest, first, swallowing = b"", True, False
    for chunk in chunks(kept, member):
        text = rest + (chunk.removeprefix(BOM) if first else chunk)
        first = False
        if swallowing:
            start = text.find(b"\n") + 1
            if not start:
                rest = b""
                continue
            text, swallowing = text[start:], False
        end = text.rfind(b"\n") + 1
        if end:
            yield text[:end], ""
        rest = text[end:]
        if len(rest) > 2 * LONGEST_LINE:
            yield rest, OVERLONG
            rest, swallowing = b"", True
    if rest and not swallowing:
        yield rest + b"\n", ""


def _as_utf8(line: bytes, encoding: str) -> bytes:
    """The line in UTF-8, from an older encoding where the format has one."""
    if encoding == "utf-8" or line.isascii():
        return line
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(encoding, "replace").encode()
    return line


def _fault(line: bytes) -> str:
    if b"\0" in line:
        return NUL
    if len(line) > LONGEST_LINE:
        return OVERLONG
    if not line.isascii():
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return NOT_UTF8
    return ""


def _is_odd(line: bytes) -> bool:
    return any(sign in line for sign in (b"\r", b"\1", b"\2"))


def _records(kept: Kept, member: str, known: Format) -> Iterator[Line]:
    """Every record of a quoted table, its cells joined by a sign of their own.

    A quote that is never closed would swallow all that follows: it costs its own line, and those after it are read again.
    """
    lines = _RecordLines(kept, member, known.encoding)
    delimiter = sample(kept, member).delimiter
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        reason = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = [], f"is not CSV ({error})"
        if lines.is_open:
            yield lines.take_open()
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        raw, fault = lines.take()
        if reason or fault:
            yield raw, reason or fault
        elif cells:
            yield UNIT.join(map(_clean, cells)).encode(), ""


def _clean(cell: str) -> str:
    if UNIT in cell:
        cell = cell.replace(UNIT, " ")
    if "\n" in cell or "\r" in cell:
        cell = cell.replace("\r\n", NEWLINE).replace("\n", NEWLINE).replace("\r", NEWLINE)
    return cell


class _RecordLines:
    """The lines of a text for the CSV reader, which remembers those of the record at hand as they are."""

    def __init__(self, kept: Kept, member: str, encoding: str) -> None:
        self._lines: Iterator[Line] = (
            (line, reason)
            for block, reason in _blocks(kept, member)
            for line in ([block] if reason else block.splitlines(keepends=True))
        )
        self._encoding = encoding
        self._record: list[Line] = []
        self._size = self._opened = 0
        self._fault = ""
        self.is_open = False

    def __iter__(self) -> _RecordLines:
        return self

    def __next__(self) -> str:
        following = None if self._size > LONGEST_LINE else next(self._lines, None)
        if following is None:
            self.is_open = bool(self._record)  # the reader is still within a quote
            raise StopIteration
        line, reason = following
        self._record.append((line, reason))
        self._size += len(line)
        text = _as_utf8(line, self._encoding)
        fault = reason or _fault(text)
        if fault:
            self._fault = self._fault or fault
        if reason:
            return "?\n"
        return text.decode("utf-8", "backslashreplace").replace("\0", "\\x00")

    def take(self) -> Line:
        """The lines of the record that was just read, and '' or why it can't be a row."""
        raw, fault = b"".join(line for line, _ in self._record).rstrip(b"\r\n"), self._fault
        self._record, self._size, self._fault = [], 0, ""
        return raw, fault

    def take_open(self) -> Line:
        """The line with the open quote, the others of its record given back; all of it once that was done too often."""
        self.is_open = False
        self._opened += 1
        if self._opened <= MOST_OPEN:
            self._lines = chain(self._record[1:], self._lines)
            self._record, self._fault = self._record[:1], self._record[0][1]
        raw, fault = self.take()
        return raw, fault or OPEN


def _of_parquet(kept: Kept, folder: Path) -> Piece:
    path = folder / "piece-0.txt"
    with duckdb.connect() as connection:
        try:
            table = connection.read_parquet(literally(kept.files[0]))
            cells = ", ".join(map(_as_text, table.columns))
            connection.register("kept", table)
            connection.execute(
                f"CREATE TEMP VIEW text AS SELECT concat_ws(chr(31), {cells}) AS line FROM kept"
            )
            overlong = connection.execute(
                f"SELECT row, left(line, {MOST_KEPT}) FROM (SELECT row_number() OVER () AS row, line FROM text)"
                f" WHERE strlen(line) > {LONGEST_LINE} ORDER BY row"
            ).fetchall()
            query = f"SELECT CASE WHEN strlen(line) > {LONGEST_LINE} THEN '{UNREAD}' ELSE line END FROM text"
            to = str(path).replace("'", "''")
            connection.execute(
                f"COPY ({query}) TO '{to}' (FORMAT csv, DELIMITER '\x01', QUOTE '', ESCAPE '', HEADER false)"
            )
        except duckdb.Error as error:
            told = str(error).splitlines()[0]
            raise SourceError(f"a damaged Parquet file ({told})", at=kept.origin) from error
    return Piece(path, unread=tuple(Unread(row, OVERLONG, text) for row, text in overlong), passing=True)


def _as_text(column: str) -> str:
    name = column.replace('"', '""')
    signs = "chr(31) || chr(10) || chr(13) || chr(1) || chr(2)"
    return f"""coalesce(translate("{name}"::VARCHAR, {signs}, ' ' || chr(30) || chr(30) || '  '), '')"""
