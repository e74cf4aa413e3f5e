"""Series and panels: laws of counting, gaps, frames of three libraries, and a store counted once more by hand."""

from __future__ import annotations

import calendar
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rasad as package
from desks import event, law, make_desk
from loading import GDELT1, GDELT2, GED, export, load
from rasad.flow.acts import acts_of_store, usual_flags
from rasad.flow.relation_json import line_told, series_told
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.flag import FLAGS, bit, mask
from rasad.relations.acts import CHANNELS, Acts, acts_of
from rasad.relations.frames import acts_of_frame, events_of_frame
from rasad.relations.index import index_at
from rasad.relations.line import LEAST_KNOWN, Line, smooth_line, window_line
from rasad.relations.panel import Panel, index_steps, panel, series_of_panel
from rasad.relations.series import EVERY, KNOWN_FROM, Every, Gap, Series, series
from rasad.settings import Desk

RUS_AFG = Dyad.parse("RUS-AFG")
ACTORS = ("RUS", "AFG", "PAK", "TJK", "USA")
CODES = ("010", "036", "057", "061", "112", "174", "190")
FIRST, LAST = date(2023, 11, 1), date(2025, 6, 30)
tried = settings(law, max_examples=20)

days = st.dates(FIRST, LAST)
everies = st.sampled_from(EVERY)
gaps = st.lists(
    st.tuples(days, st.integers(0, 200)).map(lambda g: (g[0], g[0] + timedelta(days=g[1]))), max_size=3
)


@st.composite
def an_event(draw: st.DrawFn, key: int, actors: Sequence[str], *, dated: bool) -> Event:
    source, target = draw(st.permutations(actors))[:2]
    day, whole = draw(days), draw(st.sampled_from(["day", "day", "day", "month"])) if not dated else "day"
    return event(
        f"C{key}",
        source_actor=source,
        target_actor=target,
        occurred_on=day if whole == "day" else day.replace(day=1),
        date_precision=whole,
        cameo=draw(st.sampled_from(CODES)),
        source_url=draw(
            st.sampled_from(["", "https://a.example/1", "https://b.example/2", "https://b.example/3"])
        ),
        flags=draw(
            st.sampled_from([0, 0, 0, *(bit(name) for name in FLAGS), mask(["repeated", "mirrored"])])
        ),
    )


@st.composite
def events(
    draw: st.DrawFn, actors: Sequence[str] = ACTORS[:2], *, dated: bool = False, least: int = 1
) -> list[Event]:
    return [draw(an_event(n, actors, dated=dated)) for n in range(draw(st.integers(least, 16)))]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def start_of(day: date, every: Every) -> date:
    return monday(day) if every == "week" else day.replace(day=1)


def has_day(one: Event) -> bool:
    return one.date_precision == "day"


def whole(found: Sequence[Event], every: Every, **told: Any) -> Series:  # noqa: ANN401  (what `series` takes)
    """The series of RUS-AFG over all days that an event can have."""
    return series(acts_of(found), RUS_AFG, every, **{"first": FIRST, "last": LAST} | told)


def by_hand(found: Sequence[Event], every: Every) -> dict[date, Counter[str]]:
    """Events by period and channel, counted one by one; those of a month stand in no week."""
    told: dict[date, Counter[str]] = {}
    for one in found:
        if every == "month" or has_day(one):
            told.setdefault(start_of(one.occurred_on, every), Counter())[one.channel] += 1
    return told


def counted(told: Series) -> dict[date, Counter[str]]:
    """The same of a series: its periods with any event."""
    return {
        told.start(at): Counter(
            {name: int(n) for name, n in zip(CHANNELS, told.counts[at], strict=True) if n}
        )
        for at in np.flatnonzero(told.n)
    }


# ---- counting ---------------------------------------------------------------


@tried
@given(events(), everies)
def test_a_series_counts_what_a_hand_counts(found: list[Event], every: Every):
    told = whole(found, every)
    assert counted(told) == by_hand(found, every)
    assert told.total == told.n.sum() == (sum(map(has_day, found)) if every == "week" else len(found))
    assert told.undated == (len(found) - told.total if every == "week" else 0)


