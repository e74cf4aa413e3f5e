"""What a PDF page has besides its text: running heads and page numbers, and the notes at its foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasad.documents.document import Place

_EDGE = 2
"""Lines at either end of a page among which a running head or foot is looked for."""

_FOLIO = re.compile(
    r"\W*(?:(?:page|p\.|صفحه|صفحة|مخ)\s*)?[0-9۰-۹٠-٩]{1,4}(?:\s*(?:/|of|از|من)\s*[0-9۰-۹٠-٩]{1,4})?\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*[\[(]?([0-9۰-۹٠-٩]{1,3})[\])]?[.:]?\s*(?=\D|$)")
_DIGITS = re.compile(r"[0-9۰-۹٠-٩]+")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufeff]")
_SMALL = 0.93
_OPENING, _CLOSING = "([«", ")]»"
_OPENED_AT_END = re.compile(r"(?<=[\w.،؛:!؟])«(?=[\s.،؛:!؟)\]]|$)")
_CLOSED_AT_BEGIN = re.compile(r"(?:(?<=[\s(\[])|^)»(?=\w)")
_STOP_BEFORE = re.compile(r"(?<![^\s(«])([.،؛:])([۰-۹٠-٩]{1,6})(?=\s|$)")
_MIRRORED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


@dataclass(frozen=True)
class Line:
    """A line of a page: ``number`` counts all lines of the page, from 1.

    ``is_cut`` says that a hyphen, which ``text`` lacks, cuts its last word.
    """

    page: int
    number: int
    text: str
    left: float
    right: float
    foot: float
    height: float
    is_bold: bool
    is_cut: bool
    marks: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.number, len(self.text) - len(self.text.lstrip()) + 1)

    @property
    def is_rtl(self) -> bool:
        return len(_RTL.findall(self.text)) * 2 > sum(letter.isalpha() for letter in self.text)


@dataclass(frozen=True)
class FootNote:
    """The lines of a note at the foot of a page, the first of which begins with its number."""

    number: str
    lines: tuple[Line, ...]
    skipped: int


def page_lines(page: int, told: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of one page as the reading process tells them."""
    lines = []
    for number, one in enumerate(told, start=1):
        marks = tuple((at, text) for at, text in one.pop("marks"))
        links = tuple((start, end, address) for start, end, address in one.pop("links"))
        line = Line(page=page, number=number, marks=marks, links=links, **one)
        lines.append(replace(line, text=_as_written(line.text)) if line.is_rtl else line)
    return lines


def _as_written(text: str) -> str:
    """A line from right to left as it is written: pdfium gives brackets and the stop after a number as they are drawn.

    Example:
        >>> _as_written("نشر شد ۳ جولای .۲۰۲۵")
        'نشر شد ۳ جولای ۲۰۲۵.'
    """
    depth, closed_first = 0, 0
    for letter in text:
        depth += (letter in _OPENING) - (letter in _CLOSING)
        closed_first += depth < 0
        depth = max(depth, 0)
    text = text.translate(_MIRRORED) if closed_first else text
    text = _OPENED_AT_END.sub("»", _CLOSED_AT_BEGIN.sub("«", text))
    return _STOP_BEFORE.sub(r"\2\1", text)


def without_furniture(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_key(line) for line in _edges(lines)})
    often = max(2, round(0.4 * len(pages)))
    left = []
    for lines in pages:
        repeated = {line.number for line in _edges(lines) if seen[_key(line)] >= often}
        ends = {line.number for line in (*lines[:1], *lines[-1:])}
        out = repeated | {
            line.number for line in lines if line.number in ends and _FOLIO.fullmatch(line.text)
        }
        left.append([line for line in lines if line.number not in out])
    return left


def body_height(pages: Sequence[list[Line]]) -> float:
    """The height of the letters that most of the text is set in."""
    heights: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            heights[round(line.height * 2) / 2] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def foot_notes(lines: list[Line], body: float) -> tuple[list[Line], list[FootNote]]:
    """The text of a page, and the notes in smaller letters at its foot."""
    at = len(lines)
    while at and lines[at - 1].height < _SMALL * body:
        at -= 1
    while at < len(lines) and _note_number(lines[at]) is None:
        at += 1
    notes: list[FootNote] = []
    for line in lines[at:]:
        number = _note_number(line)
        if number is not None:
            notes.append(FootNote(number[0], (line,), number[1]))
        else:
            notes[-1] = FootNote(notes[-1].number, (*notes[-1].lines, line), notes[-1].skipped)
    return lines[:at], notes


def _note_number(line: Line) -> tuple[str, int] | None:
    """The number that a note begins with, and how many characters it takes."""
    if line.marks and line.marks[0][0] <= len(line.text) - len(line.text.lstrip()):
        return str(int(line.marks[0][1])), 0
    match = _NUMBER.match(line.text)
    return (str(int(match[1])), match.end()) if match is not None else None


def _edges(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.foot / 4)
