"""How quick shifts are, how right, from how many events on, and what alerts are worth.

``speed`` counts the 461,329 events of ICEWS 2005-2015 by week and tells the shifts of every dyad with 50
of them. The other parts use ``development_points.csv``, on which the parameters of shifts and alerts were
set: none of its dyads is in the series of ``rasad evaluate shifts``, whose figures are those that count.
"""

from __future__ import annotations

import csv
import math
import os
import resource
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from quadruples import DyadEvents, quadruples, series_of
from rasad.evaluate.dyad_series import (
    SETS,
    DyadCounts,
    Rules,
    SetOfSeries,
    TurningPoint,
    rapprochements,
    read_points,
    read_sets,
)
from rasad.evaluate.shift_peers import peers
from rasad.evaluate.shifts import Outcome, alarms, outcomes, pooled, scores
from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS
from rasad.relations.panel import index_steps, panel
from rasad.relations.series import Every, Series
from rasad.shifts.history import shifts
from rasad.shifts.online import LEAST_BEFORE, LIMIT, alerts

SEED, LEAST_EVENTS, SAMPLE = 6, 50, 40
MOST_SECONDS, MOST_MEGABYTES = 15.0, 1000.0
WEEKLY_FROM = 0.7
"""Events a week from which on a dyad of the list is also told by week."""
REFERENCE = "contrast of one year, direction by tone"
TOTALS = (20, 40, 60, 80, 100, 150, 200, 300)
THROWS, RESAMPLES = 10, 2000
LIMITS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0)
SOON: Mapping[str, int] = {"A_month": 3, "B_month": 3, "B_week": 8, "C_week": 3}
"""Periods after a turning point in which an alert is in time."""
MERGED: Mapping[Every, int] = {"month": 3, "week": 8}
"""An alert that comes so soon after another is the same one."""
MADE_OF = {"B_month": "icews0515", "B_week": "icews0515", "C_week": "icews18"}
SET_ON = "The parameters of rasad were set on this list: these figures are not what it is worth."


def main() -> int:
    """Print the parts that are asked for; exit 1 if a bound is broken."""
    parts = {"speed": _speed, "right": _right, "floor": _floor, "alerts": _alerts}
    options = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}; unsaid, all")
    asked = options.parse_args().parts or list(parts)
    if unknown := set(asked) - set(parts):
        sys.exit(f"bench: no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    return max(parts[part]() for part in asked)


# ---- speed ------------------------------------------------------------------


def _speed() -> int:
    begun = perf_counter()
    acts = quadruples("icews0515")
    read = perf_counter()
    weeks = panel(acts, "week")
    counted = perf_counter()
    steps = index_steps(weeks)
    indexed = perf_counter()
    large = series_of(weeks, np.flatnonzero(weeks.totals >= LEAST_EVENTS).tolist())
    told = [shifts(one, floor=0) for one in large]
    done = perf_counter()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{len(acts):,} events between two actors, {len(weeks.pairs):,} dyads, {len(weeks.starts)} weeks; "
          f"{len(large):,} dyads with {LEAST_EVENTS} events or more")  # fmt: skip
    for what, seconds in {
        "reading the files": read - begun, "weekly series": counted - read,
        f"index, {len(steps.value):,} steps": indexed - counted,
        f"{sum(len(history.shifts) for history in told):,} shifts": done - indexed, "all": done - begun,
    }.items():  # fmt: skip
        print(f"{what:28}{seconds:>8.2f} s")
    print(f"{'most memory held':28}{megabytes:>8.0f} MB; {process_time():.1f} s of processor time")
    sample = np.random.default_rng(SEED).choice(len(large), SAMPLE, replace=False).tolist()
    pelt = _pelt([large[number] for number in sample]) * len(large) / SAMPLE
    print(f"ruptures.Pelt l2, jump=1, {SAMPLE} series scaled to {len(large):,}: {pelt:.0f} s, "
          f"{pelt / (done - indexed):.0f} times that of the shifts")  # fmt: skip
    return int(done - begun > MOST_SECONDS or megabytes > MOST_MEGABYTES)


def _pelt(some: Sequence[Series]) -> float:
    import ruptures  # noqa: PLC0415  (after the memory was taken)

    begun = perf_counter()
    for one in some:
        roots = np.sqrt(one.counts[:, 1:])
        scaled = roots / np.where(roots.std(axis=0) > 0, roots.std(axis=0), 1)
        penalty = math.log(len(scaled)) * scaled.shape[1]
        ruptures.Pelt(model="l2", jump=1, min_size=2).fit(scaled).predict(pen=penalty)
    return perf_counter() - begun