@tried
@given(events(dated=True), days, days, everies)
def test_a_span_holds_the_acts_of_its_first_to_its_last_period(
    found: list[Event], one: date, other: date, every: Every
):
    first, last = sorted((one, other))
    told = series(acts_of(found), RUS_AFG, every, first=first, last=last)
    inside = [
        e for e in found if start_of(first, every) <= start_of(e.occurred_on, every) <= start_of(last, every)
    ]
    assert told.total == len(inside)
    assert (told.start(0), told.start(len(told) - 1)) == (start_of(first, every), start_of(last, every))
    assert told.end(len(told) - 1) >= last


@tried
@given(events(dated=True))
def test_weeks_and_months_agree_in_all_they_sum(found: list[Event]):
    weeks, months = (series(acts_of(found), RUS_AFG, every) for every in EVERY)
    for name in ("counts", "other", "goldstein", "n_goldstein", "plover", "n_plover"):
        assert getattr(weeks, name).sum(axis=0) == pytest.approx(getattr(months, name).sum(axis=0)), name
    assert weeks.total == months.total == len(found)


@tried
@given(events(ACTORS), everies)
def test_both_directions_add_up_to_the_dyad(found: list[Event], every: Every):
    both, one, other = (whole(found, every, source=source) for source in ("", "RUS", "AFG"))
    for name in ("counts", "other", "goldstein", "n_goldstein", "plover", "n_plover", "left_out"):
        assert getattr(one, name) + getattr(other, name) == pytest.approx(getattr(both, name)), name
    assert one.undated + other.undated == both.undated
    assert np.all(one.sites <= both.sites)
    assert np.all(both.sites <= one.sites + other.sites)


@tried
@given(events(), everies, st.sets(st.sampled_from(list(FLAGS))))
def test_what_is_counted_and_what_is_left_out_are_all(found: list[Event], every: Every, names: set[str]):
    everything, told = whole(found, every), whole(found, every, left_out=sorted(names))
    assert (told.n + told.left_out).tolist() == everything.n.tolist()
    assert everything.left_out.sum() == 0
    kept = [e for e in found if not e.flags & mask(names)]
    assert counted(told) == by_hand(kept, every)
    assert set(told.flags) <= names
    in_series = [e for e in found if every == "month" or has_day(e)]
    for name, n in told.flags.items():
        assert n == sum(bool(e.flags & bit(name)) for e in in_series), name


@tried
@given(events(), everies)
def test_shares_are_of_the_volume_and_none_where_nothing_happened(found: list[Event], every: Every):
    told = whole(found, every)
    busy = told.n > 0
    assert told.shares[busy].sum(axis=1) + told.other[busy] / told.n[busy] == pytest.approx(1)
    assert np.isnan(told.shares[~busy]).all()
    assert (
        told.cooperation + told.conflict + told.counts[:, CHANNELS.index("ST")] + told.other == told.n
    ).all()


