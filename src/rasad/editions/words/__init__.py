"""The words that an edition prints by itself, one table a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class Words:
    """The words of one language by key; ``words("issue", n="518")`` fills a form in."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table

    def __call__(self, key: str, **values: str) -> str:
        """The words of a key.

        Raises:
            KeyError: If the language has no such words.
        """
        form = self._table[key]
        return form.format(**values) if values else form

    def keys(self) -> list[str]:
        return list(self._table)


@cache
def words_of(lang: str) -> Words:
    """The words of a language."""
    return Words(tomllib.loads((files(__name__) / f"{lang}.toml").read_text("utf-8")))
