"""How near two folded names are that are not the same: letters, consonants, and word by word.

The score is the mean of two similarities (Levenshtein, 1 for equal): of all letters, and of the consonants alone,
where letters that transliterations exchange count as one. A misspelt or otherwise transliterated name keeps its
consonants; another person's name does not. One word that is too far spoils the whole name, however long the rest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from rasad.actors.titles import Words

WORD_FLOOR: Final = 0.68
"""The least similarity of two words that stand for each other."""
_VOWELS = re.compile("[aeiouh'اآویيېۍئءهаеиоуыяю]")
_ONE_OF = str.maketrans(
    "zfjcq" + "ثصذضظطحغپټډړږښڼځڅژجګ" + "зщчцф",
    "svgkk" + "سسزززتهقبتدرزشنززچچگ" + "ссшсв",
)


def nearness(one: Words, other: Words) -> float:
    """The score of two names in folded words, 0 to 1.

    Example:
        >>> nearness(("hikmatyar",), ("hekmatiar",)) > 0.8 > nearness(("sergei", "ivanov"), ("igor", "ivanov"))
        True
    """
    if len(one) != len(other):
        return _near("".join(one), "".join(other)) - 0.04 * abs(len(one) - len(other))
    words = [_near(word, to) for word, to in zip(one, other, strict=True)]
    if min(words) < WORD_FLOOR:
        return 0.0
    return (_near("".join(one), "".join(other)) + min(words)) / 2


def is_respelt(one: str, other: str) -> bool:
    """Whether two words of a length differ in vowels alone, as Ahmed and Ahmad."""
    return len(one) == len(other) and consonants(one) == consonants(other)


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """The consonants of a folded word; a first vowel stands as one sign."""
    rest = _VOWELS.sub("", word.translate(_ONE_OF))
    return f"'{rest}" if _VOWELS.match(word) is not None else rest


def _near(one: str, other: str) -> float:
    letters = Levenshtein.normalized_similarity(one, other)
    return (letters + Levenshtein.normalized_similarity(consonants(one), consonants(other))) / 2
