"""What is measured: laws that hold for any record, and numbers that were worked out by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desks import event, law, make_desk, rasad, row, the_fault
from rasad.errors import MeasureError
from rasad.issues.measures import Record, measure, measure_names
from rasad.issues.printing import print_measured
from rasad.languages import LANGUAGES, language
from rasad.languages.dates import write_dual, write_month
from rasad.languages.numbers import fold_digits
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.relations.index import index_at, index_change, index_of, index_series
from rasad.relations.ladder import first_steps, textbook_order
from rasad.relations.rates import base_rate
from rasad.relations.selection import Selection, bearing_on, last_of_month, select, span

AS_OF = date(2026, 5, 31)
COOPERATION, CONFLICT, STATEMENT = "057", "190", "010"

counts = st.integers(0, 40)
days = st.dates(date(2021, 8, 1), AS_OF)
rungs = st.sampled_from(["", "0", "E1", "E2", "P1", "P2", "S1", "D1", "D2", "D3", "N4", "H", "R"])


@st.composite
def events(draw: st.DrawFn, size: int = 12) -> list[Event]:
    return [
        event(
            f"C{n}",
            occurred_on=draw(days),
            date_precision=draw(st.sampled_from(["day", "day", "month"])),
            rung=draw(rungs),
            cameo=draw(st.sampled_from([COOPERATION, CONFLICT, STATEMENT])),
        )
        for n in range(draw(st.integers(0, size)))
    ]


def made(cooperation: int, conflict: int, day: date = AS_OF) -> list[Event]:
    codes = [COOPERATION] * cooperation + [CONFLICT] * conflict
    return [event(f"C{n}", cameo=code, occurred_on=day) for n, code in enumerate(codes)]


# ---- the index --------------------------------------------------------------


@law
@given(counts, counts)
def test_the_index_lies_in_its_band_and_the_band_on_its_scale(cooperation: int, conflict: int):
    index = index_of(made(cooperation, conflict), AS_OF)
    assert -1 <= index.low <= index.value <= index.high <= 1


@law
@given(counts, counts)
def test_a_record_turned_round_turns_the_index_round(cooperation: int, conflict: int):
    one, other = index_of(made(cooperation, conflict), AS_OF), index_of(made(conflict, cooperation), AS_OF)
    assert one.value == pytest.approx(-other.value)
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))


@law
@given(counts, counts)
def test_one_more_act_of_cooperation_never_lowers_the_index(cooperation: int, conflict: int):
    before, after = (index_of(made(cooperation + more, conflict), AS_OF) for more in (0, 1))
    assert (before.low, before.value, before.high) <= (after.low, after.value, after.high)
    assert before.high <= after.high


@law
@given(st.integers(0, 8), st.integers(0, 8), st.integers(2, 5))
def test_more_events_at_the_same_share_narrow_the_band(cooperation: int, conflict: int, times: int):
    if cooperation + conflict == 0:
        cooperation = 1
    few = index_of(made(cooperation, conflict), AS_OF)
    many = index_of(made(cooperation * times, conflict * times), AS_OF)
    assert many.high - many.low < few.high - few.low


@law
@given(st.integers(0, 30))
def test_statements_do_not_move_the_index(statements: int):
    spoken = [event(f"S{n}", cameo=STATEMENT, occurred_on=AS_OF) for n in range(statements)]
    assert index_of(made(3, 2) + spoken, AS_OF) == index_of(made(3, 2), AS_OF)


def test_a_record_of_nothing_says_nothing():
    index = index_of([], AS_OF)
    assert index.value == pytest.approx(0)
    assert (index.low, index.high) == (pytest.approx(-0.9), pytest.approx(0.9))


def test_the_index_of_three_to_one_is_what_a_hand_works_out():
    assert index_of(made(3, 1), AS_OF).value == pytest.approx(2 * 4 / 6 - 1)


@law
@given(events(), days)
def test_the_index_takes_twelve_whole_months_and_no_other_day(found: list[Event], month: date):
    index = index_at(found, month)
    first = date(month.year - 1, month.month, 1)
    first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    assert index.until == last_of_month(month)
    assert all(first <= span(e)[0] and span(e)[1] <= index.until for e in index.events)
    left_out = [e for e in found if e not in index.events and e.quad_class]
    assert all(span(e)[0] < first or span(e)[1] > index.until for e in left_out)


@law
@given(days, days)
def test_a_series_has_every_month_once(one: date, other: date):
    first, last = sorted((one, other))
    months = [index.until for index in index_series([], first, last)]
    assert len(months) == (last.year - first.year) * 12 + last.month - first.month + 1
    assert months == sorted(set(months))


@settings(max_examples=15, deadline=None)
@given(counts, counts, counts, counts)
def test_a_change_that_is_clear_one_way_is_as_clear_the_other_way(a: int, b: int, c: int, d: int):
    early, late = date(2023, 5, 31), date(2026, 5, 31)
    there = index_change(made(a, b, early) + made(c, d, late), early, late)
    back = index_change(made(c, d, early) + made(a, b, late), early, late)
    assert -2 <= there.low <= there.high <= 2
    assert there.value == pytest.approx(-back.value)
    assert (there.low, there.high) == (
        pytest.approx(-back.high, abs=0.005),
        pytest.approx(-back.low, abs=0.005),
    )


def test_two_years_that_overlap_are_not_compared():
    with pytest.raises(ValueError, match="overlap"):
        index_change([], date(2025, 6, 1), date(2026, 4, 1))
    index_change([], date(2025, 5, 1), date(2026, 5, 1))


# ---- base rates -------------------------------------------------------------

spans = st.floats(0.1, 30)


@law
@given(st.integers(0, 200), spans, spans)
@example(1, 0.875, 27.0)  # the mean lies below the rate's interval
def test_a_base_rate_is_a_chance_and_lies_in_its_interval(n_events: int, seen: float, ahead: float):
    rate = base_rate(n_events, seen, ahead)
    assert 0 <= rate.low <= rate.high <= 1
    assert 0 <= rate.value <= 1
    assert rate.low <= rate.value <= rate.high


@law
@given(st.integers(0, 100), spans, spans, st.floats(1.01, 5))
def test_a_base_rate_grows_with_events_and_time_ahead_and_falls_with_time_seen(
    n_events: int, seen: float, ahead: float, times: float
):
    rate = base_rate(n_events, seen, ahead).value
    assert base_rate(n_events + 1, seen, ahead).value >= rate
    assert base_rate(n_events, seen, ahead * times).value >= rate
    assert base_rate(n_events, seen * times, ahead).value <= rate


@pytest.mark.parametrize(("n_events", "seen", "ahead"), [(-1, 1, 1), (1, 0, 1), (1, 1, 0), (1, -2, 1)])
def test_a_base_rate_of_nothing_is_refused(n_events: int, seen: float, ahead: float):
    with pytest.raises(ValueError, match="base rate"):
        base_rate(n_events, seen, ahead)


# ---- the ladder -------------------------------------------------------------


@law
@given(events())
def test_no_step_on_a_rung_was_surely_taken_before_the_first(found: list[Event]):
    firsts = first_steps(found)
    assert set(firsts) == {e.rung.code for e in found if e.rung is not None and e.rung.is_step}
    for code, first in firsts.items():
        assert first.rung is not None
        assert first.rung.code == code
        assert not [e for e in found if e.rung == first.rung and span(e)[1] < span(first)[1]]


@law
@given(events(), st.randoms())
def test_the_ladder_does_not_depend_on_the_order_of_the_rows(found: list[Event], chance: object):
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert first_steps(shuffled) == first_steps(found)
    assert textbook_order(shuffled) == textbook_order(found)


@law
@given(events())
def test_the_textbook_order_holds_in_no_more_pairs_than_there_are(found: list[Event]):
    order = textbook_order(found)
    assert 0 <= order.held <= order.pairs <= 6


def test_steps_in_the_order_of_the_textbook_all_hold_and_reversed_none():
    days_of = [date(2024, month, 1) for month in (1, 3, 5, 7)]
    climbing = [
        event(f"C{n}", rung=f"{x}1", occurred_on=d)
        for n, (x, d) in enumerate(zip("EPSD", days_of, strict=True))
    ]
    falling = [
        event(f"C{n}", rung=f"{x}1", occurred_on=d)
        for n, (x, d) in enumerate(zip("DSPE", days_of, strict=True))
    ]
    assert (textbook_order(climbing).held, textbook_order(climbing).pairs) == (6, 6)
    assert (textbook_order(falling).held, textbook_order(falling).pairs) == (0, 6)


# ---- selections -------------------------------------------------------------


@law
@given(days, days, days)
def test_an_event_of_a_month_is_in_no_range_that_it_only_partly_falls_into(
    month: date, one: date, other: date
):
    since, until = sorted((one, other))
    known_to_month = event(occurred_on=month.replace(day=1), date_precision="month")
    found = select([known_to_month], Selection(since=since, until=until))
    assert bool(found) == (since <= month.replace(day=1) and last_of_month(month) <= until)


@law
@given(days)
def test_an_event_of_a_month_is_not_counted_before_the_month_is_over(month: date):
    known_to_month = event(occurred_on=month.replace(day=1), date_precision="month")
    over = last_of_month(month)
    assert Record.of([known_to_month], over, "").events
    assert not Record.of([known_to_month], over - timedelta(days=1), "").events


@law
@given(events())
def test_a_dyad_is_the_same_from_both_ends(found: list[Event]):
    one, other = (select(found, Selection.of({"dyad": text})) for text in ("RUS-AFG", "AFG–RUS"))
    assert one == other == found


def test_an_event_that_bears_on_a_dyad_is_never_counted_in_it():
    attack = event(source_actor="ISKP", target_actor="RUS", bears_on="RUS-AFG", cameo=CONFLICT)
    dyad = Dyad.parse("RUS-AFG")
    assert select([attack], Selection(dyad=dyad)) == []
    assert bearing_on([attack], dyad) == [attack]


def test_what_an_actor_does_at_home_is_in_no_dyad():
    assert event(source_actor="AFG", target_actor="AFG").dyad is None


# ---- measures ---------------------------------------------------------------

RECORD = Record.of(
    [
        event(
            "C1",
            occurred_on=date(2022, 3, 1),
            date_precision="month",
            rung="E1",
            source_url="https://a.example/1",
        ),
        event(
            "C2",
            occurred_on=date(2024, 3, 10),
            rung="P2",
            source_url="https://a.example/2",
            source_grade="B2",
        ),
        event(
            "C3",
            occurred_on=date(2026, 5, 27),
            rung="D2",
            source_url="https://b.example/3",
            source_grade="C3",
        ),
        event("C4", occurred_on=date(2026, 6, 2), rung="D3", source_url="https://c.example/4"),
    ],
    AS_OF,
    "RUS-AFG",
)


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ({"name": "events"}, 3),
        ({"name": "events", "rung": "D"}, 1),
        ({"name": "events", "rung": "D3"}, 0),
        ({"name": "events", "since": "2024-03-10", "until": "2026-05"}, 2),
        ({"name": "events", "since": "2022-03-02"}, 2),
        ({"name": "events", "grade": "C D"}, 1),
        ({"name": "sources"}, 2),
        ({"name": "share", "rung": "P D"}, 2 / 3),
        ({"name": "first-step", "rung": "D"}, date(2026, 5, 27)),
        ({"name": "days-between", "from": "P2", "to": "D2"}, 808),
        ({"name": "last-event"}, date(2026, 5, 27)),
        ({"name": "ladder-pairs"}, 3),
        ({"name": "ladder-pairs-total"}, 3),
    ],
)
def test_a_measure_gives_what_a_hand_counts(asked: dict[str, str], value: object):
    assert measure(RECORD, asked).value == value


@pytest.mark.parametrize("name", ["first-event", "first-step"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_date_known_to_the_month_is_never_printed_as_a_day(name: str, code: str):
    asked = {"name": name} | ({"rung": "E1"} if name == "first-step" else {})
    calendars = ("gregorian", "solar", "lunar")
    printed = print_measured(measure(RECORD, asked), asked, language(code), calendars)
    assert printed == write_month(date(2022, 3, 1), language(code), calendars)
    assert write_dual(date(2022, 3, 1), language(code), ["gregorian"]) not in printed


def test_days_are_not_counted_from_a_date_known_to_the_month():
    with pytest.raises(MeasureError, match="the day of C1 is not known"):
        measure(RECORD, {"name": "days-between", "from": "E1", "to": "D2"})


def test_a_measure_names_the_events_that_it_counted():
    assert measure(RECORD, {"name": "events", "rung": "P D"}).events == ("C2", "C3")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": "evnts"}, "Did you mean 'events'?"),
        ({"name": "events", "rungs": "D"}, "Did you mean 'rung'?"),
        ({"name": "first-step"}, "needs 'rung='"),
        ({"name": "first-step", "rung": "S3"}, "no step on the rung 'S3'"),
        ({"name": "events", "dyad": "RUS"}, "'RUS' is not a dyad"),
        ({"name": "events", "since": "2026-02-30"}, "day is out of range"),
        ({"name": "events", "until": "9999-12"}, "9999-12"),
        ({"name": "events", "since": "yesterday"}, "yesterday"),
        ({"name": "index", "at": "2026-06"}, "2026-06 is after the data"),
        ({"name": "index", "at": "May"}, "'May' is not a month"),
        ({"name": "base-rate", "months": "soon"}, "soon"),
        ({"name": "base-rate", "months": "0"}, "base-rate"),
        ({"name": "base-rate", "months": "9" * 400}, "base-rate"),
        ({"name": "stated", "event": "C9", "before": "tonnes"}, "no event 'C9'"),
        ({"name": "stated", "event": "C2", "before": "tonnes"}, "states no number before 'tonnes'"),
    ],
)
def test_a_measure_that_cannot_be_taken_says_why(asked: dict[str, str], told: str):
    with pytest.raises(MeasureError) as error:
        measure(RECORD, asked)
    assert told in error.value.line()


@pytest.mark.parametrize(
    "typo",
    [{"rung": "D9"}, {"rung": "X"}, {"source": "RUSS"}, {"target": "Kabul"}, {"place": "Tajikistan"}, {"grade": "Z"},
     {"channel": "XX"}, {"cameo": "99"}, {"dyad": "RUS-AFGH"}],
    ids=str,
)  # fmt: skip
def test_a_filter_that_names_nothing_known_is_refused_and_not_counted_as_zero(
    tmp_path: Path, typo: dict[str, str]
):
    desk = make_desk(tmp_path / "desk")
    ((name, text),) = typo.items()
    assert text in the_fault(rasad("measure", "events", f"{name}={text}", "--desk", desk))


def test_units_and_places_that_are_none_are_told(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    for argument in ("unit=parsec", "places=many", "places=-3", "places=99999", "is=upward", "unknown"):
        the_fault(rasad("measure", "events", argument, "--desk", desk))


def test_the_command_tells_a_number_with_its_method_and_its_events(tmp_path: Path):
    desk = make_desk(tmp_path / "desk")
    said = rasad("measure", "events", "dyad=RUS-AFG", "unit=event", "--as-of", "2026-05-31", "--desk", desk)
    first, *lines = said.out.splitlines()
    assert first.startswith("3 events")
    assert [line.split()[0] for line in lines] == ["C001", "C002", "C003"]
    assert "2025-12-01" not in said.out
    told = json.loads(
        rasad("measure", "events", "dyad=RUS-AFG", "--as-of", "2026-05-31", "--json", "--desk", desk).out
    )
    assert (told["value"], told["events"]) == ("3", ["C001", "C002", "C003"])


def test_the_command_lists_every_measure_with_what_it_gives(tmp_path: Path):
    said = rasad("measure", "--desk", make_desk(tmp_path / "desk"))
    assert [line.split()[0] for line in said.out.splitlines()] == list(measure_names())


def test_a_number_stated_with_its_group_marks_is_read_whole():
    fuel = event("C1", text="It sent 176,000 tonnes, 12.5 per cent more.")
    record = Record.of([fuel], AS_OF, "")
    assert measure(record, {"name": "stated", "event": "C1", "before": "tonnes"}).value == 176000
    percent = measure(record, {"name": "stated", "event": "C1", "before": "per cent"})
    assert percent.value == pytest.approx(0.125)


@law
@given(st.sampled_from(LANGUAGES), st.integers(0, 10**6))
def test_a_stated_number_is_printed_as_it_was_stated(code: str, tonnes: int):
    record = Record.of([event("C1", text=f"It sent {tonnes:,} tonnes.")], AS_OF, "")
    asked = {"name": "stated", "event": "C1", "before": "tonnes"}
    printed = print_measured(measure(record, asked), asked, language(code), ["gregorian"])
    assert fold_digits(printed).replace(language(code).group, "") == str(tonnes)


def test_a_row_far_in_the_future_does_not_stop_the_others(tmp_path: Path):
    far = [row("C1"), row("C2", date="2200-12-31"), row("C3", date="2200-12", date_precision="month")]
    desk = make_desk(tmp_path / "desk", rows=far)
    assert rasad("measure", "events", "--as-of", "2026-05-31", "--desk", desk).out.startswith("1 ")
