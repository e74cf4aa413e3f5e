"""What is in a store: rows, spans, gaps, duplicates, rejects by reason, flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from rasad.model.flag import names
from rasad.model.format import EVENTS, MENTIONS
from rasad.store.engine import rows_of
from rasad.store.manifest import Manifest, Snapshot
from rasad.store.parts import DAY_TOTAL, REJECT, SUPERSEDED
from rasad.store.store import Store

MOST_GAPS = 20


@dataclass(frozen=True)
class DatasetReport:
    """One dataset in figures; ``rows`` are current ones, the counts of loads are sums over all files.

    ``gaps`` are spans of days without an event between the first and the last day.
    """

    dataset: str
    files: int
    rows: int
    older_rows: int
    first: date | None
    last: date | None
    bytes: int
    rows_read: int
    loaded: int
    revised: int
    duplicates: int
    withdrawn: int
    rejects: dict[str, int]
    flags: dict[str, int]
    gaps: tuple[tuple[date, date], ...]
    licence: str
    redistributable: bool


def report(store: Store) -> list[DatasetReport]:
    """Every dataset of a store in figures.

    Raises:
        StoreError: If there is no store, or a part of it can't be read.
    """
    manifest = store.manifest()
    return [_of_dataset(store, manifest, dataset) for dataset in manifest.datasets()]


def _of_dataset(store: Store, manifest: Manifest, dataset: str) -> DatasetReport:
    snapshots = [snapshot for snapshot in manifest.snapshots if snapshot.dataset == dataset]
    parts = [*manifest.of(EVENTS, dataset), *manifest.of(MENTIONS, dataset)]
    flags, days = Counter[str](), []
    current = 0
    if manifest.of(EVENTS, dataset):
        with store.reading() as connection:
            select = store.select(manifest, manifest.of(EVENTS, dataset))
            for row in rows_of(connection, f"SELECT flags, count(*) AS n FROM ({select}) GROUP BY flags"):
                current += row["n"]
                flags.update(dict.fromkeys(names(row["flags"]), row["n"]))
            totals = store.read(manifest.of(DAY_TOTAL, dataset))
            days = [
                row["day"]
                for row in rows_of(
                    connection, f"SELECT day FROM {totals} GROUP BY day HAVING sum(n) > 0 ORDER BY day"
                )
            ]
    else:
        current = sum(part.rows for part in parts) - sum(
            part.rows for part in manifest.of(SUPERSEDED, dataset)
        )
    rejects: Counter[str] = Counter()
    for snapshot in snapshots:
        rejects.update(snapshot.rejected)
    ends = sorted(end for part in parts for end in (part.first_on, part.last_on) if end)
    return DatasetReport(
        dataset=dataset,
        files=len(snapshots),
        rows=current,
        older_rows=sum(part.rows for part in parts) - current,
        first=date.fromisoformat(ends[0]) if ends else None,
        last=date.fromisoformat(ends[-1]) if ends else None,
        bytes=sum(part.bytes for part in manifest.parts if part.dataset == dataset),
        rejects=dict(rejects.most_common()),
        flags=dict(flags.most_common()),
        gaps=_gaps(days),
        licence=snapshots[-1].licence,
        redistributable=all(snapshot.redistributable for snapshot in snapshots),
        **_sums(snapshots),
    )


def _sums(snapshots: Sequence[Snapshot]) -> dict[str, int]:
    return {
        "rows_read": sum(s.rows for s in snapshots),
        "loaded": sum(s.loaded for s in snapshots),
        "revised": sum(s.revised for s in snapshots),
        "duplicates": sum(s.duplicates for s in snapshots),
        "withdrawn": sum(s.withdrawn for s in snapshots),
    }


def _gaps(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    one = timedelta(days=1)
    return tuple((a + one, b - one) for a, b in pairwise(days) if b - a > one)


def day_totals(store: Store, dataset: str) -> list[dict[str, Any]]:
    """Events a day of a dataset: ``n`` in all, ``kept`` without those whose flags weekly sums leave out."""
    manifest = store.manifest()
    parts = manifest.of(DAY_TOTAL, dataset)
    if not parts:
        return []
    with store.reading() as connection:
        return rows_of(
            connection,
            f"SELECT day, sum(n)::BIGINT AS n, sum(kept)::BIGINT AS kept FROM {store.read(parts)} GROUP BY day HAVING sum(n) > 0 ORDER BY day",
        )


def rejects(store: Store, dataset: str | None = None, most: int | None = None) -> list[dict[str, Any]]:
    """Rows that could not be events: snapshot, file, row (from 1, the header not counted), reason and text."""
    parts = store.manifest().of(REJECT, dataset)
    if not parts:
        return []
    limit = "" if most is None else f"LIMIT {most}"
    with store.reading() as connection:
        return rows_of(
            connection,
            f"SELECT snapshot_id AS snapshot, file, row, reason, text FROM {store.read(parts)} ORDER BY file, snapshot, row {limit}",
        )
