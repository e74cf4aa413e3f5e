"""How predictable an actor's conflict is: laws of the measure, and what a desk tells of its store."""

from __future__ import annotations

import random
from dataclasses import asdict, replace
from datetime import date, timedelta
from math import isfinite
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import law, make_desk, rasad
from rasad.errors import MeasureError
from rasad.flow.predictability import actor_predictability, told
from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS, Acts, columns
from rasad.relations.predictability import (
    LEAST_COMPARED,
    LEAST_CONFLICT,
    LEAST_EVENTS,
    Predictability,
    actor_panel,
    actor_series,
    among_like,
    number_of,
    predictability,
    variety,
)
from rasad.relations.series import Every, Series, periods, series
from rasad.settings import Desk

START = np.datetime64("2005-01-01", "D")
MONTHS = 132
CONFLICT, TALK = CHANNELS.index("VF"), CHANNELS.index("VC")


def made(
    conflict: np.ndarray, talk: np.ndarray | int = 5, *, every: Every = "month", actor: str = "IRN"
) -> Series:
    """A series of an actor with so many acts of conflict and of talk by period."""
    n = len(conflict)
    last = START + np.timedelta64(32 * n, "D")
    starts = periods(START, last, every)[:n]
    counts = np.zeros((n, len(CHANNELS)))
    counts[:, CONFLICT], counts[:, TALK] = conflict, talk
    empty = actor_series(nothing(), actor, every, first=starts[0].item(), last=starts[-1].item())
    return replace(empty, counts=counts)


def nothing() -> Acts:
    return columns(sources=[], targets=[], days=np.array([], dtype="datetime64[D]"), has_day=np.array([], dtype=bool),
                   channels=[], goldstein=[], plover=[], sites=[], flags=[])  # fmt: skip


def deeds(by_actor: dict[str, np.ndarray], *, talk: int = 3) -> Acts:
    """Acts of conflict and talk by month of several actors, toward several others."""
    rows = [
        (actor, f"T{n % 4}", START.astype("datetime64[M]") + month, "VF" if n < count else "VC")
        for actor, counts in by_actor.items()
        for month, count in enumerate(counts.tolist())
        for n in range(int(count) + talk)
    ]
    sources, targets, days, channels = zip(*rows, strict=True)
    n = len(rows)
    return columns(sources=sources, targets=targets, days=np.array(days).astype("datetime64[D]"),
                   has_day=np.ones(n, dtype=bool), channels=channels, goldstein=[None] * n, plover=[None] * n,
                   sites=[""] * n, flags=[0] * n)  # fmt: skip


def bursts(rng: np.random.Generator, level: float, n: int = MONTHS) -> np.ndarray:
    """Counts whose level is now low and now high."""
    return rng.poisson(level * np.where(rng.random(n) < 0.2, 4.0, 0.25))


def is_told_whole(found: Predictability) -> bool:
    """Either all is told and in order, or nothing but what is lacking."""
    values = [found.surprise, found.low, found.high, found.variety]
    if found.has_too_few:
        return found.lacks is not None and found.lacks.has < found.lacks.needs and values == [None] * 4
    return (
        all(value is not None and isfinite(value) for value in values)
        and 0 <= found.low <= found.surprise <= found.high
        and 0 <= found.variety <= 1
    )


# ---- the measure ------------------------------------------------------------


@pytest.mark.parametrize("level", [2, 5, 20, 200, 5000])
def test_acts_at_a_steady_rate_surprise_by_nearly_nothing_whatever_the_rate(level: int):
    rng = np.random.default_rng(level)
    found = [predictability(made(rng.poisson(level, MONTHS))) for _ in range(20)]
    squares = [one.surprise**2 for one in found]
    assert np.mean(squares) < 0.1 / level
    assert np.mean([one.low == 0 for one in found]) >= 0.8


@law
@given(st.integers(0, 10**6), st.sampled_from([3, 10, 40]))
def test_an_actor_of_bursts_surprises_more_than_a_steady_one_of_like_volume(seed: int, level: int):
    rng = np.random.default_rng(seed)
    bursty = bursts(rng, level)
    steady = rng.poisson(max(bursty.mean(), 1.0), MONTHS)
    one, other = predictability(made(bursty)), predictability(made(steady))
    assert one.surprise > other.surprise


def test_a_level_that_is_known_to_wander_is_found_in_its_size():
    """The level is drawn anew each month, with a standard deviation of half its mean."""
    rng = np.random.default_rng(1)
    drawn = [rng.poisson(rng.gamma(4, 10 / 4, MONTHS)) for _ in range(100)]
    found = [predictability(made(counts)) for counts in drawn]
    half = 0.5 * (1 + (1 - 0.5 ** (1 / 6)) / (1 + 0.5 ** (1 / 6))) ** 0.5  # the forecast wanders as well
    assert np.sqrt(np.mean([one.surprise**2 for one in found])) == pytest.approx(half, rel=0.1)


