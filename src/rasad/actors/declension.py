"""Russian names in the oblique cases, as running text has them: Лаврова, Сергею Лаврову, Афганистаном."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CASES: Final = 5
"""Genitive, dative, accusative, instrumental, prepositional."""
_ENDINGS: Final = (
    (re.compile(r"(?<=[сц]к)ий$|(?<=[жнртлв])ый$"), ("ого", "ому", "ого", "им", "ом")),
    (re.compile(r"(?<=ск)ая$|(?<=цк)ая$"), ("ой", "ой", "ую", "ой", "ой")),
    (re.compile(r"(?<=[оеё]в)а$|(?<=ин)а$"), ("ой", "ой", "у", "ой", "ой")),
    (re.compile(r"(?<=[оеё]в)$|(?<=[^с]ин)$"), ("а", "у", "а", "ым", "е")),
    (re.compile(r"(?<=и)я$"), ("и", "и", "ю", "ей", "и")),
    (re.compile(r"(?<=[гкхжшчщ])а$"), ("и", "е", "у", "ой", "е")),
    (re.compile(r"(?<=[бвгдзлмнпрстф])ые$"), ("ых", "ым", "ые", "ыми", "ых")),
    (re.compile(r"(?<=ск)ие$|(?<=цк)ие$"), ("их", "им", "ие", "ими", "их")),
    (re.compile(r"(?<=[бвгдзлмнпрстф])ы$"), ("ов", "ам", "ов", "ами", "ах")),
    (re.compile(r"а$"), ("ы", "е", "у", "ой", "е")),
    (re.compile(r"я$"), ("и", "е", "ю", "ей", "е")),
    (re.compile(r"(?<=и)й$"), ("я", "ю", "я", "ем", "и")),
    (re.compile(r"[йь]$"), ("я", "ю", "я", "ем", "е")),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])$"), ("а", "у", "а", "ом", "е")),
)


def declined(name: str) -> Iterator[str]:
    """A name in each oblique case, all words alike; a word that does not decline stays.

    Example:
        >>> list(declined("Сергей Лавров"))[:3]
        ['Сергея Лаврова', 'Сергею Лаврову', 'Сергея Лаврова']
        >>> list(declined("Россия"))[-2:]
        ['Россией', 'России']
    """
    words = name.split(" ")
    for case in range(_CASES):
        yield " ".join("-".join(_word(part, case) for part in word.split("-")) for word in words)


def _word(word: str, case: int) -> str:
    for ending, forms in _ENDINGS:
        if ending.search(word) is not None:
            return ending.sub(forms[case], word)
    return word
