"""Editions of one text against one another: paragraphs, numbers, days, citations and likelihoods that differ.

Paragraphs are aligned by what does not change in translation. In each, every edition is set against what most
editions have; an edition that stands alone is told. With two editions only, both sides of a difference are told at the
second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rasad.check.edition_alignment import Alignment, Traits, align
from rasad.check.edition_names import differing_names
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.languages.numbers import fold_digits

IDS: Final = dict.fromkeys(
    (
        "edition-missing", "edition-extra", "edition-number", "edition-date", "edition-citation",
        "edition-likelihood", "edition-name", "edition-order",
    ),
    "editions",
)  # fmt: skip
SAYS: Final = {"number": "number", "date": "day", "citation": "citation", "likelihood": "step of likelihood"}


def compare(readings: Mapping[str, Reading]) -> dict[str, list[Finding]]:
    """The differences of editions by language; each at the edition that stands alone.

    Args:
        readings: Two editions or more by language.
    """
    traits = {lang: [Traits(one) for one in reading.passages] for lang, reading in readings.items()}
    lengths = Counter(len(told) for told in traits.values())
    usual = max(lengths, key=lambda length: (lengths[length], length))
    pivot = next(lang for lang in traits if len(traits[lang]) == usual)
    found: dict[str, list[Finding]] = {lang: [] for lang in traits}
    ways = {lang: align(traits[pivot], told) for lang, told in traits.items() if lang != pivot and told}
    odd = _odd_places(ways)
    found[pivot] += _of_pivot(traits[pivot], ways, odd)
    for lang, way in ways.items():
        found[lang] += _displaced(traits[pivot], traits[lang], way, odd)
    for at, told in enumerate(traits[pivot]):
        row = {pivot: told, **{lang: way.fellows[at] for lang, way in ways.items() if at in way.fellows}}
        for lang, finding in _differences(row):
            found[lang].append(finding)
        for lang, finding in differing_names({lang: told.passage for lang, told in row.items()}):
            found[lang].append(finding)
    return found


@dataclass(frozen=True)
class _Odd:
    """Places where the pivot stands alone: what no other edition has there, and after which all others have more."""

    alone: frozenset[int] = frozenset()
    before_more: frozenset[int] = frozenset()


def _odd_places(ways: Mapping[str, Alignment]) -> _Odd:
    if len(ways) < 2:
        return _Odd()
    alone = frozenset.intersection(*(frozenset(way.lacks) for way in ways.values()))
    more = frozenset.intersection(*(frozenset(after for after, _ in way.extra) for way in ways.values()))
    return _Odd(alone, more)


def _of_pivot(pivot: Sequence[Traits], ways: Mapping[str, Alignment], odd: _Odd) -> Iterator[Finding]:
    for at in sorted(odd.alone):
        if all(way.moved(at, pivot) is not None for way in ways.values()):
            yield _out_of_order(pivot[at], pivot)
        else:
            yield _finding("edition-extra", pivot[at].passage, "no other edition has this paragraph")
    swapped = any(way.moved(at, pivot) is not None for at in odd.alone for way in ways.values())
    for after in sorted(odd.before_more):
        if not swapped:
            theirs = next(one for way in ways.values() for last, one in way.extra if last == after)
            yield _missing(pivot[max(after, 0)], theirs)


def _displaced(
    pivot: Sequence[Traits], theirs: Sequence[Traits], way: Alignment, odd: _Odd
) -> Iterator[Finding]:
    """Passages that one edition lacks, has alone, or has in another place."""
    moved = {at: one for at in way.lacks if (one := way.moved(at, pivot)) is not None}
    elsewhere = {one.passage.number for one in moved.values()}
    for at, near in way.lacks.items():
        if at in odd.alone:
            continue
        if at in moved:
            yield _out_of_order(moved[at], theirs)
        else:
            yield _missing(near, pivot[at])
    for after, one in way.extra:
        if one.passage.number not in elsewhere and after not in odd.before_more:
            yield _finding("edition-extra", one.passage, "no other edition has this paragraph")


def _out_of_order(one: Traits, edition: Sequence[Traits]) -> Finding:
    place = one.passage.number
    beside = [other.passage for other in edition if abs(other.passage.number - place) == 1]
    return Finding(
        "edition-order", "error", place, 0, len(one.passage.text), one.passage.text,
        "this paragraph stands in another place than in the other editions",
        others=tuple((other.number, 0, len(other.text)) for other in beside),
    )  # fmt: skip


def _missing(near: Traits, theirs: Traits) -> Finding:
    return _finding("edition-missing", near.passage, f"after this a paragraph is missing: '{_short(theirs)}'")


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


def _short(told: Traits) -> str:
    return told.passage.text[:50]


def _finding(rule: str, passage: Passage, message: str) -> Finding:
    return Finding(rule, "error", passage.number, 0, len(passage.text), passage.text, message)
