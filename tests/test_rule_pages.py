"""The page of each rule: there is one for each, and its examples are as right and as wrong as it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rasad.check.ignores import known_rules
from rasad.check.pages import Example, as_markdown, as_text, pages
from rasad.cli.check import command
from rasad.errors import EvaluationError


def found(folder: Path, example: Example) -> set[str]:
    """The rules that speak on an example."""
    texts = {"text": example} if isinstance(example, str) else example
    names = []
    for lang, text in texts.items():
        path = folder / ("text.md" if lang == "text" else f"text.{lang}.md")
        path.write_text(f"{text}\n", "utf-8")
        names.append(str(path))
    arguments = ["--json", "--no-desk", *(["--editions"] if len(names) > 1 else []), *names]
    return {one["rule"] for one in json.loads(CliRunner().invoke(command, arguments).stdout)}


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(rule, example) for rule, page in pages().items() for example in getattr(page, kind)]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert set(pages()) == set(known_rules())


@pytest.mark.parametrize(("rule", "example"), examples("wrong"))
def test_a_rule_speaks_on_what_its_page_calls_wrong(tmp_path: Path, rule: str, example: Example) -> None:
    assert rule in found(tmp_path, example)


@pytest.mark.parametrize(("rule", "example"), examples("right"))
def test_a_rule_is_silent_on_what_its_page_calls_right(tmp_path: Path, rule: str, example: Example) -> None:
    assert rule not in found(tmp_path, example)


def test_a_page_is_printed_on_demand_and_an_unknown_rule_told() -> None:
    printed = CliRunner().invoke(command, ["--explain", "date-weekday"])
    assert printed.exit_code == 0
    assert pages()["date-weekday"].mend in printed.stdout
    unknown = CliRunner().invoke(command, ["--explain", "date-weekdy"])
    assert isinstance(unknown.exception, EvaluationError)
    assert "Did you mean 'date-weekday'?" in unknown.exception.line()


def test_invisible_characters_of_an_example_are_shown_by_their_code() -> None:
    told = as_text(pages()["bidi-control"], "letters") + as_markdown(pages()["bidi-control"])
    assert "U+202E" in told
    assert "\u202e" not in told
