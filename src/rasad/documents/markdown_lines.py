"""Where the content of a block stands in the lines of its source, without quote marks and indents."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from rasad.documents.building import Lines

_MOST_BARE = 50
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Content:
    """The text of a block as its parser sees it; ``starts[i]`` of it stands at ``offsets[i]``."""

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset(self, at: int) -> int:
        """The offset in the source of a character of the content."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        return self.offsets[index] + at - self.starts[index]

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The range cut where it goes from one line or stretch of the source to the next."""
        first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
        cuts = [start, *self.starts[first:last], end]
        return [(one, other) for one, other in pairwise(cuts) if other > one]

    def moved(self, image: Token) -> Content:
        """The content of a picture's description, which its tokens count from its own beginning."""
        shift = int(image.meta["at"]) + len("![")
        return Content(self.text[shift:], tuple(start - shift for start in self.starts), self.offsets)


def line_content(content: str, source: str, lines: Lines, first: int) -> Content:
    """The content of a block of whole lines, the first of which is line ``first`` counted from 0.

    Markup stands before a line's content and, in a heading, after it; so the content is the end of its line.
    """
    starts, offsets, at = [], [], 0
    texts = content.split("\n")
    # Lines of nothing but no-break spaces at its beginning are no part of a paragraph.
    last = min(first + _MOST_BARE, len(lines.starts) - 1)
    while first < last and texts[0].strip() not in _line(source, lines, first)[1]:
        first += 1
    for number, text in enumerate(texts, start=first):
        body = text.strip()
        line_start, line = _line(source, lines, number)
        starts.append(at + len(text) - len(text.lstrip()))
        offsets.append(line_start + _column(line, body))
        at += len(text) + 1
    return Content(content, tuple(starts), tuple(offsets))


def cell_content(content: str, line: str, line_start: int, begin: int) -> tuple[Content, int]:
    r"""The content of a table's cell, and where in its line to look for the next one.

    ``\|`` is written for ``|`` in a cell, so each of them begins a new stretch.
    """
    written = content.replace("|", "\\|")
    while begin < len(line):
        pipe = _PIPE.search(line, begin)
        end = pipe.start() if pipe is not None else len(line)
        cell = line[begin:end].strip()
        if cell.endswith(written) and (cell or not content):
            at = line_start + line.index(cell, begin) + len(cell) - len(written)
            bars = [match.start() for match in re.finditer(r"\|", content)]
            offsets = (at, *(at + bar + number for number, bar in enumerate(bars, start=1)))
            return Content(content, (0, *bars), offsets), end + 1
        begin = end + 1
    return Content(content, (0,), (line_start,)), begin


def masked_lines(content: str, source: str, lines: Lines, first: int) -> str:
    """The source with spaces for the quote marks that stand before the lines of a block of HTML."""
    masked, end = [source[: lines.starts[first]]], lines.starts[first]
    for number, text in enumerate(content.rstrip("\n").split("\n"), start=first):
        start, line = _line(source, lines, number)
        column = _column(line, text.strip())
        masked += [source[end:start], " " * column, line[column:]]
        end = start + len(line)
    return "".join([*masked, source[end:]])


def _line(source: str, lines: Lines, number: int) -> tuple[int, str]:
    if number >= len(lines.starts):
        return len(source), ""
    start = lines.starts[number]
    end = lines.starts[number + 1] if number + 1 < len(lines.starts) else len(source)
    return start, source[start:end].rstrip("\r\n")


def _column(line: str, body: str) -> int:
    """Where the content of a line begins: it is the end of it, or only closing marks of a heading follow."""
    bare = line.rstrip()
    if bare.endswith(body):
        plain = len(bare) - len(body)
        if not body.endswith("#"):
            return plain
    at = line.find(body)
    while at >= 0:
        if not line[at + len(body) :].strip().strip("#").strip():
            return at
        at = line.find(body, at + 1)
    return 0
