"""Which letters a name of a language is written with, and those that look right and are another language's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rasad.actors.actor import NAME_LANGUAGES

SCRIPTS = dict(zip(NAME_LANGUAGES, ("LATIN", "ARABIC", "ARABIC", "ARABIC", "CYRILLIC"), strict=True))
_ONLY_PASHTO = "ټډړږښګڼېۍ"
FOREIGN = {
    "prs": dict.fromkeys(_ONLY_PASHTO, "") | {"ي": "ی", "ى": "ی", "ك": "ک"},
    "ps": {"ى": "ی", "ك": "ک"},
    "ar": dict.fromkeys(_ONLY_PASHTO, "") | {"ی": "ي", "ک": "ك"},
}
"""Letters of the right script that a language does not write, and the one it writes instead."""


def strange_letters(name: str, lang: str) -> Iterator[str]:
    """Each letter that a name in a language should not have, told with what should stand there.

    Example:
        >>> list(strange_letters("علي", "prs"))
        ["'ي' (U+064A), write 'ی' (U+06CC)"]
        >>> list(strange_letters("علي", "ps")), list(strange_letters("Аli", "en"))
        ([], ["'А' (U+0410), no letter of LATIN script"])
    """
    for letter in dict.fromkeys(name):
        if unicodedata.category(letter)[0] != "L":
            continue
        instead = FOREIGN.get(lang, {}).get(letter)
        if not unicodedata.name(letter, "").startswith((SCRIPTS[lang], "MODIFIER")):
            yield f"{_named(letter)}, no letter of {SCRIPTS[lang]} script"
        elif instead is not None:
            yield f"{_named(letter)}, {f'write {_named(instead)}' if instead else 'a letter of Pashto alone'}"


def _named(letter: str) -> str:
    return f"'{letter}' (U+{ord(letter):04X})"
