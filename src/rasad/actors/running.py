"""Names in running text: Aho-Corasick over the folded words, then whole words, the longest, capitals, neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Final

import ahocorasick

from rasad.actors.folding import WORD, fold_word
from rasad.actors.mention import Mention, Resolution
from rasad.actors.neighbours import is_another
from rasad.actors.passage import Passage
from rasad.actors.spellings import Case, Rank, Spelling
from rasad.actors.titles import title_before, words_not_states

Found = tuple[Spelling, ...]
Decide = Callable[[Found, frozenset[str]], Resolution]

_ATTACHED: Final = ("و", "ب", "ل", "ک", "ف", "وب", "ول", "فل")
"""Arabic conjunctions and prepositions that are written together with the name after them."""
_ATTACHABLE, _LOOSE, _PIECE = 4, 8, 3
_SURE_ARABIC = 5
_MOST_KEPT = 200_000

_PLACE: Final = itemgetter(0, 1)
_Hit = tuple[int, int, int, "_Entry"]
"""The first word, the last as a negative number (so that the longest sorts first), and what is attached."""


class _Entry:
    """The spellings of one key; ``even`` where they ask for the same capitals, and not for all."""

    __slots__ = ("bare", "case", "even", "found", "length")

    def __init__(self, key: str, found: Sequence[Spelling]) -> None:
        self.length = len(key)
        self.found = tuple(found)
        self.case = min(one.case for one in found)
        self.even = max(one.case for one in found) == self.case != Case.ALL
        self.bare = all(one.bare for one in found)

    def standing(self, passage: Passage, first: int, last: int) -> tuple[Found, bool]:
        """The spellings that can stand on these words, and whether all of them are surnames alone."""
        if self.case and passage.words[first][0].islower():
            return (), False
        if first == last and self.even:
            return self.found, self.bare
        if self.even and self.found[0].words == tuple(passage.folded[first : last + 1]):
            return self.found, self.bare
        found = tuple([one for one in self.found if _stands(passage, one, first, last)])
        return found, all([one.bare for one in found])  # noqa: C419  half the time of a generator


class Running:
    """Finds the spellings of one way of writing in texts."""

    def __init__(self, by_key: Mapping[str, Sequence[Spelling]], *, pashto: bool) -> None:
        self._automaton = ahocorasick.Automaton()
        self._short: dict[str, _Entry] = {}
        self._folded = _Folded(pashto=pashto)
        for key, spellings in by_key.items():
            entry = _Entry(key, spellings)
            if len(key) < _ATTACHABLE:
                self._short[key] = entry
            else:
                self._automaton.add_word(key, entry)
        self._automaton.make_automaton()

    def find(self, text: str, decide: Decide, unsure: Callable[[str], bool]) -> list[Mention]:
        """The names in a text, from the first word on always the longest that can stand there.

        Args:
            text: The text.
            decide: Whom spellings mean, given the posts that a title before them tells.
            unsure: Whether a word is carried by several persons of the table.
        """
        passage = Passage(text, WORD.findall(text), self._folded)
        mentions: list[Mention] = []
        after = -1
        for first, last, attached, entry in self._hits(passage):
            if first > after:
                standing = entry.standing(passage, first, -last)
                if standing[0]:
                    mention = _mention(passage, (first, -last, attached), standing, decide, unsure)
                    if mention is not None:
                        after = -last
                        mentions.append(mention)
        return mentions

    def _hits(self, passage: Passage) -> list[_Hit]:
        """Where keys lie between the ends of words, in order; each still has to stand there."""
        hits: list[_Hit] = []
        if not self._short.keys().isdisjoint(passage.folded):
            hits += self._short_hits(passage)
        offsets = passage.offsets
        for end, entry in self._automaton.iter(passage.stream):
            last = bisect_left(offsets, end + 1)
            if offsets[last] != end + 1:
                continue
            begin, attached = end + 1 - entry.length, 0
            first = bisect_right(offsets, begin) - 1
            if offsets[first] != begin:
                attached = _attached(passage, first, begin)
                if not attached:
                    continue
            hits.append((first, 1 - last, attached, entry))
        hits.sort(key=_PLACE)
        return hits

    def _short_hits(self, passage: Passage) -> Iterator[_Hit]:
        """Names of few letters, which would lie within very many words."""
        for at, word in enumerate(passage.folded):
            entry = self._short.get(word)
            if entry is not None:
                yield at, -at, 0, entry


class _Folded(dict[str, str]):
    """Every word met, folded once."""

    def __init__(self, *, pashto: bool) -> None:
        super().__init__()
        self._pashto = pashto

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[word] = folded = fold_word(word, pashto=self._pashto)
        return folded


def _attached(passage: Passage, first: int, begin: int) -> int:
    """How many letters at the beginning of a word are a conjunction or preposition before a name."""
    before = passage.stream[passage.offsets[first] : begin]
    return len(before) if before in _ATTACHED else 0


def _stands(passage: Passage, spelling: Spelling, first: int, last: int) -> bool:
    """Whether a spelling can stand on these words: capitals where it has them, and parted where it may be."""
    case = spelling.case
    if case is Case.FIRST and passage.words[first][0].islower():
        return False
    if case is Case.ALL and any(passage.is_small(at) for at in range(first, last + 1)):
        return False
    if first == last or tuple(passage.folded[first : last + 1]) == spelling.words:
        return True
    own = set(accumulate(map(len, spelling.words)))
    begin = passage.offsets[last] + len(passage.folded[last]) - len(spelling.key)
    for at in range(first + 1, last + 1):
        parted = passage.offsets[at] - begin
        if parted in own or parted <= 0 or not passage.folded[at]:
            continue
        pieces = (len(passage.folded[at - 1]), len(passage.folded[at]))
        loose = len(spelling.key) >= _LOOSE and min(pieces) >= _PIECE
        if not loose and passage.gap(at).isspace():
            return False
    return True


def _mention(
    passage: Passage,
    place: tuple[int, int, int],
    standing: tuple[Found, bool],
    decide: Decide,
    unsure: Callable[[str], bool],
) -> Mention | None:
    (first, last, attached), (found, bare) = place, standing
    classes: frozenset[str] = frozenset()
    titled = False
    if bare or len(found) > 1:
        before = passage.before(first)
        begin, classes = title_before(before, len(before))
        titled = begin < len(before)
    if first == last:
        key = found[0].key
        if key in words_not_states() and not bare:
            return None
        if is_another(passage, first, key, person=bare, titled=titled):
            return None
    if bare and not titled and passage.is_caseless(first) and _is_common(found, unsure):
        return None
    decided = decide(found, classes)
    if bare and not decided.actor_id and len(decided.candidates) < 2:
        return None
    start, end = passage.span(first)
    end = end if first == last else passage.span(last)[1]
    return Mention(start + attached, end, *decided)


def _is_common(found: Sequence[Spelling], unsure: Callable[[str], bool]) -> bool:
    """Whether one word without capitals is too weak: not listed as a name, and short or carried by several."""
    if any(spelling.rank is Rank.LISTED for spelling in found):
        return False
    return len(found[0].key) < _SURE_ARABIC or unsure(found[0].key)
