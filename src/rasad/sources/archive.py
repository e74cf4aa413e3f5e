"""The archive of a desk: pages as they were sent, in WARC files that are written once, with an index that only grows.

A page whose bytes are those of the last time becomes a ``revisit``, which says that on that day it was
still the same; one that has changed becomes a second record beside the first. Nothing is ever
written over, and every body that is read is checked against its hash.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from rasad import __version__
from rasad.errors import SourceError
from rasad.sources.seen import Headers, Seen

FOLDER: Final = "archive"
INDEX: Final = "index.csv"
LARGEST_PAGE: Final = 20_000_000
"""Bytes of one page; a longer one is not kept, since half a page is no evidence."""

LARGEST_FILE: Final = 40_000_000
"""Bytes after which a run begins another file; code hosts take none over 100 MB."""

LARGEST_ARCHIVE: Final = 1_000_000_000
LARGEST_INDEX: Final = 50_000_000
_NAME = re.compile(r"\d{8}T\d{6}Z(?:_\d{2,4})?\.warc\.gz")
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_AS_SENT = ("transfer-encoding",)
"""Headers that speak of the way over the line, which a body that is kept has behind it."""


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


class Archive:
    """The pages that a desk keeps; a context manager where pages are added."""

    def __init__(self, desk: Path) -> None:
        """Open the archive of the desk at ``desk``, which need not have one yet.

        Raises:
            SourceError: If its index can't be read, or its folder leads out of the desk.
        """
        self.folder = desk / FOLDER
        if self.folder.is_symlink():
            raise SourceError("the archive leads out of the desk", at=self.folder, do="Make it a folder.")
        self._of: dict[str, list[Kept]] = {}
        for kept in _read_index(self.folder / INDEX):
            self._of.setdefault(same_page(kept.url), []).append(kept)
        self._size = sum(path.stat().st_size for path in self.folder.glob("*.warc.gz"))
        self._file: BinaryIO | None = None
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._close()

    def newest(self) -> Iterator[Kept]:
        """What was kept last of each address."""
        return (kept[-1] for kept in self._of.values())

    def of(self, url: str) -> list[Kept]:
        """What is kept of an address, the oldest first."""
        return list(self._of.get(same_page(url), ()))

    def body(self, kept: Kept) -> bytes:
        """The bytes of a page as they came, checked against their hash.

        Raises:
            SourceError: If the file is not there, can't be read, or holds other bytes.
        """
        response = self._response(kept)
        path = self.folder / response.warc
        if path.is_symlink() or not path.is_file():
            raise SourceError(f"the file that holds '{kept.url}' is not there", at=path)
        body = _read_record(path, response.offset)
        if sha256(body).hexdigest() != kept.sha256:
            raise SourceError(f"what it holds of '{kept.url}' is not what was kept", at=path,
                              do="Take the file back from where the desk is backed up.")  # fmt: skip
        return body

    def add(self, key: str, seen: Seen, at: datetime, *, title: str = "", text_length: int = 0) -> Kept:
        """Keep a page.

        Args:
            key: The reference that it is kept for.
            seen: The page, whole.
            at: When it came.
            title: Its title.
            text_length: Characters of its text.

        Raises:
            SourceError: If the archive is full.
        """
        if self._size > LARGEST_ARCHIVE:
            raise SourceError(f"the archive has over {LARGEST_ARCHIVE / 1e6:,.0f} MB", at=self.folder,
                              do="Move old files of it elsewhere; their lines may stay in the index.")  # fmt: skip
        digest = sha256(seen.body).hexdigest()
        last = next((one for one in reversed(self.of(seen.asked)) if one.record == "response"), None)
        is_same = last is not None and last.sha256 == digest
        file = self._open(at)
        offset = self._write(file, seen, at, digest, last if is_same else None)
        kept = Kept(
            key, seen.asked, seen.address, at.isoformat(), seen.status, _plain(seen.header("Content-Type"), 100),
            len(seen.body), digest, "revisit" if is_same else "response", self._name, offset,
            _plain(title, 300), text_length,
        )  # fmt: skip
        self._note(kept)
        return kept

    def _response(self, kept: Kept) -> Kept:
        """The line that has the bytes: of a revisit an earlier one."""
        if kept.record == "response":
            return kept
        for one in reversed(self.of(kept.url)):
            if one.record == "response" and one.sha256 == kept.sha256:
                return one
        raise SourceError(f"the index has no line with the bytes of '{kept.url}'", at=self.folder / INDEX)

    def _open(self, at: datetime) -> BinaryIO:
        """The file that this run writes; a new one where there is none, or it is large."""
        if self._file is not None and self._file.tell() < LARGEST_FILE:
            return self._file
        self._close()
        self.folder.mkdir(exist_ok=True)
        stem = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        for number in range(1, 10_000):
            self._name = f"{stem}.warc.gz" if number == 1 else f"{stem}_{number:02}.warc.gz"
            try:
                self._file = (self.folder / self._name).open("xb")
            except FileExistsError:
                continue
            self._begin(self._file)
            return self._file
        raise SourceError("too many files of one second", at=self.folder)

    def _begin(self, file: BinaryIO) -> None:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        told = {"software": f"rasad/{__version__}", "format": "WARC File Format 1.1"}
        writer.write_record(writer.create_warcinfo_record(self._name, told))

    def _write(self, file: BinaryIO, seen: Seen, at: datetime, digest: str, last: Kept | None) -> int:
        """Write the redirects and the page; where the record of the page begins."""
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        date = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        for hop in seen.hops:
            http = _http(hop.status, hop.reason, hop.headers)
            writer.write_record(_response_record(writer, hop.address, b"", http, {"WARC-Date": date}))
        offset = file.tell()
        http = _http(seen.status, seen.reason, seen.headers)
        told = {"WARC-Date": date, "WARC-Payload-Digest": f"sha256:{digest}"}
        if last is None:
            record = _response_record(writer, seen.address, seen.body, http, told)
        else:
            then = f"{last.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            record = writer.create_revisit_record(
                seen.address, told["WARC-Payload-Digest"], last.final_url, then, http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )  # fmt: skip
        writer.write_record(record)
        file.flush()
        os.fsync(file.fileno())
        self._size += file.tell() - offset
        return offset

    def _note(self, kept: Kept) -> None:
        """Add a line to the index, once its record is on disk; the header with the first."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        path = self.folder / INDEX
        if not path.is_file() or not path.stat().st_size:
            writer.writerow(COLUMNS)
        writer.writerow([getattr(kept, column) for column in COLUMNS])
        descriptor = os.open(path, _APPEND, 0o644)
        with os.fdopen(descriptor, "ab") as file:
            file.write(text.getvalue().encode("utf-8", "replace"))
        self._of.setdefault(same_page(kept.url), []).append(kept)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def same_page(url: str) -> str:
    """An address without what points to a place within its page."""
    return url.partition("#")[0]


