"""A document as its reader sees it: blocks of plain text, each of whose characters has a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple

DocumentKind = Literal["markdown", "word", "html", "pdf", "text"]
BlockKind = Literal["heading", "paragraph", "list-item", "table-cell", "quote", "code", "caption"]
SpanKind = Literal["link", "footnote-ref", "note-mark", "bold", "italic", "comment"]


class Place(NamedTuple):
    """Where something stands, both counted from 1.

    In Markdown, HTML and plain text the line and column of the file; in Word the number of
    the paragraph and the character in it; in a PDF the line of its page and the character.
    """

    line: int
    column: int = 1


class Piece(NamedTuple):
    """A stretch of a block's text that stands in one piece on one line of the source.

    ``offset`` and ``width`` are the stretch in the source: in ``Document.source`` or, in Word,
    in the paragraph. Where ``width`` is the length of the text, they agree character by character;
    otherwise the whole stretch stands for the whole text, as ``&amp;`` does for ``&``.
    """

    start: int
    end: int
    offset: int
    width: int
    line: int
    column: int
    page: int | None = None

    @property
    def is_verbatim(self) -> bool:
        return self.width == self.end - self.start


@dataclass(frozen=True, slots=True)
class Span:
    """What is special about ``text[start:end]`` of a block.

    A ``footnote-ref`` points to a note of the document, by its id; a ``note-mark`` is a raised number
    that points to none. Neither is part of the text, so that ``start == end``. ``written`` is the span
    as the source has it, ``[words]()`` for an empty link; ``place`` is its beginning, ``offset`` the
    same in ``Document.source``. ``target`` is where a link leads ("" for nowhere), the id of the note,
    or the text of a Word comment.
    """

    start: int
    end: int
    kind: SpanKind
    target: str
    place: Place
    offset: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item, cell, caption, quotation or stretch of code.

    ``section`` holds the headings it stands under, the outermost first; ``style`` is Word's name of its
    style ("TOC 1"); ``page`` is known in PDF, and in Word where a page break tells it; ``marker`` is the number
    or bullet before an item that is typed and no part of the text, known in PDF (text and Markdown have it in the source);
    ``cell`` the row and column of a cell in Word, the rows counted on from table to table with one left out between.
    """

    kind: BlockKind
    text: str
    place: Place
    level: int = 0
    spans: tuple[Span, ...] = ()
    section: tuple[str, ...] = ()
    page: int | None = None
    style: str = ""
    pieces: tuple[Piece, ...] = ()
    marker: str = ""
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; ``marks`` is how many marks of the text point to it."""

    id: str
    place: Place
    blocks: tuple[Block, ...] = ()
    marks: int = 0

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


class Property(NamedTuple):
    """What a document tells of itself, as it is given there: ``title``, ``date``, ``modified``."""

    name: str
    value: str
    place: Place


class Problem(NamedTuple):
    """What could not be read as it should be; ``code`` is one word to tell such problems apart."""

    code: str
    message: str
    place: Place


@dataclass(frozen=True)
class Document:
    """A file that was read.

    ``source`` is the decoded text of Markdown, HTML and plain text, to which offsets point, and "" for
    Word and PDF. ``encoding`` gives the bytes back, None where they can't be had back.
    """

    path: Path
    kind: DocumentKind
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    meta: tuple[Property, ...] = ()
    problems: tuple[Problem, ...] = ()
    language_hints: tuple[str, ...] = ()
    source: str = ""
    encoding: str | None = None

    def about(self, name: str) -> str | None:
        """The first property of a name, None where the document does not tell it."""
        return next((one.value for one in self.meta if one.name == name), None)

    def all_blocks(self) -> Iterator[Block]:
        """The blocks of the text, then those of the notes."""
        return chain(self.blocks, *(note.blocks for note in self.notes))


def place_of(block: Block, offset: int) -> Place:
    """The place of a character of a block; of its end for ``len(block.text)``."""
    piece = _piece_at(block, offset)
    if piece is None:
        return block.place
    if piece.is_verbatim:
        return Place(piece.line, piece.column + offset - piece.start)
    return Place(piece.line, piece.column + (piece.width if offset >= piece.end else 0))


def page_of(block: Block, offset: int) -> int | None:
    """The page of a character of a block, which may begin on the page before."""
    piece = _piece_at(block, offset)
    return block.page if piece is None or piece.page is None else piece.page


def source_range(block: Block, start: int, end: int) -> tuple[int, int] | None:
    """The part of the source that stands for ``text[start:end]`` and may be written anew.

    None where markup stands between, so that a replacement would swallow it, or where the range begins
    or ends inside a stretch that has no characters of its own, such as an entity.

    In Markdown, HTML and text it is a range of ``Document.source``, in Word of the paragraph's characters.
    """
    touched = [piece for piece in block.pieces if piece.start < end and piece.end > start]
    if not touched or start >= end:
        return None
    if any(one.offset + one.width != other.offset for one, other in pairwise(touched)):
        return None
    first, last = touched[0], touched[-1]
    if not (first.is_verbatim or start <= first.start) or not (last.is_verbatim or end >= last.end):
        return None
    begin = first.offset + max(start - first.start, 0)
    return begin, last.offset + (end - last.start if last.is_verbatim else last.width)


def _piece_at(block: Block, offset: int) -> Piece | None:
    index = bisect_right(block.pieces, offset, key=attrgetter("start"))
    return block.pieces[max(index - 1, 0)] if block.pieces else None
