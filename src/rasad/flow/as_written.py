"""The words of a finding as its file has them, and the place where they begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from operator import attrgetter

from rasad.check.finding import Finding
from rasad.documents.document import Block, Document, Note, Piece, Place, Span, place_of

_ENDS = re.compile(r"\r\n|\r|\n")
MOST_BEFORE = 200
"""Characters before a text in which the number or bullet of its item may stand."""


def as_written(document: Document, finding: Finding, holder: Block | Note) -> tuple[Place, str]:
    """Where the words that a finding complains of begin, and how the source has them.

    A rule reads a text without its markup and line ends. Who looks for the words in the file needs the link or the
    mark as a whole, the number before an item, and the lines as they are broken.
    """
    if isinstance(holder, Note):
        return holder.place, _note_mark(document, finding.text, holder)
    place = place_of(holder, finding.start)
    span = _span(holder, finding)
    if span is not None:
        return span.place, span.written
    if not document.source:
        return place, finding.text
    if finding.text != holder.text[finding.start : finding.end]:
        return _marker(document, finding, holder, place), finding.text
    return place, _lines(document, finding, holder)


def _span(block: Block, finding: Finding) -> Span | None:
    """The link or mark that a finding is on, where it is told as the source has it or by its name."""
    index = bisect_left(block.spans, finding.start, key=attrgetter("start"))
    for one in takewhile(lambda span: span.start == finding.start, islice(block.spans, index, None)):
        is_mark = one.kind == "footnote-ref" and finding.text == one.target
        if one.written and (is_mark or finding.text == one.written):
            return one
    return None


def _note_mark(document: Document, name: str, note: Note) -> str:
    """The beginning of a note in Markdown, which holds its name."""
    lines = _source_lines(document.source)
    line = lines[note.place.line - 1] if note.place.line <= len(lines) else ""
    mark = f"[^{name}]:"
    return mark if line.startswith(mark, note.place.column - 1) else name


def _marker(document: Document, finding: Finding, block: Block, place: Place) -> Place:
    """Where a number stands that is typed before a text and is no part of it."""
    piece = _piece(block, finding.start)
    if piece is None or not finding.text:
        return place
    before = document.source[max(piece.offset - MOST_BEFORE, 0) : piece.offset]
    line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    lead = line.rstrip()
    if not lead.endswith(finding.text):
        return place
    return Place(place.line, max(place.column - (len(line) - len(lead)) - len(finding.text), 1))


def _lines(document: Document, finding: Finding, block: Block) -> str:
    """The words with the blanks and line ends that they have in the source; markup among them is left out."""
    first, last = _piece(block, finding.start), _piece(block, finding.end - 1)
    if first is None or last is None or finding.end <= finding.start:
        return finding.text
    begin = first.offset + (finding.start - first.start if first.is_verbatim else 0)
    end = last.offset + (finding.end - last.start if last.is_verbatim else last.width)
    written = document.source[begin:end]
    if written.split() == finding.text.split():
        return written
    letters = list(finding.text)
    index = bisect_right(block.pieces, finding.start, key=attrgetter("start"))
    for one, other in pairwise(islice(block.pieces, max(index - 1, 0), None)):
        if other.start >= finding.end:
            break
        at = other.start - finding.start - 1
        if other.line > one.line and at >= 0 and letters[at].isspace():
            letters[at] = "\n"
    return "".join(letters)


def _piece(block: Block, offset: int) -> Piece | None:
    index = bisect_right(block.pieces, offset, key=attrgetter("start")) - 1
    return block.pieces[index] if index >= 0 else None


@lru_cache(maxsize=1)
def _source_lines(source: str) -> list[str]:
    """The lines of a source that many findings are in."""
    return _ENDS.split(source)
