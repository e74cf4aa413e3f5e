"""The blocks of a manuscript: tokens of Markdown into headings, figures, recommendations."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from rasad.errors import Faults, ManuscriptError, Place, RasadError
from rasad.issues.analysis import KINDS, AnalysisReader
from rasad.issues.markdown import parse_attributes, parse_inline
from rasad.issues.marks import ID, PROSE, Inherited, InlineReader
from rasad.issues.parts import HOMES
from rasad.model.issue import (
    Analysis,
    Block,
    Box,
    Figure,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Part,
    Recommendation,
    Run,
    Table,
    walk_inlines,
)

FIGURE_KINDS = {"figure": "chart", "table": "name"}
BOXES = ("key-judgements",)

Translate = Callable[[str, int], tuple[str, Place]]
"""Gives a paragraph in another language, and its place there; its line in the original comes with it."""

_SECTION = re.compile(r"\s*\{#([A-Za-z][\w-]*)\}\s*$")


def without_section(text: str) -> tuple[str, str]:
    """A heading's text and the id of its section, ``{#id}`` at its end."""
    match = _SECTION.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


class BlockReader:
    """Walks the tokens of a manuscript into blocks, translating each paragraph on the way."""

    def __init__(
        self,
        path: Path,
        tokens: list[Token],
        translate: Translate | None,
        faults: Faults | None = None,
        *,
        finished: bool = True,
    ) -> None:
        """Begin at the first block; with ``faults`` what can't stand is added there and left out."""
        self._path = path
        self._faults = faults
        self._finished = finished
        self._tree = SyntaxTreeNode(tokens)
        self._translate = translate
        self._notes = {
            str(node.meta.get("label", "")): node
            for block in self._tree.children
            if block.type == "footnote_block"
            for node in block.children
        }
        self._line = 1
        self._reading: list[str] = []
        self._analysis = ""
        self.cited_notes: set[str] = set()
        self.runs: list[Run] = []

    def blocks(self) -> tuple[Block, ...]:
        skipped = ("front_matter", "footnote_block", "hr")
        return self._blocks([node for node in self._tree.children if node.type not in skipped])

    def _blocks(self, nodes: list[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(self._whole_or_nothing(node) for node in nodes)

    def _whole_or_nothing(self, node: SyntaxTreeNode) -> Block:
        """A block; one that can't stand is left out, where faults are collected."""
        try:
            return self._block(node)
        except ManuscriptError as error:
            if self._faults is None:
                raise
            self._faults.add(error)
            return Paragraph(())

    def _block(self, node: SyntaxTreeNode) -> Block:
        self._line = node.map[0] + 1 if node.map else self._line
        readers: dict[str, Callable[[SyntaxTreeNode], Block]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "bullet_list": self._listing,
            "ordered_list": self._listing,
            "table": self._table,
            "blockquote": lambda quote: Box("quote", self._blocks(quote.children)),
            "container_div": self._fenced,
        }
        if node.type not in readers:
            self._refuse(f"a '{node.type}' can't stand in an issue")
        return readers[node.type](node)

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        line = self._line
        inline = node.children[0]
        text, section = without_section(inline.content)
        children = self._inlines(text)
        return Heading(int(node.tag[1]), section or f"line-{line}", children, Place(self._path, line))

    def _paragraph(self, node: SyntaxTreeNode) -> Paragraph:
        return Paragraph(self._inlines(node.children[0].content))

    def _listing(self, node: SyntaxTreeNode) -> Listing:
        entries = tuple(self._blocks(entry.children) for entry in node.children)
        return Listing(node.type == "ordered_list", entries)

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [self._cells(row) for part in node.children for row in part.children]
        return Table(header=rows[0], rows=tuple(rows[1:]))

    def _cells(self, row: SyntaxTreeNode) -> tuple[tuple[Inline, ...], ...]:
        self._line = row.map[0] + 1 if row.map else self._line
        cells = [cell.children[0].content if cell.children else "" for cell in row.children]
        return tuple(self._inlines(cell) if cell else () for cell in cells)

    def _fenced(self, node: SyntaxTreeNode) -> Block:
        at = Place(self._path, self._line)
        try:
            given = parse_attributes(node.info)
        except ValueError as error:
            self._refuse(str(error))
        kind = given.pop("class", "")
        if any(child.type == "heading" for child in node.children):
            self._refuse(
                f"a heading stands inside the block .{kind}", "Close the block with a line of ::: before it."
            )
        if kind in FIGURE_KINDS:
            return self._figure(node, kind, given, at)
        if kind == "recommendation":
            return self._recommendation(node, given, at)
        if kind in BOXES:
            return Box(kind, self._blocks(node.children))
        if kind in KINDS:
            return self._analyse(node, kind, given, at)
        known = ", ".join([*FIGURE_KINDS, "recommendation", *BOXES, *KINDS])
        return self._refuse(f"'.{kind}' is not a block", f"Known: {known}.")

    def _figure(self, node: SyntaxTreeNode, kind: str, given: dict[str, str], at: Place) -> Figure:
        what = FIGURE_KINDS[kind]
        for name in ("id", what):
            if not given.get(name):
                self._refuse(f"a .{kind} lacks '{name}'", f"Write ::: {{.{kind} #some-id {what}=…}}.")
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            self._refuse(f"the .{kind} '{given['id']}' needs one paragraph as its caption")
        self._check_id(given["id"])
        caption = self._inlines(node.children[0].children[0].content)
        figure_id, name = given.pop("id"), given.pop(what)
        return Figure(figure_id, kind, name, tuple(given.items()), caption, at)

    def _recommendation(self, node: SyntaxTreeNode, given: dict[str, str], at: Place) -> Block:
        for name in ("id", "findings"):
            if not given.get(name):
                self._refuse(
                    f"a recommendation lacks '{name}'",
                    'Write ::: {.recommendation #r1 findings="j1 j2"}.',
                )
        self._check_id(given["id"])
        findings = tuple(given["findings"].split())
        return Recommendation(given["id"], findings, self._blocks(node.children), at)

    def _analyse(self, node: SyntaxTreeNode, kind: str, given: dict[str, str], at: Place) -> Analysis:
        block_id = given.pop("id", "")
        if block_id:
            self._check_id(block_id)
        self._analysis = kind
        block = AnalysisReader(kind, at, self._run).block(block_id, given, node.children)
        self._analysis = ""
        return block

    def _run(self, text: str, line: int) -> Run:
        self._line = line
        self._inlines(text)
        return self.runs[-1]

    def inlines(self, text: str, line: int) -> tuple[Inline, ...]:
        """A run of text from outside the blocks, as the question in the front matter."""
        self._line = line
        return self._inlines(text) if text else ()

    def _inlines(self, text: str) -> tuple[Inline, ...]:
        at = Place(self._path, self._line)
        inherited: Inherited = {}
        children: tuple[Inline, ...] = ()
        try:
            if self._translate is not None:
                inherited = _claims_of(text)
                text, at = self._translate(text, self._line)
            reader = InlineReader(at, self._note, inherited, self._finished)
            children = reader.read(parse_inline(text, self._notes))
            for inline in walk_inlines(children):
                if isinstance(inline, Part) and inline.kind not in HOMES.get(self._analysis, ()):
                    self._stray(inline)
        except RasadError as error:
            if self._faults is None:
                raise
            self._faults.add(error)
        self.runs.append(Run(at, children))
        return children

    def _stray(self, part: Part) -> NoReturn:
        home = next(block for block, kinds in HOMES.items() if part.kind in kinds)
        raise ManuscriptError(
            f"a .{part.kind} stands outside a block .{home}", at=part.at, do=f"Open one with ::: {{.{home}}}."
        )

    def _note(self, label: str) -> tuple[Inline, ...]:
        node = self._notes.get(label)
        if node is None or label in self._reading:
            what = "has no text" if node is None else "is cited in itself"
            self._refuse(f"the note [^{label}] {what}", f"Give it a line [^{label}]: with its text.")
        before = self._line
        self._line = node.map[0] + 1 if node.map else self._line
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            self._refuse(f"the note [^{label}] has more than one paragraph", "Write it as one.")
        self._reading.append(label)
        self.cited_notes.add(label)
        inlines = self._inlines(node.children[0].children[0].content)
        self._reading.pop()
        self._line = before
        return inlines

    def _check_id(self, name: str) -> None:
        if ID.fullmatch(name) is None:
            self._refuse(f"'#{name}' is not an id", "Use letters, digits and hyphens.")

    def _refuse(self, what: str, do: str | None = None) -> NoReturn:
        raise ManuscriptError(what, at=Place(self._path, self._line), do=do)


def _claims_of(text: str) -> Inherited:
    """Attributes of the claims in an original paragraph, by id, for its translation to inherit.

    The reason of a confidence is prose, which each language writes itself; so is what would change our mind.
    """
    return {
        str(token.attrs["id"]): {name: str(text) for name, text in token.attrs.items() if name not in PROSE}
        for token in parse_inline(text)
        if token.type == "span_open" and "id" in token.attrs
    }
