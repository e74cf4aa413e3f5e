"""The event store: what was loaded, and the events that are current.

A load keeps a private copy of each file, writes Parquet parts under names of their own, then
the manifest beside the old one, and renames it last: that rename is the commit. Killed at any
moment, the store is as it was before or after the load.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import zstandard

from rasad.errors import StoreError
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.format import EVENTS
from rasad.model.rung import Rung
from rasad.store.engine import Connection, engine, parquet, quoted, rows_of, sql
from rasad.store.given import Given
from rasad.store.loading import Loading
from rasad.store.manifest import FILE, REBUILD, Manifest, Part, Snapshot, read_manifest, writing
from rasad.store.parts import DYAD_WEEK, SUPERSEDED

CHRONOLOGY = "chronology"
LATEST = 50
_COLUMNS = tuple(field.name for field in fields(Event))


@dataclass(frozen=True)
class DyadWeek:
    """What one actor did toward another in the ISO week from ``week`` on, as the weekly sums have it.

    ``n`` counts the events kept, ``left_out`` those whose flags weekly sums leave out; the channels
    and ``goldstein`` (a sum, points) are of the kept ones.
    """

    dataset: str
    source: str
    target: str
    week: date
    n: int
    left_out: int
    st: int
    vc: int
    mc: int
    vf: int
    mn: int
    mv: int
    goldstein: float
    mentions: int


@dataclass(frozen=True)
class Partner:
    """Acts between an actor and another, in both directions, without those whose flags are left out."""

    actor: str
    n: int
    cooperation: int
    conflict: int


@dataclass(frozen=True)
class Dossier:
    """A dyad's weeks, oldest first, and its latest events, newest first."""

    dyad: Dyad
    weeks: tuple[DyadWeek, ...]
    latest: tuple[dict[str, Any], ...]


