"""The lines of a PDF into its paragraphs, by what a reader sees: gaps, indents, sizes, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rasad.documents.building import BlockBuilder
from rasad.documents.document import Block, BlockKind
from rasad.documents.pdf_page import Line

_ITEM = re.compile(r"\s*(?:[•‣▪◦–*-]|[0-9۰-۹٠-٩]{1,2}[.)])\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?؟۔:…][\"'”’»)\]]*\s*$")
_BULLET = re.compile(r"\s*[•‣▪◦]\s*(?=\S)")
_LONGEST_HEADING = 200
_WIDER_GAP = 1.22
_OTHER_SIZE = 0.07
_INDENT = 0.7


@dataclass(frozen=True)
class Joins:
    """How what stands apart on the pages belongs together.

    ``keeps_hyphen`` tells whether a word that was cut has a hyphen of its own, ``notes`` gives the ids of
    notes by ``page-number``.
    """

    keeps_hyphen: Callable[[str, str], bool]
    notes: dict[str, str]


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of the text, over all pages, grouped into paragraphs."""
    pitch = _pitch(lines)
    width = _widths(lines)
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, pitch, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def make_block(
    group: Sequence[Line], joins: Joins, kind: BlockKind = "paragraph", *, level: int = 0, skipped: int = 0
) -> Block | None:
    """One block of its lines, without the first characters, which are the mark of a list or note."""
    builder = BlockBuilder(line=group[0].number, page=group[0].page)
    for number, line in enumerate(group):
        builder.line, builder.page = line.number, line.page
        begin = skipped if number == 0 else 0
        text = line.text
        following = group[number + 1].text if number + 1 < len(group) else ""
        if line.is_cut and (not following or joins.keeps_hyphen(text, following)):
            text += "-"
        _add(builder, line, text[begin:], begin, joins.notes)
        if not line.is_cut:
            builder.add(" ", len(text))
    block = builder.block(kind, level=level)
    marker = group[0].text[:skipped].strip()
    return replace(block, marker=marker) if block is not None and marker else block


def _add(builder: BlockBuilder, line: Line, text: str, begin: int, notes: dict[str, str]) -> None:
    """Add a line from its character ``begin``, stopping wherever a mark or a link begins or ends."""
    stops = {at for at, _ in line.marks} | {at for start, end, _ in line.links for at in (start, end)}
    last = begin + len(text)
    cuts = sorted({begin, last, *(at for at in stops if begin < at < last)})
    starts: dict[tuple[int, int, str], int] = {}
    for at, end in pairwise([*cuts, last]):
        for number in (number for mark_at, number in line.marks if mark_at == at > begin):
            note = notes.get(f"{line.page}-{int(number)}")
            builder.point("footnote-ref" if note is not None else "note-mark", note or "", at, number)
        for link in (link for link in line.links if link[0] <= at < link[1]):
            starts.setdefault(link, builder.length)
        builder.add(text[at - begin : end - begin], at)
        for link in [link for link in starts if link[1] <= end or end == last]:
            written = line.text[link[0] : link[1]].strip()
            builder.span("link", starts.pop(link), link[2], link[0], written)


def kind_of(group: Sequence[Line], body: float, sizes: Sequence[float]) -> tuple[BlockKind, int, int]:
    """The kind of a paragraph, the level of a heading, and how many characters a list's mark takes."""
    text = " ".join(line.text for line in group)
    bullet = _BULLET.match(text)
    if bullet is not None:
        return "list-item", 0, bullet.end()
    height = median(line.height for line in group)
    if len(text) <= _LONGEST_HEADING and not re.search(r"[.؛;,،]\s*$", text):
        if height > (1 + 2 * _OTHER_SIZE) * body:
            return "heading", min(1 + sum(size > height * (1 + _OTHER_SIZE / 2) for size in sizes), 6), 0
        if height >= _heading_least(body) and _is_bold(group) and any(map(str.isalpha, text)):
            return "heading", min(1 + len(sizes), 6), 0
    item = _ITEM.match(group[0].text)
    return ("list-item", 0, item.end()) if item is not None else ("paragraph", 0, 0)


def heading_sizes(groups: Sequence[Sequence[Line]], body: float) -> list[float]:
    """The sizes larger than the text, as far as they can be told apart."""
    sizes: list[float] = []
    for group in groups:
        height = median(line.height for line in group)
        is_larger = kind_of(group, body, ())[0] == "heading" and height > (1 + 2 * _OTHER_SIZE) * body
        if is_larger and all(abs(height - size) > _OTHER_SIZE / 2 * size for size in sizes):
            sizes.append(height)
    return sizes


def _heading_least(body: float) -> float:
    return (1 - _OTHER_SIZE) * body


def _begins(group: Sequence[Line], line: Line, pitch: float, width: dict[int, float]) -> bool:
    last = group[-1]
    if last.is_cut:
        return False
    looks_other = abs(last.height - line.height) > _OTHER_SIZE * last.height
    if looks_other or (_is_bold(group) and not line.is_bold) or _ITEM.match(line.text):
        return True
    ended = _SENTENCE_END.search(last.text) is not None
    is_short = (last.right - last.left) < 0.75 * width[last.page]
    if line.page != last.page or line.foot > last.foot + last.height / 2:
        return ended or is_short
    is_far = last.foot - line.foot > _WIDER_GAP * pitch * line.height
    return is_far or _is_indented(group, line) or (ended and is_short)


def _is_bold(group: Sequence[Line]) -> bool:
    return all(line.is_bold for line in group)


def _is_indented(group: Sequence[Line], line: Line) -> bool:
    """Whether a line stands further in than the one before; the lines of an item all do."""
    if _ITEM.match(group[0].text):
        return False
    last = group[-1]
    inward = last.right - line.right if line.is_rtl else line.left - last.left
    return inward > _INDENT * line.height and len(group) + (inward < 4 * line.height) > 1


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in heights of a line."""
    steps = [
        (one.foot - other.foot) / other.height
        for one, other in pairwise(lines)
        if one.page == other.page
        and one.foot > other.foot
        and abs(one.height - other.height) < 0.5
        and other.height
    ]
    close = [step for step in steps if step < 3]
    return median(close) if close else 1.5


def _widths(lines: Sequence[Line]) -> dict[int, float]:
    """The width of the widest lines of each page."""
    widths: dict[int, float] = {}
    for line in lines:
        widths[line.page] = max(widths.get(line.page, 0.0), line.right - line.left)
    return widths
