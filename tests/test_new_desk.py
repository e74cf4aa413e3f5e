"""A desk of one's own: whatever it is called, its first issue builds, and nothing of the user's is overwritten."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tomllib
from html import escape
from pathlib import Path

import pytest

from desks import ENTRY, build, page, rasad, rasad_process, refused, the_fault, tree
from rasad.languages import LANGUAGES

FILES = ("index.html", "issue.pdf")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    said = rasad_process(
        "new", "my-desk", "--name", "My Desk", "--dyad", "IRN-ARM", "--actor", "ISKP", cwd=folder
    )
    assert said.code == 0, said.err
    said = rasad_process("build", cwd=folder / "my-desk")
    assert said.code == 0, said.err
    return folder / "my-desk"


# ---- the two commands -------------------------------------------------------


def test_two_commands_give_four_editions(built: Path):
    for lang in LANGUAGES:
        index, pdf = (built / "build" / "1" / lang / name for name in FILES)
        assert "<!doctype html>" in index.read_text("utf-8")
        assert pdf.read_bytes().startswith(b"%PDF-")
    assert (built / "build" / "1" / "ledger.json").is_file()
    assert 'href="1/prs/index.html"' in (built / "build" / "index.html").read_text("utf-8")


def test_no_edition_of_a_first_issue_leaves_a_gap_or_an_english_paragraph(built: Path):
    for lang in LANGUAGES:
        text = page(built, lang)
        assert "$" not in text
        assert "None" not in text
        assert ("This issue was started by rasad" in text) == (lang == "en")


def test_a_new_desk_watches_what_was_asked(built: Path):
    desk = tomllib.loads((built / "rasad.toml").read_text("utf-8"))["desk"]
    assert desk["name"] == {"en": "My Desk"}
    assert (set(desk["actors"]), desk["dyads"]) == ({"IRN", "ARM", "ISKP"}, ["IRN-ARM"])
    assert "Armenia" in page(built)


def test_what_can_be_made_again_is_not_put_into_git(built: Path):
    ignored = (built / ".gitignore").read_text("utf-8").split()
    assert {".rasad/", "build/"} <= set(ignored)


def test_a_desk_is_found_from_any_folder_inside_it(built: Path):
    inside = built / "issues" / "1" / "translations"
    assert rasad("build", cwd=inside).code == 0
    assert rasad("load", "--desk", built).code == 0


# ---- names ------------------------------------------------------------------

NAMES = [
    "The \"Desk\" of \\ 'Kabul'",
    "two\nlines\tand a tab",
    "<script>alert(1)</script> & co",
    "میز رصد کابل",
    "\u202eright to left\u202c",
    '"]\nactors = ["XYZ',
    "{{ 7*7 }} {% raw %} ${HOME} $first %s {0}",
    '#read("/etc/passwd") $x$ @ref <label> *b* _i_',
    "bell\x07 and escape\x1b[2J",
    "delete\x7f",
    "n" * 5000,
    "😀 \U0001f1e6\U0001f1eb",
    "   ",
    "",
]


@pytest.mark.parametrize("name", NAMES, ids=[ascii(name[:20]) for name in NAMES])
def test_a_desk_of_any_name_builds_or_is_refused_before_it_is_made(tmp_path: Path, name: str):
    said = rasad("new", tmp_path / "desk", "--name", name, "--language", "en")
    if said.code:
        the_fault(said)
        assert list(tmp_path.iterdir()) == []
        return
    assert build(tmp_path / "desk").code == 0
    shown = " ".join(name.split())
    if shown.isprintable() and 0 < len(shown) <= 100:
        plain = " ".join(page(tmp_path / "desk").split())
        assert escape(shown, quote=False) in plain.replace("&#34;", '"').replace("&#39;", "'")
    assert "<script>alert" not in page(tmp_path / "desk")


@pytest.mark.parametrize("name", ["", "   "])
def test_a_desk_without_a_name_has_that_of_its_folder(tmp_path: Path, name: str):
    rasad("new", tmp_path / "dushanbe", "--name", name, "--language", "en")
    desk = tomllib.loads((tmp_path / "dushanbe" / "rasad.toml").read_text("utf-8"))["desk"]
    assert desk["name"] == {"en": "dushanbe"}


@pytest.mark.parametrize(
    "folder", ["with blanks", "میز", "it's", 'q"uote', "a#b?c%20d", "-dash", "new\nline"]
)
def test_a_folder_may_have_any_name(tmp_path: Path, folder: str):
    said = rasad("new", tmp_path / folder, "--language", "en", "--dyad", "RUS-AFG")
    assert said.code == 0, said.err
    said = build(tmp_path / folder)
    assert said.code == 0, said.err
    assert (tmp_path / folder).as_uri() in said.out


def test_bytes_that_are_no_text_are_refused_and_leave_nothing(tmp_path: Path):
    refused(rasad_process("new", tmp_path / "desk", "--name", b"\xff\xfe"))
    assert not (tmp_path / "desk").exists()


# ---- what can't be made -----------------------------------------------------


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "thesis.txt").write_text("years of work", "utf-8")
    assert "not empty" in the_fault(rasad("new", tmp_path / "desk"))
    assert tree(tmp_path) == {"desk/thesis.txt": b"years of work"}


def test_an_empty_folder_becomes_a_desk(tmp_path: Path):
    assert rasad("new", ".", "--language", "en", cwd=tmp_path).code == 0
    assert rasad("build", cwd=tmp_path).code == 0


def test_a_desk_is_not_made_twice(tmp_path: Path):
    rasad("new", tmp_path / "desk", "--language", "en")
    before = tree(tmp_path)
    the_fault(rasad("new", tmp_path / "desk", "--language", "en"))
    assert tree(tmp_path) == before


def test_a_file_is_no_place_for_a_desk(tmp_path: Path):
    (tmp_path / "file").write_text("x", "utf-8")
    the_fault(rasad("new", tmp_path / "file"))
    the_fault(rasad("new", tmp_path / "file" / "desk"))
    assert tree(tmp_path) == {"file": b"x"}


def test_a_folder_with_too_long_a_name_is_told_in_one_line(tmp_path: Path):
    the_fault(rasad("new", tmp_path / ("n" * 300)))


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--dyad", "RUS"], "'RUS' is not a dyad"),
        (["--dyad", "RUS-RUS"], "not a dyad"),
        (["--dyad", "IRN-ARMM"], "'ARMM' is not a known actor. Did you mean 'ARM'?"),
        (["--actor", "Iran"], "is not a known actor"),
        (["--actor", ""], "is not a known actor"),
        (["--language", "fa"], "'fa' is not a language"),
        (["--dyad", '$(touch x)-"]'], "is not a dyad"),
    ],
)
def test_a_flag_that_names_nothing_known_leaves_no_half_desk(tmp_path: Path, flags: list[str], told: str):
    assert told in the_fault(rasad("new", tmp_path / "desk", *flags))
    assert list(tmp_path.iterdir()) == []


# ---- languages and questions ------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "given"),
    [(["ps"], ["en", "ps"]), (["ar", "en"], ["en", "ar"]), (["en"], ["en"]), (["prs", "prs"], ["en", "prs"])],
)
def test_a_desk_of_some_languages_builds_just_these(tmp_path: Path, asked: list[str], given: list[str]):
    flags = [part for code in asked for part in ("--language", code)]
    assert rasad("new", tmp_path / "desk", "--dyad", "pak-afg", *flags).code == 0
    assert build(tmp_path / "desk").code == 0
    built = sorted(path.name for path in (tmp_path / "desk" / "build" / "1").iterdir() if path.is_dir())
    assert [code for code in LANGUAGES if code in built] == given
    assert {path.stem for path in (tmp_path / "desk").rglob("*.po")} == set(given) - {"en"}


def test_without_a_terminal_nothing_is_asked(tmp_path: Path):
    said = rasad_process("new", tmp_path / "desk")
    assert (said.code, said.err) == (0, "")
    assert "?" not in said.out
    assert "Name" not in said.out


def answer(folder: Path, answers: str) -> str:
    """Run ``rasad new`` at a terminal, and give what the terminal showed."""
    ours, theirs = pty.openpty()
    os.write(ours, answers.encode())
    new = [sys.executable, "-c", ENTRY, "new", str(folder)]
    ended = subprocess.run(new, stdin=theirs, capture_output=True, timeout=30, check=False)
    for end in (ours, theirs):
        os.close(end)
    return ended.stdout.decode() + ended.stderr.decode()


def test_at_a_terminal_it_asks_and_takes_the_answers(tmp_path: Path):
    told = answer(tmp_path / "desk", "Desk of Dushanbe\nTJK-AFG\nen prs\n")
    desk = tomllib.loads((tmp_path / "desk" / "rasad.toml").read_text("utf-8"))["desk"]
    assert "Languages" in told
    assert (desk["name"], desk["dyads"]) == ({"en": "Desk of Dushanbe"}, ["TJK-AFG"])
    assert desk["languages"] == ["en", "prs"]


def test_at_a_terminal_plain_returns_give_a_desk_too(tmp_path: Path):
    answer(tmp_path / "desk", "\n\n\n")
    desk = tomllib.loads((tmp_path / "desk" / "rasad.toml").read_text("utf-8"))["desk"]
    assert (desk["name"], desk["languages"]) == ({"en": "desk"}, list(LANGUAGES))


def test_a_wrong_answer_leaves_no_half_desk(tmp_path: Path):
    told = answer(tmp_path / "desk", "A desk\nRUS\nen\n")
    assert "'RUS' is not a dyad" in told
    assert not (tmp_path / "desk").exists()
