"""Series: what two actors did toward one another, week by week or month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import numpy as np

from rasad.model.dyad import Dyad
from rasad.model.flag import mask, names
from rasad.relations.acts import CHANNELS, CONFLICT, COOPERATION, Acts, Bools, Days, Floats, Ints

Every = Literal["week", "month"]
EVERY: Final[tuple[Every, ...]] = ("week", "month")
A_YEAR: Final[dict[Every, int]] = {"week": 52, "month": 12}
"""Periods of a year."""

KNOWN_FROM: Final = 0.9
"""A period is known when at least this share of its days is: one missing day of a week makes it a gap."""

Gap = tuple[date, date]
"""The first and the last day of a stretch that the source does not hold."""


@dataclass(frozen=True, eq=False)
class Series:
    """The acts of a dyad by period; all arrays have a place for each of the n periods.

    Attributes:
        dyad: The two actors.
        every: ``week`` (ISO weeks, named by their Monday) or ``month``.
        starts: First day of each period.
        counts: Events by channel, shape (n, 6), in the order of :data:`rasad.relations.acts.CHANNELS`.
        other: Events whose code is in no channel.
        goldstein: Sum of Goldstein points.
        n_goldstein: Events that have any.
        plover: Sum of PLOVER scores.
        n_plover: Events that have one.
        sites: On how many sites the events were read.
        left_out: Events not counted because of their flags.
        known: False where the data have a gap: nothing is known of that period, it is not quiet.
        source: The actor whose acts alone are counted; empty for both directions.
        flags: How many events each flag took.
        undated: Events known to the month only, which stand in no week.
    """

    dyad: Dyad
    every: Every
    starts: Days
    counts: Floats
    other: Floats
    goldstein: Floats
    n_goldstein: Floats
    plover: Floats
    n_plover: Floats
    sites: Ints
    left_out: Ints
    known: Bools
    source: str = ""
    flags: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def n(self) -> Floats:
        """Events of each period."""
        return np.asarray(self.counts.sum(axis=1) + self.other)

    @property
    def total(self) -> int:
        """Events of the whole series."""
        return int(self.n.sum())

    @property
    def cooperation(self) -> Floats:
        return np.asarray(self.counts[:, COOPERATION].sum(axis=1))

    @property
    def conflict(self) -> Floats:
        return np.asarray(self.counts[:, CONFLICT].sum(axis=1))

    @property
    def shares(self) -> Floats:
        """Each channel's share of the period's events, shape (n, 6); NaN where there are none."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.counts / self.n[:, None])

    def start(self, place: int) -> date:
        """The first day of a period."""
        found: date = self.starts[place].astype(date)
        return found

    def end(self, place: int) -> date:
        """The last day of a period."""
        day = np.timedelta64(1, "D")
        after: date = (next_start(self.starts[place : place + 1], self.every)[0] - day).astype(date)
        return after

    def place(self, day: date) -> int | None:
        """The period that a day lies in; None outside the series."""
        at = int(np.searchsorted(self.starts, np.datetime64(day, "D"), side="right")) - 1
        return at if 0 <= at < len(self) and day <= self.end(at) else None


