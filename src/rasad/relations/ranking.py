"""Which events of a week mattered, and why: a sum of reasons, each told in words.

The score only orders a list to be read; it measures nothing in the world, and its weights are a choice.
They stand in :data:`WEIGHTS`, and each event shows the reasons that its score is made of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import Final

from rasad.model.codebook import codebook
from rasad.model.dyad import Dyad
from rasad.model.event import Event

METHOD: Final = "ranking 1"
WEIGHTS: Final = {
    "first step": 3.0,
    "first of its kind": 1.5,
    "rare": 0.5,
    "force": 1.0,
    "weight": 2.0,
    "read": 0.5,
    "desk dyad": 1.5,
    "bears on": 1.5,
}
"""Points of each reason: for ``rare`` and ``read`` a unit of the natural logarithm, for ``weight`` the whole scale."""

MOST_READ: Final = 1.5
"""Points of ``read`` at most, so that no event leads a list by being copied alone."""

A_YEAR: Final = 52
LEAST_WEEKS: Final = 8
"""Known weeks of the year before that a first or a rarity needs; before that, everything is a first."""

GRAVE: Final = {"N3": "coercion", "N4": "force"}
GOLDSTEIN_ENDS: Final = 10.0


@dataclass(frozen=True)
class Past:
    """What is on record of a dyad before the week.

    ``codes`` counts the acts of the 52 weeks before by code; ``rungs`` are those on which anything stands
    on the whole record.
    """

    codes: Mapping[str, int] = field(default_factory=dict)
    rungs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """How far back a dataset tells of the past.

    Attributes:
        since: Its first day.
        weeks: How many of the 52 weeks before are known.
        past: What is known of each dyad; a dyad that is not there had no acts.
    """

    since: date
    weeks: int
    past: Mapping[Dyad, Past] = field(default_factory=dict)


@dataclass(frozen=True)
class Readers:
    """On how many sites an event was read, and how often it was mentioned; 0 where it is not known."""

    sites: int = 0
    mentions: int = 0


@dataclass(frozen=True)
class Reason:
    """One ground for an event's place: its name in :data:`WEIGHTS`, its points, and the words for it."""

    name: str
    points: float
    words: str


@dataclass(frozen=True)
class Ranked:
    """An event with its reasons, the weightiest first; ``score`` is the sum of all points.

    ``bears_on`` are the desk's dyads that it speaks to without being an act within them: it is never
    counted there.
    """

    event: Event
    score: float
    reasons: tuple[Reason, ...]
    bears_on: tuple[Dyad, ...]


def rank(
    events: Iterable[Event],
    record: Record,
    desk: Collection[Dyad],
    readers: Mapping[str, Readers] | None = None,
) -> list[Ranked]:
    """Events of a week, those that mattered most first.

    Args:
        events: Events of one dataset and week whose day is known, in any order.
        record: What is known of the time before.
        desk: The desk's dyads.
        readers: How widely each was read, by ``event_id``.

    Returns:
        Every event once; of two with one score the one with the lower id comes first.
    """
    steps: set[tuple[Dyad, str]] = set()
    kinds: set[tuple[Dyad, str]] = set()
    found = []
    for event in sorted(events, key=lambda event: (event.occurred_on, event.dataset_event_id)):
        reasons = [*_firsts(event, record, steps, kinds), *_rarity(event, record), *_gravity(event)]
        reasons += _reading((readers or {}).get(event.event_id, Readers()))
        bears_on = tuple(dyad for dyad in event.bears_on if dyad in desk and dyad != event.dyad)
        reasons += _desk(event, desk, bears_on)
        reasons.sort(key=lambda reason: -reason.points)
        found.append(Ranked(event, sum(reason.points for reason in reasons), tuple(reasons), bears_on))
    return in_order(found)


def in_order(ranked: Iterable[Ranked]) -> list[Ranked]:
    """The highest score first; by dataset and id where scores are equal."""
    return sorted(
        ranked, key=lambda one: (-round(one.score, 9), one.event.dataset, one.event.dataset_event_id)
    )


def code_of(event: Event) -> str:
    """What says which act it was: the CAMEO code, else the PLOVER type."""
    return event.cameo or event.plover_type


