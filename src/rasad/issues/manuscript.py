"""Manuscripts: an ``issue.md`` and its translations as trees of blocks and marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rasad.errors import ManuscriptError, Place
from rasad.issues.markdown import parse_attributes, parse_blocks, parse_inline
from rasad.issues.marks import ID, Inherited, InlineReader
from rasad.languages import LANGUAGES
from rasad.model.dyad import Dyad
from rasad.model.issue import (
    Block,
    Box,
    Figure,
    Heading,
    Inline,
    Issue,
    Listing,
    Paragraph,
    Recommendation,
    Run,
    Table,
)

ORIGINAL = "en"
"""The language that an issue is written in."""

MAX_BYTES = 4_000_000
FIGURE_KINDS = {"figure": "chart", "table": "name"}
BOXES = ("key-judgements",)

_SECTION = re.compile(r"\s*\{#([A-Za-z][\w-]*)\}\s*$")

Translate = Callable[[str, int], tuple[str, Place]]
"""Gives a paragraph in another language, and its place there; its line in the original comes with it."""


class _Front(BaseModel):
    """The front matter of an issue; nothing else may stand there."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=1_000_000)
    date: date
    as_of: date
    dyad: str = ""
    title: str = Field(min_length=1, max_length=300)
    question: str = Field(default="", max_length=600)
    languages: list[str] = Field(default=list(LANGUAGES), min_length=1)
    authors: list[str] = []

    @field_validator("languages")
    @classmethod
    def _begin_with_the_original(cls, codes: list[str]) -> list[str]:
        for code in codes:
            if code not in LANGUAGES:
                raise ValueError(f"'{code}' is not a language; known: {', '.join(LANGUAGES)}")
        if codes[0] != ORIGINAL or len(set(codes)) != len(codes):
            raise ValueError(f"the list begins with '{ORIGINAL}', the original, and names each once")
        return codes

    @field_validator("dyad")
    @classmethod
    def _is_dyad(cls, dyad: str) -> str:
        if dyad:
            Dyad.parse(dyad)
        return dyad


@dataclass(frozen=True)
class Unit:
    """One paragraph to translate: its Markdown and the line where it stands."""

    text: str
    line: int
    section: str


class Manuscript:
    """An ``issue.md``, read once and given out in each language."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            ManuscriptError: If it is missing, too large, not UTF-8, or its front matter
                can't be read.
        """
        self.path = path
        self._text = _read(path)
        self._tokens = parse_blocks(self._text)
        self.front = self._front_matter()

    def issue(self, lang: str, translate: Translate | None = None) -> Issue:
        """The issue in a language; without ``translate`` it is the original.

        Raises:
            ManuscriptError: If a mark or block can't stand.
        """
        reader = _BlockReader(self.path, self._tokens, translate)
        front = self.front
        title = front.title
        if translate is not None:
            title, _ = translate(title, self._front_line("title"))
        question = reader.inlines(front.question, self._front_line("question"))
        blocks = reader.blocks()
        return Issue(
            number=front.number,
            date=front.date,
            as_of=front.as_of,
            dyad=front.dyad,
            title=title,
            question=question,
            languages=tuple(front.languages),
            language=lang,
            blocks=blocks,
            runs=tuple(reader.runs),
            authors=tuple(front.authors),
        )

    def units(self) -> list[Unit]:
        """Every paragraph to translate, in reading order, each text once."""
        found: dict[str, Unit] = {}
        for name in ("title", "question"):
            text = getattr(self.front, name)
            if text:
                found[text] = Unit(text, self._front_line(name), "masthead")
        for unit in self._inline_units():
            found.setdefault(unit.text, unit)
        return list(found.values())

    def _inline_units(self) -> Iterator[Unit]:
        section, line, heading = "", 0, False
        for token in self._tokens:
            line = token.map[0] + 1 if token.map else line
            if token.type == "heading_open":
                heading = True
            elif token.type == "inline" and token.content:
                text, found = _without_section(token.content) if heading else (token.content, "")
                section = found or section
                heading = False
                yield Unit(text, line, section)

    def _front_matter(self) -> _Front:
        if not self._tokens or self._tokens[0].type != "front_matter":
            raise ManuscriptError(
                "the issue has no front matter",
                at=Place(self.path, 1),
                do="Begin with a block between --- lines: number, date, as_of, title.",
            )
        try:
            return _Front.model_validate(yaml.safe_load(self._tokens[0].content) or {})
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark is not None else 1
            problem = getattr(error, "problem", None) or "not YAML"
            self._refuse_front(f"the front matter can't be read ({problem})", line)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(next(iter(first["loc"]), "")) or "front matter"
            message = first["msg"].removeprefix("Value error, ")
            self._refuse_front(f"front matter, '{name}': {message}", self._front_line(name))

    def _refuse_front(self, what: str, line: int) -> NoReturn:
        raise ManuscriptError(what, at=Place(self.path, line))

    def _front_line(self, name: str) -> int:
        for number, line in enumerate(self._text.splitlines(), start=1):
            if line.startswith(f"{name}:"):
                return number
        return 1


