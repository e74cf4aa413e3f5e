"""Rules on letters: bidi controls that hide what stands, and Arabic letters where Persian or Pashto ones belong."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from rasad.check.finding import Finding, Fix
from rasad.check.passage import Passage, Reading, language_of

_OVERRIDES = re.compile("[\u202a-\u202e]+")
_EITHER = re.compile("[\u202a-\u202e\u2066-\u2069]+")
_ISOLATES = re.compile("[\u2066-\u2069]")
_MIXED = re.compile(r"(?<!\w)\w*(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])\w*")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC_LETTERS = {
    "prs": re.compile(r"(?<![\w\u200c])[\w\u200c]*[يك][\w\u200c]*"),
    "ps": re.compile(r"(?<![\w\u200c])[\w\u200c]*ك[\w\u200c]*"),
}
"""Pashto has ي as a letter of its own, and ک and not ك."""
_WRITTEN = {"prs": str.maketrans("يك", "یک"), "ps": str.maketrans("ك", "ک")}


def controls(reading: Reading) -> Iterator[Finding]:
    """Controls that turn the direction of what follows: a reader sees other words than a program does."""
    for passage in reading.passages:
        isolates = _ISOLATES.findall(passage.text)
        is_open = 2 * isolates.count("\u2069") != len(isolates)
        for match in (_EITHER if is_open else _OVERRIDES).finditer(passage.text):
            names = " ".join(f"U+{ord(letter):04X}" for letter in match[0])
            yield Finding(
                "bidi-control", "warning", passage.number, match.start(), match.end(), match[0],
                f"invisible controls of direction ({names}): delete them, or use the marks that change only themselves", Fix(""),
            )  # fmt: skip


def mixed_scripts(reading: Reading) -> Iterator[Finding]:
    """A word of Latin and Cyrillic letters, which looks like one and is another."""
    for passage in reading.passages:
        if _CYRILLIC.search(passage.text) is None:
            continue
        for match in _MIXED.finditer(passage.text):
            yield Finding(
                "mixed-scripts", "warning", passage.number, match.start(), match.end(), match[0],
                "the word mixes Latin and Cyrillic letters",
            )  # fmt: skip


def _is_arabic(passage: Passage, at: int) -> bool:
    """Whether a word stands in a quotation or a title that is Arabic, which keeps its letters."""
    if not passage.is_quoted(at):
        return False
    start, end = passage.quoted[bisect_right(passage.quoted, at, key=itemgetter(0)) - 1]
    return language_of(passage.text[start:end]) == "ar"


def persian_letters(reading: Reading) -> Iterator[Finding]:
    """Arabic yeh and kaf in Dari, Arabic kaf in Pashto, one finding a text: they look alike and are not found by a search."""
    places = [
        (passage, match)
        for passage in reading.passages
        if passage.lang in ("prs", "ps")
        for match in _ARABIC_LETTERS[passage.lang].finditer(passage.text)
        if not _is_arabic(passage, match.start())
    ]
    if places:
        passage, match = places[0]
        right, *others = (one[0].translate(_WRITTEN[other.lang]) for other, one in places)
        times = "" if len(places) == 1 else f" ({len(places)} words)"
        yield Finding(
            "letters-arabic", "note", passage.number, match.start(), match.end(), match[0],
            f"Arabic ي or ك where Dari writes ی and ک, and Pashto ک{times}", Fix(right, tuple(others)),
            others=tuple((other.number, one.start(), one.end()) for other, one in places[1:]),
        )  # fmt: skip
