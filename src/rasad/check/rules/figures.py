"""Rules on figures: percentages that should add up to a hundred and do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

ROUNDING: Final = 1.05
"""Three shares that are each rounded may miss a hundred by about one."""

NEAR: Final = (85, 115)
VERY_NEAR: Final = (90, 110)
"""The same where no word says that the shares are parts of one whole."""

_PERCENT = re.compile(
    r"(?<![\d.,٫–-])(\d{1,2}(?:[.,٫]\d)?)\s*(?:%|٪|per ?cent|percent|درصد|فیصد|سلنه|في المئة|في المائة|بالمئة)"
)
CLOSE: Final = 0.2
LEAST_WHOLE: Final = 10
_NUMBER = re.compile(
    r"(?<![\d.,٫/:–-])(?:\d{1,3}(?:[,٬]\d{3})+|\d{1,6})(?![\d/:–%٪-]|\s*(?:%|٪|per ?cent|درصد|سلنه|في المئة)|[.,٫]\d)"
)
_CHANGED = re.compile(
    r"(?i)\b(?:rose|risen|rise|fell|fall|fallen|grew|growth|increas\w+|declin\w+|dropp?\w*|up|down|more|less|cheaper|dearer)\b"
    r"|افزایش|کاهش|بلند رفت|پایین آمد|زیات شو|کم شو|لوړ شو|ټیټ شو|ارتفع|انخفض|زاد|تراجع|نمو"
)
_PARTS = re.compile(
    r"rest|remain|the others?|respectively|made up|account|divided|split|total|of (?:all|the)|share|متباقی|باقی|سهم|مجموع|پاتې|ټول|برخه|ونډه|الباقي|البقية|إجمالي|مجموع|حصة|توزع",
    re.IGNORECASE,
)


def percentages(reading: Reading) -> Iterator[Finding]:
    """Three shares and more of one sentence that sum to nearly a hundred, and not to it."""
    for passage in reading.prose():
        for start, sentence in passage.sentences:
            found = list(_PERCENT.finditer(fold_digits(sentence)))
            shares = [float(match[1].replace(",", ".").replace("٫", ".")) for match in found]
            total = sum(shares)
            near = NEAR if _PARTS.search(sentence) else VERY_NEAR
            if _CHANGED.search(sentence):
                continue
            if len(shares) >= 3 and near[0] <= total <= near[1] and abs(total - 100) > ROUNDING:
                first, last = start + found[0].start(), start + found[-1].end()
                yield Finding(
                    "figure-percent", "error", passage.number, first, last, passage.text[first:last],
                    f"the shares add up to {total:g}, not to 100",
                )  # fmt: skip


def totals(reading: Reading) -> Iterator[Finding]:
    """A number and the parts that are said to make it up, which sum to something else."""
    for passage in reading.prose():
        for start, sentence in passage.sentences:
            plain = _without_dates(passage, start, sentence)
            split = pattern(passage.lang, "of_which").search(plain) or re.search(
                r":(?=\s[^:]*\d[^:]*\d)", plain
            )
            if split is None:
                continue
            before = [_value(match[0]) for match in _NUMBER.finditer(plain, 0, split.start())]
            found = list(_NUMBER.finditer(plain, split.end()))
            parts = [_value(match[0]) for match in found]
            if not before or len(parts) < 2:
                continue
            whole, total = before[-1], sum(parts)
            if (
                whole > max(parts)
                and total != whole
                and abs(total - whole) <= CLOSE * whole
                and whole >= LEAST_WHOLE
            ):
                first, last = start + found[0].start(), start + found[-1].end()
                yield Finding(
                    "figure-total", "error", passage.number, first, last, passage.text[first:last],
                    f"the parts add up to {total:,g}, not to {whole:,g}",
                )  # fmt: skip


def _without_dates(passage: Passage, start: int, sentence: str) -> str:
    """A sentence with blanks for its dates and for what stands in brackets."""
    letters = list(re.sub(r"\([^)]*\)|\[[^\]]*\]", lambda match: " " * len(match[0]), fold_digits(sentence)))
    for one in passage.dates:
        if start <= one.start < start + len(sentence):
            letters[one.start - start : one.end - start] = " " * (
                min(one.end, start + len(letters)) - one.start
            )
    return "".join(letters)


def _value(text: str) -> float:
    return float(re.sub(r"[,٬]", "", text))