def test_a_source_that_reports_half_of_all_acts_tells_the_same_surprise():
    rng = np.random.default_rng(2)
    whole = [bursts(rng, 20) for _ in range(40)]
    halves = [rng.binomial(counts, 0.5) for counts in whole]
    one, other = (
        np.mean([predictability(made(counts)).surprise for counts in side]) for side in (whole, halves)
    )
    assert other == pytest.approx(one, rel=0.05)


@law
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_quiet_years_before_the_first_act_change_nothing_but_the_first_months(seed: int, quiet: int):
    counts = np.random.default_rng(seed).poisson(8, MONTHS)
    counts[:12] = 8
    later = np.concatenate([np.zeros(quiet, dtype=int), counts])
    one, other = predictability(made(counts)), predictability(made(later, 3))
    assert other.surprise == pytest.approx(one.surprise, abs=0.35)
    assert other.n_conflict == one.n_conflict


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 5), st.sampled_from([0, 0, 0, 100, 10**6])), min_size=1, max_size=90),
    st.integers(0, 40),
    st.sampled_from(["week", "month"]),
    st.randoms(use_true_random=False),
)
def test_whatever_the_counts_all_is_told_or_only_what_is_lacking(
    counts: list[int], talk: int, every: Every, chance: random.Random
):
    whole = made(np.array(counts), talk, every=every)
    holey = replace(whole, known=np.array([chance.random() < 0.8 for _ in counts]))
    assert is_told_whole(predictability(whole))
    assert is_told_whole(predictability(holey))


@pytest.mark.parametrize("place", [0, 5, 6, 60, 130, 131])
def test_a_single_burst_is_told_or_called_too_little_wherever_it_is(place: int):
    counts = np.zeros(MONTHS)
    counts[place] = 500
    assert is_told_whole(predictability(made(counts)))


def test_a_record_of_nothing_but_one_month_is_too_short():
    found = predictability(made(np.array([5000])))
    assert (found.lacks.what, found.lacks.has) == ("quarters with conflict behind them", 0)


# ---- the floors -------------------------------------------------------------


def test_below_300_events_nothing_is_told_but_how_many_there_are():
    found = predictability(made(np.full(MONTHS, 1), 1))
    assert found == Predictability("month", 264, 132, found.lacks)
    assert asdict(found.lacks) == {"what": "events", "has": 264, "needs": LEAST_EVENTS}


def test_many_events_with_few_acts_of_conflict_tell_nothing_of_conflict():
    few = np.zeros(MONTHS)
    few[::2] = 1
    found = predictability(made(few, 30))
    assert (found.lacks.what, found.lacks.has, found.lacks.needs) == ("acts of conflict", 66, LEAST_CONFLICT)


# ---- gaps -------------------------------------------------------------------


@law
@given(st.integers(0, 10**6), st.integers(0, MONTHS - 12))
def test_what_stands_in_a_gap_is_not_counted(seed: int, begin: int):
    counts = np.random.default_rng(seed).poisson(8, MONTHS)
    known = np.ones(MONTHS, dtype=bool)
    known[begin : begin + 12] = False
    spoiled = np.where(known, counts, 9999)
    one, other = (predictability(replace(made(c), known=known)) for c in (counts, spoiled))
    assert one == other


def test_a_gap_is_not_taken_for_quiet():
    rng = np.random.default_rng(3)
    counts = rng.poisson(30, MONTHS)
    known = np.ones(MONTHS, dtype=bool)
    known[60:72] = False
    silent = made(np.where(known, counts, 0))
    assert predictability(silent).low > 0
    assert predictability(replace(silent, known=known)).surprise < 0.15


# ---- variety ----------------------------------------------------------------


@law
@given(st.lists(st.integers(0, 1000), min_size=6, max_size=6))
def test_variety_lies_between_one_channel_and_all_alike(counts: list[int]):
    found = variety(np.array(counts, dtype=float))
    assert 0 <= found <= 1 + 1e-9
    assert (found == 0) == (np.count_nonzero(counts) < 2)


def test_all_channels_alike_have_all_variety():
    assert variety(np.full(6, 7.0)) == pytest.approx(1)


# ---- actors among actors ----------------------------------------------------


def test_an_actor_is_counted_by_its_own_acts_toward_all_others():
    acts = deeds({"IRN": np.full(30, 4), "T0": np.full(30, 2)})
    mine = actor_series(acts, "IRN")
    assert mine.total == 30 * 7
    toward = ("T0", "T1", "T2", "T3")
    assert mine.total == sum(
        series(acts, Dyad.of("IRN", other), "month", source="IRN").total for other in toward
    )


def test_the_panel_of_actors_holds_what_their_series_hold():
    rng = np.random.default_rng(5)
    acts = deeds({f"A{n}": bursts(rng, 6) for n in range(4)})
    everyone = actor_panel(acts)
    for n in range(4):
        number = number_of(everyone, f"A{n}")
        mine = actor_series(acts, f"A{n}", first=date(2005, 1, 1), last=date(2015, 12, 31))
        assert (everyone.dense(number)[0] == mine.counts).all()
    assert number_of(everyone, "T0") is None
    assert number_of(everyone, "NOBODY") is None


