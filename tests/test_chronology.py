"""A chronology is the user's own file: what is wrong in it is told by line, and nothing of it is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desks import ROWS, Said, chronology, copy_desk, make_desk, rasad, refused, row, the_fault, tree
from rasad.store.store import Store


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("loaded") / "desk")


@pytest.fixture
def desk(loaded: Path, tmp_path: Path) -> Path:
    return copy_desk(loaded, tmp_path)


def load(desk: Path, content: str | bytes) -> Said:
    content = content.encode() if isinstance(content, str) else content
    (desk / "chronology.csv").write_bytes(content)
    return rasad("load", "--desk", desk)


def ids(desk: Path) -> list[str]:
    return [event.dataset_event_id for event in Store(desk / ".rasad" / "store").events()]


# ---- rows that can't be events ----------------------------------------------

FAULTY = {
    "an unknown code": ({"cameo": "999"}, "'999' is not a CAMEO code"),
    "a code that lost its zero": ({"cameo": "57"}, "'57' is not a CAMEO code"),
    "no code": ({"cameo": ""}, "CAMEO"),
    "a day that no February has": ({"date": "2026-02-30"}, "'2026-02-30' is not a date"),
    "a date the other way round": ({"date": "27-05-2026"}, "'27-05-2026' is not a date"),
    "a date as a spreadsheet writes it": ({"date": "5/27/2026"}, "'5/27/2026' is not a date"),
    "a month where a day is said": ({"date": "2026-05"}, "'2026-05' is not a date"),
    "no date": ({"date": ""}, "is not a date"),
    "two calendars that disagree": ({"date_sh": "1405-03-07"}, "are different days"),
    "a Solar Hijri day that is none": ({"date_sh": "1405-13-01"}, "is not a Solar Hijri date"),
    "the 30th of Hut in a common year": ({"date": "2026-03-20", "date_sh": "1404-12-30"}, "Solar Hijri"),
    "an unknown precision": ({"date_precision": "week"}, "'week' is not a date_precision"),
    "no source": ({"source_actor": ""}, "'source_actor' is empty"),
    "no target": ({"target_actor": ""}, "'target_actor' is empty"),
    "blanks for a target": ({"target_actor": "   "}, "'target_actor' is empty"),
    "an unknown actor": ({"source_actor": "ISKPK"}, "Did you mean 'ISKP'?"),
    "an actor in small letters": ({"source_actor": "rus"}, "'rus' is not a known actor"),
    "a name for a code": ({"target_actor": "Islamic Emirate"}, "'Islamic Emirate' is not a known actor"),
    "no sentence": ({"event": ""}, "'event' is empty"),
    "an id of blanks": ({"id": "C 1"}, "'C 1' is not an id"),
    "no id": ({"id": ""}, "is not an id"),
    "an id that is a path": ({"id": "../../etc/passwd"}, "is not an id"),
    "a rung above the ladder": ({"rung": "D9"}, "'D9' is not a rung"),
    "a grade off the scale": ({"source_grade": "G1"}, "'G1' is not an Admiralty grade"),
    "half a grade": ({"source_grade": "B"}, "'B' is not an Admiralty grade"),
    "a script for an address": ({"source_url": "javascript:alert(1)"}, "is not a web address"),
    "a file for an address": ({"source_url": "file:///etc/passwd"}, "is not a web address"),
    "an address without a host": ({"source_url": "https://"}, "is not a web address"),
    "an address with half a host": ({"source_url": "http://[::1/x"}, "is not a web address"),
    "a place that is a movement": ({"place_country": "ISKP"}, "'ISKP' is not a country"),
    "a place by its name": ({"place_country": "Tajikistan"}, "'Tajikistan' is not a country"),
    "an act that bears on its own dyad": ({"bears_on": "AFG-RUS"}, "bears_on"),
    "a dyad of one": ({"bears_on": "PAK-PAK"}, "bears_on"),
    "a dyad of a stranger": ({"bears_on": "PAK-XYZ"}, "'XYZ' is not a known actor"),
    "a page of an impossible day": ({"source_date": "2026-02-30"}, "2026-02-30"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_row_that_cannot_be_an_event_is_told_in_one_line_with_its_place(desk: Path, what: str):
    cells, told = FAULTY[what]
    before = tree(desk / ".rasad")
    line = the_fault(load(desk, chronology(ROWS[0], row("C009") | cells)))
    assert f"{desk}/chronology.csv:3: " in line
    assert told in line
    assert tree(desk / ".rasad") == before


def test_010_is_a_code_and_10_what_a_spreadsheet_leaves_of_it(desk: Path):
    assert load(desk, chronology(row("C1", cameo="010"))).code == 0
    assert [event.cameo for event in Store(desk / ".rasad" / "store").events()] == ["010"]
    assert "write 010" in the_fault(load(desk, chronology(row("C1", cameo="10"))))
    assert "Codes are text: 010 is not 10" in the_fault(load(desk, chronology(row(cameo="57"))))


def test_an_unidentified_actor_is_written_unk(desk: Path):
    assert load(desk, chronology(row(source_actor="UNK"), row("C002", target_actor="UNK"))).code == 0
    assert ids(desk) == ["C001", "C002"]


def test_every_faulty_row_is_told_at_once_on_its_own_line(desk: Path):
    rows = [
        row("C1", cameo="999"),
        row("C2"),
        row("C3", date="2026-02-30"),
        row("C4", source_actor=""),
        row("C2"),
    ]
    faults = refused(load(desk, chronology(*rows)))
    lines = [fault.split("chronology.csv:")[1].split(":")[0] for fault in faults]
    assert lines == ["2", "4", "5", "6"]


def test_an_id_that_stands_twice_is_told_where_it_stands_again(desk: Path):
    line = the_fault(load(desk, chronology(row("C1"), row("C2"), row("C1"))))
    assert "chronology.csv:4:" in line
    assert "'C1' stands twice" in line


@pytest.mark.parametrize(
    ("cells", "told"), [("C9,2026-05-27,RUS", "3 cells"), (",".join(["x"] * 17), "17 cells")]
)
def test_a_row_with_too_few_or_too_many_cells_is_told(desk: Path, cells: str, told: str):
    line = the_fault(load(desk, chronology(row("C1")) + cells + "\n"))
    assert "chronology.csv:3:" in line
    assert told in line


# ---- files that can't be chronologies ---------------------------------------


def test_a_nul_byte_is_told_with_its_line(desk: Path):
    line = the_fault(load(desk, chronology(row("C1"), row("C2", note="a\0b"))))
    assert "chronology.csv:3:" in line
    assert "NUL" in line


def test_a_file_saved_as_latin_1_is_told_with_its_line(desk: Path):
    line = the_fault(load(desk, chronology(row("C1"), row("C2", note="café")).encode("latin-1")))
    assert "chronology.csv:3:" in line
    assert "UTF-8" in line


def test_a_file_saved_as_utf_16_is_told(desk: Path):
    assert "UTF-8" in the_fault(load(desk, chronology(row("C1")).encode("utf-16")))


def test_a_quote_that_is_never_closed_is_told_where_it_was_opened(desk: Path):
    content = chronology(row("C1"), row("C2", event="OPEN they met"), row("C3"), row("C4"))
    line = the_fault(load(desk, content.replace("OPEN", '"OPEN')))
    assert "quote" in line
    assert "chronology.csv:3:" in line


def test_a_quote_that_the_next_quoted_row_closes_is_told_where_it_was_opened(desk: Path):
    content = chronology(
        row("C1"), row("C2", event="OPEN they met"), row("C3"), row("C4", event="One, then two.")
    )
    line = the_fault(load(desk, content.replace("OPEN", '"OPEN')))
    assert "chronology.csv:3:" in line


@pytest.mark.parametrize("name", ["id", "date", "source_actor", "target_actor", "event", "cameo"])
def test_a_missing_column_is_named(desk: Path, name: str):
    columns = [column for column in row() if column != name]
    cells = {key: value for key, value in row().items() if key != name}
    assert f"'{name}'" in the_fault(load(desk, chronology(cells, columns=columns)))


def test_a_column_that_stands_twice_is_named(desk: Path):
    assert "'date' stands twice" in the_fault(
        load(desk, "date," + chronology(row()).replace("\n", "\n2026-05-27,", 1))
    )


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_no_chronology(desk: Path, content: str):
    assert "'id'" in the_fault(load(desk, content))


def test_a_missing_chronology_is_told(desk: Path):
    (desk / "chronology.csv").unlink()
    assert "chronology.csv" in the_fault(rasad("load", "--desk", desk))


# ---- files that careful programs write otherwise ----------------------------


def test_the_mark_that_spreadsheets_put_first_is_passed_over(desk: Path):
    assert load(desk, b"\xef\xbb\xbf" + chronology(row("C1")).encode()).code == 0
    assert ids(desk) == ["C1"]


def test_windows_line_ends_and_blank_lines_are_passed_over(desk: Path):
    content = (
        chronology(row("C1"), row("C2", cameo="999")).replace("\n", "\r\n").replace("C2,", "\r\n\r\nC2,", 1)
    )
    assert "chronology.csv:5:" in the_fault(load(desk, content))


def test_a_line_break_inside_quotes_does_not_shift_the_lines_told(desk: Path):
    long = row("C1", event="They met.\nThey met again.\nThen they parted.")
    faults = refused(
        load(desk, chronology(long, row("C2", cameo="999"), long | {"id": "C3", "cameo": "998"}))
    )
    assert "chronology.csv:5:" in faults[0]
    assert "chronology.csv:6:" in faults[1]


def test_columns_may_stand_in_any_order_and_others_may_stand_beside_them(desk: Path):
    columns = ["note", "my_column", *reversed([column for column in row() if column != "note"])]
    assert load(desk, chronology(row("C1", my_column="x"), columns=columns)).code == 0
    assert ids(desk) == ["C1"]


def test_a_date_known_to_the_month_needs_no_day(desk: Path):
    assert load(desk, chronology(row("C1", date="2026-05", date_precision="month"))).code == 0
    (found,) = Store(desk / ".rasad" / "store").events()
    assert (found.occurred_on, found.has_day) == (date(2026, 5, 1), False)


# ---- messages ---------------------------------------------------------------


@pytest.mark.parametrize("hostile", ["a\nb", "a\x1b[2Jb", "a\x07b", "a\x08b", "a\u2028b", "a\x85b"])
def test_control_characters_of_a_cell_do_not_reach_the_terminal(desk: Path, hostile: str):
    for column in ("id", "date", "source_actor", "cameo", "source_url", "bears_on"):
        the_fault(load(desk, chronology(row() | {column: hostile})))


def test_a_cell_as_long_as_a_book_does_not_make_a_message_as_long(desk: Path):
    for column in ("id", "date", "source_actor", "cameo", "rung", "bears_on", "source_url"):
        the_fault(load(desk, chronology(row() | {column: "x" * 15_000})))