@tried
@given(events(ACTORS), everies, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(found: list[Event], every: Every, chance: Random):
    shuffled = list(found)
    chance.shuffle(shuffled)
    one, other = (series_told(whole(rows, every)) for rows in (found, shuffled))
    assert one == other


@tried
@given(events(ACTORS), everies)
def test_acts_of_others_change_nothing(found: list[Event], every: Every):
    alone = [e for e in found if {e.source_actor, e.target_actor} == {"RUS", "AFG"}]
    assert series_told(whole(alone, every)) == series_told(whole(found, every))


@pytest.mark.parametrize(
    ("day", "week"),
    [("2024-12-29", "2024-12-23"), ("2024-12-30", "2024-12-30"), ("2025-01-01", "2024-12-30"),
     ("2025-01-05", "2024-12-30"), ("2025-01-06", "2025-01-06"), ("2021-01-03", "2020-12-28"),
     ("2024-02-29", "2024-02-26"), ("1969-12-31", "1969-12-29"), ("1970-01-01", "1969-12-29")],
)  # fmt: skip
def test_a_week_begins_on_its_monday_also_at_the_turn_of_a_year(day: str, week: str):
    told = series(acts_of([event(occurred_on=date.fromisoformat(day))]), RUS_AFG)
    assert [str(start) for start in told.starts] == [week]
    assert told.place(date.fromisoformat(day)) == 0
    assert (told.start(0), told.end(0)) == (
        date.fromisoformat(week),
        date.fromisoformat(week) + timedelta(days=6),
    )


@tried
@given(days, days, everies)
def test_every_day_of_a_span_lies_in_one_period_and_days_outside_in_none(
    one: date, other: date, every: Every
):
    first, last = sorted((one, other))
    told = series(acts_of([]), RUS_AFG, every, first=first, last=last)
    for day in (first, last, first + (last - first) / 2):
        at = told.place(day)
        assert at is not None
        assert told.start(at) <= day <= told.end(at)
    assert told.place(told.start(0) - timedelta(days=1)) is None
    assert told.place(told.end(len(told) - 1) + timedelta(days=1)) is None
    assert all(told.end(at) + timedelta(days=1) == told.start(at + 1) for at in range(len(told) - 1))


def test_an_event_known_to_the_month_stands_in_its_month_and_in_no_week():
    found = [
        event("C1", occurred_on=date(2025, 3, 1), date_precision="month"),
        event("C2", occurred_on=date(2025, 3, 20)),
    ]
    weeks, months = (
        series(acts_of(found), RUS_AFG, every, first=date(2025, 3, 1), last=date(2025, 3, 31))
        for every in EVERY
    )
    assert (weeks.total, weeks.undated, months.total, months.undated) == (1, 1, 2, 0)


def test_a_span_that_ends_before_it_begins_and_a_dyad_of_nothing_are_told():
    with pytest.raises(ValueError, match="before"):
        series(acts_of([event()]), RUS_AFG, first=date(2025, 2, 1), last=date(2025, 1, 1))
    with pytest.raises(ValueError, match="AFG-RUS"):
        series(acts_of([event(source_actor="PAK")]), RUS_AFG)


# ---- gaps -------------------------------------------------------------------


def missing_days(told: Series, at: int, holes: Sequence[Gap]) -> tuple[int, int]:
    """How many days of a period lie in a gap, and how many it has."""
    n = (told.end(at) - told.start(at)).days + 1
    of_period = [told.start(at) + timedelta(days=k) for k in range(n)]
    return sum(any(first <= day <= last for first, last in holes) for day in of_period), n


@tried
@given(gaps, everies)
def test_a_period_is_known_just_when_nearly_all_of_its_days_are(holes: list[Gap], every: Every):
    told = whole([], every, gaps=holes)
    for at in range(len(told)):
        missing, n = missing_days(told, at, holes)
        assert told.known[at] == ((n - missing) / n >= KNOWN_FROM), told.start(at)


def test_one_missing_day_makes_a_week_a_gap_and_three_do_not_a_month():
    day = date(2025, 1, 15)
    assert whole([], "week", gaps=[(day, day)]).known.sum() == len(whole([], "week")) - 1
    assert whole([], "month", gaps=[(day, day + timedelta(days=2))]).known.all()
    assert not whole([], "month", gaps=[(day, day + timedelta(days=3))]).known.all()


@tried
@given(events(), gaps, everies)
def test_a_gap_is_null_and_never_a_quiet_period(found: list[Event], holes: list[Gap], every: Every):
    told = whole(found, every, gaps=holes)
    shown = json.loads(json.dumps(series_told(told), allow_nan=False))
    columns = [shown[name] for name in ("events", "sites", "left_out", "goldstein_sum")]
    columns += [*shown["channels"].values(), *shown["shares"].values()]
    for at in np.flatnonzero(~told.known):
        assert [column[at] for column in columns] == [None] * len(columns)
    for at in np.flatnonzero(told.known):
        assert shown["events"][at] == told.n[at]


@tried
@given(events(), gaps, everies)
def test_the_index_has_no_value_within_a_gap_and_a_wide_band_elsewhere(
    found: list[Event], holes: list[Gap], every: Every
):
    told = whole(found, every, gaps=holes)
    width = 52 if every == "week" else 12
    for line in (window_line(told), smooth_line(told)):
        json.dumps(line_told(line), allow_nan=False)
        assert np.isnan(line.value[~told.known]).all()
        there = ~np.isnan(line.value)
        assert (np.isnan(line.low) == ~there).all()
        assert ((line.low[there] <= line.value[there]) & (line.value[there] <= line.high[there])).all()
        assert ((line.low[there] >= -1) & (line.high[there] <= 1)).all()
    shares = [told.known[max(0, at + 1 - width) : at + 1].mean() for at in range(len(told))]
    poor = np.array(shares) < LEAST_KNOWN
    assert np.isnan(window_line(told).value[poor]).all()
    assert not np.isnan(window_line(told).value[told.known & ~poor]).any()


@tried
@given(events(least=4), gaps, everies)
def test_what_a_source_wrote_within_a_gap_moves_no_index(found: list[Event], holes: list[Gap], every: Every):
    told = whole(found, every, gaps=holes)
    spoiled = replace(told, counts=np.where(told.known[:, None], told.counts, 99.0))
    for line in (window_line, smooth_line):
        one, other = line(told), line(spoiled)
        for name in ("value", "low", "high", "cooperation", "conflict"):
            np.testing.assert_allclose(getattr(one, name), getattr(other, name))


def test_the_line_by_months_is_the_index_of_each_month():
    chance = Random(3)  # noqa: S311
    found = [
        event(f"C{n}", occurred_on=FIRST + timedelta(days=chance.randrange(600)), cameo=chance.choice(CODES))
        for n in range(80)
    ]
    told = whole(found, "month")
    line = window_line(told)
    for at in range(len(told)):
        index = index_at(found, told.start(at))
        assert (line.cooperation[at], line.conflict[at]) == (index.cooperation, index.conflict)
        assert (line.value[at], line.low[at], line.high[at]) == pytest.approx(
            (index.value, index.low, index.high), abs=1e-4
        )


# ---- panels -----------------------------------------------------------------


def alike(one: Series, other: Series) -> bool:
    """Whether two series tell the same of what a panel tells."""
    names = ("starts", "counts", "other", "goldstein", "known")
    return one.dyad == other.dyad and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)


