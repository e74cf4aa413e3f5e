"""An index of cooperation and conflict with its band.

Over the twelve months to the end of a month, ``c`` events of verbal or material cooperation
(quad classes 1 and 2) and ``f`` of conflict (3 and 4) are taken as draws with an unknown share
of cooperation; with a uniform prior its posterior is Beta(1 + c, 1 + f). The index is twice the
posterior mean less one, from -1 to 1; the band is the central 90 % of the posterior on the same
scale. The interval of a change is that of the difference of two such posteriors, found by
quadrature. Statements and appeals (quad class 0) are left out. The index has no floor of events:
its band widens instead. Reference: Gelman et al., Bayesian Data Analysis, section 2.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rasad.model.event import Event
from rasad.relations.selection import last_of_month, span

METHOD = "cooperation index 1"
LEVEL = 0.9
WINDOW_MONTHS = 12
GRID = 2001
"""Points of the quadrature for a difference; halving them moves no bound by 0.001."""

TOLERANCE = 1e-6

COOPERATION = (1, 2)
CONFLICT = (3, 4)


@dataclass(frozen=True)
class IndexValue:
    """The index for the twelve months to ``until``; all on the scale -1 to 1."""

    until: date
    value: float
    low: float
    high: float
    cooperation: int
    conflict: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class IndexChange:
    """The difference of two index values with a 90 % interval, on the scale -2 to 2."""

    value: float
    low: float
    high: float
    events: tuple[Event, ...]


def index_at(events: Iterable[Event], month: date) -> IndexValue:
    """The index over the twelve months to the end of ``month``'s month."""
    until = last_of_month(month)
    since = _months_before(until, WINDOW_MONTHS)
    within = [event for event in events if since <= span(event)[0] and span(event)[1] <= until]
    return _index(within, until)


def index_series(events: Iterable[Event], first: date, last: date) -> list[IndexValue]:
    """The index at the end of every month from ``first``'s to ``last``'s."""
    ordered = list(events)
    series = []
    month = first.replace(day=1)
    while month <= last:
        series.append(index_at(ordered, month))
        month = _next_month(month)
    return series


def index_of(events: Iterable[Event], until: date) -> IndexValue:
    """The index over all the events given: the baseline of a series."""
    return _index(list(events), until)


def index_change(events: Iterable[Event], before: date, after: date) -> IndexChange:
    """How the index at ``after``'s month differs from that at ``before``'s.

    Raises:
        ValueError: If the windows overlap, since their events are then not apart.
    """
    if _months_before(last_of_month(after), WINDOW_MONTHS) <= last_of_month(before):
        raise ValueError(f"the two windows of {WINDOW_MONTHS} months overlap")
    ordered = list(events)
    one, other = index_at(ordered, before), index_at(ordered, after)
    low, high = _difference(one, other)
    return IndexChange(other.value - one.value, low, high, one.events + other.events)


def _difference(one: IndexValue, other: IndexValue) -> tuple[float, float]:
    """The central interval of the difference of two posterior shares, twice over."""
    import numpy as np  # noqa: PLC0415  (numerics load slowly, and most commands need none)
    from scipy.special import betainc  # noqa: PLC0415

    edges = np.linspace(0, 1, GRID)
    weights = np.diff(betainc(1 + one.cooperation, 1 + one.conflict, edges))
    middles = (edges[:-1] + edges[1:]) / 2

    def below(difference: float) -> float:
        shifted = np.clip(middles + difference, 0, 1)
        return float(weights @ betainc(1 + other.cooperation, 1 + other.conflict, shifted))

    low, high = (_bisect(below, p) for p in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return 2 * low, 2 * high


def _bisect(below: Callable[[float], float], p: float) -> float:
    """Where a rising function on -1 to 1 reaches ``p``."""
    low, high = -1.0, 1.0
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return (low + high) / 2


def _index(events: list[Event], until: date) -> IndexValue:
    from scipy.special import betaincinv  # noqa: PLC0415  (numerics load slowly)

    counted = tuple(e for e in events if e.quad_class in COOPERATION + CONFLICT)
    cooperation = sum(1 for event in counted if event.quad_class in COOPERATION)
    conflict = len(counted) - cooperation
    shape = 1 + cooperation, 1 + conflict
    low, high = (float(betaincinv(*shape, p)) for p in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return IndexValue(
        until=until,
        value=2 * shape[0] / sum(shape) - 1,
        low=2 * low - 1,
        high=2 * high - 1,
        cooperation=cooperation,
        conflict=conflict,
        events=counted,
    )


def _months_before(until: date, months: int) -> date:
    """The first day of a window of whole months that ends on ``until``."""
    number = until.year * 12 + until.month - months
    return date(number // 12, number % 12 + 1, 1)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
