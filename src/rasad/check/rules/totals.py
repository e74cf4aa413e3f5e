"""Rule: a total and the parts that are said to make it up, which sum to something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import Quantity, quantities, told
from rasad.check.references import entries, is_reference
from rasad.check.word_lists import pattern

CLOSE: Final = 0.25
NEARLY: Final = 0.15
"""By what share of the whole its parts may miss it, to be its parts at all: above it, and below it."""

A_ROW: Final = 5
"""Numbers of a sentence that are taken for the parts of the one before them without a word that says so."""

MOST: Final = 40
LEAST_IN_WORDS: Final = 9
"""A whole told in words that is more than a few: ``twenty-seven markets: 12 …``."""

MOST_BARE: Final = 1_000
"""Below this a number may have left its scale to another of its row."""

_COLON = re.compile(r":\s")
_BRACKETED = re.compile(r"[^\W\d_][\w\u200c’-]*\s\((\d{1,3}(?:[,٬]\d{3})+|\d{1,5})\)")


@dataclass(frozen=True)
class Sum:
    """A whole, its parts, and the place of the passage that the numbers of each are counted from."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    at_end: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence with its numbers, all and those in digits, and those of the one before, in the paragraph or at all."""

    passage: Passage
    text: str
    every: Sequence[Quantity]
    digits: Sequence[Quantity]
    before: Sequence[Quantity]
    earlier: Sequence[Quantity]


def totals(reading: Reading) -> Iterator[Finding]:
    """A number and the parts that are said to make it up, which sum to something else."""
    is_round = any(one.is_round for one in entries(reading))
    earlier: list[Quantity] = []
    for passage in reading.prose():
        if is_reference(passage) or (passage.kind == "table-cell" and not _COLON.search(passage.text)):
            continue
        before: list[Quantity] = []
        for start, sentence in passage.sentences:
            found = quantities(passage, start, words=True)[:MOST]
            every = [one for one in found if not one.is_percent]
            digits = [one for one in every if not one.is_word]
            told_by = Sentence(passage, sentence, every, digits, before, earlier)
            one = _sum(told_by) if len(every) > 1 else None
            one = _of_one_scale(one) if one is not None else None
            if one is None and not is_round and "(" in sentence:
                one = _bracketed(passage, start, sentence, every)
            if one is not None and not _is_right(one, passage, sentence):
                yield _finding(passage, start, one)
            before = digits or before
            earlier = digits or earlier


def _sum(told_by: Sentence) -> Sum | None:
    """The whole and the parts of a sentence, by the first of the ways to tell them that it has."""
    ways = (_with_sum_after, _of_these, _out_of, _with_split, _of_the_last, _as_row)
    return next((found for way in ways if (found := way(told_by)) is not None), None)


def _of_one_scale(one: Sum) -> Sum:
    """A sum whose scale is told once: ``14.4 billion: 8.6 for roads and 6.8 for schools``, ``40, 30 and 25 million``."""
    scale = one.whole.scale
    plain = [part for part in one.parts if part.scale == 1 and part.value < MOST_BARE]
    if scale == 1 or not plain or any(part.scale not in (1, scale) for part in one.parts):
        return one
    if len(plain) < len(one.parts) and one.parts[-1].scale == 1:
        return one
    parts = tuple(
        replace(part, value=part.value * scale, step=part.step * scale, scale=scale)
        if part in plain
        else part
        for part in one.parts
    )
    return replace(one, parts=parts)


def _of_these(told_by: Sentence) -> Sum | None:
    """``Of these 51 were old …``, with the whole in a sentence before."""
    match = pattern(told_by.passage.lang, "of_these").match(told_by.text)
    if match is None or not told_by.earlier or len(told_by.digits) < 2:
        return None
    return Sum(_fitting(told_by.earlier, told_by.digits), tuple(told_by.digits))


def _out_of(told_by: Sentence) -> Sum | None:
    """``Of 120 houses 40 …``."""
    first = pattern(told_by.passage.lang, "out_of").match(told_by.text)
    if first is None:
        return None
    for numbers in (told_by.digits, told_by.every):
        if len(numbers) > 2 and numbers[0].start <= first.end() + 24:
            return Sum(numbers[0], tuple(numbers[1:]))
    return None


def _with_split(told_by: Sentence) -> Sum | None:
    """``120 houses: 40 …``, and ``120 houses, of which 40 …``."""
    split = _split(told_by.passage, told_by.text, told_by.every)
    if split is None:
        return None
    for numbers in (told_by.digits, told_by.every):
        ahead = [one for one in numbers if one.end <= split[0]]
        in_words = [one for one in told_by.every if one.end <= split[0] and one.value > LEAST_IN_WORDS]
        # Numbers in words are the parts of a whole before them only where it stands in their sentence.
        earlier = [] if any(one.is_word for one in numbers) else list(told_by.before[-1:])
        whole = ahead or in_words or earlier
        parts = [one for one in numbers if one.start >= split[1]]
        if whole and len(parts) > 1:
            return Sum(whole[-1], tuple(parts))
    return None


