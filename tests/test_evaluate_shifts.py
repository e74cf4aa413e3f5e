"""``rasad evaluate shifts``: alarms within their budget, never fitted to the points, and scored as was agreed."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desks import Said, rasad, rasad_process, the_fault

CHANNELS = {
    "A_month": ("VF", "MN", "MV"),
    "B_month": ("ST", "VC", "MC", "VF", "MN", "MV"),
    "B_week": ("ST", "VC", "MC", "VF", "MN", "MV"),
    "C_week": ("VC", "MC", "VF", "MN", "MV"),
}
POINTS = {"ST": 0, "VC": 3, "MC": 6, "VF": -3, "MN": -5, "MV": -9}
PERIODS = {"A_month": 96, "B_month": 60, "B_week": 130, "C_week": 60}
DYADS = ("AFG|PAK", "IRQ|USA", "GEO|RUS", "FRA|MLI")
COLUMNS = ("set", "dyad", "date", "dir", "label", "vol", "usable", "weekly_usable")


# ---- the agreement, as it was written down ----------------------------------


@dataclass(frozen=True)
class Rule:
    """Alarms a dyad-year, tolerance and lead in periods, periods a year."""

    rate: float
    tolerance: int
    lead: int
    a_year: int

    def budget(self, n: int) -> int:
        return max(1, round(self.rate * n / self.a_year))


RULES = {
    "A_month": Rule(0.25, 1, 24, 12),
    "B_month": Rule(0.5, 1, 6, 12),
    "B_week": Rule(1.0, 2, 26, 52),
    "C_week": Rule(3.6, 1, 5, 52),
}


def place(day: str, name: str, periods: Sequence[str]) -> int:
    """The number of the period of a day, -1 outside."""
    on = date.fromisoformat(day)
    start = day[:7] if name.endswith("month") else str(on - timedelta(days=on.weekday()))
    return periods.index(start) if start in periods else -1


def counts_in(point: dict[str, str], name: str) -> bool:
    of_set = point["set"] == name or (point["set"] == "B" and name.startswith("B_"))
    weekly = name != "B_week" or point["weekly_usable"] == "True"
    return of_set and weekly and point["usable"] == "True"


def scored(
    name: str, periods: Sequence[str], alarms: Sequence[dict[str, Any]], points: Sequence[dict[str, str]]
) -> dict[str, Any]:
    """Recall, signed and balanced of one set, worked out point by point."""
    rule, hits = RULES[name], []
    for point in points:
        at = place(point["date"], name, periods)
        if not counts_in(point, name) or not rule.lead <= at < len(periods) - 2:
            continue
        away = {}
        for alarm in alarms:
            if alarm["set"] == name and alarm["dyad"] == point["dyad"]:
                off = abs(periods.index(alarm["period"]) - at)
                if off <= rule.tolerance:
                    away.setdefault(off, set()).add(alarm["direction"])
        right = bool(away) and point["dir"] in away[min(away)]
        assert not away or len(away[min(away)]) == 1
        hits.append((point["dir"], bool(away), right))
    ways = {way: [right for told, _, right in hits if told == way] for way in ("up", "down")}
    shares = {way: sum(rights) / len(rights) for way, rights in ways.items() if rights}
    return {
        "n": len(hits),
        "recall": sum(found for _, found, _ in hits) / len(hits),
        "signed": sum(right for _, _, right in hits) / len(hits),
        "signed_up": shares.get("up"),
        "signed_down": shares.get("down"),
        "n_up": len(ways["up"]),
        "n_down": len(ways["down"]),
        "signed_balanced": sum(shares.values()) / len(shares),
    }


# ---- made series ------------------------------------------------------------


@cache
def periods_of(name: str) -> tuple[str, ...]:
    if name.endswith("month"):
        return tuple(f"{2005 + n // 12}-{1 + n % 12:02}" for n in range(PERIODS[name]))
    return tuple(str(date(2005, 1, 3) + timedelta(weeks=n)) for n in range(PERIODS[name]))


def made_rows(name: str, seed: int) -> list[dict[str, object]]:
    """Noise with bursts in one channel, whose tone is that of its channels."""
    rng, n, channels = np.random.default_rng(seed), PERIODS[name], CHANNELS[name]
    rows: list[dict[str, object]] = []
    for dyad in DYADS:
        counts = rng.poisson(2, (n, len(channels)))
        for at in rng.integers(8, n - 4, 3):
            counts[at : at + 3, rng.integers(0, len(channels))] += 25
        for period, row in zip(periods_of(name), counts.tolist(), strict=True):
            by_channel = dict(zip(channels, row, strict=True))
            tone = sum(POINTS[channel] * count for channel, count in by_channel.items())
            rows.append({"period": period, "dyad": dyad, "n": sum(row), **by_channel, "gsum": tone})
    return rows


def packed(file: Path, rows: Sequence[dict[str, object]], columns: Sequence[str] = ()) -> Path:
    """Write rows as a packed CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or list(rows[0]), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(gzip.compress(text.getvalue().encode(), 1))
    return file


