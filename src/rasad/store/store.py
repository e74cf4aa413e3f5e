"""The event store: snapshots of what was loaded, and the events that are current.

A load writes the raw bytes and one Parquet part under names of their content, then the
manifest beside the old one, and renames it last: that rename is the commit. Killed at any
moment, the store is as it was before or after the load.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import duckdb

from rasad.errors import StoreError
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.ids import make_id
from rasad.model.rung import Rung

VERSION = 2
_GLOB = re.compile(r"([*?\[])")
"""Characters of a path that the engine would read as a pattern."""

ReadEvents = Callable[[bytes, str], list[Event]]
"""Reads the bytes of a file into the events of a snapshot id."""


@dataclass(frozen=True)
class Snapshot:
    """One load of one file: what it was, when, and under what terms."""

    snapshot_id: str
    dataset: str
    sha256: str
    url: str
    retrieved_at: str
    bytes: int
    rows: int
    reader: str
    licence: str
    redistributable: bool


@dataclass(frozen=True)
class Loaded:
    """What a load did, by comparing with the snapshot before it."""

    rows_read: int
    loaded: int
    revised: int
    duplicates: int
    withdrawn: int


class Store:
    """The store under a desk's ``.rasad`` folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._manifest = root / "manifest.json"

    @property
    def exists(self) -> bool:
        return self._manifest.is_file()

    def snapshots(self) -> list[Snapshot]:
        """All loads in order; the last of a dataset is the current one.

        Raises:
            StoreError: If there is no store, or its manifest can't be read.
        """
        if not self.exists:
            raise StoreError("there is no event store here", at=self._root, do="Run 'rasad load' first.")
        try:
            manifest = json.loads(self._manifest.read_text("utf-8"))
            if manifest["version"] != VERSION:
                raise StoreError(
                    f"the store is of version {manifest['version']}, this rasad reads {VERSION}",
                    at=self._manifest,
                    do="Delete the .rasad folder and run 'rasad load'.",
                )
            return [Snapshot(**row) for row in manifest["snapshots"]]
        except (ValueError, KeyError, TypeError) as error:
            do = "Delete the .rasad folder and run 'rasad load'."
            raise StoreError("the manifest can't be read", at=self._manifest, do=do) from error

    def current(self, dataset: str) -> Snapshot | None:
        """The newest snapshot of a dataset."""
        if not self.exists:
            return None
        return next((s for s in reversed(self.snapshots()) if s.dataset == dataset), None)

    def load(self, dataset: str, content: bytes, url: str, read: ReadEvents, reader: str = "") -> Loaded:
        """Load a file whose rows are the whole of its dataset; what it already holds costs nothing.

        ``reader`` names all besides the file that decides how it is read; where that has changed,
        the same file is read again.

        Raises:
            RasadError: Whatever ``read`` raises; the store is then as it was.
        """
        digest = sha256(content).hexdigest()
        current = self.current(dataset)
        if current is not None and (current.sha256, current.reader) == (digest, reader):
            return Loaded(current.rows, 0, 0, current.rows, 0)
        snapshot_id = make_id("sn", dataset, digest, reader)
        events = read(content, snapshot_id)
        before = {event.event_id: event for event in self.events()} if current is not None else {}
        self._write(_snapshot_file(self._root, snapshot_id), content)
        self._write_part(dataset, snapshot_id, events)
        snapshot = Snapshot(
            snapshot_id=snapshot_id,
            dataset=dataset,
            sha256=digest,
            url=url,
            retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
            bytes=len(content),
            rows=len(events),
            reader=reader,
            licence="the desk's own",
            redistributable=True,
        )
        earlier = self.snapshots() if current is not None else []
        self._commit([*earlier, snapshot])
        return _compare(before, events)

    def events(self) -> list[Event]:
        """The current events in order of date, then id.

        Raises:
            StoreError: If there is no store, or a part of it is missing.
        """
        newest = {snapshot.dataset: snapshot for snapshot in self.snapshots()}
        parts = [str(self._part(s.dataset, s.snapshot_id)) for s in newest.values()]
        for part in parts:
            if not Path(part).is_file():
                do = "Delete the .rasad folder and run 'rasad load'."
                raise StoreError("a part of the store is missing", at=Path(part), do=do)
        try:
            with duckdb.connect() as connection:
                cursor = connection.execute(
                    _sql("current_events"), {"parts": [_GLOB.sub(r"[\1]", part) for part in parts]}
                )
                names = [column[0] for column in cursor.description]
                return [_event(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
        except duckdb.Error as error:
            do = "Delete the .rasad folder and run 'rasad load'."
            raise StoreError("a part of the store can't be read", at=Path(parts[0]), do=do) from error

    def _part(self, dataset: str, snapshot_id: str) -> Path:
        return self._root / "event" / f"dataset={dataset}" / f"{snapshot_id}.parquet"

    def _write_part(self, dataset: str, snapshot_id: str, events: list[Event]) -> None:
        part = self._part(dataset, snapshot_id)
        part.parent.mkdir(parents=True, exist_ok=True)
        beside = part.with_suffix(".part")
        marks = ", ".join("?" for _ in fields(Event))
        with duckdb.connect() as connection:
            connection.execute(_sql("create_event"))
            if events:
                insert = f"INSERT INTO event VALUES ({marks})"  # noqa: S608  (question marks only)
                connection.executemany(insert, [_cells(e) for e in events])
            connection.table("event").write_parquet(str(beside))
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(part)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".part")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)

    def _commit(self, snapshots: list[Snapshot]) -> None:
        manifest = {"version": VERSION, "snapshots": [asdict(snapshot) for snapshot in snapshots]}
        self._write(self._manifest, json.dumps(manifest, indent=1, ensure_ascii=False).encode())


def _snapshot_file(root: Path, snapshot_id: str) -> Path:
    return root / "snapshots" / f"{snapshot_id}.csv"


def _sql(name: str) -> str:
    return (files("rasad.store") / "sql" / f"{name}.sql").read_text("utf-8")


def _cells(event: Event) -> list[object]:
    cells = {field.name: getattr(event, field.name) for field in fields(Event)}
    cells["bears_on"] = " ".join(map(str, event.bears_on))
    cells["rung"] = str(event.rung) if event.rung is not None else ""
    return list(cells.values())


def _event(row: dict[str, object]) -> Event:
    bears_on = tuple(Dyad.parse(text) for text in str(row.pop("bears_on")).split())
    rung = str(row.pop("rung"))
    return Event(**row, bears_on=bears_on, rung=Rung(rung) if rung else None)  # type: ignore[arg-type]


def _compare(before: dict[str, Event], events: list[Event]) -> Loaded:
    def content(event: Event) -> list[object]:
        return [value for value, field in zip(_cells(event), fields(Event), strict=True)
                if field.name not in ("snapshot_id", "row")]  # fmt: skip

    known = [event for event in events if event.event_id in before]
    same = sum(1 for event in known if content(event) == content(before[event.event_id]))
    return Loaded(
        rows_read=len(events),
        loaded=len(events) - len(known),
        revised=len(known) - same,
        duplicates=same,
        withdrawn=len(before.keys() - {event.event_id for event in events}),
    )
