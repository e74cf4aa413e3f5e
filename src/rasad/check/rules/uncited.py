"""Rule: a section of claims that cites nothing, where the others of the text cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.outline import headings as headings_of
from rasad.check.passage import Passage, Reading
from rasad.check.records import is_record
from rasad.check.references import entries, is_reference
from rasad.check.rules.cross_references import refers_to_part
from rasad.check.word_lists import pattern

LEAST_CITED: Final = 2
LEAST_HABIT: Final = 3
"""Sections without a source, as many as those with one or more, that make a habit of the whole text."""

LEAST_WORDS: Final = 24
LEAST_FACTS: Final = 2
"""Words of a section, and dates and counts in it, from which it is one of claims."""

LONG: Final = 75
"""Words of a section that is one of claims where it tells what others say, though it has no date."""

SPARSE: Final = 60
"""Words for each date or count beyond which a section argues, and does not report."""

_TO = re.compile(r"\s*(?:(?:to|and|or|تا|و|او|إلى|تر|[–-])\s+)?")
_YEAR = re.compile(r"(?<![\d.,٫٬/-])(?:19|20|13|14)\d\d(?![\d.,٫٬/-]\d|\d)")


def uncited_sections(reading: Reading) -> Iterator[Finding]:
    """A section of prose that cites nothing where others cite."""
    if is_record(reading):
        return
    sections, headings = _sections(reading)
    is_round = any(one.is_round for one in entries(reading))
    title = _title(reading)
    claiming = {
        name: parts
        for name, parts in sections.items()
        if name in headings
        and headings[name].number != title
        and _claims(headings[name], name, parts, reading.issued_on)
    }
    cited = {
        name for name, parts in sections.items() if any(cites(part, is_round=is_round) for part in parts)
    }
    uncited = [
        name
        for name in claiming
        if name not in cited and not any(other[: len(name)] == name for other in cited)
    ]
    if not cited or not uncited:
        return
    if len(uncited) >= LEAST_HABIT and len(uncited) >= len(cited):
        yield _habit([headings[name] for name in uncited], len(claiming))
    elif len(cited) >= LEAST_CITED and len(cited) > len(uncited):
        for name in uncited:
            yield _one(headings[name], claiming[name], len(cited))


def _sections(
    reading: Reading,
) -> tuple[dict[tuple[str, ...], list[Passage]], dict[tuple[str, ...], Passage]]:
    """The passages under each heading, and the headings, by their names with those above them."""
    sections: dict[tuple[str, ...], list[Passage]] = {}
    headings: dict[tuple[str, ...], Passage] = {}
    for passage in reading.passages:
        if passage.kind == "heading":
            headings[(*passage.section, f"{passage.marker} {passage.text}".strip())] = passage
        elif passage.section and not is_reference(passage):
            sections.setdefault(passage.section, []).append(passage)
    return sections, headings


def _title(reading: Reading) -> int:
    """The number of the title: the first heading, where it has no label and others have; else none."""
    found = headings_of(reading)
    labelled = sum(one.label is not None for one in found)
    return found[0].passage.number if found and found[0].label is None and labelled > 1 else -1


def _one(heading: Passage, parts: list[Passage], cited: int) -> Finding:
    first = next(part for part in parts if part.kind in ("paragraph", "list-item"))
    return Finding(
        "section-uncited", "warning", heading.number, 0, len(heading.text), heading.text,
        f"this section cites no source, as {cited} others here do: cite where its claims are from",
        others=((first.number, 0, len(first.text)),),
    )  # fmt: skip


def _habit(headings: list[Passage], sections: int) -> Finding:
    """Most sections cite nothing: one habit of the text, told once."""
    first = headings[0]
    return Finding(
        "section-uncited", "warning", first.number, 0, len(first.text), first.text,
        f"{len(headings)} of {sections} sections that make claims cite no source, this one first: cite where their claims are from",
        others=tuple((one.number, 0, len(one.text)) for one in headings[1:]),
    )  # fmt: skip


def _claims(heading: Passage, name: tuple[str, ...], parts: list[Passage], issued_on: date | None) -> bool:
    """Whether a section claims things that happened: it has dates and counts enough, and is not the author's own view."""
    langs = {part.lang for part in parts}
    # Below the title stands what the text is, not what it claims.
    is_front = heading.number == 0 and heading.level == 1
    if is_front or any(pattern(lang, "own_words").search(name[-1]) for lang in langs):
        return False
    prose = [part for part in parts if part.kind in ("paragraph", "list-item")]
    length = sum(len(part.text.split()) for part in prose)
    facts = sum(_facts(part, issued_on) for part in prose)
    reports = facts >= LEAST_FACTS and length <= SPARSE * facts
    told = length >= LONG and _is_told(prose)
    if length < LEAST_WORDS or not (reports or told):
        return False
    if _rests_on_the_text(prose) or any(pattern(part.lang, "naming").search(part.text) for part in prose):
        return False
    future = sum(bool(pattern(part.lang, "judging").search(part.text)) for part in prose)
    return future * 2 < len(prose)


def _facts(part: Passage, issued_on: date | None) -> int:
    """The days and years of a passage that are not to come, and the counts in digits."""
    days = [group[0] for group in part.days]
    past = sum(issued_on is None or one.on is None or one.on <= issued_on for one in days)
    dated = {at for one in part.dates for at in range(one.start, one.end)}
    years = sum(match.start() not in dated for match in _YEAR.finditer(part.folded))
    starts = {one.start for one in part.dates}
    counts = sum(
        not one.is_word
        and (to := _TO.match(part.folded, begin + one.end)) is not None
        and to.end() not in starts
        for begin, found in part.quantities.items()
        for one in found
    )
    return past + years + counts


def _is_told(prose: list[Passage]) -> bool:
    """Whether a section tells what others say, and what was counted in words: claims without a date."""
    said = any(pattern(part.lang, "say").search(part.text) for part in prose)
    counted = sum(len(found) for part in prose for found in part.quantities.values())
    return said and counted > LEAST_FACTS


def _rests_on_the_text(prose: list[Passage]) -> bool:
    """Whether a section begins by saying from which part of the text it draws, where the sources are."""
    opening = next(iter(prose))
    begin, words = opening.sentence_near(0)
    return refers_to_part(opening, begin, begin + len(words))
