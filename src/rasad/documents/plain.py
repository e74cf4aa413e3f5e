"""Plain text into paragraphs: between empty lines, or a line each where the lines are long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasad.documents.building import BlockBuilder, Lines
from rasad.documents.document import Block, BlockKind

WIDEST_WRAP = 120
"""A line longer than this was not broken by hand or by a mail program: it is a paragraph."""

_PARAGRAPH: BlockKind = "paragraph"
_ITEM_KIND: BlockKind = "list-item"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(r"\s*(?:[-*+•–]|[0-9۰-۹٠-٩]{1,3}[.)])\s+(?=\S)")


def text_blocks(source: str) -> Iterator[Block]:
    """The paragraphs and list items of a plain text."""
    lines = Lines(source)
    found = [match for match in _LINE.finditer(source) if match[0]]
    wraps = all(len(match[0].rstrip()) <= WIDEST_WRAP for match in found)
    builder, kind = BlockBuilder(lines), _PARAGRAPH
    for match in found:
        item = _ITEM.match(match[0])
        if not wraps or item is not None or not match[0].strip():
            yield from _finished(builder, kind)
            builder, kind = BlockBuilder(lines), _PARAGRAPH if item is None else _ITEM_KIND
        skipped = item.end() if item is not None else 0
        builder.add(match[0][skipped:], match.start() + skipped)
    yield from _finished(builder, kind)


def _finished(builder: BlockBuilder, kind: BlockKind) -> Iterator[Block]:
    block = builder.block(kind)
    if block is not None:
        yield block
