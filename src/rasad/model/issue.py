"""An issue as a tree: blocks, inlines, and the marks that tie a sentence to its evidence.

One tree is one language's text; every edition of an issue has the same marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  (an issue has a field of that name)

from rasad.errors import Place

# ---- inlines ----------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Verbatim:
    """Words taken as they stand, digits among them: a name, a title, a quotation."""

    children: tuple[Inline, ...]


EVENT = "event:"
"""Before the id of an event, where a citation names one and not a reference."""


@dataclass(frozen=True)
class Citation:
    """``[@key; @event:C246]``: keys of references, and events with their prefix."""

    keys: tuple[str, ...]
    at: Place


@dataclass(frozen=True)
class Note:
    """A footnote; its text is a paragraph of its own in the manuscript."""

    label: str
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class DateMark:
    """A date to be written in the edition's own calendars; ``form`` is day or month."""

    day: Day
    form: str


@dataclass(frozen=True)
class ActorMark:
    """The house name of an actor on a day."""

    actor: str
    on: Day | None


@dataclass(frozen=True)
class MeasureMark:
    """A number to be computed, or words (``children``) that stand only while it holds."""

    arguments: tuple[tuple[str, str], ...]
    children: tuple[Inline, ...]
    at: Place

    @property
    def name(self) -> str:
        return dict(self.arguments).get("name", "")


@dataclass(frozen=True)
class ClaimMark:
    """A sentence that says something: fact, judgement or forecast."""

    claim_id: str
    kind: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Inline, ...]
    at: Place

    def get(self, name: str) -> str:
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True)
class Part:
    """Words that play a part in a block of analysis: an indicator, a scenario, a benefit."""

    kind: str
    part_id: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Inline, ...]
    at: Place

    def get(self, name: str) -> str:
        return dict(self.attributes).get(name, "")


Inline = (
    Text | LineBreak | Strong | Emphasis | Link | Verbatim | Citation | Note
    | DateMark | ActorMark | MeasureMark | ClaimMark | Part
)  # fmt: skip

# ---- blocks -----------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    level: int
    section: str
    children: tuple[Inline, ...]
    at: Place


@dataclass(frozen=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """A list, numbered or not; an entry is a run of blocks."""

    numbered: bool
    entries: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table typed by the author: a header row and body rows of cells."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart or table that is computed; ``arguments`` say of what."""

    figure_id: str
    kind: str
    name: str
    arguments: tuple[tuple[str, str], ...]
    caption: tuple[Inline, ...]
    at: Place


@dataclass(frozen=True)
class Recommendation:
    recommendation_id: str
    findings: tuple[str, ...]
    blocks: tuple[Block, ...]
    at: Place


@dataclass(frozen=True)
class Box:
    """Blocks set apart: ``key-judgements`` or ``quote``."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Analysis:
    """A block of structured analysis: ``assumptions``, ``indicators``, ``scenarios``, ``hypotheses``, ….

    A list has rows of one cell and no header; a sign of a table of hypotheses is a text of its own.
    """

    kind: str
    block_id: str
    attributes: tuple[tuple[str, str], ...]
    caption: tuple[Inline, ...]
    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    at: Place

    @property
    def key(self) -> str:
        """What it is known by within its issue: its id, else its line."""
        return self.block_id or f"line {self.at.line}"


Block = Heading | Paragraph | Listing | Table | Figure | Recommendation | Box | Analysis


@dataclass(frozen=True)
class Run:
    """A run of inlines with its place in the file it was written in; editions have the same runs."""

    at: Place
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Issue:
    """One issue in one language; ``runs`` are all its paragraphs, headings, cells and notes."""

    number: int
    date: Day
    as_of: Day
    dyad: str
    title: str
    question: tuple[Inline, ...]
    languages: tuple[str, ...]
    language: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]
    authors: tuple[str, ...] = ()


def child_inlines(inline: Inline) -> tuple[Inline, ...]:
    """The inlines directly inside one, none for a leaf."""
    return getattr(inline, "children", ())


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline with all inside it, in reading order."""
    for inline in inlines:
        yield inline
        yield from walk_inlines(child_inlines(inline))


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block with all inside it, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Listing):
            for entry in block.entries:
                yield from walk_blocks(entry)
        elif isinstance(block, Recommendation | Box):
            yield from walk_blocks(block.blocks)


def inline_runs(block: Block) -> Iterator[tuple[Inline, ...]]:
    """The runs of inlines that stand directly in a block, not in the blocks inside it."""
    if isinstance(block, Heading | Paragraph):
        yield block.children
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Table | Analysis):
        if isinstance(block, Analysis):
            yield block.caption
        yield from block.header
        for row in block.rows:
            yield from row


def issue_inlines(issue: Issue) -> Iterator[Inline]:
    """Every inline of an issue, in reading order."""
    yield from walk_inlines(issue.question)
    for block in walk_blocks(issue.blocks):
        for run in inline_runs(block):
            yield from walk_inlines(run)


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The typed words of a run, without what marks add to them."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append(" ")
        elif not isinstance(inline, Note):
            parts.append(plain_text(child_inlines(inline)))
    return "".join(parts)


def parts_of(issue: Issue) -> Iterator[Part]:
    """Every part of the blocks of analysis, in reading order."""
    for inline in issue_inlines(issue):
        if isinstance(inline, Part):
            yield inline