class Store:
    """The store under a desk's ``.rasad`` folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def exists(self) -> bool:
        return (self.root / FILE).is_file()

    def manifest(self) -> Manifest:
        """The list of parts and loads.

        Raises:
            StoreError: If there is no store, or its manifest can't be read.
        """
        if not self.exists:
            raise StoreError("there is no event store here", at=self.root, do="Run 'rasad load' first.")
        return read_manifest(self.root)

    def snapshots(self) -> list[Snapshot]:
        """All loads in order; the last of a dataset is the newest.

        Raises:
            StoreError: If there is no store, or its manifest can't be read.
        """
        return list(self.manifest().snapshots)

    def current(self, dataset: str) -> Snapshot | None:
        """The newest snapshot of a dataset."""
        if not self.exists:
            return None
        return next((s for s in reversed(self.snapshots()) if s.dataset == dataset), None)

    @contextmanager
    def loading(self, given: Given) -> Iterator[Loading]:
        """Load files into the store; what is whole at the end is committed.

        Raises:
            StoreError: If another command is loading, or the store can't be read.
        """
        with writing(self.root):
            load = Loading(self.root, given)
            try:
                yield load
                load.finish()
            except duckdb.Error as error:
                told = str(error).splitlines()[0]
                raise StoreError(
                    f"a load could not go on ({told})", at=self.root, do="The store is as it was."
                ) from error
            finally:
                load.close()

    def events(
        self,
        dataset: str = CHRONOLOGY,
        *,
        dyad: Dyad | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Event]:
        """The current events of a dataset, or of one dyad of it, from day to day, in order of date, then id.

        Raises:
            StoreError: If there is no store, or a part of it is missing.
        """
        manifest = self.manifest()
        parts = manifest.of(EVENTS, dataset)
        if not parts:
            return []
        with self.reading() as connection:
            wanted = [] if dyad is None else [f"e.dyad = {quoted(str(dyad))}"]
            wanted += [] if since is None else [f"e.occurred_on >= DATE '{since.isoformat()}'"]
            wanted += [] if until is None else [f"e.occurred_on <= DATE '{until.isoformat()}'"]
            where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
            statement = f"SELECT * FROM ({self.select(manifest, parts, where)}) ORDER BY occurred_on, dataset_event_id"
            return [_event(row) for row in rows_of(connection, statement)]

    def columns(self, dataset: str, *, dyad: Dyad | None = None, actor: str | None = None) -> dict[str, Any]:
        """The current events of a dataset as arrays by column, for counting many at once.

        Args:
            dataset: A dataset of the store.
            dyad: Only the acts within this dyad.
            actor: Only acts between two actors of which this is one.

        Returns:
            ``source_actor``, ``target_actor``, ``occurred_on``, ``has_day``, ``channel``, ``goldstein``,
            ``plover``, ``source_url`` and ``flags``, all of one length; empty where there are no events.

        Raises:
            StoreError: If there is no store, or a part of it is missing.
        """
        manifest = self.manifest()
        parts = manifest.of(EVENTS, dataset)
        if not parts:
            return {}
        where = "WHERE e.dyad <> ''"
        if dyad is not None:
            where = f"WHERE e.dyad = {quoted(str(dyad))}"
        if actor is not None:
            where += f" AND {quoted(actor)} IN (e.source_actor, e.target_actor)"
        where += self._and_current(manifest, parts)
        with self.reading() as connection:
            statement = sql("acts", events=self.read(parts), where=where)
            found: dict[str, Any] = connection.execute(statement).fetchnumpy()
            return found

    def partners(self, dataset: str, actor: str, *, since: date, until: date) -> list[Partner]:
        """With whom an actor had to do in the weeks that begin within a span, the most frequent first.

        Raises:
            StoreError: If there is no store, or a part of it is missing.
        """
        manifest = self.manifest()
        parts = manifest.of(DYAD_WEEK, dataset)
        if not parts:
            return []
        with self.reading() as connection:
            rows = rows_of(
                connection,
                sql("partners", weeks=self.read(parts)),
                {"actor": actor, "since": since, "until": until},
            )
        return [Partner(**row) for row in rows]

    def dossier(self, one: str, other: str, *, datasets: Sequence[str] = (), latest: int = LATEST) -> Dossier:
        """All weeks of a dyad with its latest events.

        The weekly sums tell how far back the latest events lie, so that only parts with such days
        are opened; within a part events lie by dyad, so that few row groups are read.

        Args:
            one: An actor's id.
            other: The other's.
            datasets: Which datasets; all but the chronology where none is named.
            latest: How many events.

        Raises:
            StoreError: If there is no store, or a part of it is missing.
            ValueError: If both actors are the same.
        """
        dyad = Dyad.of(one, other)
        manifest = self.manifest()
        named = datasets or [name for name in manifest.datasets() if name != CHRONOLOGY]
        with self.reading() as connection:
            weeks = [week for name in named for week in self._weeks(connection, manifest, dyad, name)]
            weeks.sort(key=lambda week: (week.week, week.dataset, week.source))
            parts = [part for name in named for part in manifest.of(EVENTS, name)]
            rows = self._latest(connection, manifest, parts=parts, dyad=dyad, weeks=weeks, most=latest)
        return Dossier(dyad, tuple(weeks), tuple(rows))

    def _weeks(self, connection: Connection, manifest: Manifest, dyad: Dyad, dataset: str) -> list[DyadWeek]:
        key = str(dyad)
        parts = [p for p in manifest.of(DYAD_WEEK, dataset) if p.key_low <= key <= p.key_high]
        if not parts:
            return []
        rows = rows_of(connection, sql("weeks_of_dyad", weeks=self.read(parts)), {"dyad": key})
        return [DyadWeek(dataset=dataset, **row) for row in rows]

    def _latest(
        self,
        connection: Connection,
        manifest: Manifest,
        *,
        parts: list[Part],
        dyad: Dyad,
        weeks: list[DyadWeek],
        most: int,
    ) -> list[dict[str, Any]]:
        since = _since(weeks, most)
        needed = [part for part in parts if since is None or part.last_on >= since.isoformat()]
        if not needed or not most:
            return []
        where = f"WHERE e.dyad = {quoted(str(dyad))}"
        if since is not None:
            where += f" AND e.occurred_on >= DATE '{since}'"
        select = self.select(manifest, needed, where)
        return rows_of(
            connection, f"SELECT * FROM ({select}) ORDER BY occurred_on DESC, event_id LIMIT {most}"
        )

    def original(self, snapshot: Snapshot) -> bytes:
        """A file as it was when it was loaded, byte by byte.

        Raises:
            StoreError: If the snapshot is missing.
        """
        text = b""
        for name in snapshot.files:
            path = self.root / "snapshots" / snapshot.snapshot_id / name
            if not path.is_file():
                raise StoreError("a snapshot is missing", at=path, do=REBUILD)
            content = path.read_bytes()
            text += (
                zstandard.ZstdDecompressor().decompressobj().decompress(content)
                if path.suffix == ".zst"
                else content
            )
        return text

    # ---- parts as tables ----------------------------------------------------

    def select(self, manifest: Manifest, parts: Sequence[Part], where: str = "") -> str:
        """A statement that gives the current events of parts."""
        where += self._and_current(manifest, parts, "AND" if where else "WHERE")
        return sql("current_events", events=self.read(parts), where=where)

    def _and_current(self, manifest: Manifest, parts: Sequence[Part], glue: str = "AND") -> str:
        """A condition that a row was not replaced by a later one."""
        datasets = {part.dataset for part in parts}
        gone = [part for part in manifest.of(SUPERSEDED) if part.dataset in datasets]
        if not gone:
            return ""
        return f" {glue} (e.snapshot_id, e.row) NOT IN (SELECT (snapshot_id, row) FROM {self.read(gone)})"

    def read(self, parts: Sequence[Part]) -> str:
        """Parts as a table of a statement."""
        return parquet([self.root / part.file for part in parts])

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries.

        Raises:
            StoreError: If a part is missing or can't be read.
        """
        try:
            with engine() as connection:
                yield connection
        except duckdb.Error as error:
            for part in self.manifest().parts:
                path = self.root / part.file
                if not path.is_file():
                    raise StoreError("a part of the store is missing", at=path, do=REBUILD) from error
                if path.stat().st_size != part.bytes:
                    raise StoreError("a part of the store is damaged", at=path, do=REBUILD) from error
            told = str(error).splitlines()[0]
            raise StoreError(
                f"a part of the store can't be read ({told})", at=self.root, do=REBUILD
            ) from error


def _since(weeks: list[DyadWeek], most: int) -> date | None:
    """The Monday from which on the dyad has its latest events; None where it has fewer."""
    seen = 0
    for week in reversed(weeks):
        seen += week.n + week.left_out
        if seen >= most:
            return week.week
    return None


def _event(row: dict[str, Any]) -> Event:
    told = {name: row[name] for name in _COLUMNS}
    told["bears_on"] = tuple(Dyad.parse(text) for text in row["bears_on"].split())
    told["rung"] = Rung(row["rung"]) if row["rung"] else None
    return Event(**told)
