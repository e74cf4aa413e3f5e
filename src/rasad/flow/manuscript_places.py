"""Where the typed words of a manuscript's paragraph stand in its file, also in the wrapped strings of a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rasad.documents.building import Lines

LONGEST: Final = 50_000
"""Characters of one paragraph that are looked through for its words."""

_STRING = re.compile(r'[ \t]*(?:msgstr(?:\[\d+\])?[ \t]+)?"(.*)"[ \t]*\r?$')
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass
class Stretch:
    """The source of one paragraph, decoded, with the offset of each of its characters; read from left to right."""

    text: str
    offsets: Sequence[int]
    at: int = 0

    def find(self, words: str) -> tuple[int, int] | None:
        """Where words stand next, as a range of ``text``; the reading then goes on after them."""
        begin = self.text.find(words, self.at)
        if begin < 0:
            return None
        self.at = begin + len(words)
        return begin, self.at

    def pass_mark(self, closing: str) -> None:
        """Go on after the next such bracket, and after the attributes that hang on it."""
        begin = self.text.find(closing, self.at)
        if begin < 0:
            return
        self.at = begin + len(closing)
        quoted = False
        if closing.endswith("{"):
            for place in range(self.at, len(self.text)):
                quoted ^= self.text[place] == '"'
                if self.text[place] == "}" and not quoted:
                    self.at = place + 1
                    return

    def pieces(self, begin: int, end: int) -> Iterator[tuple[str, int]]:
        """A range of ``text`` in parts that the source has in one piece, each with its offset."""
        start = begin
        for place in range(begin + 1, end + 1):
            if place == end or self.offsets[place] != self.offsets[place - 1] + 1:
                yield self.text[start:place], self.offsets[start]
                start = place

    @property
    def offset(self) -> int:
        """The offset in the source of what is read next."""
        if not self.offsets:
            return 0
        return self.offsets[min(self.at, len(self.offsets) - 1)]


@dataclass
class SourceFile:
    """A manuscript or catalogue as text, to find the stretches of its paragraphs."""

    text: str
    is_catalogue: bool = False
    _stretches: dict[int, Stretch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = Lines(self.text)

    def stretch(self, line: int) -> Stretch:
        """The paragraph at a line; cells of one line share it, so that each is found after the one before."""
        if line not in self._stretches:
            begin = self.lines.starts[min(max(line, 1), len(self.lines.starts)) - 1]
            self._stretches[line] = self._entry(begin) if self.is_catalogue else self._paragraph(begin)
        return self._stretches[line]

    def _paragraph(self, begin: int) -> Stretch:
        blank = _BLANK_LINE.search(self.text, begin, begin + LONGEST)
        end = blank.start() if blank is not None else min(begin + LONGEST, len(self.text))
        return Stretch(self.text[begin:end], range(begin, end))

    def _entry(self, begin: int) -> Stretch:
        letters: list[str] = []
        offsets: list[int] = []
        within = False
        for line in self.text[begin : begin + LONGEST].splitlines(keepends=True):
            within = within or line.startswith("msgstr")
            match = _STRING.match(line.rstrip("\n")) if within else None
            if match is not None:
                _decode(match[1], begin + match.start(1), letters, offsets)
            elif within:
                break
            begin += len(line)
        return Stretch("".join(letters), offsets)


def _decode(written: str, offset: int, letters: list[str], offsets: list[int]) -> None:
    """A string of a catalogue as it is meant; of an escape the place of its last character counts."""
    escaped = False
    for place, letter in enumerate(written, start=offset):
        if letter == "\\" and not escaped:
            escaped = True
            continue
        letters.append(_ESCAPES.get(letter, letter) if escaped else letter)
        offsets.append(place)
        escaped = False
