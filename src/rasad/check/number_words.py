"""Number words with their values, as texts of each language write them out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["cardinal", "ordinal", "scale"]


@cache
def values(lang: str, kind: Kind) -> dict[str, int]:
    """The words of a kind with what they are worth.

    Example:
        >>> values("ps", "cardinal")["درېیو"]
        3
    """
    found: dict[str, dict[str, dict[str, int]]] = _tables()
    return found[lang][kind]


@cache
def any_of(lang: str, kind: Kind) -> str:
    """A pattern for one word of a kind, without a group; an Arabic word may have its prefix."""
    words = "|".join(sorted(map(re.escape, values(lang, kind)), key=len, reverse=True))
    prefix = "(?:[وفبل]{0,2})(?:ال)?" if lang == "ar" else ""
    return rf"(?<![\w\u200c]){prefix}(?:{words})(?![\w\u200c])"


def value(word: str, lang: str, kind: Kind) -> int | None:
    """What a word is worth, with or without its prefix; digits count for themselves."""
    if word.isdigit():
        return int(word)
    known = values(lang, kind)
    plain = word.casefold()
    if plain in known:
        return known[plain]
    for start in range(1, 5 if lang == "ar" else 1):
        if plain[start:] in known:
            return known[plain[start:]]
    return None


@cache
def _tables() -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = tomllib.loads(
        (files(__package__) / "number_words.toml").read_text("utf-8")
    )
    return found
