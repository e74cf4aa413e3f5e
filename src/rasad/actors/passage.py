"""A text as the matcher reads it: its words, each folded, and all in one stream without spaces."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from rasad.actors.titles import Words

_TITLE_WORDS = 7
_ENDS = frozenset('.!?:\n"“”«»)')


class Passage:
    """The words of a text; a folded word is empty where matching leaves it out.

    ``offsets`` are the places of the stream at which words begin, and the one at which the last ends; where
    an empty word begins with another one, the later is the one that is not empty.
    """

    __slots__ = ("_spans", "folded", "offsets", "stream", "text", "words")

    def __init__(self, text: str, words: list[str], folded: Mapping[str, str]) -> None:
        self.text = text
        self.words = words
        self.folded = list(map(folded.__getitem__, words))
        self.stream = "".join(self.folded)
        self.offsets = list(accumulate(map(len, self.folded), initial=0))
        self._spans: list[tuple[int, int]] = []

    def span(self, at: int) -> tuple[int, int]:
        """Where a word stands in the text: between two words no letter stands, so each is the next to be found."""
        spans = self._spans
        after = spans[-1][1] if spans else 0
        for word in self.words[len(spans) : at + 1]:
            start = self.text.index(word, after)
            after = start + len(word)
            spans.append((start, after))
        return spans[at]

    def gap(self, at: int) -> str:
        """What stands between a word and the one before."""
        start = self.span(at)[0]
        return self.text[self.span(at - 1)[1] : start]

    def is_small(self, at: int) -> bool:
        return any(letter.islower() for letter in self.words[at])

    def is_caseless(self, at: int) -> bool:
        letter = self.words[at][0]
        return not letter.isupper() and not letter.islower()

    def before(self, at: int) -> Words:
        """The folded words before a place, as many as a title may have."""
        return tuple(filter(None, self.folded[max(0, at - _TITLE_WORDS) : at]))

    def beside(self, at: int, step: int) -> int | None:
        """The word before (-1) or after (1), if only a space parts them and it begins with a capital."""
        to = at + step
        if not 0 <= to < len(self.words) or not self.words[to][0].isupper():
            return None
        return to if self.gap(max(at, to)) == " " else None

    def begins_sentence(self, at: int) -> bool:
        return at == 0 or not _ENDS.isdisjoint(self.gap(at))
