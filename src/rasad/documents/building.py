"""Puts blocks together from stretches of a source, with white space as a reader sees it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rasad.documents.document import Block, BlockKind, Piece, Place, Span, SpanKind

SPACE = " \t\r\n\f\v"
"""What a reader sees as one space; a no-break space is a character of the text."""

LONGEST_WRITTEN = 2_000
"""Characters of a span that are told as the source has them: one that never ends must not fill the memory."""

_UNEVEN = re.compile(rf"[{SPACE}]{{2,}}|[\t\r\n\f\v]")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a source, to tell the place of an offset and the offset of a place."""

    def __init__(self, source: str) -> None:
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(source))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def offset(self, place: Place) -> int:
        return self.starts[place.line - 1] + place.column - 1


class BlockBuilder:
    """One block in the making.

    What is added tells its offset in the source; the offset is made a place by ``lines``, or, where a
    source has no lines, taken for the column of ``line``.
    """

    def __init__(self, lines: Lines | None = None, *, line: int = 0, page: int | None = None) -> None:
        self.lines = lines
        self.line = line
        self.page = page
        self.spans: list[Span] = []
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._space: tuple[int, int] | None = None

    @property
    def length(self) -> int:
        """How many characters there are, with a space that is still to be seen."""
        return self._length + (self._space is not None)

    def ends_with(self, pattern: re.Pattern[str]) -> bool:
        """Whether the words before this point match at their end."""
        return self._space is None and bool(self._texts) and pattern.search(self._texts[-1]) is not None

    def add(self, text: str, offset: int) -> None:
        """Add words that the source has character by character, its white space made single spaces."""
        at = 0
        for gap in _UNEVEN.finditer(text):
            self._words(text[at : gap.start()], offset + at)
            self._white(offset + gap.start(), gap.end() - gap.start())
            at = gap.end()
        self._words(text[at:], offset + at)

    def add_for(self, text: str, offset: int, width: int) -> None:
        """Add text that stands for another stretch of the source, such as an entity."""
        if text.strip(SPACE):
            self._flush()
            self._put(text, offset, width)
        elif text:
            self._white(offset, width)

    def add_break(self, offset: int, width: int = 0) -> None:
        """Begin a new line within the block."""
        self._space = None
        if self._length:
            self._put("\n", offset, width)

    def add_verbatim(self, text: str, offset: int) -> None:
        """Add a line of code, white space and all."""
        if text:
            self._put(text, offset, len(text))

    def span(self, kind: SpanKind, start: int, target: str, offset: int, written: str) -> None:
        """Mark what was added since ``start``; ``written`` stands at ``offset``."""
        place = self._place(offset)
        self.spans.append(Span(start, self.length, kind, target, place, offset, written[:LONGEST_WRITTEN]))

    def point(self, kind: SpanKind, target: str, offset: int, written: str) -> None:
        """Mark a place between two characters, at the end of the words so far."""
        at = self._length
        self.spans.append(Span(at, at, kind, target, self._place(offset), offset, written))

    def block(self, kind: BlockKind, *, level: int = 0, style: str = "") -> Block | None:
        """The finished block; None where a reader would see nothing and nothing is marked."""
        text = "".join(self._texts)
        kept = text.rstrip(SPACE)
        spans = tuple(sorted((_cut(span, kept) for span in self.spans), key=_by_start))
        if not kept and not any(span.kind not in {"bold", "italic"} for span in spans):
            return None
        pieces = tuple(piece for piece in self._pieces if piece.start < len(kept))
        place = Place(pieces[0].line, pieces[0].column) if pieces else spans[0].place
        page = pieces[0].page if pieces else self.page
        return Block(kind, kept, place, level, spans, (), page, style, pieces)

    def _words(self, text: str, offset: int) -> None:
        if not text:
            return
        if text[0] == " ":
            self._white(offset, 1)
            text, offset = text[1:], offset + 1
        body = text.removesuffix(" ")
        if body:
            self._flush()
            self._put(body, offset, len(body))
        if len(body) < len(text):
            self._white(offset + len(body), 1)

    def _white(self, offset: int, width: int) -> None:
        if self._space is None:
            after_break = not self._texts or self._texts[-1] == "\n"
            self._space = None if after_break else (offset, width)
        else:
            first, _ = self._space
            self._space = (first, offset + width - first)

    def _flush(self) -> None:
        if self._space is not None:
            offset, width = self._space
            self._space = None
            self._put(" ", offset, width)

    def _put(self, text: str, offset: int, width: int) -> None:
        start, end = self._length, self._length + len(text)
        self._texts.append(text)
        self._length = end
        last = self._pieces[-1] if self._pieces else None
        if last is not None and width == len(text) and _goes_on(last, offset, self.page):
            place = self._place(offset)
            if place.line == last.line:
                self._pieces[-1] = last._replace(end=end, width=last.width + width)
                return
        self._pieces.append(Piece(start, end, offset, width, *self._place(offset), self.page))

    def _place(self, offset: int) -> Place:
        return self.lines.place(offset) if self.lines is not None else Place(self.line, offset + 1)


def with_sections(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, each with the headings that it stands under."""
    above: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind == "heading":
            while above and above[-1][0] >= block.level:
                above.pop()
        section = tuple(text for _, text in above)
        yield replace(block, section=section) if section else block
        if block.kind == "heading" and block.text:
            above.append((block.level, block.text))


def _goes_on(piece: Piece, offset: int, page: int | None) -> bool:
    return piece.is_verbatim and piece.offset + piece.width == offset and piece.page == page


def _cut(span: Span, text: str) -> Span:
    """A span within the text that is left when the white space at its ends is gone."""
    start, end = min(span.start, len(text)), min(span.end, len(text))
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return replace(span, start=start, end=end)


def _by_start(span: Span) -> tuple[int, int]:
    return span.start, -span.end
