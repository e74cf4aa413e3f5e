"""What a week asks of the store: weekly sums, the events of the week, and what was before it.

Each is one statement over a dataset, narrowed to the desk's dyads and actors before anything leaves the
engine, since a week of GDELT has some hundred thousand events.
"""
# ruff: noqa: S608  (statements are put together from our own texts and quoted names)

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import numpy as np

from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.format import EVENTS
from rasad.model.rung import Rung
from rasad.relations.acts import CHANNELS, CONFLICT, COOPERATION, Floats
from rasad.relations.ranking import Past, Readers
from rasad.store.engine import Connection, quoted, rows_of
from rasad.store.parts import DYAD_WEEK
from rasad.store.store import Store

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
YEAR = 52 * WEEK
MEASURES = ("all", "cooperation", "conflict")
_COLUMNS = tuple(field.name for field in fields(Event))


@dataclass(frozen=True)
class Watched:
    """What a desk watches: dyads, and actors with all others."""

    dyads: tuple[Dyad, ...]
    actors: tuple[str, ...]

    def condition(self, source: str, target: str) -> str:
        """The SQL condition that an act is watched, by the names of the columns of its two sides."""
        actors = _list(self.actors)
        pairs = [
            f"({source}, {target}) IN (({_list(pair)}), ({_list(reversed(pair))}))"
            for pair in ((dyad.first, dyad.second) for dyad in self.dyads)
        ]
        return f"({' OR '.join([f'{source} IN ({actors})', f'{target} IN ({actors})', *pairs])})"

    def holds(self, event: Event) -> bool:
        """Whether an event is between the two of a dyad, of an actor with another, or bears on a dyad."""
        between = event.dyad is not None and (
            event.dyad in self.dyads or any(actor in event.dyad for actor in self.actors)
        )
        return between or any(dyad in self.dyads for dyad in event.bears_on)


@dataclass(frozen=True)
class Told:
    """An event of the week, and how widely its own row was read."""

    event: Event
    readers: Readers


@dataclass(frozen=True, eq=False)
class Sums:
    """The weekly sums of the pairs that the desk watches: acts of 52 weeks and of the week after them.

    ``of`` maps source and target to an array of shape (3, 53), its rows by :data:`MEASURES`.
    """

    of: Mapping[tuple[str, str], Floats]

    def dyad(self, dyad: Dyad) -> Floats:
        """Acts within a dyad, in both directions."""
        return self._sum(pair for pair in self.of if set(pair) == {dyad.first, dyad.second})

    def actor(self, actor: str) -> Floats:
        """Acts of an actor with all others, in both directions."""
        return self._sum(pair for pair in self.of if actor in pair)

    def _sum(self, pairs: Iterable[tuple[str, str]]) -> Floats:
        return np.asarray(sum((self.of[pair] for pair in pairs), _empty()))


