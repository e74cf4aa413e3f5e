"""Words before a name: posts, ranks and honorifics, which are taken off, and tell homonyms apart."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

from rasad.actors.folding import words_of

ANY = "any"
_MOST_WORDS = 5

Words = tuple[str, ...]


def title_before(words: Words, end: int) -> tuple[int, frozenset[str]]:
    """The longest title that ends before a place: where it begins, and the classes of role that it tells.

    Example:
        >>> title_before(("russian", "foreign", "minister", "lavrov"), 3)
        (1, frozenset({'foreign-minister'}))
    """
    if not end or words[end - 1] not in _last_words():
        return end, frozenset()
    for begin in range(max(0, end - _MOST_WORDS), end):
        classes = _titles().get(words[begin:end])
        if classes is not None:
            return begin, classes - {ANY}
    return end, frozenset()


def after_titles(words: Words) -> Words:
    """A name without the titles at its beginning; the name itself where nothing else is left.

    Example:
        >>> after_titles(("general", "dostum")), after_titles(("mulah",))
        (('dostum',), ('mulah',))
    """
    begin = 0
    while begin < len(words):
        for end in range(min(len(words), begin + _MOST_WORDS), begin, -1):
            if words[begin:end] in _titles():
                begin = end
                break
        else:
            break
    return words[begin:] or words


def after_last_title(words: Words) -> tuple[Words, frozenset[str]]:
    """What follows the last title anywhere in a phrase, and the classes that this title tells.

    Example:
        >>> after_last_title(("russian", "foreign", "minister", "lavrov"))
        (('lavrov',), frozenset({'foreign-minister'}))
    """
    for end in range(len(words) - 1, 0, -1):
        begin, classes = title_before(words, end)
        if begin < end:
            return words[end:], classes
    return (), frozenset()


@cache
def given_too() -> frozenset[str]:
    """Folded honorifics that are given names as well."""
    return frozenset(
        word for texts in _told()["given_too"].values() for text in texts for word in words_of(text)
    )


@cache
def tails() -> frozenset[str]:
    """Last words that belong to the word before, as "zada"."""
    return frozenset(word for text in _told()["tails"].values() for tail in text for word in words_of(tail))


@cache
def states_and_persons() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Folded: states that are names of persons too, given names beside them, and what else may stand there."""
    told = _told()["states_and_persons"]
    names, given, beside = (
        frozenset("".join(words_of(word)) for word in told[part]) for part in ("en", "given", "beside")
    )
    return names, given, beside


@cache
def words_not_states() -> frozenset[str]:
    """Folded words of common speech that are names of states too."""
    return frozenset(
        "".join(words_of(word, pashto=pashto))
        for words in _told()["words_not_states"].values()
        for word in words
        for pashto in (False, True)
    )


@cache
def _titles() -> dict[Words, frozenset[str]]:
    titles: dict[Words, set[str]] = defaultdict(set)
    for name, langs in _told()["titles"].items():
        for phrases in langs.values():
            for phrase in phrases:
                for pashto in (False, True):
                    titles[words_of(phrase, pashto=pashto)].add(name)
    titles.pop((), None)
    return {words: frozenset(names) for words, names in titles.items()}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words[-1] for words in _titles())


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files("rasad.actors") / "matching.toml").read_text("utf-8"))
