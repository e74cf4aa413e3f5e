"""Names that differ between editions of a passage: another actor, or another person, than most editions name.

Two ways, each where the other is blind. An actor that the table knows stands in all other editions and not here, while
here stands one that is in no other. And a name that the English writes with capitals is looked for by its consonants, which
survive a change of script: where it is in all other editions but one, that one has another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.built_in_actors import built_in_matcher, built_in_table
from rasad.check.finding import Finding
from rasad.check.passage import Passage

RULE: Final = "edition-name"
LEAST_CONSONANTS: Final = 3
THERE: Final = 80.0
NOT_THERE: Final = 60.0
"""Likenesses of consonants from which on a name is there, and up to which it is not; between them nothing is said."""

_FULL_NAME = re.compile(
    r"(?<![\w’'-])([A-Z][\w’']+) (?:al-|bin |ibn |de |van |von )?([A-Z][\w’'-]+)(?![ -][A-Z])"
)
_CAPITALS = re.compile(r"(?<![\w’'-])[A-Z][\w’']{2,}")
_LETTERS = re.compile(r"[\u0621-\u06d3\u200c]+")
_LATIN: Final = (
    ("kh", "H"), ("gh", "K"), ("sh", "X"), ("ch", "J"), ("zh", "J"), ("ph", "F"), ("th", "T"), ("ck", "K"), ("dh", "D"),
    ("c", "K"), ("q", "K"), ("g", "K"), ("k", "K"), ("x", "KS"), ("j", "J"), ("p", "B"), ("b", "B"), ("v", "F"), ("f", "F"),
    ("z", "S"), ("s", "S"), ("t", "T"), ("d", "D"), ("h", "H"), ("m", "M"), ("n", "N"), ("l", "L"), ("r", "R"),
)  # fmt: skip
_ARABIC: Final = {
    **dict.fromkeys("بپ", "B"), **dict.fromkeys("تطټةۃ", "T"), **dict.fromkeys("دډ", "D"),
    **dict.fromkeys("سصثزذضظ", "S"), **dict.fromkeys("کكقگګغ", "K"), **dict.fromkeys("خحهھ", "H"),
    **dict.fromkeys("جچژځڅږ", "J"), **dict.fromkeys("شښ", "X"), **dict.fromkeys("رړ", "R"), **dict.fromkeys("نڼ", "N"),
    "ف": "F", "ڤ": "F", "ل": "L", "م": "M",
}  # fmt: skip
"""Consonants as eleven sounds: those that scripts and languages write alike; vowels, و and ی go."""


def differing_names(row: Mapping[str, Passage]) -> Iterator[tuple[str, Finding]]:
    """The editions of one passage whose names differ from the others', with what is wrong.

    Args:
        row: The passage by language; fewer than three editions can't outvote one.
    """
    if len(row) < 3:
        return
    told = set()
    for lang, finding in _by_table(row):
        told.add(lang)
        yield lang, finding
    for lang, finding in _by_consonants(row):
        if lang not in told:
            yield lang, finding


def _by_table(row: Mapping[str, Passage]) -> Iterator[tuple[str, Finding]]:
    table = built_in_table()
    places = {
        lang: {
            one.actor_id: one
            for one in built_in_matcher().find(passage.text, None, lang)
            if one.actor_id in table
        }
        for lang, passage in row.items()
    }
    for lang, here in places.items():
        others: list[set[str]] = [set(there) for other, there in places.items() if other != lang]
        lacks = others[0].intersection(*others[1:]) - set(here)
        alone = set(here).difference(*others)
        if len(lacks) == 1 and len(alone) == 1:
            missing, one = lacks.pop(), here[alone.pop()]
            if table.get(missing).kind == table.get(one.actor_id).kind:
                name = table.name(missing, lang)
                yield lang, _finding(row[lang], one.start, one.end, f"the other editions name '{name}' here")


def _by_consonants(row: Mapping[str, Passage]) -> Iterator[tuple[str, Finding]]:
    """A full name of which one edition has one part and not the other, where the rest have both."""
    english = row.get("en")
    if english is None:
        return
    words = {lang: _skeletons(passage.text) for lang, passage in row.items() if lang != "en"}
    for match in _FULL_NAME.finditer(english.text):
        if _has_names_of_its_own(match[0]):
            continue
        first, last = (consonants(part) for part in match.groups())
        if min(len(first), len(last)) < LEAST_CONSONANTS:
            continue
        near = {lang: (_nearness(first, there), _nearness(last, there)) for lang, there in words.items()}
        whole = [lang for lang, scores in near.items() if min(scores) >= THERE]
        broken = [lang for lang, scores in near.items() if min(scores) <= NOT_THERE and max(scores) >= THERE]
        if len(broken) == 1 and len(whole) == len(near) - 1 >= 2:
            passage = row[broken[0]]
            message = f"the other editions name '{match[0]}' here, this one does not"
            yield broken[0], _finding(passage, 0, len(passage.text), message)


def _has_names_of_its_own(name: str) -> bool:
    """Whether it is an actor of the table whose names in other languages need not sound alike, as a person's do."""
    actor = built_in_matcher().resolve(name, "en").actor_id
    table = built_in_table()
    return bool(actor) and actor in table and table.get(actor).kind != "person"


def _nearness(wanted: str, there: frozenset[str]) -> float:
    return max((ratio(wanted, one) for one in there), default=0.0)


def name_consonants(text: str) -> frozenset[str]:
    """The consonants of a passage's names: in English of the words with capitals, in Arabic script of all words."""
    words = _LETTERS if _LETTERS.search(text) else _CAPITALS
    found = (consonants(match[0]) for match in words.finditer(text))
    return frozenset(one for one in found if len(one) >= LEAST_CONSONANTS)


def _skeletons(text: str) -> frozenset[str]:
    """The consonants of every word of a text in Arabic script, and of every two that stand together."""
    single = [consonants(match[0]) for match in _LETTERS.finditer(text)]
    return frozenset({*single, *(one + other for one, other in pairwise(single))})


def consonants(word: str) -> str:
    """The consonants of a word in Latin or Arabic script, as sounds that both write; doubled ones once.

    Example:
        >>> consonants("Araghchi"), consonants("عراقچی")
        ('RKJ', 'RKJ')
    """
    letters = word.casefold()
    if letters[:1].isascii():
        letters = re.sub(r"[^a-z]", "", letters)
        for written, sound in _LATIN:
            letters = letters.replace(written, sound)
        letters = re.sub(r"[a-z]", "", letters)
    else:
        letters = "".join(_ARABIC.get(letter, "") for letter in letters.removeprefix("ال"))
    return re.sub(r"(.)\1+", r"\1", letters)


def _finding(passage: Passage, start: int, end: int, message: str) -> Finding:
    return Finding(RULE, "error", passage.number, start, end, passage.text[start:end], message)
