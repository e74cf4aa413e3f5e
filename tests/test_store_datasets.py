"""What is asked of a store that holds several datasets: measures, dossiers, totals, mapped tables, old rows."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from desks import make_desk, rasad, the_fault
from loading import (
    ACLED,
    GDELT2,
    GED,
    ICEWS,
    MENTIONS,
    accounted,
    cells,
    counts,
    hashes,
    is_sound,
    load,
    loaded_events,
    many,
    write,
)
from rasad.model.flag import LEFT_OUT
from rasad.store.compacting import compact
from rasad.store.report import day_totals
from rasad.store.store import Store

SOURCE, TARGET, MENTIONED = 5, 15, 31
"""Places of the actor codes and of the number of mentions in a GDELT row."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return make_desk(tmp_path / "desk")


def store_of(desk: Path) -> Store:
    return Store(desk / ".rasad" / "store")


def rows_of_gdelt(file: Path = GDELT2) -> list[list[str]]:
    return [row for row in cells(file) if len(row) > 1]


def between(desk: Path, file: Path, source: str, target: str) -> Path:
    """The rows of a GDELT file, all of one dyad, told on days that lie apart."""
    rows = rows_of_gdelt()
    for number, row in enumerate(rows):
        row[SOURCE], row[TARGET] = (source, target) if number % 3 else (target, source)
    return write(file, rows)


# ---- measures and flags -----------------------------------------------------


def test_a_measure_of_another_dataset_says_which_flags_it_left_out(desk: Path, tmp_path: Path):
    told = load(desk, between(desk, tmp_path / GDELT2.name, "RUS", "AFG"))
    said = json.loads(
        rasad("measure", "events", "dataset=gdelt2", "dyad=RUS-AFG", "--desk", desk, "--json").out
    )
    every = json.loads(
        rasad(
            "measure", "events", "dataset=gdelt2", "dyad=RUS-AFG", "without=none", "--desk", desk, "--json"
        ).out
    )
    assert set(said["left_out"]) == set(LEFT_OUT)
    assert said["left_out"]["repeated"] == told["flagged"]["repeated"] > 0
    assert int(every["value"]) == told["loaded"] > int(said["value"]) > 0
    assert every["left_out"] == {}


def test_a_measure_without_a_flag_that_is_none_names_those_there_are(desk: Path):
    load(desk, GDELT2)
    line = the_fault(
        rasad("measure", "events", "dataset=gdelt2", "dyad=RUS-AFG", "without=doubled", "--desk", desk)
    )
    assert "'doubled' is not a flag" in line
    assert "repeated" in line


def test_a_measure_of_a_dataset_that_is_not_there_names_those_that_are(desk: Path):
    load(desk, GDELT2)
    assert "gdelt2" in the_fault(rasad("measure", "events", "dataset=gdelt9", "dyad=RUS-AFG", "--desk", desk))


# ---- dossiers ---------------------------------------------------------------


def test_a_dossier_holds_every_week_and_the_latest_events(desk: Path, tmp_path: Path):
    told = load(desk, between(desk, tmp_path / GDELT2.name, "RUS", "AFG"))
    dossier = store_of(desk).dossier("AFG", "RUS", latest=10)
    days = Counter(
        event["occurred_on"] for event in store_of(desk).dossier("RUS", "AFG", latest=10_000).latest
    )
    assert sum(week.n + week.left_out for week in dossier.weeks) == told["loaded"] == days.total()
    assert [event["occurred_on"] for event in dossier.latest] == sorted(days.elements(), reverse=True)[:10]
    assert {(week.source, week.target) for week in dossier.weeks} == {("RUS", "AFG"), ("AFG", "RUS")}


def test_a_row_that_is_revised_counts_once_in_its_week(desk: Path, tmp_path: Path):
    load(desk, between(desk, tmp_path / "first.CSV", "RUS", "AFG"))
    before = sum(week.n + week.left_out for week in store_of(desk).dossier("RUS", "AFG").weeks)
    rows = rows_of_gdelt(tmp_path / "first.CSV")
    for row in rows[-7:]:
        row[MENTIONED] = "999"
    told = load(desk, write(tmp_path / "second.CSV", rows))
    weeks = store_of(desk).dossier("RUS", "AFG").weeks
    assert told["revised"] == 7
    assert sum(week.n + week.left_out for week in weeks) == before
    assert sum(week.mentions for week in weeks) > 999
    assert is_sound(desk)