class WeekRows:
    """A store as a week reads it: one list of parts and one connection for all its questions."""

    def __init__(self, store: Store, connection: Connection, watched: Watched) -> None:
        self.watched = watched
        self._store = store
        self._manifest = store.manifest()
        self._sql = connection

    def reach(self, dataset: str) -> tuple[date, date] | None:
        """The first and the last day on which an event of a dataset is known to have happened.

        An event known to its month alone does not make the record reach to the first of that month.
        """
        parts = self._manifest.of(EVENTS, dataset)
        if not parts:
            return None
        select = self._store.select(self._manifest, parts, "WHERE e.date_precision = 'day'")
        (row,) = rows_of(self._sql, f"SELECT min(occurred_on) AS a, max(occurred_on) AS z FROM ({select})")
        return None if row["a"] is None else (row["a"], row["z"])

    def sums(self, dataset: str, monday: date, *, kept: bool) -> Sums:
        """The weekly sums that every load keeps up, of the week from a Monday on and the 52 before.

        Args:
            dataset: A dataset of the store.
            monday: The first day of the week.
            kept: Leave out the acts whose flags weekly sums leave out; else count all.
        """
        found: dict[tuple[str, str], Floats] = defaultdict(_empty)
        parts = self._manifest.of(DYAD_WEEK, dataset)
        if not parts:
            return Sums(found)
        columns = ", ".join(f"sum({name.lower()})::BIGINT AS {name}" for name in CHANNELS)
        statement = (
            f"SELECT source, target, week, sum(n)::BIGINT AS n, {columns} FROM {self._store.read(parts)}"
            f" WHERE week BETWEEN DATE '{monday - YEAR}' AND DATE '{monday}'"
            f" AND {self.watched.condition('source', 'target')} {'AND kept' if kept else ''}"
            " GROUP BY source, target, week"
        )
        for row in rows_of(self._sql, statement):
            place = (row["week"] - (monday - YEAR)) // WEEK
            sides = (sum(row[CHANNELS[n]] for n in side) for side in (COOPERATION, CONFLICT))
            found[row["source"], row["target"]][:, place] = [row["n"], *sides]
        return Sums(found)

    def events(self, dataset: str, monday: date) -> list[Told]:
        """The events of a week that a desk watches, or that bear on one of its dyads; of known days alone."""
        last = monday + WEEK - ONE_DAY
        parts = [
            part
            for part in self._manifest.of(EVENTS, dataset)
            if part.last_on >= monday.isoformat() and part.first_on <= last.isoformat()
        ]
        if not parts:
            return []
        between = f"e.dyad <> '' AND {self.watched.condition('e.source_actor', 'e.target_actor')}"
        where = (
            f"WHERE e.occurred_on BETWEEN DATE '{monday}' AND DATE '{last}' AND e.date_precision = 'day'"
            f" AND (({between}) OR e.bears_on <> '')"
        )
        select = self._store.select(self._manifest, parts, where)
        rows = rows_of(self._sql, f"SELECT * FROM ({select}) ORDER BY occurred_on, dataset_event_id")
        told = [Told(_event(row), Readers(row["n_sources"] or 0, row["n_mentions"] or 0)) for row in rows]
        return [one for one in told if self.watched.holds(one.event)]

    def past(self, dataset: str, monday: date, dyads: Collection[Dyad], flags: int) -> dict[Dyad, Past]:
        """What was before the week between the two of some dyads.

        An act known to the month alone is held to have been before the week if its month began before the
        week ended: a first step that may not have been the first is not called so.

        Args:
            dataset: A dataset of the store.
            monday: The first day of the week.
            dyads: Whose past.
            flags: Bits of the flags whose events are left out.
        """
        end = monday + WEEK
        parts = [p for p in self._manifest.of(EVENTS, dataset) if p.first_on < end.isoformat()]
        if not parts or not dyads:
            return {}
        where = (
            f"WHERE e.dyad IN ({_list(map(str, dyads))}) AND (e.flags & {flags}) = 0 AND CASE e.date_precision"
            f" WHEN 'day' THEN e.occurred_on < DATE '{monday}'"
            f" ELSE date_trunc('month', e.occurred_on) < DATE '{end}' END"
        )
        statement = (
            "SELECT dyad, coalesce(nullif(cameo, ''), plover_type) AS code, rung,"
            f" count(*) FILTER (occurred_on >= DATE '{monday - YEAR}') AS n"
            f" FROM ({self._store.select(self._manifest, parts, where)}) GROUP BY ALL ORDER BY ALL"
        )
        codes: dict[Dyad, Counter[str]] = defaultdict(Counter)
        rungs: dict[Dyad, set[str]] = defaultdict(set)
        for row in rows_of(self._sql, statement):
            dyad = Dyad.parse(row["dyad"])
            rungs[dyad].add(row["rung"])
            if row["n"]:
                codes[dyad][row["code"]] += row["n"]
        return {dyad: Past(codes[dyad], frozenset(on)) for dyad, on in rungs.items()}


def _event(row: Mapping[str, Any]) -> Event:
    told = {name: row[name] for name in _COLUMNS}
    told["bears_on"] = tuple(Dyad.parse(text) for text in row["bears_on"].split())
    told["rung"] = Rung(row["rung"]) if row["rung"] else None
    return Event(**told)


def _empty() -> Floats:
    return np.zeros((len(MEASURES), YEAR // WEEK + 1))


def _list(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names) or "NULL"
