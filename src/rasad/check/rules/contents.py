"""Rule: the contents of a text against its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.finding import Finding
from rasad.check.outline import Heading, headings, label_at, name_of, plain
from rasad.check.passage import Passage, Reading
from rasad.check.word_lists import pattern

LEAST: Final = 2
MOST: Final = 80
LIKE: Final = 45.0
LONGEST_TITLE: Final = 45
_SEPARATORS = re.compile(r"\s+[–—|·•؛;/]\s+|\s*[؛;|·•]\s*|\n")
_TITLED = re.compile(r"\W*([^:\n]{2,40}):\W{0,3}")
_NUMBER = re.compile(r"^[\d۰-۹٠-٩.\s]+")
_LEADERS = re.compile(r"[.…·_]{3,}\s*[\d٠-٩۰-۹ivx]*\s*$")


@dataclass(frozen=True)
class Listed:
    """A line of the contents: where it stands, and its words as headings have them."""

    passage: Passage
    start: int
    end: int
    words: str

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.passage.text[self.start : self.end]


def contents(reading: Reading) -> Iterator[Finding]:
    """A line of the contents that is no heading of the text; told only where others are."""
    own = [one for one in headings(reading) if one.words]
    listed = list(_listed(reading))[:MOST]
    if len(listed) < LEAST or len(own) < LEAST:
        return
    inside = {one.passage.number for one in listed}
    below = [one for one in own if one.passage.number not in inside]
    known = {one.words for one in below}
    found = [one for one in listed if not _is_there(one.words, known)]
    if not found or len(found) * 2 > len(listed):
        return
    matched = {one.words for one in listed}
    free = [
        one
        for one in below
        if one.words not in matched and not any(_begins(one.words, word) for word in matched)
    ]
    for one in found:
        nearest = _nearest(one, free)
        what = f"the heading is '{nearest.passage.text}'" if nearest is not None else "no heading has it"
        yield Finding(
            "structure-contents", "warning", one.passage.number, one.start, one.end, one.text,
            f"the contents name a part that the text does not have: {what}",
        )  # fmt: skip


def _is_there(words: str, known: set[str]) -> bool:
    return not words or words in known or any(_begins(heading, words) for heading in known)


def _begins(heading: str, words: str) -> bool:
    """Whether contents give a heading without its second half."""
    return heading.startswith(f"{words} ")


def _nearest(one: Listed, free: list[Heading]) -> Heading | None:
    label = label_at(f"{one.passage.marker} {one.text}".strip())
    for heading in free:
        if label is not None and heading.label is not None and name_of(heading.label) == name_of(label):
            return heading
    best = max(free, key=lambda heading: ratio(heading.words, one.words), default=None)
    if best is not None and (len(free) == 1 or ratio(best.words, one.words) >= LIKE):
        return best
    return None


def _listed(reading: Reading) -> Iterator[Listed]:
    """The lines of the contents: under their title, in one paragraph with it, or else as links within the page."""
    for passage in reading.passages:
        if _is_title(passage, passage.text):
            found = list(_below(reading, passage))
        elif len(passage.lines) > LEAST and _is_title(passage, passage.text[: passage.lines[1]]):
            found = list(_of_lines(passage, skip=1)) if _has_short_lines(passage) else []
        else:
            found = list(_of_one_line(passage))
        if len(found) >= LEAST:
            yield from found
            return
    yield from _linked(reading)


def _is_title(passage: Passage, words: str) -> bool:
    plain_words = _NUMBER.sub("", words.strip(" :*_"))
    return (
        len(plain_words) < LONGEST_TITLE
        and pattern(passage.lang, "contents").fullmatch(plain_words) is not None
    )


def _below(reading: Reading, title: Passage) -> Iterator[Listed]:
    """What stands below a title of contents, up to the first paragraph or, after a line, heading."""
    started = False
    for passage in reading.passages[title.number + 1 : title.number + 1 + MOST]:
        is_line = passage.kind in ("list-item", "table-cell") or _LEADERS.search(passage.text)
        if is_line or (not started and len(passage.lines) > 1 and _has_short_lines(passage)):
            started = True
            yield from _of_lines(passage)
        elif started or passage.kind != "heading":
            return


def _linked(reading: Reading) -> Iterator[Listed]:
    """Items before the first heading after them that link to places of the same page."""
    started = False
    for passage in reading.passages:
        inward = any(link.target.startswith("#") and len(link.target) > 1 for link in passage.links)
        if passage.kind == "list-item" and inward:
            started = True
            yield from _of_lines(passage)
        elif started and passage.kind == "heading":
            return


def _has_short_lines(passage: Passage) -> bool:
    ends = [*passage.lines[1:], len(passage.text)]
    return all(end - start < 90 for start, end in zip(passage.lines, ends, strict=True)) and not re.search(
        r"\w{4}[.؟!?]\s", passage.text
    )


def _of_lines(passage: Passage, *, skip: int = 0) -> Iterator[Listed]:
    starts = passage.lines[skip:]
    for start, end in zip(starts, [*starts[1:], len(passage.text)], strict=True):
        yield from _one(passage, start, end)


def _of_one_line(passage: Passage) -> Iterator[Listed]:
    """A title with what it lists behind a colon: ``In this issue: Trade | Water``."""
    match = _TITLED.match(passage.text) if ":" in passage.text[:LONGEST_TITLE] else None
    if match is None or not _is_title(passage, match[1]) or not _SEPARATORS.search(passage.text, match.end()):
        return
    at = match.end()
    for gap in _SEPARATORS.finditer(passage.text, at):
        yield from _one(passage, at, gap.start())
        at = gap.end()
    yield from _one(passage, at, len(passage.text))


def _one(passage: Passage, start: int, end: int) -> Iterator[Listed]:
    words = passage.text[start:end]
    cut = _LEADERS.search(words)
    kept = (
        words[: cut.start()].rstrip()
        if cut is not None
        else re.sub(r"\s+[\d٠-٩۰-۹]{1,3}\s*$", "", words.rstrip(" .*"))
    )
    first = start + len(kept) - len(kept.lstrip())
    last = start + len(kept.rstrip())
    if any(map(str.isalpha, kept)):
        yield Listed(passage, first, last, plain(kept.strip()))