def _read(path: Path) -> str:
    if not path.is_file():
        raise ManuscriptError("there is no manuscript here", at=path, do="Write one, or name another issue.")
    if path.stat().st_size > MAX_BYTES:
        raise ManuscriptError(f"the manuscript is over {MAX_BYTES:,} bytes", at=path, do="Split it.")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ManuscriptError(f"byte {error.start} is not UTF-8", at=path, do="Save it as UTF-8.") from error


def _without_section(text: str) -> tuple[str, str]:
    match = _SECTION.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


class _BlockReader:
    """Walks the tokens of a manuscript into blocks, translating each paragraph on the way."""

    def __init__(self, path: Path, tokens: list[Token], translate: Translate | None) -> None:
        self._path = path
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
        self.runs: list[Run] = []

    def blocks(self) -> tuple[Block, ...]:
        skipped = ("front_matter", "footnote_block", "hr")
        return self._blocks([node for node in self._tree.children if node.type not in skipped])

    def _blocks(self, nodes: list[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(self._block(node) for node in nodes)

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
        inline = node.children[0]
        text, section = _without_section(inline.content)
        children = self._inlines(text)
        return Heading(int(node.tag[1]), section or f"line-{self._line}", children)

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
        if kind in FIGURE_KINDS:
            return self._figure(node, kind, given, at)
        if kind == "recommendation":
            return self._recommendation(node, given, at)
        if kind in BOXES:
            return Box(kind, self._blocks(node.children))
        known = ", ".join([*FIGURE_KINDS, "recommendation", *BOXES])
        self._refuse(f"'.{kind}' is not a block", f"Known: {known}.")

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

    def inlines(self, text: str, line: int) -> tuple[Inline, ...]:
        """A run of text from outside the blocks, as the question in the front matter."""
        self._line = line
        return self._inlines(text) if text else ()

    def _inlines(self, text: str) -> tuple[Inline, ...]:
        at = Place(self._path, self._line)
        inherited: Inherited = {}
        if self._translate is not None:
            inherited = _claims_of(text)
            text, at = self._translate(text, self._line)
        children = InlineReader(at, self._note, inherited).read(parse_inline(text, self._notes))
        self.runs.append(Run(at, children))
        return children

    def _note(self, label: str) -> tuple[Inline, ...]:
        node = self._notes.get(label)
        if node is None or label in self._reading:
            what = "has no text" if node is None else "is cited in itself"
            self._refuse(f"the note [^{label}] {what}", f"Give it a line [^{label}]: with its text.")
        before = self._line
        self._line = node.map[0] + 1 if node.map else self._line
        self._reading.append(label)
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
    """Attributes of the claims in an original paragraph, by id, for its translation to inherit."""
    found: dict[str, dict[str, Any]] = {}
    for token in parse_inline(text):
        if token.type == "span_open" and "id" in token.attrs:
            found[str(token.attrs["id"])] = dict(token.attrs)
    return found
