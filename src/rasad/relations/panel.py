"""A panel: the series of all dyads at once, holding only the periods in which something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rasad.model.dyad import Dyad
from rasad.model.flag import mask
from rasad.relations.acts import CHANNELS, CONFLICT, COOPERATION, Acts, Days, Floats, Ints
from rasad.relations.line import beta_index
from rasad.relations.series import A_YEAR, Every, Series, period_of, periods

METHOD = "panel 1"


@dataclass(frozen=True, eq=False)
class Panel:
    """What every dyad did, by period: a row for each dyad and period with events, in that order.

    Attributes:
        every: ``week`` or ``month``.
        starts: First day of each of the n periods.
        actors: The actors by number.
        pairs: The two actors of each of the d dyads by number, shape (d, 2), in alphabetical order.
        dyad: Number of the dyad of each of the m rows.
        place: Number of the period of each row.
        counts: Events by channel, shape (m, 6).
        other: Events whose code is in no channel.
        goldstein: Sum of Goldstein points.
        left_out: How many events of all were left out because of their flags.
    """

    every: Every
    starts: Days
    actors: tuple[str, ...]
    pairs: Ints
    dyad: Ints
    place: Ints
    counts: Floats
    other: Floats
    goldstein: Floats
    left_out: int

    @property
    def dyads(self) -> list[tuple[str, str]]:
        """The two actors of each dyad."""
        return [(self.actors[one], self.actors[other]) for one, other in self.pairs.tolist()]

    @property
    def totals(self) -> Floats:
        """Events of each dyad, shape (d,)."""
        events = self.counts.sum(axis=1) + self.other
        return np.bincount(self.dyad, weights=events, minlength=len(self.pairs)).astype(np.float64)

    def dense(self, number: int) -> tuple[Floats, Floats, Floats]:
        """A dyad's counts (n, 6), other events (n,) and Goldstein sums (n,) with the quiet periods filled in."""
        low, high = np.searchsorted(self.dyad, [number, number + 1])
        at = self.place[low:high]
        counts = np.zeros((len(self.starts), len(CHANNELS)))
        other, goldstein = np.zeros(len(self.starts)), np.zeros(len(self.starts))
        counts[at], other[at], goldstein[at] = (
            self.counts[low:high],
            self.other[low:high],
            self.goldstein[low:high],
        )
        return counts, other, goldstein


@dataclass(frozen=True, eq=False)
class IndexSteps:
    """The index of every dyad over the year to each period, from -1 to 1, as it changes.

    A row says from which period on a dyad has a value; it holds until the dyad's next row.
    """

    dyad: Ints
    place: Ints
    value: Floats
    low: Floats
    high: Floats
    cooperation: Floats
    conflict: Floats


def panel(acts: Acts, every: Every = "week", *, left_out: Sequence[str] = ()) -> Panel:
    """Count the acts of all dyads by period.

    Raises:
        ValueError: If there are no acts between two actors.
    """
    hidden = mask(left_out)
    between = acts.source != acts.target
    kept = acts.where(between & ((acts.flags & hidden) == 0) & (acts.has_day if every == "week" else True))
    if not len(kept):
        raise ValueError("there are no events between two actors to count")
    by_name = np.argsort(np.argsort(np.array(acts.actors, dtype=object)))
    swap = by_name[kept.source] > by_name[kept.target]
    first, second = np.where(swap, kept.target, kept.source), np.where(swap, kept.source, kept.target)
    wide = len(acts.actors)
    keys, dyad = np.unique(first * wide + second, return_inverse=True)
    starts = periods(kept.day.min(), kept.day.max(), every)
    place = np.searchsorted(starts, period_of(kept.day, every))
    rows, row = np.unique(dyad * len(starts) + place, return_inverse=True)
    width = len(CHANNELS) + 1
    flat = np.bincount(row * width + kept.channel % width, minlength=len(rows) * width).reshape(-1, width)
    return Panel(
        every=every,
        starts=starts,
        actors=acts.actors,
        pairs=np.stack([keys // wide, keys % wide], axis=1),
        dyad=rows // len(starts),
        place=rows % len(starts),
        counts=flat[:, :-1].astype(np.float64),
        other=flat[:, -1].astype(np.float64),
        goldstein=np.bincount(row, weights=np.nan_to_num(kept.goldstein), minlength=len(rows)).astype(
            np.float64
        ),
        left_out=int((between & ((acts.flags & hidden) != 0)).sum()),
    )


def index_steps(panel: Panel) -> IndexSteps:
    """The index of every dyad for every period.

    Within a dyad the sums of a year change only where events come in or, a year later, go out; so only
    there is a value worked out.
    """
    n, width = len(panel.starts), A_YEAR[panel.every]
    sides = [panel.counts[:, side].sum(axis=1) for side in (COOPERATION, CONFLICT)]
    leaves = panel.place + width < n
    dyad = np.concatenate([panel.dyad, panel.dyad[leaves]])
    place = np.concatenate([panel.place, panel.place[leaves] + width])
    keys, step = np.unique(dyad * n + place, return_inverse=True)
    of_dyad = keys // n
    begins = np.searchsorted(of_dyad, np.arange(len(panel.pairs)))
    sums = []
    for side in sides:
        change = np.bincount(step, weights=np.concatenate([side, -side[leaves]]), minlength=len(keys))
        running = np.cumsum(change)
        before = running[begins] - change[begins]
        sums.append(np.rint(running - before[of_dyad]))
    return IndexSteps(of_dyad, keys % n, *beta_index(*sums), *sums)


def series_of_panel(panel: Panel, number: int) -> Series:
    """One dyad of a panel as a series; a panel does not tell sites, PLOVER scores and gaps.

    Raises:
        ValueError: If the dyad's names are no actor codes.
    """
    counts, other, goldstein = panel.dense(number)
    n = counts.sum(axis=1) + other
    none = np.zeros(len(n))
    return Series(
        dyad=Dyad(*panel.dyads[number]), every=panel.every, starts=panel.starts, counts=counts, other=other,
        goldstein=goldstein, n_goldstein=n, plover=none, n_plover=none,
        sites=none.astype(np.int64), left_out=none.astype(np.int64), known=np.ones(len(n), dtype=bool),
    )  # fmt: skip
