"""Checking a store: that it holds what its manifest says, and that its sums are right."""

from __future__ import annotations

from hashlib import file_digest

from rasad.errors import StoreError
from rasad.model.flag import left_out, mask
from rasad.model.format import EVENTS, MENTIONS
from rasad.store.engine import Connection, sql
from rasad.store.manifest import Manifest
from rasad.store.parts import DAY_TOTAL, DYAD_WEEK
from rasad.store.store import Store


def check(store: Store) -> list[str]:
    """What is wrong with a store, a line each; nothing where it is whole.

    Files are compared with their sums, counts with one another, weekly and daily sums with the
    events, and no two current rows may have one id.

    Raises:
        StoreError: If there is no store, or its manifest can't be read.
    """
    manifest = store.manifest()
    found = [*_files(store, manifest), *_snapshots(store, manifest)]
    if found:
        return found
    try:
        with store.reading() as connection:
            for dataset in manifest.datasets():
                found += _sums(store, manifest, dataset, connection)
    except StoreError as error:
        found.append(str(error))
    return found


def _files(store: Store, manifest: Manifest) -> list[str]:
    found = []
    for part in manifest.parts:
        path = store.root / part.file
        if not path.is_file():
            found.append(f"{part.file}: missing")
        elif path.stat().st_size != part.bytes:
            found.append(f"{part.file}: {path.stat().st_size:,} bytes, not {part.bytes:,}")
        else:
            with path.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != part.sha256:
                    found.append(f"{part.file}: its content has changed")
    return found


def _snapshots(store: Store, manifest: Manifest) -> list[str]:
    found = []
    for snapshot in manifest.snapshots:
        paths = [f"snapshots/{snapshot.snapshot_id}/{name}" for name in snapshot.files]
        found += [f"{path}: missing" for path in paths if not (store.root / path).is_file()]
        told = snapshot.loaded + snapshot.duplicates + sum(snapshot.rejected.values())
        if told != snapshot.rows:
            found.append(f"{snapshot.url}: {snapshot.rows:,} rows read, but {told:,} accounted for")
    return found


def _sums(store: Store, manifest: Manifest, dataset: str, connection: Connection) -> list[str]:
    loaded = sum(s.loaded for s in manifest.snapshots if s.dataset == dataset)
    table = EVENTS if manifest.of(EVENTS, dataset) else MENTIONS
    stored = sum(part.rows for part in manifest.of(table, dataset))
    found = [f"{dataset}: {loaded:,} rows loaded, {stored:,} stored"] if loaded != stored else []
    parts = manifest.of(EVENTS, dataset)
    if not parts:
        return found
    coding = next(s.coding for s in reversed(manifest.snapshots) if s.dataset == dataset)
    select = store.select(manifest, parts)
    (current,) = connection.execute(f"SELECT count(*) FROM ({select})").fetchall()[0]
    (twice,) = connection.execute(
        f"SELECT count(*) - count(DISTINCT dataset_event_id) FROM ({select})"
    ).fetchall()[0]
    if twice:
        found.append(f"{dataset}: {twice:,} current rows share an id with another")
    weeks = manifest.of(DYAD_WEEK, dataset)
    fresh = sql("dyad_week", events=f"({select})", sign="1", left_out=str(mask(left_out(coding))))
    kept = (
        "SELECT dyad, source, target, week, kept, sum(n)::BIGINT AS n, sum(goldstein_tenths)::BIGINT AS g"
        f" FROM {store.read(weeks)} GROUP BY ALL HAVING sum(n) <> 0"
        if weeks
        else "SELECT '' AS dyad, '' AS source, '' AS target, DATE '2000-01-01' AS week, true AS kept, 0::BIGINT AS n, 0::BIGINT AS g WHERE false"
    )
    anew = f"SELECT dyad, source, target, week, kept, n::BIGINT AS n, goldstein_tenths::BIGINT AS g FROM ({fresh})"
    (unlike,) = connection.execute(
        f"SELECT count(*) FROM (({anew} EXCEPT {kept}) UNION ALL ({kept} EXCEPT {anew}))"
    ).fetchall()[0]
    if unlike:
        found.append(f"{dataset}: {unlike:,} weekly sums differ from the events")
    totals = store.read(manifest.of(DAY_TOTAL, dataset))
    (days,) = connection.execute(f"SELECT coalesce(sum(n), 0)::BIGINT FROM {totals}").fetchall()[0]
    if days != current:
        found.append(f"{dataset}: daily totals count {days:,} events, {current:,} are current")
    return found
