"""Which passages of two editions are the same: by what does not change in translation, and what of them has no fellow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rasad.check.edition_names import name_consonants
from rasad.check.passage import Passage
from rasad.languages.likelihood import likelihoods_in
from rasad.languages.numbers import fold_digits

GAP: Final = -0.1
NOTHING_TOLD: Final = 0.3
"""Likeness of two passages that tell no number, day, citation or likelihood."""
MOVED: Final = 0.4
"""Likeness from which on a passage that is extra here and one that is missing are the same, in another place."""
REACH: Final = 30
"""Paragraphs by which one edition may run ahead of another: beyond it nothing is compared, so that long texts take no time."""
APART: Final = -1e9

_NUMBER = re.compile(r"(?<![\w.,٫])\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|(?<![\w.,٫٬])\d+(?:[.,٫]\d+)?")
_CITED = re.compile(r"\[\^?(\d{1,3}(?:\s*[,،]\s*\d{1,3})*)\]")


@dataclass(frozen=True)
class Traits:
    """What of a passage does not change in translation; each a multiset."""

    passage: Passage

    @cached_property
    def told(self) -> dict[str, Counter[Hashable]]:
        text = list(fold_digits(self.passage.text))
        days: Counter[Hashable] = Counter()
        for one in self.passage.dates:
            days[one.on or (one.calendar, one.year, one.month)] += 1
            text[one.start : one.end] = " " * (one.end - one.start)
        plain = "".join(text)
        cited: Counter[Hashable] = Counter(
            number for match in _CITED.finditer(plain) for number in re.findall(r"\d+", match[1])
        )
        numbers: Counter[Hashable] = Counter(
            re.sub(r"[,٬](?=\d{3})", "", match[0]).replace("٫", ".")
            for match in _NUMBER.finditer(_CITED.sub(" ", plain))
        )
        steps: Counter[Hashable] = Counter(likelihoods_in(self.passage.text, self.passage.lang))
        return {"number": numbers, "date": days, "citation": cited, "likelihood": steps}

    def likeness(self, other: Traits) -> float:
        """How alike two passages are, about 0 to 1."""
        if (self.passage.kind == "heading") != (other.passage.kind == "heading"):
            return -1.0
        same = all_ = 0
        for name, mine in self.told.items():
            theirs = other.told[name]
            same += (mine & theirs).total()
            all_ += (mine | theirs).total()
        fewest = min(len(self.names), len(other.names))
        shared = len(self.names & other.names) / fewest if fewest else 0.0
        told = same / all_ if all_ else NOTHING_TOLD
        return (told + shared) / 2 if fewest else told

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names and cognates by their consonants, which are alike in every script."""
        return name_consonants(self.passage.text)


@dataclass(frozen=True)
class Alignment:
    """How an edition stands to the pivot.

    Attributes:
        fellows: Place in the pivot, and the passage that is the same.
        lacks: Places in the pivot that have no fellow, each with the last passage before it.
        extra: Passages that the pivot has not, each with the place in the pivot that it follows; -1 before all.
    """

    fellows: Mapping[int, Traits]
    lacks: Mapping[int, Traits]
    extra: tuple[tuple[int, Traits], ...]

    def moved(self, at: int, pivot: Sequence[Traits]) -> Traits | None:
        """The extra passage that is one which is lacking at its place."""
        alike = [(pivot[at].likeness(one), one) for _, one in self.extra]
        best, one = max(alike, key=lambda told: told[0], default=(0.0, None))
        return one if best >= MOVED else None


def align(pivot: Sequence[Traits], other: Sequence[Traits]) -> Alignment:
    """The best sum of likenesses in order (Needleman and Wunsch 1970)."""
    fellows: dict[int, Traits] = {}
    lacks: dict[int, Traits] = {}
    extra = []
    near, last = other[0], -1
    for at, mine in _pairs(pivot, other):
        near, last = mine or near, last if at is None else at
        if mine is None and at is not None:
            lacks[at] = near
        elif mine is not None and at is None:
            extra.append((last, mine))
        elif mine is not None and at is not None:
            fellows[at] = mine
    return Alignment(fellows, lacks, tuple(extra))


def _pairs(pivot: Sequence[Traits], other: Sequence[Traits]) -> list[tuple[int | None, Traits | None]]:
    best = [
        [GAP * (i + j) if not i or not j else 0.0 for j in range(len(other) + 1)]
        for i in range(len(pivot) + 1)
    ]
    reach = abs(len(pivot) - len(other)) + REACH
    for i, one in enumerate(pivot, start=1):
        for j, two in enumerate(other, start=1):
            pairs = best[i - 1][j - 1] + one.likeness(two) if abs(i - j) <= reach else APART
            best[i][j] = max(pairs, best[i - 1][j] + GAP, best[i][j - 1] + GAP)
    found: list[tuple[int | None, Traits | None]] = []
    i, j = len(pivot), len(other)
    while i or j:
        near = abs(i - j) <= reach
        if i and j and near and best[i][j] == best[i - 1][j - 1] + pivot[i - 1].likeness(other[j - 1]):
            i, j = i - 1, j - 1
            found.append((i, other[j]))
        elif i and best[i][j] == best[i - 1][j] + GAP:
            i -= 1
            found.append((i, None))
        else:
            j -= 1
            found.append((None, other[j]))
    return found[::-1]
