"""Rules on spelling: British and American in one text, and a place under two names."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference

Place = tuple[Passage, int, int]
Words = dict[str, list[Place]]

LEAST: Final = 3
MOSTLY: Final = 2
"""Different words of one country's spelling that a text must have at least to be in it, and how many for each of the other's."""

OUR_ENDS: Final = (
    "",
    "s",
    "ed",
    "ing",
    "able",
    "ably",
    "hood",
    "hoods",
    "ite",
    "ites",
    "ful",
    "er",
    "ers",
    "ly",
    "al",
)
RE_ENDS: Final = (("re", "er"), ("res", "ers"), ("red", "ered"), ("ring", "ering"))
CE_ENDS: Final = (("ce", "se"), ("ces", "ses"), ("celess", "seless"))
LL_ENDS: Final = ("ed", "ing", "er", "ers", "or", "ors", "ation")
_WORD = re.compile(r"[A-Za-z]{4,}|[Pp]er cent\b")
_ISE = re.compile(r"[a-z]{3,}is(?:e|ed|es|ing|ation|ations|er|ers)$")
_NO_ISE: Final = frozenset(
    [
        "advise",
        "advised",
        "advises",
        "adviser",
        "advisers",
        "arise",
        "arises",
        "arising",
        "comprise",
        "comprised",
        "comprises",
        "comprising",
        "compromise",
        "compromised",
        "compromises",
        "devise",
        "devised",
        "exercise",
        "exercised",
        "exercises",
        "exercising",
        "franchise",
        "improvise",
        "improvised",
        "otherwise",
        "premise",
        "premised",
        "premises",
        "promise",
        "promised",
        "promises",
        "promising",
        "raise",
        "raised",
        "raises",
        "raising",
        "revise",
        "revised",
        "revises",
        "rise",
        "rises",
        "rising",
        "supervise",
        "supervised",
        "surprise",
        "surprised",
        "surprises",
        "surprising",
        "televise",
        "wise",
        "demise",
        "enterprise",
        "enterprises",
        "expertise",
        "merchandise",
        "noise",
        "praise",
        "praised",
        "precise",
        "concise",
        "disguise",
        "disguised",
        "advertise",
        "advertised",
        "advertising",
        "guise",
        "cruise",
        "cruiser",
        "cruisers",
        "paradise",
        "treatise",
        "bruise",
        "poise",
    ]
)


def british_and_american(reading: Reading) -> Iterator[Finding]:
    """A word in British and in American spelling, or one that is not spelt as the rest of the text is."""
    small, names = _words(reading)
    told: set[str] = set()
    for british, american in _pairs_in(small):
        told |= {british, american}
        is_american = sum(word in _american() for word in small) > sum(word in _british() for word in small)
        first, second = (
            (small[british], small[american]) if is_american else (small[american], small[british])
        )
        yield _finding(
            min(first, second, key=len),
            f"'{british}' and '{american}' in one text: keep to one",
        )
    for places in _names_in_two_ways(names):
        one, other = _text(places[0][0]), _text(places[1][0])
        yield _finding(min(places, key=len), f"'{one}' and '{other}' in one name: keep to one")
    yield from _strangers(small, told)


def _strangers(small: Words, told: set[str]) -> Iterator[Finding]:
    """Words of the spelling that is not the text's own, where one of the two is plainly its own."""
    british = [word for word in small if word in _british() and word not in _weak()]
    american = [word for word in small if word in _american() and word not in _weak()]
    for own, other, name, right in (
        (british, american, "American", _american()),
        (american, british, "British", _british()),
    ):
        also = [word for word in small if word in _weak() and (word in _american()) == (own is american)]
        if len(own) >= 2 and len(own) + len(also) >= max(LEAST, MOSTLY * len(other)):
            for word in other:
                if word not in told:
                    yield _finding(
                        small[word],
                        f"'{word}' is {name} spelling in a text that is not ('{own[0]}', '{own[1]}'): write '{right[word]}'",
                    )


def _words(reading: Reading) -> tuple[Words, dict[tuple[str, str], list[Place]]]:
    """Words in small letters, and words with a capital within names by the word before them."""
    small: Words = {}
    names: dict[tuple[str, str], list[Place]] = {}
    for passage in reading.everywhere():
        if passage.lang != "en" or passage.kind in ("code", "quote"):
            continue
        is_told = not is_reference(passage)
        text = passage.text
        for match in _WORD.finditer(text):
            word = match[0]
            key = word.casefold()
            if key not in _spelt() and not _ISE.match(key) and not _IZE.match(key):
                continue
            place = (passage, match.start(), match.end())
            if (
                word[0].isupper()
                and match.start()
                and text[match.start() - 2 : match.start() - 1] not in ".!?:"
            ):
                before = re.search(r"(\w+) $", text[max(match.start() - 30, 0) : match.start()])
                names.setdefault((_beside(before[1] if before else "", text, match.end()), key), []).append(
                    place
                )
            elif is_told and not passage.is_quoted(match.start()):
                small.setdefault(key, []).append(place)
    return small, names


