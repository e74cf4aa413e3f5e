"""Words before a name: posts, ranks and honorifics, which are taken off, and tell homonyms apart."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

from rasad.actors.folding import words_of

ANY = "any"
_MOST_WORDS = 5
_YES = str.maketrans("يئېۍ", "یییی")
_ADJECTIVE = ("ая", "ое", "ие", "ого", "ому", "им", "ом", "ой", "ую", "их", "ими")

Words = tuple[str, ...]


def title_before(words: Words, end: int) -> tuple[int, frozenset[str]]:
    """The longest title that ends before a place: where it begins, and the classes of role that it tells.

    Example:
        >>> title_before(("russian", "foreign", "minister", "lavrov"), 3)
        (1, frozenset({'foreign-minister'}))
    """
    if not end or _one_ye(words[end - 1]) not in _last_words():
        return end, frozenset()
    words, titles = tuple(map(_one_ye, words)), _titles()
    for begin in range(max(0, end - _MOST_WORDS), end):
        classes = titles.get(words[begin:end])
        if classes is not None:
            return begin, classes - {ANY}
    return end, frozenset()


def title(words: Words) -> frozenset[str] | None:
    """The classes of role that words tell if they are a title, with ANY where it is a rank too; else None.

    Example:
        >>> title(("foreign", "minister")), title(("kabul",)), title(words_of("وزیراعظم"))
        (frozenset({'foreign-minister'}), None, frozenset({'head-of-government'}))
    """
    return _titles().get(tuple(map(_one_ye, words)))


def after_titles(words: Words) -> Words:
    """A name without the titles at its beginning; the name itself where nothing else is left.

    Example:
        >>> after_titles(("general", "dostum")), after_titles(("mulah",))
        (('dostum',), ('mulah',))
    """
    begin = 0
    while begin < len(words):
        for end in range(min(len(words), begin + _MOST_WORDS), begin, -1):
            if title(words[begin:end]) is not None:
                begin = end
                break
        else:
            break
    return words[begin:] or words


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
def titles_of() -> frozenset[Words]:
    """Folded titles after which whose title it is must be told, as "spokesman for"."""
    return _phrases(_told()["titles_of"]["words"])


@cache
def kings() -> tuple[frozenset[Words], frozenset[str]]:
    """Folded titles of kings, and the states that have one."""
    told = _told()["kings"]
    return _phrases(told["words"]), frozenset(told["states"])


@cache
def deputies() -> frozenset[Words]:
    """Folded words that make another post of the one after them."""
    return _phrases(_told()["deputies"]["words"])


@cache
def passing() -> frozenset[Words]:
    """Folded words between a post and a name that tell nothing of either, as "incoming"."""
    return _phrases(_told()["passing"]["words"])


@cache
def joining() -> frozenset[Words]:
    """Folded words between a post and its state."""
    return _phrases(_told()["joining"]["words"])


@cache
def houses() -> tuple[frozenset[Words], frozenset[Words]]:
    """Folded last parts of a name that the press leaves out: of one word, and of two."""
    phrases = _phrases(_told()["houses"]["words"])
    one, two = (frozenset(words for words in phrases if len(words) == length) for length in (1, 2))
    return one, two


@cache
def nouns(of: str) -> frozenset[Words]:
    """Folded common nouns beside the name of a movement ("of_movements") or whoever governs ("of_governments")."""
    return _phrases(phrase for phrases in _told()["nouns"][of].values() for phrase in phrases)


@cache
def adjectives() -> dict[Words, str]:
    """Folded adjectives of states, and the state of each; Russian ones in every case."""
    return {
        words: state
        for state, phrases in _told()["adjectives"].items()
        for phrase in phrases
        for form in (phrase, *_russian(phrase))
        for words in _phrases([form])
    }


def _russian(adjective: str) -> Iterator[str]:
    if adjective.endswith("ий"):
        stem = adjective.removesuffix("ий")
        yield from (stem + ending for ending in _ADJECTIVE)


@cache
def _titles() -> dict[Words, frozenset[str]]:
    titles: dict[Words, set[str]] = defaultdict(set)
    for name, langs in _told()["titles"].items():
        for phrases in langs.values():
            for words in _phrases(phrases):
                for written in _written(tuple(map(_one_ye, words))):
                    titles[written].add(name)
    return {words: frozenset(names) for words, names in titles.items()}


def _written(words: Words) -> Iterator[Words]:
    """A phrase with each of its spaces, or without: «رئیس جمهور» and «رئیسجمهور»."""
    if not words[0].isascii() and len(words) <= _MOST_WORDS:
        for parts in product((" ", ""), repeat=len(words) - 1):
            text = words[0] + "".join(map("".join, zip(parts, words[1:], strict=True)))
            yield tuple(text.split(" "))
    else:
        yield words


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words[-1] for words in _titles())


@lru_cache(maxsize=1 << 15)
def _one_ye(word: str) -> str:
    """A word of a title with one ye for the five of Pashto: a title tells no names apart."""
    return word if word.isascii() else word.translate(_YES)


def _phrases(phrases: Iterable[str]) -> frozenset[Words]:
    folded = (words_of(phrase, pashto=pashto) for phrase in phrases for pashto in (False, True))
    return frozenset(filter(None, folded))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files("rasad.actors") / "matching.toml").read_text("utf-8"))
