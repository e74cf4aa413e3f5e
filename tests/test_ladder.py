"""The ladder of cooperation: where two actors stand, what hangs on a judgement, and whether the order holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import event, law
from rasad.model.codebook import codebook
from rasad.model.event import Event
from rasad.model.rung import DOMAINS, LEVELS
from rasad.relations.ladder import first_steps, textbook_order
from rasad.relations.ladder_test import by_dyad, ladder_test
from rasad.relations.selection import span
from rasad.relations.standing import (
    FADES,
    GRAVE,
    TWICE_WITHIN,
    Standing,
    first_steps_judged,
    is_judged,
    setbacks,
    standings,
    without_rung,
)

START = date(2020, 1, 1)
ONE_DAY = timedelta(days=1)
OTHERS = ("AFG", "PAK", "TJK", "USA", "CHN", "IRN", "IND", "UZB", "TUR", "KAZ", "GBR", "ARM")
FORCE, COERCION, WORDS, THREAT = "N4", "N3", "N1", "N2"
days = st.integers(0, 1500).map(lambda n: START + timedelta(days=n))
rungs = st.sampled_from(
    ["", "0", "E1", "E2", "E3", "P1", "P3", "S1", "S2", "D1", "D2", "D3", "N1", "N2", "N3", "N4", "H", "R"]
)
tried = settings(law, max_examples=40)


@st.composite
def events(draw: st.DrawFn, others: Sequence[str] = ("AFG",), least: int = 0) -> list[Event]:
    return [
        event(
            f"C{n:02}",
            target_actor=draw(st.sampled_from(others)),
            occurred_on=draw(days),
            rung=draw(rungs),
            cameo=draw(st.sampled_from(["010", "036", "057", "061", "190"])),
        )
        for n in range(draw(st.integers(least, 14)))
    ]


def steps(*taken: tuple[str, int]) -> list[Event]:
    """Events by rung and by days from the start."""
    return [
        event(f"C{n}", rung=rung, occurred_on=START + timedelta(days=on))
        for n, (rung, on) in enumerate(taken)
    ]


def of(domain: str, found: Iterable[Event], as_of: date) -> Standing:
    (told,) = [one for one in standings(found, as_of) if one.letter == domain]
    return told


def level(found: Iterable[Event], on: int, domain: str = "E") -> int:
    return of(domain, found, START + timedelta(days=on)).level


# ---- where two actors stand -------------------------------------------------


@tried
@given(events(), days)
def test_every_domain_has_a_standing_in_the_order_of_the_ladder(found: list[Event], as_of: date):
    told = standings(found, as_of)
    assert [one.letter for one in told] == list(DOMAINS)
    for one in told:
        taken = [
            e for e in found if e.rung is not None and e.rung.letter == one.letter and e.occurred_on <= as_of
        ]
        assert 0 <= one.level <= max((e.rung.level for e in taken if e.rung is not None), default=0)
        assert (one.step is None) == (one.because == "") == (one.since is None) == (not taken)
        assert one.because in ("", "step", "faded", "setbacks")
        if one.step is not None:
            assert one.step.occurred_on == max(e.occurred_on for e in taken)
        assert one.since is None or one.since <= as_of


@tried
@given(events(), days)
def test_what_comes_after_the_day_changes_no_standing(found: list[Event], as_of: date):
    known = [e for e in found if e.occurred_on <= as_of]
    assert standings(known, as_of) == standings(found, as_of)


@tried
@given(events(), st.sampled_from(DOMAINS), st.sampled_from(LEVELS))
def test_a_step_takes_a_domain_up_at_once_and_leaves_the_others(found: list[Event], letter: str, height: int):
    day = START + timedelta(days=1501)
    more = [*found, event("C99", rung=f"{letter}{height}", occurred_on=day)]
    before, after = standings(found, day), standings(more, day)
    for one, other in zip(before, after, strict=True):
        if one.letter == letter:
            assert other.level == max(one.level, height)
            assert other.step is not None
            assert other.step.dataset_event_id == "C99"
        else:
            assert one == other


@pytest.mark.parametrize("rung", ["E1", "E2", "E3"])
def test_a_level_holds_for_two_years_without_a_step_and_then_falls(rung: str):
    found = steps((rung, 0))
    assert level(found, FADES.days) == int(rung[1])
    faded = of("E", found, START + FADES + ONE_DAY)
    assert (faded.level < int(rung[1]), faded.because) == (True, "faded")


def test_a_level_that_fades_comes_down_by_one_level_and_not_by_all():
    assert level(steps(("E3", 0)), FADES.days + 1) == 2


def test_a_level_fades_to_the_one_on_which_steps_were_seen_lately():
    found = steps(("E3", 0), ("E2", 300), ("E1", 600))
    assert [level(found, FADES.days + on) for on in (0, 1, 300, 301, 600, 601)] == [3, 2, 2, 1, 1, 0]


def test_a_step_on_the_level_or_above_keeps_it_and_one_below_does_not():
    assert level(steps(("E2", 0), ("E3", 700)), 1400) == 3
    assert level(steps(("E2", 0), ("E2", 700)), 1400) == 2
    assert level(steps(("E2", 0), ("E1", 700)), 1400) == 1


def test_after_it_faded_a_new_step_is_needed_to_rise():
    found = steps(("E3", 0), ("E1", 700), ("E1", 1300))
    assert [level(found, on) for on in (800, 1299, 1301)] == [1, 1, 1]
    assert level([*found, *steps(("E3", 1400))], 1400) == 3


@pytest.mark.parametrize("rung", GRAVE)
def test_a_single_setback_leaves_the_level_where_it_is(rung: str):
    assert level(steps(("E3", 0), (rung, 10)), 20) == 3
    assert level(steps(("E3", 0), (rung, 10), (rung, 10 + TWICE_WITHIN.days + 1)), 200) == 3


@pytest.mark.parametrize(("one", "other"), [(FORCE, FORCE), (COERCION, FORCE), (COERCION, COERCION)])
@pytest.mark.parametrize("apart", [0, 1, TWICE_WITHIN.days])
def test_two_grave_setbacks_within_ninety_days_take_it_down_by_one(one: str, other: str, apart: int):
    found = steps(("E3", 0), ("D1", 0), (one, 10), (other, 10 + apart))
    told = of("E", found, START + timedelta(days=10 + apart))
    assert (told.level, told.because, told.since) == (2, "setbacks", START + timedelta(days=10 + apart))
    assert level(found, 10 + apart, "D") == 0
    assert level(found, 10 + apart, "P") == 0


@pytest.mark.parametrize("rung", [WORDS, THREAT, "0", "H", "R"])
def test_words_threats_and_help_take_no_level_down(rung: str):
    assert level(steps(("E3", 0), *[(rung, 10 + n) for n in range(6)]), 20) == 3


def test_after_setbacks_a_lower_step_does_not_raise_and_a_higher_one_does():
    found = steps(("E3", 0), (FORCE, 10), (FORCE, 20), ("E2", 30))
    assert level(found, 40) == 2
    assert level([*found, *steps(("E3", 50))], 50) == 3


def test_a_step_known_to_the_month_counts_from_the_end_of_it():
    found = [event(rung="E2", occurred_on=date(2024, 2, 1), date_precision="month")]
    assert of("E", found, date(2024, 2, 28)).level == 0
    assert of("E", found, date(2024, 2, 29)).level == 2


@tried
@given(events(), st.randoms(use_true_random=False))
def test_standings_do_not_depend_on_the_order_of_rows(found: list[Event], chance: Random):
    shuffled = list(found)
    chance.shuffle(shuffled)
    as_of = START + timedelta(days=1500)
    assert [one.level for one in standings(shuffled, as_of)] == [one.level for one in standings(found, as_of)]


@tried
@given(events())
def test_setbacks_are_all_of_them_the_oldest_first(found: list[Event]):
    told = setbacks(found)
    assert {e.dataset_event_id for e in told} == {
        e.dataset_event_id for e in found if e.rung is not None and e.rung.code in ("N1", "N2", "N3", "N4")
    }
    assert [e.occurred_on for e in told] == sorted(e.occurred_on for e in told)


# ---- judgements -------------------------------------------------------------


@tried
@given(events())
def test_first_steps_are_those_of_the_ladder_with_what_they_hang_on(found: list[Event]):
    told = first_steps_judged(found)
    assert {rung: first.event for rung, first in told.items()} == first_steps(found)
    for rung, first in told.items():
        default = codebook()[first.event.cameo].rung
        assert first.is_judged == is_judged(first.event) == (default != rung)
        later = [e for e in found if e.rung is not None and e.rung.code == rung and e is not first.event]
        if first.is_judged and later:
            assert first.otherwise in later
            assert first.otherwise is not None
            assert span(first.otherwise)[1] == min(span(e)[1] for e in later)
        else:
            assert first.otherwise is None


def test_a_first_step_by_judgement_names_the_next_on_its_rung():
    judged = event("C1", rung="D2", cameo="057", occurred_on=date(2024, 3, 1))
    later = event("C2", rung="D2", cameo="057", occurred_on=date(2025, 3, 1))
    latest = event("C3", rung="D2", cameo="057", occurred_on=date(2026, 3, 1))
    plain = event("C4", rung="P2", cameo="057", occurred_on=date(2024, 1, 1))
    again = event("C5", rung="P2", cameo="057", occurred_on=date(2025, 1, 1))
    told = first_steps_judged([latest, later, judged, plain, again])
    assert (told["D2"].event, told["D2"].is_judged, told["D2"].otherwise) == (judged, True, later)
    assert (told["P2"].event, told["P2"].is_judged, told["P2"].otherwise) == (plain, False, None)
    assert first_steps_judged([judged])["D2"].otherwise is None


@tried
@given(events())
def test_the_share_without_a_rung_is_that_of_events_with_none_or_no_step(found: list[Event]):
    share = without_rung(found)
    if not found:
        assert share is None
    else:
        assert share == sum(e.rung is None or e.rung.code == "0" for e in found) / len(found)


# ---- the ladder test --------------------------------------------------------


def climbs(orders: Iterable[str], *, apart: int = 40) -> list[Event]:
    """Dyads of RUS that take a step in each domain, in the order told of each."""
    return [
        event(
            f"{n}-{at}",
            target_actor=OTHERS[n],
            rung=f"{letter}1",
            occurred_on=START + timedelta(days=apart * at + n),
        )
        for n, order in enumerate(orders)
        for at, letter in enumerate(order)
    ]


def test_dyads_that_climb_in_order_hold_in_every_pair_and_beyond_chance():
    told = ladder_test(climbs(["EPSD"] * 6))
    assert told is not None
    assert (told.held, told.pairs, told.dyads) == (36, 36, 6)
    assert told.high < told.held
    assert told.as_many < 0.05


def test_dyads_that_climb_in_reverse_hold_in_no_pair_and_below_chance():
    told = ladder_test(climbs(["DSPE"] * 6))
    assert told is not None
    assert (told.held, told.pairs, told.dyads) == (0, 36, 6)
    assert told.held < told.low
    assert told.as_many == 1


def test_half_in_order_and_half_in_reverse_is_what_chance_gives():
    told = ladder_test(climbs(["EPSD", "DSPE"] * 3))
    assert told is not None
    assert told.low <= told.held == 18 <= told.high
    assert told.expected == pytest.approx(18, abs=1)
    assert 0.25 < told.as_many < 0.75


def test_dyads_in_an_order_of_chance_lie_within_its_band_about_nine_times_in_ten():
    chance = Random(5)  # noqa: S311
    inside = 0
    for _ in range(30):
        told = ladder_test(climbs("".join(chance.sample("EPSD", 4)) for _ in range(6)), shuffles=100)
        assert told is not None
        inside += told.low <= told.held <= told.high
    assert inside >= 22


def test_a_domain_that_is_more_frequent_comes_first_by_chance_and_the_baseline_knows_it():
    chance = Random(6)  # noqa: S311
    found = climbs("".join(chance.sample("E" * 12 + "D", 13)) for _ in OTHERS)
    told = ladder_test(found, shuffles=200)
    assert told is not None
    assert told.pairs == len(OTHERS)
    assert told.expected / told.pairs > 0.8
    assert told.low <= told.held <= told.high


@tried
@given(events(OTHERS[:4], least=4), st.integers(0, 10**6))
def test_the_test_is_that_of_every_dyad_and_the_same_for_a_seed(found: list[Event], seed: int):
    told = ladder_test(found, shuffles=20, seed=seed)
    orders = [textbook_order([e for e in found if e.target_actor == other]) for other in OTHERS[:4]]
    held, pairs = sum(order.held for order in orders), sum(order.pairs for order in orders)
    if told is None:
        assert pairs == 0
        return
    assert (told.held, told.pairs) == (held, pairs)
    assert told.dyads == sum(order.pairs > 0 for order in orders)
    assert told.low <= told.high
    assert 0 <= told.expected <= told.pairs
    assert 0 <= told.as_many <= 1
    assert ladder_test(found, shuffles=20, seed=seed) == told


def test_where_no_pair_of_domains_can_be_compared_there_is_no_test():
    assert ladder_test([]) is None
    assert ladder_test(climbs(["E", "D", "PP"])) is None
    assert ladder_test(steps(("E1", 0), ("D1", 0))) is None


def test_events_that_bear_on_a_dyad_are_no_steps_of_it():
    near = event("C9", source_actor="PAK", target_actor="PAK", bears_on="RUS-AFG", rung="D3")
    assert {str(dyad) for dyad in by_dyad([*climbs(["E"]), near])} == {"AFG-RUS"}
