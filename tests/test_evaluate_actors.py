"""A labelled file is compared as its writer meant it, and a bad one is told in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desks import Said, rasad, the_fault
from rasad.actors.actor import Actor
from rasad.evaluate.actors import is_right_actor

HEADER = "name,lang,on,actor,role\n"


def evaluated(folder: Path, rows: str, *options: str) -> Said:
    file = folder / "names.csv"
    file.write_text(rows, "utf-8")
    return rasad("evaluate", "actors", file, *options)


def test_rows_are_counted_by_what_they_expect(tmp_path: Path) -> None:
    rows = (
        HEADER + "Taliban,en,2010-05-01,Taliban,insurgency\n"
        "طالبان,prs,2024-05-01,TALIBAN,de-facto-government\n"
        "Sergei Lavrov,en,2024-05-01,Sergey Lavrov,head-of-state\n"
        "Vladimir Putin,en,2024-05-01,Sergey Lavrov,head-of-state\n"
        "Michael Jordan,en,2024-05-01,,\n"
        "Iran,en,2024-05-01,,\n"
    )
    said = evaluated(tmp_path, rows, "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told.keys() == {"n", "actor_accuracy", "role_accuracy", "unknown_accuracy", "rows"}
    assert (told["n"], told["actor_accuracy"], told["role_accuracy"]) == (6, 0.75, 0.75)
    assert told["unknown_accuracy"] == 0.5


def test_each_row_tells_its_line_the_actor_and_every_latin_spelling(tmp_path: Path) -> None:
    rows = HEADER + "Талибан,ru,2010-05-01,Taliban,insurgency\n\nNobody Atall,en,2010-05-01,,\n"
    first, second = json.loads(evaluated(tmp_path, rows, "--json").out)["rows"]
    assert (first["line"], first["actor_id"], first["role"]) == (2, "TALIBAN", "insurgency")
    assert first["actor"] in first["names"]
    assert {"Taliban", "Islamic Emirate"} <= set(first["names"])
    assert (second["line"], second["actor_id"], second["actor"], second["names"]) == (4, "", "", [])
    assert second["role"] == "unknown"


def test_a_person_reads_shares_and_the_rows_that_came_out_wrong(tmp_path: Path) -> None:
    said = evaluated(tmp_path, HEADER + "Vladimir Putin,en,2024-05-01,Sergey Lavrov,foreign-minister\n")
    assert "actor_accuracy" in said.out
    assert "line 2: Vladimir Putin on 2024-05-01" in said.out
    assert "no rows" in said.out


@pytest.mark.parametrize(
    "expected", ["sco", "Shanghai Co-operation Organization", "SHANGHAI CO–OPERATION ORGANISATION"]
)
def test_case_dashes_and_s_or_z_do_not_count(expected: str) -> None:
    found = Actor("SCO", "organisation", {"en": "Shanghai Co-operation Organisation"})
    assert is_right_actor(expected, found)


def test_accents_do_not_count_but_letters_do() -> None:
    found = Actor("BYILDIRIM", "person", {"en": "Binali Yıldırım"})
    assert is_right_actor("Binali Yildirim", found)
    assert not is_right_actor("Binali Yildiran", found)
    assert not is_right_actor("", found)
    assert is_right_actor("", None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "no column"),
        (HEADER, "no rows"),
        ("who,when\nPutin,2020-01-01\n", "no column 'name'"),
        (HEADER + "Putin,en,1.5.2024,PUTIN,head-of-state\n", ":2: '1.5.2024' is no day"),
        (HEADER + "Putin,en,2024-05-01,PUTIN\n", ":2: 4 cells where the header has 5"),
        (HEADER + "\n ,en,2024-05-01,PUTIN,head-of-state\n", ":3: the name is empty"),
        (HEADER + '"Putin,en,2024-05-01,PUTIN,head-of-state\n', "no CSV"),
        ("name,lang,on,actor,role,role\n", "a column stands twice"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, rows: str, words: str) -> None:
    assert words in the_fault(evaluated(tmp_path, rows, "--json"))


def test_what_is_no_file_or_no_text_is_told(tmp_path: Path) -> None:
    assert "no such file" in the_fault(rasad("evaluate", "actors", tmp_path / "none.csv"))
    (tmp_path / "bytes.csv").write_bytes(b"name,lang\xff")
    assert "not in UTF-8" in the_fault(rasad("evaluate", "actors", tmp_path / "bytes.csv"))


def test_a_role_outside_the_list_counts_as_wrong_and_is_told(tmp_path: Path) -> None:
    said = evaluated(tmp_path, HEADER + "Vladimir Putin,en,2024-05-01,PUTIN,president\n", "--json")
    assert said.code == 0
    assert "'president' is no class of role" in said.err
    told = json.loads(said.out)
    assert (told["actor_accuracy"], told["role_accuracy"], told["unknown_accuracy"]) == (1.0, 0.0, None)


def test_columns_may_stand_in_any_order_with_others_beside_them(tmp_path: Path) -> None:
    rows = "\ufeffnote,role,actor,on,lang,name\nx,Head of State,PUTIN,2024-05-01,en,Vladimir Putin\n"
    told = json.loads(evaluated(tmp_path, rows, "--json").out)
    assert (told["actor_accuracy"], told["role_accuracy"]) == (1.0, 1.0)
