"""What the styles of a Word file say about a paragraph: heading, caption, list item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from rasad.documents.document import BlockKind
from rasad.documents.word_runs import attribute, local_name

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST = 20


@dataclass(frozen=True)
class Style:
    """A paragraph's style; ``outline`` is the level of a heading, 0 for none."""

    name: str = ""
    outline: int = 0
    is_list: bool = False


class Styles:
    """The styles by their ids, each with what it has from the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        for element in root if root is not None else ():
            if local_name(element) == "style":
                self._elements[attribute(element, "styleId") or ""] = element

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph, with what the paragraph says of itself."""
        properties = child(paragraph, "pPr")
        named = child(properties, "pStyle")
        style = self._style((attribute(named, "val") or "") if named is not None else "")
        return Style(
            style.name, _outline(properties) or style.outline, _in_list(properties, is_list=style.is_list)
        )

    def _style(self, style_id: str) -> Style:
        name, outline, is_list = "", 0, False
        for _ in range(_DEEPEST):
            element = self._elements.get(style_id)
            if element is None:
                break
            named = child(element, "name")
            own = (attribute(named, "val") or "") if named is not None else ""
            match = _HEADING.fullmatch(own)
            properties = child(element, "pPr")
            outline = outline or (int(match[1]) if match is not None else _outline(properties))
            is_list = _in_list(properties, is_list=is_list)
            name = name or own
            based = child(element, "basedOn")
            style_id = (attribute(based, "val") or "") if based is not None else ""
        return Style(name, outline, is_list)


def kind_of(style: Style, *, in_cell: bool) -> tuple[BlockKind, int]:
    """The kind of a paragraph, and its level if it is a heading."""
    name = style.name.lower()
    if name == "title":
        return "heading", 1
    if style.outline and not name.startswith("toc"):
        return "heading", style.outline
    if name == "caption" or name.endswith(" caption"):
        return "caption", 0
    if in_cell:
        return "table-cell", 0
    return _plain_kind(name, is_list=style.is_list), 0


def _plain_kind(name: str, *, is_list: bool) -> BlockKind:
    if "quote" in name or name == "block text":
        return "quote"
    if "code" in name or "preformatted" in name or "verbatim" in name:
        return "code"
    return "list-item" if is_list or name.startswith("list ") else "paragraph"


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name."""
    return next((one for one in element if local_name(one) == name), None) if element is not None else None


def is_on(properties: etree._Element | None, *names: str) -> bool:
    """Whether a switch such as ``<w:b/>`` is set."""
    for name in names:
        found = child(properties, name)
        if found is not None and attribute(found, "val") not in {"0", "false", "off"}:
            return True
    return False


def _outline(properties: etree._Element | None) -> int:
    level = child(properties, "outlineLvl")
    value = attribute(level, "val") if level is not None else None
    return int(value) + 1 if value is not None and value in set("012345678") else 0


def _in_list(properties: etree._Element | None, *, is_list: bool) -> bool:
    numbering = child(properties, "numPr")
    number = child(numbering, "numId")
    return attribute(number, "val") != "0" if number is not None else is_list or numbering is not None
