"""Edges of the store: rows that come back, files that come twice or in pieces, and desks that are oddly laid out.

Each of these once lost a row, counted one twice, or marked the wrong one.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest
import zstandard

from desks import ROWS, chronology, copy_desk, make_desk, rasad, the_fault
from loading import (
    GDELT2,
    GED,
    ICEWS,
    POLECAT,
    accounted,
    cells,
    counts,
    export,
    flags_told,
    held,
    is_sound,
    load,
    loaded_events,
    not_loaded,
    rejects,
    table,
    write,
    write_table,
    zipped,
)
from rasad.sources import kept, pieces

MENTIONS_OF, ACT, ADDRESS = 31, (26, 27), 60
"""Columns of GDELT 2.0."""
HEADER = "id,day,who,what"
MAPPED = '[formats.notes]\ncolumns = { id = "id", date = "day", source_name = "who", text = "what" }'


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("fresh") / "desk", settings=MAPPED)


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Path:
    return copy_desk(fresh, tmp_path)


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a few rows cut into pieces as those of a file of a gigabyte are."""
    monkeypatch.setattr(kept, "CHUNK", 5_000)
    for module in (kept, pieces):
        monkeypatch.setattr(module, "SEGMENT", 12_000)


def act(key: int, *, address: int = 0, mentions: int = 1, code: str = "043") -> list[str]:
    """A row of GDELT 2.0: all have one day, one pair of actors and one place."""
    row = [str(key), *cells(GDELT2)[0][1:]]
    row[MENTIONS_OF], row[ADDRESS] = str(mentions), f"https://news.example/{address or key}"
    row[26] = row[27] = code
    row[28] = code[:2]
    return row


def marked(desk: Path, *options: object) -> dict[str, bool]:
    """Of every current event by its id: whether it is marked as a repeat."""
    return {
        row["dataset_event_id"]: "repeated" in row["flags"].split() for row in loaded_events(desk, *options)
    }


# ---- rows that come back ------------------------------------------------------


def test_a_file_that_is_named_twice_is_loaded_once(desk: Path, tmp_path: Path):
    file = write(tmp_path / "a.csv", [act(1), act(2), act(1, mentions=9)])
    said = rasad("load", file, file, "--desk", desk, "--json")
    first, again = json.loads(said.out)
    assert counts(first) == (3, 3, 1, 0, 0)
    assert counts(again) == (3, 0, 0, 3, 0)
    assert set(marked(desk)) == {"1", "2"}
    assert is_sound(desk)


@pytest.mark.parametrize("how", ["in one file", "in one file cut into pieces", "in three files"])
def test_a_row_that_goes_back_to_what_it_was_is_current_as_it_came_last(
    desk: Path, tmp_path: Path, how: str, request: pytest.FixtureRequest
):
    rows = [act(1), act(1, mentions=2), act(1)]
    if how == "in three files":
        for number, row in enumerate(rows):
            load(desk, write(tmp_path / f"{number}.csv", [row, act(10 + number, address=99)]))
    else:
        if "pieces" in how:
            request.getfixturevalue("in_pieces")
            rows = [row for one in rows for row in (one, *(act(100, address=n) for n in range(40)))]
        load(desk, write(tmp_path / "a.csv", rows))
    (row,) = (row for row in loaded_events(desk) if row["dataset_event_id"] == "1")
    assert row["n_mentions"] == "1"
    assert is_sound(desk)


def test_a_row_is_no_repeat_of_its_own_older_version(desk: Path, tmp_path: Path):
    load(desk, write(tmp_path / "a.csv", [act(1), act(1, mentions=9), act(2, code="190")]))
    assert marked(desk) == {"1": False, "2": False}


def test_a_row_that_is_revised_stays_the_one_of_its_group_that_is_counted(desk: Path, tmp_path: Path):
    load(desk, write(tmp_path / "a.csv", [act(1), act(2)]))
    assert marked(desk) == {"1": False, "2": True}
    load(desk, write(tmp_path / "b.csv", [act(1, mentions=77)]))
    assert marked(desk) == {"1": False, "2": True}
    load(desk, write(tmp_path / "c.csv", [act(1, code="190"), act(2, mentions=5)]))
    assert marked(desk) == {"1": False, "2": False}
    assert is_sound(desk)


def test_a_row_of_the_chronology_under_a_new_id_is_no_repeat(desk: Path):
    renamed = [{**row, "id": f"X{row['id']}"} for row in ROWS]
    (desk / "chronology.csv").write_text(chronology(*renamed), "utf-8")
    assert rasad("load", "--desk", desk).code == 0
    assert {(row["dataset_event_id"], row["flags"]) for row in export(desk)} == {
        (row["id"], "") for row in renamed
    }


