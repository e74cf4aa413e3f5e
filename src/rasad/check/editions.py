"""Editions of one text against one another: paragraphs, numbers, days, citations and likelihoods that differ.

Paragraphs are aligned by what does not change in translation. In each, every edition is set against what most
editions have; an edition that stands alone is told. With two editions only, both sides of a difference are told at the
second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.languages.likelihood import likelihoods_in
from rasad.languages.numbers import fold_digits

_NUMBER = re.compile(r"(?<![\w.,٫])\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|(?<![\w.,٫٬])\d+(?:[.,٫]\d+)?")
_CITED = re.compile(r"\[\^?(\d{1,3}(?:\s*[,،]\s*\d{1,3})*)\]")
GAP: Final = -0.6
IDS: Final = dict.fromkeys(
    (
        "edition-missing", "edition-extra", "edition-number", "edition-date", "edition-citation",
        "edition-likelihood",
    ),
    "editions",
)  # fmt: skip
SAYS: Final = {"number": "number", "date": "day", "citation": "citation", "likelihood": "step of likelihood"}


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
        return same / all_ if all_ else 0.3


def compare(readings: Mapping[str, Reading]) -> dict[str, list[Finding]]:
    """The differences of editions by language; each at the edition that stands alone.

    Args:
        readings: Two editions or more by language.
    """
    traits = {lang: [Traits(passage) for passage in reading.passages] for lang, reading in readings.items()}
    lengths = Counter(len(told) for told in traits.values())
    usual = max(lengths, key=lambda length: (lengths[length], length))
    pivot = next(lang for lang in traits if len(traits[lang]) == usual)
    found: dict[str, list[Finding]] = {lang: [] for lang in traits}
    rows: list[dict[str, Traits]] = [{pivot: told} for told in traits[pivot]]
    for lang, theirs in traits.items():
        if lang == pivot or not theirs:
            continue
        near = theirs[0]
        for at, mine in _aligned(traits[pivot], theirs):
            if mine is None and at is not None:
                message = f"after this a paragraph is missing: '{_short(traits[pivot][at])}'"
                found[lang].append(_finding("edition-missing", near.passage, message))
            elif mine is not None and at is None:
                found[lang].append(
                    _finding("edition-extra", mine.passage, "no other edition has this paragraph")
                )
            elif mine is not None and at is not None:
                rows[at][lang] = mine
            near = mine or near
    for row in rows:
        for lang, finding in _differences(row):
            found[lang].append(finding)
    return found


def _differences(row: Mapping[str, Traits]) -> list[tuple[str, Finding]]:
    found = []
    for name, says in SAYS.items():
        values = {lang: frozenset(told.told[name].items()) for lang, told in row.items()}
        counts = Counter(values.values())
        if len(counts) < 2:
            continue
        (most, times), *others = counts.most_common()
        if others and others[0][1] == times and len(row) > 2:
            continue
        for lang, value in values.items():
            if value != most:
                mine, theirs = dict(value), dict(most)
                only = [key for key in mine if mine[key] > theirs.get(key, 0)]
                lacks = [key for key in theirs if theirs[key] > mine.get(key, 0)]
                message = f"the other editions differ in a {says}: " + "; ".join(
                    part for part in (_list("here", only), _list("there", lacks)) if part
                )
                start, end = _place(row[lang].passage, only)
                passage = row[lang].passage
                found.append(
                    (
                        lang,
                        Finding(
                            f"edition-{name}",
                            "error",
                            passage.number,
                            start,
                            end,
                            passage.text[start:end],
                            message,
                        ),
                    )
                )
    return found


def _place(passage: Passage, keys: Sequence[Hashable]) -> tuple[int, int]:
    """Where the first of what stands here alone is; the whole passage where nothing does."""
    for key in keys:
        for one in passage.dates:
            if key in (one.on, (one.calendar, one.year, one.month)):
                return one.start, one.end
        match = re.search(rf"(?<!\d){re.escape(str(key))}(?!\d)", fold_digits(passage.text))
        if match is not None:
            return match.span()
    return 0, len(passage.text)


def _list(where: str, keys: Sequence[Hashable]) -> str:
    return f"{where} {', '.join(_said(key) for key in keys)}" if keys else ""


def _said(key: Hashable) -> str:
    if not isinstance(key, tuple):
        return str(key)
    calendar, year, month = key
    return f"month {month} of the {calendar} calendar" if year is None else f"{year}-{month:02} ({calendar})"


def _aligned(pivot: Sequence[Traits], other: Sequence[Traits]) -> list[tuple[int | None, Traits | None]]:
    """Pairs of places, in order, by the best sum of likenesses (Needleman and Wunsch 1970)."""
    if len(pivot) == len(other):
        return list(zip(range(len(pivot)), other, strict=True))
    best = [
        [GAP * (i + j) if not i or not j else 0.0 for j in range(len(other) + 1)]
        for i in range(len(pivot) + 1)
    ]
    for i, one in enumerate(pivot, start=1):
        for j, two in enumerate(other, start=1):
            best[i][j] = max(
                best[i - 1][j - 1] + one.likeness(two), best[i - 1][j] + GAP, best[i][j - 1] + GAP
            )
    found: list[tuple[int | None, Traits | None]] = []
    i, j = len(pivot), len(other)
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + pivot[i - 1].likeness(other[j - 1]):
            i, j = i - 1, j - 1
            found.append((i, other[j]))
        elif i and best[i][j] == best[i - 1][j] + GAP:
            i -= 1
            found.append((i, None))
        else:
            j -= 1
            found.append((None, other[j]))
    return found[::-1]


def _short(told: Traits) -> str:
    return told.passage.text[:50]


def _finding(rule: str, passage: Passage, message: str) -> Finding:
    return Finding(rule, "error", passage.number, 0, len(passage.text), passage.text, message)