def at_full_length(found: Panel, number: int) -> Line:
    """The steps of a dyad's index, held until the next; no value before the first."""
    steps, n = index_steps(found), len(found.starts)
    columns = {}
    for name in ("value", "low", "high", "cooperation", "conflict"):
        column = np.full(n, np.nan)
        for place, value in zip(
            steps.place[steps.dyad == number], getattr(steps, name)[steps.dyad == number], strict=True
        ):
            column[place:] = value
        columns[name] = column
    return Line(**columns)


@tried
@given(events(ACTORS), everies, st.sets(st.sampled_from(list(FLAGS)), max_size=3))
def test_a_dyad_of_a_panel_is_its_series(found: list[Event], every: Every, names: set[str]):
    acts, left = acts_of(found), sorted(names)
    kept = [e for e in found if not e.flags & mask(names) and (every == "month" or has_day(e))]
    if not kept:
        return
    told = panel(acts, every, left_out=left)
    assert {frozenset(pair) for pair in told.dyads} >= {
        frozenset((e.source_actor, e.target_actor)) for e in kept
    }
    span = {"first": told.starts[0].item(), "last": told.starts[-1].item()}
    for number, pair in enumerate(told.dyads):
        one = series(acts, Dyad.of(*pair), every, left_out=left, **span)
        assert alike(series_of_panel(told, number), one)
        assert told.totals[number] == one.total
        dense = told.dense(number)
        for column, name in zip(dense, ("counts", "other", "goldstein"), strict=True):
            assert np.array_equal(column, getattr(one, name))
    assert told.totals.sum() == len(kept)


