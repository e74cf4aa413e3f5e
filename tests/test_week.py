"""A week against its norms, and the events that mattered: laws, a desk worked by hand, and bad input."""

from __future__ import annotations

import json
import math
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import nbinom

from desks import chronology, event, law, make_desk, rasad, row, the_fault
from example import copy_example
from loading import load, many
from rasad.flow.acts import acts_of_store, usual_flags
from rasad.flow.week import week
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.relations.acts import Bools, Floats
from rasad.relations.norm import (
    BANDS,
    NO_DATA,
    NOT_ENOUGH,
    band_of,
    dispersion,
    norms,
    predictive,
    usual,
)
from rasad.relations.ranking import WEIGHTS, Past, Ranked, Readers, Record, rank
from rasad.relations.series import series
from rasad.settings import Desk

MONDAY = date(2026, 5, 25)
ALL_KNOWN = np.ones(52, dtype=bool)
AFG_RUS = Dyad("AFG", "RUS")

years = arrays(np.float64, 52, elements=st.integers(0, 60).map(float))
counts = st.integers(0, 400)
shares = st.sampled_from([n / 7 for n in range(1, 8)])
spreads = st.floats(1, 30)


# ---- the norm ---------------------------------------------------------------


@law
@given(years, counts, shares, spreads)
def test_a_count_is_usual_just_when_it_lies_in_the_usual_range(
    year: Floats, count: int, share: float, spread: float
):
    expects = predictive(year, spread, share)
    low, high = usual(expects)
    assert 0 <= low <= high
    assert (band_of(expects, count) == "usual") == (low <= count <= high)


@law
@given(years, counts)
def test_one_act_more_never_lowers_the_band(year: Floats, count: int):
    expects = predictive(year, dispersion(year))
    one, other = (BANDS.index(band_of(expects, n)) for n in (count, count + 1))
    assert one <= other


@law
@given(years, counts, shares)
def test_of_known_weeks_there_is_a_band_with_numbers_and_never_a_nan(year: Floats, count: int, share: float):
    for norm in norms(year, ALL_KNOWN, count, share=share):
        assert norm.band in BANDS
        assert math.isfinite(norm.expected)
        assert norm.expected > 0


@law
@given(years, spreads, shares, counts)
def test_the_mid_p_is_that_of_the_negative_binomial_with_the_mean_and_variance_told(
    year: Floats, spread: float, share: float, count: int
):
    expects, n = predictive(year, spread, share), len(year)
    told = nbinom(expects.size, expects.probability)
    assert told.mean() == pytest.approx(share * (year.sum() + 0.5) / n)
    assert told.var() == pytest.approx(spread * told.mean() * (1 + share / n))
    assert expects.mid_p(count) == pytest.approx(told.cdf(count) - told.pmf(count) / 2, abs=1e-9)


@law
@given(years)
def test_without_over_dispersion_it_is_the_gamma_poisson_distribution(year: Floats):
    expects = predictive(year, 1.0)
    assert expects.size == pytest.approx(year.sum() + 0.5)
    assert expects.probability == pytest.approx(52 / 53)


@law
@given(years, arrays(np.bool_, 52), counts)
def test_what_stands_in_a_gap_is_not_read(year: Floats, known: Bools, count: int):
    emptied, filled = np.where(known, year, 0), np.where(known, year, 1e6)
    assert norms(emptied, known, count) == norms(filled, known, count)


@law
@given(years, arrays(np.bool_, 52), counts)
def test_too_few_known_weeks_are_said_and_not_guessed_from(year: Floats, known: Bools, count: int):
    four, every = norms(year, known, count)
    assert (every.band == NOT_ENOUGH) == (known.sum() < 8)
    assert (four.band == NOT_ENOUGH) == (known.sum() < 8 or known[-4:].sum() < 2)
    assert all((norm.low is None) == (norm.band == NOT_ENOUGH) for norm in (four, every))


def test_a_gap_this_week_is_no_zero():
    assert {norm.band for norm in norms(np.full(52, 9.0), ALL_KNOWN, None)} == {NO_DATA}
    assert {norm.band for norm in norms(np.full(52, 9.0), ALL_KNOWN, 0)} == {"far below"}


def test_half_a_week_is_held_against_half_a_norm():
    year = np.full(52, 14.0)
    (_, full), (_, part) = (norms(year, ALL_KNOWN, 4, share=share) for share in (1, 2 / 7))
    assert part.expected == pytest.approx(full.expected * 2 / 7)
    assert (full.band, part.band) == ("far below", "usual")


