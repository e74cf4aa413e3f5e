"""Predictability: how far the conflict of an actor strays from what its own past led one to expect.

For each period t with count y[t] of acts of conflict, the counts before it give a forecast, their
mean with fading weights, m[t] = sum(w * y) (an EWMA). The squared error of that forecast holds three
things: the noise of counting y[t], which is y[t] if acts come by chance; the noise of m[t], which is
then v[t] = sum(w² * y); and what is left, by which the actor surprises:

    S = sum((y - m)² - y - v) / sum(m² - v)          surprise = sqrt(max(S, 0))

Above and below stand estimates without bias if counts are Poisson draws round levels that change: of
the squared change of level, and of the squared level. So the surprise is the typical miss of the
forecast beyond chance, as a share of the level: 0 for acts at a steady rate, however many; 0.8 where
the next month's level is typically off by 80 %. A source that reports only half of all acts, at
random, has the same surprise in expectation.

Reference: the excess of the variance of counts over their mean as the sign of more than chance is
Fisher's index of dispersion (R. A. Fisher, Statistical Methods for Research Workers, section 18);
the count less itself as an estimate of the square of its mean is a factorial moment (Johnson, Kemp
and Kotz, Univariate Discrete Distributions, 3rd ed., 2005). The EWMA is that of S. W. Roberts,
Technometrics 1, 1959. The band is a jackknife over blocks (H. R. Künsch, Annals of Statistics 17, 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS, CONFLICT, Acts, Bools, Floats, Ints
from rasad.relations.panel import Panel, panel
from rasad.relations.series import A_YEAR, Every, Gap, Series, series

METHOD: Final = "predictability 1"
LEVEL: Final = 0.9
HALF_LIFE: Final[dict[Every, float]] = {"week": 26, "month": 6}
"""Periods after which a count weighs half in the forecast: those of the smoothed index.

A shorter one forecasts a little better and a longer one is more reliable, as it takes drift for surprise.
"""

LEAST_EVENTS: Final = 300
LEAST_CONFLICT: Final = 100
"""Below as many acts of conflict two random halves of the same acts don't agree: see the benchmark."""

BLOCK: Final[dict[Every, int]] = {"week": 13, "month": 3}
LEAST_BLOCKS: Final = 6
LEAST_SHARE: Final = 0.01
"""A quarter has conflict behind it when its squared level is at least this share of the mean one."""

LEAST_RATIO: Final = -0.9
"""Chance takes S below 0; the logarithm of 1 + S ends at -1."""

LEAST_COMPARED: Final = 10
ROUNDING: Final = 1e-9
OTHERS: Final = "others"
"""Stands for all that an actor acts on; no actor's id is written in small letters."""


@dataclass(frozen=True)
class Shortfall:
    """What there is too little of: ``events``, ``acts of conflict`` or ``quarters with conflict behind them``."""

    what: str
    has: int
    needs: int


@dataclass(frozen=True)
class Predictability:
    """How predictable the conflict of an actor or a dyad is; below a floor, only that it can't be told.

    Attributes:
        every: ``week`` or ``month``.
        n: Events of the known periods, of any kind.
        n_conflict: Acts of conflict among them.
        lacks: The first floor that is not reached; None where all are.
        surprise: Typical miss of the forecast beyond chance, as a share of the level, 0 or more.
        low: Lower end of its band at 90 %.
        high: Upper end.
        variety: Entropy of the channels of all acts, from 0 (always the same) to 1 (all six alike).
    """

    every: Every
    n: int
    n_conflict: int
    lacks: Shortfall | None = None
    surprise: float | None = None
    low: float | None = None
    high: float | None = None
    variety: float | None = None

    @property
    def has_too_few(self) -> bool:
        return self.lacks is not None


