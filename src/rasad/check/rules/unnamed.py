"""Rule: a claim that rests on one source without a name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

NEAR: Final = 90
"""Characters after the words within which a citation still belongs to them."""

_WHAT: Final = "the source has no name: say how it could know, mark the claim as resting on one unnamed source, or find a second"


def unnamed(reading: Reading) -> Iterator[Finding]:
    """A claim that rests on a source that hides its name, or on somebody whom nothing names and nothing cites."""
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        hidden = [match.span() for match in pattern(passage.lang, "unnamed").finditer(passage.text)]
        others = [
            match.span()
            for match in pattern(passage.lang, "somebody").finditer(passage.text)
            if not _reaches(hidden, *match.span()) and not _is_held(passage, *match.span())
        ]
        for start, end in _joined(passage, [*hidden, *others]):
            yield Finding(
                "source-unnamed", "warning", passage.number, start, end, passage.text[start:end], _WHAT
            )


def _reaches(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares a letter with one of a row of places in the order of the text."""
    before = bisect_left(places, end, key=itemgetter(0)) - 1
    return before >= 0 and places[before][1] > start


def _is_held(passage: Passage, start: int, end: int) -> bool:
    """Whether the sentence of a nameless person cites where it was said, or the words stand within a quotation."""
    first, words = passage.sentence_near(start)
    return cites(passage, end, min(max(first + len(words), end) + 2, len(passage.text)))


def _joined(passage: Passage, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of one sentence as one: who it was, and that the name is kept back."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if (
            found
            and start - found[-1][1] < NEAR
            and not any(sign in passage.text[found[-1][1] : start] for sign in ".!?؟")
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