def test_the_one_common_count_of_a_quiet_dyad_is_usual():
    quiet = np.zeros(52)
    assert [norm.band for norm in norms(quiet, ALL_KNOWN, 0)] == ["usual", "usual"]
    assert [norm.band for norm in norms(quiet, ALL_KNOWN, 1)] == ["above", "far above"]


def test_weeks_that_scatter_make_a_wider_norm():
    even, uneven = np.full(52, 5.0), np.tile([0.0, 10.0], 26)
    (_, narrow), (_, wide) = (norms(year, ALL_KNOWN, 11) for year in (even, uneven))
    assert narrow.expected == wide.expected
    assert (narrow.band, wide.band) == ("far above", "usual")


def test_most_weeks_of_a_steady_dyad_are_usual():
    random = np.random.default_rng(1)
    found = [
        norms(random.poisson(12, 52).astype(float), ALL_KNOWN, int(random.poisson(12)))[1].band
        for _ in range(1000)
    ]
    assert 0.75 <= found.count("usual") / 1000 <= 0.88
    assert found.count("far above") + found.count("far below") <= 80


@pytest.mark.parametrize("share", [0, -1, 1.1])
def test_a_share_that_is_none_is_refused(share: float):
    with pytest.raises(ValueError, match="share of a week"):
        norms(np.zeros(52), ALL_KNOWN, 0, share=share)


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        norms(np.zeros(52), ALL_KNOWN, -1)


# ---- the ranking ------------------------------------------------------------


def ranked(
    *events: Event, record: Record | None = None, readers: dict[str, Readers] | None = None
) -> list[Ranked]:
    return rank(events, record or Record(date(2021, 8, 25), 52), [AFG_RUS], readers)


def reasons(one: Ranked) -> list[str]:
    return [reason.name for reason in one.reasons]


@st.composite
def weeks_of_events(draw: st.DrawFn) -> list[Event]:
    return [
        event(
            f"C{n}",
            occurred_on=MONDAY + timedelta(draw(st.integers(0, 6))),
            cameo=draw(st.sampled_from(["010", "057", "190", "1831"])),
            rung=draw(st.sampled_from(["", "0", "P1", "D2", "N3", "N4"])),
            target_actor=draw(st.sampled_from(["AFG", "PAK"])),
        )
        for n in range(draw(st.integers(0, 8)))
    ]


@law
@given(weeks_of_events(), st.randoms())
def test_the_order_of_reading_does_not_move_the_ranking(events: list[Event], random: Random):
    turned = random.sample(events, len(events))
    assert ranked(*events) == ranked(*turned)
    assert sorted(one.event.event_id for one in ranked(*events)) == sorted(e.event_id for e in events)


@law
@given(weeks_of_events())
def test_a_score_is_the_sum_of_reasons_that_stand_in_order_with_their_words(events: list[Event]):
    for one in ranked(*events):
        points = [reason.points for reason in one.reasons]
        assert one.score == pytest.approx(sum(points))
        assert points == sorted(points, reverse=True)
        assert all(reason.words and reason.points > 0 and reason.name in WEIGHTS for reason in one.reasons)


def test_of_two_steps_on_one_rung_the_earlier_is_the_first():
    later, earlier = event("C1", rung="D2"), event("C2", rung="D2", occurred_on=date(2026, 5, 26))
    found = {one.event.dataset_event_id: reasons(one) for one in ranked(later, earlier)}
    assert "first step" in found["C2"]
    assert "first step" not in found["C1"]


def test_a_step_on_a_rung_that_was_reached_before_is_no_first():
    record = Record(date(2021, 8, 25), 52, {AFG_RUS: Past({"057": 3}, frozenset({"D2"}))})
    (one,) = ranked(event(rung="D2"), record=record)
    assert not {"first step", "first of its kind"} & set(reasons(one))


@pytest.mark.parametrize("rung", ["N4", "R", "0", "H"])
def test_what_is_no_step_is_no_first_step(rung: str):
    assert "first step" not in reasons(ranked(event(rung=rung))[0])


def test_a_short_record_makes_no_firsts_and_a_longer_one_lighter_firsts():
    points = [
        sum(r.points for r in one.reasons if r.name == "first step")
        for weeks in (7, 26, 52)
        for one in ranked(event(rung="D2"), record=Record(date(2026, 1, 1), weeks))
    ]
    assert points == [0, WEIGHTS["first step"] / 2, WEIGHTS["first step"]]