@tried
@given(events(ACTORS), everies)
def test_the_steps_of_a_panel_are_the_line_of_each_dyad(found: list[Event], every: Every):
    if every == "week" and not any(map(has_day, found)):
        return
    told = panel(acts_of(found), every)
    for number in range(len(told.dyads)):
        steps, line = at_full_length(told, number), window_line(series_of_panel(told, number))
        begun = ~np.isnan(steps.value)
        for name in ("value", "low", "high", "cooperation", "conflict"):
            np.testing.assert_allclose(getattr(steps, name)[begun], getattr(line, name)[begun], atol=1e-6)
        assert not (line.cooperation + line.conflict)[~begun].any()


def test_a_panel_of_nothing_says_so():
    with pytest.raises(ValueError, match="no events between two actors"):
        panel(acts_of([]))


# ---- frames -----------------------------------------------------------------

FRAMES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}
libraries = pytest.mark.parametrize("library", FRAMES)
COLUMNS: dict[str, list[Any]] = {
    "occurred_on": ["2026-05-27", "2024-12-30", "2025-01-01", "2025-02-28"],
    "source_actor": ["RUS", "AFG", "RUS", "PAK"],
    "target_actor": ["AFG", "RUS", "AFG", "AFG"],
    "cameo": ["057", "010", "190", "0312"],
}


def made(library: str, **columns: list[Any]) -> Any:  # noqa: ANN401  (three libraries' frames)
    return FRAMES[library](COLUMNS | columns)


def plainly(acts: Acts) -> list[tuple[Any, ...]]:
    """Acts by name, whatever their numbers are."""
    return [
        (acts.actors[acts.source[n]], acts.actors[acts.target[n]], str(acts.day[n]), bool(acts.has_day[n]),
         CHANNELS[acts.channel[n]], *(repr(float(scale[n])) for scale in (acts.goldstein, acts.plover)), int(acts.flags[n]))
        for n in range(len(acts))
    ]  # fmt: skip


def expected_acts() -> list[tuple[Any, ...]]:
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*COLUMNS.values(), strict=True)]
    return plainly(acts_of([
        event(f"C{n}", **row | {"occurred_on": date.fromisoformat(row["occurred_on"])}) for n, row in enumerate(rows)
    ]))  # fmt: skip


@libraries
@pytest.mark.parametrize("kind", ["text", "date", "datetime"])
def test_a_frame_of_any_library_gives_the_acts_of_its_events(library: str, kind: str):
    read: dict[str, Callable[[str], Any]] = {
        "text": str, "date": date.fromisoformat, "datetime": lambda text: datetime.fromisoformat(f"{text}T23:30"),
    }  # fmt: skip
    frame = made(library, occurred_on=[read[kind](text) for text in COLUMNS["occurred_on"]])
    assert plainly(acts_of_frame(frame)) == expected_acts()


@tried
@given(events(ACTORS, dated=True))
def test_three_libraries_give_one_series(found: list[Event]):
    columns: dict[str, list[Any]] = {
        name: [getattr(e, name) for e in found]
        for name in ("occurred_on", "source_actor", "target_actor", "cameo", "source_url", "flags")
    }
    want = series_told(whole(found, "week", left_out=["repeated"]))
    for make in FRAMES.values():
        acts = acts_of_frame(make(columns))
        assert series_told(series(acts, RUS_AFG, first=FIRST, last=LAST, left_out=["repeated"])) == want


@libraries
def test_columns_may_bear_other_names(library: str):
    frame = FRAMES[library]({"SQLDATE" if k == "occurred_on" else k: v for k, v in COLUMNS.items()})
    assert plainly(acts_of_frame(frame, {"occurred_on": "SQLDATE"})) == expected_acts()


@libraries
def test_rows_without_an_actor_or_with_one_actor_twice_are_in_no_dyad(library: str):
    acts = acts_of_frame(made(library, source_actor=["RUS", None, "", "AFG"]))
    assert [row[:2] for row in plainly(acts)] == [("RUS", "AFG")]


@libraries
@pytest.mark.parametrize("missing", COLUMNS)
def test_a_missing_column_is_named(library: str, missing: str):
    frame = FRAMES[library]({k: v for k, v in COLUMNS.items() if k != missing})
    with pytest.raises(ValueError, match=missing) as told:
        acts_of_frame(frame)
    assert len(str(told.value).splitlines()) == 1


