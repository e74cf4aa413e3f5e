"""GDELT 2.0 in bulk: the 15-minute files of a stretch of time, fetched, checked and kept.

Only a file whose size and sum are those of the master list has its name; what is on its way
ends in ``.part``. So a fetch that was killed is simply run again: what has its name is not
fetched twice, and a part is gone on with where it ends. What could not be had stands in the
gap ledger.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from rasad.errors import FetchError
from rasad.sources.gdelt_files import Fetcher, Result
from rasad.sources.gdelt_gaps import FILE, STEP, Gap, Ledger
from rasad.sources.gdelt_list import BASE, START, MasterList, Watcher
from rasad.sources.http import Door
from rasad.sources.manners import Manners

if sys.platform != "win32":
    import fcntl

LATE = timedelta(hours=1)
"""How far a list may end before what is wanted of it, without anything being wrong."""


@dataclass(frozen=True)
class Wanted:
    """The files of some tables with a slot in [since, until), in UTC."""

    since: datetime
    until: datetime
    tables: Sequence[str]

    @classmethod
    def of(cls, since: datetime, until: datetime, tables: Sequence[str], now: datetime) -> Wanted:
        """What there may be of a stretch of time: nothing is wanted of the future.

        Raises:
            FetchError: If there can be nothing in it.
        """
        if since < START:
            raise FetchError(f"GDELT 2.0 begins on {START:%Y-%m-%d %H:%M}", do="Choose a later --since.")
        if since >= now:
            raise FetchError(f"{since:%Y-%m-%d %H:%M} is in the future", do="Choose an earlier --since.")
        if since >= until:
            raise FetchError("--since is not before --until", do="The day of --until is itself not fetched.")
        return cls(since, min(until, now), tables)

    def slots(self) -> list[datetime]:
        """Every slot, a quarter of an hour apart."""
        day = self.since.replace(hour=0, minute=0, second=0, microsecond=0)
        first = day - (day - self.since) // STEP * STEP
        return [first + n * STEP for n in range(-((first - self.until) // STEP))]


@dataclass(frozen=True)
class Fetched:
    """What a fetch did."""

    wanted: Wanted
    results: Counter[Result]
    paths: tuple[Path, ...]
    """The files that are there, fetched now or before, in order of time."""
    bytes: int
    """Of those fetched now."""
    seconds: float
    gaps: tuple[Gap, ...]
    list_ends: datetime
    malformed: int
    stale_because: str | None
    """Why the list could not be compared with the server's, where the old one did."""
    first_fault: str | None
    """What was said of the first file that the server did not give."""

    @property
    def is_behind(self) -> bool:
        """Whether the list ends long before what is wanted of it."""
        return self.results[Result.NOT_YET] > 0 and self.list_ends + STEP + LATE < self.wanted.until

    @property
    def is_complete(self) -> bool:
        """Whether every slot has its file or is a gap that GDELT itself has."""
        return not self.is_behind and not any(self.results[result] for result in Result if result.is_failure)


def fetch(
    folder: Path,
    wanted: Wanted,
    now: datetime,
    *,
    base: str = BASE,
    manners: Manners | None = None,
    watcher: Watcher | None = None,
) -> Fetched:
    """Fetch the files of a stretch of time into a folder.

    Args:
        folder: Where they and the ledger are kept.
        wanted: Which.
        now: The present instant, in UTC.
        base: GDELT's folder on the web, or a mirror of it; the list and the files are fetched
            from here, whatever host the list names.
        manners: How the server is treated.
        watcher: Who is told.

    Raises:
        FetchError: If there is no list to be had, or another fetch is at work in the folder.
    """
    begun = perf_counter()
    watcher = Watcher() if watcher is None else watcher
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), Door(manners) as door:
        ledger = Ledger(folder / FILE)
        master = MasterList(folder, base)
        stale_because = master.refresh(door, wanted.until, now, watcher)
        ends = master.ends(now)
        selected = master.select(wanted.since, wanted.until, wanted.tables)
        files = [selected.files[key] for key in sorted(selected.files)]
        watcher.planned(len(files), sum(file.size for file in files))
        results = _unlisted(wanted, selected.files.keys(), ends)
        fetcher = Fetcher(folder, base, door, watcher)
        try:
            for file, result in fetcher.fetch_all(files):
                results[file.slot, file.table] = result
        finally:
            _enter(ledger, results, now)
    return Fetched(
        wanted=wanted,
        results=Counter(results.values()),
        paths=tuple(folder / file.name for file in files if results[file.slot, file.table].is_had),
        bytes=sum(file.size for file in files if results[file.slot, file.table] is Result.FETCHED),
        seconds=perf_counter() - begun,
        gaps=tuple(ledger.within(wanted.since, wanted.until, wanted.tables)),
        list_ends=ends,
        malformed=selected.malformed,
        stale_because=stale_because,
        first_fault=fetcher.first_fault,
    )


def _unlisted(
    wanted: Wanted, listed: Collection[tuple[datetime, str]], ends: datetime
) -> dict[tuple[datetime, str], Result]:
    return {
        (slot, table): Result.NOT_LISTED if slot <= ends else Result.NOT_YET
        for slot in wanted.slots()
        for table in wanted.tables
        if (slot, table) not in listed
    }


def _enter(ledger: Ledger, results: Mapping[tuple[datetime, str], Result], now: datetime) -> None:
    for (slot, table), result in results.items():
        if result.is_had:
            ledger.clear(slot, table)
        else:
            ledger.note(slot, table, result, now)
    ledger.save()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two fetches into one folder would write to the same parts; the second one stops."""
    with (folder / "lock").open("w") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                do = "Wait until it is done."
                raise FetchError("another fetch is at work here", at=folder, do=do) from error
        yield
