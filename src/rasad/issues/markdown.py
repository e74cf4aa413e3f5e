"""The Markdown of manuscripts: CommonMark with tables, notes, spans and fenced blocks.

The same text is read by pandoc and Zettlr: ``[words]{.class #id key=value}`` is pandoc's
bracketed span, ``::: {.class}`` its fenced block, ``[@key]`` its citation.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .use(attrs_plugin, spans=True, after=())
        .use(container_plugin, name="div", validate=_opens_block)
        .use(footnote_plugin, inline=False)
        .use(front_matter_plugin)
    )


def _opens_block(info: str, *_: object) -> bool:
    return info.strip().startswith("{")


def parse_blocks(text: str) -> list[Token]:
    """The block tokens of a manuscript, each ``inline`` token with its children."""
    return _parser().parse(text)


def parse_inline(text: str, notes: Iterable[str] = ()) -> list[Token]:
    """The inline tokens of one paragraph of text; ``notes`` are the labels of its footnotes."""
    known = {"footnotes": {"refs": {f":{label}": -1 for label in notes}}}
    tokens = _parser().parseInline(text, known)
    return tokens[0].children or []


def parse_attributes(info: str) -> dict[str, str]:
    """Read ``{.class #id key=value}``; classes are joined under ``class``.

    Raises:
        ValueError: If it is not of that form.
    """
    try:
        _, attributes = parse(info.strip())
    except ParseError as error:
        raise ValueError(f"the attributes {info.strip()} can't be read") from error
    return attributes
