"""What the store promises: whole after any load, whoever kills it, and open about what it holds."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest

from desks import ROWS, chronology, copy_desk, make_desk, rasad, refused, row
from loading import (
    ACLED,
    CANDIDATE,
    EVENT_FILES,
    FLAGS,
    GDELT1,
    GDELT2,
    GED,
    ICEWS,
    MENTIONS,
    POLECAT,
    accounted,
    cells,
    expected,
    export,
    finish,
    held,
    is_sound,
    kill,
    lines,
    load,
    loaded_events,
    many,
    plain,
    rejects,
    rows_of,
    start,
    state,
    write,
    write_like,
)

KILLS = 20
COPIES = 200
FOUND_PROBLEMS = 1


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("fresh") / "desk")


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Path:
    return copy_desk(fresh, tmp_path)


# ---- killed -------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20,000 rows that differ in id and day."""
    return many(tmp_path_factory.mktemp("large") / GDELT2.name, COPIES)


def test_a_load_killed_at_any_moment_leaves_the_store_as_before_or_after(
    fresh: Path, tmp_path: Path, large: Path
):
    seed = secrets.randbelow(2**32)
    print(f"seed {seed}")  # noqa: T201  (the way back to a failure)
    moments = np.random.default_rng(seed)
    begin = Path(shutil.copytree(fresh, tmp_path / "begin"))
    load(begin, ICEWS)
    before = state(begin)
    whole = Path(shutil.copytree(begin, tmp_path / "whole"))
    process = start("load", large, "--desk", whole, "--json")
    begun = time.perf_counter()
    assert json.loads(finish(process).out)["loaded"] == 100 * COPIES
    takes = time.perf_counter() - begun
    after = state(whole)
    assert len(after) == len(before) + 100 * COPIES

    for number in range(KILLS):
        desk = Path(shutil.copytree(begin, tmp_path / f"killed-{number}"))
        process = start("load", large, "--desk", desk, "--json")
        time.sleep(float(moments.uniform(0, 1.1 * takes)))
        kill(process)
        where = f"seed {seed}, kill {number}"
        assert is_sound(desk), where
        left = state(desk)
        assert left in (before, after), where
        assert len(held(desk)) == (2 if left == before else 3), where
        if number % 5 == 0:
            told = load(desk, large)
            assert told["loaded"] == (len(after) - len(before) if left == before else 0), where
            assert is_sound(desk), where
            assert state(desk) == after, where
        shutil.rmtree(desk)


def test_two_loads_at_the_same_time_do_not_spoil_the_store(desk: Path, tmp_path: Path):
    files = [many(tmp_path / f"{n}.CSV", 50, first=100 * n) for n in (1, 2)]
    ended = [finish(process) for process in [start("load", file, "--desk", desk, "--json") for file in files]]
    assert is_sound(desk)
    ids = {event["dataset_event_id"] for event in loaded_events(desk)}
    for file, said in zip(files, ended, strict=True):
        mine = {cell[0] for cell in cells(file)}
        if said.code == 0:
            assert json.loads(said.out)["loaded"] == len(mine) == 5000
            assert mine <= ids
        else:
            refused(said)
            assert not mine & ids
    assert 0 in [said.code for said in ended]
    for file in files:
        load(desk, file)
    assert len(loaded_events(desk)) == 10_000


def test_one_file_loaded_twice_at_the_same_time_is_there_once(desk: Path, tmp_path: Path):
    file = many(tmp_path / GDELT2.name, 50)
    ended = [finish(process) for process in [start("load", file, "--desk", desk, "--json") for _ in range(2)]]
    assert is_sound(desk)
    assert sum(json.loads(said.out)["loaded"] for said in ended if said.code == 0) == 5000
    assert len(state(desk)) == 5000 + len(ROWS)


# ---- what it says it holds ----------------------------------------------------


def test_the_store_tells_what_it_holds_by_dataset(desk: Path, tmp_path: Path):
    bad = write(tmp_path / GDELT2.name, [*lines(GDELT2), "half a row", "\t".join(cells(GDELT2)[0][:58])])
    told = {file: load(desk, file) for file in (bad, ICEWS, POLECAT, ACLED)}
    of = {event["dataset"] for event in export(desk, "--private")}
    kept = held(desk)
    assert set(kept) >= of
    assert len(of) == 5
    assert kept["chronology"]["rows"] == len(ROWS)
    assert (kept["chronology"]["first"], kept["chronology"]["last"]) == ("2025-07-03", "2026-05-27")
    for file, sums in told.items():
        want = expected(plain(GDELT2 if file == bad else file))
        days = sorted(str(one.day) for one in want.current)
        (mine,) = [name for name in of if (kept[name]["first"], kept[name]["last"]) == (days[0], days[-1])]
        assert kept[mine]["rows"] == len(want.current)
        assert kept[mine]["duplicates"] == sums["duplicates"]
        assert sum(kept[mine]["rejects"].values()) == sums["rejected"]
        assert {flag: kept[mine]["flags"].get(flag, 0) for flag in FLAGS} == {
            flag: sums["flagged"].get(flag, 0) for flag in FLAGS
        }


def test_rejects_are_counted_by_their_reasons(desk: Path, tmp_path: Path):
    rows = cells(GDELT2)
    rows[3], rows[4] = rows[3][:60], rows[4][:60]
    rows[5][1] = "20190231"
    load(desk, write(tmp_path / GDELT2.name, rows))
    kept = rejects(desk)
    (counted,) = [told["rejects"] for told in held(desk).values() if told["rejects"]]
    assert counted == dict(Counter(reject["reason"] for reject in kept))
    assert sorted(counted.values()) == [1, 2]
    assert len({reject["snapshot"] for reject in kept}) == 1