@dataclass(frozen=True)
class Rank:
    """The rank of a surprise among those of like volume.

    Attributes:
        n: How many there are to compare with.
        lower: How many of them surprise less; None where there are fewer than ten, or no surprise is known.
    """

    n: int
    lower: int | None = None

    @property
    def percentile(self) -> float | None:
        """The share that surprises less, in per cent."""
        return None if self.lower is None else 100 * self.lower / self.n


def predictability(series: Series) -> Predictability:
    """The predictability of the conflict in a series, of an actor (:func:`actor_series`) or a dyad."""
    return _predictability(series.counts, series.n, series.known, series.every)


def among_like(panel: Panel, number: int, *, known: Bools | None = None) -> Rank:
    """Compare one dyad of a panel, or one actor of :func:`actor_panel`, with those of like volume.

    Of like volume are those with half as many to twice as many acts of conflict; all have to reach the
    floors. Surprise falls as acts of conflict rise, so that unmatched ranks would rank volume.

    Args:
        panel: The counts of all.
        number: Which of them.
        known: Periods of the panel that are no gap, shape (n,); all where none are given.
    """
    held = np.ones(len(panel.starts), dtype=bool) if known is None else known
    conflict = np.bincount(
        panel.dyad,
        weights=panel.counts[:, CONFLICT].sum(axis=1) * held[panel.place],
        minlength=len(panel.pairs),
    )

    def surprise(which: int) -> float | None:
        counts, other, _ = panel.dense(which)
        return _predictability(counts, counts.sum(axis=1) + other, held, panel.every).surprise

    own = surprise(number)
    if own is None:
        return Rank(0)
    volume = conflict[number]
    like = np.flatnonzero((conflict >= volume / 2) & (conflict <= 2 * volume)).tolist()
    others = [told for which in like if which != number and (told := surprise(which)) is not None]
    if len(others) < LEAST_COMPARED:
        return Rank(len(others))
    return Rank(len(others), sum(other < own for other in others))


def actor_series(
    acts: Acts,
    actor: str,
    every: Every = "month",
    *,
    first: date | None = None,
    last: date | None = None,
    left_out: Sequence[str] = (),
    gaps: Sequence[Gap] = (),
) -> Series:
    """Count by period what an actor did to all others, as :func:`rasad.relations.series.series` does.

    Raises:
        ValueError: If a span ends before it begins, or there are neither acts nor a span.
    """
    return series(
        _toward_others(acts.directed(actor)), Dyad(actor, OTHERS), every,
        first=first, last=last, left_out=left_out, source=actor, gaps=gaps,
    )  # fmt: skip


def actor_panel(acts: Acts, every: Every = "month", *, left_out: Sequence[str] = ()) -> Panel:
    """Count by period what each actor did to all others: a panel whose dyads are actors and the others.

    Raises:
        ValueError: If there are no acts between two actors.
    """
    return panel(_toward_others(acts), every, left_out=left_out)


def number_of(panel: Panel, actor: str) -> int | None:
    """The number of an actor in an :func:`actor_panel`; None where it did nothing."""
    if actor not in panel.actors:
        return None
    found = np.flatnonzero((panel.pairs == panel.actors.index(actor)).any(axis=1))
    return int(found[0]) if len(found) else None


def forecasts(counts: Floats, known: Bools, half_life: float) -> tuple[Floats, Floats, Ints]:
    """Forecast each period by those before it.

    Args:
        counts: Acts by period, shape (n,).
        known: False where nothing is known; such a period is in no forecast, but time passes.
        half_life: Periods after which a count weighs half.

    Returns:
        The forecasts, the Poisson variance of each, and how many known periods each rests on; all of
        shape (n,), and 0 where a period has none before it.
    """
    fade = 0.5 ** (1 / half_life)
    mean, noise, seen = np.zeros(len(counts)), np.zeros(len(counts)), np.zeros(len(counts), dtype=np.int64)
    total = squared = weight = 0.0
    for place, (count, is_known) in enumerate(zip(counts.tolist(), known.tolist(), strict=True)):
        if weight:
            mean[place], noise[place] = total / weight, squared / weight**2
        total, squared, weight = fade * total, fade**2 * squared, fade * weight
        if is_known:
            total, squared, weight = total + count, squared + count, weight + 1
        if place + 1 < len(counts):
            seen[place + 1] = seen[place] + is_known
    return mean, noise, seen


