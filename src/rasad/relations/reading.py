"""A reading of a relation, and the evidence that speaks against it.

The **reading** is ``warmer`` or ``colder``, by rules that are told with it: coercion or force between the
two in the year before (rungs N3, N4) reads as colder; else a first step on a rung within two years as
warmer; else which side most acts of the last year were on. In data that machines coded only the last rule
holds. An analyst may set it.

**Counter-evidence** against ``warmer``: setbacks within the dyad; force and threats that bear on it; words
about security by one of the two; and steps in security or defence of one of them, or of an alliance,
with a third. Against ``colder``: acts of cooperation within the dyad, and steps of cooperation that bear
on it. What bears on a dyad is shown and never counted in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.relations.ladder import first_steps
from rasad.relations.selection import span, when

METHOD: Final = "reading 1"
Way = Literal["warmer", "colder"]
A_YEAR: Final = timedelta(days=365)
TWO_YEARS: Final = timedelta(days=730)
COOPERATIVE: Final = ("VC", "MC")
CONFLICTUAL: Final = ("VF", "MN", "MV")
FORCE: Final = ("N2", "N3", "N4")
GRAVE: Final = ("N3", "N4")


@dataclass(frozen=True)
class Reading:
    """Which way a relation goes, by which rule (``force``, ``first_step``, ``balance``, ``given`` or ``nothing``), on which events."""

    way: Way
    because: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Counter:
    """An event that speaks against a reading, and how.

    ``because`` is ``setback``, ``force_near``, ``words_on_security``, ``hedging``, ``cooperation`` or ``cooperation_near``.
    """

    event: Event
    because: str
    is_counted: bool


def reading(
    events: Iterable[Event], dyad: Dyad, as_of: date, given: Way | None = None, *, by_hand: bool = True
) -> Reading:
    """Read a relation as of a day from the events within the dyad.

    Where people did not place the events on their rungs, only the balance of acts is a ground.
    """
    within = sorted((e for e in events if e.dyad == dyad and span(e)[1] <= as_of), key=when)
    lately = [event for event in within if span(event)[1] > as_of - A_YEAR]
    if given is not None:
        return Reading(given, "given", ())
    grave = [event for event in lately if by_hand and _rung(event) in GRAVE]
    if grave:
        return Reading("colder", "force", tuple(grave))
    steps = first_steps(within).values() if by_hand else ()
    new = [event for event in steps if span(event)[1] > as_of - TWO_YEARS]
    if new:
        return Reading("warmer", "first_step", tuple(sorted(new, key=when)))
    warm = [event for event in lately if event.channel in COOPERATIVE]
    cold = [event for event in lately if event.channel in CONFLICTUAL]
    if not warm and not cold:
        return Reading("warmer", "nothing", ())
    way: Way = "warmer" if len(warm) >= len(cold) else "colder"
    return Reading(way, "balance", tuple(warm if way == "warmer" else cold))


def counter_evidence(events: Iterable[Event], dyad: Dyad, way: Way) -> list[Counter]:
    """What speaks against a reading, oldest first."""
    tell = _against_warmer if way == "warmer" else _against_colder
    found = []
    for event in sorted(events, key=when):
        within = event.dyad == dyad
        if within or dyad in event.bears_on:
            because = tell(event, dyad, within=within)
            if because:
                found.append(Counter(event, because, within))
    return found


def _against_warmer(event: Event, dyad: Dyad, *, within: bool) -> str:
    rung = _rung(event)
    if within:
        return "setback" if rung.startswith("N") or (not rung and event.channel in CONFLICTUAL) else ""
    if rung in FORCE or (not rung and event.channel in CONFLICTUAL[1:]):
        return "force_near"
    if rung == "N1" and event.source_actor in dyad and event.domain in ("security", "defence"):
        return "words_on_security"
    if rung[:1] in ("S", "D") and event.channel in COOPERATIVE and not _both(event, dyad):
        return "hedging"
    return ""


def _against_colder(event: Event, dyad: Dyad, *, within: bool) -> str:  # noqa: ARG001
    is_step = event.rung is not None and event.rung.is_step
    if event.channel in COOPERATIVE or is_step:
        return "cooperation" if within else "cooperation_near"
    return ""


def _both(event: Event, dyad: Dyad) -> bool:
    return event.source_actor in dyad and event.target_actor in dyad


def _rung(event: Event) -> str:
    return event.rung.code if event.rung is not None else ""


def most_telling(found: Sequence[Counter], most: int) -> list[Counter]:
    """The latest of the gravest counter-evidence, oldest first."""

    def weight(counter: Counter) -> tuple[float, date]:
        return abs(counter.event.goldstein or 0), span(counter.event)[1]

    return sorted(sorted(found, key=weight, reverse=True)[:most], key=lambda counter: when(counter.event))
