"""Every format the field publishes is loaded without losing a row, by the command as a user runs it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from desks import copy_desk, make_desk, rasad, refused
from loading import (
    ACLED,
    ALL_FILES,
    CANDIDATE,
    EVENT_FILES,
    EVENTS,
    GDELT1,
    GDELT2,
    GED,
    GED_ZIP,
    ICEWS,
    MENTIONS,
    ONE_EACH,
    POLECAT,
    TOLD,
    VARIANTS,
    accounted,
    cells,
    counts,
    expected,
    export,
    gdelt1,
    hashes,
    keeps,
    lines,
    load,
    loaded_events,
    not_loaded,
    plain,
    records,
    rejects,
    rows_of,
    state,
    table,
    write,
    write_like,
    write_table,
    zipped,
)

NAMES = {file.name: file for file in ALL_FILES}
every_file = pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: file.name)
each_format = pytest.mark.parametrize("file", ONE_EACH, ids=lambda file: file.name)
every_event_file = pytest.mark.parametrize("file", EVENT_FILES, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("fresh") / "desk")


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Path:
    """A desk that holds its own chronology and nothing else."""
    return copy_desk(fresh, tmp_path)


# ---- what a load tells ------------------------------------------------------


@every_file
def test_a_load_tells_of_every_row(desk: Path, file: Path):
    told = load(desk, file)
    assert set(told) >= TOLD
    assert told["rows_read"] == rows_of(file)
    assert told["rejected"] == 0
    assert told["format"]
    assert told["seconds"] > 0
    assert told["rows_per_second"] > 0
    assert all(isinstance(n, int) and 0 <= n <= told["loaded"] for n in told["flagged"].values())


@every_event_file
def test_new_rows_revisions_and_duplicates_are_told_apart(desk: Path, file: Path):
    want = expected(plain(file))
    assert counts(load(desk, file)) == (rows_of(file), want.loaded, want.revised, want.duplicates, 0)


@every_file
def test_loading_again_loads_nothing(desk: Path, file: Path):
    load(desk, file)
    before = state(desk)
    assert counts(load(desk, file)) == (rows_of(file), 0, 0, rows_of(file), 0)
    assert state(desk) == before


def test_several_files_are_told_in_a_list_in_their_order(desk: Path):
    files = (GDELT2, ICEWS, GDELT2, CANDIDATE)
    said = rasad("load", *files, "--desk", desk, "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert [one["rows_read"] for one in told] == [rows_of(file) for file in files]
    assert [one["loaded"] for one in told] == [100, 30, 0, 12]
    assert all(map(accounted, told))
    assert len(loaded_events(desk)) == 142


def test_a_load_for_people_tells_the_same_sums(desk: Path):
    said = rasad("load", ICEWS, "--desk", desk)
    assert said.code == 0
    assert {"31", "30", "1"} <= set(re.findall(r"\d+", said.out))


# ---- what is then current ---------------------------------------------------


@every_event_file
def test_every_event_is_current_on_its_day(desk: Path, file: Path):
    load(desk, file)
    want = expected(plain(file)).current
    got = loaded_events(desk, "--private")
    assert Counter(row["occurred_on"] for row in got) == Counter(str(row.day) for row in want)
    if file != ICEWS:
        assert {row["dataset_event_id"] for row in got} == {row.key for row in want}


@pytest.mark.parametrize("file", [GDELT1, GDELT2, ICEWS], ids=lambda file: file.name)
def test_codes_keep_their_zeros(desk: Path, file: Path):
    load(desk, file)
    want = Counter(row.code for row in plain(file) if row.known)
    if file == ICEWS:
        want["1383"] -= 1  # the row that is there twice
    got = Counter(row["cameo"] for row in loaded_events(desk))
    assert want["040"]
    assert {code: got[code] for code in want} == want


@pytest.mark.parametrize("file", [GDELT1, GDELT2], ids=lambda file: file.name)
def test_no_address_is_lost(desk: Path, file: Path):
    load(desk, file)
    known = {row[-1] for row in cells(file) if len(row) != 57}
    assert {row["source_url"] for row in loaded_events(desk)} - {""} == known


def test_an_icews_id_on_two_days_is_two_events(desk: Path):
    load(desk, ICEWS)
    twice = [row["occurred_on"] for row in loaded_events(desk) if "40000020" in row["dataset_event_id"]]
    assert sorted(twice) == ["2021-03-09", "2021-03-16"]


def test_an_id_that_comes_twice_in_a_file_holds_its_last_row(desk: Path):
    load(desk, POLECAT)
    twice = plain(POLECAT)[-1].key
    (row,) = [row for row in loaded_events(desk) if row["dataset_event_id"] == twice]
    assert (row["plover_type"], row["plover_mode"]) == ("COERCE", "deport")


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda file: file.name)
def test_a_drifted_header_changes_no_event(desk: Path, fresh: Path, tmp_path: Path, variant: Path):
    other = Path(shutil.copytree(fresh, tmp_path / "other"))
    load(desk, POLECAT)
    load(other, variant)
    told, drifted = (
        [{name: cell for name, cell in row.items() if name not in ("snapshot_id", "file")} for row in rows]
        for rows in (loaded_events(desk), loaded_events(other))
    )
    assert drifted == told
    assert len(told) == 14


def test_a_polecat_file_and_its_archive_are_the_same_events(desk: Path):
    load(desk, POLECAT)
    before = state(desk)
    load(desk, VARIANTS[-1])
    assert state(desk) == before


def test_ucdp_in_an_archive_is_the_same_as_out_of_it(desk: Path):
    load(desk, GED)
    assert counts(load(desk, GED_ZIP)) == (100, 0, 0, 100, 0)


# ---- how a file is known ----------------------------------------------------


@each_format
def test_the_format_is_known_whatever_the_file_is_called(desk: Path, tmp_path: Path, file: Path):
    unnamed = Path(shutil.copy(file, tmp_path / "download"))
    assert load(desk, unnamed)["format"] == load(desk, file)["format"]


@each_format
def test_a_format_can_be_named(desk: Path, fresh: Path, tmp_path: Path, file: Path):
    other = Path(shutil.copytree(fresh, tmp_path / "other"))
    told = load(other, file)
    named = load(desk, file, "--as", told["format"])
    assert (named["format"], counts(named)) == (told["format"], counts(told))


def test_unlike_formats_have_unlike_names(desk: Path):
    names = [load(desk, file)["format"] for file in (GDELT2, GDELT1, MENTIONS, GED, ICEWS, POLECAT, ACLED)]
    assert len(set(names)) == 7


def test_a_format_that_is_none_is_told_with_those_there_are(desk: Path):
    known = load(desk, GDELT2)["format"]
    assert known in "".join(refused(rasad("load", GDELT2, "--desk", desk, "--as", "gdlet")))


def test_a_format_the_file_does_not_have_loads_nothing(desk: Path):
    named = load(desk, ICEWS)["format"]
    before = hashes(desk)
    refused(rasad("load", GDELT2, "--desk", desk, "--as", named))
    assert hashes(desk) == before


# ---- line ends, marks and quotes --------------------------------------------


@pytest.mark.parametrize("file", [GDELT2, GDELT1, MENTIONS, ICEWS, POLECAT], ids=lambda file: file.name)
def test_line_ends_change_no_row(desk: Path, tmp_path: Path, file: Path):
    rows = lines(file)[: -1 if file == POLECAT else None]  # but for a row that revises another
    load(desk, write(tmp_path / "plain", rows))
    for text in ("\r\n".join(rows) + "\r\n", "\n".join(rows), "\n".join(rows) + "\n\n\n"):
        other = tmp_path / file.name
        other.write_bytes(text.encode())
        told = load(desk, other)
        assert (told["loaded"], told["rejected"]) == (0, 0)
        assert told["duplicates"] == told["rows_read"] == len(rows) - (file in (ICEWS, POLECAT))
    assert not [row for row in export(desk) if row["source_url"].endswith("\r")]


@pytest.mark.parametrize("file", [GED, CANDIDATE, ACLED], ids=lambda file: file.name)
def test_a_byte_order_mark_is_no_part_of_a_header(desk: Path, tmp_path: Path, file: Path):
    marked = write_table(tmp_path / file.name, table(file), mark="\ufeff")
    load(desk, file)
    assert counts(load(desk, marked)) == (rows_of(file), 0, 0, rows_of(file), 0)


@pytest.mark.parametrize("file", [GED, CANDIDATE, ACLED], ids=lambda file: file.name)
def test_windows_line_ends_between_records_change_no_row(desk: Path, tmp_path: Path, file: Path):
    other = write_table(tmp_path / file.name, table(file), end="\r\n")
    load(desk, file)
    assert counts(load(desk, other)) == (rows_of(file), 0, 0, rows_of(file), 0)


def test_a_quote_in_a_format_without_quotes_is_a_letter(desk: Path, tmp_path: Path):
    rows = cells(GDELT2)
    for number in (10, 40, 41):
        rows[number][6] = f'"{rows[number][6] or "GUILD"}'
    assert counts(load(desk, write(tmp_path / GDELT2.name, rows))) == (100, 100, 0, 0, 0)
    assert {row["dataset_event_id"] for row in loaded_events(desk)} == {row[0] for row in rows}


def test_gdelt_comes_in_an_archive_as_it_is_published(desk: Path, tmp_path: Path):
    name = GDELT2.name
    assert load(desk, zipped(tmp_path / f"{name}.zip", {name: GDELT2.read_bytes()}))["loaded"] == 100
    assert load(desk, GDELT2)["loaded"] == 0


def test_gdelt_1_takes_instants_of_14_digits(desk: Path, tmp_path: Path):
    rows = cells(GDELT1)
    for row in rows[::3]:
        row[56] += "123000"
    assert counts(load(desk, write(tmp_path / GDELT1.name, rows))) == (100, 100, 0, 0, 0)
    assert Counter(row["occurred_on"] for row in loaded_events(desk)) == Counter(
        str(gdelt1(row).day) for row in rows
    )


def test_icews_days_may_be_written_the_american_way(desk: Path, tmp_path: Path):
    header, *rows = cells(ICEWS)
    want = Counter(row.day for row in expected(plain(ICEWS)).current)
    for row in rows:
        year, month, day = row[1].split("-")
        row[1] = f"{int(month)}/{int(day)}/{year}"
    load(desk, write(tmp_path / "events.2017.tab", [header, *rows]))
    assert Counter(row["occurred_on"] for row in loaded_events(desk)) == {
        str(day): n for day, n in want.items()
    }


# ---- revisions --------------------------------------------------------------

OLD, NEW, NEWEST = "the-old-wording-1873", "the-new-wording-1874", "the-newest-wording-1875"


@dataclass(frozen=True)
class Revision:
    """How the first row of a file is revised: a cell of free text, the cells changed, and what the export then says."""

    text: int | str
    columns: tuple[int | str, ...]
    written: str
    exported: str
    value: str


URL = "https://news.example/revised"
REVISIONS = {
    GDELT2: Revision(52, (60,), URL, "source_url", URL),
    GDELT1: Revision(50, (57,), URL, "source_url", URL),
    ICEWS: Revision("Publisher", ("CAMEO Code",), "042", "cameo", "042"),
    POLECAT: Revision("Source", ("Event Date",), "2022-01-02", "occurred_on", "2022-01-02"),
    GED: Revision("source_headline", ("date_start", "date_end"), "2015-04-01", "occurred_on", "2015-04-01"),
    CANDIDATE: Revision(
        "source_headline", ("date_start", "date_end"), "2024-01-04 00:00:00.000", "occurred_on", "2024-01-04"
    ),
    ACLED: Revision("notes", ("event_date",), "2024-01-04", "occurred_on", "2024-01-04"),
}


@pytest.mark.parametrize("file", REVISIONS, ids=lambda file: file.name)
def test_the_newest_row_of_an_id_is_current_and_the_old_stay_readable(desk: Path, tmp_path: Path, file: Path):
    revision = REVISIONS[file]
    rows = records(file)
    if file == POLECAT:
        del rows[-2:]  # an id that is there twice
    row = rows[-1] if file == GDELT1 else rows[1]

    def put(column: int | str, cell: str) -> None:
        row[column if isinstance(column, int) else rows[0].index(column)] = cell

    put(revision.text, OLD)
    load(desk, write_like(file, tmp_path / "1", rows))
    first = state(desk)

    put(revision.text, NEW)
    for column in revision.columns:
        put(column, revision.written)
    told = load(desk, write_like(file, tmp_path / "2", rows))
    assert (told["loaded"], told["revised"]) == (1, 1)
    second = state(desk)
    assert (len(second - first), len(first - second)) == (1, 1)
    (now,) = second - first
    (current,) = [event for event in export(desk, "--private") if event["dataset_event_id"] == now[1]]
    assert current[revision.exported] == revision.value

    put(revision.text, NEWEST)
    told = load(desk, write_like(file, tmp_path / "3", rows))
    assert (told["loaded"], told["revised"]) == (1, 1)
    assert len(state(desk)) == len(second)
    assert [keeps(desk, words) for words in (OLD, NEW, NEWEST)] == [True, True, True]
    assert not keeps(desk, "a-wording-that-never-was")


def test_a_mention_whose_tone_changed_is_a_revision(desk: Path, tmp_path: Path):
    load(desk, MENTIONS)
    rows = cells(MENTIONS)
    rows[0][13] = "-9.5"
    told = load(desk, write_like(MENTIONS, tmp_path / "2", rows))
    assert (told["loaded"], told["revised"], told["duplicates"]) == (1, 1, 99)


# ---- rows that can't be loaded, and files that hold no events -----------------


@each_format
def test_a_row_that_cannot_be_read_is_kept_and_the_rest_is_loaded(desk: Path, tmp_path: Path, file: Path):
    told = load(desk, write_like(file, tmp_path / "spoilt", [*records(file), ["half a row"]]))
    assert (told["rows_read"], told["rejected"]) == (rows_of(file) + 1, 1)
    (reject,) = rejects(desk)
    assert set(reject) >= {"snapshot", "file", "row", "reason", "text"}
    assert (reject["row"], reject["text"]) == (rows_of(file) + 1, "half a row")
    assert Path(reject["file"]).name == file.name
    assert reject["reason"]
    before = state(desk)
    assert load(desk, file)["rejected"] == 0
    assert state(desk) == before


def test_rejects_are_not_kept_twice(desk: Path, tmp_path: Path):
    file = write(tmp_path / GDELT2.name, [*lines(GDELT2), "half a row"])
    load(desk, file)
    assert load(desk, file)["loaded"] == 0
    assert len(rejects(desk)) == 1


def _jpeg(path: Path) -> None:
    Image.new("RGB", (8, 8)).save(path, "JPEG")


def _text(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(text, "utf-8") and None


GKG = "\t".join(
    [
        "20240105001500-0", "20240105001500", "1", "news.example", "https://news.example/a", "",
        "KILL#3##1#Edelweiss, Graustark#RO#RO01#45.1#25.3#-1", "KILL;WB_2024_BELLS;", "KILL,120;WB_2024_BELLS,14",
        "1#Graustark#RO#RO#45.2#25.5#RO", "1#Graustark#RO#RO##45.2#25.5#RO#33", "dangloss", "Dangloss,12", "guild",
        "Guild,80", "-1.2,1.1,2.3,3.4,20.1,1.1,180", "", "wc:180", "", "", "", "", "", "", "", "", "",
    ]
)  # fmt: skip
ACTORS = (
    "ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NameChange,NewName,NewNameFullMotherTongue,"
    "NewNameFullEng,Org,ConflictId,DyadId,PrimaryParty,OSID,OSCoalition,OSCoalitionID,NSID,NSCoalition,"
    "NSCoalitionID,Splinter,NamePrev,ActorIdPrev,SplitTemp,NameSplitTemp,ActorIdSplitTemp,Alliance,NameAlliance,"
    "ActorIdAlliance,JoinGroup,GroupName,ActorIdGroup,Location,GWNOLoc,Region,Version\n"
    'ZZ,Government of Graustark,Government of Graustark,n/a,Government of Graustark,0,,,,4,"1, 2","3, 4",1,,0,,,0,'
    ",0,,,0,,,0,,,0,,,Graustark,982,1,22.1\n"
)
NO_EVENTS = {
    "photo.jpg": (_jpeg, r"jpe?g|image|picture"),
    "20240105.export.CSV": (
        _text("<!DOCTYPE html>\n<html><body><h1>404</h1></body></html>\n"),
        r"html|web page",
    ),
    "20240105001500.gkg.csv": (_text(f"{GKG}\n" * 5), r"gkg|knowledge graph"),
    "normDaily.csv": (
        _text("19200101,87765\n19200102,121054\n19200103,153580\n"),
        r"normali[sz]|daily (count|total)",
    ),
    "normDailyByCountry.csv": (
        _text("19200101,,2396\n19200101,AC,10\n19200101,AE,200\n"),
        r"normali[sz]|daily|countr",
    ),
    "ucdp-actor-221.csv": (_text("\ufeff" + ACTORS), r"actor"),
    "empty.csv": (_text(""), r"empty"),
    "blank.csv": (_text("\n\n\n"), r"empty|blank|no row"),
    "events.json": (_text('[{"id": 121070, "date": "1989-05-22", "best": 7}]\n'), r"json"),
    "letter.txt": (_text("Dear editor,\n\nhere are no events.\n"), r"text|no .*format|not .*event"),
}


@pytest.mark.parametrize("name", NO_EVENTS)
def test_a_file_without_events_is_said_to_be_what_it_is(desk: Path, tmp_path: Path, name: str):
    make, told = NO_EVENTS[name]
    file = tmp_path / name
    make(file)
    line = not_loaded(desk, file).replace(str(file), "").replace(name, "")
    assert re.search(told, line, re.IGNORECASE), line


def test_a_header_without_rows_holds_no_events_but_is_no_error(desk: Path, tmp_path: Path):
    assert counts(load(desk, write(tmp_path / ICEWS.name, lines(ICEWS)[:1]))) == (0, 0, 0, 0, 0)


def test_a_file_that_is_not_there_and_a_folder_are_told(desk: Path, tmp_path: Path):
    not_loaded(desk, tmp_path / "nothing.CSV")
    (tmp_path / "folder").mkdir()
    not_loaded(desk, tmp_path / "folder")


def test_one_file_without_events_among_others_is_named(desk: Path, tmp_path: Path):
    _jpeg(tmp_path / "photo.jpg")
    said = rasad("load", GDELT2, tmp_path / "photo.jpg", "--desk", desk, "--json")
    assert "photo.jpg" in "".join(refused(said))
    assert rasad("store", "check", "--desk", desk).code == 0


def test_the_fixtures_are_as_the_readme_says():
    readme = (EVENTS / "README.md").read_text("utf-8")
    files = {path.name for path in EVENTS.iterdir()} - {"README.md"}
    assert files == set(NAMES)
    assert not [name for name in files if f"`{name}`" not in readme]
    assert all(rows_of(file) <= 100 for file in ALL_FILES)