# ---- how right --------------------------------------------------------------


@cache
def _listed() -> tuple[TurningPoint, ...]:
    """The list without dyads of the project's rapprochements: the set as it is scored, the kind as label."""
    table = (files("rasad.evaluate") / "development_points.csv").read_text("utf-8").splitlines()
    apart = {(point.set, point.dyad) for point in rapprochements()}
    return tuple(
        TurningPoint("B" if row["set"] == "icews0515" else "C_week", row["dyad"], date.fromisoformat(row["date"]),
                     row["dir"], row["kind"], usable=True, weekly_usable=True)
        for row in csv.DictReader(line for line in table if not line.startswith("#"))
        if (row["set"], row["dyad"]) not in apart
    )  # fmt: skip


@cache
def _events(name: str) -> DyadEvents:
    mine = {point.dyad for point in _listed() if point.is_in(name)}
    return DyadEvents.of(MADE_OF[name], SETS[name].every, sorted(mine))


@cache
def _series(name: str) -> dict[str, Series]:
    """The dyads of the list as series of a set; by week only those with enough events."""
    events = _events(name)
    told = {dyad: events.series(dyad) for dyad in events.acts}
    least = WEEKLY_FROM if name == "B_week" else 0
    return {dyad: one for dyad, one in told.items() if one.total >= least * len(one)}


def _set_of(name: str, told: Mapping[str, Series]) -> SetOfSeries:
    starts = next(iter(told.values())).starts
    periods = tuple(SETS[name].period(day) for day in starts.tolist())
    return SetOfSeries(name, periods, {
        dyad: DyadCounts(one.counts[:, 1:], CHANNELS[1:], one.n, one.goldstein) for dyad, one in told.items()
    })  # fmt: skip


def _within(name: str) -> list[TurningPoint]:
    return [point for point in _listed() if point.is_in(name) and point.dyad in _series(name)]


def _right() -> int:
    print(f"\nHow right on the development list. {SET_ON}")
    sets = [_set_of(name, _series(name)) for name in MADE_OF]
    for method, tell in {"rasad": None, REFERENCE: peers()[REFERENCE]}.items():
        print(f"\n{method:40}   n  recall  signed    up  down  balanced  random")
        found: dict[str, list[Outcome]] = {}
        for one in sets:
            told, within = alarms([one], tell), _within(one.name)
            found |= outcomes([one], told, within)
            for kind in ("", "abrupt", "gradual"):
                points = [point for point in within if kind in ("", point.label)]
                for s in scores([one], told, points).values():
                    up, down = ("-" if way is None else f"{way:.2f}" for way in (s.signed_up, s.signed_down))
                    print(f"{one.name + ' ' + kind:40}{s.n:>4}{s.recall:>8.2f}{s.signed:>8.2f}{up:>6}{down:>6}"
                          f"{s.signed_balanced:>10.2f}{s.random:>8.2f}")  # fmt: skip
        if (whole := pooled(found)) and whole.balanced_interval:
            print(f"pooled recall {whole.recall:.2f} ({_range(whole.recall_interval)}), "
                  f"balanced {whole.balanced:.2f} ({_range(whole.balanced_interval)})")  # fmt: skip
    return 0


def _range(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.2f} to {interval[1]:.2f}"


# ---- the floor --------------------------------------------------------------


def _floor() -> int:
    print(f"\nThe floor: events of the list's dyads thinned to a total, {THROWS} throws. {SET_ON}")
    print("           events  dyads  points  signed            90 %  chance")
    for name in ("B_month", "C_week"):
        for total in TOTALS:
            rows = _thinned(name, total)
            if len(rows) < 5:
                continue
            low, high = _over_dyads(rows)
            n, right, chance = np.sum(rows, axis=0)
            print(f"{name:10}{total:>7}{len(rows):>7}{n / THROWS:>8.0f}{right / n:>8.2f}{_range((low, high)):>16}"
                  f"{chance / n:>8.2f}{'  twice' if right >= 2 * chance and low > chance / n else ''}")  # fmt: skip
    return 0


