"""``rasad evaluate actors``: how often a name on a day is told as who it was, on rows that others wrote."""

from __future__ import annotations

import json
from pathlib import Path

from desks import rasad, the_fault

ROWS = Path(__file__).parent / "data" / "actors_evaluation.csv"


def test_names_on_their_days_are_told_as_well_as_was_promised():
    said = rasad("evaluate", "actors", ROWS, "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["n"] == len(told["rows"]) > 300
    assert told["actor_accuracy"] >= 0.95
    assert told["role_accuracy"] >= 0.90
    assert told["unknown_accuracy"] >= 0.80
    assert told["rows"][0].keys() >= {"line", "actor_id", "actor", "names", "role"}
    assert told["rows"][0]["line"] == 2


def test_a_file_without_the_columns_is_told(tmp_path: Path):
    file = tmp_path / "other.csv"
    file.write_text("who,when\nPutin,2020-01-01\n", "utf-8")
    assert str(file) in the_fault(rasad("evaluate", "actors", file, "--json"))
