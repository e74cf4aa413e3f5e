"""One event through all its versions, each with the row it came from."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasad.errors import StoreError
from rasad.flow.loading import given
from rasad.model.format import EVENTS, NEWLINE, UNIT
from rasad.settings import Desk
from rasad.sources.chronology import DATASET
from rasad.store.engine import engine, quoted, rows_of, sql
from rasad.store.manifest import Snapshot
from rasad.store.parts import SUPERSEDED
from rasad.store.staging import lines
from rasad.store.store import Store


def versions(desk: Desk, dataset: str, key: str) -> list[dict[str, Any]]:
    """All rows of an event, the newest first, with their snapshots and raw texts.

    Raises:
        StoreError: If the store has no such event.
    """
    store = Store(desk.store)
    manifest = store.manifest()
    parts = manifest.of(EVENTS, dataset)
    if not parts:
        raise StoreError(f"there is no dataset '{dataset}' in the store", at=store.root,
                         do=f"Loaded: {', '.join(manifest.datasets())}.")  # fmt: skip
    place = {snapshot.snapshot_id: n for n, snapshot in enumerate(manifest.snapshots)}
    with store.reading() as connection:
        where = f"WHERE e.dataset_event_id = {quoted(key)}"
        rows = rows_of(connection, sql("current_events", events=store.read(parts), where=where))
        gone = set()
        if manifest.of(SUPERSEDED, dataset):
            old = store.read(manifest.of(SUPERSEDED, dataset))
            gone = set(connection.execute(f"SELECT snapshot_id, row FROM {old}").fetchall())
    if not rows:
        raise StoreError(f"the dataset '{dataset}' has no event '{key}'", at=store.root)
    rows.sort(key=lambda row: (place[row["snapshot_id"]], row["row"]), reverse=True)
    snapshots = {snapshot.snapshot_id: snapshot for snapshot in manifest.snapshots}
    return [
        {
            "current": (row["snapshot_id"], row["row"]) not in gone,
            "event": row,
            "snapshot": {"url": snapshots[row["snapshot_id"]].url,
                         "retrieved_at": snapshots[row["snapshot_id"]].retrieved_at},
            "raw": raw_row(desk, snapshots[row["snapshot_id"]], row["row"]),
        }
        for row in rows
    ]  # fmt: skip


def raw_row(desk: Desk, snapshot: Snapshot, row: int) -> str:
    """A row of a snapshot as it came; quoted tables are quoted anew."""
    if snapshot.dataset == DATASET:
        return ""
    before = 0
    with TemporaryDirectory() as folder, engine() as connection:
        for piece in given(desk).reopen(snapshot, Path(folder)):
            found = connection.execute(
                f"SELECT line FROM (SELECT row_number() OVER () AS n, line FROM {lines(piece)}) WHERE n = {row - before}"
            ).fetchall()
            if found:
                return _told(found[0][0])
            before += connection.execute(f"SELECT count(*) FROM {lines(piece)}").fetchall()[0][0]
    return ""


def _told(line: str) -> str:
    if UNIT not in line:
        return line
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cell.replace(NEWLINE, "\n") for cell in line.split(UNIT))
    return text.getvalue()