def some_points(seed: int, n: int = 60) -> list[dict[str, str]]:
    """Turning points here and there, also some that must not count."""
    rng = np.random.default_rng(seed)

    def pick(*of: str) -> str:
        return str(rng.choice(of))

    return [
        {"set": pick("A_month", "B", "B", "B_month", "B_week", "C_week"), "dyad": pick(*DYADS, "NOR|SWE"),
         "date": str(date(2005, 1, 1) + timedelta(days=int(rng.integers(0, 1200)))), "dir": pick("up", "down"), "label": "made, by hand",
         "vol": "1.0", "usable": pick("True", "True", "True", "False"), "weekly_usable": pick("True", "True", "False", "")}
        for _ in range(n)
    ]  # fmt: skip


def near_alarms(alarms: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """A turning point beside each alarm, now with its direction and now against it, a few periods off."""
    points = []
    for n, alarm in enumerate(alarms):
        on = date.fromisoformat(alarm["period"] + ("-15" if alarm["set"].endswith("month") else ""))
        step = timedelta(days=(30 if alarm["set"].endswith("month") else 7) * (n % 5 - 2))
        way = alarm["direction"] if n % 3 else {"up": "down", "down": "up"}[alarm["direction"]]
        told = "B" if alarm["set"] == "B_week" and n % 2 else alarm["set"]
        points.append({"set": told, "dyad": alarm["dyad"], "date": str(on + step), "dir": way, "label": "near", "vol": "1.0",
                       "usable": "True", "weekly_usable": "True"})  # fmt: skip
    return points


def write_points(folder: Path, points: Sequence[dict[str, str]], name: str = "turning_points.csv") -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(points)
    return folder


def evaluated(folder: Path, *options: str) -> dict[str, Any]:
    said = rasad("evaluate", "shifts", folder, "--json", *options)
    assert said.code == 0, said.err

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in JSON")

    told: dict[str, Any] = json.loads(said.out, parse_constant=refuse)
    return told


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All four sets, without turning points."""
    root = tmp_path_factory.mktemp("sets")
    for seed, name in enumerate(RULES):
        packed(root / f"series_{name}.csv.gz", made_rows(name, seed))
    return root


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    return evaluated(folder)


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.fixture
def alone(folder: Path, tmp_path: Path) -> Path:
    """A folder with the series of A alone, to spoil."""
    shutil.copy(folder / "series_A_month.csv.gz", tmp_path)
    return tmp_path


# ---- alarms -----------------------------------------------------------------


def test_the_output_has_the_form_that_was_agreed(told: dict[str, Any]):
    assert told.keys() >= {"alarms", "sets", "seconds"}
    assert told["sets"] == {}
    assert told["seconds"] >= 0
    for alarm in told["alarms"]:
        assert alarm.keys() == {"set", "dyad", "period", "direction", "score"}
        assert alarm["period"] in periods_of(alarm["set"])
        assert alarm["dyad"] in DYADS
        assert alarm["direction"] in ("up", "down")
        assert isinstance(alarm["score"], float)
    assert {alarm["set"] for alarm in told["alarms"]} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_no_dyad_has_more_alarms_than_its_budget_and_none_twice(told: dict[str, Any], name: str):
    budget = RULES[name].budget(PERIODS[name])
    for dyad in DYADS:
        found = [a["period"] for a in told["alarms"] if (a["set"], a["dyad"]) == (name, dyad)]
        assert 1 <= len(found) == len(set(found)) <= budget


def test_alarms_do_not_look_at_the_turning_points(copied: Path, told: dict[str, Any]):
    for points in (some_points(1), near_alarms(told["alarms"])):
        assert evaluated(write_points(copied, points))["alarms"] == told["alarms"]


def test_alarms_of_a_dyad_do_not_look_at_other_dyads_or_sets(tmp_path: Path, told: dict[str, Any]):
    rows = [row for row in made_rows("B_week", 2) if row["dyad"] == DYADS[1]]
    packed(tmp_path / "series_B_week.csv.gz", rows)
    want = [a for a in told["alarms"] if (a["set"], a["dyad"]) == ("B_week", DYADS[1])]
    assert evaluated(tmp_path)["alarms"] == want


def test_the_order_of_rows_and_columns_does_not_matter(tmp_path: Path, told: dict[str, Any]):
    rows = made_rows("C_week", 3)
    packed(
        tmp_path / "series_C_week.csv.gz",
        rows[::-1],
        ["gsum", "MV", "MC", "dyad", "VF", "n", "MN", "VC", "period"],
    )
    want = [a for a in told["alarms"] if a["set"] == "C_week"]
    assert sorted(evaluated(tmp_path)["alarms"], key=str) == sorted(want, key=str)


def test_statements_move_no_alarm_of_the_evaluation(tmp_path: Path, told: dict[str, Any]):
    rows = [row | {"ST": 7 * n % 50} for n, row in enumerate(made_rows("B_month", 1))]
    packed(tmp_path / "series_B_month.csv.gz", rows)
    assert evaluated(tmp_path)["alarms"] == [a for a in told["alarms"] if a["set"] == "B_month"]


def test_a_single_burst_of_force_is_found_where_it_is_and_told_as_down(tmp_path: Path):
    rows = [
        row | {"VC": 2, "MC": 1, "VF": 1, "MN": 1, "MV": 1, "ST": 3, "n": 9, "gsum": -5}
        for row in made_rows("B_month", 1)
    ]
    for row in rows:
        if row["period"] in ("2007-05", "2007-06"):
            row.update(MV=40, n=48, gsum=-356)
    packed(tmp_path / "series_B_month.csv.gz", rows)
    best: dict[str, dict[str, Any]] = {}
    for alarm in evaluated(tmp_path)["alarms"]:
        best[alarm["dyad"]] = max(best.get(alarm["dyad"], alarm), alarm, key=lambda a: a["score"])
    assert {(a["period"], a["direction"]) for a in best.values()} == {("2007-05", "down")}


# ---- scores -----------------------------------------------------------------


@pytest.mark.parametrize("case", ["near", 1, 2])
def test_scores_are_those_of_the_agreement(copied: Path, told: dict[str, Any], case: int | str):
    points = near_alarms(told["alarms"]) if case == "near" else some_points(int(case), 150)
    found = evaluated(write_points(copied, points))
    assert found["sets"]
    for name, score in found["sets"].items():
        want = scored(name, periods_of(name), found["alarms"], points)
        assert {key: score[key] for key in want} == pytest.approx(want), name
        assert score["k"] == RULES[name].budget(PERIODS[name])
        low, high = score["recall_interval"]
        assert 0 <= low <= score["recall"] <= high <= 1


@pytest.mark.parametrize("counts", [True, False])
def test_the_first_and_the_last_points_that_can_count_are_counted(copied: Path, *, counts: bool):
    points = []
    for name, rule in RULES.items():
        periods = periods_of(name)
        for at in (rule.lead, len(periods) - 3) if counts else (rule.lead - 1, len(periods) - 2):
            day = periods[at] + ("-28" if name.endswith("month") else "")
            points.append(
                {
                    "set": name,
                    "dyad": DYADS[0],
                    "date": day,
                    "dir": "up",
                    "usable": "True",
                    "weekly_usable": "True",
                }
            )
    found = evaluated(write_points(copied, points))["sets"]
    assert {name: score["n"] for name, score in found.items()} == (dict.fromkeys(RULES, 2) if counts else {})


def test_points_of_several_files_are_scored_as_one(copied: Path, told: dict[str, Any]):
    points = near_alarms(told["alarms"])
    whole = evaluated(write_points(copied, points))["sets"]
    write_points(copied, points[::2])
    write_points(copied, points[1::2], "turning_points_more.csv")
    split = evaluated(copied)["sets"]
    plain = ("n", "recall", "signed", "signed_balanced")
    assert {s: [v[k] for k in plain] for s, v in split.items()} == {
        s: [v[k] for k in plain] for s, v in whole.items()
    }


def test_the_same_folder_is_told_the_same_twice(copied: Path, told: dict[str, Any]):
    write_points(copied, near_alarms(told["alarms"]))
    one, other = (evaluated(copied) for _ in range(2))
    assert one | {"seconds": 0} == other | {"seconds": 0}


def test_gradual_improvements_of_the_projects_own_list_are_told_apart(told: dict[str, Any]):
    assert "rapprochements" in told
    assert "rapprochements" not in told["sets"]


def test_people_are_told_the_scores_in_lines(copied: Path, told: dict[str, Any]):
    said = rasad("evaluate", "shifts", write_points(copied, near_alarms(told["alarms"])))
    assert said.code == 0
    for word in ("recall", "balanced", *RULES):
        assert word in said.out
    assert "no turning points" in rasad("evaluate", "shifts", write_points(copied, [])).out


def test_peers_are_named_and_scored_by_the_same_points(copied: Path, told: dict[str, Any]):
    for name in ("series_A_month", "series_B_week", "series_C_week"):
        (copied / f"{name}.csv.gz").unlink()
    alarms = [a for a in told["alarms"] if a["set"] == "B_month"]
    found = evaluated(write_points(copied, near_alarms(alarms)), "--peers")
    assert found["alarms"] == alarms
    names = " ".join(found["peers"]).lower()
    assert [word for word in ("random", "volume", "ruptures", "kernel") if word not in names] == []
    for peer in found["peers"].values():
        assert peer["B_month"]["n"] == found["sets"]["B_month"]["n"]
        assert 0 <= peer["B_month"]["recall"] <= 1


# ---- bad input --------------------------------------------------------------


def fault_of(folder: Path, *options: str) -> str:
    """The one line of a refusal, the same for people and for pipes."""
    one, other = (
        the_fault(rasad("evaluate", "shifts", folder, *more, *options)) for more in ((), ("--json",))
    )
    assert one == other
    return one


def spoilt(folder: Path, **cells: object) -> str:
    """What is said when the third row of a series has other cells."""
    rows = made_rows("A_month", 0)
    rows[2] = rows[2] | cells
    packed(folder / "series_A_month.csv.gz", rows)
    line = fault_of(folder)
    assert "series_A_month.csv.gz" in line
    return line


def test_a_folder_that_is_none_or_holds_nothing_is_told(tmp_path: Path, folder: Path):
    assert "series_A_month.csv.gz" in fault_of(tmp_path)
    assert "nowhere" in fault_of(tmp_path / "nowhere")
    assert "not a folder" in fault_of(folder / "series_A_month.csv.gz")
    (tmp_path / "series_A_month.csv.gz").mkdir()
    assert fault_of(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"period,dyad,n\n", b"\x1f\x8b\x08broken", gzip.compress(b"period,dyad" * 999)[:-20]],
    ids=["nothing", "plain text", "broken", "cut"],
)
def test_a_series_that_cannot_be_unpacked_is_told(tmp_path: Path, content: bytes):
    (tmp_path / "series_A_month.csv.gz").write_bytes(content)
    assert "series_A_month.csv.gz" in fault_of(tmp_path)


def test_a_series_whose_check_sum_is_wrong_is_told(alone: Path):
    file = alone / "series_A_month.csv.gz"
    data = bytearray(file.read_bytes())
    data[-6] ^= 0xFF
    file.write_bytes(data)
    assert "series_A_month.csv.gz" in fault_of(alone)


@pytest.mark.parametrize("missing", ["period", "dyad", "n", "gsum"])
def test_a_series_without_a_column_names_it(tmp_path: Path, missing: str):
    rows = made_rows("A_month", 0)
    packed(tmp_path / "series_A_month.csv.gz", rows, [column for column in rows[0] if column != missing])
    assert f"'{missing}'" in fault_of(tmp_path)


def test_a_series_without_channels_is_told(tmp_path: Path):
    packed(tmp_path / "series_A_month.csv.gz", made_rows("A_month", 0), ["period", "dyad", "n", "gsum"])
    assert "channel" in fault_of(tmp_path)


def test_a_series_without_rows_has_no_shifts_or_is_told(tmp_path: Path):
    packed(tmp_path / "series_A_month.csv.gz", [], list(made_rows("A_month", 0)[0]))
    said = rasad("evaluate", "shifts", tmp_path, "--json")
    assert (
        json.loads(said.out)["alarms"] == [] if said.code == 0 else "series_A_month.csv.gz" in the_fault(said)
    )


@pytest.mark.parametrize("cell", ["-1", "nan", "inf", "many", "", "1,5"])
@pytest.mark.parametrize("column", ["n", "VF"])
def test_a_count_that_is_none_is_told_with_its_line(tmp_path: Path, column: str, cell: str):
    assert "4" in spoilt(tmp_path, **{column: cell}).split("series_A_month.csv.gz")[1]


@pytest.mark.parametrize("cell", ["nan", "-inf", "cold", ""])
def test_a_tone_that_is_no_number_is_told(tmp_path: Path, cell: str):
    spoilt(tmp_path, gsum=cell)


@pytest.mark.parametrize("cell", ["2005-13", "2005", "soon", "", "2005-03-01"])
def test_a_period_that_is_no_month_is_told(tmp_path: Path, cell: str):
    spoilt(tmp_path, period=cell)


def test_a_period_told_twice_for_a_dyad_is_told(tmp_path: Path):
    spoilt(tmp_path, period=periods_of("A_month")[1])


def test_a_cell_without_end_is_told_or_read(tmp_path: Path):
    rows = made_rows("A_month", 0)
    rows[2]["dyad"] = "A" * 200_000
    packed(tmp_path / "series_A_month.csv.gz", rows)
    said = rasad_process("evaluate", "shifts", tmp_path)
    assert "Traceback" not in said.err
    assert said.code == 0 or "series_A_month.csv.gz" in the_fault(said)


def test_a_row_that_breaks_off_is_told(alone: Path):
    file = alone / "series_A_month.csv.gz"
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) + b"2013-01,AFG|PAK,3.0\n"))
    assert "series_A_month.csv.gz" in fault_of(alone)


@pytest.mark.parametrize(
    "cells",
    [{"dir": "sideways"}, {"dir": ""}, {"date": "2008-02-30"}, {"date": "soon"}, {"date": ""}, {"dir": "UP\x1b[31m"}],
    ids=str,
)  # fmt: skip
def test_a_turning_point_that_is_none_is_told_with_its_line(alone: Path, cells: dict[str, str]):
    points = some_points(1, 3)
    points[1] = points[1] | cells
    line = fault_of(write_points(alone, points))
    assert "turning_points.csv:3" in line


@pytest.mark.parametrize("missing", ["set", "dyad", "date", "dir"])
def test_points_without_a_column_are_told(alone: Path, missing: str):
    names = [name for name in COLUMNS if name != missing]
    (alone / "turning_points.csv").write_text(
        ",".join(names) + "\n" + ",".join("x" for _ in names) + "\n", "utf-8"
    )
    assert "turning_points.csv" in fault_of(alone)


def test_points_that_are_a_folder_or_no_text_are_told(alone: Path):
    (alone / "turning_points.csv").mkdir()
    assert "turning_points.csv" in fault_of(alone)


def test_a_packed_bomb_is_refused_quickly(tmp_path: Path):
    file, block = tmp_path / "series_B_week.csv.gz", b"0" * 1_000_000
    with gzip.open(file, "wb", compresslevel=1) as bomb:
        bomb.write(b"period,dyad,n,VF,gsum\n")
        for _ in range(300):
            bomb.write(block)
    began = time.monotonic()
    said: Said = rasad("evaluate", "shifts", tmp_path, "--json")
    assert "series_B_week.csv.gz" in the_fault(said)
    assert time.monotonic() - began < 10
