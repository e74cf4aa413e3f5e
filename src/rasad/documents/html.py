"""HTML into blocks: the text of the page without what stands around it, each word with its place.

trafilatura finds the main text more cleverly and loses every place on the way; here the page's own
structure decides (``main``, ``article``, ``nav``, roles, the usual class names).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasad.documents.building import Lines, with_sections
from rasad.documents.document import Block, Note, Place, Property
from rasad.documents.html_blocks import Found, HtmlBlocks
from rasad.documents.html_notes import find_note_links
from rasad.documents.html_tokens import Tag, Text, tokens

_ENOUGH = 0.4
"""The share of the text that ``main`` or ``article`` must hold to be taken for all of it."""


@dataclass(frozen=True)
class Page:
    """What a page holds."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    meta: tuple[Property, ...]
    languages: tuple[str, ...]


def read_page(source: str) -> Page:
    """Read a page of HTML."""
    lines = Lines(source)
    page = list(tokens(source))
    reader = HtmlBlocks(source, page, lines, find_note_links(page))
    found = reader.read()
    blocks = tuple(with_sections(one.block for one in _main(found) if one.note is None))
    return Page(
        blocks, tuple(_notes(found, reader.note_places)), tuple(_properties(page, lines)), _languages(page)
    )


def html_blocks(source: str, start: int, end: int, lines: Lines, *, masked: str | None = None) -> list[Block]:
    """The blocks of a stretch of HTML within another text; ``masked`` is the same with markup blanked."""
    page = list(tokens(source if masked is None else masked, start, end))
    return [one.block for one in HtmlBlocks(source, page, lines, find_note_links(page)).read()]


def _main(found: Sequence[Found]) -> Sequence[Found]:
    """The blocks of the text: those of ``main``, else of ``article``, else all that is not around it."""
    within = [one for one in found if not one.is_around or one.note is not None]
    everything = _length(within)
    if everything < _ENOUGH / 2 * _length(found):
        return found
    for region in ("main", "article"):
        chosen = [one for one in within if one.region in {"main", region}]
        if _length(chosen) > _ENOUGH * everything:
            return chosen
    return within


def _length(found: Sequence[Found]) -> int:
    return sum(len(one.block.text) for one in found)


def _notes(found: Sequence[Found], places: dict[str, Place]) -> Iterator[Note]:
    spans = (span for one in found for span in one.block.spans)
    marks = Counter(span.target for span in spans if span.kind == "footnote-ref")
    blocks: dict[str, list[Block]] = {name: [] for name in places}
    for one in found:
        if one.note is not None and one.block.text:
            blocks[one.note].append(one.block)
    for name, its in blocks.items():
        yield Note(name, places[name], tuple(its), marks[name])


def _properties(page: Sequence[Tag | Text], lines: Lines) -> Iterator[Property]:
    for index, token in enumerate(page):
        if isinstance(token, Text) or token.is_end:
            continue
        get, place = token.attributes.get, lines.place(token.start)
        if token.name == "title" and index + 1 < len(page):
            words = _until_tag(page[index + 1 :])
            yield from [Property("title", words, place)] if words else []
        elif token.name == "meta" and get("content") is not None:
            name = get("name") or get("property") or get("itemprop") or ""
            yield from [Property(name.lower(), get("content", ""), place)] if name else []
        elif token.name == "time" and get("datetime"):
            yield Property("time", get("datetime", ""), place)


def _until_tag(page: Sequence[Tag | Text]) -> str:
    words = []
    for token in page:
        if isinstance(token, Tag):
            break
        words.append(token.text)
    return " ".join("".join(words).split())


def _languages(page: Sequence[Tag | Text]) -> tuple[str, ...]:
    told = (token.attributes.get("lang", "") for token in page if isinstance(token, Tag))
    return tuple(dict.fromkeys(language for language in told if language))[:10]
