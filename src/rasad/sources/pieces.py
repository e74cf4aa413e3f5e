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
from pathlib import Path

import duckdb

from rasad.errors import SourceError
from rasad.model.format import NEWLINE, TAB, UNIT, UNREAD, Format
from rasad.model.piece import Piece, Unread
from rasad.sources.kept import LONGEST_LINE, PARQUET, SEGMENT, TEXT, Kept, chunks, is_plain, members
from rasad.sources.sample import sample

MOST_KEPT = 1 << 20
"""Bytes of an unreadable row that are kept beside its reason; the snapshot has it whole."""
BOM = "\ufeff".encode()
OVERLONG = f"is over {LONGEST_LINE:,} bytes long"
NOT_UTF8 = "is not UTF-8"
NUL = "holds a NUL byte"
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
    blocks: list[bytes] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, line: bytes) -> None:
        self.add_block(line + b"\n", 1)

    def add_block(self, lines: bytes, count: int) -> None:
        self.blocks.append(lines)
        self.count += count
        self.size += len(lines)

    def refuse(self, reason: str, line: bytes) -> None:
        text = line[:MOST_KEPT].decode("utf-8", "backslashreplace").replace("\0", "\\x00")
        self.unread.append(Unread(self.count + 1, reason, text))
        self.add(UNREAD.encode())

    @property
    def is_full(self) -> bool:
        return self.size >= SEGMENT

    def piece(self) -> Piece:
        path = self.folder / f"piece-{self.made}.txt"
        with path.open("wb") as file:
            file.writelines(self.blocks)
        self.made += 1
        piece = Piece(path, unread=tuple(self.unread), passing=True)
        self.count = self.size = 0
        self.blocks, self.unread = [], []
        return piece


def pieces(kept: Kept, known: Format, folder: Path) -> Iterator[Piece]:
    """The rows of a kept file, piece by piece; pieces written anew stand in ``folder``.

    Raises:
        SourceError: If an archive turns out damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if kept.kind == PARQUET:
        yield _of_parquet(kept, folder)
    elif kept.kind == TEXT and kept.lines is not None and known.separator == TAB:
        for place, (path, lines) in enumerate(zip(kept.files, kept.lines, strict=True)):
            skip = 1 if place == 0 and known.columns else 0
            yield Piece(path, skip=skip, lines=lines - skip)
    else:
        anew = _Anew(folder)
        for member in members(kept):
            for _ in _write(anew, kept, member, known):
                if anew.is_full:
                    yield anew.piece()
        yield anew.piece()


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
        elif line.strip() and line not in head:
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
    """Every record of a quoted table, its cells joined by a sign of their own."""
    lines = _RecordLines(kept, member, known.encoding)
    reader = csv.reader(lines, delimiter=sample(kept, member).delimiter)
    while True:
        reason = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, reason = [], f"is not CSV ({error})"
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
        self._lines = (
            (line, reason)
            for block, reason in _blocks(kept, member)
            for line in ([block] if reason else block.splitlines(keepends=True))
        )
        self._encoding = encoding
        self._record: list[bytes] = []
        self._fault = ""

    def __iter__(self) -> _RecordLines:
        return self

    def __next__(self) -> str:
        line, reason = next(self._lines)
        self._record.append(line)
        text = _as_utf8(line, self._encoding)
        fault = reason or _fault(text)
        if fault:
            self._fault = self._fault or fault
        if reason:
            return "?\n"
        return text.decode("utf-8", "backslashreplace").replace("\0", "\\x00")

    def take(self) -> Line:
        """The lines of the record that was just read, and '' or why it can't be a row."""
        raw, fault = b"".join(self._record).rstrip(b"\r\n"), self._fault
        self._record, self._fault = [], ""
        return raw, fault


def _of_parquet(kept: Kept, folder: Path) -> Piece:
    path = folder / "piece-0.txt"
    with duckdb.connect() as connection:
        try:
            table = connection.read_parquet(str(kept.files[0]))
            cells = ", ".join(map(_as_text, table.columns))
            query = f"SELECT concat_ws(chr(31), {cells}) FROM kept"
            connection.register("kept", table)
            to = str(path).replace("'", "''")
            connection.execute(
                f"COPY ({query}) TO '{to}' (FORMAT csv, DELIMITER '\x01', QUOTE '', ESCAPE '', HEADER false)"
            )
        except duckdb.Error as error:
            told = str(error).splitlines()[0]
            raise SourceError(f"a damaged Parquet file ({told})", at=kept.origin) from error
    return Piece(path, passing=True)


def _as_text(column: str) -> str:
    name = column.replace('"', '""')
    return f"""coalesce(translate("{name}"::VARCHAR, chr(31) || chr(10) || chr(13) || chr(1), ' ' || chr(30) || chr(30) || ' '), '')"""
