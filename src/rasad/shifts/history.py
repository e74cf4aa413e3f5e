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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from rasad.relations.acts import CHANNELS, Bools, Floats
from rasad.relations.series import A_YEAR, Series, next_start
from rasad.shifts.contrast import METHOD as DATE_METHOD
from rasad.shifts.contrast import Windows, contrast, peaks, windows
from rasad.shifts.direction import A_LARGE_STEP, NET_WEIGHT, SHRINK, Direction, Way, direction
from rasad.shifts.direction import METHOD as DIRECTION_METHOD

METHOD: Final = f"{DATE_METHOD}, {DIRECTION_METHOD}"
FLOOR: Final = 50
"""Events below which no shift is told; dyads thinned to fewer still do better than chance (docs/shifts.md)."""

FLOOR_BY_HAND: Final = 2 * FLOOR
"""The same for a chronology that people keep, whose counts also measure their attention: a caution, not a finding."""

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
    tracks = _tracks(series, span)
    scores = contrast(series.counts[:, DATED], span, series.known)
    by_volume = contrast(tracks.n[:, None], span, series.known)
    allowed = max(1, round(A_YEAR_AT_MOST[series.every] * len(series) / A_YEAR[series.every]))
    found = peaks(scores, span.apart, allowed if most is None else most)
    return History(n, floor, tuple(_told(series, tracks, span, sorted(found), (scores, by_volume))))


def rarity(scores: Floats, known: Bools, place: int, span: Windows) -> float | None:
    """The share of known periods in the longest baseline before a place with as high a score."""
    before = slice(max(place - span.before[-1], 0), place)
    earlier = scores[before][known[before]]
    return (
        float(np.count_nonzero(earlier >= scores[place]) / len(earlier))
        if len(earlier) >= LEAST_BEFORE
        else None
    )


def durability(series: Series, place: int, span: Windows) -> float | None:
    """The share of windows within a year after a shift in which things stay on its side."""
    tracks = _tracks(series, span)
    return _durability(tracks, place, span, A_YEAR[series.every], tracks.direction(place, span).strength)


@dataclass(frozen=True, eq=False)
class _Tracks:
    """What directions are told of; all arrays have a place for each period.

    ``seen``, ``tone`` and ``moved`` are of the window that begins at each period and has the length of those
    a direction is told from: known periods, mean Goldstein points, shrunk, and net acts a period.
    """

    n: Floats
    goldstein: Floats
    cooperation: Floats
    conflict: Floats
    known: Bools
    seen: Floats
    tone: Floats
    moved: Floats

    def direction(self, place: int, span: Windows) -> Direction:
        low = max(place - span.tone_before, 0)
        within = slice(low, place + span.tone)
        return direction(
            place - low, span, n=self.n[within], goldstein=self.goldstein[within],
            cooperation=self.cooperation[within], conflict=self.conflict[within], known=self.known[within],
        )  # fmt: skip


def _tracks(series: Series, span: Windows) -> _Tracks:
    n, goldstein, cooperation, conflict = series.n, series.goldstein, series.cooperation, series.conflict
    whole = max(len(series) - span.tone + 1, 0)

    def window(values: Floats) -> Floats:
        held = np.where(series.known, values, 0.0)
        return np.asarray(np.sum([held[k : whole + k] for k in range(span.tone)], axis=0))

    seen = window(np.ones(len(series)))
    tone, moved = (
        window(goldstein) / (window(n) + SHRINK),
        window(cooperation - conflict) / np.maximum(seen, 1),
    )
    return _Tracks(n, goldstein, cooperation, conflict, series.known, seen, tone, moved)


def _told(
    series: Series, tracks: _Tracks, span: Windows, places: Sequence[int], told_by: tuple[Floats, Floats]
) -> Iterator[Shift]:
    """The shifts at some places; what can be is worked out for all of them at once."""
    at = np.array(places, dtype=np.int64)
    lasts = np.minimum(at + span.after, len(series)) - 1
    ends = next_start(series.starts[lasts], series.every) - np.timedelta64(1, "D")
    sums = _sums(np.where(series.known[:, None], series.counts, 0.0))
    seen = _sums(series.known.astype(np.float64)[:, None])
    low = np.maximum(at - span.before[0], 0)
    before, after = sums[at] - sums[low], sums[lasts + 1] - sums[at]
    means = before / np.maximum(seen[at] - seen[low], 1), after / (seen[lasts + 1] - seen[at])
    days = zip(series.starts[at].tolist(), ends.tolist(), strict=True)
    windows_of = zip(before, after, *(mean.tolist() for mean in means), strict=True)
    for place, (start, end), (earlier, later, usual, now) in zip(places, days, windows_of, strict=True):
        told = tracks.direction(place, span)
        yield Shift(
            place=place,
            start=start,
            end=end,
            way=told.way,
            strength=told.strength,
            score=float(told_by[0][place]),
            volume_score=float(told_by[1][place]),
            rarity=rarity(told_by[0], series.known, place, span),
            mix=_mix(earlier, later),
            durability=_durability(tracks, place, span, A_YEAR[series.every], told.strength),
            before=tuple(usual),
            after=tuple(now),
            tone_before=told.tone_before,
            tone_after=told.tone_after,
        )


def _sums(values: Floats) -> Floats:
    """What all periods before each have, and all of them; exact, as these are counts."""
    return np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0)])


def _durability(tracks: _Tracks, place: int, span: Windows, year: int, strength: float) -> float | None:
    """As :func:`durability`: the directions from before a shift to each later window, all at once."""
    later = slice(place + 1, min(place + year, len(tracks.n) - span.tone) + 1)
    if later.stop - later.start < year // 2:
        return None
    before = slice(max(place - span.tone_before, 0), place)
    known = tracks.known[before]
    net = (tracks.cooperation[before] - tracks.conflict[before])[known]
    tone = tracks.goldstein[before][known].sum() / (tracks.n[before][known].sum() + SHRINK)
    change = tracks.moved[later] - net.sum() / max(len(net), 1)
    root = np.sign(change) * np.sqrt(np.abs(change))
    moved = (tracks.tone[later] - tone) / A_LARGE_STEP + NET_WEIGHT * root
    stays = ((moved > 0) == (strength > 0))[tracks.seen[later] > 0]
    return float(np.count_nonzero(stays) / len(stays)) if len(stays) else None


def _mix(before: Floats, after: Floats) -> float:
    """The p-value of a difference in mix between two counts by channel, shape (6,)."""
    from scipy.special import chdtrc  # noqa: PLC0415  (loads slowly)

    both = before + after
    table = np.array([before, after])[:, both > 0]
    rows = table.sum(axis=1)
    if table.shape[1] < 2 or not rows.all():
        return 1.0
    expected = rows[:, None] * both[both > 0] / rows.sum()
    terms = table * np.log(np.where(table > 0, table / expected, 1.0))
    return float(chdtrc(table.shape[1] - 1, 2 * terms.sum()))
