"""HTML into tags and text, each with its offset in the source.

Own, because no parser keeps the place of a word: lxml tells the line of a tag, html5lib none, and
``html.parser`` takes quadratic time on a comment that is never closed. Each character is looked at once;
nothing is run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple, cast

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is no markup, up to their own end tag."""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)

_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_NAME = re.compile(r"[A-Za-z][^\s/>\0]*")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"?|'(?P<single>[^']*)'?|(?P<bare>[^\s>"'][^\s>]*)?))?"""
)


class Tag(NamedTuple):
    """A start tag, or an end tag without attributes; the source has it in ``[start, end)``."""

    name: str
    attributes: dict[str, str]
    is_end: bool
    is_closed: bool
    start: int
    end: int


class Text(NamedTuple):
    """Characters; where ``width`` is their length, the source has them as they are."""

    text: str
    start: int
    width: int


def tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Tag | Text]:
    """The tags and texts of a stretch of HTML; comments and declarations are left out."""
    position, stop = start, len(source) if end is None else end
    while position < stop:
        found = _MARKUP.search(source, position, stop)
        mark = found.start() if found is not None else stop
        if mark != position:
            yield from _texts(source, position, mark)
            position = mark
            continue
        tag = _tag(source, mark, stop)
        if tag is not None:
            yield tag
            position = tag.end
            if tag.name in RAW and not tag.is_end:
                position = _raw_end(source, tag, stop)
                yield from _texts(source, tag.end, position) if tag.name in {"title", "textarea"} else ()
        else:
            position = _skipped(source, mark, stop)


def _texts(source: str, start: int, end: int) -> Iterator[Text]:
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        meant = unescape(match[0])
        if meant == match[0]:
            continue
        if match.start() > position:
            yield Text(source[position : match.start()], position, match.start() - position)
        # "&notit;" stands for "¬it;": the characters after the reference are its own.
        kept = _kept(match[0], meant)
        position = match.end() - kept
        yield Text(meant[: len(meant) - kept], match.start(), position - match.start())
    if position < end:
        yield Text(source[position:end], position, end - position)


def _kept(written: str, meant: str) -> int:
    """How many characters at the end are as they were written."""
    count = 0
    while count < len(meant) - 1 and written[-count - 1] == meant[-count - 1]:
        count += 1
    return count


def _tag(source: str, mark: int, stop: int) -> Tag | None:
    is_end = source.startswith("/", mark + 1)
    name = _NAME.match(source, mark + 1 + is_end, stop)
    if name is None:
        return None
    attributes: dict[str, str] = {}
    position = name.end()
    while position < stop:
        position = cast("re.Match[str]", _GAP.match(source, position, stop)).end()
        match = _ATTRIBUTE.match(source, position, stop)
        if match is None:
            break
        position = match.end()
        value = match["double"] or match["single"] or match["bare"] or ""
        attributes.setdefault(match[1].lower(), unescape(value))
    is_closed = source.startswith("/", position - 1)
    return Tag(name[0].lower(), attributes, is_end, is_closed, mark, min(position + 1, stop))


def _raw_end(source: str, tag: Tag, stop: int) -> int:
    match = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(source, tag.end, stop)
    return match.start() if match is not None else stop


def _skipped(source: str, mark: int, stop: int) -> int:
    """The end of a comment or of a declaration."""
    if source.startswith("<!--", mark):
        found = source.find("-->", mark + 4, stop)
        return found + 3 if found >= 0 else stop
    found = source.find(">", mark, stop)
    return found + 1 if found >= 0 else stop
