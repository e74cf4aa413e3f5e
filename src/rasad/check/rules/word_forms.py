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
        >>> are_two_words("کابول", "کابل", 1, "prs")
        False
    """
    if lang == "ps":
        ends = _LAST.search(rare) is not None and _LAST.search(usual) is not None
        return times >= MANY or (ends and rare[:-1] == usual[:-1]) or rare.endswith(" ونه")
    plain = re.sub("[أإ]", "ا", rare)
    return lang == "ar" and plain in _PARTICLES and plain == re.sub("[أإ]", "ا", usual)
