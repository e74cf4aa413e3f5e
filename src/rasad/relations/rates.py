"""Base rates: how likely is at least one event in a time to come, from how many there were.

The rate has the posterior Gamma(n + 1/2, T) of the Jeffreys prior for a Poisson rate with n
events in T years; the chance of at least one in t years is 1 - (T / (T + t)) ** (n + 1/2). It
knows nothing but the count: no trend, no cause. The interval is that of the rate, at 90 %; where a
long time ahead makes the chance nearly certain, its mean may lie outside, and the interval is
widened to hold it.
Reference: Gelman et al., Bayesian Data Analysis, section 2.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

METHOD = "base rate 1"
LEVEL = 0.9
PRIOR_EVENTS = 0.5


@dataclass(frozen=True)
class BaseRate:
    """The chance of at least one event, 0 to 1, with its interval."""

    value: float
    low: float
    high: float


def base_rate(n_events: int, years_seen: float, years_ahead: float) -> BaseRate:
    """The chance of at least one event in ``years_ahead``.

    Args:
        n_events: Events seen, 0 or more.
        years_seen: Length of the record in years, above 0.
        years_ahead: Length of the time to come in years, above 0.

    Raises:
        ValueError: If an argument is out of its range.

    Example:
        >>> round(base_rate(2, 4.75, 1.0).value, 2)
        0.38
    """
    from scipy.special import gammaincinv  # noqa: PLC0415  (numerics load slowly)

    if n_events < 0 or years_seen <= 0 or years_ahead <= 0:
        raise ValueError("a base rate needs 0 events or more, and times above 0")
    shape = n_events + PRIOR_EVENTS
    value = 1 - (years_seen / (years_seen + years_ahead)) ** shape
    rates = (float(gammaincinv(shape, p)) / years_seen for p in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    low, high = (1 - exp(-rate * years_ahead) for rate in rates)
    return BaseRate(value, min(low, value), max(high, value))