def test_an_actor_of_bursts_ranks_above_steady_actors_of_like_volume():
    rng = np.random.default_rng(6)
    steady = {f"A{n}": rng.poisson(5, MONTHS) for n in range(LEAST_COMPARED + 1)}
    acts = deeds(
        {"BURST": bursts(rng, 5), "HUGE": rng.poisson(50, MONTHS), "TINY": rng.poisson(1, MONTHS), **steady}
    )
    everyone = actor_panel(acts)
    rank = among_like(everyone, number_of(everyone, "BURST"))
    assert (rank.n, rank.lower, rank.percentile) == (LEAST_COMPARED + 1, LEAST_COMPARED + 1, 100)


def test_fewer_than_ten_actors_of_like_volume_are_no_comparison():
    rng = np.random.default_rng(7)
    everyone = actor_panel(deeds({f"A{n}": rng.poisson(5, MONTHS) for n in range(LEAST_COMPARED)}))
    rank = among_like(everyone, number_of(everyone, "A0"))
    assert (rank.n, rank.lower, rank.percentile) == (LEAST_COMPARED - 1, None, None)


def test_an_actor_below_the_floors_is_compared_with_nobody():
    everyone = actor_panel(deeds({"A0": np.full(MONTHS, 1), "A1": np.full(MONTHS, 1)}, talk=0))
    assert among_like(everyone, number_of(everyone, "A0")).n == 0


# ---- a desk -----------------------------------------------------------------

ACTORS = ("RUS", "IRN", "TUR", "PAK", "IND", "CHN", "USA", "DEU", "FRA", "GBR", "ISR", "SYR", "UKR")
MAPPED = """
[formats.watch]
actors = "cameo"
date_format = "%Y-%m-%d"
licence = "ours"
redistributable = false

[formats.watch.columns]
id = "id"
date = "day"
source = "source"
target = "target"
cameo = "code"
"""


def watched_desk(folder: Path, years: int = 3) -> Desk:
    """A desk with acts of thirteen actors: Iran's in bursts, the others' steady; Chad did little, Norway talks daily."""
    desk = make_desk(folder / "desk", settings=MAPPED)
    rng = np.random.default_rng(8)
    lines, number = ["id,day,source,target,code"], 0
    for actor in ACTORS:
        level = 6
        counts = bursts(rng, level, 12 * years) if actor == "IRN" else rng.poisson(level, 12 * years)
        for month, count in enumerate(np.minimum(counts, 20).tolist()):
            for n in range(count + 8):
                number += 1
                code, day = (
                    ("112" if n < count else "040"),
                    f"{2010 + month // 12}-{month % 12 + 1:02}-{n + 1:02}",
                )
                lines.append(f"{number},{day},{actor},AFG,{code}")
    lines += [f"{number + 1},2010-01-01,TCD,AFG,112", f"{number + 2},{2009 + years}-12-31,TCD,AFG,112"]
    first = date(2010, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(2010 + years, 1, 1) - first).days)]
    lines += [f"D{n},{day},NOR,SWE,040" for n, day in enumerate(days)]
    file = folder / "watch.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    said = rasad("load", file, "--desk", desk)
    assert said.code == 0, said.err
    return Desk(desk)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return watched_desk(tmp_path_factory.mktemp("predictability"))


def test_a_desk_tells_how_an_actor_surprises_among_those_of_like_volume(desk: Desk):
    result = actor_predictability(desk, "IRN", "watch")
    first, second = told(result)[:2]
    assert first.startswith(f"conflict of IRN in watch: {result.found.n:,} acts, ")
    assert f"higher than 12 of {result.rank.n} actors of like volume; variety 0." in first
    assert "by month, 2010-01-01 to 2012-12-31" in second
    assert "nan" not in " ".join(told(result)).lower()


def test_a_desk_says_that_there_are_too_few_events_and_how_many_it_needs(desk: Desk):
    result = actor_predictability(desk, "TCD", "watch")
    assert told(result) == ["conflict of TCD in watch: too few events: 2, needs 300"]
    assert told(actor_predictability(desk, "BRA", "watch")) == [
        "conflict of BRA in watch: too few events: 0, needs 300"
    ]


def test_months_of_which_a_dataset_lacks_days_are_told_and_not_counted(tmp_path: Path):
    desk = make_desk(tmp_path / "desk", settings=MAPPED)
    rows = [f"{n},{date(2010, 1, 1) + timedelta(days=n)},IRN,AFG,112" for n in range(200) if not 60 <= n < 70]
    file = tmp_path / "watch.csv"
    file.write_text("\n".join(["id,day,source,target,code", *rows]) + "\n", "utf-8")
    assert rasad("load", file, "--desk", desk).code == 0
    lines = told(actor_predictability(Desk(desk), "IRN", "watch"))
    assert lines == ["conflict of IRN in watch: too few events: 150, needs 300", "  not known: 2 months"]


def test_a_dataset_that_is_not_loaded_is_told_with_those_that_are(desk: Desk):
    with pytest.raises(MeasureError) as error:
        actor_predictability(desk, "IRN", "watsh")
    assert "watch" in error.value.line()
