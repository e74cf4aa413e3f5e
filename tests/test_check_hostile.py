"""What a careless or hostile hand gives to ``rasad check``: one clear line, exit 2, nothing lost, in bounded time."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rasad.cli.check import command
from rasad.flow.checking import check_file

ARABIC = "گفت‌وگوها در کابل آغاز شد و مي‌گویند که ادامه می‌یابد.\n"
MENDED = "گفت‌وگوها در کابل آغاز شد و می‌گویند که ادامه می‌یابد.\n"
WRONG_DAY = "The talks opened on Monday, 3 March 2026.\n"


def check(*arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments)])


def refused(*arguments: object) -> str:
    """The one line that says why a file was not read."""
    run = check(*arguments)
    assert run.exit_code == 2, run.output
    assert run.exception is None or isinstance(run.exception, SystemExit)
    first, *_, counted = run.stderr.splitlines()
    assert counted.endswith("found in 1 file")
    return first


# ---- what can't be read -------------------------------------------------------


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path):
    os.mkfifo(tmp_path / "draft.md")
    assert refused(tmp_path / "draft.md").endswith("draft.md: it is no file.")


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path):
    (tmp_path / "draft.md").symlink_to("draft.md")
    assert refused(tmp_path / "draft.md").endswith("draft.md: there is no such file.")


def test_a_name_that_is_too_long_is_told(tmp_path: Path):
    assert "there is no such file" in refused(tmp_path / f"{'a' * 300}.md")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_text_without_a_word_is_not_clean_in_silence(tmp_path: Path, text: str):
    (tmp_path / "draft.md").write_text(text, "utf-8")
    assert refused(tmp_path / "draft.md").endswith("draft.md:1: there is no text in it.")


def test_null_bytes_alone_are_no_text(tmp_path: Path):
    (tmp_path / "draft.txt").write_bytes(bytes(5000))
    assert "it holds no text that can be read" in refused(tmp_path / "draft.txt")


def test_broken_front_matter_is_told_and_the_text_below_it_is_checked_all_the_same(tmp_path: Path):
    (tmp_path / "draft.md").write_text(f"---\ntitle: [a\n---\n\n{WRONG_DAY}", "utf-8")
    run = check(tmp_path / "draft.md")
    assert run.exit_code == 2
    assert "draft.md:3: the front matter is no YAML" in run.stderr
    assert "date-weekday" in run.stdout


def test_an_encoding_that_was_guessed_is_told_and_stops_nothing(tmp_path: Path):
    (tmp_path / "draft.txt").write_bytes("Cafés opened in Kabul.\n".encode("cp1252"))
    run = check(tmp_path / "draft.txt")
    assert run.exit_code == 0
    assert "it is not UTF-8 and was read as Windows-1252" in run.stderr


def test_an_issue_that_is_nowhere_does_not_hide_the_faults_of_the_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_text(WRONG_DAY, "utf-8")
    run = check("518", "draft.md")
    assert run.exit_code == 2
    assert "not a desk" in run.stderr
    assert "date-weekday" in run.stdout


# ---- what reaches the terminal ------------------------------------------------


def test_a_finding_stays_on_one_line_and_moves_no_cursor(tmp_path: Path):
    path = tmp_path / "a\nb\x1b[2J.md"
    path.write_text(WRONG_DAY, "utf-8")
    run = check(path)
    assert run.exit_code == 1
    (line,) = run.stdout.splitlines()
    assert "date-weekday" in line
    assert "\x1b" not in line


def test_a_name_that_is_no_utf_8_is_told_in_json(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/draft\xff.md"))
    path.write_text(WRONG_DAY, "utf-8")
    run = check(path, "--json")
    assert run.exit_code == 1
    assert json.loads(run.stdout)[0]["file"].endswith("draft?.md")


# ---- what --fix leaves ----------------------------------------------------------


def test_a_second_mending_keeps_the_first_copy(tmp_path: Path):
    path = tmp_path / "draft.md"
    path.write_text(ARABIC, "utf-8")
    check(path, "--fix")
    assert path.read_text("utf-8") == MENDED
    path.write_text(ARABIC + ARABIC, "utf-8")
    check(path, "--fix")
    assert (tmp_path / "draft.md.orig").read_text("utf-8") == ARABIC
    assert (tmp_path / "draft.md.orig.2").read_text("utf-8") == ARABIC + ARABIC


def test_the_copy_is_not_written_through_a_link_that_lies_there(tmp_path: Path):
    path, other = tmp_path / "draft.md", tmp_path / "other.txt"
    path.write_text(ARABIC, "utf-8")
    other.write_text("mine", "utf-8")
    (tmp_path / "draft.md.orig").symlink_to(other)
    check(path, "--fix")
    assert other.read_text("utf-8") == "mine"
    assert path.read_text("utf-8") == MENDED


def test_a_file_whose_bytes_can_not_be_had_back_is_not_mended(tmp_path: Path):
    path = tmp_path / "draft.txt"
    path.write_bytes((ARABIC * 8).encode() + b"\xff\n")
    before = path.read_bytes()
    run = check(path, "--fix")
    assert run.exit_code == 2
    assert "it was not mended: some of its bytes are no letters, and would be lost" in run.stderr
    assert path.read_bytes() == before


def test_mending_keeps_the_encoding_the_ends_of_lines_and_who_may_read(tmp_path: Path):
    path = tmp_path / "draft.txt"
    path.write_bytes(ARABIC.replace("\n", "\r\n").encode("utf-16"))
    path.chmod(0o640)
    check(path, "--fix")
    assert path.read_bytes() == MENDED.replace("\n", "\r\n").encode("utf-16")
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["draft.txt", "draft.txt.orig"]


# ---- time -----------------------------------------------------------------------

PHRASES = {
    "names of persons": "Ahmad Shah Massoud ",
    "names of a movement": "Taliban ",
    "sources without a name": "sources said ",
    "days in figures among Persian": "این گفت‌وگو 2026-03-03 ",
    "shares": "12% ",
    "comments without a reason": "<!-- rasad: ignore -->\n",
    "blanks": "\u00a0",
    "signs of addresses": "@",
    "brackets that open": "(a",
    "quotations that open": "« ",
    "somebody without a verb": "یک مقام آب آب آب ",
}


def test_a_list_of_a_thousand_agreements_or_recommendations_is_read_in_seconds(tmp_path: Path):
    names = ["".join(chr(97 + (number // 26**place) % 26) for place in range(4)) for number in range(1000)]
    given = "".join(f"- {one.title()} should pay {one}, based on the findings.\n" for one in names)
    spoken = " ".join(f"The {one.title()} Agreement is not the {one.title()}in Accord." for one in names)
    path = tmp_path / "draft.md"
    path.write_text("The Kabul Agreement of Mullah Baradar is so.\n", "utf-8")
    check_file(path, in_desk=False)  # reads the tables that are read once
    path.write_text(f"# Review\n\n{spoken}\n\n## Recommendations\n\n{given}", "utf-8")
    begin = time.process_time()
    check_file(path, in_desk=False)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("name", PHRASES)
def test_twice_as_long_a_text_of_one_phrase_takes_about_twice_as_long(tmp_path: Path, name: str):
    path = tmp_path / "draft.md"

    def taken(length: int, times: int) -> float:
        """The least of several measures: a busy machine only ever adds to one."""
        path.write_text(f"It is so.\n\nThe x {(PHRASES[name] * length)[:length]} x y\n", "utf-8")
        measures = []
        for _ in range(times):
            begin = time.process_time()
            check_file(path, in_desk=False)
            measures.append(time.process_time() - begin)
        return min(measures)

    taken(1_000, 1)  # wakes what is read once
    long = taken(24_000, 3)
    assert long < 3.2 * taken(12_000, 3) + 0.15
    assert long < 3
