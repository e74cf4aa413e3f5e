"""One paragraph of a Word file into a block: its words, links, note marks, comments and emphasis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from rasad.documents.building import BlockBuilder
from rasad.documents.document import SpanKind
from rasad.documents.html_blocks import EXPONENT
from rasad.documents.html_notes import NUMBER
from rasad.documents.word_package import Relation
from rasad.documents.word_runs import Mark, attribute, marks
from rasad.documents.word_styles import child, is_on

_MOST_FIELDS = 50
"""Fields inside one another that are told apart; a file that has more was made to be slow."""

_LINK_FIELD = re.compile(r"\s*HYPERLINK\b(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r'(?P<anchor>\\l\s+)?"(?P<target>[^"]*)"')
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Open:
    """A span that has begun: at a character of the block, which is ``at`` in the paragraph."""

    kind: SpanKind
    target: str
    start: int
    at: int


@dataclass(slots=True)
class _Field:
    """A field between its three marks: the instruction is no text, its result is."""

    instruction: str = ""
    has_result: bool = False
    link: _Open | None = None


class ParagraphReader:
    """Reads a paragraph; ``number`` is its line, and the offset of a character its column."""

    def __init__(
        self,
        paragraph: etree._Element,
        relations: Mapping[str, Relation],
        comments: Mapping[str, str],
        number: int,
        page: int | None,
    ) -> None:
        self._paragraph, self._relations, self._comments = paragraph, relations, comments
        self._builder = BlockBuilder(line=number, page=page)
        self._fields: list[_Field] = []
        self._links: dict[etree._Element, _Open] = {}
        self._ranges: dict[str, _Open] = {}
        self._looks: dict[SpanKind, _Open] = {}
        self._written: list[str] = []

    def read(self) -> BlockBuilder:
        at = 0
        for mark in marks(self._paragraph):
            self._mark(mark)
            self._written.append(mark.text)
            at = mark.at + len(mark.text)
        for opened in (*self._ranges.values(), *self._looks.values()):
            self._close(opened, at)
        for field in self._fields:
            self._close(field.link, at)
        return self._builder

    def _mark(self, mark: Mark) -> None:
        match mark.name:
            case "hyperlink" | "fldSimple":
                self._link(mark)
            case "r" if not mark.is_end:
                self._run(mark)
            case "fldChar" if not mark.is_end:
                self._field(mark)
            case "instrText" if not mark.is_end and self._fields:
                self._fields[-1].instruction += mark.element.text or ""
            case "footnoteReference" | "endnoteReference" if not mark.is_end:
                target = f"{NOTES[mark.name]}-{attribute(mark.element, 'id')}"
                self._builder.point("footnote-ref", target, mark.at, "")
            case "commentRangeStart" | "commentRangeEnd" if not mark.is_end:
                self._comment(mark)
            case _ if mark.text:
                self._words(mark)

    def _words(self, mark: Mark) -> None:
        if any(not field.has_result for field in self._fields):
            return
        if mark.run is not None and self._is_raised_number(mark.run, mark.text):
            self._builder.point("note-mark", "", mark.at, mark.text)
        elif mark.name in {"br", "cr"}:
            self._builder.add_break(mark.at, 1)
        else:
            self._builder.add(mark.text, mark.at)

    def _is_raised_number(self, run: etree._Element, text: str) -> bool:
        raised = child(child(run, "rPr"), "vertAlign")
        is_raised = raised is not None and attribute(raised, "val") == "superscript"
        return is_raised and NUMBER.fullmatch(text) is not None and not self._builder.ends_with(EXPONENT)

    def _run(self, mark: Mark) -> None:
        properties = child(mark.element, "rPr")
        looks: dict[SpanKind, bool] = {
            "bold": is_on(properties, "b", "bCs"),
            "italic": is_on(properties, "i", "iCs"),
        }
        for kind, on in looks.items():
            if on and kind not in self._looks:
                self._looks[kind] = self._opened(kind, "", mark.at)
            elif not on and kind in self._looks:
                self._close(self._looks.pop(kind), mark.at)

    def _link(self, mark: Mark) -> None:
        if mark.is_end:
            self._close(self._links.pop(mark.element, None), mark.at)
        elif mark.name == "hyperlink":
            self._links[mark.element] = self._opened("link", self._target(mark.element), mark.at)
        else:
            target = _field_target(attribute(mark.element, "instr") or "")
            if target is not None:
                self._links[mark.element] = self._opened("link", target, mark.at)

    def _target(self, element: etree._Element) -> str:
        """Where a link leads: "" when its relationship is empty or missing."""
        anchor = attribute(element, "anchor")
        relation = self._relations.get(attribute(element, "id") or "")
        address = relation.target.strip() if relation is not None else ""
        return f"{address}#{anchor}" if anchor else address

    def _field(self, mark: Mark) -> None:
        kind = attribute(mark.element, "fldCharType")
        if kind == "begin" and len(self._fields) < _MOST_FIELDS:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            field = self._fields[-1]
            field.has_result = True
            target = _field_target(field.instruction)
            field.link = self._opened("link", target, mark.at) if target is not None else None
        elif kind == "end" and self._fields:
            self._close(self._fields.pop().link, mark.at)

    def _comment(self, mark: Mark) -> None:
        name = attribute(mark.element, "id") or ""
        if mark.name == "commentRangeStart":
            self._ranges[name] = self._opened("comment", self._comments.get(name, ""), mark.at)
        else:
            self._close(self._ranges.pop(name, None), mark.at)

    def _opened(self, kind: SpanKind, target: str, at: int) -> _Open:
        return _Open(kind, target, self._builder.length, at)

    def _close(self, opened: _Open | None, at: int) -> None:
        if opened is None or (opened.kind in {"bold", "italic"} and opened.start >= self._builder.length):
            return
        written = "".join(self._written)[opened.at : at]
        self._builder.span(opened.kind, opened.start, opened.target, opened.at, written)


def _field_target(instruction: str) -> str | None:
    """The address of a ``HYPERLINK`` field; None for fields of other kinds."""
    match = _LINK_FIELD.match(instruction)
    if match is None:
        return None
    target = ""
    for address in _ADDRESS.finditer(match["rest"]):
        target += f"#{address['target']}" if address["anchor"] else address["target"].strip()
    return target
