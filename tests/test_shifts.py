"""Shifts: dates by contrast, directions by tone, alerts without a look ahead, and what is never told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from desks import event, law
from rasad.model.dyad import Dyad
from rasad.relations.acts import CHANNELS, Bools, Floats, acts_of
from rasad.relations.series import A_YEAR, EVERY, Every, Series, periods, series
from rasad.shifts.contrast import (
    A_LONG_SERIES,
    FALLS,
    NOISE_FLOOR,
    Windows,
    contrast,
    peaks,
    standardised,
    windows,
)
from rasad.shifts.direction import direction
from rasad.shifts.explaining import DOWN, UP, dated_changes, made_of
from rasad.shifts.history import A_YEAR_AT_MOST, DATED, FLOOR, History, Shift, shifts
from rasad.shifts.online import LEAST_BEFORE, Alert, alerts

DYAD = Dyad.parse("RUS-AFG")
ST, VC, MC, VF, MN, MV = range(len(CHANNELS))
POINTS = np.array([0.0, 3.0, 6.0, -3.0, -5.0, -9.0])
"""Points of the scale that an act of each channel is given here."""
START = np.datetime64("2012-01-02", "D")
tried = settings(law, max_examples=25)

seeds = st.integers(0, 10**6)
everies = st.sampled_from(EVERY)


def of_counts(counts: Floats, every: Every = "month", known: Bools | None = None) -> Series:
    """A series of counts by channel, shape (n, 6), whose tone is that of its channels."""
    n = len(counts)
    starts = periods(START, START + np.timedelta64(32 * n, "D"), every)[:n]
    empty = series(acts_of([]), DYAD, every, first=starts[0].item(), last=starts[-1].item())
    assert len(empty) == n
    whole = np.ones(n, dtype=bool) if known is None else known
    return replace(
        empty,
        counts=counts.astype(float),
        goldstein=counts @ POINTS,
        n_goldstein=counts.sum(axis=1),
        known=whole,
    )


def noise(rng: np.random.Generator, n: int, level: float = 3.0) -> Floats:
    return rng.poisson(level, (n, len(CHANNELS))).astype(float)


def stepped(
    rng: np.random.Generator, n: int, at: int, channel: int, *, level: float = 1.0, lasts: int = 6
) -> Floats:
    """Noise in which one channel rises thirtyfold for some periods, from about one act in each."""
    counts = noise(rng, n, level)
    counts[:, channel] = rng.poisson(1.0, n)
    counts[at : at + lasts, channel] = rng.poisson(30.0, len(counts[at : at + lasts]))
    return counts


def top(found: History) -> Shift:
    return max(found.shifts, key=lambda one: one.score)


def by_place(found: History) -> list[tuple[int, str]]:
    return [(one.place, one.way) for one in found.shifts]


# ---- the contrast -----------------------------------------------------------


def by_definition(counts: Floats, span: Windows, known: Bools, falls: float) -> Floats:
    """The contrast written out as its page does, period by period and channel by channel."""
    n = len(counts)
    root = np.sqrt(counts)
    scaled = root / np.maximum(root.std(axis=0), NOISE_FLOOR)
    told = []
    for width in span.before:
        scores = np.zeros(n)
        for at in range(n):
            after = [k for k in range(at, min(n, at + span.after)) if known[k]]
            before = [k for k in range(max(0, at - width), at) if known[k]]
            if not after or not before:
                continue
            step = scaled[after].mean(axis=0) - scaled[before].mean(axis=0)
            weight = np.where(step > 0, 1.0, falls)
            size = len(after) * len(before) / (len(after) + len(before))
            scores[at] = np.sqrt((weight * step**2).sum() * size)
        told.append(scores / scores.std() if scores.std() > 0 else scores)
    return np.mean(told, axis=0)


@tried
@given(seeds, everies, st.integers(2, 130), st.sampled_from([FALLS, 0.0, 1.0]))
def test_the_contrast_is_that_of_its_definition(seed: int, every: Every, n: int, falls: float):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.5, 4, (n, 5))).astype(float)
    span = windows(every, n)
    found = contrast(counts, span, falls=falls)
    np.testing.assert_allclose(found, by_definition(counts, span, np.ones(n, dtype=bool), falls), atol=1e-6)


@tried
@given(seeds, everies, st.integers(30, 130))
def test_a_gap_is_in_no_window_and_what_stands_in_it_moves_no_score(seed: int, every: Every, n: int):
    rng = np.random.default_rng(seed)
    counts, known = rng.poisson(4, (n, 5)).astype(float), rng.random(n) < 0.8
    span = windows(every, n)
    spoiled = np.where(known[:, None], counts, 0.0)
    one, other = (contrast(values, span, known) for values in (counts, spoiled))
    assert np.isfinite(one).all()
    assert (one >= 0).all()
    np.testing.assert_allclose(one[known], other[known], atol=1e-9)


@tried
@given(
    arrays(np.float64, st.tuples(st.integers(1, 60), st.just(5)), elements=st.integers(0, 10**6).map(float)),
    everies,
)
def test_whatever_the_counts_a_score_is_a_number(counts: Floats, every: Every):
    found = contrast(counts, windows(every, len(counts)))
    assert found.shape == (len(counts),)
    assert np.isfinite(found).all()
    assert (found >= 0).all()


def test_a_negative_count_is_refused_and_named():
    counts = np.ones((10, 2))
    counts[7, 1] = -3
    with pytest.raises(ValueError, match="-3"):
        standardised(counts)


@tried
@given(st.integers(1, 400), everies)
def test_windows_stand_at_least_a_month_apart_and_baselines_are_years(n: int, every: Every):
    span = windows(every, n)
    assert span.before == (A_YEAR[every], 3 * A_YEAR[every])
    assert span.after in ((2,) if every == "month" or n < A_LONG_SERIES else (3,))
    assert span.apart >= 2


@tried
@given(
    arrays(np.float64, st.integers(1, 80), elements=st.integers(0, 30).map(float)),
    st.integers(1, 6),
    st.integers(1, 12),
)
def test_peaks_stand_apart_and_no_higher_place_was_passed_over(scores: Floats, apart: int, most: int):
    found = peaks(scores, apart, most)
    assert len(found) <= most
    assert [scores[at] for at in found] == sorted((scores[at] for at in found), reverse=True)
    assert all(abs(one - other) >= apart for n, one in enumerate(found) for other in found[:n])
    every = peaks(scores, apart)
    assert every[: len(found)] == found
    for at in np.flatnonzero(scores > 0):
        assert any(abs(at - one) < apart and scores[one] >= scores[at] for one in every)


# ---- dates ------------------------------------------------------------------


FOR_GOOD = 1000
MADE = [(every, channel, way) for every in EVERY
        for channel, way in ((VC, "up"), (MC, "up"), (VF, "down"), (MN, "down"), (MV, "down"))]  # fmt: skip


def dated(every: Every, channel: int, *, level: float, lasts: int) -> list[tuple[int, str]]:
    """Of twenty made changes, how far the nearest shift lies from each, and which way it is told."""
    told = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        at = int(rng.integers(30, 110))
        found = shifts(of_counts(stepped(rng, 140, at, channel, level=level, lasts=lasts), every))
        told.append(min((abs(one.place - at), one.way) for one in found.shifts))
    return told


@pytest.mark.parametrize("level", [0, 1, 4])
@pytest.mark.parametrize(("every", "channel", "way"), MADE)
def test_a_rise_of_some_periods_is_dated_at_its_period_and_named_rightly(
    every: Every, channel: int, way: str, level: float
):
    assert all(off <= 2 and named == way for off, named in dated(every, channel, level=level, lasts=5))


@pytest.mark.parametrize(("every", "channel", "way"), MADE)
def test_a_rise_for_good_is_dated_at_its_period_where_nothing_else_happens(
    every: Every, channel: int, way: str
):
    told = dated(every, channel, level=0, lasts=FOR_GOOD)
    assert sum(off <= 2 and named == way for off, named in told) >= 19


@pytest.mark.parametrize(("every", "channel", "way"), MADE)
def test_a_rise_for_good_amid_noise_is_dated_within_the_quarter(every: Every, channel: int, way: str):
    told = dated(every, channel, level=3, lasts=FOR_GOOD)
    assert sum(off <= A_YEAR[every] // 4 and named == way for off, named in told) >= 18


@tried
@given(seeds, everies, st.sampled_from([2, 5, 40]))
def test_the_same_series_in_multiples_is_dated_alike(seed: int, every: Every, times: int):
    """A source that reports twice as much tells the same dates."""
    counts = noise(np.random.default_rng(seed), 120, 4)
    one, other = (shifts(of_counts(c, every)) for c in (counts, counts * times))
    assert [s.place for s in one.shifts] == [s.place for s in other.shifts]
    assert [s.score for s in one.shifts] == pytest.approx([s.score for s in other.shifts])


@tried
@given(seeds, everies, st.integers(10, 150), st.sampled_from([MC, MV]))
def test_quiet_years_before_the_data_move_the_greatest_shift_by_a_period_at_most(
    seed: int, every: Every, quiet: int, channel: int
):
    counts = stepped(np.random.default_rng(seed), 120, 70, channel, level=0, lasts=3)
    later = np.vstack([np.zeros((quiet, len(CHANNELS))), counts])
    one, other = top(shifts(of_counts(counts, every))), top(shifts(of_counts(later, every)))
    assert abs(other.place - quiet - one.place) <= 1
    assert one.way == other.way


@tried
@given(seeds, everies, st.integers(40, 200))
def test_shifts_are_told_in_order_of_time_few_a_year_and_apart(seed: int, every: Every, n: int):
    told = of_counts(noise(np.random.default_rng(seed), n), every)
    found = shifts(told)
    places = [one.place for one in found.shifts]
    assert places == sorted(set(places))
    assert all(other - one >= windows(every, n).apart for one, other in pairwise(places))
    assert 0 < len(places) <= max(1, round(A_YEAR_AT_MOST[every] * n / A_YEAR[every]))
    for one in found.shifts:
        assert one.start == told.start(one.place)
        assert one.start <= one.end <= told.end(n - 1)
        assert one.way == ("up" if one.strength > 0 else "down") or one.strength == 0
        assert one.score >= 0
        assert one.rarity is None or 0 <= one.rarity <= 1
        assert 0 <= one.mix <= 1
        assert one.durability is None or 0 <= one.durability <= 1


@tried
@given(seeds, st.integers(1, 8))
def test_more_shifts_are_told_when_they_are_asked_for_and_keep_those_told_before(seed: int, most: int):
    told = of_counts(noise(np.random.default_rng(seed), 150))
    few, many = shifts(told, most), shifts(told, most + 3)
    assert len(few.shifts) <= most
    assert set(by_place(few)) <= set(by_place(many))


@tried
@given(seeds, everies)
def test_statements_date_no_shift(seed: int, every: Every):
    rng = np.random.default_rng(seed)
    counts = noise(rng, 120, 4)
    talked = counts.copy()
    talked[:, ST] = rng.poisson(50, 120) * (rng.random(120) < 0.3)
    one, other = (shifts(of_counts(c, every)) for c in (counts, talked))
    assert ST not in DATED
    assert [(s.place, s.score) for s in one.shifts] == [(s.place, s.score) for s in other.shifts]


@tried
@given(seeds, everies)
def test_statements_name_no_direction(seed: int, every: Every):
    """Talk of no tone shrinks the tone of a side, and must not turn it."""
    rng = np.random.default_rng(seed)
    counts = stepped(rng, 120, 70, MV)
    talked = counts.copy()
    talked[70:80, ST] += 30
    assert (top(shifts(of_counts(talked, every))).place, top(shifts(of_counts(talked, every))).way) == (
        top(shifts(of_counts(counts, every))).place,
        "down",
    )


# ---- what is not told -------------------------------------------------------


@pytest.mark.parametrize("n_acts", [0, 1, FLOOR - 1])
def test_below_the_floor_nothing_is_told_but_the_number_of_acts(n_acts: int):
    counts = np.zeros((60, len(CHANNELS)))
    counts[40, MV] = n_acts
    found = shifts(of_counts(counts))
    assert (found.n, found.floor, found.shifts, found.has_too_few) == (n_acts, FLOOR, (), True)


def test_at_the_floor_shifts_are_told():
    counts = np.zeros((60, len(CHANNELS)))
    counts[40, MV] = FLOOR
    found = shifts(of_counts(counts))
    assert (found.n, found.has_too_few) == (FLOOR, False)
    assert top(found).place in (39, 40)
    assert shifts(of_counts(counts), floor=FLOOR + 1).has_too_few


@pytest.mark.parametrize("every", EVERY)
def test_a_series_in_which_nothing_changes_scores_nothing(every: Every):
    told = of_counts(np.full((150, len(CHANNELS)), 5.0), every)
    assert contrast(told.counts[:, DATED], windows(every, 150)) == pytest.approx(0, abs=1e-6)
    assert not [one for one in shifts(told).shifts if one.score > 1e-6]


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("level", [2, 40])
@pytest.mark.parametrize("length", [1, 30])
def test_a_gap_in_a_steady_series_raises_no_shift_and_no_alert(every: Every, level: int, length: int):
    known = np.ones(150, dtype=bool)
    known[70 : 70 + length] = False
    counts = np.where(known[:, None], float(level), 0.0) * np.ones(len(CHANNELS))
    told = of_counts(counts, every, known)
    assert not [one for one in shifts(told, floor=0).shifts if one.score > 1e-6]
    assert alerts(told) == []


@tried
@given(seeds, everies, st.integers(40, 90), st.integers(1, 30))
def test_the_edges_of_a_gap_score_no_more_than_other_periods(
    seed: int, every: Every, begin: int, length: int
):
    """Noise that is the same on both sides of a gap does not jump at it more than elsewhere."""
    counts, known = noise(np.random.default_rng(seed), 150, 4), np.ones(150, dtype=bool)
    known[begin : begin + length] = False
    span = windows(every, 150)
    score = contrast(np.where(known[:, None], counts, 0.0)[:, DATED], span, known)
    edges = [*range(begin - span.after, begin), *range(begin + length, begin + length + span.after)]
    inner = [
        at for at in np.flatnonzero(known) if span.before[0] <= at < 150 - span.after and at not in edges
    ]
    assert score[edges].max() <= 1.6 * score[inner].max()


@tried
@given(seeds, everies, st.integers(20, 100), st.integers(1, 30))
def test_no_shift_is_dated_within_a_gap_or_told_of_what_stands_in_it(
    seed: int, every: Every, begin: int, length: int
):
    counts, known = noise(np.random.default_rng(seed), 150), np.ones(150, dtype=bool)
    known[begin : begin + length] = False
    silent = np.where(known[:, None], counts, 0.0)
    loud = np.where(known[:, None], counts, 500.0)
    one, other = (shifts(of_counts(c, every, known)) for c in (silent, loud))
    assert by_place(one) == by_place(other)
    assert [s.score for s in one.shifts] == pytest.approx([s.score for s in other.shifts])
    assert all(known[s.place] for s in one.shifts)


def test_a_series_that_is_all_gap_or_one_period_tells_nothing_and_does_not_break():
    counts = np.full((30, len(CHANNELS)), 50.0)
    for told in (of_counts(counts, known=np.zeros(30, dtype=bool)), of_counts(counts[:1])):
        assert not [one for one in shifts(told, floor=0).shifts if one.score > 0]
        assert alerts(told) == []


# ---- the other answers ------------------------------------------------------


def at_step(n_after: int, every: Every = "month", *, lasts: int | None = None) -> Shift:
    """The greatest shift of a series with a step to force, so many periods before its end."""
    counts = np.full((60 + n_after, len(CHANNELS)), 2.0)
    counts[60 : 60 + (n_after if lasts is None else lasts), MV] = 60
    return top(shifts(of_counts(counts, every)))


@pytest.mark.parametrize("every", EVERY)
def test_durability_is_not_told_while_less_than_half_a_year_is_over(every: Every):
    half = A_YEAR[every] // 2
    assert at_step(half - 2, every).durability is None
    assert at_step(half + windows(every, 60 + half).tone + 2, every).durability is not None


def test_what_lasts_is_durable_and_a_burst_is_not():
    assert at_step(24).durability == pytest.approx(1)
    burst = at_step(24, lasts=2).durability
    assert burst is not None
    assert burst < 0.4


def test_a_burst_like_none_before_is_rare_and_one_of_many_is_not():
    counts = np.full((140, len(CHANNELS)), 2.0)
    counts[100:102, MV] = 60
    alone = top(shifts(of_counts(counts)))
    assert (alone.rarity, alone.is_rare) == (0, True)
    counts[[n for n in range(4, 100) if n % 12 < 2], MV] = 60
    told = [one for one in shifts(of_counts(counts), 12).shifts if one.place >= 40]
    assert told
    assert not any(one.is_rare for one in told)


def test_rarity_is_not_told_of_a_shift_with_few_periods_before_it():
    counts = np.full((40, len(CHANNELS)), 3.0)
    counts[8:, MV] = 60
    found = top(shifts(of_counts(counts)))
    assert (found.place, found.rarity) == (8, None)


def test_the_mix_is_a_surprise_when_it_turns_and_none_when_all_acts_double():
    counts = np.full((80, len(CHANNELS)), 10.0)
    turned, doubled = counts.copy(), counts.copy()
    turned[50:, MC], turned[50:, MV] = 0, 20
    doubled[50:] *= 4
    one, other = top(shifts(of_counts(turned))), top(shifts(of_counts(doubled)))
    assert one.mix < 0.001
    assert other.mix > 0.9
    assert other.volume_score > one.volume_score


def test_a_shift_tells_its_acts_a_period_before_and_after():
    found = at_step(24)
    assert found.before == pytest.approx((2,) * 6)
    assert found.after == pytest.approx((2, 2, 2, 2, 2, 60))
    assert found.tone_after < found.tone_before


@tried
@given(seeds)
def test_a_series_with_its_sides_exchanged_turns_the_other_way(seed: int):
    rng = np.random.default_rng(seed)
    n = 60
    cooperation, conflict = rng.poisson(6, n).astype(float), rng.poisson(6, n).astype(float)
    span, known = windows("month", n), np.ones(n, dtype=bool)
    total = cooperation + conflict
    one = direction(
        30,
        span,
        n=total,
        goldstein=5 * (cooperation - conflict),
        cooperation=cooperation,
        conflict=conflict,
        known=known,
    )
    other = direction(
        30,
        span,
        n=total,
        goldstein=5 * (conflict - cooperation),
        cooperation=conflict,
        conflict=cooperation,
        known=known,
    )
    assert one.strength == pytest.approx(-other.strength)
    assert one.way != other.way or one.strength == 0


# ---- alerts -----------------------------------------------------------------


def cut(told: Series, n: int) -> Series:
    """The first periods of a series."""
    arrays_of = {name: value[:n] for name, value in vars(told).items() if isinstance(value, np.ndarray)}
    return replace(told, **arrays_of)


def bursty(rng: np.random.Generator, n: int) -> Floats:
    counts = noise(rng, n, 2)
    for at in rng.integers(0, n, 4):
        counts[at : at + 2, rng.integers(1, len(CHANNELS))] += 25
    return counts


@tried
@given(seeds, everies, st.integers(1, 100))
def test_an_alert_knows_nothing_of_what_comes_after(seed: int, every: Every, n: int):
    rng = np.random.default_rng(seed)
    told = of_counts(bursty(rng, 100), every, rng.random(100) < 0.95)
    assert alerts(cut(told, n)) == [one for one in alerts(told) if one.place < n]


@pytest.mark.parametrize("every", EVERY)
def test_a_burst_is_an_alert_on_its_side_and_acts_that_cease_are_none(every: Every):
    counts = np.full((100, len(CHANNELS)), 4.0)
    counts[60:63, MV] = 60
    found = alerts(of_counts(counts, every))
    assert found
    assert (found[0].place, found[0].side, found[0].way) == (60, "conflict", "down")
    assert found[0].level > found[0].limit
    assert found[0].now > found[0].usual
    ceased = np.full((100, len(CHANNELS)), 40.0)
    ceased[60:] = 0
    assert alerts(of_counts(ceased, every)) == []


@pytest.mark.parametrize("every", EVERY)
def test_no_alert_is_raised_before_enough_is_known(every: Every):
    counts = np.full((40, len(CHANNELS)), 1.0)
    least = LEAST_BEFORE[every]
    counts[least - 1, MV] = 500
    assert not [one for one in alerts(of_counts(counts, every)) if one.place < least]


def only(found: Sequence[Alert], name: str) -> list[Any]:
    return [getattr(one, name) for one in found]


@tried
@given(seeds, everies)
def test_statements_raise_no_alert(seed: int, every: Every):
    rng = np.random.default_rng(seed)
    counts = bursty(rng, 90)
    talked = counts.copy()
    talked[:, ST] = rng.poisson(80, 90)
    one, other = (alerts(of_counts(c, every)) for c in (counts, talked))
    assert (only(one, "place"), only(one, "side"), only(one, "level")) == (
        only(other, "place"),
        only(other, "side"),
        only(other, "level"),
    )


# ---- what makes it up -------------------------------------------------------


def test_a_shift_names_the_acts_of_its_side_that_weigh_most_one_of_a_code_a_day():
    day = START.item()
    found = [
        event(
            f"C{n}",
            cameo=code,
            occurred_on=day + timedelta(days=on),
            rung=rung,
            source_url=f"https://{n}.example/",
        )
        for n, (code, on, rung) in enumerate(
            [
                ("190", 1, "N4"),
                ("190", 1, "N4"),
                ("112", 2, "N1"),
                ("057", 2, "P2"),
                ("010", 3, ""),
                ("190", 40, "N4"),
            ]
        )
    ]
    told = made_of(found, day, day + timedelta(days=30), "down")
    assert (told.n, told.sites) == (5, 5)
    assert {e.channel for e in told.events} <= set(DOWN)
    assert [e.cameo for e in told.events].count("190") == 1
    assert {e.channel for e in made_of(found, day, day + timedelta(days=30), "up").events} <= set(UP)


def test_below_the_floor_first_steps_and_first_grave_setbacks_date_the_changes():
    day = START.item()
    rungs = ["P1", "P1", "E2", "N1", "N4", "N4", "N3"]
    found = [event(f"C{n}", rung=rung, occurred_on=day + timedelta(days=n)) for n, rung in enumerate(rungs)]
    told = dated_changes(found)
    assert [(one.event.dataset_event_id, one.kind) for one in told] == [
        ("C0", "first_step"),
        ("C2", "first_step"),
        ("C4", "setback"),
        ("C6", "setback"),
    ]
    assert [one.on for one in told] == sorted(one.on for one in told)