def _of_the_last(told_by: Sentence) -> Sum | None:
    """``40 new ones, 50 old ones and 30 of the 120 …``."""
    digits = told_by.digits
    if len(digits) < 4 or digits[-1].value <= max(one.value for one in digits[:-1]):
        return None
    lead = told_by.text[: digits[-1].start].rstrip()[-16:]
    return (
        Sum(digits[-1], tuple(digits[:-1])) if pattern(told_by.passage.lang, "of_the").search(lead) else None
    )


def _as_row(told_by: Sentence) -> Sum | None:
    """A row of numbers that nearly make the last one of the sentence before."""
    digits, before = told_by.digits, told_by.before
    is_row = len(digits) >= A_ROW and before and _is_row(digits, before[-1])
    return Sum(before[-1], tuple(digits)) if is_row else None


def _split(passage: Passage, sentence: str, every: Sequence[Quantity]) -> tuple[int, int] | None:
    """Where the parts begin: after a colon with numbers behind it, or after "of which"."""
    colon = next(
        (m for m in _COLON.finditer(sentence) if sum(one.start >= m.end() for one in every) > 1), None
    )
    if colon is not None:
        return colon.start(), colon.end()
    word = pattern(passage.lang, "of_which").search(sentence)
    return (word.start(), word.end()) if word is not None else None


def _with_sum_after(told_by: Sentence) -> Sum | None:
    """Parts with their sum behind them: ``14 and 9, 25 in all``."""
    after = pattern(told_by.passage.lang, "sum_after").search(told_by.text)
    if after is None:
        return None
    behind = [one for one in told_by.digits if one.start >= after.end()]
    ahead = [one for one in told_by.digits if one.end <= after.start()]
    if behind and behind[0].start - after.end() < 12 and len(ahead) > 1:
        whole, parts = behind[0], ahead
    elif len(ahead) > 2 and after.start() - ahead[-1].end < 40:
        whole, parts = ahead[-1], ahead[:-1]
    else:
        return None
    # What stands further ahead may be of something else: the nearest parts that come close are taken.
    best = min(range(len(parts) - 1), key=lambda at: abs(sum(one.value for one in parts[at:]) - whole.value))
    return Sum(whole, tuple(parts[best:]), at_end=True)


def _fitting(before: Sequence[Quantity], parts: Sequence[Quantity]) -> Quantity:
    """The number before that the parts come nearest to."""
    total = sum(one.value for one in parts)
    return min(before, key=lambda one: abs(one.value - total))


def _is_row(digits: Sequence[Quantity], whole: Quantity) -> bool:
    total = sum(one.value for one in digits)
    return (
        whole.value > 1.5 * max(one.value for one in digits) and abs(total - whole.value) <= 0.1 * whole.value
    )


def _bracketed(passage: Passage, start: int, sentence: str, every: Sequence[Quantity]) -> Sum | None:
    """Places with their counts in brackets: ``five schools in Herat (2), Ghor (2) and Farah (2)``."""
    places = list(_BRACKETED.finditer(passage.folded, start, start + len(sentence)))
    if len(places) < 2:
        return None
    first = places[0].start() - start
    ahead = [one for one in every if one.end <= first]
    if not ahead:
        return None
    parts = tuple(
        Quantity(m.start(1) - start, m.end(1) - start, float(re.sub("[,٬]", "", m[1])), "", m[1], 1.0)
        for m in places
    )
    return Sum(ahead[-1], parts) if ahead[-1].value >= max(one.value for one in parts) else None


def _has_ones(passage: Passage, sentence: str, missing: float) -> bool:
    """Whether a sentence has a "one" for each that its parts in words are short of: ``three, five and one``."""
    return 0 < missing <= len(pattern(passage.lang, "one").findall(sentence))


def _is_right(one: Sum, passage: Passage, sentence: str) -> bool:
    """Whether parts make their whole, as far as they are rounded, or are no parts of it at all."""
    total, whole = sum(part.value for part in one.parts), one.whole.value
    numbers = (one.whole, *one.parts)
    if whole <= max(part.value for part in one.parts) or any(part.value <= 0 for part in one.parts):
        return True
    steps = min(
        max(number.step for number in numbers), max(one.whole.step, min(part.step for part in one.parts))
    )
    rounded = any(number.step != 1 for number in numbers)
    slack = 1.05 * steps if rounded else 0.0
    if pattern(passage.lang, "about").search(sentence):
        slack = max(slack, 0.05 * whole)
    difference = total - whole
    words = [part.is_word for part in one.parts]
    if one.whole.is_word and all(words):
        return difference <= 0 or difference > 2 or len(one.parts) < 2
    has_ones = any(words) and (not all(words) or _has_ones(passage, sentence, -difference))
    if abs(difference) <= slack or has_ones:
        return True
    if difference < 0:
        return -difference > NEARLY * whole or pattern(passage.lang, "partly").search(sentence) is not None
    return difference > CLOSE * whole


def _finding(passage: Passage, start: int, one: Sum) -> Finding:
    total, whole = sum(part.value for part in one.parts), one.whole.value
    if one.at_end:
        first, last = start + one.whole.start, start + one.whole.end
    else:
        first, last = start + one.parts[0].start, start + one.parts[-1].end
    others = tuple((passage.number, start + part.start, start + part.end) for part in one.parts)
    return Finding(
        "figure-total", "error", passage.number, first, last, passage.text[first:last],
        f"the parts add up to {told(total)}, not to {told(whole)}", others=others,
    )  # fmt: skip
