"""Rules on shares of one whole: in a sentence, a list, a column of a table, or told of scenarios."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rasad.check.finding import Finding
from rasad.check.outline import headings
from rasad.check.part_counts import scenario_at
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import PERCENT, Quantity, quantities
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern

ROUNDING: Final = 1.05
"""Three shares that are each rounded may miss a hundred by about one."""

NEAR: Final = (85.0, 118.0)
VERY_NEAR: Final = (90.0, 110.0)
"""The sums that are taken for a hundred missed: with words that say that these are parts of one whole, and without."""

TERSE: Final = 4
CLOSE: Final = 90
"""Characters between two shares that are told as the two parts of a whole."""

_ANY = re.compile(PERCENT, re.IGNORECASE)
_RANGE = re.compile(r"\d\s*(?:[-–—]|to|and|تا|تر|إلى|و|او)\s*$", re.IGNORECASE)
_FROM_TO = re.compile(
    r"(?i)\bfrom\b|\babove\b|\bbelow\b|\bunder\b|\bover\b|(?<!\w)از\s*$|(?<!\w)من\s*$|(?<!\w)له\s*$"
)


def shares(reading: Reading) -> Iterator[Finding]:
    """Shares of one sentence or list that nearly sum to a hundred, and not to it."""
    for passage in reading.prose():
        if not is_reference(passage) and passage.kind != "table-cell" and _ANY.search(passage.text):
            for start, sentence in passage.sentences:
                yield from _of_sentence(passage, start, sentence)
    yield from _of_lists(reading)


def _of_sentence(passage: Passage, start: int, sentence: str) -> Iterator[Finding]:
    if (len(_ANY.findall(sentence)) < 2 and passage.lang != "en") or not any(map(str.isdigit, sentence)):
        return
    found = _shares_in(passage, start, sentence)
    if len(found) < 2 or pattern(passage.lang, "changed").search(sentence):
        return
    if pattern(passage.lang, "likely_step").search(sentence):
        return
    if _have_own_verbs(passage, sentence, found):
        return
    lead = pattern(passage.lang, "whole_of").search(sentence, 0, found[0].start)
    told = pattern(passage.lang, "whole").search(sentence) is not None or lead is not None
    if not told and not _is_terse(sentence, found):
        return
    yield from _missed(passage, start, sentence, found, told=told)


def _have_own_verbs(passage: Passage, sentence: str, found: Sequence[Quantity]) -> bool:
    """Whether shares in clauses of their own say different things of one whole: ``40 per cent are women; 35 per cent came from Herat``."""
    ends = [*(one.start for one in found[1:]), len(sentence)]
    said = [
        frozenset(
            match[0].casefold()
            for match in pattern(passage.lang, "predicate").finditer(sentence, one.end, end)
        )
        for one, end in zip(found, ends, strict=True)
    ]
    parted = any(sign in sentence[found[0].end : found[-1].start] for sign in ";؛")
    return parted and len({verbs for verbs in said if verbs}) > 1


def _is_terse(sentence: str, found: Sequence[Quantity]) -> bool:
    """Whether little stands between shares, as where one verb holds for all; else each may be of a whole of its own."""
    return all(len(sentence[one.end : other.start].split()) <= TERSE for one, other in pairwise(found))


def _shares_in(passage: Passage, start: int, sentence: str) -> list[Quantity]:
    """The shares of a sentence; a number in a row with shares is one too: ``40, 35 and 22 per cent``."""
    every = quantities(passage, start)
    found = [one for one in every if one.is_percent and not _is_of_range(sentence, one)]
    if len(found) == 1:
        before = [one for one in every if one.end <= found[0].start and not one.is_word]
        row = [one for one in before if _row(sentence[one.end : found[0].start], passage.lang)]
        return [*row, *found] if len(row) > 1 else found
    return found


def _row(between: str, lang: str) -> bool:
    """Whether only numbers, commas and an "and" stand between two numbers."""
    return (
        re.fullmatch(r"[\s\d.,٫،]*(?:and|و|او)?\s*[\s\d.,٫،]*", between) is not None
        and len(between) < 40
        and lang != ""
    )


def _is_of_range(sentence: str, one: Quantity) -> bool:
    before = sentence[max(one.start - 14, 0) : one.start]
    return _RANGE.search(before) is not None or one.value > 100 or _FROM_TO.search(before[-9:]) is not None


def _missed(
    passage: Passage, start: int, sentence: str, found: list[Quantity], *, told: bool
) -> Iterator[Finding]:
    total = sum(one.value for one in found)
    near = NEAR if told else VERY_NEAR
    if abs(total - 100) <= ROUNDING or not near[0] <= total <= near[1]:
        return
    if len(found) == 2 and not _are_two_parts(passage, sentence, found, told=told):
        return
    if any(
        abs(sum(one.value for one in part) - 100) <= ROUNDING for part in _halves(passage, sentence, found)
    ):
        return
    first, last = start + found[0].start, start + found[-1].end
    others = tuple((passage.number, start + one.start, start + one.end) for one in found[1:])
    yield Finding(
        "figure-percent", "error", passage.number, first, last, passage.text[first:last],
        f"the shares add up to {total:g}, not to 100: one of them should be {_instead(found, total)}", others=others,
    )  # fmt: skip


def _halves(passage: Passage, sentence: str, found: list[Quantity]) -> Iterator[list[Quantity]]:
    """The shares without the first, and without the last: what a sentence has beside a whole of its own.

    In a row with one verb for all, as ``45 per cent is flour, 35 fuel and 30 timber``, each is a share of the one whole.
    """
    if len(found) < 3:
        return
    is_row = pattern(passage.lang, "whole_of").match(sentence) is not None and _is_terse(sentence, found)
    if not is_row:
        yield found[1:]
    if not is_row or pattern(passage.lang, "whole_of").match(sentence, found[-1].end + 1) is not None:
        yield found[:-1]


def _instead(found: Sequence[Quantity], total: float) -> str:
    last = found[-1]
    return f"{last.value - (total - 100):g} and not {last.value:g}" if last.value > total - 100 else "less"


def _are_two_parts(passage: Passage, sentence: str, found: list[Quantity], *, told: bool) -> bool:
    """Whether two shares are told as the two parts of a whole: joined by "and", alike in form, near to each other."""
    between = sentence[found[0].end : found[1].start]
    parted = pattern(passage.lang, "joined").search(sentence, found[0].end, found[1].start)
    if parted is not None and all(
        pattern(passage.lang, "place").search(half)
        for half in (sentence[: parted.start()], sentence[parted.end() :])
    ):
        return False
    joined = pattern(passage.lang, "joined").search(between) is not None
    return told and joined and len(between) < CLOSE and not pattern(passage.lang, "compared").search(between)


def _of_lists(reading: Reading) -> Iterator[Finding]:
    """A list of which each item has one share."""
    run: list[tuple[Passage, Quantity]] = []
    for passage in [*reading.passages, None]:
        share = _only_share(passage) if passage is not None and passage.kind == "list-item" else None
        if passage is not None and share is not None and (not run or passage.number == run[-1][0].number + 1):
            run.append((passage, share))
            continue
        if len(run) > 2:
            yield from _of_run(run)
        run = [(passage, share)] if passage is not None and share is not None else []


def _only_share(passage: Passage) -> Quantity | None:
    if len(passage.text) > 120 or not _ANY.search(passage.text) or is_reference(passage):
        return None
    if pattern(passage.lang, "likely_step").search(passage.text) or pattern(passage.lang, "changed").search(
        passage.text
    ):
        return None
    every = [(start, one) for start, found in passage.quantities.items() for one in found if one.is_percent]
    found = [replace(one, start=start + one.start, end=start + one.end) for start, one in every]
    return found[0] if len(found) == 1 and not _is_of_range(passage.text, found[0]) else None


def _of_run(run: list[tuple[Passage, Quantity]]) -> Iterator[Finding]:
    total = sum(share.value for _, share in run)
    if abs(total - 100) <= ROUNDING or not VERY_NEAR[0] <= total <= VERY_NEAR[1]:
        return
    passage, share = run[0]
    yield Finding(
        "figure-percent", "error", passage.number, share.start, share.end, passage.text[share.start : share.end],
        f"the shares of this list add up to {total:g}, not to 100",
        others=tuple((one.number, each.start, each.end) for one, each in run[1:]),
    )  # fmt: skip


def scenarios(reading: Reading) -> Iterator[Finding]:
    """The probabilities of scenarios that do not make a hundred; one each, in its sentence, item or section."""
    told: dict[str, tuple[Passage, Quantity]] = {}
    under = {
        one.passage.text: name
        for one in headings(reading)
        if (name := scenario_at(one.passage.text, one.passage.lang))
    }
    for passage in reading.passages:
        if is_reference(passage) or not _ANY.search(passage.text):
            continue
        for start, sentence in passage.sentences:
            name = scenario_at(sentence, passage.lang) or next(
                (under[heading] for heading in passage.section[-1:] if heading in under), None
            )
            if name is None or name in told:
                continue
            found = [one for one in quantities(passage, start) if one.is_percent]
            if len(found) == 1 and not _is_of_range(sentence, found[0]):
                one = found[0]
                told[name] = (passage, replace(one, start=start + one.start, end=start + one.end))
    places = list(told.values())
    total = sum(one.value for _, one in places)
    if len(places) > 1 and abs(total - 100) > ROUNDING and total > 60:
        passage, first = places[0]
        yield Finding(
            "figure-scenarios", "error", passage.number, first.start, first.end, passage.text[first.start : first.end],
            f"the probabilities of the {len(places)} scenarios add up to {total:g}, not to 100",
            others=tuple((other.number, one.start, one.end) for other, one in places[1:]),
        )  # fmt: skip
