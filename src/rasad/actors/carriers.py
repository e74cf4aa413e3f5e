"""Who carries a word of a name, and which initials fit whom: what tells one holder of a surname from the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rasad.actors.folding import WORD, fold_word
from rasad.actors.spellings import Rank, Spelling

COMMON: Final = 6
"""A word that as many persons of the table carry is nobody's alone, as Khan or Haqqani."""


class Carriers:
    """Which persons of the table carry a word, as surname or in any place of the name."""

    def __init__(self, people: Iterable[Spelling]) -> None:
        self._anywhere: dict[str, set[str]] = defaultdict(set)
        self._surname: dict[str, set[str]] = defaultdict(set)
        for spelling in people:
            if spelling.bare:
                self._surname[spelling.key].add(spelling.actor_id)
            for word in spelling.words:
                self._anywhere[word].add(spelling.actor_id)

    def several(self, word: str) -> bool:
        """Whether more than one person carries the word."""
        return len(self._anywhere.get(word, ())) > 1

    def is_common(self, word: str) -> bool:
        return len(self._anywhere.get(word, ())) >= COMMON

    def others(self, word: str) -> frozenset[str]:
        """Persons whose name has the word, but not as surname."""
        return frozenset(self._anywhere.get(word, set()) - self._surname.get(word, set()))


class Initials:
    """With which letters the names of a person begin, so that "George H. W. Bush" is not "George W. Bush"."""

    def __init__(self, people: Iterable[Spelling]) -> None:
        self._letters: dict[str, set[str]] = defaultdict(set)
        self._middle: set[str] = set()
        for spelling in people:
            if spelling.rank is Rank.LISTED:
                words = WORD.findall(spelling.text)
                self._letters[spelling.actor_id] |= _letters(words)
                if len(words) > 2:
                    self._middle.add(spelling.actor_id)

    def fit(self, spelling: Spelling, initials: frozenset[str]) -> bool:
        """Whether nothing in a person's listed names speaks against the initials.

        Beside a surname alone each must be known; beside a full name only where middle names are known.
        """
        known = self._letters.get(spelling.actor_id)
        if not initials or known is None or initials <= known:
            return True
        return not spelling.bare and spelling.actor_id not in self._middle


def initials_of(name: str) -> frozenset[str]:
    """The letters that stand for names, folded.

    Example:
        >>> sorted(initials_of("George H. W. Bush")), sorted(initials_of("J.D. Vance"))
        (['h', 'v'], ['d', 'j'])
    """
    words = WORD.findall(name)
    small = name.islower()
    return _letters(
        [word for word in words if (len(word) == 1 or "." in word) and (small or word[0].isupper())]
    )


def _letters(words: Iterable[str]) -> frozenset[str]:
    parts = [part for word in words for part in (word.split(".") if "." in word else [word]) if part]
    return frozenset(fold_word(part[0] * 2)[:1] for part in parts if part[0].isalpha())
