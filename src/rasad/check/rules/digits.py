"""Rule: digits of two systems in one number, or a number in other digits than the rest of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.languages.numbers import fold_digits

LEAST: Final = 12
USUAL: Final = 0.9
MOST_SLIPS: Final = 8
"""Numbers in other digits up to which they are slips; more of them are a way of writing, as of tables or acts."""

_LATIN, _PERSIAN, _ARABIC = "0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
_RUN = re.compile(r"[0-9۰-۹٠-٩]+(?:[.,٫٬][0-9۰-۹٠-٩]+)*")
_FOREIGN = re.compile(r"[A-Za-z/._@#-]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b\d{4}-\d\d-\d\d\b")


def digits(reading: Reading) -> Iterator[Finding]:
    """A number whose digits are of two systems, and numbers in other digits than nearly all of the text."""
    found: list[tuple[Passage, int, int, str]] = []
    for passage in reading.passages:
        if is_reference(passage) or passage.kind == "code" or passage.lang == "en":
            continue
        skipped = [match.span() for match in _ADDRESS.finditer(passage.text)]
        for match in _RUN.finditer(passage.text):
            before = bisect_right(skipped, match.start(), key=itemgetter(0)) - 1
            if before >= 0 and match.start() < skipped[before][1]:
                continue
            systems = _systems(match[0])
            if len(systems) > 1:
                yield _mixed(passage, match)
            elif not _beside(passage.text, match):
                found.append((passage, match.start(), match.end(), systems.pop()))
    yield from _others(found)


def _systems(text: str) -> set[str]:
    names = (("Latin", _LATIN), ("Eastern", _PERSIAN), ("Arabic", _ARABIC))
    return {name for name, row in names if any(letter in row for letter in text)}


def _beside(text: str, match: re.Match[str]) -> bool:
    """Whether a number belongs to a foreign word or address, as in ``PM2.5``, or is a mark in brackets."""
    around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return _FOREIGN.search(around) is not None or "[" in around or "^" in around


def _mixed(passage: Passage, match: re.Match[str]) -> Finding:
    plain = fold_digits(match[0])
    right = plain.translate(str.maketrans(_LATIN, _PERSIAN if passage.lang != "ar" else _ARABIC))
    return Finding(
        "figure-digits", "error", passage.number, match.start(), match.end(), match[0],
        f"the digits of this number are of two kinds: write {right} or {plain}",
    )  # fmt: skip


def _others(found: list[tuple[Passage, int, int, str]]) -> Iterator[Finding]:
    if len(found) < LEAST:
        return
    counts = {name: sum(one[3] == name for one in found) for name in ("Latin", "Eastern", "Arabic")}
    usual = max(counts, key=lambda name: counts[name])
    odd = [one for one in found if one[3] != usual]
    if counts[usual] >= USUAL * len(found) and 0 < len(odd) <= MOST_SLIPS:
        passage, start, end, _ = odd[0]
        yield Finding(
            "figure-digits", "warning", passage.number, start, end, passage.text[start:end],
            f"{counts[usual]} numbers of this text are in {usual} digits, and {len(odd)} not: write all alike",
            others=tuple((one.number, first, last) for one, first, last, _ in odd[1:]),
        )  # fmt: skip
