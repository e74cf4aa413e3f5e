"""Rule: a section of claims that cites nothing, where the others of the text cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rasad.check.citing import cites
from rasad.check.finding import Finding
from rasad.check.outline import headings as headings_of
from rasad.check.passage import Passage, Reading
from rasad.check.references import entries, is_reference
from rasad.check.word_lists import pattern

LEAST_CITED: Final = 2
LEAST_HABIT: Final = 3
"""Sections without a source, as many as those with one or more, that make a habit of the whole text."""

LEAST_WORDS: Final = 24
LONG: Final = 75
"""Words of a section that is held for one of claims though it has no number or date."""


def uncited_sections(reading: Reading) -> Iterator[Finding]:
    """A section of prose that cites nothing where others cite."""
    sections, headings = _sections(reading)
    is_round = any(one.is_round for one in entries(reading))
    title = _title(reading)
    claiming = {
        name: parts
        for name, parts in sections.items()
        if name in headings and headings[name].number != title and _claims(headings[name], name, parts)
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


def _claims(heading: Passage, name: tuple[str, ...], parts: list[Passage]) -> bool:
    """Whether a section claims things that happened: it has dates or numbers and is not the author's own view."""
    langs = {part.lang for part in parts}
    # Below the title stands what the text is, not what it claims.
    is_front = heading.number == 0 and heading.level == 1
    if is_front or any(pattern(lang, "own_words").search(name[-1]) for lang in langs):
        return False
    prose = [part for part in parts if part.kind in ("paragraph", "list-item")]
    length = sum(len(part.text.split()) for part in prose)
    if length < LEAST_WORDS:
        return False
    told = sum(len(re.findall(r"\d+", part.folded)) for part in prose)
    future = sum(bool(pattern(part.lang, "judging").search(part.text)) for part in prose)
    return (told >= 2 or length >= LONG) and future * 2 < len(prose)
