"""How often the shifts told of a dyad are turning points that were known before, and with the right sign.

No list of turning points is complete, so that a shift off the list is not known to be false: what is
measured is recall at a fixed number of alarms a dyad. A point is found when an alarm of its dyad lies
within the tolerance, its sign is right when the nearest such alarm has its direction, and the balanced
share is the mean over the two directions, so that always saying "down" earns half. Alarms are raised
before a turning point is read. Intervals are central 90 % of a bootstrap over dyads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rasad.evaluate.dyad_series import DyadCounts, SetOfSeries, TurningPoint
from rasad.relations.acts import Floats
from rasad.shifts.contrast import contrast, peaks, windows
from rasad.shifts.direction import direction

RESAMPLES: Final = 2000
LEVEL: Final = 0.9
BALANCED: Final = ("B_month", "B_week", "C_week")
"""The sets with points in both directions."""


@dataclass(frozen=True)
class Alarm:
    """A shift told of a dyad, as the scorer takes it."""

    set: str
    dyad: str
    period: str
    direction: str
    score: float


@dataclass(frozen=True)
class Outcome:
    """What became of one turning point."""

    set: str
    dyad: str
    way: str
    found: bool
    right: bool


@dataclass(frozen=True)
class Score:
    """Shares of n points found, and found with the right sign; None where there are no such points."""

    n: int
    k: int
    recall: float
    signed: float
    signed_up: float | None
    n_up: int
    signed_down: float | None
    n_down: int
    signed_balanced: float
    random: float
    recall_interval: tuple[float, float]
    signed_balanced_interval: tuple[float, float]


Method = Callable[[SetOfSeries, DyadCounts], list[tuple[int, str, float]]]
"""Tells the periods of a dyad's shifts with their direction and score, at most the set's budget."""


def alarms(sets: Sequence[SetOfSeries], method: Method | None = None) -> list[Alarm]:
    """The alarms of a method, of rasad's own where none is given."""
    tell = told_by_contrast if method is None else method
    return [
        Alarm(one.name, dyad, one.periods[place], way, score)
        for one in sets
        for dyad, counts in one.dyads.items()
        for place, way, score in tell(one, counts)
    ]


def told_by_contrast(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:
    """What :mod:`rasad.shifts` tells of a dyad."""
    scores = contrast(counts.counts, windows(one.rules.every, len(one.periods)))
    return with_directions(one, counts, scores)


def with_directions(one: SetOfSeries, counts: DyadCounts, scores: Floats) -> list[tuple[int, str, float]]:
    """The peaks of scores within the budget, each with rasad's direction."""
    span = windows(one.rules.every, len(one.periods))
    return [
        (place, way_of(one, counts, place), float(scores[place]))
        for place in peaks(scores, span.apart, one.budget)
    ]


def way_of(one: SetOfSeries, counts: DyadCounts, place: int) -> str:
    """The direction of a shift at a place."""
    n = len(one.periods)
    told = direction(
        place, windows(one.rules.every, n), n=counts.n, goldstein=counts.goldstein,
        cooperation=counts.side(("VC", "MC")), conflict=counts.side(("VF", "MN", "MV")), known=np.ones(n, dtype=bool),
    )  # fmt: skip
    return told.way


def outcomes(
    sets: Sequence[SetOfSeries], told: Sequence[Alarm], points: Sequence[TurningPoint]
) -> dict[str, list[Outcome]]:
    """What became of every point that a set can have found, by set."""
    found: dict[str, list[Outcome]] = {}
    for one in sets:
        at = {period: place for place, period in enumerate(one.periods)}
        mine: dict[str, list[tuple[int, str]]] = {}
        for alarm in told:
            if alarm.set == one.name:
                mine.setdefault(alarm.dyad, []).append((at[alarm.period], alarm.direction))
        rules, n = one.rules, len(one.periods)
        for point in points:
            place = at.get(rules.period(point.on), -1)
            if point.is_in(one.name) and rules.lead <= place < n - 2:
                near = sorted(
                    (abs(alarm - place), way)
                    for alarm, way in mine.get(point.dyad, [])
                    if abs(alarm - place) <= rules.tolerance
                )
                right = bool(near) and near[0][1] == point.way
                found.setdefault(one.name, []).append(
                    Outcome(one.name, point.dyad, point.way, bool(near), right)
                )
    return found


def scores(
    sets: Sequence[SetOfSeries], told: Sequence[Alarm], points: Sequence[TurningPoint], seed: int = 0
) -> dict[str, Score]:
    """The scores of each set that has points."""
    by_name = {one.name: one for one in sets}
    return {
        name: _score(rows, by_name[name], np.random.default_rng(seed))
        for name, rows in outcomes(sets, told, points).items()
    }


@dataclass(frozen=True)
class Pooled:
    """Recall over all sets weighted by points, and the mean balanced share; None where no set has both ways."""

    recall: float
    recall_interval: tuple[float, float]
    balanced: float | None
    balanced_interval: tuple[float, float] | None


def pooled(found: Mapping[str, Sequence[Outcome]], seed: int = 0) -> Pooled | None:
    """All sets as one, with a bootstrap over dyads; None without points."""
    rows = [row for part in found.values() for row in part]
    if not rows:
        return None
    rng = np.random.default_rng(seed)
    drawn = _resampled(rows, rng)
    balanced = _mean_balanced(rows)
    return Pooled(
        recall=_share([row.found for row in rows]) or 0.0,
        recall_interval=_interval([_share([row.found for row in some]) for some in drawn]),
        balanced=balanced,
        balanced_interval=None if balanced is None else _interval([_mean_balanced(some) for some in drawn]),
    )


def _mean_balanced(rows: Sequence[Outcome]) -> float | None:
    parts = []
    for name in BALANCED:
        some = [row for row in rows if row.set == name]
        if some:
            parts.append(_balanced(some))
    return float(np.mean(parts)) if parts else None


def _score(rows: Sequence[Outcome], one: SetOfSeries, rng: np.random.Generator) -> Score:
    drawn = _resampled(rows, rng)
    ways = {way: [row.right for row in rows if row.way == way] for way in ("up", "down")}
    n, k, width = len(one.periods), one.budget, 2 * one.rules.tolerance + 1
    return Score(
        n=len(rows),
        k=k,
        recall=_share([row.found for row in rows]) or 0.0,
        signed=_share([row.right for row in rows]) or 0.0,
        signed_up=_share(ways["up"]),
        n_up=len(ways["up"]),
        signed_down=_share(ways["down"]),
        n_down=len(ways["down"]),
        signed_balanced=_balanced(rows),
        random=1 - math.comb(max(n - width, 0), k) / math.comb(n, k),
        recall_interval=_interval([_share([row.found for row in some]) for some in drawn]),
        signed_balanced_interval=_interval([_balanced(some) for some in drawn]),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _balanced(rows: Sequence[Outcome]) -> float:
    shares = [_share([row.right for row in rows if row.way == way]) for way in ("up", "down")]
    known = [share for share in shares if share is not None]
    return sum(known) / len(known)


def _resampled(rows: Sequence[Outcome], rng: np.random.Generator) -> list[list[Outcome]]:
    by_dyad: dict[str, list[Outcome]] = {}
    for row in rows:
        by_dyad.setdefault(row.dyad, []).append(row)
    groups = list(by_dyad.values())
    return [
        [row for at in rng.integers(0, len(groups), len(groups)).tolist() for row in groups[at]]
        for _ in range(RESAMPLES)
    ]


def _interval(values: Sequence[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
