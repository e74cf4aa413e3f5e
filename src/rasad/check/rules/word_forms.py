"""Words of Arabic letters that look like one name in two spellings and are two words, or two forms of one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

MANY: Final = 4
"""A slip of the pen is rare: where the rarer of two words stands this often, both are meant."""

TWICE: Final = 2
"""How often the usual spelling must stand at least, where nothing beside the two words tells that they are one."""

_LAST: Final = re.compile("[یيۍېئ]$")
_PARTICLES: Final = frozenset({"انها", "انه", "انهم", "انك", "اننا"})
_ARTICLE: Final = re.compile("^[وف]?(?:[بك]?ال|لل)")
_SAME_YE: Final = str.maketrans("يىۍېك", "ییییک")
_SOUNDS: Final = str.maketrans("صثطضظذحټډړڼږښ", "سستزززهتدرنژش")


def are_two_words(rare: str, usual: str, times: int, lang: str) -> bool:
    """Whether two spellings are no slip: endings of Pashto that carry a meaning, an Arabic "that" and "indeed".

    Example:
        >>> are_two_words("وکړئ", "وکړي", 1, "ps"), are_two_words("إنها", "أنها", 2, "ar")
        (True, True)
        >>> are_two_words("المصلحة", "المسلحة", 1, "ar"), are_two_words("وحدة", "وحده", 1, "ar")
        (True, True)
        >>> are_two_words("کابول", "کابل", 1, "prs")
        False
    """
    if lang in ("ar", "prs", "ps") and {_stem(rare), _stem(usual)} <= _common(lang):
        # With the article no pronoun can follow: للطاقه is الطاقة misspelt, and طاقه might be "his strength".
        return {rare[-1:], usual[-1:]} != {"ه", "ة"} or _ARTICLE.match(rare) is None
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


def need_a_neighbour(rare: str, usual: str, most: int, lang: str) -> bool:
    """Whether two spellings need a word beside both that is the same, before they are taken for one name.

    They do where a letter is another one and not only joined, marked or dotted otherwise: Arabic has a word for nearly
    every such pair, and elsewhere one that stands once is too little to tell a slip from another word.

    Example:
        >>> need_a_neighbour("يسلح", "يصلح", 1, "ar"), need_a_neighbour("پطرولیم", "پترولیم", 3, "prs")
        (True, False)
    """
    one, other = (word.translate(_SAME_YE) for word in (rare, usual))
    differ = one != other and one.translate(_SOUNDS) == other.translate(_SOUNDS)
    if lang == "ar":
        is_pronoun = {rare[-1:], usual[-1:]} == {"ه", "ة"} and _ARTICLE.match(rare) is None
        return differ or is_pronoun
    return differ and most < TWICE


def _stem(word: str) -> str:
    return _ARTICLE.sub("", word.translate(_SAME_YE), count=1)


@cache
def _common(lang: str) -> frozenset[str]:
    table = tomllib.loads((files("rasad.check") / "word_pairs.toml").read_text("utf-8"))
    return frozenset(str(table[lang]["common"]).translate(_SAME_YE).split())


def _emphatic(word: str) -> str:
    return "".join(letter for letter in word if letter in "صسثطتضدظزذ")
