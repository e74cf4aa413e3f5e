"""The words that rules look for, by language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

WITH_AND: Final = frozenset(("reported", "happened", "planned", "time", "future", "resolver", "flat_future"))
"""Lists whose Arabic words are found with the conjunction that is written together with them; none is complained of."""


@cache
def pattern(lang: str, name: str) -> re.Pattern[str]:
    """Any of the words of a list, standing whole; the longest first.

    Raises:
        KeyError: If there is no such list.
    """
    attached = "[وف]?" if lang == "ar" and name in WITH_AND else ""
    return re.compile(
        rf"(?<![\w\u200c]){attached}(?:{'|'.join(sorted(_lists()[lang][name], key=len, reverse=True))})(?![\w\u200c])",
        _flags(name),
    )


def _flags(name: str) -> int:
    return 0 if name == "could" else re.IGNORECASE


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files(__package__) / "words.toml").read_text("utf-8")
    )
    return found