def test_a_rare_act_stands_above_a_common_one():
    record = Record(date(2021, 8, 25), 52, {AFG_RUS: Past({"040": 90, "042": 10}, frozenset({"P1"}))})
    first, _ = ranked(event("C1", cameo="040"), event("C2", cameo="042"), record=record)
    assert first.event.cameo == "042"
    (told,) = [reason.words for reason in first.reasons if reason.name == "rare"]
    assert told == "042 was 10 of the dyad's 100 acts of the year before"


def test_reasons_say_force_readers_and_the_desk():
    (one,) = ranked(event(cameo="190", rung="N4"), readers={event().event_id: Readers(4, 12)})
    assert {"force", "weight", "read", "desk dyad"} <= set(reasons(one))
    told = "; ".join(reason.words for reason in one.reasons)
    assert "force (N4)" in told
    assert "read on 4 sites, mentioned 12 times" in told
    assert "Goldstein -10" in told


def test_what_bears_on_a_dyad_is_marked_with_it_and_is_not_within_it():
    (one,) = ranked(event(target_actor="PAK", bears_on="RUS-AFG RUS-TJK"))
    assert one.bears_on == (AFG_RUS,)
    assert "bears on" in reasons(one)
    assert "desk dyad" not in reasons(one)


def test_equal_scores_stand_by_id():
    found = ranked(*(event(f"C{n}", target_actor=t) for n, t in ((2, "PAK"), (1, "TJK"))))
    assert found[0].score == found[1].score
    assert [one.event.dataset_event_id for one in found] == ["C1", "C2"]


# ---- a desk -----------------------------------------------------------------


def steady(weeks: int = 60, **last: str) -> list[dict[str, str]]:
    """An act of RUS toward AFG in each of the weeks before, and six of them in the week itself."""
    before = [
        row(f"B{n:03}", date=str(MONDAY - timedelta(weeks=n)), cameo="040", rung="P1")
        for n in range(1, weeks + 1)
    ]
    now = [row(f"N{n}", date=str(MONDAY + timedelta(n)), cameo="040", rung="P1") for n in range(6)]
    return [*before, *now, row("N9", date=str(MONDAY + timedelta(6)), **last)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        *steady(cameo="057", rung="D2", event="They signed an agreement on arms."),
        row("M1", date="2026-05-01", date_precision="month", rung="E2"),
        row(
            "N8", date="2026-05-28", source_actor="ISKP", target_actor="RUS", bears_on="RUS-AFG", cameo="190"
        ),
        row("N7", date="2026-05-28", source_actor="PAK", target_actor="IRN"),
    ]
    return make_desk(tmp_path_factory.mktemp("desk") / "d", rows=rows, settings='actors = ["AFG"]')


def told(desk: Path, *arguments: object) -> dict:
    said = rasad("week", "--desk", desk, "--json", *arguments)
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_a_week_with_seven_acts_for_one_is_far_above_its_norm(desk: Path):
    (found,) = told(desk)["datasets"]
    assert (found["days"], found["is_over"], found["is_known"], found["weeks_known"]) == (7, True, True, 52)
    line = next(line for line in found["lines"] if line["who"] == "AFG-RUS")
    assert line["counts"] == {"all": 7, "cooperation": 7, "conflict": 0}
    assert [norm["band"] for norm in line["norms"]["all"]] == ["far above", "far above"]
    assert [norm["known"] for norm in line["norms"]["all"]] == [4, 52]
    assert line["norms"]["all"][1]["expected"] == pytest.approx(52.5 / 52)
    assert [norm["band"] for norm in line["norms"]["conflict"]] == ["usual", "usual"]


def test_the_first_step_leads_and_what_bears_on_the_dyad_is_told_but_not_counted(desk: Path):
    found = told(desk)["events"]
    assert found[0]["id"] == "N9"
    assert found[0]["reasons"][0]["words"].startswith("first step on D2 between the two on record")
    bearing = next(one for one in found if one["id"] == "N8")
    assert bearing["bears_on"] == ["AFG-RUS"]
    assert not {"N7", "M1"} & {one["id"] for one in found}, "not the desk's, or of no known day"


def test_the_page_says_the_week_its_norm_its_reasons_and_whose_attention(desk: Path):
    out = rasad("week", "--desk", desk).out
    assert out.startswith("Week 22 of 2026, Mon 25 May to Sun 31 May 2026\n")
    assert "chronology: the week is over" in out
    assert re.search(r"AFG-RUS +7 \(7/0\) +1 +far above +1\.1 \(0–\d\) +far above +1\.0 \(0–\d\)", out)
    assert "counts also measure the coder's attention" in out
    assert "1. chronology N9  Sun 31 May  RUS > AFG  057 D2  They signed an agreement on arms." in out
    assert "bears on AFG-RUS, not counted there" in out
    assert "nan" not in out