def series(
    acts: Acts,
    dyad: Dyad,
    every: Every = "week",
    *,
    first: date | None = None,
    last: date | None = None,
    left_out: Sequence[str] = (),
    source: str = "",
    gaps: Sequence[Gap] = (),
) -> Series:
    """Count the acts of a dyad by period.

    Args:
        acts: Any events; those of other dyads are passed over.
        dyad: The two actors.
        every: ``week`` or ``month``.
        first: A day of the first period; that of the first act where none is given.
        last: A day of the last period; that of the last act where none is given.
        left_out: Flags whose events are not counted.
        source: Count the acts of this actor alone.
        gaps: Stretches of days that the source does not hold.

    Raises:
        ValueError: If a span ends before it begins, or there are neither acts nor a span.
    """
    within = acts.of(dyad)
    if source:
        within = within.directed(source)
    dated = within if every == "month" else within.where(within.has_day)
    if (first is None or last is None) and not len(dated):
        raise ValueError(f"{dyad} has no events: name the first and the last day")
    begin = np.datetime64(first, "D") if first is not None else dated.day.min()
    end = np.datetime64(last, "D") if last is not None else dated.day.max()
    if begin > end:
        raise ValueError(f"the span ends on {end}, before it begins on {begin}")
    starts = periods(begin, end, every)
    inside = dated.where((dated.day >= starts[0]) & (dated.day < next_start(starts[-1:], every)[0]))
    hidden = mask(left_out)
    kept = inside.where((inside.flags & hidden) == 0)
    dropped = inside.where((inside.flags & hidden) != 0)
    at = np.searchsorted(starts, kept.day, side="right") - 1
    n = len(starts)
    return Series(
        dyad=dyad,
        every=every,
        starts=starts,
        counts=_by_channel(at, kept.channel, n),
        other=np.bincount(at[kept.channel < 0], minlength=n).astype(np.float64),
        goldstein=_sum(at, kept.goldstein, n),
        n_goldstein=_sum(at, np.isfinite(kept.goldstein).astype(np.float64), n),
        plover=_sum(at, kept.plover, n),
        n_plover=_sum(at, np.isfinite(kept.plover).astype(np.float64), n),
        sites=_distinct(at, kept.site, n),
        left_out=np.bincount(np.searchsorted(starts, dropped.day, side="right") - 1, minlength=n).astype(
            np.int64
        ),
        known=_known(starts, every, gaps),
        source=source,
        flags=_flags(dropped.flags & hidden, left_out),
        undated=int((~within.has_day).sum()) if every == "week" else 0,
    )


def periods(first: np.datetime64, last: np.datetime64, every: Every) -> Days:
    """The first days of all periods from that of one day to that of another."""
    begin, end = (period_of(np.array([day]), every)[0] for day in (first, last))
    if every == "month":
        return np.arange(begin.astype("datetime64[M]"), end.astype("datetime64[M]") + 1).astype(
            "datetime64[D]"
        )
    return np.arange(begin, end + np.timedelta64(1, "D"), np.timedelta64(7, "D"))


def period_of(days: Days, every: Every) -> Days:
    """The first day of the period that each day lies in.

    Example:
        >>> period_of(np.array(["2026-11-23", "2026-11-29"], dtype="datetime64[D]"), "week").astype(str).tolist()
        ['2026-11-23', '2026-11-23']
    """
    if every == "month":
        return days.astype("datetime64[M]").astype("datetime64[D]")
    number = days.astype("datetime64[D]").astype(np.int64)
    return (number - (number + 3) % 7).astype("datetime64[D]")


def next_start(starts: Days, every: Every) -> Days:
    """The first day of the period after each."""
    if every == "month":
        return (starts.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.asarray(starts + np.timedelta64(7, "D"))


def _by_channel(at: Ints, channel: Ints, n: int) -> Floats:
    width = len(CHANNELS)
    inside = channel >= 0
    flat = np.bincount(at[inside] * width + channel[inside], minlength=n * width)
    return flat.reshape(n, width).astype(np.float64)


def _sum(at: Ints, values: Floats, n: int) -> Floats:
    return np.bincount(at, weights=np.nan_to_num(values), minlength=n).astype(np.float64)


def _distinct(at: Ints, site: Ints, n: int) -> Ints:
    """How many different sites each period has."""
    inside = site >= 0
    if not inside.any():
        return np.zeros(n, dtype=np.int64)
    width = int(site.max()) + 1
    seen = np.unique(at[inside] * width + site[inside])
    return np.bincount(seen // width, minlength=n).astype(np.int64)


def _known(starts: Days, every: Every, gaps: Sequence[Gap]) -> Bools:
    ends = next_start(starts, every)
    days = np.ones(int((ends[-1] - starts[0]).astype(np.int64)))
    for first, last in gaps:
        low, high = ((np.datetime64(day, "D") - starts[0]).astype(np.int64) for day in (first, last))
        days[max(int(low), 0) : max(int(high) + 1, 0)] = 0
    begins = (starts - starts[0]).astype(np.int64)
    return np.asarray(np.add.reduceat(days, begins) >= KNOWN_FROM * (ends - starts).astype(np.int64))


def _flags(flags: Ints, left_out: Sequence[str]) -> dict[str, int]:
    found = dict.fromkeys(left_out, 0)
    values, counts = np.unique(flags, return_counts=True)
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        for name in names(value):
            found[name] += count
    return found