def root_of(code: str) -> str:
    """The root of a CAMEO code, its first two digits; a PLOVER type is its own.

    Example:
        >>> root_of("1831"), root_of("CONSULT")
        ('18', 'CONSULT')
    """
    return code[:2] if code[:1].isdigit() else code


def _firsts(
    event: Event, record: Record, steps: set[tuple[Dyad, str]], kinds: set[tuple[Dyad, str]]
) -> list[Reason]:
    """First step on a rung, first act of a kind; what came earlier in the week is remembered in the sets.

    A first is worth as much as the year before is known: the shorter the record, the more is a first in it.
    """
    dyad, code = event.dyad, code_of(event)
    if dyad is None or record.weeks < LEAST_WEEKS:
        return []
    past, worth, reasons = record.past.get(dyad, Past()), record.weeks / A_YEAR, []
    rung = event.rung
    if rung is not None and rung.is_step and rung.code not in past.rungs and (dyad, rung.code) not in steps:
        steps.add((dyad, rung.code))
        words = f"first step on {rung} between the two on record (from {record.since.isoformat()})"
        reasons.append(Reason("first step", worth * WEIGHTS["first step"], words))
    kind = root_of(code)
    if code and kind not in map(root_of, past.codes) and (dyad, kind) not in kinds:
        kinds.add((dyad, kind))
        told = f"{A_YEAR} weeks" if record.weeks == A_YEAR else f"the {record.weeks} known of {A_YEAR} weeks"
        words = f"first act of {_kind(kind) if past.codes else 'any kind'} between the two in {told}"
        reasons.append(Reason("first of its kind", worth * WEIGHTS["first of its kind"], words))
    return reasons


def _rarity(event: Event, record: Record) -> list[Reason]:
    """The logarithm of a code's share of the dyad's year, one act added so that the unseen is not endless."""
    if event.dyad is None or record.weeks < LEAST_WEEKS:
        return []
    codes, code = record.past.get(event.dyad, Past()).codes, code_of(event)
    here, every = codes.get(code, 0), sum(codes.values())
    points = -WEIGHTS["rare"] * log((here + 1) / (every + 1))
    told = f"{code or 'no code'} was {f'{here:,}' if here else 'none'} of the dyad's {every:,} acts of the year before"
    return [Reason("rare", points, told)] if points > 0 else []


def _gravity(event: Event) -> list[Reason]:
    """Coercion or force as coded, and how far from nought the act stands on the Goldstein scale."""
    reasons = []
    rung = str(event.rung or "")
    if rung in GRAVE:
        reasons.append(Reason("force", WEIGHTS["force"], f"{GRAVE[rung]} ({rung})"))
    points = event.goldstein or 0.0
    if points:
        share = abs(points) / GOLDSTEIN_ENDS
        reasons.append(Reason("weight", WEIGHTS["weight"] * share, f"Goldstein {points:+g}"))
    return reasons


def _reading(readers: Readers) -> list[Reason]:
    """The logarithm of how many sites told it, or of its mentions where more of them are known."""
    widely = max(readers.sites, readers.mentions)
    if widely <= 1:
        return []
    told = [f"read on {readers.sites:,} sites"] if readers.sites > 1 else []
    told += [f"mentioned {readers.mentions:,} times"] if readers.mentions > 1 else []
    return [Reason("read", min(MOST_READ, WEIGHTS["read"] * log(widely)), ", ".join(told))]


def _desk(event: Event, desk: Collection[Dyad], bears_on: Sequence[Dyad]) -> list[Reason]:
    reasons = []
    if event.dyad in desk:
        reasons.append(Reason("desk dyad", WEIGHTS["desk dyad"], f"in the desk's dyad {event.dyad}"))
    if bears_on:
        told = f"bears on {', '.join(map(str, bears_on))}, not counted there"
        reasons.append(Reason("bears on", WEIGHTS["bears on"], told))
    return reasons


def _kind(kind: str) -> str:
    """A root with its label: ``"19 (use conventional military force)"``."""
    code = codebook().get(kind)
    return kind if code is None else f"{kind} ({code.label.lower()})"