@libraries
def test_a_name_for_no_column_and_a_column_that_is_not_there_are_told(library: str):
    with pytest.raises(ValueError, match="EventCode"):
        acts_of_frame(made(library), {"cameo": "EventCode"})
    with pytest.raises(ValueError, match="cmaeo"):
        acts_of_frame(made(library), {"cmaeo": "cameo"})


@libraries
@pytest.mark.parametrize("day", ["27.5.2026", "2026-02-30", "soon", "", None, "NaT", "99999-01-01"])
def test_a_day_that_cannot_be_read_is_told_and_not_guessed(library: str, day: str | None):
    with pytest.raises(ValueError, match="day") as told:
        acts_of_frame(made(library, occurred_on=["2026-05-27", "2024-12-30", day, "2025-02-28"]))
    assert len(str(told.value).splitlines()) == 1


@libraries
@pytest.mark.parametrize("day", ["today", "now"])
def test_a_word_is_no_day_even_if_a_clock_could_read_it(library: str, day: str):
    with pytest.raises(ValueError, match="day"):
        acts_of_frame(made(library, occurred_on=["2026-05-27", "2024-12-30", day, "2025-02-28"]))


@libraries
@pytest.mark.parametrize("cell", ["2026-05", "2026"])
def test_a_month_or_a_year_is_never_taken_for_its_first_day(library: str, cell: str):
    frame = made(library, occurred_on=["2026-05-27", "2024-12-30", cell, "2025-02-28"])
    try:
        acts = acts_of_frame(frame)
    except ValueError:
        return
    assert not acts.has_day[2]


@libraries
@pytest.mark.parametrize("kind", [int, str])
def test_a_day_in_eight_digits_is_no_day_of_the_year_twenty_million(library: str, kind: type):
    """GDELT writes its days so, and readers of CSV take them for numbers."""
    frame = made(library, occurred_on=[kind(text.replace("-", "")) for text in COLUMNS["occurred_on"]])
    try:
        acts = acts_of_frame(frame)
    except (ValueError, TypeError):
        return
    assert [row[2] for row in plainly(acts)] == COLUMNS["occurred_on"]


@libraries
@pytest.mark.parametrize("code", ["99", "PROTEST", "57", "", None])
def test_a_code_of_no_book_is_told_with_its_row(library: str, code: str | None):
    with pytest.raises(ValueError, match="row 2") as told:
        acts_of_frame(made(library, cameo=["057", "010", code, "0312"]))
    assert len(str(told.value).splitlines()) == 1


@libraries
def test_codes_that_lost_their_zeros_are_told(library: str):
    with pytest.raises(ValueError, match="010"):
        acts_of_frame(made(library, cameo=[57, 10, 190, 312]))


@libraries
def test_actors_that_are_numbers_are_read_or_refused_but_never_dropped(library: str):
    """Country codes of the Correlates of War are numbers."""
    frame = made(library, source_actor=[365, 700, 365, 770], target_actor=[700, 365, 700, 700])
    try:
        acts = acts_of_frame(frame)
    except (ValueError, TypeError):
        return
    assert len(acts) == 4


@libraries
def test_a_flag_that_is_not_there_is_no_flag(library: str):
    acts = acts_of_frame(made(library, flags=[bit("repeated"), None, 0, None]))
    assert acts.flags.tolist() == [bit("repeated"), 0, 0, 0]


@libraries
def test_flags_that_cannot_be_read_are_told_by_their_column(library: str):
    with pytest.raises((ValueError, TypeError), match="flag"):
        acts_of_frame(made(library, flags=["much", "", "", ""]))


@libraries
def test_a_frame_without_rows_gives_no_series_and_says_so(library: str):
    empty = FRAMES[library]({name: [] for name in COLUMNS})
    with pytest.raises(ValueError, match="no rows"):
        events_of_frame(empty, RUS_AFG)
    with pytest.raises(ValueError):
        series(acts_of_frame(empty), RUS_AFG)
    with pytest.raises(ValueError):
        package.relation("RUS", "AFG", frame=empty)


