"""Shifts of a dyad, looking back: dates by counts, directions by tone, and two answers more.

**Durability**: of the year after a shift, the share of windows in which tone and net stay on the new
side of what they were before it; None while less than half of that year is over.

**Surprise over volume**: whether the *mix* of acts changed more than their number explains. Of the two
windows, given how many acts each has, a likelihood-ratio test on the table of channels (G², Sokal and
Rohlf, Biometry, section 17.4) gives a p-value; acts come in clusters, so that it is too small rather
than too large, and one below .001 is not yet much. The score by volume alone stands beside it.

**Rarity**: the share of periods in the three years before a shift whose own score was as high. It says how
unusual a burst of this size is for these two; None where there are fewer than a dozen periods before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from rasad.relations.acts import CHANNELS, Bools, Floats
from rasad.relations.series import A_YEAR, Series
from rasad.shifts.contrast import METHOD as DATE_METHOD
from rasad.shifts.contrast import Windows, contrast, peaks, windows
from rasad.shifts.direction import METHOD as DIRECTION_METHOD
from rasad.shifts.direction import Way, direction

METHOD: Final = f"{DATE_METHOD}, {DIRECTION_METHOD}"
FLOOR: Final = 100
"""Events below which no shift is told: set on labelled dyads that were thinned (docs/shifts.md)."""

A_YEAR_AT_MOST: Final = {"month": 0.5, "week": 1.0}
"""Shifts told a year, unless more are asked for."""

RARE: Final = 0.05
LEAST_BEFORE: Final = 12
DATED: Final = tuple(range(1, len(CHANNELS)))
"""Channels that date a shift: all but statements."""


@dataclass(frozen=True)
class Shift:
    """A dated change.

    Attributes:
        place: The period of the series at which it begins.
        start: First day of that period.
        end: Last day of the windows compared after it.
        way: ``up`` (warmer) or ``down``.
        strength: Of the direction, signed.
        score: Of the contrast, in standard deviations of its own series.
        volume_score: The same for the number of acts alone.
        rarity: Share of the periods before with as high a score, 0 to 1; None where too few are before.
        mix: p-value of the change of mix, given the numbers.
        durability: Share of the year after that stays on the new side; None while it is too early.
        before: Acts a period by channel in the year before.
        after: Acts a period by channel in the windows after.
        tone_before: Mean Goldstein points before, shrunk.
        tone_after: And after.
    """

    place: int
    start: date
    end: date
    way: Way
    strength: float
    score: float
    volume_score: float
    rarity: float | None
    mix: float
    durability: float | None
    before: tuple[float, ...]
    after: tuple[float, ...]
    tone_before: float
    tone_after: float

    @property
    def is_rare(self) -> bool:
        """Whether such a score was seldom or never reached before."""
        return self.rarity is None or self.rarity <= RARE


@dataclass(frozen=True)
class History:
    """The shifts of a series in order of time; none, with the number of acts, where there are too few."""

    n: int
    floor: int
    shifts: tuple[Shift, ...]

    @property
    def has_too_few(self) -> bool:
        return self.n < self.floor


def shifts(series: Series, most: int | None = None, *, floor: int = FLOOR) -> History:
    """The shifts of a dyad over its whole series.

    Args:
        series: A dyad's weeks or months.
        most: How many at most; one a year of weeks and one in two years of months where it is not given.
        floor: Acts below which none is told.
    """
    n = series.total
    if n < floor or not series.known.any():
        return History(n, floor, ())
    span = windows(series.every, len(series))
    counts = series.counts[:, DATED]
    scores = contrast(counts, span, series.known)
    by_volume = contrast(series.n[:, None], span, series.known)
    allowed = max(1, round(A_YEAR_AT_MOST[series.every] * len(series) / A_YEAR[series.every]))
    found = peaks(scores, span.apart, allowed if most is None else most)
    told_by = scores, by_volume
    return History(n, floor, tuple(_shift(series, span, place, told_by) for place in sorted(found)))


def rarity(scores: Floats, known: Bools, place: int, span: Windows) -> float | None:
    """The share of known periods in the longest baseline before a place with as high a score."""
    before = slice(max(place - span.before[-1], 0), place)
    earlier = scores[before][known[before]]
    return float((earlier >= scores[place]).mean()) if len(earlier) >= LEAST_BEFORE else None


def durability(series: Series, place: int, span: Windows) -> float | None:
    """The share of windows within a year after a shift in which things stay on its side."""
    year = A_YEAR[series.every]
    later = range(place + 1, min(place + year, len(series) - span.tone) + 1)
    if len(later) < year // 2:
        return None
    told = _direction(series, place, span)
    stays = []
    for at in later:
        window = np.zeros(len(series), dtype=bool)
        window[at : at + span.tone] = True
        window &= series.known
        if window.any():
            moved = _direction_of(series, place, span, window)
            stays.append((moved > 0) == (told > 0))
    return float(np.mean(stays)) if stays else None


def _shift(series: Series, span: Windows, place: int, told_by: tuple[Floats, Floats]) -> Shift:
    scores, by_volume = told_by
    last = min(place + span.after, len(series)) - 1
    told = direction(place, span, n=series.n, goldstein=series.goldstein, cooperation=series.cooperation,
                     conflict=series.conflict, known=series.known)  # fmt: skip
    before, after = _windows(series, place, span)
    return Shift(
        place=place,
        start=series.start(place),
        end=series.end(last),
        way=told.way,
        strength=told.strength,
        score=float(scores[place]),
        volume_score=float(by_volume[place]),
        rarity=rarity(scores, series.known, place, span),
        mix=_mix(series.counts[before].sum(axis=0), series.counts[after].sum(axis=0)),
        durability=durability(series, place, span),
        before=tuple(series.counts[before].mean(axis=0).tolist() if before.any() else [0.0] * len(CHANNELS)),
        after=tuple(series.counts[after].mean(axis=0).tolist()),
        tone_before=told.tone_before,
        tone_after=told.tone_after,
    )


def _windows(series: Series, place: int, span: Windows) -> tuple[np.ndarray, np.ndarray]:
    before, after = (np.zeros(len(series), dtype=bool) for _ in range(2))
    before[max(place - span.before[0], 0) : place] = True
    after[place : place + span.after] = True
    return before & series.known, after & series.known


def _direction(series: Series, place: int, span: Windows) -> float:
    return direction(place, span, n=series.n, goldstein=series.goldstein, cooperation=series.cooperation,
                     conflict=series.conflict, known=series.known).strength  # fmt: skip


def _direction_of(series: Series, place: int, span: Windows, window: np.ndarray) -> float:
    """The direction from before a shift to a later window."""
    before = np.zeros(len(series), dtype=bool)
    before[max(place - span.tone_before, 0) : place] = True
    pick = np.concatenate([np.flatnonzero(before & series.known), np.flatnonzero(window)])
    edge = int((before & series.known).sum())
    return direction(
        edge, Windows(span.after, span.before, span.apart, len(pick) - edge, edge),
        n=series.n[pick], goldstein=series.goldstein[pick], cooperation=series.cooperation[pick],
        conflict=series.conflict[pick], known=np.ones(len(pick), dtype=bool),
    ).strength  # fmt: skip


def _mix(before: Floats, after: Floats) -> float:
    """The p-value of a difference in mix between two counts by channel, shape (6,)."""
    from scipy.stats import chi2  # noqa: PLC0415  (loads slowly)

    table = np.stack([before, after])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or (table.sum(axis=1) == 0).any():
        return 1.0
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(table > 0, table * np.log(table / expected), 0.0)
    return float(chi2.sf(2 * terms.sum(), table.shape[1] - 1))
