"""Sentences: a run of inlines cut where one ends and the next begins.

A claim is a sentence by its mark, whatever stops stand in it. What of its sentence stands outside the mark (a word
before it, its full stop after it) is no sentence of its own, unless it holds a number or a citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rasad.model.issue import (
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Inline,
    LineBreak,
    MeasureMark,
    Note,
    Text,
    Verbatim,
    child_inlines,
    plain_text,
)

_CLOSERS = "\"'”’»)\\]"
_END = re.compile(rf"[.!?؟۔]+[{_CLOSERS}]*\s+")
_ENDS = re.compile(rf"[.!?؟۔][{_CLOSERS}\s]*$")
_LAST_WORD = re.compile(r"[\w.]*$")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "st", "no", "vs", "cf", "etc", "e.g", "i.e"})  # fmt: skip
_WHOLE = (ClaimMark, MeasureMark, Note, Verbatim)
"""Inlines that are never cut, whatever stands in them."""

_MARK = "\ufffc"
"""Stands for a mark that writes words, so that a sentence can begin or end with it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a run: its parts in order, and the inline of the tree that it begins in.

    ``claim`` is its mark, where it has one; then ``parts`` are what stands in and directly behind it. ``begins`` is
    an inline of the tree, and ``offset`` the letters of it that belong to the sentence before.
    """

    parts: tuple[Inline, ...]
    begins: Inline
    offset: int = 0
    claim: ClaimMark | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(part for part in self.parts if isinstance(part, Citation))

    @property
    def measures(self) -> tuple[MeasureMark, ...]:
        return tuple(part for part in self.parts if isinstance(part, MeasureMark))

    @property
    def signature(self) -> str:
        """What its id is made of: its typed words and its marks as written, and no number that a row could change."""
        return " ".join("".join(_written(part) for part in self.parts).split())

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return _ENDS.search(plain_text(self.parts)) is not None


def sentences(inlines: tuple[Inline, ...]) -> list[Sentence]:
    """The sentences of a run, in order; the text of its notes is a run of its own.

    Example:
        >>> [plain_text(one.parts) for one in sentences((Text("He came. The U.S. envoy left."),))]
        ['He came. ', 'The U.S. envoy left.']
    """
    found: list[Sentence] = []
    between: list[Inline] = []
    for leaf in _leaves(inlines):
        if isinstance(leaf, ClaimMark):
            _take(found, between, before_claim=True)
            found.append(Sentence(tuple(_leaves(leaf.children)), leaf, claim=leaf))
            between = []
        else:
            between.append(leaf)
    _take(found, between, before_claim=False)
    return found


def _take(found: list[Sentence], leaves: Sequence[Inline], *, before_claim: bool) -> None:
    """Add the sentences of what stands between two claims; bare words of the claims' own sentences are left out."""
    cut = _cut(leaves)
    first: tuple[Inline, ...] = ()
    for place, one in enumerate(cut):
        last = found[-1] if found else None
        holds = bool(one.citations or one.measures)
        if not _says(one):
            if holds and last is not None:
                found[-1] = Sentence((*last.parts, *one.parts), last.begins, last.offset, last.claim)
            elif holds:
                first = (*first, *one.parts)
            continue
        if first:
            one, first = Sentence((*first, *one.parts), one.begins, one.offset), ()  # noqa: PLW2901
            holds = True
        is_tail = place == 0 and last is not None and last.claim is not None and not last.ends
        is_lead = before_claim and place == len(cut) - 1 and not one.ends
        if holds or not (is_tail or is_lead):
            found.append(one)


def _says(one: Sentence) -> bool:
    """Whether there is a word or a number in it, and not a full stop or a citation alone."""
    return any(letter.isalnum() for letter in plain_text(one.parts)) or any(
        not isinstance(part, Text | Citation | Note | LineBreak) for part in one.parts
    )


def _cut(leaves: Sequence[Inline]) -> list[Sentence]:
    """Leaves cut at the ends of sentences."""
    parts: list[list[Inline]] = []
    begins: list[tuple[Inline, int]] = []
    for number, leaf, offset, piece in _pieces(leaves, _starts("".join(map(_letters, leaves)))):
        if number == len(parts):
            parts.append([])
            begins.append((leaf, offset))
        parts[number].append(piece)
    return [Sentence(tuple(own), *begun) for own, begun in zip(parts, begins, strict=True)]


def _pieces(leaves: Sequence[Inline], starts: Sequence[int]) -> Iterator[tuple[int, Inline, int, Inline]]:
    """Each leaf, or piece of a text, with the number of its sentence and where in the leaf it begins.

    A citation stands where the letters before it end, so one behind a full stop belongs to what it follows.
    """
    number, at = 0, 0
    for leaf in leaves:
        letters, begun = _letters(leaf), 0
        while number + 1 < len(starts) and starts[number + 1] < at + len(letters):
            cut = starts[number + 1] - at
            if isinstance(leaf, Text) and cut > begun:
                yield number, leaf, begun, Text(leaf.text[begun:cut])
            begun = cut
            number += 1
        yield number, leaf, begun, Text(leaf.text[begun:]) if isinstance(leaf, Text) else leaf
        at += len(letters)


def _starts(text: str) -> list[int]:
    """Where sentences begin in a text."""
    ends = [match for match in _END.finditer(text) if match.end() < len(text)]
    return [0, *(match.end() for match in ends if not _goes_on(text, match.start(), match.end()))]


def _goes_on(text: str, stop: int, begun: int) -> bool:
    """Whether a full stop ends an abbreviation and not its sentence."""
    if "a" <= text[begun] <= "z":
        return True
    if text[stop] != ".":
        return False
    word = _LAST_WORD.search(text[max(0, stop - 12) : stop])
    last = word[0].casefold() if word is not None else ""
    return last in _TITLES or len(last.rpartition(".")[2]) == 1


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """What a run is made of, without what only sets words apart, as bold does."""
    for inline in inlines:
        inside = child_inlines(inline)
        if inside and not isinstance(inline, _WHOLE):
            yield from _leaves(inside)
        else:
            yield inline


def _letters(leaf: Inline) -> str:
    """What a leaf adds to the text in which sentences are looked for; nothing for a citation or a note."""
    if isinstance(leaf, Text):
        return leaf.text
    if isinstance(leaf, Citation | Note):
        return ""
    if isinstance(leaf, LineBreak):
        return " "
    if isinstance(leaf, Verbatim):
        words = plain_text(leaf.children)
        return f"{_MARK}." if _ENDS.search(words) else _MARK
    return _MARK


def _written(leaf: Inline) -> str:
    """A leaf as it was written, near enough for an id: equal for equal leaves."""
    describe = _WRITTEN.get(type(leaf))
    return describe(leaf) if describe is not None else " "


def _measure(mark: MeasureMark) -> str:
    arguments = " ".join(f"{name}={text}" for name, text in sorted(mark.arguments))
    return f"{{{arguments} {plain_text(mark.children)}}}"


_WRITTEN: dict[type, Callable[..., str]] = {
    Text: lambda text: text.text,
    Verbatim: lambda words: plain_text(words.children),
    MeasureMark: _measure,
    Citation: lambda citation: f"[{';'.join(citation.keys)}]",
    DateMark: lambda mark: f"{{{mark.day} {mark.form}}}",
    ActorMark: lambda mark: f"{{{mark.actor} {mark.on}}}",
    Note: lambda note: f"[^{note.label}]",
    ClaimMark: lambda claim: f"{{#{claim.claim_id}}}",
}
