"""Who acts for a state on a day, and what a desk adds to the table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polib
import pytest

from desks import Said, chronology, make_desk, rasad, row, the_fault
from rasad.actors.actors import ActorTable
from rasad.languages import LANGUAGES
from rasad.settings import Desk
from rasad.store.store import Store


def load(desk: Path, content: str) -> Said:
    (desk / "chronology.csv").write_text(content, "utf-8")
    return rasad("load", "--desk", desk)


TABLE = ActorTable.built_in()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(1996, 9, 26), "TALIBAN"),
        (date(1996, 9, 27), "AFG"),
        (date(2001, 11, 12), "AFG"),
        (date(2001, 11, 13), "TALIBAN"),
        (date(2021, 8, 14), "TALIBAN"),
        (date(2021, 8, 15), "AFG"),
    ],
)
def test_a_movement_acts_for_the_state_only_while_it_governs(day: date, state: str) -> None:
    assert TABLE.counts_as("TALIBAN", day) == state


def test_a_role_ends_before_its_successor_begins() -> None:
    day = date(2021, 8, 15)
    assert TABLE.acting_name("AFG", "en", date(2021, 8, 14)) == "Islamic Republic of Afghanistan"
    assert TABLE.acting_name("AFG", "en", day) == "Islamic Emirate"


def test_acts_of_the_movement_are_counted_in_the_dyad_of_the_state_it_governs(tmp_path: Path) -> None:
    rows = [
        row("C1", date="2024-05-01", source_actor="TALIBAN", target_actor="RUS"),
        row("C2", date="2010-05-01", source_actor="TALIBAN", target_actor="RUS"),
    ]
    desk = make_desk(tmp_path / "desk", rows=rows)
    events = {event.dataset_event_id: event for event in Store(Desk(desk).store).events()}
    assert str(events["C1"].dyad) == "AFG-RUS"
    assert str(events["C2"].dyad) == "RUS-TALIBAN"


@pytest.mark.parametrize("actor", ["AFG", "RUS", "TALIBAN", "ISKP", "CSTO", "UNK"])
def test_every_actor_has_a_name_in_every_language(actor: str) -> None:
    names = {TABLE.name(actor, lang) for lang in LANGUAGES}
    assert all(names)
    assert len(names) > 1


def test_a_column_misspelt_is_told_and_one_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    cells = row("C1")
    typo = chronology({**cells, "place_contry": "AFG"}, columns=[*cells, "place_contry"])
    assert "Did you mean 'place_country'?" in the_fault(load(desk, typo))
    own = chronology({**cells, "our_remarks": "x"}, columns=[*cells, "our_remarks"])
    assert load(desk, own).code == 0


def test_the_sentences_of_events_can_be_translated_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    said = rasad("translate", "--events", "--desk", desk)
    assert said.code == 0
    catalogue = polib.pofile(str(desk / "translations" / "chronology.ps.po"))
    assert {entry.msgid for entry in catalogue} == {e.text for e in Store(Desk(desk).store).events()}
