"""Alerts as of a day: what raises one, what never does, and that none is taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import law
from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS, Bools, Floats, acts_of
from rasad.relations.series import A_YEAR, EVERY, Every, Series, periods, series
from rasad.shifts.contrast import A_LONG_SERIES
from rasad.shifts.online import LEAST_BEFORE, LIMIT, alerts

ST, VC, MC, VF, MN, MV = range(len(CHANNELS))
POINTS = np.array([0.0, 3.0, 6.0, -3.0, -5.0, -9.0])
START = np.datetime64("2012-01-02", "D")
SIDES = {"cooperation": MC, "conflict": MV}

tried = settings(law, max_examples=30)
seeds = st.integers(0, 10**6)
everies = st.sampled_from(EVERY)
sides = st.sampled_from(sorted(SIDES))


def told(counts: Floats, every: Every, known: Bools | None = None) -> Series:
    """A series of counts by channel, shape (n, 6), each act with the points of its channel."""
    n = len(counts)
    starts = periods(START, START + np.timedelta64(32 * n, "D"), every)[:n]
    empty = series(acts_of([]), Dyad.parse("RUS-AFG"), every, first=starts[0].item(), last=starts[-1].item())
    return replace(
        empty,
        counts=counts,
        goldstein=counts @ POINTS,
        n_goldstein=counts.sum(axis=1),
        known=np.ones(n, dtype=bool) if known is None else known,
    )


def steady(n: int, level: float = 2.0) -> Floats:
    """As many acts of every channel in every period."""
    return np.full((n, len(CHANNELS)), level)


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("level", [0.0, 1.0, 20.0])
def test_a_quiet_series_raises_no_alert(every: Every, level: float):
    assert alerts(told(steady(3 * A_YEAR[every], level), every)) == []


@tried
@given(everies, st.integers(0, 100), st.integers(1, 60), st.sampled_from(["at once", "slowly"]))
def test_acts_that_cease_raise_no_alert(every: Every, level: int, quiet: int, how: str):
    counts = steady(2 * A_YEAR[every] + quiet, float(level))
    fades = np.linspace(level, 0, quiet) if how == "slowly" else np.zeros(quiet)
    counts[-quiet:] = np.floor(fades)[:, None]
    assert alerts(told(counts, every)) == []


@tried
@given(everies, st.integers(1, 20), st.integers(1, 60), st.integers(1, 30))
def test_a_gap_raises_no_alert_at_its_edges_or_within(every: Every, level: int, length: int, after: int):
    before = A_YEAR[every]
    counts = steady(before + length + after, float(level))
    known = np.ones(len(counts), dtype=bool)
    known[before : before + length] = False
    for within in (0.0, 50.0):
        counts[before : before + length] = within
        assert alerts(told(counts, every, known)) == []


@tried
@given(seeds, everies, sides, st.integers(0, 40), st.integers(1, 3))
def test_a_burst_is_alerted_in_its_own_period_on_its_side(
    seed: int, every: Every, side: str, later: int, lasts: int
):
    rng = np.random.default_rng(seed)
    at = A_YEAR[every] + later
    counts = steady(at + 12)
    counts += rng.integers(0, 2, counts.shape)
    counts[at : at + lasts, SIDES[side]] = 60
    found = [one for one in alerts(told(counts, every)) if one.place == at]
    assert [(one.side, one.way) for one in found if one.side == side] == [
        (side, "up" if side == "cooperation" else "down")
    ]
    assert found[0].level > LIMIT[every] == found[0].limit
    assert found[0].now > found[0].usual


@tried
@given(seeds, everies, st.floats(0.2, 6.0), st.integers(1, 2 * A_LONG_SERIES))
def test_an_alert_never_changes_when_later_periods_are_added(seed: int, every: Every, level: float, n: int):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(level * rng.gamma(0.5, 2.0, (n + 60, 1)), (n + 60, len(CHANNELS))).astype(float)
    known = rng.random(n + 60) > 0.1
    late = rng.permutation(counts[n:]) * 5
    as_of_then = alerts(told(counts[:n], every, known[:n]))
    for later in (counts[n:], late):
        since = alerts(told(np.vstack([counts[:n], later]), every, known))
        assert [one for one in since if one.place < n] == as_of_then


@tried
@given(seeds, everies)
def test_no_alert_comes_before_enough_periods_are_known(seed: int, every: Every):
    rng = np.random.default_rng(seed)
    known = rng.random(40) > 0.4
    counts = rng.integers(0, 60, (40, len(CHANNELS))).astype(float)
    for one in alerts(told(counts, every, known), limit=0.5):
        assert known[one.place]
        assert known[: one.place].sum() >= LEAST_BEFORE[every]


@tried
@given(seeds, everies)
def test_a_higher_limit_raises_no_alert_earlier(seed: int, every: Every):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.5, 4.0, (150, 1)), (150, len(CHANNELS))).astype(float)
    for side in SIDES:
        firsts = [
            next((one.place for one in alerts(told(counts, every), limit=limit) if one.side == side), 150)
            for limit in (1.0, 2.0, 3.0)
        ]
        assert firsts == sorted(firsts)
