"""The page of each rule: what it finds, why, how to mend it, when it may stand, and examples that a test runs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Example = str | Mapping[str, str]
"""A text, or a text a language where editions are compared."""


@dataclass(frozen=True)
class Page:
    """What is to be said of one rule."""

    rule: str
    what: str
    why: str
    mend: str
    leave: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]


@cache
def pages() -> dict[str, Page]:
    """Every page by its rule, in the order of the families."""
    told = tomllib.loads((files(__package__) / "pages.toml").read_text("utf-8"))
    return {
        rule: Page(
            rule, one["what"], one["why"], one["mend"], one["leave"], tuple(one["wrong"]), tuple(one["right"])
        )
        for rule, one in told.items()
    }


def as_text(page: Page, family: str) -> str:
    """A page for a terminal."""
    lines = [f"{page.rule} ({family})", "", page.what, "", f"Why: {page.why}", "", f"What to do: {page.mend}"]
    lines += ["", f"When it may stand: {page.leave}"]
    for title, examples in (("Wrong", page.wrong), ("Right", page.right)):
        for example in examples:
            lines += ["", f"{title}:", *(f"    {line}" for line in _lines(example))]
    return "\n".join(lines)


def as_markdown(page: Page) -> str:
    """A page for the documentation, under a heading that is its anchor."""
    lines = [f"({page.rule})=", f"### `{page.rule}`", "", page.what, "", f"*Why.* {page.why}", ""]
    lines += [f"*What to do.* {page.mend}", "", f"*When it may stand.* {page.leave}", ""]
    for title, examples in (("Wrong", page.wrong), ("Right", page.right)):
        for example in examples:
            lines += [f"{title}:", "", "```text", *_lines(example), "```", ""]
    return "\n".join(lines)


def _lines(example: Example) -> list[str]:
    """The lines of an example, with invisible characters shown by their code."""
    text = (
        example
        if isinstance(example, str)
        else "\n".join(f"{lang}: {' ¶ '.join(words.split(chr(10) * 2))}" for lang, words in example.items())
    )
    return "".join(_shown(letter) for letter in text).split("\n")


def _shown(letter: str) -> str:
    hidden = "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069"
    return f"<U+{ord(letter):04X}>" if hidden else letter
