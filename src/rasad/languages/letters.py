"""Which letters an edition can print: those that its fonts hold, and the marks that need no shape."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

SHAPELESS = "\n\r\t\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u2066\u2067\u2068\u2069\u061c\ufeff"
"""White space and marks of joining and direction, which are drawn by no font."""


def unprintable(text: str) -> str:
    """The first character of a text that no font of the editions holds; empty where there is none.

    Example:
        >>> unprintable("امارت اسلامی and ټډړ")
        ''
        >>> unprintable("北京")
        '北'
    """
    match = _outside().search(unicodedata.normalize("NFC", text))
    return match[0] if match is not None else ""


_FOLDED = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": " ", "\u00a0": " ", "ـ": None})
_VOWELS = re.compile("[\u064b-\u0652\u0670]")


def fold_letters(text: str) -> str:
    """A text for looking words up: case, yeh and kaf of either script, joiners and vowel signs folded.

    It merges letters that differ in Pashto and is never printed.
    """
    plain = _VOWELS.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLDED)
    return plain.lower()


def named(character: str) -> str:
    """A character for a message: itself where it can be shown, and its code point."""
    shown = f"'{character}' " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X})"


@cache
def _outside() -> re.Pattern[str]:
    lines = (files("rasad.languages") / "letters.txt").read_text("utf-8").splitlines()
    ranges = [tuple(int(end, 16) for end in line.split("-")) for line in lines if not line.startswith("#")]
    inside = "".join(
        f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges if last >= ord(" ")
    )
    return re.compile(f"[^{inside}{re.escape(SHAPELESS)}]")
