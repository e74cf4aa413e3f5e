"""GDELT's files one by one: fetched several at a time, and kept only if they are what the list says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from threading import Lock

from rasad.sources.addresses import RefusedError, UnreachableError
from rasad.sources.gdelt_list import Listed, Watcher
from rasad.sources.http import Door, NotThereError, TooLargeError

TRIES = 3
"""How often a file that is not what the list says is fetched."""
GIVE_UP = 6
"""Files in a row that can't be reached, after which the rest is taken for unreachable too."""

_ZIP = b"PK"


class Result(StrEnum):
    """What became of a slot's file, in the words of the gap ledger."""

    FETCHED = "fetched"
    THERE = "already there"
    NOT_LISTED = "not in the list"
    NOT_YET = "not yet in the list"
    MISSING = "missing (404)"
    WRONG_SUM = "wrong sum"
    WRONG_SIZE = "wrong size"
    NOT_A_ZIP = "not a zip"
    REFUSED = "leads where it must not"
    UNREACHABLE = "unreachable"

    @property
    def is_had(self) -> bool:
        return self in (Result.FETCHED, Result.THERE)

    @property
    def is_failure(self) -> bool:
        """Whether there should be a file, and there is none."""
        return not self.is_had and self not in (Result.NOT_LISTED, Result.NOT_YET)


_MISSED = {
    NotThereError: Result.MISSING,
    RefusedError: Result.REFUSED,
    UnreachableError: Result.UNREACHABLE,
}


class Fetcher:
    """Fetches files one by one, several at a time."""

    def __init__(self, folder: Path, base: str, door: Door, watcher: Watcher) -> None:
        self._folder = folder
        self._base = base
        self._door = door
        self._watcher = watcher
        self._lock = Lock()
        self._unreached = 0
        self.first_fault: str | None = None
        """What was said of the first file that the server did not give."""

    def fetch_all(self, files: Sequence[Listed]) -> Iterator[tuple[Listed, Result]]:
        """Every file with what became of it, in order; whatever ends this early ends all of it."""
        pool = ThreadPoolExecutor(self._door.manners.connections, "fetch")
        try:
            yield from zip(files, pool.map(self._fetch, files), strict=True)
        finally:
            self._door.stop()
            pool.shutdown(cancel_futures=True)

    def _fetch(self, file: Listed) -> Result:
        target = self._folder / file.name
        if _is(target, file):
            self._watcher.file_bytes(file.size)
            result = Result.THERE
        elif self._unreached >= GIVE_UP:
            result = Result.UNREACHABLE
        else:
            result = self._fetch_to(target, file)
            with self._lock:
                self._unreached = self._unreached + 1 if result is Result.UNREACHABLE else 0
        self._watcher.file_done()
        return result

    def _fetch_to(self, target: Path, file: Listed) -> Result:
        part = target.with_name(target.name + ".part")
        fault = Result.UNREACHABLE
        for _ in range(TRIES):
            missed = None if _is(part, file) else self._fetch_part(part, file)
            if missed is not None:
                if missed is Result.MISSING or not part.stat().st_size:
                    part.unlink()
                return missed
            found = _fault(part, file)
            if found is None:
                part.replace(target)
                return Result.FETCHED
            self._watcher.file_bytes(-part.stat().st_size)
            part.unlink()
            fault = found
        return fault

    def _fetch_part(self, part: Path, file: Listed) -> Result | None:
        if part.is_file() and part.stat().st_size >= file.size:
            part.unlink()
        try:
            self._door.fetch(
                f"{self._base}/{file.name}",
                part,
                limit=file.size + 1,
                found_in=f"{self._base}/",
                got=self._watcher.file_bytes,
            )
        except TooLargeError:
            return None
        except (NotThereError, RefusedError, UnreachableError) as error:
            if self.first_fault is None:
                self.first_fault = error.what
            return next(missed for kind, missed in _MISSED.items() if isinstance(error, kind))
        return None


def _is(path: Path, file: Listed) -> bool:
    return path.is_file() and _fault(path, file) is None


def _fault(path: Path, file: Listed) -> Result | None:
    """In what a file differs from what the list says of it."""
    with path.open("rb") as content:
        if content.read(len(_ZIP)) != _ZIP:
            return Result.NOT_A_ZIP
        if path.stat().st_size != file.size:
            return Result.WRONG_SIZE
        content.seek(0)
        return None if file_digest(content, "md5").hexdigest() == file.md5 else Result.WRONG_SUM
