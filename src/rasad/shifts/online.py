"""Alerts: what departs from the norm as of a day, with nothing known of what comes after.

The acts of cooperation and of conflict of each period are set against the year before it, on the
square-root scale and in standard deviations of that year (half the Poisson noise at least); each
stream is smoothed by an exponentially weighted moving average, whose own standard deviation is known,
and an alert is raised when it leaves ``LIMIT`` of them upwards: acts that cease are not an alert. After
an alert the stream starts anew. Direction is that of :mod:`rasad.shifts.direction` with the periods
known by then.

Reference: Roberts, Control chart tests based on geometric moving averages, Technometrics 1, 1959;
Montgomery, Introduction to Statistical Quality Control, section 9.2. The limits were set on dyads apart
from those that are reported: by week so that a dyad raises about one alert a year outside of known
turning points; by month, where it raises fewer, lower ones cost more than they find (docs/shifts.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from rasad.relations.acts import Floats
from rasad.relations.series import A_YEAR, Every, Series
from rasad.shifts.contrast import NOISE_FLOOR, windows
from rasad.shifts.direction import Way, direction

METHOD: Final = "alerts 1"
SMOOTHING: Final = 0.4
LIMIT: Final[dict[Every, float]] = {"month": 1.5, "week": 2.5}
LEAST_BEFORE: Final[dict[Every, int]] = {"month": 6, "week": 8}
"""Known periods before an alert can be raised."""


@dataclass(frozen=True)
class Alert:
    """A period that departs from the year before: on which side, by how much, and which way."""

    place: int
    start: date
    side: str
    level: float
    limit: float
    now: float
    usual: float
    way: Way


def alerts(series: Series, *, limit: float | None = None) -> list[Alert]:
    """Every alert of a series, each told with what was known by the end of its own period."""
    bound = LIMIT[series.every] if limit is None else limit
    found = []
    for side, counts in _sides(series).items():
        found += [
            _alert(series, place, side, level, bound) for place, level in _departures(series, counts, bound)
        ]
    return sorted(found, key=lambda alert: (alert.place, alert.side))


def _departures(series: Series, counts: Floats, bound: float) -> list[tuple[int, float]]:
    year, least = A_YEAR[series.every], LEAST_BEFORE[series.every]
    roots = np.sqrt(counts)
    settled = np.sqrt(SMOOTHING / (2 - SMOOTHING))
    level, found = 0.0, []
    for place in range(len(series)):
        before = slice(max(place - year, 0), place)
        usual = roots[before][series.known[before]]
        if not series.known[place] or len(usual) < least:
            continue
        departure = (roots[place] - usual.mean()) / max(float(usual.std()), 2 * NOISE_FLOOR)
        level = (1 - SMOOTHING) * level + SMOOTHING * float(departure)
        if level > bound * settled:
            found.append((place, level / settled))
            level = 0.0
    return found


def _sides(series: Series) -> dict[str, Floats]:
    return {"cooperation": series.cooperation, "conflict": series.conflict}


def _alert(series: Series, place: int, side: str, level: float, bound: float) -> Alert:
    counts = _sides(series)[side]
    upto = place + 1
    span = windows(series.every, upto)
    told = direction(place, span, n=series.n[:upto], goldstein=series.goldstein[:upto],
                     cooperation=series.cooperation[:upto], conflict=series.conflict[:upto],
                     known=series.known[:upto])  # fmt: skip
    before = slice(max(place - A_YEAR[series.every], 0), place)
    usual = float(counts[before][series.known[before]].mean())
    return Alert(place, series.start(place), side, level, bound, float(counts[place]), usual, told.way)