def _thinned(name: str, total: int) -> list[tuple[float, float, float]]:
    """Of each dyad with so many events: points, those signed right, and those that chance would sign right."""
    rng, events, rows = np.random.default_rng(SEED), _events(name), []
    for dyad in _series(name):
        points = [point for point in _within(name) if point.dyad == dyad]
        n = right = chance = 0.0
        for _ in range(THROWS if len(events.acts[dyad]) >= total else 0):
            thin = _set_of(name, {dyad: events.series(dyad, rng, total)})
            told = alarms([thin])
            seen = outcomes([thin], told, points).get(name, [])
            n, right = n + len(seen), right + sum(outcome.right for outcome in seen)
            chance += len(seen) * _by_chance(len(thin.periods), len(told), SETS[name]) / 2
        if n:
            rows.append((n, right, chance))
    return rows


def _by_chance(n: int, k: int, rules: Rules) -> float:
    """The chance that k periods at random are near a point; half of them then have its sign."""
    return 1 - math.comb(max(n - 2 * rules.tolerance - 1, 0), k) / math.comb(n, k)


def _over_dyads(rows: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    table, rng = np.array(rows), np.random.default_rng(SEED)
    drawn = table[rng.integers(0, len(rows), (RESAMPLES, len(rows)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 1] / drawn[:, 0], [0.05, 0.95])
    return float(low), float(high)


# ---- alerts -----------------------------------------------------------------


def _alerts() -> int:
    print(f"\nAlerts on the development list. {SET_ON}")
    for name in MADE_OF:
        _tell_worth(name, _series(name), _within(name), LIMITS)
    folder = Path(os.environ["RASAD_DATA"]) / "shifts"
    points = read_points(folder)
    print("\nAlerts on the known points of rasad evaluate shifts, which set no parameter")
    for one in read_sets(folder):
        if one.name in MADE_OF:
            within = [point for point in points if point.is_in(one.name)]
            told = {point.dyad: _as_series(one, one.dyads[point.dyad]) for point in within}
            _tell_worth(one.name, told, within, [LIMIT[one.rules.every]])
    return 0


def _tell_worth(
    name: str, told: Mapping[str, Series], points: Sequence[TurningPoint], limits: Sequence[float]
) -> None:
    print(f"{name}, {len(told)} dyads\n  limit  points  in time  random  delay  false a dyad-year")
    for limit in limits:
        n, seen, chance, delay, wrong = _worth(SETS[name], SOON[name], told, points, limit)
        print(f"{limit:>7.2f}{n:>8}{seen:>9.2f}{chance:>8.2f}{delay:>7.0f}{wrong:>19.2f}")


def _worth(
    rules: Rules, soon: int, by_dyad: Mapping[str, Series], points: Sequence[TurningPoint], limit: float
) -> tuple[int, float, float, float, float]:
    """Points, the share told in time and that of random days, the median delay, false alerts a dyad-year."""
    told, chance, delays = [], [], []
    wrong = years = 0.0
    for dyad, one in by_dyad.items():
        raised = [(alert.place, alert.way) for alert in alerts(one, limit=limit)]
        turns = [(place, p.way) for p in points if p.dyad == dyad and (place := one.place(p.on)) is not None]
        off = [at for at, _ in raised if not any(-rules.tolerance <= at - turn <= soon for turn, _ in turns)]
        wrong += _runs(off, MERGED[rules.every])
        years += (len(one) - LEAST_BEFORE[rules.every]) / rules.a_year
        scored = range(rules.lead, len(one) - 2)
        for turn, way in turns:
            if turn in scored:
                mine = [at for at, other in raised if other == way]
                waits = [at - turn for at in mine if 0 <= at - turn <= soon]
                told.append(bool(waits))
                delays += waits[:1]
                chance.append(np.mean([any(0 <= at - day <= soon for at in mine) for day in scored]))
    return len(told), float(np.mean(told)), float(np.mean(chance)), float(np.median(delays)), wrong / years


def _runs(places: Sequence[int], apart: int) -> int:
    """How many alerts there are when those that follow one another closely are one."""
    ordered = sorted(set(places))
    return min(len(ordered), 1) + sum(later - earlier > apart for earlier, later in pairwise(ordered))


def _as_series(one: SetOfSeries, dyad: DyadCounts) -> Series:
    n = len(one.periods)
    counts = np.column_stack([dyad.side((channel,)) for channel in CHANNELS])
    none, flat = np.zeros(n), np.zeros(n, dtype=np.int64)
    return Series(
        dyad=Dyad("", ""), every=one.rules.every, starts=np.array(one.periods, dtype="datetime64[D]"), counts=counts,
        other=dyad.n - counts.sum(axis=1), goldstein=dyad.goldstein, n_goldstein=dyad.n, plover=none, n_plover=none,
        sites=flat, left_out=flat, known=np.ones(n, dtype=bool),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
