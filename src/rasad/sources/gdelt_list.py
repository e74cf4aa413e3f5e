"""GDELT's master list: every file that there is, a line ``size md5 address`` each.

The list is large (130 MB) and grows at its end every 15 minutes, so the desk keeps a copy and
asks only for what came since. It is read in blocks. Of an address in it nothing is used but
the name of the file, which must be exactly of the form GDELT gives: where a file is fetched
from and where it is put is not for a list to say.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from rasad.errors import FetchError
from rasad.sources.gdelt_gaps import STEP
from rasad.sources.http import Door

BASE = "http://data.gdeltproject.org/gdeltv2"
LIST = "masterfilelist.txt"
TABLES = ("export", "mentions")
START = datetime(2015, 2, 18, 23, tzinfo=UTC)
"""The first slot of GDELT 2.0; what is older is GDELT 1.0, in other files."""
FRESH = timedelta(minutes=15)
MAX_LIST = 2_000_000_000
MAX_FILE = 200_000_000
"""The most bytes that a line may promise; real files have up to a few million."""

_BLOCK = 4_000_000
_TAIL = 100_000
_NAME_TIME = "%Y%m%d%H%M%S"
_DO = 'Try again later, or set a mirror in rasad.toml: [fetch.gdelt] mirror = "…".'


def _line(folder: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb"^(\d{1,9}) ([0-9a-fA-F]{32}) "
        + folder
        + rb"(?:(\d{14})\.(export|mentions)\.CSV|\d{14}\.gkg\.csv)\.zip\r?$",
        re.MULTILINE,
    )


_USUAL = _line(re.escape(f"{BASE}/".encode()))
"""Matches nearly every line, four times as fast as the next."""
_LINE = _line(rb"https?://[\w.:-]+/(?:[\w-]+(?:\.[\w-]+)*/)*")
"""The folders of an address are matched, so that one with ``..`` in it is of no known form."""


class Watcher:
    """Is told how far a fetch has come, from several threads; this one keeps it to itself."""

    def list_size(self, size: int) -> None:
        """The list has so many bytes."""

    def list_bytes(self, count: int) -> None:
        """So many more bytes of the list are here."""

    def planned(self, files: int, size: int) -> None:
        """So many files, of so many bytes in all, are listed."""

    def file_bytes(self, count: int) -> None:
        """So many more bytes of files are here; fewer than none if some were thrown away."""

    def file_done(self) -> None:
        """One more file is dealt with."""


@dataclass(frozen=True)
class Listed:
    """A file as the list has it: the slot it is of, in UTC, its table, size and sum."""

    slot: datetime
    table: str
    size: int
    md5: str

    @property
    def name(self) -> str:
        return f"{self.slot.strftime(_NAME_TIME)}.{self.table}.CSV.zip"


@dataclass(frozen=True)
class Selected:
    """What the list says of a stretch of time."""

    files: dict[tuple[datetime, str], Listed]
    malformed: int
    """Lines of the whole list that are of no known form."""


class MasterList:
    """The desk's copy of the list under a base address."""

    def __init__(self, folder: Path, base: str) -> None:
        digest = sha256(base.encode()).hexdigest()[:8]
        self.address = f"{base}/{LIST}"
        self.path = folder / f"masterfilelist-{digest}.txt"

    def refresh(self, door: Door, until: datetime, now: datetime, watcher: Watcher) -> str | None:
        """Bring the copy up to date, unless it is fresh and reaches as far as is wanted.

        Args:
            door: The way out.
            until: The end of what is wanted.
            now: The present instant; the copy's own time is when it was last compared.
            watcher: Who is told how far it is.

        Returns:
            Why the old copy must do, where it could not be brought up to date but reaches far enough.

        Raises:
            FetchError: If there is no list to be had, or what came is none.
        """
        reaches = self.path.is_file() and self.ends(now) + STEP >= until
        if reaches and timedelta() <= now - _compared_at(self.path) < FRESH:
            return None
        part = self.path.with_name(self.path.name + ".part")
        try:
            if self.path.is_file():
                shutil.copyfile(self.path, part)
            door.fetch(self.address, part, limit=MAX_LIST, got=watcher.list_bytes, whole=watcher.list_size)
            _check(part, self.address)
        except FetchError as error:
            if reaches:
                return error.what
            raise FetchError(f"the list of files can't be had: {error.what}", do=_DO) from error
        os.utime(part, (now.timestamp(), now.timestamp()))
        part.replace(self.path)
        return None

    def ends(self, now: datetime) -> datetime:
        """The last slot that the list has, not counting what claims to be of the future."""
        with self.path.open("rb") as file:
            file.seek(-min(_TAIL, file.seek(0, os.SEEK_END)), os.SEEK_CUR)
            slots = [_slot(line[2]) for line in _LINE.findall(file.read())]
        return max((slot for slot in slots if slot is not None and slot <= now), default=START - STEP)

    def select(self, since: datetime, until: datetime, tables: Sequence[str]) -> Selected:
        """The files of some tables with a slot in [since, until).

        Of two lines on one file the later counts: it is the newer.
        """
        first, end = (instant.strftime(_NAME_TIME).encode() for instant in (since, until))
        wanted = {table.encode() for table in tables}
        files: dict[tuple[datetime, str], Listed] = {}
        malformed = 0
        for block in _blocks(self.path):
            lines = _USUAL.findall(block)
            if len(lines) != block.count(b"\n"):
                lines = _LINE.findall(block)
                malformed += sum(1 for line in block.splitlines() if line.strip() and not _LINE.match(line))
            for size, md5, name_time, table in lines:
                if not (first <= name_time < end and table in wanted):
                    continue
                slot = _slot(name_time)
                if slot is None or int(size) > MAX_FILE:
                    malformed += 1
                    continue
                listed = Listed(slot, table.decode(), int(size), md5.decode().lower())
                files[slot, listed.table] = listed
        return Selected(files, malformed)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block + file.readline(_BLOCK)


def _slot(name_time: bytes) -> datetime | None:
    try:
        return datetime.strptime(name_time.decode(), _NAME_TIME).replace(tzinfo=UTC)
    except ValueError:
        return None


def _compared_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _check(part: Path, address: str) -> None:
    """Whatever answers with 200 may still be a page that says no."""
    with part.open("rb") as file:
        if _LINE.search(file.read(_TAIL)) is not None:
            return
    part.unlink()
    raise FetchError(f"{address}: what came is no list: it has no line 'size md5 address'")
