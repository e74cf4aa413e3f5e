"""One edition of an issue as a document: the text that it prints, each word with its place in the manuscript.

Measures, dates and actors stand there as the edition writes them, citations as marks of notes, so that the rules on
documents read what a reader of the edition reads. The notes are the issue's own and, for each thing cited, its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Final, Protocol

from rasad.documents import Block, Document
from rasad.documents import Note as DocumentNote
from rasad.documents.building import BlockBuilder, with_sections
from rasad.documents.document import BlockKind, Place, Property, Span
from rasad.errors import RasadError
from rasad.flow.manuscript_places import SourceFile, Stretch
from rasad.model.issue import (
    EVENT,
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Figure,
    Heading,
    Inline,
    Issue,
    LineBreak,
    Link,
    Listing,
    MeasureMark,
    Note,
    Paragraph,
    Recommendation,
    Run,
    Table,
    Text,
    Verbatim,
    child_inlines,
    walk_blocks,
    walk_inlines,
)
from rasad.model.issue import Block as IssueBlock

UNKNOWN: Final = "\ufffc"
"""Stands where a number can't be had: a text without its desk, or a measure that can't be taken."""

_SPACE_BEFORE: Final = re.compile(r"\s+$")
_PUNCTUATION: Final = re.compile(r"[.,;:،؛؟!?]")


@dataclass(frozen=True)
class Source:
    """What a citation names, as a note tells it, where it is recorded, and the address of its page."""

    text: str
    path: Path
    line: int
    url: str = ""


Cite = Callable[[str], Source | None]
"""Gives the source of a citation; None where it is not known."""


class Printer(Protocol):
    """Writes what marks stand for."""

    def print(self, mark: MeasureMark, lang: str, /) -> str: ...
    def write_date(self, mark: DateMark, lang: str, /) -> str: ...
    def write_actor(self, mark: ActorMark, lang: str, /) -> str: ...


@dataclass(frozen=True)
class Stands:
    """A mark of ours in the printed text: which one, and where."""

    block: int
    start: int
    end: int
    mark: Inline | Recommendation


@dataclass(frozen=True)
class Printed:
    """An edition as a document, with its marks, its sources by the id of their note, and what could not be written."""

    document: Document
    marks: tuple[Stands, ...]
    sources: Mapping[str, Source]
    faults: tuple[RasadError, ...] = ()

    def of(self, *kinds: type) -> Iterator[Stands]:
        """The marks of some kinds."""
        return (one for one in self.marks if isinstance(one.mark, kinds))


@dataclass
class _Line:
    """One paragraph in the making, with the marks in it so far."""

    builder: BlockBuilder
    stretch: Stretch
    marks: list[tuple[int, int, Inline]] = field(default_factory=list)


class EditionText:
    """Turns one edition's issue into a document."""

    def __init__(self, issue: Issue, path: Path, source: SourceFile, printer: Printer, cite: Cite) -> None:
        """Take an edition.

        Args:
            issue: The issue in the edition's language.
            path: The manuscript, or the catalogue of a translation.
            source: Its text.
            printer: Writes numbers, dates and names.
            cite: Gives the source of a citation.
        """
        self._issue = issue
        self._path = path
        self._source = source
        self._printer = printer
        self._cite = cite
        self._faults: list[RasadError] = []
        self._cited: dict[str, Source] = {}

    def printed(self) -> Printed:
        """The document, with a block for every paragraph of the issue, whatever stands in it."""
        issue, kinds = self._issue, _kinds(self._issue)
        notes = _notes(issue)
        blocks: list[Block] = []
        note_blocks: dict[str, Block] = {}
        marks: list[Stands] = []
        labelled = []
        for at, run in enumerate(issue.runs):
            kind, level, inside = kinds.get(id(run.children), OTHER)
            if at == 0:
                kind, level = "heading", 0
            line = self._line(run)
            label = notes.get(id(run.children))
            block = line.builder.block(kind, level=level) or Block(kind, "", self._place(run), level)
            if label is not None:
                if label not in note_blocks:
                    note_blocks[label] = block
                    labelled.append((label, line))
                continue
            marks += [Stands(len(blocks), *found) for found in line.marks]
            if inside is not None:
                marks.append(Stands(len(blocks), 0, len(block.text), inside))
            blocks.append(block)
        for number, (_, line) in enumerate(labelled, start=len(blocks)):
            marks += [Stands(number, *found) for found in line.marks]
        given = [DocumentNote(label, block.place, (block,), 1) for label, block in note_blocks.items()]
        document = Document(
            self._path,
            "markdown",
            tuple(with_sections(blocks)),
            (*given, *self._sources()),
            (Property("date", issue.date.isoformat(), Place(1)),),
            source=self._source.text,
            encoding="utf-8",
        )
        return Printed(document, tuple(marks), self._cited, tuple(self._faults))

    def _line(self, run: Run) -> _Line:
        stretch = self._source.stretch(run.at.line if run.at.path == self._path else 0)
        line = _Line(BlockBuilder(self._source.lines, line=run.at.line), stretch)
        self._add_all(run.children, line)
        return line

    def _place(self, run: Run) -> Place:
        return Place(max(run.at.line, 1))

    def _add_all(self, inlines: tuple[Inline, ...], line: _Line) -> None:
        for inline, after in zip_longest(inlines, inlines[1:]):
            start = line.builder.length
            self._add(inline, after, inlines, line)
            if not isinstance(inline, Text | LineBreak):
                line.marks.append((min(start, line.builder.length), line.builder.length, inline))

    def _add(self, inline: Inline, after: Inline | None, among: tuple[Inline, ...], line: _Line) -> None:
        if isinstance(inline, Text):
            cut = isinstance(after, Citation | Note) and _ends_before_a_stop(inline, among)
            self._add_typed(inline.text, line, cut=cut)
        elif isinstance(inline, LineBreak):
            line.builder.add(" ", line.stretch.offset)
        elif isinstance(inline, Citation):
            self._add_citation(inline, line)
        elif isinstance(inline, Note):
            if inline.children:
                line.builder.point("footnote-ref", inline.label, line.stretch.offset, f"[^{inline.label}]")
            line.stretch.pass_mark(f"[^{inline.label}]")
        elif isinstance(inline, DateMark | ActorMark) or (
            isinstance(inline, MeasureMark) and not inline.children
        ):
            self._add_written(inline, line)
        else:
            self._add_around(inline, line)

    def _add_typed(self, text: str, line: _Line, *, cut: bool) -> None:
        shown = _SPACE_BEFORE.sub("", text) if cut else text
        found = line.stretch.find(shown) if shown.strip() else None
        if found is None:
            line.builder.add_for(shown, line.stretch.offset, 0)
            return
        for part, offset in line.stretch.pieces(*found):
            line.builder.add(part, offset)

    def _add_citation(self, citation: Citation, line: _Line) -> None:
        for key in citation.keys:
            self._point_at(key, line)
        line.stretch.find(f"@{citation.keys[-1]}")
        line.stretch.pass_mark("]")

    def _add_written(self, mark: MeasureMark | DateMark | ActorMark, line: _Line) -> None:
        begin = line.stretch.find("[")
        offset = line.stretch.offset if begin is None else line.stretch.offsets[begin[0]]
        line.stretch.pass_mark("]{")
        line.builder.add_for(self._written(mark), offset, max(line.stretch.offset - offset, 0))

    def _written(self, mark: MeasureMark | DateMark | ActorMark) -> str:
        lang = self._issue.language
        try:
            if isinstance(mark, DateMark):
                return self._printer.write_date(mark, lang)
            if isinstance(mark, ActorMark):
                return self._printer.write_actor(mark, lang)
            return self._printer.print(mark, lang)
        except RasadError as error:
            self._faults.append(error)
        except (LookupError, ValueError):  # an actor that nobody knows is told by its own rule
            pass
        return UNKNOWN

    def _add_around(self, inline: Inline, line: _Line) -> None:
        start, offset = line.builder.length, line.stretch.offset
        self._add_all(child_inlines(inline), line)
        if isinstance(inline, ClaimMark):
            for name in inline.get("evidence").split():
                _ = self._point_at(name, line) or self._point_at(f"{EVENT}{name}", line)
        if isinstance(inline, Link):
            line.builder.span("link", start, inline.href, offset, f"[]({inline.href})")
            line.stretch.pass_mark("](")
        elif isinstance(inline, ClaimMark | Verbatim | MeasureMark):
            line.stretch.pass_mark("]{")

    def _point_at(self, key: str, line: _Line) -> bool:
        source = self._cite(key)
        if source is None:
            return False
        self._cited[key] = source
        line.builder.point("footnote-ref", key, line.stretch.offset, f"[@{key}]")
        return True

    def _sources(self) -> Iterator[DocumentNote]:
        for key, source in self._cited.items():
            place = Place(source.line)
            link = Span(0, len(source.text), "link", source.url, place, 0, source.url)
            block = Block("paragraph", source.text, place, spans=(link,) if source.url else ())
            yield DocumentNote(key, place, (block,), 1)


