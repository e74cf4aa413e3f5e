"""How reliable the predictability of an actor is: the same acts, put at random into two halves.

Each event of a dyad, or of what an actor did, goes to one of two halves by a coin. A measure that
says something about the dyad says the same of both halves; one that says nothing does not.
Reliability is the correlation of the halves over the dyads, the mean of several throws; it is not
corrected for the halves' smaller size. Where a half has too little to work with, a measure is 0.

Form, half-life and floor were chosen on the names whose sha256 is even; the figures that count are
those of the odd ones.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from scipy.stats import pearsonr, spearmanr

from quadruples import quadruples
from rasad.relations.acts import CONFLICT, Acts, Floats, columns
from rasad.relations.panel import Panel, panel
from rasad.relations.predictability import (
    HALF_LIFE,
    LEAST_CONFLICT,
    LEAST_EVENTS,
    OTHERS,
    actor_panel,
    actor_series,
    among_like,
    excess,
    forecasts,
    number_of,
    predictability,
    variety,
)
from rasad.relations.series import Every

FIRST_DAY = np.datetime64("2005-01-01", "D")
SEED = 4
HALF_LIVES = (3.0, 6.0, 12.0)
FLOORS = (0, 30, 60, 100, 150)
ORDER = 3
"""Neighbours in a pattern of permutation entropy."""
RESAMPLES = 1000

Measure = Callable[[Floats], float]
"""Takes the counts of a half by month and channel, shape (n, 6)."""


@dataclass(frozen=True)
class Group:
    """Dyads or actors with their counts by period and channel, shape (k, n, 6), and their events."""

    what: str
    every: Every
    names: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    totals: Floats

    @property
    def conflict(self) -> Floats:
        return np.asarray(self.counts[:, :, CONFLICT].sum(axis=(1, 2)), dtype=np.float64)

    def part(self, *, odd: bool, least: int = 0) -> Group:
        """Those of one half of the names that have so many acts of conflict."""
        kept = (self.conflict >= least) & np.array([_is_odd(name) == odd for name in self.names])
        names = tuple(name for name, keep in zip(self.names, kept.tolist(), strict=True) if keep)
        return Group(self.what, self.every, names, self.counts[kept], self.totals[kept])


@dataclass(frozen=True)
class Figure:
    """Two reliabilities, the spread of the second over the throws, and how ranks correlate with two volumes."""

    pearson: float
    spearman: float
    spread: float
    with_conflict: float
    with_events: float


def main() -> int:
    """Print how the method was chosen, and what it is worth."""
    options = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--throws", type=int, default=10, help="of the coin, for every table")
    throws = options.parse_args().throws
    acts = quadruples("icews0515")
    dyads, actors = _group("dyads", panel(acts, "month")), _group("actors", actor_panel(acts, "month"))
    weekly = _group("dyads by week", panel(acts, "week"))
    print(f"{len(acts):,} acts between two actors; {len(dyads.names)} dyads and {len(actors.names)} actors "
          f"with {LEAST_EVENTS} or more")  # fmt: skip
    _choose(dyads, actors, throws)
    for group in (dyads, weekly, actors):
        _report(group.part(odd=True), throws)
        _report(group.part(odd=True, least=LEAST_CONFLICT), throws)
    _tell_band()
    _tell_actors(acts, ("Iran", "China", "Boko Haram", "Barack Obama"))
    return 0


# ---- measures ---------------------------------------------------------------


def chosen(counts: Floats, *, every: Every = "month", half_life: float | None = None) -> float:
    """The form that rasad has: the sum of squared changes over that of squared levels."""
    changes, levels = excess(_conflict(counts), _all(counts), every, half_life)
    return _root(changes.sum(), levels.sum())


def over_mean(counts: Floats, *, half_life: float | None = None) -> float:
    """Over the square of the mean of the whole record: quiet years before the first act raise it."""
    changes, _ = excess(_conflict(counts), _all(counts), "month", half_life)
    return _root(float(changes.mean()), float(_conflict(counts).mean()) ** 2)


def weighted(counts: Floats, *, half_life: float | None = None) -> float:
    """As chosen, with quiet months weighing more: by one over forecast plus mean."""
    y, known = _conflict(counts), _all(counts)
    changes, levels = excess(y, known, "month", half_life)
    weights = 1 / (forecasts(y, known, half_life or HALF_LIFE["month"])[0][-len(levels) :] + y.mean() + 1e-9)
    return _root(float((weights * changes).sum()), float((weights * levels).sum()))


def uncorrected(counts: Floats, *, half_life: float | None = None) -> float:
    """Less the forecast alone: what the noise of the forecast adds is left in."""
    y = _conflict(counts)
    mean, _, _ = forecasts(y, _all(counts), half_life or HALF_LIFE["month"])
    return _root(float(((y - mean) ** 2 - mean)[6:].sum()), float((mean[6:] ** 2).sum()))


def variance_to_mean(counts: Floats) -> float:
    y = _conflict(counts)
    return float(np.log(y.var() / y.mean())) if y.var() > 0 else 0.0


def permutation_entropy(counts: Floats, *, ties: bool = True) -> float:
    """The entropy of the orders in which the events of three neighbours stand (Bandt and Pompe 2002).

    Equal counts stand in the order of time, or else by chance: so one sees that it is they, which few
    events bring about, that agree between the halves.
    """
    n = counts.sum(axis=1)
    if not ties:
        n = n + np.random.default_rng(int(n @ np.arange(len(n)))).random(len(n))
    windows = np.lib.stride_tricks.sliding_window_view(n, ORDER)
    patterns = np.argsort(windows, axis=1, kind="stable") @ ORDER ** np.arange(ORDER)
    shares = np.unique(patterns, return_counts=True)[1] / len(patterns)
    return float(-(shares * np.log(shares)).sum())


FORMS: Mapping[str, Callable[..., float]] = {
    "chosen": chosen, "over the mean": over_mean, "weighted": weighted, "uncorrected": uncorrected,
}  # fmt: skip


# ---- tables -----------------------------------------------------------------


def _choose(dyads: Group, actors: Group, throws: int) -> None:
    part = dyads.part(odd=False, least=LEAST_CONFLICT)
    print(f"\nChoosing, {len(part.names)} dyads with {LEAST_CONFLICT} acts of conflict, even names: Pearson, "
          "Spearman by half-life in months")  # fmt: skip
    print(f"{'':22}" + "".join(f"{life:>14.0f}" for life in HALF_LIVES))
    for name, form in FORMS.items():
        found = [_figure(part, partial(form, half_life=life), throws) for life in HALF_LIVES]
        print(f"{name:22}" + "".join(f"{f.pearson:>8.2f}{f.spearman:>6.2f}" for f in found))
    errors = [_median_error(part, life) for life in HALF_LIVES]
    print(f"{'median squared error':22}" + "".join(f"{error:>14.3f}" for error in errors))
    print("\nChoosing the floor of conflict, even names: Pearson, Spearman, number")
    print(f"{'':22}" + "".join(f"{floor:>18}" for floor in FLOORS))
    for group in (dyads, actors):
        parts = [group.part(odd=False, least=floor) for floor in FLOORS]
        cells = [(_figure(part, chosen, throws), len(part.names)) for part in parts]
        print(f"{group.what:22}" + "".join(f"{f.pearson:>8.2f}{f.spearman:>6.2f}{n:>4}" for f, n in cells))


def _report(group: Group, throws: int) -> None:
    least = int(group.conflict.min())
    print(f"\n{len(group.names)} {group.what}, odd names, {LEAST_EVENTS} events or more, of which "
          f"{LEAST_CONFLICT if least >= LEAST_CONFLICT else 0} or more of conflict")  # fmt: skip
    print(f"{'':24}{'Pearson':>9}{'Spearman':>10}{'(spread)':>10}{'conflict':>10}{'events':>8}")
    measures: dict[str, Measure] = {
        "surprise": partial(chosen, every=group.every), "variance to mean": variance_to_mean,
        "permutation entropy": permutation_entropy,
        "  ties by chance": partial(permutation_entropy, ties=False),
        "variety": lambda counts: variety(counts.sum(axis=0)),
    }  # fmt: skip
    for name, measure in measures.items():
        f = _figure(group, measure, throws)
        print(
            f"{name:24}{f.pearson:>9.2f}{f.spearman:>10.2f}{f.spread:>10.2f}{f.with_conflict:>10.2f}{f.with_events:>8.2f}"
        )
    low, high = _over_dyads(group, measures["surprise"], throws)
    print(f"surprise, Spearman at 90 % over {group.what}: {low:.2f} to {high:.2f}")


def _figure(group: Group, measure: Measure, throws: int) -> Figure:
    """The mean over throws, and the correlation of the whole with the logarithm of volume."""
    pearson, spearman = [], []
    for one, other in _halves(group, measure, throws):
        pearson.append(pearsonr(one, other).statistic)
        spearman.append(spearmanr(one, other).statistic)
    whole = [measure(counts.astype(np.float64)) for counts in group.counts]
    volumes = [float(spearmanr(whole, volume).statistic) for volume in (group.conflict, group.totals)]
    return Figure(float(np.mean(pearson)), float(np.mean(spearman)), float(np.std(spearman)), *volumes)


def _halves(group: Group, measure: Measure, throws: int) -> list[tuple[Floats, Floats]]:
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(throws):
        one = rng.binomial(group.counts, 0.5)
        first, second = (
            np.array([measure(counts) for counts in half.astype(np.float64)])
            for half in (one, group.counts - one)
        )
        found.append((first, second))
    return found


def _over_dyads(group: Group, measure: Measure, throws: int) -> tuple[float, float]:
    """The interval of the reliability, dyads drawn with replacement."""
    rng = np.random.default_rng(SEED)
    one, other = (np.array(sides) for sides in zip(*_halves(group, measure, min(throws, 5)), strict=True))
    found = []
    for _ in range(RESAMPLES):
        drawn = rng.integers(0, len(group.names), len(group.names))
        found.append(
            np.mean([spearmanr(a[drawn], b[drawn]).statistic for a, b in zip(one, other, strict=True)])
        )
    low, high = np.quantile(found, [0.05, 0.95])
    return float(low), float(high)


def _median_error(group: Group, half_life: float) -> float:
    """The mean squared error of forecasts over the squared mean count, of the median dyad."""
    errors = []
    for counts in group.counts:
        y = _conflict(counts.astype(np.float64))
        mean, _, _ = forecasts(y, _all(counts), half_life)
        errors.append(((y - mean) ** 2)[6:].mean() / y.mean() ** 2)
    return float(np.median(errors))


def _tell_band(series: int = 400, months: int = 132) -> None:
    """How often the band holds the truth where it is known: levels that wander, with a memory of some months."""
    print("\nThe band of 90 % on made series of 132 months: truth, and how often it is held")
    rng = np.random.default_rng(SEED)
    for level, size, memory in ((5, 0.0, 0.0), (5, 0.5, 0.6), (20, 0.5, 0.8), (5, 1.0, 0.6)):
        every = [_made(rng, months, level, size, memory) for _ in range(5 * series)]
        parts = [excess(_conflict(counts), _all(counts), "month") for counts in every]
        truth = _root(sum(p[0].sum() for p in parts), sum(p[1].sum() for p in parts))
        bands = [_band_of(counts) for counts in every[:series]]
        held = np.mean([low <= truth <= high for low, high in bands])
        print(f"{level:>4} a month, spread {size}, memory {memory}: {truth:.2f}  {held:.0%}")


def _made(rng: np.random.Generator, months: int, level: float, size: float, memory: float) -> Floats:
    state, logs = rng.normal(), []
    for _ in range(months):
        state = memory * state + (1 - memory**2) ** 0.5 * rng.normal()
        logs.append(size * state - size**2 / 2)
    counts = np.zeros((months, 6))
    counts[:, CONFLICT[0]] = rng.poisson(level * np.exp(logs))
    return counts


def _band_of(counts: Floats) -> tuple[float, float]:
    none = np.zeros(len(counts), dtype=np.int64)
    acts = columns(
        sources=["A"], targets=["B"], days=np.array([FIRST_DAY]), has_day=np.array([True]), channels=["VF"],
        goldstein=[None], plover=[None], sites=[""], flags=none[:1],
    )  # fmt: skip
    last = (FIRST_DAY.astype("datetime64[M]") + len(counts) - 1).astype("datetime64[D]").item()
    empty = actor_series(acts, "A", first=FIRST_DAY.item(), last=last)
    found = predictability(replace(empty, counts=counts, other=none.astype(np.float64) + 3))
    if found.low is None or found.high is None:
        sys.exit(f"bench: a made series is below the floors: {found}")
    return found.low, found.high


def _tell_actors(acts: Acts, names: Sequence[str]) -> None:
    print("\nSome actors: acts, of conflict, surprise with band, rank, variety")
    everyone = actor_panel(acts)
    for name in names:
        found, number = predictability(actor_series(acts, name)), number_of(everyone, name)
        if found.has_too_few or number is None:
            sys.exit(f"bench: {name} is below the floors")
        rank = among_like(everyone, number)
        surprise = f"{found.surprise:.2f} ({found.low:.2f} to {found.high:.2f})"
        print(
            f"{name:16}{found.n:>7,}{found.n_conflict:>7,}  {surprise}, above {rank.lower if rank.lower is not None else '-'} of {rank.n}  {found.variety:.2f}"
        )


# ---- data -------------------------------------------------------------------


def _group(what: str, counted: Panel) -> Group:
    totals = counted.totals
    large = np.flatnonzero(totals >= LEAST_EVENTS)
    pairs = counted.dyads
    names = tuple("|".join(sorted({*pairs[k]} - {OTHERS})) for k in large.tolist())
    counts = np.array([counted.dense(k)[0] for k in large.tolist()]).astype(np.int64)
    return Group(what, counted.every, names, counts, totals[large])


def _is_odd(name: str) -> bool:
    return sha256(name.encode()).digest()[-1] % 2 == 1


def _conflict(counts: Floats) -> Floats:
    return np.asarray(counts[:, CONFLICT].sum(axis=1))


def _all(counts: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.ones(len(counts), dtype=bool)


def _root(changes: float, levels: float) -> float:
    return max(changes / levels, 0.0) ** 0.5 if levels > 0 else 0.0


if __name__ == "__main__":
    sys.exit(main())
