"""Rules on figures that follow from others: a difference, and an average."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, permutations
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.quantities import Quantity, quantities, told
from rasad.check.references import is_reference
from rasad.check.rules.changes import is_from_to
from rasad.check.word_lists import pattern

MOST: Final = 10
MOST_BARE: Final = 1_000
A_ROW: Final = 3
NEAR: Final = 24
_JOIN = re.compile(r"\s*[,،]?\s*(?:and|و|او)?\s*")


def differences(reading: Reading) -> Iterator[Finding]:
    """A difference or an average that is drawn from numbers beside it, and does not follow from them."""
    for passage in reading.prose():
        if is_reference(passage) or passage.kind == "table-cell":
            continue
        gap, mean = pattern(passage.lang, "difference"), pattern(passage.lang, "average")
        if not any(one.search(passage.text) for one in (gap, mean, pattern(passage.lang, "more_or_less"))):
            continue
        before: list[Quantity] = []
        for start, sentence in passage.sentences:
            numbers = [one for one in quantities(passage, start) if not one.is_percent]
            if 0 < len(numbers) <= MOST:
                yield from _drawn(passage, start, sentence, numbers)
                yield from _difference(passage, start, sentence, numbers, before)
                yield from _average(passage, start, sentence, numbers, before)
            before = [*before[-4:], *numbers]


def _difference(
    passage: Passage, start: int, sentence: str, numbers: list[Quantity], before: list[Quantity]
) -> Iterator[Finding]:
    word = pattern(passage.lang, "difference").search(sentence)
    one = next(
        (number for number in numbers if word is not None and 0 <= number.start - word.end() < 16), None
    )
    if one is None:
        return
    others = [
        number
        for number in (*before, *numbers)
        if number is not one and number.scale == one.scale and number.value > one.value
    ]
    if len(others) < 2 and word is not None:
        # The gap between two numbers may be larger than the smaller of them.
        ahead = [number for number in numbers if number.end <= word.start() and number.scale == one.scale]
        others = ahead[-2:] if len(ahead) > 1 else others
    pairs = [abs(a.value - b.value) for a, b in permutations(others, 2)]
    near = [pair for pair in pairs if pair > 0 and 0.3 < pair / one.value < 3]
    if (
        len(others) < 2
        or not near
        or any(abs(pair - one.value) <= 1.05 * max(one.step, *(o.step for o in others)) for pair in pairs)
    ):
        return
    should = min(near, key=lambda pair: abs(pair - one.value))
    begin, end = start + one.start, start + one.end
    yield Finding(
        "figure-change", "error", passage.number, begin, end, passage.text[begin:end],
        f"no two of the numbers here differ by {told(one.value)}; the nearest difference is {told(should)}",
    )  # fmt: skip


def _drawn(passage: Passage, start: int, sentence: str, numbers: list[Quantity]) -> Iterator[Finding]:
    """A change that is drawn from its two ends: ``from 8 to 11 afghanis, that is 4 more``."""
    for first, second, gap in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if not is_from_to(passage.lang, sentence, first, second) or gap.scale != second.scale:
            continue
        so = pattern(passage.lang, "so").search(sentence, second.end, gap.start)
        more = pattern(passage.lang, "more_or_less").search(sentence, gap.end, gap.end + NEAR)
        by = so is not None and more is not None
        scale = second.scale if first.scale == 1 and first.value < MOST_BARE else 1.0
        should = abs(second.value - first.value * scale)
        if by and should > 0 and abs(should - gap.value) > max(first.step, second.step, gap.step) * 0.55:
            begin, end = start + gap.start, start + gap.end
            yield Finding(
                "figure-change", "error", passage.number, begin, end, passage.text[begin:end],
                f"from {told(first.value * scale)} to {told(second.value)} is {told(should)}, not {told(gap.value)}",
            )  # fmt: skip


def _in_words(passage: Passage, start: int, word: re.Match[str] | None) -> Quantity | None:
    """An average told in words: ``an average of seven``."""
    return next(
        (
            number
            for number in quantities(passage, start, words=True)
            if number.is_word and word is not None and 0 <= number.start - word.end() < NEAR
        ),
        None,
    )


def _is_row(sentence: str, row: list[Quantity]) -> bool:
    """Whether numbers stand side by side, as those of one thing do."""
    return all(
        _JOIN.fullmatch(sentence, one.end, other.start) is not None for one, other in pairwise(row[-A_ROW:])
    )


def _mean_of(passage: Passage, start: int, one: Quantity, row: list[Quantity]) -> Iterator[Finding]:
    """The average of a row of numbers, where it is not what the row gives."""
    side = [row[-1]]
    for number, following in zip(reversed(row[:-1]), reversed(row[1:]), strict=True):
        if _JOIN.fullmatch(passage.folded, start + number.end, start + following.start) is None:
            break
        side.insert(0, number)
    should = sum(number.value for number in side) / len(side)
    if abs(should - one.value) > max(0.06 * should, 0.55 * one.step) and 0.5 < one.value / should < 2:
        begin, end = start + one.start, start + one.end
        yield Finding(
            "figure-change", "error", passage.number, begin, end, passage.text[begin:end],
            f"the average of the {len(side)} numbers is {told(float(f'{should:.3g}'))}, not {told(one.value)}",
        )  # fmt: skip


def _average(
    passage: Passage, start: int, sentence: str, numbers: list[Quantity], before: list[Quantity]
) -> Iterator[Finding]:
    word = pattern(passage.lang, "average").search(sentence)
    one = next(
        (number for number in numbers if word is not None and 0 <= number.start - word.end() < 24), None
    )
    if one is None:
        one = _in_words(passage, start, word)
    if one is not None:
        row = [number for number in numbers if number.end <= one.start]
        if len(row) >= A_ROW and _is_row(sentence, row):
            yield from _mean_of(passage, start, one, row)
            return
    scope = [number for number in (*before[-1:], *numbers) if number is not one]
    if one is not None and len(scope) == 1:
        counted = [number for number in quantities(passage, start, words=True) if number.is_word]
        scope += [number for number in counted if number.end <= one.start and number.value > 1][-1:]
    if one is None or len(scope) != 2 or one.value <= 0:
        return
    big, small = sorted(scope, key=lambda number: -number.value)
    if small.value < 2 or big.value <= one.value or small.step != 1 or small.scale != 1:
        return
    should = big.value / small.value
    slack = max(0.06 * should, 1.05 * one.step)
    # Far from the quotient, the number is likely about something else.
    if abs(should - one.value) > slack and 0.5 < one.value / should < 2:
        begin, end = start + one.start, start + one.end
        yield Finding(
            "figure-change", "error", passage.number, begin, end, passage.text[begin:end],
            f"{told(big.value)} over {told(small.value)} is {told(float(f'{should:.3g}'))} each, not {told(one.value)}",
        )  # fmt: skip
