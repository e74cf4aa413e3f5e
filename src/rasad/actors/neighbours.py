"""Whether one word is a state or an official, or part of somebody else's name: what stands beside it tells."""

from __future__ import annotations

from rasad.actors.passage import Passage
from rasad.actors.spellings import is_patronymic
from rasad.actors.titles import states_and_persons, title_before

_HEADLINE_WORDS, _HEADLINE_SHARE, _LONG_WORD, _AROUND = 5, 0.8, 4, 20
_INITIALS = 2


def is_another(passage: Passage, at: int, key: str, *, person: bool, titled: bool) -> bool:
    """Whether one word, by its neighbours in capitals, belongs to the name of somebody else.

    It is asked of a surname alone, as in "Igor Lavrov", and of the states that are personal names, as in
    "Michael Jordan" and "Chad Smith"; "Jordan Valley" and "President Lavrov" are themselves.
    """
    names, given, _ = states_and_persons()
    if not person and key not in names:
        return False
    before, after = passage.beside(at, -1), passage.beside(at, 1)
    if before is not None and not titled and passage.folded[before] in given:
        return True
    if (before is None and after is None) or _is_headline(passage, at):
        return False
    if after is not None and _may_be_name(passage, after, after + 1):
        return True
    if before is None or titled or not _may_be_name(passage, before, at):
        return False
    return person or not passage.begins_sentence(before)


def _may_be_name(passage: Passage, at: int, end: int) -> bool:
    """Whether a word in capitals can be a part of a person's name."""
    word = passage.folded[at]
    if is_patronymic(word):
        return False
    if len(word) < _INITIALS or word in states_and_persons()[2] or passage.words[at].isupper():
        return False
    for stop in range(end, min(end + 3, len(passage.words)) + 1):
        words = tuple(filter(None, passage.folded[at:stop]))
        if title_before(words, len(words))[0] == 0:
            return False
    return True


def _is_headline(passage: Passage, at: int) -> bool:
    """Whether nearly every longer word of the sentence has a capital, so that capitals tell nothing."""
    least = max(0, at - _AROUND)
    first = next((to for to in range(at, least, -1) if passage.begins_sentence(to)), least)
    ends = (to for to in range(at + 1, min(at + _AROUND, len(passage.words))) if passage.begins_sentence(to))
    around = [word for word in passage.words[first : next(ends, at + _AROUND)] if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() for word in around)
    return len(around) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(around)
