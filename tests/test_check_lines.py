"""What `rasad check` prints: columns for a person at a terminal, one line a finding for a pipe, a count at the end."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from rasad.cli.check import command
from rasad.cli.check_lines import line, sheet
from rasad.flow.annotated_word import comment_text
from rasad.flow.checking import Located, check_file

TWO_FAULTS = "# News\n\nOn Monday, 26 May 2026 the minister met. See [this]().\n"
DARI = "شاید مسکو بپذیرد. به نظر می‌رسد که کابل منتظر است. در ۲۱ ثور ۱۴۰۵ (۱۲ می ۲۰۲۶) توافق شد.\n"


def found(tmp_path: Path, text: str, name: str = "analysis.md") -> tuple[Located, ...]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return check_file(path, in_desk=False).findings


def printed(findings: tuple[Located, ...], *, colour: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, width=100, force_terminal=colour, color_system="standard" if colour else None)
    for part in sheet(findings):
        console.print(part)
    return out.getvalue()


def test_a_person_sees_the_file_once_and_each_finding_with_its_severity(tmp_path: Path) -> None:
    lines = [one.rstrip() for one in printed(found(tmp_path, TWO_FAULTS)).splitlines()]
    assert "".join(lines).count("analysis.md") == 1
    rows = [one.split(maxsplit=3) for one in lines if one.startswith("  ")]
    assert rows == [
        ["3:4", "error", "date-weekday", "26 May 2026 was a Tuesday, not a Monday"],
        ["3:46", "error", "link-empty", "the link 'this' has no address: give the page that it means"],
    ]


def test_colour_and_width_change_no_word(tmp_path: Path) -> None:
    findings = found(tmp_path, TWO_FAULTS + "\n" + "It may rain, and perhaps it could snow. " * 5)
    assert "\x1b[" in printed(findings, colour=True)
    told = " ".join(printed(findings).split())
    for one in findings:
        for word in one.message.split():
            assert word in told


def test_a_pipe_gets_a_line_a_finding_and_the_count_by_family_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "analysis.md"
    path.write_text(TWO_FAULTS, "utf-8")
    ran = CliRunner().invoke(command, [str(path), "--no-desk"])
    assert ran.stdout.splitlines()[0] == f"{path}:3:4: date-weekday 26 May 2026 was a Tuesday, not a Monday"
    assert ran.stderr.splitlines()[-1] == "2 found in 1 file: 2 errors (dates 1, sources 1)"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x9b"])
def test_no_text_of_a_document_moves_the_cursor_or_turns_the_line(tmp_path: Path, sign: str) -> None:
    findings = found(tmp_path, f"See [a{sign}b]() and more.\n", name="a.md")
    empty = next(one for one in findings if one.finding.rule == "link-empty")
    assert sign in empty.message
    assert sign[0] not in line(empty) + printed(findings)
    assert f"U+{ord(sign[0]):04X}" in line(empty)


def test_the_ladder_is_told_once_where_several_hedges_are_found(tmp_path: Path) -> None:
    hedges = [one.message for one in found(tmp_path, DARI) if one.finding.rule == "likelihood-hedge"]
    assert len(hedges) == 2
    assert ["بسیار محتمل" in message for message in hedges] == [True, False]
    assert "name a step of the ladder" in hedges[1]


def test_two_dates_from_right_to_left_keep_their_places_in_a_word_comment(tmp_path: Path) -> None:
    (calendars,) = [one for one in found(tmp_path, DARI) if one.finding.rule == "date-calendars"]
    assert "\u200f۲۱ ثور ۱۴۰۵\u200e is \u200f۱۱ می ۲۰۲۶\u200e; \u200f۱۲ می ۲۰۲۶\u200e is" in comment_text(
        calendars
    )
