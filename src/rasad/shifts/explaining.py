"""What makes up a shift: the acts of its windows that weigh most on its side, and below a floor the named acts that date a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rasad.model.event import Event
from rasad.model.site import site_of
from rasad.relations.ladder import first_steps
from rasad.relations.selection import span, when
from rasad.shifts.direction import Way

MOST: Final = 5
UP: Final = ("VC", "MC")
DOWN: Final = ("VF", "MN", "MV")
GRAVE: Final = ("N3", "N4")


@dataclass(frozen=True)
class MadeOf:
    """The acts in the windows after a shift: how many, on how many sites, and those that weigh most."""

    n: int
    sites: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Change:
    """A change dated by a named act: ``kind`` is ``first_step`` or ``setback``."""

    on: date
    has_day: bool
    kind: str
    event: Event


def made_of(events: Iterable[Event], start: date, end: date, way: Way, most: int = MOST) -> MadeOf:
    """What a shift is made of: of one code a day only one event is named, the gravest first."""
    within = [event for event in events if start <= event.occurred_on <= end and event.has_day]
    side = [event for event in within if event.channel in (UP if way == "up" else DOWN)]
    told: dict[tuple[date, str], Event] = {}
    for event in sorted(side, key=lambda event: (-abs(event.goldstein or 0), when(event))):
        told.setdefault((event.occurred_on, event.cameo), event)
    sites = {site_of(event.source_url) for event in within if event.source_url}
    return MadeOf(len(within), len(sites), tuple(sorted(list(told.values())[:most], key=when)))


def dated_changes(events: Sequence[Event]) -> list[Change]:
    """The changes that named acts date: the first step on each rung, and the first act of coercion and of force."""
    found = [
        Change(event.occurred_on, event.has_day, "first_step", event)
        for event in first_steps(events).values()
    ]
    for rung in GRAVE:
        grave = sorted(
            (event for event in events if event.rung is not None and event.rung.code == rung), key=when
        )
        found += [Change(event.occurred_on, event.has_day, "setback", event) for event in grave[:1]]
    return sorted(found, key=lambda change: (span(change.event)[1], change.event.dataset_event_id))
