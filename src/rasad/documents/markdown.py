"""Markdown into blocks: CommonMark with tables, notes, front matter, pandoc's spans and fenced blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote.index import footnote_def

from rasad.documents.building import Lines, with_sections
from rasad.documents.document import Block, BlockKind, Note, Place, Problem, Property
from rasad.documents.front_matter import read_front_matter
from rasad.documents.html import html_blocks
from rasad.documents.markdown_inline import InlineReader
from rasad.documents.markdown_lines import Content, cell_content, line_content, masked_lines
from rasad.documents.markdown_places import placed_parser

_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "list_item_open": "list-item",
    "blockquote_open": "quote",
    "th_open": "table-cell",
    "td_open": "table-cell",
}
LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph up to which its marks are looked for; a parser may need the square of it."""

_SPACES = re.compile(r"[^\S \t\r\n]")
_ATTRIBUTES = re.compile(r"[ \t]+\{[#.][^{}\n]*\}[ \t]*$")


@dataclass(frozen=True)
class Text:
    """What a Markdown file holds."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    meta: tuple[Property, ...]
    problems: tuple[Problem, ...]


def read_markdown(source: str) -> Text:
    """Read a Markdown text."""
    lines = Lines(source)
    front = read_front_matter(source, lines)
    reader = _Reader(source, lines, front.end)
    reader.read()
    blocks = tuple(with_sections(reader.blocks))
    return Text(blocks, tuple(reader.notes()), front.properties, (*front.problems, *reader.problems))


@cache
def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": True, "maxNesting": 40})
        .enable("table")
        .use(container_plugin, name="div", validate=lambda info, *_: bool(info.strip()))
    )
    parser.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.inline = placed_parser()
    # Nothing is drawn here: an address is told as it is written, whatever it is.
    parser.normalizeLink = parser.normalizeLinkText = lambda url: url  # type: ignore[method-assign,assignment]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


class _Reader:
    """Walks through the block tokens of a text."""

    def __init__(self, source: str, lines: Lines, start: int) -> None:
        # The parser strips every kind of space from a line and knows two of them as Markdown's: all are read as plain.
        source = _SPACES.sub(" ", source)
        self._source, self._lines = source, lines
        # Front matter becomes empty lines, so that the lines keep their numbers.
        self._text = "\n" * (lines.place(start).line - 1) + source[start:]
        self._env: dict[str, object] = {}
        self._stack: list[Token] = []
        self._row, self._cell_from = (0, ""), 0
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._notes: list[tuple[str, Place, list[Block]]] = []

    def read(self) -> None:
        for token in _parser().parse(self._text, self._env):
            if token.type == "inline":
                self._inline(token)
            elif token.type in {"fence", "code_block"}:
                self._code(token)
            elif token.type == "html_block":
                self._html(token)
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0:
                self._stack.pop()

    def notes(self) -> Iterator[Note]:
        marks: Counter[str] = Counter()
        for block in (*self.blocks, *(block for _, _, its in self._notes for block in its)):
            marks.update(span.target for span in block.spans if span.kind == "footnote-ref")
        for label, place, blocks in self._notes:
            yield Note(label, place, tuple(blocks), marks[label])

    def _open(self, token: Token) -> None:
        self._stack.append(token)
        if token.type == "footnote_reference_open":
            line = token.map[0] if token.map is not None else 0
            at = self._line(line).find(f"[^{token.meta['label']}]")
            self._notes.append((token.meta["label"], Place(line + 1, max(at, 0) + 1), []))
        elif token.type == "tr_open":
            line = token.map[0] if token.map is not None else 0
            self._row, self._cell_from = (self._lines.starts[line], self._line(line)), 0

    def _inline(self, token: Token) -> None:
        kind = self._kind()
        content = self._content(token, kind)
        text = _ATTRIBUTES.sub("", token.content) if kind == "heading" else token.content
        if len(text) > LONGEST_PARAGRAPH:
            self._long(content, kind)
            return
        children = _parser().inline.parse(text, _parser(), self._env, [])
        if kind == "paragraph" and _is_picture(children):
            kind, children, content = "caption", children[0].children or [], content.moved(children[0])
        builder = InlineReader(self._source, content, self._lines).read(children)
        level = int(self._stack[-1].tag[1]) if kind == "heading" else 0
        self._add(builder.block(kind, level=level))

    def _long(self, content: Content, kind: BlockKind) -> None:
        block = InlineReader(self._source, content, self._lines).plain().block(kind, level=1)
        if block is not None:
            message = f"this paragraph has more than {LONGEST_PARAGRAPH:,} characters: it was read without its links and notes"
            self.problems.append(Problem("long", message, block.place))
        self._add(block)

    def _content(self, token: Token, kind: BlockKind) -> Content:
        if kind != "table-cell":
            first = token.map[0] if token.map is not None else 0
            return line_content(token.content, self._source, self._lines, first)
        start, line = self._row
        content, self._cell_from = cell_content(token.content, line, start, self._cell_from)
        return content

    def _code(self, token: Token) -> None:
        first = token.map[0] if token.map is not None else 0
        content = line_content(token.content, self._source, self._lines, first + (token.type == "fence"))
        self._add(InlineReader(self._source, content, self._lines).code(token.content).block("code"))

    def _html(self, token: Token) -> None:
        first, last = token.map if token.map is not None else (0, 0)
        start = self._lines.starts[first]
        end = self._lines.starts[last] if last < len(self._lines.starts) else len(self._source)
        masked = masked_lines(token.content, self._source, self._lines, first)
        for block in html_blocks(self._source, start, end, self._lines, masked=masked):
            self._add(block)

    def _add(self, block: Block | None) -> None:
        if block is None:
            return
        inside = any(token.type == "footnote_reference_open" for token in self._stack)
        (self._notes[-1][2] if inside and block.text else self.blocks).append(block)

    def _kind(self) -> BlockKind:
        return next(
            (_KINDS[token.type] for token in reversed(self._stack) if token.type in _KINDS), "paragraph"
        )

    def _line(self, number: int) -> str:
        starts = self._lines.starts
        end = starts[number + 1] if number + 1 < len(starts) else len(self._source)
        return self._source[starts[number] : end].rstrip("\r\n")


def _is_picture(children: Sequence[Token]) -> bool:
    """Whether a paragraph is a picture alone, whose words are then its caption."""
    return len(children) == 1 and children[0].type == "image"
