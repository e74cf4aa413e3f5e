"""The archive of a desk: pages as they were sent, in WARC files that are written once, with an index that only grows.

A page whose bytes are those of the last time becomes a ``revisit``, which says that on that day it was
still the same; one that has changed becomes a second record beside the first. Nothing is ever
written over, and every body that is read is checked against its hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from rasad.errors import SourceError
from rasad.sources.archive_index import INDEX, Kept, add_line, plain_cell, read_index, same_page
from rasad.sources.seen import Seen
from rasad.sources.warc import begin_file, read_record, write_page

FOLDER: Final = "archive"
LARGEST_FILE: Final = 40_000_000
"""Bytes after which a run begins another file; code hosts take none over 100 MB."""

LARGEST_ARCHIVE: Final = 1_000_000_000


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
        for kept in read_index(self.folder / INDEX):
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
        body = read_record(path, response.offset)
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
            key, seen.asked, seen.address, at.isoformat(), seen.status, plain_cell(seen.header("Content-Type"), 100),
            len(seen.body), digest, "revisit" if is_same else "response", self._name, offset,
            plain_cell(title, 300), text_length,
        )  # fmt: skip
        add_line(self.folder / INDEX, kept)
        self._of.setdefault(same_page(kept.url), []).append(kept)
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
            begin_file(self._file, self._name)
            return self._file
        raise SourceError("too many files of one second", at=self.folder)

    def _write(self, file: BinaryIO, seen: Seen, at: datetime, digest: str, last: Kept | None) -> int:
        """Write the page, on to the disk; where its record begins."""
        same_as = None if last is None else (last.final_url, _told(last.at))
        offset = write_page(file, seen, _told(at), digest, same_as=same_as)
        file.flush()
        os.fsync(file.fileno())
        self._size += file.tell() - offset
        return offset

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _told(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
