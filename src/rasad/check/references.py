"""The references of a document, one by one, and the places of the text that cite them by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rasad.check.passage import REFERENCES, Passage, Reading
from rasad.languages.numbers import fold_digits

_LABEL = re.compile(r"\s*(?:\[(?P<box>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)])(?=\s|$)\s*")
_MARKER = re.compile(r"[\[(]?(\d{1,3})[\])]?\.?$")
_BOX = re.compile(r"\[(\d{1,3}(?:\s*[,،؛;–-]\s*\d{1,3})*)\]")
_ROUND = re.compile(r"\((\d{1,3}(?:\s*[,،؛;–-]\s*\d{1,3})*)\)")


@dataclass(frozen=True)
class Entry:
    """One reference: its number if it has one, where it stands, and its text without the number.

    ``is_round`` tells that it is numbered as ``(1)``, and is cited so.
    """

    number: int | None
    passage: Passage
    start: int
    end: int
    text: str
    is_round: bool = False


@dataclass(frozen=True)
class Cited:
    """A place of the text that cites a reference by its number."""

    number: int
    passage: Passage
    start: int
    end: int


def is_reference(passage: Passage) -> bool:
    """Whether a passage is a note or stands under a heading of sources."""
    return passage.kind == "note" or any(map(_is_of_sources, passage.section))


@lru_cache(maxsize=512)
def _is_of_sources(heading: str) -> bool:
    return REFERENCES.match(heading) is not None


def entries(reading: Reading) -> list[Entry]:
    """The references of a document in order; a paragraph that holds one in each line is several."""
    found: list[Entry] = []
    for passage in reading.passages:
        if is_reference(passage) and passage.kind not in ("heading", "table-cell", "note"):
            found += _of_passage(passage)
    if not found:
        found = _at_the_end(reading)
    if found and all(
        one.number is None and one.passage.kind == "list-item" and not one.passage.marker for one in found
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


def _of_passage(passage: Passage) -> Iterator[Entry]:
    starts = [at for at in passage.lines if at == 0 or _LABEL.match(passage.folded, at)]
    for start, end in zip(starts, [*starts[1:], len(passage.text)], strict=True):
        match = _LABEL.match(passage.folded, start, end)
        marker = _MARKER.match(fold_digits(passage.marker)) if start == 0 else None
        if match is not None:
            number = int(match["box"] or match["round"] or match["plain"])
            yield Entry(
                number,
                passage,
                start,
                end,
                passage.text[match.end() : end].strip(),
                match["round"] is not None,
            )
        else:
            own = int(marker[1]) if marker is not None else None
            yield Entry(
                own, passage, start, end, passage.text[start:end].strip(), passage.marker.startswith("(")
            )


def _at_the_end(reading: Reading) -> list[Entry]:
    """References without a heading: the last paragraphs, where several in a row begin with a number in brackets."""
    found: list[Entry] = []
    for passage in reversed(reading.passages):
        own = list(_of_passage(passage)) if passage.kind in ("paragraph", "list-item") else []
        if not own or own[0].number is None or not passage.text.startswith(("[", "(")):
            break
        found[:0] = own
    return found if len(found) > 1 else []


def _numbers(text: str) -> Iterator[int]:
    for part in re.split(r"[,،؛;]", text):
        ends = [int(end) for end in re.split(r"[–-]", part) if end.strip().isdigit()]
        yield from range(ends[0], ends[-1] + 1) if ends and 0 <= ends[-1] - ends[0] < 50 else ends
