"""The words that rules look for, by language, and which lists of them a text can have at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import ahocorasick

BEGINS: Final = (r"(?<![\w\u200c])", r"(?<![\w\u200c])|(?<=(?<![\w\u200c])[وف])")
"""Where a word begins, and where in Arabic, which writes two conjunctions together with it."""

LEAST_SURE: Final = 2


@cache
def pattern(lang: str, name: str) -> re.Pattern[str]:
    """Any of the words of a list, standing whole; the longest first.

    Raises:
        KeyError: If there is no such list.
    """
    return re.compile(
        rf"(?:{BEGINS[lang == 'ar']})(?:{'|'.join(sorted(_lists()[lang][name], key=len, reverse=True))})(?![\w\u200c])",
        _flags(name),
    )


@cache
def lists(lang: str) -> Sieve:
    """Which lists of a language a text can have words of."""
    return Sieve(_lists()[lang])


class Sieve:
    """Tells in one pass which of many patterns can match a text, by letters that each match must have.

    It may name a pattern that does not match, and never leaves one out that does.

    Example:
        >>> sieve = Sieve({"hedge": ["perhaps", "may(?= be)"], "loaded": ["(?:evil|vile) men"]})
        >>> sorted(sieve.possible("perhaps an evil day"))
        ['hedge', 'loaded']
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]]) -> None:
        by_letters: dict[str, set[str]] = {}
        always: set[str] = set()
        for name, some in patterns.items():
            for one in some:
                sure = sure_letters(one)
                if all(len(letters) >= LEAST_SURE for letters in sure):
                    for letters in sure:
                        by_letters.setdefault(letters.casefold(), set()).add(name)
                else:
                    always.add(name)
        self._always = frozenset(always)
        self._automaton = ahocorasick.Automaton()
        for letters, names in by_letters.items():
            self._automaton.add_word(letters, frozenset(names - always))
        self._automaton.make_automaton()
        self._is_empty = not by_letters

    def possible(self, text: str) -> frozenset[str]:
        """The names of the patterns that can match a text."""
        found = set(self._always)
        if not self._is_empty:
            for _, names in self._automaton.iter(text.casefold()):
                found |= names
        return frozenset(found)


def sure_letters(written: str) -> list[str]:
    r"""Letters of which any match of a pattern has at least one, as long as they can be told.

    Example:
        >>> sure_letters("(?:a |one )?sources? said|TODO|(?:low|high) risk")
        ['source', 'TODO', ' risk']
        >>> sure_letters("(?:insiders|people) \\w+")
        ['insiders', 'people']
    """
    return [letters for one in _alternatives(written) for letters in _surest(one)]


def _alternatives(written: str) -> list[str]:
    """The alternatives of a pattern that stand in no brackets."""
    parts, begin, at = list[str](), 0, 0
    while at < len(written):
        if written[at] == "|":
            parts.append(written[begin:at])
            begin = at + 1
        at = _after(written, at)
    return [*parts, written[begin:]]


def _surest(written: str) -> list[str]:
    """Of one alternative the run of letters, or the group of several, whose shortest is the longest."""
    runs: list[list[str]] = [[""]]
    at = 0
    while at < len(written):
        after = _after(written, at)
        part, follows = written[at:after], written[after : after + 1]
        is_optional = follows in ("?", "*", "{")
        if part.startswith("(") and not is_optional and not _AROUND.match(part):
            runs += [sure_letters(_OPENING.sub("", part)[:-1]), [""]]
        elif len(part) == 1 and part not in _SIGNS and not is_optional:
            runs[-1][0] += part
        else:
            runs.append([""])
        at = after
    return max(runs, key=lambda some: min(map(len, some)))


_SIGNS: Final = frozenset("?*+{}.^$0123456789,")
_AROUND = re.compile(r"\(\?<?[=!]")
_OPENING = re.compile(r"^\((?:\?(?:[-a-z]*:|P<\w+>))?")


def _after(written: str, at: int) -> int:
    """Where the letter, sign, class or group that begins here ends."""
    if written[at] == "\\":
        return at + 2
    if written[at] == "[":
        while written[at] != "]":
            at += 2 if written[at] == "\\" else 1
        return at + 1
    if written[at] == "(":
        at += 1
        while written[at] != ")":
            at = _after(written, at)
    return at + 1


def _flags(name: str) -> int:
    return 0 if name == "could" else re.IGNORECASE


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files(__package__) / "words.toml").read_text("utf-8")
    )
    return found
