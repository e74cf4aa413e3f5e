"""What the look of a document tells beyond its blocks: headings that are only bold or in capitals, typed numbers, rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rasad.check.passage import REFERENCES, Passage
from rasad.documents import Document
from rasad.documents.document import Block

LONGEST_HEADING: Final = 90
MOST_WORDS: Final = 12
MARKED_UP: Final = ("markdown", "html")
LEVEL: Final = 2
"""The level of a heading that only looks like one: below the title, above what is marked as deeper."""

LEAST_BODY: Final = 60
"""Characters that a paragraph has at least, if the short line before it is to be its heading."""

_MARKER = re.compile(r"^[\s>]*((?:[-*+•–]|\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]{1,4}|\w)[.)]))\s*$")
_ENDS = re.compile(r"[.!?؟:;؛,،…]\s*$")
_NUMBERED = re.compile(r"[\d۰-۹٠-٩]{1,2}[.)]\s")
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)


def line_starts(block: Block) -> tuple[int, ...]:
    """The offsets of a block's text at which a line of the source begins."""
    found = [0]
    for before, piece in pairwise(block.pieces):
        if piece.line != before.line and piece.start not in found[-1:]:
            found.append(piece.start)
    return tuple(found)


def laid_out(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """The passages of a document's blocks, with headings, markers and rows as a reader sees them."""
    blocks = document.blocks
    marked = [
        replace(one, marker=_marker(document, block) if one.kind in ("list-item", "paragraph") else "")
        for one, block in zip(passages, blocks, strict=True)
    ]
    placed = _with_rows(document, marked)
    has_headings = sum(one.kind == "heading" for one in placed) > 1
    if has_headings:
        return placed
    return _with_sections([
        replace(one, kind="heading", level=LEVEL) if _looks_like_one(document, placed, at) else one
        for at, one in enumerate(placed)
    ])  # fmt: skip


def _marker(document: Document, block: Block) -> str:
    if block.marker or not document.source or not block.pieces:
        return block.marker
    offset = block.pieces[0].offset
    start = max(document.source.rfind("\n", 0, offset), document.source.rfind("\r", 0, offset)) + 1
    match = _MARKER.match(document.source[start:offset]) if offset - start < LONGEST_HEADING else None
    return match[1] if match is not None else ""


def _looks_like_one(document: Document, passages: Sequence[Passage], at: int) -> bool:
    """Whether a passage is a heading by its look: bold, in capitals, or a short numbered line above a paragraph."""
    one, block = passages[at], document.blocks[at]
    text = one.text.strip()
    short = 0 < len(text) <= LONGEST_HEADING and len(text.split()) <= MOST_WORDS and len(one.lines) == 1
    if not short or one.kind not in ("paragraph", "list-item") or not any(map(str.isalpha, text)):
        return False
    apart = _stands_apart(document, at)
    if REFERENCES.match(text):
        return apart or document.kind != "text"
    if any(s.kind == "bold" and s.start == 0 and s.end == len(one.text) for s in block.spans):
        return _ENDS.search(text) is None
    return (
        document.kind not in MARKED_UP
        and _ENDS.search(text) is None
        and (
            _is_in_capitals(text)
            or (document.kind == "text" and apart and _has_number(one) and _has_body(passages, at))
        )
    )


def _stands_apart(document: Document, at: int) -> bool:
    """Whether an empty line, or a rule, stands before a passage."""
    before = document.blocks[at - 1] if at else None
    return (
        before is None
        or not before.pieces
        or before.pieces[-1].line + 1 < document.blocks[at].place.line
        or not any(map(str.isalnum, before.text))
    )


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text.split("(", maxsplit=1)[0] if letter.isalpha()]
    return len(letters) > 2 and all(letter.isupper() for letter in letters)


def _has_number(one: Passage) -> bool:
    return any(map(str.isdigit, one.marker)) or _NUMBERED.match(one.text) is not None


def _has_body(passages: Sequence[Passage], at: int) -> bool:
    """Whether a paragraph of some length follows."""
    following = passages[at + 1] if at + 1 < len(passages) else None
    return following is not None and following.kind == "paragraph" and len(following.text) >= LEAST_BODY


def _with_sections(passages: Sequence[Passage]) -> list[Passage]:
    """The same passages, each under the heading above it."""
    found: list[Passage] = []
    title = ""
    for one in passages:
        found.append(replace(one, section=(title,)) if title and one.kind != "heading" else one)
        if one.kind == "heading":
            title = f"{one.marker} {one.text}".strip()
    return found


def _with_rows(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """Cells with their rows and columns; between two tables one row is left out."""
    found: list[Passage] = []
    row = column = 0
    last: Block | None = None
    for one, block in zip(passages, document.blocks, strict=True):
        if block.cell is not None:
            found.append(replace(one, row=block.cell[0], column=block.cell[1]))
            continue
        if one.kind != "table-cell":
            last = None
            found.append(one)
            continue
        if last is None or _is_new_row(document, last, block):
            row, column = row + 1 + (last is None), 0
        column += 1
        found.append(replace(one, row=row, column=column))
        last = block
    return found


def _is_new_row(document: Document, last: Block, block: Block) -> bool:
    if document.kind == "html" and last.pieces and block.pieces:
        between = document.source[last.pieces[-1].offset : block.pieces[0].offset]
        return _ROW.search(between) is not None or _TABLE.search(between) is not None
    return document.kind == "markdown" and block.place.line != last.place.line