def _ends_before_a_stop(text: Text, among: tuple[Inline, ...]) -> bool:
    """Whether nothing but citations stands between a text and a stop, before which its last blank would stand."""
    at = next(place for place, inline in enumerate(among) if inline is text)
    after = next((i for i in among[at + 1 :] if not isinstance(i, Citation | Note)), None)
    return after is None or (isinstance(after, Text) and _PUNCTUATION.match(after.text.lstrip()) is not None)


Kind = tuple[BlockKind, int, Recommendation | None]
OTHER: Final[Kind] = ("table-cell", 0, None)
"""What stands in a block that is not prose: its words are read, but need not be whole sentences."""


def _kinds(issue: Issue) -> Mapping[int, Kind]:
    """What each paragraph is, by the identity of its inlines: heading, item, cell, caption; its recommendation."""
    found: dict[int, Kind] = {id(issue.question): ("paragraph", 0, None)} if issue.question else {}
    for block in walk_blocks(issue.blocks):
        for inlines, kind in _kinds_in(block):
            before = found.get(id(inlines))
            if inlines and (before is None or before[0] == "paragraph" or kind[2] is not None):
                found[id(inlines)] = kind
    return found


def _kinds_in(block: IssueBlock) -> Iterator[tuple[tuple[Inline, ...], Kind]]:
    if isinstance(block, Heading):
        yield block.children, ("heading", block.level, None)
    elif isinstance(block, Paragraph):
        yield block.children, ("paragraph", 0, None)
    elif isinstance(block, Figure):
        yield block.caption, ("caption", 0, None)
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from ((cell, ("table-cell", 0, None)) for cell in row)
    elif isinstance(block, Listing):
        entries = (child for entry in block.entries for child in entry)
        yield from ((one.children, ("list-item", 1, None)) for one in entries if isinstance(one, Paragraph))
    elif isinstance(block, Recommendation):
        yield from ((one.children, ("list-item", 1, block)) for one in _paragraphs(block.blocks))


def _paragraphs(blocks: tuple[IssueBlock, ...]) -> Iterator[Paragraph]:
    return (block for block in walk_blocks(blocks) if isinstance(block, Paragraph))


def _notes(issue: Issue) -> dict[int, str]:
    """The labels of notes by the identity of their inlines."""
    return {
        id(inline.children): inline.label
        for run in issue.runs
        for inline in walk_inlines(run.children)
        if isinstance(inline, Note) and inline.children
    }
