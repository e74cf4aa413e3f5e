"""The tags and texts of a page, one after the other, into its blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from rasad.documents.building import BlockBuilder, Lines
from rasad.documents.document import Block, BlockKind, Place, SpanKind
from rasad.documents.html_elements import BLOCKS, CLOSES, KINDS, SPANS, is_around, is_unseen
from rasad.documents.html_notes import NUMBER, NoteLinks
from rasad.documents.html_tokens import VOID, Tag, Text

DEEPEST = 400
"""Elements inside one another that are told apart; browsers stop at 512."""

EXPONENT = re.compile(r"(?:[0-9]|\b[kcm]?m)$")
"""What a raised number is the power of, and no mark of a note."""

Region = Literal["", "article", "main"]


class Found(NamedTuple):
    """A block, the note it belongs to, and where on the page it stands."""

    block: Block
    note: str | None
    region: Region
    is_around: bool


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    kind: BlockKind = "paragraph"
    is_unseen: bool = False
    is_around: bool = False
    region: Region = ""
    note: str | None = None
    link: _Link | None = None


@dataclass(slots=True)
class _Link:
    """A span that is open; it goes on in the next block when one ends before it."""

    kind: SpanKind
    target: str
    at: int
    start: int
    is_told: bool = False
    is_over: bool = False


class HtmlBlocks:
    """Reads the tokens of a page."""

    def __init__(self, source: str, page: Sequence[Tag | Text], lines: Lines, notes: NoteLinks) -> None:
        self._source, self._page, self._lines, self._notes = source, page, lines, notes
        self._stack = [_Element("")]
        self._open: Counter[str] = Counter()
        self._links: list[_Link] = []
        self._builder = BlockBuilder(lines)
        self._anchor: str | None = None
        self._after_break = False
        self._found: list[Found] = []
        self.note_places: dict[str, Place] = {}

    def read(self) -> list[Found]:
        index = 0
        while index < len(self._page):
            token = self._page[index]
            if isinstance(token, Text):
                self._text(token)
            elif token.is_end:
                self._end(token)
            else:
                index = self._begin(token, index)
            index += 1
        self._flush(len(self._source))
        return self._found

    def _text(self, token: Text) -> None:
        element = self._stack[-1]
        if element.is_unseen or element.name in {"title", "head"}:
            return
        if element.kind == "code":
            self._code(token)
        elif token.width == len(token.text):
            self._builder.add(token.text, token.start)
        else:
            self._builder.add_for(token.text, token.start, token.width)
        self._after_break = self._after_break and not token.text.strip()

    def _code(self, token: Text) -> None:
        at = token.start
        for number, line in enumerate(token.text.split("\n")):
            if number:
                self._builder.add_break(at - 1, 1)
            self._builder.add_verbatim(line.rstrip("\r"), at)
            at += len(line) + 1

    def _begin(self, tag: Tag, index: int) -> int:
        """Open an element; the index of the last token that this took."""
        if tag.name == "br":
            self._break(tag)
        elif index in self._notes.marks and not self._stack[-1].is_unseen:
            return self._mark(tag, index)
        elif tag.name == "sup" and self._is_raised_number(index):
            written = self._source[tag.start : cast("Tag", self._page[index + 2]).end]
            self._builder.point("note-mark", "", tag.start, written)
            return index + 2
        elif tag.name in BLOCKS:
            self._flush(tag.start)
            self._close_implied(tag)
            self._push(tag, index)
        else:
            self._push(tag, index)
        return index

    def _break(self, tag: Tag) -> None:
        if self._after_break:
            self._flush(tag.start)
        else:
            self._builder.add_break(tag.start, tag.end - tag.start)
        self._after_break = True

    def _mark(self, tag: Tag, index: int) -> int:
        """A note mark, whose own number is not part of the text."""
        for last in range(index + 1, min(index + 12, len(self._page))):
            token = self._page[last]
            if isinstance(token, Tag) and token.name == "a" and token.is_end:
                written = self._source[tag.start : token.end]
                self._builder.point("footnote-ref", self._notes.marks[index], tag.start, written)
                return last
        self._push(tag, index)
        return index

    def _is_raised_number(self, index: int) -> bool:
        match self._page[index + 1 : index + 3]:
            case [Text(text=text), Tag(name="sup", is_end=True)]:
                is_number = NUMBER.fullmatch(text) is not None
                return is_number and not self._builder.ends_with(EXPONENT) and not self._stack[-1].is_unseen
        return False

    def _push(self, tag: Tag, index: int) -> None:
        is_whole = tag.is_closed and tag.name not in BLOCKS and tag.name not in {"a", "b", "i"}
        if tag.name in VOID or is_whole or len(self._stack) > DEEPEST:
            return
        above = self._stack[-1]
        note = self._note(tag, above)
        region: Region = (
            "main" if tag.name == "main" or tag.attributes.get("role") == "main" else above.region
        )
        around = above.is_around or is_around(tag, in_article=above.region != "")
        unseen = above.is_unseen or is_unseen(tag) or index in self._notes.back
        self._stack.append(
            _Element(
                tag.name,
                KINDS.get(tag.name, above.kind),
                unseen,
                around and note is None,
                region or ("article" if tag.name == "article" else ""),
                note,
                self._span(tag) if not unseen else None,
            )
        )
        self._open[tag.name] += 1
        if self._stack[-1].link is not None:
            self._links.append(self._stack[-1].link)

    def _note(self, tag: Tag, above: _Element) -> str | None:
        names = {tag.attributes.get("id", ""), tag.attributes.get("name", "")} & self._notes.ids
        if not names or KINDS.get(tag.name, above.kind) == "heading":
            return above.note
        name = names.pop()
        self.note_places.setdefault(name, self._lines.place(tag.start))
        if tag.name in BLOCKS:
            return name
        self._anchor = name
        return above.note

    def _span(self, tag: Tag) -> _Link | None:
        if tag.name in SPANS:
            if any(link.kind == SPANS[tag.name] for link in self._links):
                return None
            return _Link(cast("SpanKind", SPANS[tag.name]), "", tag.start, self._builder.length)
        names_a_place = "id" in tag.attributes or "name" in tag.attributes
        if tag.name != "a" or ("href" not in tag.attributes and names_a_place):
            return None
        # A link ends where the next one begins, as in a browser.
        for link in [link for link in self._links if link.kind == "link"]:
            self._tell(link, tag.start, is_end=True)
            self._links.remove(link)
            link.is_over = True
        return _Link("link", tag.attributes.get("href", "").strip(), tag.start, self._builder.length)

    def _close_implied(self, tag: Tag) -> None:
        if self._open["p"] and tag.name not in {"html", "body"}:
            self._close_to(frozenset({"p"}), BLOCKS - {"p"}, tag.start)
        if tag.name in CLOSES:
            self._close_to(*CLOSES[tag.name], tag.start)

    def _close_to(self, names: frozenset[str], borders: frozenset[str], at: int) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            name = self._stack[depth].name
            if name in names:
                while len(self._stack) > depth:
                    self._pop(at)
                return
            if name in borders:
                return

    def _end(self, tag: Tag) -> None:
        if not self._open[tag.name]:
            return
        if tag.name in BLOCKS:
            while self._stack[-1].name not in BLOCKS:
                self._pop(tag.start)
            self._flush(tag.start)
        elif any(element.name in BLOCKS for element in self._stack[self._last(tag.name) :]):
            return
        while self._stack[-1].name != tag.name:
            self._pop(tag.start)
        self._pop(tag.end)

    def _last(self, name: str) -> int:
        return max(depth for depth, element in enumerate(self._stack) if element.name == name)

    def _pop(self, at: int) -> None:
        element = self._stack.pop()
        self._open[element.name] -= 1
        if element.link is not None:
            self._links = [link for link in self._links if link is not element.link]
            self._tell(element.link, at, is_end=True)

    def _tell(self, link: _Link, at: int, *, is_end: bool) -> None:
        is_empty = link.start >= self._builder.length
        if link.is_over:
            return
        if not is_empty or (is_end and not link.is_told and link.kind == "link"):
            self._builder.span(link.kind, link.start, link.target, link.at, self._source[link.at : at])
            link.is_told, link.at = True, at

    def _flush(self, at: int) -> None:
        if not self._builder.length and not self._builder.spans:
            self._after_break = False
            return
        element = self._stack[-1]
        for link in self._links:
            self._tell(link, at, is_end=False)
            link.start = 0
        level = 0
        if element.kind == "heading":
            level = next(
                int(one.name[1]) for one in reversed(self._stack) if KINDS.get(one.name) == "heading"
            )
        block = self._builder.block(element.kind, level=level)
        if block is not None:
            note = element.note if element.note is not None else self._anchor
            self._found.append(Found(block, note, element.region, element.is_around))
        self._builder = BlockBuilder(self._lines)
        self._anchor, self._after_break = None, False