def test_the_same_rows_are_duplicates_whether_tabs_commas_or_types_part_them(desk: Path, tmp_path: Path):
    for file in (ICEWS, GED):
        text = write_table(tmp_path / f"{file.stem}.csv", cells(file) if file == ICEWS else table(file))
        typed = tmp_path / f"{file.stem}.parquet"
        options = "delim = '\t', quote = ''" if file == ICEWS else "header = true"
        duckdb.sql(f"COPY (FROM read_csv('{file}', {options})) TO '{typed}'")
        load(desk, file)
        for again in (text, typed):
            told = load(desk, again)
            assert told["loaded"] == 0, f"{again.name}: {told}"


def test_ids_of_more_digits_than_any_number_has_are_found_again(desk: Path, tmp_path: Path):
    long = ["3" + "0" * 19, "9" * 22, "2" + "0" * 24]
    load(desk, write(tmp_path / "a.csv", [[key, *act(1, address=n + 1)[1:]] for n, key in enumerate(long)]))
    told = load(desk, write(tmp_path / "b.csv", [[long[1], *act(1, address=2)[1:]], act(5)]))
    assert counts(told) == (2, 1, 0, 1, 0)


# ---- files in pieces ----------------------------------------------------------


def test_flags_do_not_depend_on_where_a_big_file_is_cut(
    desk: Path, tmp_path: Path, request: pytest.FixtureRequest
):
    addresses = ("https://a.example/x/the-long-word-story", "https://b.example/the-long-word-story.html")
    rows = []
    for number, row in enumerate(cells(GDELT2) * 3):
        fresh = [str(900 + number), *row[1:]]
        if number % 9 == 0:
            fresh[ADDRESS] = addresses[number // 9 % 2]
        rows.append(fresh)
    file = write(tmp_path / "a.csv", [*rows, *rows[:5]])
    other = copy_desk(desk, tmp_path / "other")
    whole = load(desk, file)
    request.getfixturevalue("in_pieces")
    cut = load(other, file)
    assert counts(cut) == counts(whole)
    assert flags_told(cut) == flags_told(whole)
    assert is_sound(other)


def test_a_blank_line_in_a_piece_is_counted_once(desk: Path, tmp_path: Path, in_pieces: None):
    rows: list[str | Sequence[str]] = [act(number) for number in range(80)]
    file = write(tmp_path / "a.csv", [*rows[:3], "", *rows[3:], act(2), "cut\trow", "", act(79)])
    assert counts(load(desk, file)) == (83, 80, 0, 2, 1)
    assert [row["text"] for row in rejects(desk)] == ["cut\trow"]
    assert is_sound(desk)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_big_file_with_an_unreadable_row_is_loaded(
    desk: Path, tmp_path: Path, in_pieces: None, pack: Callable[[bytes], bytes]
):
    rows = [act(number) for number in range(80)]
    rows[30][6] = "a\0b"
    file = tmp_path / "b.csv"
    file.write_bytes(pack(write(tmp_path / "a.csv", rows).read_bytes()))
    assert counts(load(desk, file)) == (80, 79, 0, 0, 1)
    assert is_sound(desk)


@pytest.mark.parametrize("file", [ICEWS, POLECAT], ids=lambda file: file.name)
def test_a_big_file_with_a_header_is_loaded_as_a_small_one_is(
    desk: Path, tmp_path: Path, file: Path, request: pytest.FixtureRequest
):
    header, *rows = cells(file)
    many = [[f"{number}{row[0]}", *row[1:]] for number in range(1, 9) for row in rows]
    big = write(tmp_path / file.name, [header, *many])
    other = copy_desk(desk, tmp_path / "other")
    whole = load(desk, big)
    request.getfixturevalue("in_pieces")
    cut = load(other, big)
    assert counts(cut) == counts(whole)
    assert accounted(cut)
    assert is_sound(other)


# ---- tables -------------------------------------------------------------------


def test_a_quote_that_stays_open_costs_its_own_row(desk: Path, tmp_path: Path):
    rows = [f"{n},2020-01-{n:02},RUS,said {n}" for n in range(1, 10)]
    rows[3] = rows[3].replace("said", '"said')
    told = load(desk, write(tmp_path / "a.csv", [HEADER, *rows]))
    assert counts(told) == (9, 8, 0, 0, 1)
    (row,) = rejects(desk)
    assert (row["text"], "quote" in row["reason"]) == (rows[3], True)


def test_quotes_that_stay_open_again_and_again_lose_no_row(desk: Path, tmp_path: Path):
    rows = [f'{n},2020-01-01,a",",said' for n in range(1, 3_000)]
    told = load(desk, write(tmp_path / "a.csv", [HEADER, '0,2020-01-01,RUS,"said', *rows]))
    assert accounted(told)
    assert "2998,2020" in "".join(row["text"] for row in rejects(desk))


def test_a_parquet_cell_of_5_megabytes_is_rejected_alone(desk: Path, tmp_path: Path):
    file = tmp_path / "a.parquet"
    duckdb.sql(
        "SELECT n AS id, DATE '2020-01-01' AS day, 'RUS' AS who,"
        " CASE WHEN n = 2 THEN repeat('x', 5000000) ELSE 'said' END AS what FROM range(1, 4) AS t(n)"
    ).write_parquet(str(file))
    assert counts(load(desk, file)) == (3, 2, 0, 0, 1)
    assert "bytes long" in rejects(desk)[0]["reason"]


def test_members_of_an_archive_with_other_columns_are_refused(desk: Path, tmp_path: Path):
    header, *rows = table(GED)
    turned = [list(reversed(row)) for row in (header, *rows[50:])]
    first = write_table(tmp_path / "a.csv", [header, *rows[:50]]).read_bytes()
    second = write_table(tmp_path / "b.csv", turned).read_bytes()
    assert "b.csv" in not_loaded(desk, zipped(tmp_path / "two.zip", {"a.csv": first, "b.csv": second}))


def test_a_member_without_a_header_loses_no_row(desk: Path, tmp_path: Path):
    header, *rows = table(GED)
    first = write_table(tmp_path / "a.csv", [header, *rows[:50]]).read_bytes()
    second = write_table(tmp_path / "b.csv", rows[50:]).read_bytes()
    assert "b.csv" in not_loaded(desk, zipped(tmp_path / "two.zip", {"a.csv": first, "b.csv": second}))


# ---- desks --------------------------------------------------------------------


@pytest.mark.parametrize("dataset", ["chronology", "gdelt2-mentions", "gdelt2"])
def test_a_mapped_format_joins_no_dataset_that_tells_otherwise_who_acts(
    fresh: Path, tmp_path: Path, dataset: str
):
    desk = copy_desk(fresh, tmp_path)
    settings = (desk / "rasad.toml").read_text("utf-8")
    (desk / "rasad.toml").write_text(f'{settings}dataset = "{dataset}"\n', "utf-8")
    assert dataset in the_fault(rasad("load", GED, "--desk", desk))


def test_what_lies_behind_a_link_in_a_store_is_left_alone(desk: Path, tmp_path: Path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("keep", "utf-8")
    store = desk / ".rasad" / "store"
    for link in ("event/dataset=other", "snapshots/other", "passing"):
        (store / link).symlink_to(precious, target_is_directory=True)
    load(desk, GED)
    assert (precious / "letter.txt").read_text("utf-8") == "keep"
    assert is_sound(desk)


def test_a_store_behind_a_link_is_a_store(desk: Path, tmp_path: Path):
    store = desk / ".rasad" / "store"
    store.rename(tmp_path / "elsewhere")
    store.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    load(desk, GED)
    assert rasad("store", "compact", "--desk", desk).code == 0
    assert held(desk)["ucdp"]["rows"] == len(table(GED)) - 1
    assert is_sound(desk)


def test_a_place_that_takes_no_export_is_told_and_the_store_not_blamed(desk: Path, tmp_path: Path):
    line = the_fault(rasad("store", "export", tmp_path / "nowhere" / "a.csv", "--desk", desk))
    assert "nowhere" in line
    assert "Delete" not in line


@pytest.mark.parametrize(
    "name", ["o'brien", "a[b]c", "st*r", "q?m", 'quo"te', "افغانستان", "{a,b}", "$x; -- y"]
)
def test_a_desk_may_have_any_name(fresh: Path, tmp_path: Path, name: str):
    desk = copy_desk(fresh, tmp_path / name)
    file = tmp_path / name / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(table(GED))
    assert load(desk, file)["loaded"] == load(desk, GED)["rows_read"]
    assert rasad("store", "compact", "--desk", desk).code == 0
    assert is_sound(desk)


def test_a_desk_reads_no_file_of_a_desk_that_its_name_would_match(fresh: Path, tmp_path: Path):
    desk, other = copy_desk(fresh, tmp_path / "desk?"), copy_desk(fresh, tmp_path / "desks")
    left = other / ".rasad" / "store" / "passing" / "1" / "0000.zst"
    left.parent.mkdir(parents=True)
    left.write_bytes(zstandard.compress(GDELT2.read_bytes()))
    file = write(tmp_path / "a.csv", [act(1)])
    assert counts(load(desk, file)) == (1, 1, 0, 0, 0)
