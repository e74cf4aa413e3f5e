"""The words of a finding stand in the file, letter by letter, at the line and column that are told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from rasad.cli.check import command

TEXTS = Path(__file__).parent / "data" / "check"
FILES = sorted(path for path in TEXTS.rglob("*") if path.suffix in (".md", ".txt", ".html"))
LATIN = [path for path in FILES if path.suffix != ".md"]
MARKDOWN = [path for path in FILES if path.suffix == ".md" and "editions" not in path.parts]
MARKUP = re.compile(r"<[^<>]*>|\*\*|__|(?<=\])\([^()]*\)|\[\^[^\]]*\]|[\[\]*`\\]|\{[^{}]*\}")
KEYS = ["rule", "severity", "file", "line", "column", "text", "message", "fix"]


def told(path: Path) -> list[dict[str, object]]:
    run = CliRunner().invoke(command, [str(path), "--json", "--no-desk"])
    assert run.exit_code in (0, 1), run.output
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def written(tmp_path: Path, name: str, text: str, rule: str) -> tuple[int, int, str]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    (one,) = (one for one in told(path) if one["rule"] == rule)
    return one["line"], one["column"], one["text"]  # type: ignore[return-value]


@pytest.mark.parametrize("path", [*LATIN, *MARKDOWN[::8]], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_line_goes_on_with_the_words_from_the_column_on(path: Path):
    lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8-sig"))
    for one in told(path):
        assert list(one) == KEYS
        line, column, text = one["line"], one["column"], one["text"]
        assert isinstance(line, int)
        assert isinstance(column, int)
        assert isinstance(text, str)
        first, rest = text.split("\n")[0], lines[line - 1][column - 1 :]
        plain = MARKUP.sub("", rest).startswith(MARKUP.sub("", first))
        assert first
        assert rest.startswith(first) or plain, (one["rule"], text, rest)


def test_an_empty_link_is_told_as_a_whole_where_it_begins(tmp_path: Path):
    assert written(tmp_path, "a.md", "See [the page]() of it.\n", "link-empty") == (1, 5, "[the page]()")
    html = '<p>See <a href="">the page</a> of it.</p>'
    assert written(tmp_path, "a.html", html, "link-empty") == (1, 8, '<a href="">the page</a>')


def test_a_mark_without_a_note_is_told_with_its_brackets(tmp_path: Path):
    text = "The gate was shut.[^9] It is open.[^1]\n\n[^1]: Border office, 3 March 2026.\n"
    line, column, words = written(tmp_path, "a.md", text, "mark-without-note")
    assert text.splitlines()[line - 1][column - 1 :].startswith(words)
    assert words == "[^9]"


def test_a_note_without_text_is_told_with_its_brackets(tmp_path: Path):
    text = "The gate was shut.[^4]\n\n[^4]:\n"
    assert written(tmp_path, "a.md", text, "note-without-text") == (3, 1, "[^4]:")


def test_words_that_go_over_a_line_end_are_told_with_it(tmp_path: Path):
    text = "The talks opened there on 13\nMay 2024, a Wednesday, and went on.\n"
    assert written(tmp_path, "a.txt", text, "date-weekday") == (1, 27, "13\nMay 2024, a Wednesday")