def test_a_week_that_the_data_end_within_is_said_to_be_so_far(tmp_path: Path):
    rows = [one for one in steady() if one["date"] <= "2026-05-27"]
    desk = make_desk(tmp_path / "d", rows=rows)
    assert (
        "week so far, 3 of 7 days (to Wed 27 May), against 3/7 of a week's norm"
        in rasad("week", "--desk", desk).out
    )
    (found,) = told(desk)["datasets"]
    (line,) = found["lines"]
    assert line["norms"]["all"][1]["expected"] == pytest.approx(3 / 7 * 52.5 / 52)


def test_an_act_known_to_its_month_makes_no_first_step_after_it(tmp_path: Path):
    rows = [
        *steady(cameo="057", rung="D2"),
        row("M1", date="2026-05-01", date_precision="month", rung="D2"),
    ]
    found = told(make_desk(tmp_path / "d", rows=rows))["events"]
    assert "first step" not in [reason["name"] for one in found for reason in one["reasons"]]


def test_a_young_record_has_no_norm_yet(tmp_path: Path):
    desk = make_desk(tmp_path / "d", rows=steady(weeks=5))
    out = rasad("week", "--desk", desk).out
    assert out.count(NOT_ENOUGH) == 2
    assert "Of the 52 weeks before 5 are known" in out


def test_a_week_without_acts_is_one_line(desk: Path, tmp_path: Path):
    rows = [*steady(), row("Z1", date="2026-06-09", source_actor="PAK", target_actor="IRN")]
    quiet = make_desk(tmp_path / "d", rows=rows, settings='actors = ["TJK"]')
    out = rasad("week", "--on", "2026-06-03", "--desk", quiet).out
    assert "No acts, as usual: TJK." in out
    assert "No event of the week is with the desk's dyads or actors." in out


# ---- a dataset of the news, with a gap --------------------------------------

