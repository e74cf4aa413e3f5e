"""The index as a line: by window, smoothed, and beside it what two scales of tone say.

**By window.** Over the year to each period (52 weeks or 12 months) the index is that of
:mod:`rasad.relations.index`: twice the mean less one of Beta(1 + c, 1 + f), with the central 90 %.

**Smoothed.** The same posterior over all periods before, whose events lose half their weight every
half-life: the power-discounted filter, in which what is known fades at a steady rate. It has no edge
at which a year ends, so that an old event does not move it by leaving. Reference: J. Q. Smith, A
generalization of the Bayesian steady forecasting model, JRSS B 41, 1979; West and Harrison, Bayesian
Forecasting and Dynamic Models, 2nd ed., 1997, section 6.3.

**Tone.** Mean Goldstein points and mean PLOVER score of the window's events, for comparison.

A period within a gap has no value, and events of a gap are in no window; a window of which less than
half is known has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rasad.relations.acts import Floats
from rasad.relations.index import LEVEL
from rasad.relations.series import A_YEAR, Every, Series

METHOD: Final = "index line 1"
HALF_LIFE: Final[dict[Every, float]] = {"week": 26, "month": 6}
"""Periods after which an event counts half."""

LEAST_KNOWN: Final = 0.5


@dataclass(frozen=True, eq=False)
class Line:
    """A value with its band for each of n periods, NaN where there is none.

    ``cooperation`` and ``conflict`` are the events (or their weights) that the value rests on.
    """

    value: Floats
    low: Floats
    high: Floats
    cooperation: Floats
    conflict: Floats


def window_line(series: Series) -> Line:
    """The index over the year to each period, from -1 to 1."""
    width = A_YEAR[series.every]
    seen = _trailing(series.known.astype(np.float64), width)
    span = np.minimum(np.arange(1, len(series) + 1), width)
    known = series.known & (seen >= LEAST_KNOWN * span)
    one, other = (
        _trailing(np.where(series.known, side, 0), width) for side in (series.cooperation, series.conflict)
    )
    return _line(one, other, known)


def smooth_line(series: Series) -> Line:
    """The index with fading weights, from -1 to 1."""
    fade = 0.5 ** (1 / HALF_LIFE[series.every])
    counts = []
    for side in (series.cooperation, series.conflict):
        faded = np.zeros(len(series))
        weight = 0.0
        for place, count in enumerate(np.where(series.known, side, 0).tolist()):
            weight = fade * weight + count
            faded[place] = weight
        counts.append(faded)
    return _line(counts[0], counts[1], series.known)


def tone(sums: Floats, numbers: Floats, known: np.ndarray, every: Every) -> Floats:
    """The mean of a scale over the year to each period, in its points; NaN where nothing has any."""
    width = A_YEAR[every]
    total, n = (_trailing(np.where(known, values, 0), width) for values in (sums, numbers))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known & (n > 0), total / n, np.nan)


def beta_index(cooperation: Floats, conflict: Floats) -> tuple[Floats, Floats, Floats]:
    """The index and its band for counts of any shape; each different pair is worked out once."""
    from scipy.special import betaincinv  # noqa: PLC0415  (loads slowly)

    pairs = np.stack([np.ravel(cooperation), np.ravel(conflict)], axis=1)
    unlike, which = np.unique(pairs, axis=0, return_inverse=True)
    one, other = 1 + unlike[:, 0], 1 + unlike[:, 1]
    shares = (one / (one + other), *(betaincinv(one, other, p) for p in ((1 - LEVEL) / 2, (1 + LEVEL) / 2)))
    value, low, high = (
        np.asarray(2 * share - 1, dtype=np.float64)[which].reshape(np.shape(cooperation)) for share in shares
    )
    return value, low, high


def _line(cooperation: Floats, conflict: Floats, known: np.ndarray) -> Line:
    value, low, high = (np.where(known, part, np.nan) for part in beta_index(cooperation, conflict))
    return Line(value, low, high, cooperation, conflict)


def _trailing(values: Floats, width: int) -> Floats:
    """The sum of each value and those before it, ``width`` in all."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    return np.asarray(sums[ends] - sums[np.maximum(ends - width, 0)])
