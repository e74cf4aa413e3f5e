"""The references of a document, one by one, and the places of the text that cite them by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rasad.check.passage import Passage, Reading
from rasad.languages.numbers import fold_digits

LETTER: Final = r"(?:[A-Za-z]|الف|هـ|[\u0621-\u06d3])"
"""A letter by which notes are marked instead of a number: ``[a]``, ``[الف]``."""

LEAD: Final = 60
"""Characters that may stand before a list of references that has no heading, as ``Papers before the meeting.``"""

SHORT: Final = 160
MOST_AFTER: Final = 4
"""Short lines that may follow the last reference: a greeting, an address to write to."""

_LABEL = re.compile(
    rf"\s*(?:\[(?P<box>\d{{1,3}})\]|\((?P<round>\d{{1,3}})\)|(?P<plain>\d{{1,3}})[.)]"
    rf"|\[(?P<box_letter>{LETTER})\]|\((?P<round_letter>{LETTER})\))(?=\s|$)\s*"
)
_WITHIN = re.compile(
    rf"(?<=[.;:؛!?؟۔”»\")\]\w/])\s+(?=(?P<sign>[\[(])(?:(?P<number>\d{{1,3}})|(?P<letter>{LETTER}))[\])]\s+\S)"
)
_AT_LEAD = re.compile(rf"[^\[\]().:]{{2,{LEAD}}}[.:]\W{{0,3}}\s(?=\[1\]\s)")
_MARKER = re.compile(r"[\[(]?(\d{1,3})[\])]?\.?$")
_BOX = re.compile(r"\[(\d{1,3}(?:\s*[,،؛;–-]\s*\d{1,3})*)\]")
_ROUND = re.compile(r"\((\d{1,3}(?:\s*[,،؛;–-]\s*\d{1,3})*)\)")


@dataclass(frozen=True)
class Entry:
    """One reference: its number if it has one, where it stands, and its text without the number.

    ``is_round`` tells that it is numbered as ``(1)``, and is cited so; ``letter`` is what it has instead of a number.
    """

    number: int | None
    passage: Passage
    start: int
    end: int
    text: str
    is_round: bool = False
    letter: str = ""


@dataclass(frozen=True)
class Cited:
    """A place of the text that cites a reference by its number."""

    number: int
    passage: Passage
    start: int
    end: int


def is_reference(passage: Passage) -> bool:
    """Whether a passage is a note or stands under a heading of sources."""
    return passage.is_reference


def entries(reading: Reading) -> list[Entry]:
    """The references of a document in order; a paragraph that holds one in each line, or several in a row, is several."""
    found: list[Entry] = []
    for passage in reading.passages:
        if is_reference(passage) and passage.kind not in ("heading", "table-cell", "note"):
            found += _of_passage(passage)
    found = found or _of_tables(reading) or _at_the_end(reading) or _behind_a_lead(reading)
    if found and all(
        one.number is None and not one.letter and one.passage.kind == "list-item" and not one.passage.marker
        for one in found
    ):
        # A list that numbers itself, as in HTML and Word.
        return [Entry(at, one.passage, one.start, one.end, one.text) for at, one in enumerate(found, 1)]
    return found


def cited(reading: Reading, listed: list[Entry]) -> Iterator[Cited]:
    """Every place that cites by number: in the brackets that the references have, or raised."""
    is_round = any(one.is_round for one in listed)
    mark, opening = (_ROUND, "(") if is_round else (_BOX, "[")
    places = {one.passage.number for one in listed}
    for passage in reading.prose():
        if is_reference(passage) or passage.number in places:
            continue
        for match in mark.finditer(passage.folded) if opening in passage.text else ():
            if passage.folded[match.end() : match.end() + 1] != "(":
                for number in _numbers(match[1]):
                    yield Cited(number, passage, match.start(), match.end())
        for at, written in passage.raised:
            digits = re.search(r"\d{1,3}", fold_digits(written))
            if digits is not None:
                yield Cited(int(digits[0]), passage, at, at)


def _of_passage(passage: Passage, begin: int = 0) -> Iterator[Entry]:
    lines = [at for at in passage.lines if at > begin and _LABEL.match(passage.folded, at)]
    starts = sorted({begin, *lines, *_in_a_row(passage, begin)})
    for start, end in zip(starts, [*starts[1:], len(passage.text)], strict=True):
        match = _LABEL.match(passage.folded, start, end)
        marker = _MARKER.match(fold_digits(passage.marker)) if start == 0 else None
        if match is not None:
            number = match["box"] or match["round"] or match["plain"]
            letter = match["box_letter"] or match["round_letter"] or ""
            is_round = (match["round"] or match["round_letter"]) is not None
            text = passage.text[match.end() : end].strip()
            yield Entry(int(number) if number else None, passage, start, end, text, is_round, letter)
        else:
            own = int(marker[1]) if marker is not None else None
            yield Entry(
                own, passage, start, end, passage.text[start:end].strip(), passage.marker.startswith("(")
            )


def _in_a_row(passage: Passage, begin: int) -> list[int]:
    """Where further references begin in a paragraph that holds them all: each has the number, or a letter, after the last."""
    first = _LABEL.match(passage.folded, begin)
    if first is None or first["plain"]:
        return []
    sign = passage.folded[begin:].lstrip()[:1]
    last = int(first["box"] or first["round"] or 0)
    letters = {first["box_letter"] or first["round_letter"]}
    found = []
    for match in _WITHIN.finditer(passage.folded, first.end()):
        follows = (
            int(match["number"]) == last + 1 and last > 0
            if match["number"]
            else not last and match["letter"] not in letters
        )
        if match["sign"] == sign and follows:
            found.append(match.end())
            last += last > 0
            letters.add(match["letter"])
    return found


def _of_tables(reading: Reading) -> list[Entry]:
    """References that stand in a table, each in a row that begins with its number."""
    found = []
    cells = [one for one in reading.passages if one.kind == "table-cell" and is_reference(one)]
    for one, following in pairwise(cells):
        number = _MARKER.fullmatch(fold_digits(one.text.strip()))
        if number is not None and one.column == 1 and following.row == one.row:
            text = following.text
            found.append(
                Entry(int(number[1]), following, 0, len(text), text, one.text.strip().startswith("("))
            )
    return found


def _at_the_end(reading: Reading) -> list[Entry]:
    """References without a heading: the last paragraphs, where several in a row begin with a number or letter in brackets."""
    found: list[Entry] = []
    after = 0
    for passage in reversed(reading.passages):
        own = list(_of_passage(passage)) if passage.kind in ("paragraph", "list-item") else []
        is_listed = bool(own) and bool(own[0].number or own[0].letter) and passage.text.startswith(("[", "("))
        if is_listed and not (after and passage.text.startswith("(")):
            found[:0] = own
        elif found or len(passage.text) > SHORT or after == MOST_AFTER:
            break
        else:
            after += 1
    return found if len(found) > 1 else []


def _behind_a_lead(reading: Reading) -> list[Entry]:
    """References in one paragraph of the last part of a text, behind words that lead to them."""
    for passage in reading.passages[len(reading.passages) * 2 // 3 :]:
        lead = _AT_LEAD.match(passage.folded) if passage.kind == "paragraph" else None
        if lead is not None:
            found = list(_of_passage(passage, lead.end()))
            if len(found) > 1 and all(len(one.text) > len("[1] .") for one in found):
                return found
    return []


def _numbers(text: str) -> Iterator[int]:
    for part in re.split(r"[,،؛;]", text):
        ends = [int(end) for end in re.split(r"[–-]", part) if end.strip().isdigit()]
        yield from range(ends[0], ends[-1] + 1) if ends and 0 <= ends[-1] - ends[0] < 50 else ends