@pytest.mark.parametrize(
    "thing",
    [None, COLUMNS, [COLUMNS], "frame", 3, np.zeros((2, 4)), pd.Series([1]), pl.Series([1])],
    ids=lambda t: type(t).__name__,
)
def test_what_is_no_frame_is_refused(thing: object):
    with pytest.raises(TypeError) as told:
        acts_of_frame(thing)
    assert str(told.value)


# ---- a store, counted by hand -----------------------------------------------


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    """A desk with three files, and its events as its export has them."""
    desk = make_desk(tmp_path_factory.mktemp("stored") / "desk")
    for file in (GDELT2, GDELT1, GED):
        load(desk, file)
    return desk, export(desk, "--private")


def is_between(row: dict[str, str]) -> bool:
    return (
        bool(row["source_actor"]) and bool(row["target_actor"]) and row["source_actor"] != row["target_actor"]
    )


def of_dyad(rows: Sequence[dict[str, str]], dyad: Dyad) -> list[dict[str, str]]:
    return [row for row in rows if {row["source_actor"], row["target_actor"]} == {dyad.first, dyad.second}]


def counted_rows(rows: Sequence[dict[str, str]], every: Every) -> dict[date, Counter[str]]:
    """Exported rows by period and channel; those of a month stand in no week."""
    told: dict[date, Counter[str]] = {}
    for row in rows:
        if every == "month" or row["date_precision"] == "day":
            start = start_of(date.fromisoformat(row["occurred_on"]), every)
            told.setdefault(start, Counter())[row["channel"]] += 1
    return told


@pytest.mark.parametrize("dataset", ["gdelt2", "gdelt1", "ucdp", "chronology"])
def test_the_series_of_a_store_are_those_counted_by_hand(
    stored: tuple[Path, list[dict[str, str]]], dataset: str
):
    desk = Desk(stored[0])
    rows = [row for row in stored[1] if row["dataset"] == dataset and is_between(row)]
    left, acts = usual_flags(desk, dataset), acts_of_store(desk, dataset)
    assert len(acts) == len(rows) > 0
    for dyad in {Dyad.of(row["source_actor"], row["target_actor"]) for row in rows}:
        between = of_dyad(rows, dyad)
        span = [date.fromisoformat(row["occurred_on"]) for row in between]
        kept = [row for row in between if not set(row["flags"].split()) & set(left)]
        for every in EVERY:
            told = series(acts, dyad, every, first=min(span), last=max(span), left_out=left)
            assert counted(told) == counted_rows(kept, every)
            assert told.n.sum() + told.left_out.sum() + told.undated == len(between)


@pytest.mark.parametrize("dataset", ["gdelt2", "gdelt1", "ucdp", "chronology"])
def test_the_acts_of_one_dyad_are_read_from_a_store_alone(
    stored: tuple[Path, list[dict[str, str]]], dataset: str
):
    desk = Desk(stored[0])
    rows = [row for row in stored[1] if row["dataset"] == dataset and is_between(row)]
    dyad = Dyad.of(rows[0]["source_actor"], rows[0]["target_actor"])
    alone, among = acts_of_store(desk, dataset, dyad=dyad), acts_of_store(desk, dataset).of(dyad)
    assert len(alone) == len(of_dyad(rows, dyad))
    assert sorted(plainly(alone)) == sorted(plainly(among))


def test_the_export_of_a_store_is_a_frame_like_any_other(stored: tuple[Path, list[dict[str, str]]]):
    """What `rasad store export` writes can be read back as a frame, its flags too."""
    root, exported = stored
    rows = [row for row in exported if row["dataset"] == "gdelt1"]
    columns = {name: [row[name] for row in rows] for name in (*COLUMNS, "source_url", "flags")}
    for make in FRAMES.values():
        acts = acts_of_frame(make(columns))
        assert sorted(plainly(acts)) == sorted(plainly(acts_of_store(Desk(root), "gdelt1")))


def test_the_last_day_of_each_month_is_the_end_of_its_period():
    told = whole([], "month")
    assert all(
        told.end(at).day == calendar.monthrange(told.end(at).year, told.end(at).month)[1]
        for at in range(len(told))
    )
