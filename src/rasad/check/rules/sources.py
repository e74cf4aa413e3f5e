"""Rules on sources: links that lead nowhere, words that hold a place, notes without text, marks without notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rasad.check.finding import Finding
from rasad.check.links import is_placeholder
from rasad.check.passage import Passage, Reading
from rasad.check.word_lists import pattern

_WRITTEN = re.compile(r"https?://[^\s<>\"”»)]+|www\.[^\s<>\"”»)]+")
_SCHEMES: Final = ("http://", "https://", "mailto:", "tel:")
_ABOVE = re.compile(
    r"(?i)\W*(?:see (?:above|below)|as above|ditto|بالا|بنگرید به بالا|رک\. بالا|پورته وګورئ|انظر أعلاه)\W*"
)
"""The text of a note that names no source, and no note that does."""

MOST_TOLD: Final = 12


def links(reading: Reading) -> Iterator[Finding]:
    """A link without an address, or with one that only holds the place of one; also an address written out."""
    for passage in everything(reading):
        for link in passage.links:
            target = link.target.strip()
            words = passage.text[link.start : link.end]
            if not target or target in _SCHEMES:
                yield fault(
                    "link-empty", passage, link.start, link.end,
                    f"the link '{words}' has no address: give the page that it means", text=link.written or words,
                )  # fmt: skip
            elif is_placeholder(target):
                yield fault(
                    "link-placeholder", passage, link.start, link.end,
                    f"'{target[:80]}' only holds the place of an address", text=words,
                )  # fmt: skip
        if "://" in passage.text or "www." in passage.text:
            yield from _written_out(passage)


def _written_out(passage: Passage) -> Iterator[Finding]:
    for match in _WRITTEN.finditer(passage.text):
        address = match[0].rstrip(".,;،؛")
        linked = any(one.start < match.end() and match.start() < one.end for one in passage.links)
        if not linked and is_placeholder(address):
            yield fault(
                "link-placeholder", passage, match.start(), match.start() + len(address),
                f"'{address[:80]}' only holds the place of an address",
            )  # fmt: skip


def placeholders(reading: Reading) -> Iterator[Finding]:
    """Words that hold the place of something still to be written."""
    for passage in everything(reading):
        for match in pattern(passage.lang, "placeholder").finditer(passage.text):
            yield fault(
                "source-placeholder", passage, match.start(), match.end(),
                "this only holds the place of a source or a text: put it here, or take the claim out",
            )  # fmt: skip


def notes(reading: Reading) -> Iterator[Finding]:
    """Notes without text, marks that have no note, and notes that no mark points to."""
    texts = dict(reading.notes)
    marks: dict[str, list[tuple[int, int, int]]] = {}
    for passage in everything(reading):
        for start, end, name in passage.marks:
            marks.setdefault(name, []).append((passage.number, start, end))
            if name not in texts:
                there = f"; there are {listing(list(texts))}" if texts else ""
                yield fault(
                    "mark-without-note", passage, start, end, f"there is no note '{name}'{there}",
                    text=passage.text[start:end] or name,
                )  # fmt: skip
    for name, note in texts.items():
        if not any(map(str.isalnum, note.text)) or is_above(note.text):
            yield Finding(
                "note-without-text", "error", note.number, 0, 0, name,
                f"the note '{name}' has no text: say what it should cite", others=tuple(marks.get(name, ())),
            )  # fmt: skip
        elif name not in marks:
            yield fault(
                "note-unused", note, 0, len(note.text), f"nothing in the text points to the note '{name}'"
            )


def is_above(text: str) -> bool:
    """Whether the text of a note only sends the reader to another place."""
    return _ABOVE.fullmatch(text) is not None


def everything(reading: Reading) -> Iterator[Passage]:
    """The passages of the text, then those of its notes."""
    yield from reading.passages
    yield from (note for _, note in reading.notes)


def listing(names: Sequence[str] | Sequence[int]) -> str:
    """Names or numbers as a message tells them, the numbers of a row by its ends."""
    numbers = [one for one in names if isinstance(one, int)]
    if len(numbers) == len(names) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, names[:MOST_TOLD])) + (" …" if len(names) > MOST_TOLD else "")


def fault(
    rule: str, passage: Passage, start: int, end: int, message: str, *, text: str | None = None
) -> Finding:
    """A fault of a source, which is always an error."""
    words = passage.text[start:end] if text is None else text
    return Finding(rule, "error", passage.number, start, end, words, message)