# ---- totals and compacting --------------------------------------------------


def test_daily_totals_add_up_to_the_events(desk: Path):
    load(desk, GDELT2)
    load(desk, ICEWS)
    for dataset in ("gdelt2", "icews"):
        days = Counter(row["occurred_on"] for row in loaded_events(desk, "--dataset", dataset))
        assert {str(row["day"]): row["n"] for row in day_totals(store_of(desk), dataset)} == days


def test_compacting_joins_parts_and_changes_no_answer(desk: Path, tmp_path: Path):
    for number in range(4):
        load(desk, many(tmp_path / f"{number}.CSV", 2, first=number * 2))
    load(desk, MENTIONS)
    load(desk, ACLED)
    before = (loaded_events(desk), store_of(desk).dossier("USA", "RUS"), day_totals(store_of(desk), "gdelt2"))
    parts, fewer = compact(store_of(desk).root)
    assert fewer < parts
    assert (
        loaded_events(desk),
        store_of(desk).dossier("USA", "RUS"),
        day_totals(store_of(desk), "gdelt2"),
    ) == before
    assert is_sound(desk)
    assert load(desk, GDELT2)["loaded"] in (0, 100)
    assert is_sound(desk)


# ---- rows as they came ------------------------------------------------------


def test_an_event_is_shown_with_every_row_it_had(desk: Path, tmp_path: Path):
    rows = rows_of_gdelt()
    load(desk, GDELT2)
    rows[3][MENTIONED] = "77"
    load(desk, write(tmp_path / "newer.CSV", rows))
    newer, older = json.loads(rasad("store", "row", "gdelt2", rows[3][0], "--desk", desk, "--json").out)
    assert (newer["current"], older["current"]) == (True, False)
    assert newer["raw"] == "\t".join(rows[3])
    assert older["raw"].split("\t") == rows_of_gdelt()[3]
    assert older["event"]["row"] == newer["event"]["row"] == 4


def test_a_row_of_a_table_is_shown_with_its_quotes_and_line_breaks(desk: Path):
    load(desk, ACLED)
    with ACLED.open(newline="", encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if "\n" in row["notes"])
    (shown,) = json.loads(rasad("store", "row", "acled", row["event_id_cnty"], "--desk", desk, "--json").out)
    assert next(csv.reader(shown["raw"].splitlines(keepends=True))) == list(row.values())
    assert shown["event"]["text"] == row["notes"]


# ---- mapped tables ----------------------------------------------------------

MAPPED = """
[formats.watch]
missing = ["NA"]
actors = "cameo"
date_format = "%d.%m.%Y"
licence = "ours"
redistributable = false

[formats.watch.columns]
id = "Nr."
date = "Tag der Tat"
source = "Täter"
target = "Opfer"
cameo = "Code"
url = "Quelle"
"""
TABLE = (
    "Nr.;Tag der Tat;Täter;Opfer;Code;Quelle;Anmerkung\n"
    "1;27.05.2026;RUS;AFGINSTAL;057;https://a.example/1;x\n"
    "2;31.02.2026;RUS;AFG;057;https://a.example/2;y\n"
    "3;28.05.2026;NA;AFG;57;https://a.example/3;z\n"
    '4;29.05.2026;NA;AFG;042;https://a.example/4;"a;b\nc"\n'
)


