"""Words of Arabic letters that look like one name in two spellings and are two words, or two forms of one."""

from __future__ import annotations

import re
from typing import Final

MANY: Final = 4
"""A slip of the pen is rare: where the rarer of two words stands this often, both are meant."""

_LAST: Final = re.compile("[یيۍېئ]$")
_PARTICLES: Final = frozenset({"انها", "انه", "انهم", "انك", "اننا"})


def are_two_words(rare: str, usual: str, times: int, lang: str) -> bool:
    """Whether two spellings are no slip: endings of Pashto that carry a meaning, an Arabic "that" and "indeed".

    Example:
        >>> are_two_words("وکړئ", "وکړي", 1, "ps"), are_two_words("إنها", "أنها", 2, "ar")
        (True, True)
        >>> are_two_words("المصلحة", "المسلحة", 1, "ar")
        True
        >>> are_two_words("کابول", "کابل", 1, "prs")
        False
    """
    if lang == "ps":
        ends = _LAST.search(rare) is not None and _LAST.search(usual) is not None
        return times >= MANY or (ends and rare[:-1] == usual[:-1]) or rare.endswith(" ونه")
    if lang != "ar":
        return False
    plain, other = (re.sub("[أإ]", "ا", word) for word in (rare, usual))
    is_particle = plain in _PARTICLES and plain == other
    # A word with an article is Arabic, where ص and س are never mistaken: المصلحة is no المسلحة.
    has_article = plain.startswith("ال") and other.startswith("ال")
    return is_particle or (has_article and len(plain) == len(other) and _emphatic(plain) != _emphatic(other))


def _emphatic(word: str) -> str:
    return "".join(letter for letter in word if letter in "صسثطتضدظزذ")
