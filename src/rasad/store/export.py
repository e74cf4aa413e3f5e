"""Exporting: current events as CSV, JSON lines or Parquet, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasad.errors import StoreError
from rasad.model.flag import FLAGS, bit
from rasad.model.format import EVENTS
from rasad.store.engine import quoted
from rasad.store.manifest import Manifest
from rasad.store.store import Store

KINDS = {".csv": "csv, HEADER", ".parquet": "parquet, COMPRESSION zstd", ".jsonl": "json", ".ndjson": "json"}


@dataclass(frozen=True)
class Exported:
    """What was written, and what was kept back because its terms forbid passing it on."""

    rows: int
    datasets: tuple[str, ...]
    kept_back: dict[str, int]


@dataclass(frozen=True)
class Wanted:
    """Which events; an empty field lets all pass. ``since`` and ``until`` are days, both included."""

    datasets: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    dyad: str = ""
    private: bool = False
    """Whether rows that may not be passed on are written too."""


def export(store: Store, to: Path, wanted: Wanted) -> Exported:
    """Write current events into a file; its suffix names the kind.

    Raises:
        StoreError: If there is no store, the suffix is unknown, or nothing may be written.
    """
    kind = KINDS.get(to.suffix)
    if kind is None:
        raise StoreError(f"'{to.suffix}' is no kind of export", at=to, do=f"Known: {', '.join(KINDS)}.")
    manifest = store.manifest()
    for dataset in wanted.datasets:
        if dataset not in manifest.datasets():
            do = f"Loaded: {', '.join(manifest.datasets())}."
            raise StoreError(f"there is no dataset '{dataset}' in the store", at=store.root, do=do)
    named = [d for d in wanted.datasets or manifest.datasets() if manifest.of(EVENTS, d)]
    closed = {s.dataset for s in manifest.snapshots if not s.redistributable}
    written = [d for d in named if wanted.private or d not in closed]
    kept_back = {d: _rows(store, manifest, d) for d in named if d not in written}
    if not written:
        raise StoreError("there is nothing that may be written", at=store.root,
                         do=f"The terms of {', '.join(kept_back)} forbid passing rows on; --private writes them for yourself."
                         if kept_back else "Load something first.")  # fmt: skip
    parts = [part for dataset in written for part in manifest.of(EVENTS, dataset)]
    beside = to.with_name(f".{to.name}.part")
    try:
        beside.touch()
    except OSError as error:
        raise StoreError(f"can't be written ({error.strerror})", at=to) from error
    columns = "e.* EXCLUDE (flags, row)" + f", {_flags()} AS flags, e.row"
    with store.reading() as connection:
        (rows,) = connection.execute(
            f"COPY (SELECT {columns} FROM ({store.select(manifest, parts)}) AS e {_where(wanted)}"
            f" ORDER BY occurred_on, dataset, dataset_event_id) TO {quoted(str(beside))} (FORMAT {kind})"
        ).fetchall()[0]
    beside.replace(to)
    return Exported(int(rows), tuple(written), kept_back)


def _rows(store: Store, manifest: Manifest, dataset: str) -> int:
    with store.reading() as connection:
        select = store.select(manifest, manifest.of(EVENTS, dataset))
        return int(connection.execute(f"SELECT count(*) FROM ({select})").fetchall()[0][0])


def _flags() -> str:
    told = ", ".join(f"CASE WHEN e.flags & {bit(name)} > 0 THEN '{name}' END" for name in FLAGS)
    return f"concat_ws(' ', {told})"


def _where(wanted: Wanted) -> str:
    told = []
    if wanted.since is not None:
        told.append(f"e.occurred_on >= DATE '{wanted.since}'")
    if wanted.until is not None:
        told.append(f"e.occurred_on <= DATE '{wanted.until}'")
    if wanted.dyad:
        told.append(f"e.dyad = {quoted(wanted.dyad)}")
    return f"WHERE {' AND '.join(told)}" if told else ""