def _read_index(path: Path) -> Iterator[Kept]:
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


def _response_record(
    writer: WARCWriter, address: str, body: bytes, http: StatusAndHeaders, told: dict[str, str]
) -> Any:  # noqa: ANN401  (the library has no types)
    return writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=http,
        warc_headers_dict=told,
    )


def _http(status: int, reason: str, headers: Headers) -> StatusAndHeaders:
    kept = [(name, value) for name, value in headers if name.lower() not in _NOT_AS_SENT]
    return StatusAndHeaders(f"{status} {reason}".strip(), kept, protocol="HTTP/1.1")


def _read_record(path: Path, offset: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(file, no_record_parse=False):
                # One record is wanted, and no more than a page can have: the file may be anybody's.
                body: bytes = record.raw_stream.read(LARGEST_PAGE + 1)
                return _all_of(record.raw_stream, body)
    except (OSError, ValueError, OverflowError, ArchiveLoadFailed, EOFError) as error:
        raise SourceError(f"it can't be read at {offset:,} ({error})", at=path) from error
    raise SourceError(f"there is no record at {offset:,}", at=path)


def _all_of(stream: Any, body: bytes) -> bytes:  # noqa: ANN401
    """A body to its end; what a stream gives at a time may be less than asked for."""
    parts, size = [body], len(body)
    while size <= LARGEST_PAGE and (more := stream.read(LARGEST_PAGE + 1 - size)):
        parts.append(more)
        size += len(more)
    return b"".join(parts)


def _plain(text: str, most: int) -> str:
    """A text of a page for one cell: without control characters, and no formula for a spreadsheet."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]
    return f"'{plain}" if plain.startswith(("=", "+", "-", "@")) else plain
