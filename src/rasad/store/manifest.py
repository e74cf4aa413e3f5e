"""The manifest: the list of parts and loads that is the store's only truth."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rasad.errors import StoreError

VERSION = 3
FILE = "manifest.json"
LOCK = "lock"
TABLES = ("event", "mention", "superseded", "reject", "dyad_week", "day_total")
REBUILD = "Delete the .rasad/store folder and load again."


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table, with what tells whether a query needs it."""

    table: str
    dataset: str
    file: str
    rows: int
    bytes: int
    sha256: str
    first_on: str = ""
    last_on: str = ""
    key_low: str = ""
    key_high: str = ""
    added_low: str = ""
    added_high: str = ""


@dataclass(frozen=True)
class Snapshot:
    """One load of one file: what it was, when, under what terms, and what came of it."""

    snapshot_id: str
    dataset: str
    format: str
    sha256: str
    url: str
    retrieved_at: str
    bytes: int
    kind: str
    lines: tuple[int, ...] | None
    files: tuple[str, ...]
    reader: str
    licence: str
    redistributable: bool
    rows: int = 0
    loaded: int = 0
    revised: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    flagged: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    coding: str = ""
    actor: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether its cells had types and not texts, which may have other texts in another file."""
        return self.kind == "parquet"


@dataclass(frozen=True)
class Manifest:
    """All parts and snapshots, oldest first, and the actor table by which rows were resolved."""

    parts: tuple[Part, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    actors: str = ""

    def of(self, table: str, dataset: str | None = None) -> list[Part]:
        """The parts of a table, of one dataset or of all."""
        return [p for p in self.parts if p.table == table and dataset in (None, p.dataset)]

    def datasets(self) -> list[str]:
        """Every dataset that was loaded, in the order of its first load."""
        return list(dict.fromkeys(snapshot.dataset for snapshot in self.snapshots))


def read_manifest(root: Path) -> Manifest:
    """The manifest of a store; an empty one where there is none.

    Raises:
        StoreError: If it can't be read or is of another version.
    """
    path = root / FILE
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, OSError) as error:
        raise StoreError("the manifest can't be read", at=path, do=REBUILD) from error
    try:
        if told["version"] != VERSION:
            what = f"the store is of version {told['version']}, this rasad reads {VERSION}"
            raise StoreError(what, at=path, do=REBUILD)
        snapshots = [
            Snapshot(
                **row
                | {
                    "files": tuple(row["files"]),
                    "columns": tuple(row["columns"]),
                    "lines": None if row["lines"] is None else tuple(row["lines"]),
                }
            )
            for row in told["snapshots"]
        ]
        return Manifest(
            tuple(Part(**row) for row in told["parts"]), tuple(snapshots), str(told.get("actors", ""))
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError("the manifest can't be read", at=path, do=REBUILD) from error


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the last one: that rename is the commit."""
    told = {
        "version": VERSION,
        "actors": manifest.actors,
        "parts": [{k: v for k, v in asdict(part).items() if v != ""} for part in manifest.parts],
        "snapshots": [asdict(snapshot) for snapshot in manifest.snapshots],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    write_whole(
        root / FILE,
        text.replace('{"snapshot_id"', '\n{"snapshot_id"').replace('{"table"', '\n{"table"').encode(),
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it: nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlive a loss of power, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the only one who writes to a store; the system lets go of the lock when a writer dies.

    Raises:
        StoreError: If another command is loading.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("wb") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            do = "Wait until it is done, then run this again."
            raise StoreError("another rasad is loading into this store", at=root, do=do) from error
        yield


def _lock(handle: int) -> None:
    try:
        import fcntl  # noqa: PLC0415  (not on Windows)
    except ImportError:
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(root: Path, manifest: Manifest) -> None:
    """Delete what a load that was killed left behind: files that the manifest does not name."""
    passing = root / "passing"
    passing.unlink() if passing.is_symlink() else shutil.rmtree(passing, ignore_errors=True)
    named = {root / part.file for part in manifest.parts}
    for table in TABLES:
        for path in (root / table).glob("*/*"):
            if (
                path not in named and not path.parent.is_symlink()
            ):  # what lies behind a link is not the store's
                path.unlink()
    kept = {snapshot.snapshot_id for snapshot in manifest.snapshots}
    for folder in (root / "snapshots").glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder) if folder.is_dir() and not folder.is_symlink() else folder.unlink()
