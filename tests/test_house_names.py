"""A desk's own names for actors: templates print them, and prose that says another is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import build, make_desk, manuscript, refused, the_fault, write_issue
from rasad.settings import Desk


def housed(desk: Path, text: str) -> Path:
    (desk / "rasad.toml").write_text(f"{(desk / 'rasad.toml').read_text('utf-8')}\n{text}\n", "utf-8")
    return desk


def test_the_house_name_is_what_editions_print(tmp_path: Path):
    desk = housed(make_desk(tmp_path / "desk"), '[house.TALIBAN]\nen = "de facto authorities"')
    actors = Desk(desk).actors
    assert actors.name("TALIBAN", "en") == "de facto authorities"
    assert actors.name("TALIBAN", "ps") == "اسلامي امارت"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[house.NOBODYHERE]\nen = "x"', "not a known actor"),
        ('[house.TALIBAN]\nfr = "x"', "'fr' is not a language"),
        ('[house.TALIBAN]\nen = " "', "is no name"),
        ("[houses.TALIBAN]\nen = 'x'", "[houses] is not a table"),
    ],
)
def test_a_house_name_that_cannot_be_is_told(tmp_path: Path, text: str, words: str):
    desk = housed(make_desk(tmp_path / "desk"), text)
    line = the_fault(build(desk))
    assert words in line
    assert "rasad.toml" in line


def test_prose_that_names_an_actor_otherwise_is_told_with_its_line(tmp_path: Path):
    desk = housed(make_desk(tmp_path / "desk"), '[house.TALIBAN]\nen = "Islamic Emirate"')
    write_issue(desk, manuscript("The Taliban came.\n\nThe Islamic Emirate said “the Taliban are gone”.\n"))
    (line,) = [line for line in refused(build(desk)) if "house name" in line]
    assert "'Taliban' is not the house name of TALIBAN" in line
    assert "Write 'Islamic Emirate'" in line
    assert "issue.md:" in line
