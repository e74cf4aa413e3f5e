"""The inline tokens of one Markdown block into text with places."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from rasad.documents.building import BlockBuilder, Lines
from rasad.documents.document import SpanKind
from rasad.documents.html_tokens import Tag, tokens
from rasad.documents.markdown_lines import Content

_Open = tuple[str, SpanKind, str, int, int]


class InlineReader:
    """Reads the tokens of one block; ``source`` is the whole file."""

    def __init__(self, source: str, content: Content, lines: Lines) -> None:
        self._source, self._content = source, content
        self._builder = BlockBuilder(lines)
        self._open: list[_Open] = []

    def read(self, children: Sequence[Token]) -> BlockBuilder:
        for token in children:
            self._token(token)
        while self._open:
            self._close(self._open[-1][0], len(self._content.text))
        return self._builder

    def plain(self) -> BlockBuilder:
        """The words as they are written, marks and all."""
        for start, end in self._content.parts(0, len(self._content.text)):
            self._builder.add(self._content.text[start:end], self._content.offset(start))
        return self._builder

    def code(self, text: str) -> BlockBuilder:
        """Lines of code, whose white space is kept."""
        at = 0
        for line in text.split("\n"):
            if at:
                self._builder.add_break(self._content.offset(at) - 1, 1)
            # Offsets are known for what follows the indent.
            indent = len(line) - len(line.lstrip())
            begin = self._content.offset(at + indent) - indent
            if self._source.startswith(line, begin):
                self._builder.add_verbatim(line, begin)
            else:
                self._builder.add_for(line, max(begin, 0), len(line.strip()) or 1)
            at += len(line) + 1
        return self._builder

    def _token(self, token: Token) -> None:
        at, end = _range(token)
        match token.type:
            case "text":
                self._words(token.content, at)
            case "text_special":
                self._stand_in(token.content, at, end)
            case "code_inline":
                self._code(token, at, end)
            case "softbreak":
                self._stand_in(" ", at, end)
            case "hardbreak":
                self._builder.add_break(self._content.offset(at), self._width(at, end))
            case "note_mark":
                self._builder.point("footnote-ref", token.meta["label"], *self._written(at, end))
            case "html_inline":
                self._html(token.content, at, end)
            case "em_open" | "strong_open" | "link_open":
                self._begin(token, at)
            case "em_close" | "strong_close" | "link_close":
                self._close(token.type.removesuffix("_close"), end)

    def _begin(self, token: Token, at: int) -> None:
        kinds: dict[str, SpanKind] = {"em_open": "italic", "strong_open": "bold", "link_open": "link"}
        target = str(token.attrGet("href") or "").strip()
        name = token.type.removesuffix("_open")
        self._open.append((name, kinds[token.type], target, at, self._builder.length))

    def _close(self, name: str, end: int) -> None:
        if not any(one[0] == name for one in self._open):
            return
        while self._open:
            opened, kind, target, at, start = self._open.pop()
            offset, written = self._written(at, end)
            self._builder.span(kind, start, target, offset, written)
            if opened == name:
                return

    def _html(self, written: str, at: int, end: int) -> None:
        """A tag between words: links and breaks mean something, the others only look."""
        tag = next((token for token in tokens(written) if isinstance(token, Tag)), None)
        if tag is None:
            return
        if tag.name == "br":
            self._builder.add_break(self._content.offset(at), self._width(at, end))
        elif tag.name == "a" and tag.is_end:
            self._close("<a>", end)
        elif tag.name == "a" and ("href" in tag.attributes or not {"id", "name"} & tag.attributes.keys()):
            target = tag.attributes.get("href", "").strip()
            self._open.append(("<a>", "link", target, at, self._builder.length))

    def _words(self, text: str, at: int) -> None:
        for shift in (0, 1):
            # The address of an autolink stands behind its "<".
            if self._content.text.startswith(text, at + shift):
                at += shift
                break
        for start, end in self._content.parts(at, at + len(text)):
            part, offset = text[start - at : end - at], self._content.offset(start)
            if self._source.startswith(part, offset):
                self._builder.add(part, offset)
            else:
                self._builder.add_for(part, offset, len(part))

    def _code(self, token: Token, at: int, end: int) -> None:
        start, stop = at + len(token.markup), end - len(token.markup)
        raw = self._content.text[start:stop]
        padded = len(raw) - len(token.content) == 2
        for begin, cut in self._content.parts(start + padded, stop - padded):
            self._builder.add(self._content.text[begin:cut], self._content.offset(begin))

    def _stand_in(self, text: str, at: int, end: int) -> None:
        self._builder.add_for(text, self._content.offset(at), self._width(at, end))

    def _width(self, at: int, end: int) -> int:
        return max(self._content.offset(end) - self._content.offset(at), 0)

    def _written(self, at: int, end: int) -> tuple[int, str]:
        begin, last = self._content.offset(at), self._content.offset(max(end - 1, at)) + 1
        return begin, self._source[begin:last]


def _range(token: Token) -> tuple[int, int]:
    """Where a token stands in the content of its block.

    Each asterisk was a token of its own: of two that open bold text the second one stayed, of two that
    close it the first.
    """
    at, end = int(token.meta["at"]), int(token.meta.get("end", token.meta["at"]))
    if token.type in {"em_open", "strong_open"}:
        return at - len(token.markup) + 1, end
    if token.type in {"em_close", "strong_close"}:
        return at, at + len(token.markup)
    return at, end