def test_the_store_is_told_to_people_too(desk: Path):
    load(desk, GDELT2)
    said = rasad("store", "--desk", desk)
    assert said.code == 0
    assert {"100", "2018-10-24", "2019-10-24"} <= set(re.findall(r"[\d-]+", said.out))


def test_a_store_without_rejects_tells_none(desk: Path):
    load(desk, GDELT2)
    assert rejects(desk) == []
    assert rasad("store", "rejects", "--desk", desk).code == 0


def test_every_dataset_is_sound_and_the_sums_hold_after_all_are_loaded(desk: Path):
    told = [load(desk, file) for file in (*EVENT_FILES, MENTIONS)]
    assert all(map(accounted, told))
    assert is_sound(desk)
    current = sum(
        len(expected(plain(file)).current) for file in (GDELT2, GDELT1, GED, CANDIDATE, ICEWS, POLECAT, ACLED)
    )
    assert len(loaded_events(desk, "--private")) == current


def test_a_check_finds_a_damaged_part(desk: Path, tmp_path: Path):
    load(desk, GDELT2)
    assert is_sound(desk)
    parts = sorted((desk / ".rasad").rglob("*.parquet"))
    assert parts
    for part in parts:
        whole = part.read_bytes()
        for spoilt in (None, whole[: len(whole) // 2], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]):
            part.unlink() if spoilt is None else part.write_bytes(spoilt)
            said = rasad("store", "check", "--desk", desk)
            assert said.code == FOUND_PROBLEMS, said
            assert part.name in said.out + said.err
        part.write_bytes(whole)
    assert is_sound(desk)


# ---- what may leave it --------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_export_keeps_acled_in_unless_it_is_private_and_says_so(desk: Path, tmp_path: Path, kind: str):
    load(desk, GDELT2)
    load(desk, ACLED)

    def written(*options: str) -> tuple[list[str], str]:
        out = tmp_path / f"events.{kind}"
        out.unlink(missing_ok=True)
        said = rasad("store", "export", out, "--desk", desk, *options)
        assert said.code == 0, said.err
        read = f"SELECT dataset_event_id FROM read_{kind}('{out}'{', all_varchar=true' if kind == 'csv' else ''})"  # noqa: S608
        return sorted(str(key) for (key,) in duckdb.sql(read).fetchall()), said.out + said.err

    public, said = written()
    assert "acled" in said.lower()
    assert "12" in said
    assert "--private" in said
    private, _ = written("--private")
    secret = {one.key for one in plain(ACLED)}
    assert not secret & set(public)
    assert set(private) - set(public) == secret
    assert len(public) == 100 + len(ROWS)
    assert len(private) == len(public) + rows_of(ACLED)


def test_an_export_without_acled_says_nothing_of_it(desk: Path, tmp_path: Path):
    load(desk, GDELT2)
    said = rasad("store", "export", tmp_path / "events.csv", "--desk", desk)
    assert "acled" not in (said.out + said.err).lower()


def test_a_csv_and_a_parquet_export_say_the_same(desk: Path, tmp_path: Path):
    for file in (GDELT2, ICEWS, CANDIDATE):
        load(desk, file)
    names = ("dataset", "dataset_event_id", "occurred_on", "cameo", "source_url")
    assert rasad("store", "export", tmp_path / "events.parquet", "--desk", desk).code == 0
    read = f"SELECT {', '.join(names)} FROM read_parquet('{tmp_path / 'events.parquet'}')"  # noqa: S608
    rows = [tuple("" if cell is None else str(cell) for cell in one) for one in duckdb.sql(read).fetchall()]
    assert sorted(rows) == sorted(tuple(one[name] for name in names) for one in export(desk))


def test_only_current_events_are_exported(desk: Path, tmp_path: Path):
    load(desk, GDELT2)
    rows = cells(GDELT2)
    rows[0][60] = "https://news.example/revised"
    load(desk, write_like(GDELT2, tmp_path / "2", rows))
    assert [
        event["source_url"] for event in loaded_events(desk) if event["dataset_event_id"] == rows[0][0]
    ] == ["https://news.example/revised"]
    assert len(loaded_events(desk)) == 100


# ---- the desk's own chronology beside them -------------------------------------


def own(desk: Path) -> set[str]:
    return {event["dataset_event_id"] for event in export(desk) if event["dataset"] == "chronology"}


def test_a_row_gone_from_the_chronology_is_no_longer_current(desk: Path):
    load(desk, GDELT2)
    assert own(desk) == {"C001", "C002", "C003", "C004"}
    (desk / "chronology.csv").write_text(chronology(*ROWS[:2], row("C005")), "utf-8")
    assert rasad("load", "--desk", desk).code == 0
    assert own(desk) == {"C001", "C002", "C005"}
    assert held(desk)["chronology"]["rows"] == 3


def test_loading_the_chronology_leaves_the_other_datasets_alone_and_they_it(desk: Path):
    load(desk, GDELT2)
    load(desk, CANDIDATE)
    assert len(own(desk)) == 4
    (desk / "chronology.csv").write_text(chronology(*ROWS[1:]), "utf-8")
    assert rasad("load", "--desk", desk).code == 0
    assert len(loaded_events(desk)) == 112
    assert len(own(desk)) == 3


def test_a_second_file_of_a_dataset_withdraws_nothing(desk: Path, tmp_path: Path):
    load(desk, write_like(GDELT2, tmp_path / "1", cells(GDELT2)[:60]))
    load(desk, write_like(GDELT2, tmp_path / "2", cells(GDELT2)[50:]))
    assert len(loaded_events(desk)) == 100