def excess(
    counts: Floats, known: Bools, every: Every, half_life: float | None = None
) -> tuple[Floats, Floats]:
    """Squared change of level and squared level, each estimated for every period that has a forecast.

    A period has one when it is known and half a year of known periods lies before it.
    """
    mean, noise, seen = forecasts(counts, known, HALF_LIFE[every] if half_life is None else half_life)
    told = known & (seen >= A_YEAR[every] // 2)
    y, m, v = counts[told], mean[told], noise[told]
    level = m**2 - v
    return (y - m) ** 2 - y - v, np.where(level > ROUNDING * m**2, level, 0.0)


def variety(counts: Floats) -> float:
    """The entropy of counts by channel, from 0 (all in one) to 1 (as many in each).

    Example:
        >>> round(variety(np.array([0.0, 5.0, 0.0, 5.0, 0.0, 0.0])), 2)
        0.39
    """
    some = counts[counts > 0]
    if len(some) < 2:
        return 0.0
    shares = some / some.sum()
    return min(float(-(shares * np.log(shares)).sum() / np.log(len(CHANNELS))), 1.0)


def _predictability(counts: Floats, n: Floats, known: Bools, every: Every) -> Predictability:
    """From counts by channel (n, 6) and of all events (n,)."""
    conflict = counts[:, CONFLICT].sum(axis=1)
    n_events, n_conflict = int(n[known].sum()), int(conflict[known].sum())
    if n_events < LEAST_EVENTS:
        return Predictability(every, n_events, n_conflict, Shortfall("events", n_events, LEAST_EVENTS))
    if n_conflict < LEAST_CONFLICT:
        short = Shortfall("acts of conflict", n_conflict, LEAST_CONFLICT)
        return Predictability(every, n_events, n_conflict, short)
    changes, levels = (_blocks(part, BLOCK[every]) for part in excess(conflict, known, every))
    # Of a burst at the very end hardly any level lies behind: the quotient would be of nothing.
    filled = int((levels > LEAST_SHARE * levels.mean()).sum())
    if filled < LEAST_BLOCKS:
        short = Shortfall("quarters with conflict behind them", filled, LEAST_BLOCKS)
        return Predictability(every, n_events, n_conflict, short)
    value, low, high = _band(changes, levels)
    return Predictability(
        every, n_events, n_conflict, None, value, low, high, variety(counts[known].sum(axis=0))
    )


def _band(changes: Floats, levels: Floats) -> tuple[float, float, float]:
    """The surprise with its band, each block left out in turn; both on the scale of log(1 + S)."""
    from scipy.special import stdtrit  # noqa: PLC0415  (loads slowly)

    n = len(levels)
    ratio = max(float(changes.sum() / levels.sum()), 0.0)
    without = np.log1p(np.maximum((changes.sum() - changes) / (levels.sum() - levels), LEAST_RATIO))
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    wide = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * error
    low, high = (max(float(np.expm1(np.log1p(ratio) + side * wide)), 0.0) for side in (-1, 1))
    return ratio**0.5, low**0.5, high**0.5


def _blocks(values: Floats, width: int) -> Floats:
    """Sums of ``width`` neighbours; what is left over at the end goes to the last block."""
    n = max(len(values) // width, 1)
    at = np.minimum(np.arange(len(values)) // width, n - 1)
    return np.bincount(at, weights=values, minlength=n).astype(np.float64)


def _toward_others(acts: Acts) -> Acts:
    """The acts between two actors, each as one toward all others."""
    between = acts.where(acts.source != acts.target)
    return replace(
        between,
        actors=(*acts.actors, OTHERS),
        target=np.full(len(between), len(acts.actors), dtype=np.int64),
    )
