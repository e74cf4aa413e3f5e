"""Rule: a claim that rests on one source without a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import Final

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.records import is_record
from rasad.check.references import entries, is_reference
from rasad.check.word_lists import pattern

BESIDE: Final = 25
LONGEST: Final = 600
"""Characters before a source of things, and those of a sentence that are searched for what holds a source."""

_MARK = re.compile(r"\s?[(\[][^()\[\]]{1,12}[)\]]")
"""A mark behind the stop of the sentence that it belongs to."""

_GAP = re.compile(r"\s*(?:(?:of|for|د)\s+)?")
_WORD = re.compile(r"\s+[\w\u200c]+\s+")
"""What may stand between the word source and what flows from it: nothing, or one word, as in ``a local source of water``."""

MOST: Final = 400
"""Places of one paragraph that are looked at."""

NEAR: Final = 90
"""Characters after the words within which a citation still belongs to them."""

_CLAIMED = re.compile(
    r"(?i)stud(?:y|ies)|report|survey|experts?|analysts?|scholars?|researche?|generals?|source below|document|link below|پژوهش|مطالع|تحقیق|منبع (?:زیر|پایین)|سند|لکه څنګه|څېړنې|مطالعې|دراسات|تقارير|أبحاث|بحوث|المصدر|الرابط"
)
"""Sources that a text speaks of and could cite, rather than somebody who hides."""

_WHAT: Final = "the source has no name: say how it could know, mark the claim as resting on one unnamed source, or find a second"


def unnamed(reading: Reading) -> Iterator[Finding]:
    """A claim that rests on a source that hides its name, or on somebody whom nothing names and nothing cites.

    A record of a meeting may know its people by their trade, and a source is weighed where the text says how far it goes.
    """
    is_round = any(one.is_round for one in entries(reading))
    names = ("unnamed",) if is_record(reading) else ("unnamed", "somebody")
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        places: list[tuple[int, int]] = []
        weighed = [match.start() for match in pattern(passage.lang, "weighed").finditer(passage.text)]
        for name in names:
            for match in islice(pattern(passage.lang, name).finditer(passage.text), MOST):
                claimed = _CLAIMED.search(match[0]) is not None
                if (name == "somebody" or claimed) and _is_held(
                    passage, match.start(), match.end(), is_round=is_round
                ):
                    continue
                if _is_of_things(passage, match.start(), match.end()) or _is_weighed(
                    passage, match.end(), weighed
                ):
                    continue
                if not any(start < match.end() and match.start() < end for start, end in places):
                    places.append((match.start(), match.end()))
        for start, end in _joined(passage, places):
            yield Finding(
                "source-unnamed", "warning", passage.number, start, end, passage.text[start:end], _WHAT
            )


def _is_of_things(passage: Passage, start: int, end: int) -> bool:
    """Whether it is a source of water, income or their like."""
    source = pattern(passage.lang, "source").search(passage.text, start, end)
    if source is None:
        return False
    resource = pattern(passage.lang, "resource")
    before = list(resource.finditer(passage.text, max(start - BESIDE, 0), start))
    if before and not passage.text[before[-1].end() : start].strip():
        return True
    gaps = [
        gap.end()
        for gap in (_GAP.match(passage.text, source.end()), _WORD.match(passage.text, source.end()))
        if gap
    ]
    return any(resource.match(passage.text, at) is not None for at in gaps)


def _is_weighed(passage: Passage, end: int, weighed: list[int]) -> bool:
    """Whether the rest of the sentence, or the next one, says how far the source goes."""
    following = bisect_left(weighed, end)
    if following == len(weighed):
        return False
    at = bisect_right(passage.sentences, end, key=itemgetter(0))
    return weighed[following] < min(_end_of(passage, at), end + LONGEST)


def _end_of(passage: Passage, at: int) -> int:
    """Where the sentence of a number ends; the end of the text where there is none."""
    if at >= len(passage.sentences):
        return len(passage.text)
    begin, words = passage.sentences[at]
    return begin + len(words)


def _is_held(passage: Passage, start: int, end: int, *, is_round: bool) -> bool:
    """Whether the sentence of a nameless person cites where it was said, or the words stand within a quotation."""
    first, words = passage.sentence_near(start)
    last = max(first + len(words), end) + 2
    mark = _MARK.match(passage.text, last - 2)
    last = min(max(last, mark.end() if mark is not None else 0), len(passage.text), end + LONGEST)
    return cites(passage, end, last, is_round=is_round)


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