def _beside(before: str, text: str, end: int) -> str:
    """What makes a word with a capital part of a name: the name's word before it, else those that follow it."""
    if before[:1].isupper() and before not in ("The", "A", "An", "This", "That", "Our", "Its"):
        return before
    after = re.match(r" (?:for|of|on) ((?:[A-Z]\w+ ?)+)", text[end : end + 60])
    return after[1].strip() if after is not None else ""


_IZE = re.compile(r"[a-z]{3,}iz(?:e|ed|es|ing|ation|ations|er|ers)$")


def _pairs_in(small: Words) -> Iterator[tuple[str, str]]:
    for word in list(small):
        american = _british().get(word)
        is_pair = american in small and (word not in _weak() or word in _paired())
        if is_pair and american is not None:
            yield word, american
        elif _ISE.match(word) and word not in _NO_ISE:
            other = re.sub(r"is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)", "iz", word)
            if other in small:
                yield word, other


def _names_in_two_ways(
    names: dict[tuple[str, str], list[Place]],
) -> Iterator[tuple[list[Place], list[Place]]]:
    for (before, word), places in names.items():
        other = _british().get(word)
        if before and before[0].isupper() and other is not None and (before, other) in names:
            yield places, names[before, other]


def places(reading: Reading) -> Iterator[Finding]:
    """A country, town or water under two of its names: ``Türkiye`` and ``Turkey``."""
    told = [passage for passage in reading.prose() if not is_reference(passage) and passage.kind != "quote"]
    for lang in dict.fromkeys(passage.lang for passage in told):
        found: dict[int, dict[str, list[Place]]] = {}
        for passage in told:
            if passage.lang == lang:
                for match in _places(lang).finditer(passage.text):
                    if not passage.is_quoted(match.start()) and not _IN_A_NAME.match(
                        passage.text, match.end()
                    ):
                        name = match[0]
                        found.setdefault(_place_of(lang)[name], {}).setdefault(name, []).append(
                            (passage, match.start(), match.end())
                        )
        for names in found.values():
            if len(names) > 1:
                counts = Counter({name: len(some) for name, some in names.items()})
                said = ", ".join(f"'{name}' ({count})" for name, count in counts.most_common())
                yield _finding(
                    names[counts.most_common()[-1][0]],
                    f"one place under several names: {said}; keep to one",
                    "name-spellings",
                )


_IN_A_NAME = re.compile(r" (?!(?:and|or)\b)[A-Z][a-z]+")
"""A place that begins the name of something else: the Oxus Desk, the Burma Road."""


def _finding(places: list[Place], message: str, rule: str = "name-spelling") -> Finding:
    (passage, start, end), *others = places
    return Finding(
        rule, "warning", passage.number, start, end, passage.text[start:end], message,
        others=tuple((p.number, a, b) for p, a, b in others),
    )  # fmt: skip


def _text(place: Place) -> str:
    passage, start, end = place
    return passage.text[start:end]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("rasad.check") / "spellings.toml").read_text("utf-8"))


@cache
def _british() -> dict[str, str]:
    """British words with the American one of each."""
    table = _table()
    pairs = [tuple(pair.split("|")) for pair in table["words"]]
    pairs += [(f"{stem}our{end}", f"{stem}or{end}") for stem in table["our"] for end in OUR_ENDS]
    pairs += [(stem + one, stem + other) for stem in table["re"] for one, other in RE_ENDS]
    pairs += [(stem + one, stem + other) for stem in table["ce"] for one, other in CE_ENDS]
    pairs += [(f"{stem}ll{end}", f"{stem}l{end}") for stem in table["ll"] for end in LL_ENDS]
    return dict(pairs)


@cache
def _american() -> dict[str, str]:
    return {american: british for british, american in _british().items()}


@cache
def _spelt() -> frozenset[str]:
    return frozenset(_british()) | frozenset(_american())


@cache
def _weak() -> frozenset[str]:
    return frozenset(_table()["weak"])


@cache
def _paired() -> frozenset[str]:
    return frozenset(word for pair in _table()["paired"] for word in pair.split("|"))


@cache
def _place_of(lang: str) -> dict[str, int]:
    return {name: at for at, names in enumerate(_table()["places"][lang]) for name in names.split("|")}


@cache
def _places(lang: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_place_of(lang), key=len, reverse=True)))
    return re.compile(rf"(?<![\w\u200c])(?:{names})(?![\w\u200c])")
