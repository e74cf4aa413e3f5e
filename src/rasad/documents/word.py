"""Word files into blocks, with their notes, links and comments.

Own, over the XML: python-docx gives neither notes nor the text of fields, and fails on a relationship that
leads nowhere; mammoth gives notes and no places. python-docx writes the comments, see ``word_comments``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from rasad.documents.building import with_sections
from rasad.documents.document import Block, Document, Note, Piece, Place, Problem, Property, Span
from rasad.documents.word_package import Relation, WordPackage
from rasad.documents.word_paragraph import ParagraphReader
from rasad.documents.word_runs import attribute, local_name, marks, paragraphs
from rasad.documents.word_styles import Styles, kind_of
from rasad.errors import DocumentError

_PROPERTIES = {"creator": "author", "lastModifiedBy": "last_modified_by"}


def read_word(path: Path) -> Document:
    """Read a Word file.

    Raises:
        DocumentError: If it is none, is broken, or unpacks beyond all bounds.
    """
    with WordPackage(path) as package:
        name = package.main_part()
        root = package.xml(name)
        body = next((one for one in root if local_name(one) == "body"), None) if root is not None else None
        if body is None:
            raise DocumentError("it is a zip file, but no Word file", at=path, do="Save the text as .docx.")
        reader = _Reader(package, name)
        blocks = tuple(with_sections(reader.blocks(body)))
        notes = tuple(reader.notes(blocks))
        meta = tuple(_properties(package))
        hints = (
            *(one.value for one in meta if one.name == "language"),
            *_languages(body, reader.styles_root),
        )
    empty = Problem("empty", "there is no text in it", Place(1))
    problems = () if any(block.text for block in blocks) else (empty,)
    return Document(path, "word", blocks, notes, meta, problems, tuple(dict.fromkeys(hints)))


class _Reader:
    """Reads the paragraphs of a file and of its notes."""

    def __init__(self, package: WordPackage, name: str) -> None:
        self._package, self._name = package, name
        self._relations = package.relations(name)
        self.styles_root = self._part("styles")
        self._styles = Styles(self.styles_root)
        self._comments = _comment_texts(self._part("comments"))
        self._page = 1
        self._row: etree._Element | None = None
        self._rows = 0

    def blocks(self, body: etree._Element) -> Iterator[Block]:
        breaks = _page_break(body)
        for number, paragraph in paragraphs(body):
            page = self._page if breaks is not None else None
            yield from self._block(paragraph, self._relations, number, page)
            self._page += sum(
                _breaks_page(mark.element, mark.name, breaks) for mark in marks(paragraph) if not mark.is_end
            )

    def notes(self, blocks: tuple[Block, ...]) -> Iterator[Note]:
        """Footnotes and endnotes, each at the place of its first mark."""
        spans = [span for block in blocks for span in block.spans if span.kind == "footnote-ref"]
        count = Counter(span.target for span in spans)
        places = {span.target: span.place for span in reversed(spans)}
        for kind in ("footnote", "endnote"):
            root, relations = self._part(f"{kind}s"), self._relations_of(f"{kind}s")
            for element in root if root is not None else ():
                if attribute(element, "type") in {None, "normal"} and local_name(element) == kind:
                    name = f"{kind}-{attribute(element, 'id')}"
                    place = places.get(name, Place(1))
                    found = (
                        block
                        for _, one in paragraphs(element)
                        for block in self._block(one, relations, 1, None)
                    )
                    yield Note(name, place, tuple(_at(block, place) for block in found), count[name])

    def _block(
        self, paragraph: etree._Element, relations: Mapping[str, Relation], number: int, page: int | None
    ) -> Iterator[Block]:
        style = self._styles.of(paragraph)
        cell = next((one for one in paragraph.iterancestors() if local_name(one) == "tc"), None)
        kind, level = kind_of(style, in_cell=cell is not None)
        builder = ParagraphReader(paragraph, relations, self._comments, number, page).read()
        block = builder.block(kind, level=level, style=style.name)
        if block is not None:
            yield block if cell is None else replace(block, cell=self._place_of(cell))

    def _place_of(self, cell: etree._Element) -> tuple[int, int]:
        """The row and column of a cell."""
        row = cell.getparent()
        if row is not self._row:
            is_next = row is not None and self._row is not None and row.getparent() is self._row.getparent()
            self._rows += 1 if is_next else 2
            self._row = row
        before = (one for one in cell.itersiblings(preceding=True) if local_name(one) == "tc")
        return self._rows, 1 + sum(1 for _ in before)

    def _part(self, kind: str) -> etree._Element | None:
        target = self._target(kind)
        return self._package.xml(target) if target is not None else None

    def _relations_of(self, kind: str) -> dict[str, Relation]:
        target = self._target(kind)
        return self._package.relations(target) if target is not None else {}

    def _target(self, kind: str) -> str | None:
        inside = (one.target for one in self._relations.values() if one.kind == kind and not one.is_outside)
        return next(inside, None)


def _at(block: Block, place: Place) -> Block:
    """A block of a note, all of whose characters stand at the mark that leads to it."""
    piece = Piece(0, len(block.text), place.column - 1, 0, place.line, place.column)
    spans = tuple(_moved(span, place) for span in block.spans)
    return replace(block, place=place, spans=spans, pieces=(piece,))


def _moved(span: Span, place: Place) -> Span:
    return replace(span, place=place, offset=place.column - 1)


def _page_break(body: etree._Element) -> str | None:
    """What tells the pages: Word's own breaks as it last drew them, else those that were set by hand."""
    names = {local_name(one) for one in body.iter() if _breaks_page(one, local_name(one), None)}
    return next((name for name in ("lastRenderedPageBreak", "br") if name in names), None)


def _breaks_page(element: etree._Element, name: str, which: str | None) -> bool:
    if which is not None and name != which:
        return False
    return name == "lastRenderedPageBreak" or (name == "br" and attribute(element, "type") == "page")


def _comment_texts(root: etree._Element | None) -> dict[str, str]:
    texts: dict[str, str] = {}
    for comment in root if root is not None else ():
        words = ("".join(mark.text for mark in marks(one)) for _, one in paragraphs(comment))
        texts[attribute(comment, "id") or ""] = "\n".join(words).strip()
    return texts


def _properties(package: WordPackage) -> Iterator[Property]:
    parts = (one.target for one in package.relations("").values() if one.kind == "core-properties")
    root = package.xml(next(parts, "docProps/core.xml"))
    for element in root if root is not None else ():
        name = local_name(element)
        if name and element.text:
            yield Property(_PROPERTIES.get(name, name), element.text.strip(), Place(1))


def _languages(body: etree._Element, styles: etree._Element | None) -> list[str]:
    """The languages that its words are marked with, the most frequent first."""
    count: Counter[str] = Counter()
    for root in (body, styles):
        for element in root.iter() if root is not None else ():
            if local_name(element) == "lang":
                count.update(str(value) for value in element.attrib.values())
    return [language for language, _ in count.most_common(5)]
