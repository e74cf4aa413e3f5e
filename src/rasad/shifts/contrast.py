"""The contrast of before and after: when the way in which two actors deal with one another changed.

Counts of each channel but statements are taken on the square-root scale, where Poisson noise has the
same size (a standard deviation of one half) at every level, and divided by the channel's standard
deviation over the whole series, which is taken to be at least half of that noise: else one event in a
channel that is nearly always empty would outweigh all others. At each period the mean of the periods
from there on is set against the mean of those before:

    score² = Σ over channels of w · (after − before)² · n₁n₂ / (n₁ + n₂)

where ``w`` is 1 for a channel that rose and one half for one that fell: attention fades after every
event, and a fall is less often a turn of its own. The score is the mean over two baselines, one year
and three years, each divided by its standard deviation over the series. Windows are cut short at the
edges, and periods within a gap are in none.

References: Bartlett, The square root transformation in analysis of variance, 1936; for contrasts of
two windows as a detector, Basseville and Nikiforov, Detection of Abrupt Changes, 1993, chapter 2. The
floor, the weight and the baselines were set on dyads apart from those that are reported
(docs/shifts.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rasad.relations.acts import Bools, Floats
from rasad.relations.series import Every

METHOD: Final = "contrast 1"
NOISE_FLOOR: Final = 0.25
FALLS: Final = 0.5
YEARS_BEFORE: Final = (1, 3)
NOTHING: Final = 1e-9
"""Differences below it come of rounding."""

A_LONG_SERIES: Final = 104
"""Weeks from which on a series bears a window of three weeks; a shorter one has two."""


@dataclass(frozen=True)
class Windows:
    """In periods: those compared after a change, the baselines before it, and how far peaks stand apart.

    ``tone`` are the periods from the change on that name its direction, ``tone_before`` those they are
    set against.
    """

    after: int
    before: tuple[int, ...]
    apart: int
    tone: int
    tone_before: int


def windows(every: Every, n: int) -> Windows:
    """The windows for a series of n periods."""
    if every == "month":
        return Windows(2, tuple(12 * years for years in YEARS_BEFORE), 3, 3, 12)
    before = tuple(52 * years for years in YEARS_BEFORE)
    return Windows(3, before, 4, 4, 26) if n >= A_LONG_SERIES else Windows(2, before, 2, 3, 8)


def standardised(counts: Floats) -> Floats:
    """Square roots of counts in standard deviations of their channel, shape (n, channels).

    Raises:
        ValueError: If a count is negative; it names the first.
    """
    if (counts < 0).any():
        row, column = np.argwhere(counts < 0)[0].tolist()
        raise ValueError(
            f"counts must not be negative: {counts[row, column]} in period {row}, channel {column}"
        )
    roots = np.sqrt(counts)
    return np.asarray(roots / np.maximum(roots.std(axis=0), NOISE_FLOOR))


def contrast(counts: Floats, span: Windows, known: Bools | None = None, *, falls: float = FALLS) -> Floats:
    """How far the periods from each on stand from those before.

    Args:
        counts: Events by channel, shape (n, channels).
        span: The windows.
        known: False where nothing is known; all periods are where it is not given.
        falls: Weight of a channel that fell, 0 to 1.

    Returns:
        Scores, shape (n,), 0 or more; 0 where one side has no period that is known.

    Example:
        >>> quiet, busy = np.zeros((40, 1)), np.full((10, 1), 9.0)
        >>> contrast(np.vstack([quiet, busy]), windows("month", 50)).argmax().item()
        40
    """
    there = np.ones(len(counts), dtype=bool) if known is None else known
    scaled = standardised(np.where(there[:, None], counts, counts[there].mean(axis=0) if there.any() else 0))
    sums = np.vstack([np.zeros(counts.shape[1]), np.cumsum(np.where(there[:, None], scaled, 0), axis=0)])
    seen = np.concatenate([[0], np.cumsum(there)])
    scores = [_one(sums, seen, span.after, before, falls) for before in span.before]
    total = np.sum([score / (score.std() if score.std() > NOTHING else 1) for score in scores], axis=0)
    return np.where(there, total / len(scores), 0.0)


def peaks(scores: Floats, apart: int, most: int | None = None) -> list[int]:
    """The places of the highest scores, the highest first, at least ``apart`` periods from one another."""
    found: list[int] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        if most is not None and len(found) == most:
            break
        if scores[place] > 0 and all(abs(place - other) >= apart for other in found):
            found.append(place)
    return found


def _one(sums: Floats, seen: np.ndarray, after: int, before: int, falls: float) -> Floats:
    n = len(sums) - 1
    place = np.arange(n)
    low, high = np.maximum(place - before, 0), np.minimum(place + after, n)
    earlier, later = seen[place] - seen[low], seen[high] - seen[place]
    both = (earlier > 0) & (later > 0)
    n1, n2 = np.maximum(earlier, 1), np.maximum(later, 1)
    step = (sums[high] - sums[place]) / n2[:, None] - (sums[place] - sums[low]) / n1[:, None]
    step = np.where(np.abs(step) > NOTHING, step, 0.0)
    squares = np.where(step > 0, 1.0, falls) * step**2
    return np.where(both, np.sqrt(squares.sum(axis=1) * n1 * n2 / (n1 + n2)), 0.0)