def test_a_table_is_read_as_the_desk_maps_it(desk: Path, tmp_path: Path):
    (desk / "rasad.toml").write_text((desk / "rasad.toml").read_text("utf-8") + MAPPED, "utf-8")
    file = tmp_path / "watch.csv"
    file.write_text(TABLE, "utf-8")
    told = load(desk, file)
    assert accounted(told)
    assert (told["format"], *counts(told)) == ("watch", 4, 2, 0, 0, 2)
    assert (told["flagged"]["no_source"]) == 1
    first, last = loaded_events(desk, "--dataset", "watch", "--private")
    assert (first["occurred_on"], first["dyad"], first["target_actor"]) == ("2026-05-27", "AFG-RUS", "AFG")
    assert (last["dataset_event_id"], last["source_url"]) == ("4", "https://a.example/4")
    assert counts(load(desk, file, "--as", "watch")) == (4, 0, 0, 2, 2)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('[formats.watch.columns]\ndate = "d"', "needs id"),
        ('[formats.watch.columns]\nid = "i"\ndate = "d"\nwhom = "w"', "'whom' is not a field"),
        ('[formats.ucdp.columns]\nid = "i"\ndate = "d"', "'ucdp' is a format that rasad has"),
        ('[formats."x\'; DROP".columns]\nid = "i"\ndate = "d"', "is not a name"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_with_its_file(desk: Path, line: str, words: str):
    (desk / "rasad.toml").write_text(f"{(desk / 'rasad.toml').read_text('utf-8')}\n{line}\n", "utf-8")
    told = the_fault(rasad("load", GDELT2, "--desk", desk))
    assert words in told
    assert "rasad.toml" in told


def test_a_file_that_lacks_a_mapped_column_is_told_which(desk: Path, tmp_path: Path):
    (desk / "rasad.toml").write_text((desk / "rasad.toml").read_text("utf-8") + MAPPED, "utf-8")
    file = tmp_path / "other.csv"
    file.write_text(TABLE.replace("Opfer", "Wer"), "utf-8")
    before = hashes(desk / ".rasad" / "store")
    assert "'Opfer'" in the_fault(rasad("load", file, "--as", "watch", "--desk", desk))
    assert hashes(desk / ".rasad" / "store") == before


def test_a_parquet_file_with_the_names_of_gdelt_is_gdelt(desk: Path, tmp_path: Path):
    places = {"GLOBALEVENTID": 0, "SQLDATE": 1, "Actor1Code": SOURCE, "Actor2Code": TARGET, "EventCode": 26,
              "EventRootCode": 28, "SOURCEURL": 60}  # fmt: skip
    rows = [[row[place] or None for place in places.values()] for row in rows_of_gdelt()]
    file = tmp_path / "subset.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE t ({', '.join(f'{name} VARCHAR' for name in places)}, extra TIMESTAMP)"
        )
        marks = ", ".join("?" for _ in places)
        connection.executemany(f"INSERT INTO t VALUES ({marks}, now()::TIMESTAMP)", rows)  # noqa: S608
        connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")
    told = load(desk, file)
    assert (told["format"], *counts(told)) == ("gdelt2", 100, 100, 0, 0, 0)


# ---- who acts ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "actor"), [("20000301", "AFG"), ("20100301", "TALIBAN"), ("20260301", "AFG")]
)
def test_the_taliban_are_who_they_were_on_the_day(desk: Path, tmp_path: Path, day: str, actor: str):
    rows = [row for row in rows_of_gdelt() if row[26] == "040"][:1]
    for row in rows:
        row[1], row[SOURCE], row[TARGET] = day, "AFGINSTAL", "RUSGOV"
    load(desk, write(tmp_path / GDELT2.name, rows))
    (event,) = loaded_events(desk, "--dataset", "gdelt2")
    assert (event["source_actor"], event["target_actor"], event["source_code"]) == (actor, "RUS", "AFGINSTAL")
    assert event["source_country"] == "AFG"


def test_a_government_of_ucdp_is_its_state(desk: Path):
    load(desk, GED)
    governments = [
        row for row in loaded_events(desk, "--dataset", "ucdp") if "Government of" in row["source_name"]
    ]
    assert governments
    assert {row["source_actor"] for row in governments} <= {"MMR", "BGD"}


def test_stored_rows_are_resolved_again_when_the_table_changes(desk: Path, tmp_path: Path):
    load(desk, between(desk, tmp_path / GDELT2.name, "RUS", "AFGXYZ"))
    load(desk, ICEWS)
    before = {row["event_id"]: row["dyad"] for row in loaded_events(desk, "--dataset", "gdelt2")}
    assert set(before.values()) == {""}
    (desk / "actors.toml").write_text(
        '[[actor]]\nid = "XYZ"\nkind = "movement"\nnames = { en = "The Watch" }\ncodes = { cameo = ["XYZ"] }\n',
        "utf-8",
    )
    rasad("load", "--desk", desk)
    after = loaded_events(desk, "--dataset", "gdelt2")
    assert {row["dyad"] for row in after} == {"RUS-XYZ"}
    assert {row["event_id"] for row in after} == set(before)
    assert {row["source_code"] for row in after} == {"RUS", "AFGXYZ"}
    assert sum(week.n + week.left_out for week in store_of(desk).dossier("RUS", "XYZ").weeks) == len(after)
    assert is_sound(desk)
