"""Quality is data: what is doubtful in a row is flagged and counted, and no row is dropped for it.

What must be flagged is counted here once more, by a plain reader over the same rows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import copy_desk, make_desk
from loading import (
    ACLED,
    CANDIDATE,
    EVENT_FILES,
    GDELT1,
    GDELT2,
    GED,
    ICEWS,
    MENTIONS,
    cells,
    copied,
    expected,
    expected_flags,
    flags_told,
    gdelt2,
    held,
    load,
    loaded_events,
    plain,
    write,
    write_like,
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("fresh") / "desk")


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Path:
    return copy_desk(fresh, tmp_path)


@pytest.mark.parametrize("file", EVENT_FILES, ids=lambda file: file.name)
def test_flags_are_those_a_plain_reader_counts(desk: Path, file: Path):
    want = expected(plain(file)).current
    told = load(desk, file)
    assert flags_told(told) == expected_flags(want)
    assert len(loaded_events(desk, "--private")) == len(want)


def test_the_fixtures_hold_every_kind_of_doubtful_row():
    found = {
        flag
        for file in (GDELT2, GDELT1, GED, CANDIDATE, ICEWS, ACLED)
        for flag, n in expected_flags(expected(plain(file)).current).items()
        if n
    }
    everything = set(expected_flags([]))
    assert everything - found == {"syndicated"}, "which has a test of its own, below"


def test_flags_are_told_of_the_store_as_of_the_load(desk: Path):
    told = load(desk, GDELT2)
    (dataset,) = held(desk).keys() - {"chronology"}
    kept = held(desk)[dataset]["flags"]
    assert {flag: n for flag, n in kept.items() if n} == {flag: n for flag, n in told["flagged"].items() if n}


def test_mentions_are_no_events_and_change_no_flag(desk: Path):
    load(desk, GDELT2)
    before = held(desk)
    events = loaded_events(desk)
    load(desk, MENTIONS)
    assert loaded_events(desk) == events
    assert {name: told["flags"] for name, told in held(desk).items() if name in before} == {
        name: told["flags"] for name, told in before.items()
    }


# ---- what the fixtures hold none of -----------------------------------------

STORY = "guild-of-bell-founders-ends-strike"


def test_a_story_at_another_address_is_syndicated(desk: Path, tmp_path: Path):
    rows = [
        copied(row, 800_000_000 + number, address)
        for number, (row, address) in enumerate(
            zip(
                cells(GDELT2),
                (
                    f"https://www.strelsau.example/2019/10/24/{STORY}/",
                    f"https://www.strelsau.example/2019/10/24/{STORY}/",
                    f"http://zenda.example/news/{STORY}.html",
                    f"https://www.edelweiss.example/{STORY}?page=2",
                    f"https://www.edelweiss.example/{STORY}?page=2",
                    "https://www.strelsau.example/2019/10/24/another-story-of-four-words/",
                ),
                strict=False,
            )
        )
    ]
    told = flags_told(load(desk, write(tmp_path / GDELT2.name, rows)))
    assert (told["syndicated"], told["same_story"]) == (3, 2)
    assert told == expected_flags(list(map(gdelt2, rows)))


@pytest.mark.parametrize(
    "ending",
    [
        "index.html",
        "story?id=130002715",
        "article.aspx?id=440707",
        "3958074",
        "2026/02/",
        "20260324.htm",
        "",
        "en",
    ],
)
def test_an_ending_that_many_addresses_share_makes_no_story(desk: Path, tmp_path: Path, ending: str):
    addresses = (f"https://www.{host}.example/news/{ending}" for host in ("strelsau", "zenda", "edelweiss"))
    rows = [
        copied(row, 800_000_000 + n, url)
        for n, (row, url) in enumerate(zip(cells(GDELT2), addresses, strict=False))
    ]
    assert flags_told(load(desk, write(tmp_path / GDELT2.name, rows)))["syndicated"] == 0


OFF = {
    "20200311": "date_off_week",
    "20200217": "date_off_month",
    "20190319": "date_off_year",
    "20200318": "",
    "20200310": "",
    "20200312": "",
    "20200101": "",
}
"""Days of events that GDELT added on 18 March 2020; its steps are 7, 30 and 365 days."""


@pytest.mark.parametrize("day", OFF)
def test_an_event_a_step_before_it_was_added_is_flagged(desk: Path, tmp_path: Path, day: str):
    row = cells(GDELT2)[-1]
    row[1:4] = day, day[:6], day[:4]
    row[59] = "20200318104500"
    told = flags_told(load(desk, write(tmp_path / GDELT2.name, [row])))
    assert {flag for flag in OFF.values() if flag and told[flag]} == {OFF[day]} - {""}


@pytest.mark.parametrize("code", ["299", "13y", "---"])
def test_a_code_that_is_in_no_code_book_is_flagged_and_kept(desk: Path, tmp_path: Path, code: str):
    rows = cells(GDELT2)[-3:]
    rows[1][26:29] = code, code, code[:2]
    told = load(desk, write(tmp_path / GDELT2.name, rows))
    assert (told["loaded"], told["rejected"], flags_told(told)["unknown_code"]) == (3, 0, 1)
    assert len(loaded_events(desk)) == 3


def test_flags_do_not_depend_on_how_rows_are_cut_into_files(desk: Path, tmp_path: Path):
    rows = cells(GDELT2)
    told = [
        flags_told(load(desk, write_like(GDELT2, tmp_path / name, half)))
        for name, half in (("1", rows[::2]), ("2", rows[1::2]))
    ]
    assert {flag: sum(half[flag] for half in told) for flag in told[0]} == expected_flags(plain(GDELT2))
