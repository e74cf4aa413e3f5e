"""The characters of a Word paragraph, each in its run: what the text of a block is counted in.

Reading and commenting walk the same way, so a range that was read is found again in a file that has been
opened to be written to, even after runs were split.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({"del", "moveFrom", "txbxContent", "rPr", "pPr"})
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Mark(NamedTuple):
    """One element of a paragraph, in reading order, with the characters it adds; ``is_end`` closes it."""

    element: etree._Element
    name: str
    run: etree._Element | None
    text: str
    at: int
    is_end: bool = False


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def paragraphs(body: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The paragraphs that a reader sees, each with its number among all that there are, from 1.

    Those of tables and text boxes are among them; a text box that is there twice, for old programs,
    is read once.
    """
    number = 0
    for element in body.iter():
        if local_name(element) == "p" and _is_words(element):
            number += 1
            if not any(one.tag == _ALTERNATIVE for one in element.iterancestors()):
                yield number, element


def marks(paragraph: etree._Element) -> Iterator[Mark]:
    """What a paragraph holds, without what was deleted and without the text boxes that hang on it."""
    at = 0
    for mark in _walk(paragraph, None):
        yield mark._replace(at=at)
        at += len(mark.text)


def _walk(element: etree._Element, run: etree._Element | None) -> Iterator[Mark]:
    for child in element:
        name = local_name(child)
        if not name or name in _LEFT_OUT or child.tag == _ALTERNATIVE:
            continue
        inside = child if name == "r" and _is_words(child) else run
        yield Mark(child, name, inside, _text(child, name) if run is not None else "", 0)
        if name != "t":
            yield from _walk(child, inside)
            yield Mark(child, name, inside, "", 0, is_end=True)


def _text(element: etree._Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "br" and attribute(element, "type") in {"page", "column"}:
        return ""
    return _CHARACTERS.get(name, "")


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _is_words(element: etree._Element) -> bool:
    """Whether it is of Word's own vocabulary: drawings have paragraphs and runs of theirs."""
    return isinstance(element.tag, str) and "wordprocessingml" in element.tag
