"""The norm of a week: what the weeks before it let one expect, and in which band its count lies.

The weekly counts of ``n`` known weeks with sum ``S`` are taken as Poisson with a rate of Gamma posterior
(Jeffreys' prior); the count of a further week is then negative binomial. Real weeks scatter more than
Poisson: their over-dispersion ``f``, the variance of the year's weekly counts over their mean and at
least 1, widens both the posterior and the week. Of a share ``t`` of a week::

    mean      m = t (S + 1/2) / n
    variance  v = f m (1 + t / n)
    count     negative binomial with size m^2 / (v - m) and probability m / v

With ``f`` = 1 this is the Gamma-Poisson predictive distribution itself. A count ``y`` is placed by its
mid-p, ``P(Y < y) + P(Y = y) / 2``, so that the one common count of a quiet dyad is not extreme.

References: Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, section 2.6; Farrington, Andrews, Beale
and Catchpole, A statistical algorithm for the early detection of outbreaks of infectious disease, JRSS A
159, 1996 (weekly counts, dispersion by moments); Lancaster, Significance tests in discrete distributions,
JASA 56, 1961 (mid-p).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

import numpy as np

from rasad.relations.acts import Bools, Floats

METHOD: Final = "weekly norm 1"
WINDOWS: Final = (4, 52)
"""The weeks before that make a norm."""

LEAST: Final = {4: 2, 52: 8}
"""Known weeks that a norm needs; the year's are needed by both, since the dispersion comes from them."""

PRIOR_EVENTS: Final = 0.5
BANDS: Final = ("far below", "below", "usual", "above", "far above")
CUTS: Final = (0.025, 0.1, 0.9, 0.975)
"""Mid-p at which one band ends and the next begins; ``usual`` is the central 80 %."""

NOT_ENOUGH: Final = "not enough weeks"
NO_DATA: Final = "no data this week"


@dataclass(frozen=True)
class Predictive:
    """The negative binomial distribution of a week's count."""

    mean: float
    size: float
    probability: float

    def mid_p(self, count: int) -> float:
        """How much of the distribution lies below a count, half of the count itself among it."""
        return (self._up_to(count - 1) + self._up_to(count)) / 2

    def _up_to(self, count: int) -> float:
        from scipy.special import betainc  # noqa: PLC0415  (numerics load slowly; scipy.stats three times so)

        return float(betainc(self.size, count + 1, self.probability)) if count >= 0 else 0.0


@dataclass(frozen=True)
class Norm:
    """A week's count against the weeks before it.

    Attributes:
        window: How many weeks before, 4 or 52.
        known: How many of them are known.
        band: One of :data:`BANDS`, or why there is none.
        expected: The mean of the distribution; None where there are not enough weeks.
        low: The lowest count that is ``usual``.
        high: The highest.
    """

    window: int
    known: int
    band: str
    expected: float | None = None
    low: int | None = None
    high: int | None = None


def norms(before: Floats, known: Bools, count: int | None, *, share: float = 1.0) -> tuple[Norm, ...]:
    """A week's count against each of :data:`WINDOWS`.

    Args:
        before: Counts of the weeks before it, oldest first, shape (n,); the last 52 are read.
        known: False where a week lies in a gap; its count is not read, shape (n,).
        count: The week's count; None where it lies in a gap itself.
        share: How much of the week is over, above 0 and at most 1.

    Raises:
        ValueError: If a count is negative, or the share is out of its range.

    Example:
        >>> [norm.band for norm in norms(np.full(52, 3.0), np.ones(52, dtype=bool), 9)]
        ['far above', 'far above']
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share of a week is above 0 and at most 1, not {share}")
    if np.any(before[known] < 0) or (count is not None and count < 0):
        raise ValueError("counts are 0 or more")
    year = before[-max(WINDOWS) :][known[-max(WINDOWS) :]]
    spread = dispersion(year)
    found = []
    for window in WINDOWS:
        weeks = before[-window:][known[-window:]]
        if len(weeks) < LEAST[window] or len(year) < LEAST[max(WINDOWS)]:
            found.append(Norm(window, len(weeks), NO_DATA if count is None else NOT_ENOUGH))
            continue
        expects = predictive(weeks, spread, share)
        low, high = usual(expects)
        band = NO_DATA if count is None else band_of(expects, count)
        found.append(Norm(window, len(weeks), band, expects.mean, low, high))
    return tuple(found)


def dispersion(counts: Floats) -> float:
    """The variance of counts over their mean, by moments; 1, as of a Poisson variable, where it is less."""
    if len(counts) < 2 or not counts.any():
        return 1.0
    return max(1.0, float(counts.var(ddof=1) / counts.mean()))


def predictive(counts: Floats, spread: float, share: float = 1.0) -> Predictive:
    """The distribution of a further week's count, or of that of a share of a week.

    Args:
        counts: Counts of the known weeks, shape (n,), n above 0.
        spread: Their over-dispersion, at least 1.
        share: How much of the week is over.
    """
    n = len(counts)
    mean = share * (float(counts.sum()) + PRIOR_EVENTS) / n
    variance = spread * mean * (1 + share / n)
    return Predictive(mean, mean**2 / (variance - mean), mean / variance)


def band_of(expects: Predictive, count: int) -> str:
    """The word for where a count lies."""
    place = expects.mid_p(count)
    below, above = CUTS[:2], CUTS[2:]
    # A count just on a cut belongs to the band nearer the middle, so the two sides are cut alike.
    return BANDS[bisect_right(below, place) + bisect_left(above, place)]


def usual(expects: Predictive) -> tuple[int, int]:
    """The lowest and the highest count that the band calls usual.

    They are of the same rule as the word, so that no table says "above" of a count within its range. There
    is always one: from a count to the next the mid-p goes up by at most a half.
    """
    beyond = 1
    while expects.mid_p(beyond) <= CUTS[2]:
        beyond *= 2
    counts = range(beyond + 1)
    return (
        bisect_left(counts, CUTS[1], key=expects.mid_p),
        bisect_right(counts, CUTS[2], key=expects.mid_p) - 1,
    )