LAST = date(2019, 10, 24)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred days of news up to 24 October 2019, of which those from 7 to 9 October are missing."""
    folder = tmp_path_factory.mktemp("news")
    desk = make_desk(folder / "d", settings='actors = ["USA", "RUS"]')
    settings = (desk / "rasad.toml").read_text("utf-8").replace("RUS-AFG", "BLR-RUS")
    (desk / "rasad.toml").write_text(settings, "utf-8")
    for name, copies, first in (("new", 8, 0), ("old", 82, 18)):
        load(desk, many(folder / f"{name}.export.CSV", copies, first=first))
    return desk


def test_the_weekly_counts_are_those_of_the_series(news: Path):
    desk = Desk(news)
    flags = usual_flags(desk, "gdelt2")
    for on in (LAST, date(2019, 9, 18), date(2019, 8, 20)):
        (found,) = week(desk, on, ["gdelt2"]).datasets
        for line in found.lines[:1]:
            dyad = Dyad.parse(line.who)
            acts = acts_of_store(desk, "gdelt2", dyad=dyad)
            plain = series(acts, dyad, "week", first=on, last=on, left_out=flags)
            assert line.counts["all"] == plain.n[0]
            assert line.counts["cooperation"] == plain.cooperation[0]
            assert line.counts["conflict"] == plain.conflict[0]
            assert line.sites == plain.sites[0]


def test_an_actor_is_counted_with_all_others_in_both_directions(news: Path):
    desk = Desk(news)
    (found,) = week(desk, date(2019, 9, 18), ["gdelt2"]).datasets
    line = next(line for line in found.lines if line.who == "USA")
    acts = acts_of_store(desk, "gdelt2", actor="USA")
    hidden = acts.where((acts.flags & 1) == 0)
    days = hidden.day[
        (hidden.day >= np.datetime64("2019-09-16")) & (hidden.day <= np.datetime64("2019-09-22"))
    ]
    assert line.counts["all"] == len(days) > 0


def test_a_gap_in_the_news_is_no_quiet_week(news: Path):
    said = rasad("week", "--on", "2019-10-09", "--desk", news)
    assert said.code == 0
    assert "gdelt2: no data this week" in said.out
    assert "The data have a gap: 2019-10-07 to 2019-10-09. A gap is not a quiet week." in said.out
    (found,) = told(news, "--on", "2019-10-09")["datasets"]
    assert {count for line in found["lines"] for count in line["counts"].values()} == {None}


def test_a_week_in_a_gap_is_left_out_of_the_norms_after_it(news: Path):
    (found,) = told(news, "--on", str(LAST), "--dataset", "gdelt2")["datasets"]
    assert found["days"] == 4
    assert {line["norms"]["all"][0]["known"] for line in found["lines"]} == {3}


def test_what_is_left_out_by_its_flags_is_told_and_not_ranked(news: Path):
    found = told(news, "--on", "2019-09-18", "--dataset", "gdelt2")
    (of_dataset,) = found["datasets"]
    assert of_dataset["left_out"]["repeated"] > 0
    assert "Left out by their flags: repeated" in rasad("week", "--on", "2019-09-18", "--desk", news).out
    acts = [(one["day"], one["source"], one["target"], one["code"]) for one in found["events"]]
    assert len(acts) == len(set(acts))


def test_no_more_than_fifteen_events_are_printed_and_the_rest_is_counted(news: Path):
    found = told(news, "--on", "2019-09-18")
    out = rasad("week", "--on", "2019-09-18", "--desk", news).out
    assert " 15. gdelt2" in out
    assert " 16. gdelt2" not in out
    assert f"and {len(found['events']) - 15:,} more" in out


def test_a_dataset_that_does_not_reach_the_week_is_named_with_its_days(news: Path):
    out = rasad("week", "--desk", news).out
    assert re.search(r"Without data of this week: gdelt2 \(\d{4}-\d\d-\d\d to 2019-10-24\)\.", out)


# ---- the worked example -----------------------------------------------------


def test_the_page_on_the_week_shows_what_the_example_prints(tmp_path: Path):
    desk = copy_example(tmp_path)
    assert rasad("load", "--desk", desk).code == 0
    page = (Path(__file__).parent.parent / "docs" / "week.md").read_text("utf-8")
    shown = page.split("$ rasad week\n", 1)[1].split("```", 1)[0]
    assert rasad("week", "--desk", desk).out == shown


# ---- bad input --------------------------------------------------------------


def test_without_a_store_it_says_to_load(tmp_path: Path):
    (tmp_path / "rasad.toml").write_text('[desk]\nname = { en = "D" }\ndyads = ["RUS-AFG"]\n', "utf-8")
    assert "Run 'rasad load' first" in the_fault(rasad("week", "--desk", tmp_path))


def test_a_desk_that_watches_nobody_is_told_what_to_add(tmp_path: Path):
    desk = make_desk(tmp_path / "d")
    (desk / "rasad.toml").write_text('[desk]\nname = { en = "D" }\n', "utf-8")
    line = the_fault(rasad("week", "--desk", desk))
    assert "watches no dyads and no actors" in line
    assert 'dyads = ["RUS-AFG"]' in line


@pytest.mark.parametrize("on", ["1066-10-14", "9999-12-31", "0001-01-01"])
def test_a_week_without_any_data_is_refused_with_the_days_that_have_some(desk: Path, on: str):
    line = the_fault(rasad("week", "--on", on, "--desk", desk))
    assert f"no dataset reaches the week of {on}" in line
    assert "chronology" in line


def test_an_unknown_dataset_is_refused_with_those_that_are_there(desk: Path):
    line = the_fault(rasad("week", "--dataset", "gdelt9", "--desk", desk))
    assert "'gdelt9'" in line
    assert "Loaded: chronology." in line


def test_a_store_without_a_known_day_is_said_to_have_none(tmp_path: Path):
    desk = make_desk(tmp_path / "d", rows=[row("M1", date="2026-05-01", date_precision="month")])
    assert "no event whose day is known" in the_fault(rasad("week", "--desk", desk))


def test_what_is_no_day_is_refused(desk: Path):
    said = rasad("week", "--on", "yesterday", "--desk", desk)
    assert said.code == 2
    assert "yesterday" in said.err


def test_a_dyad_named_twice_either_way_round_stands_once(tmp_path: Path):
    desk = make_desk(tmp_path / "d", rows=steady())
    text = (desk / "rasad.toml").read_text("utf-8").replace('"RUS-AFG"', '"RUS-AFG", "AFG-RUS"')
    (desk / "rasad.toml").write_text(text, "utf-8")
    assert [line["who"] for line in told(desk)["datasets"][0]["lines"]] == ["AFG-RUS"]


def test_an_event_that_was_changed_counts_once(tmp_path: Path):
    desk = make_desk(tmp_path / "d", rows=steady())
    changed = [one | {"cameo": "190", "rung": "N4"} if one["id"] == "N1" else one for one in steady()]
    (desk / "chronology.csv").write_text(chronology(*changed), "utf-8")
    assert rasad("load", "--desk", desk).code == 0
    assert told(desk)["datasets"][0]["lines"][0]["counts"] == {"all": 7, "cooperation": 6, "conflict": 1}
