"""Rule: a number in the prose comes from a measure, a date mark, a citation or a quotation.

Eastern digits and number words count like Latin digits, and so do words of direction or rank,
which say what a number did. Years and dates typed by hand pass: they are dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rasad.errors import ManuscriptError
from rasad.issues.marks import PROSE
from rasad.languages import Language, language
from rasad.languages.numbers import fold_digits
from rasad.model.issue import (
    Citation,
    ClaimMark,
    Inline,
    Issue,
    MeasureMark,
    Note,
    Run,
    Text,
    Verbatim,
    child_inlines,
    plain_text,
)

GAP = "\ufffc"
ZWNJ = "\u200c"
"""Stands for a mark, so that words on its two sides are not read as one."""

_NUMBER = re.compile(r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2150-\u218f\u2460-\u249b][\d.,٫٬]*")
"""Digits, and signs that are numbers: fractions, raised and circled digits, Roman numerals."""

_PREFIXES = "(?:[وفبكل]{0,2}(?:ال)?)"
LONG_ENOUGH_FOR_PREFIX = 4
SHORTEST_MONTH = 2
"""A month of two letters, as Dari «می», is a date only before a year: it is also a prefix of verbs."""


def check_bare_numbers(issue: Issue) -> Iterator[ManuscriptError]:
    """Every number and word of direction that a hand typed."""
    lang = language(issue.language)
    for run in issue.runs:
        yield from _check(run, _prose(run.children), lang)
        for words in _on_measures(run.children):
            yield from _check(run, words, lang, direction=False)
        for reason in _reasons(run.children):
            yield from _check(run, reason, lang)


def _check(run: Run, text: str, lang: Language, *, direction: bool = True) -> Iterator[ManuscriptError]:
    folded = fold_digits(text)
    rest = _dates(lang.code).sub(lambda match: GAP * len(match[0]), folded)
    for match in _NUMBER.finditer(rest):
        found = text[match.start() : match.end()]
        yield ManuscriptError(
            f"the number '{found}' is typed by hand",
            at=run.at,
            do="Let a .measure or .date mark write it, or put it in a .verbatim if it is a name or quotation.",
        )
    for match in _words(lang.code, direction=direction).finditer(rest.lower()):
        yield ManuscriptError(
            f"'{match[1]}' says a number by hand",
            at=run.at,
            do="Let a .measure mark carry it, as in [rose]{.measure … is=up}.",
        )


def _prose(inlines: tuple[Inline, ...]) -> str:
    """The typed words outside marks; notes are runs of their own."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Verbatim | MeasureMark | Citation | Note):
            parts.append(GAP)
        else:
            parts.append(_prose(child_inlines(inline)) or GAP)
    return "".join(parts)


def _on_measures(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """The words that hang on measures, which may be of direction but hold no number."""
    for inline in inlines:
        if isinstance(inline, MeasureMark) and inline.children:
            yield plain_text(inline.children)
        yield from _on_measures(child_inlines(inline))


def _reasons(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, ClaimMark):
            yield from filter(None, (inline.get(name) for name in sorted(PROSE)))
        yield from _reasons(child_inlines(inline))


@cache
def _dates(code: str) -> re.Pattern[str]:
    months = "|".join(re.escape(name) for names in language(code).months.values() for name in names)
    names = [name for calendar in language(code).months.values() for name in calendar]
    plain = "|".join(re.escape(name) for name in names if len(name) > SHORTEST_MONTH)
    year = r"(?:1[34]\d\d|19\d\d|20\d\d|2100)"
    return re.compile(
        rf"(?<!\d)(?:{year}-\d\d?-\d\d?|\d\d? (?:{months}) {year}|\d\d? (?:{plain})(?!\w)|(?:{months}) \d\d?, {year}|{year})"
        rf"(?![\d٬٫]|[.,]\d)"
    )


@cache
def _words(code: str, *, direction: bool) -> re.Pattern[str]:
    lang = language(code)
    listed = (*lang.number_words, *(lang.direction_words if direction else ()))
    words = sorted(listed, key=len, reverse=True)
    forms = [_form(word.lower(), code) for word in words]
    one = f"(?:{'|'.join(forms)})"
    return re.compile(rf"(?<![\w\u200c])({one}(?:{ZWNJ}{one})*)(?![\w\u200c])")


def _form(word: str, code: str) -> str:
    prefix = _PREFIXES if code == "ar" and len(word) >= LONG_ENOUGH_FOR_PREFIX else ""
    return prefix + re.escape(word)
