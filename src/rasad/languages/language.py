"""A language as an edition needs it, read from its folder's ``language.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "prs", "ps", "ar")
"""The languages of an edition, by ISO 639-3 where two letters do not tell them apart."""


@dataclass(frozen=True)
class Language:
    """How one language writes numbers, dates and words."""

    code: str
    bcp47: str
    name: str
    english_name: str
    direction: str
    digits: str
    decimal: str
    group: str
    percent: str
    sign_mark: str
    percent_mark: str
    comma: str
    quotes: tuple[str, str]
    months: dict[str, tuple[str, ...]]
    dates: dict[str, str]
    units: dict[str, dict[str, str]]
    number_words: tuple[str, ...]
    direction_words: tuple[str, ...]

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


@cache
def language(code: str) -> Language:
    """The language of a code.

    Raises:
        KeyError: If there is no folder for the code.
    """
    if code not in LANGUAGES:
        raise KeyError(code)
    text = (files("rasad.languages") / code / "language.toml").read_text("utf-8")
    return _language(tomllib.loads(text))


def _language(table: dict[str, Any]) -> Language:
    plain = ("code", "bcp47", "name", "english_name", "direction", "digits", "decimal")
    marks = ("group", "percent", "sign_mark", "percent_mark", "comma", "dates", "units")
    return Language(
        **{key: table[key] for key in plain + marks},
        quotes=(table["quotes"][0], table["quotes"][1]),
        months={calendar: tuple(names) for calendar, names in table["months"].items()},
        number_words=tuple(table["words"]["numbers"]),
        direction_words=tuple(table["words"]["direction"]),
    )
