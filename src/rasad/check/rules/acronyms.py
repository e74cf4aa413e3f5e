"""Rules on acronyms: expanded nowhere, or more than once; in Latin letters and as other scripts spell or speak them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

from rapidfuzz.fuzz import ratio

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference

Place = tuple[Passage, int, int]
Uses = dict[str, Place]
Expanded = dict[str, list[tuple[Place, str]]]
"""Of each acronym the places where it is expanded, with the words that expand it."""

MUCH_ALIKE: Final = 60.0
LONGEST: Final = 8
MOST_ALIKE: Final = 40
LEAST_SPELT, LEAST_STRONG = 3, 2
"""Names of letters that make an acronym, and how many of them must be no common word."""

ALL_CAPITALS: Final = 1 / 3
_ACRONYM = re.compile(r"(?<![\w.@/-])[A-Z][A-Z&]{2,6}(?:-[A-Z])?(?![\w@/]|-[A-Za-z])")
_IN_OTHER_SCRIPT = re.compile(r"(?<![\w.@/-])[A-Z]{3,7}(?:-[A-Z])?(?![\w@/]|-[A-Za-z]|\.\w)")
_EXPANDED = re.compile(
    r"((?:[A-Z][\w’'-]*|of|the|and|for|in|on|de|al|for|to)(?:[ -](?:[A-Z][\w’'-]*|of|the|and|for|in|on|de|al|to)){1,9})\s+\(\s*[“\"]?([A-Z][A-Z&]{1,6}(?:-[A-Z])?)s?[”\"]?[\s,;)]"
)
_BRACKET = re.compile(
    r"(?<!\w)([^\W\d][^()\[\]«»\n]{3,80}?)\s*\(\s*[«“\"]?([^()\[\]،,;:.«»“”\"\d]{2,24})[»”\"]?\s*\)"
)
_QUOTED_BEFORE = re.compile(
    r"[»”\"]\s*[(（]\s*[«“\"]?([A-Z][A-Z&]{1,6}(?:-[A-Z])?|[\u0621-\u06d3]{3,12})[»”\"]?\s*[)）،,;؛]"
)
"""A full name in quotation marks, and its acronym in brackets behind it."""

_FOLLOWS = re.compile(
    r"\s*[»”\"]?\s*[(（](?:the )?(?:[A-Z][a-z]|(?:[A-Za-z][\w’'-]* ){2,8}[\w’'-]+[),;]|[\u0621-\u06d3]{2,}[\s\u200c]+[\u0621-\u06d3])"
)
_EXPLAINS = re.compile(
    r"\b(?:stands? for|for short|is short for|abbreviat\w+|acronym)\b|مخفف|کوته‌نوشت|لنډیز|لنډیزه|اختصار|مختصر(?= ل)"
)
_APPOSED = re.compile(r",\s+(?:the|an?)\s")
_APPOSES = re.compile(r"(?:,|\bor|\bthe|\bcalled|\bas)\s+$")
_INITIAL = re.compile(r"\b([A-Z])[\w’'.]*")
NEAR_NAME: Final = 110
_IS_NUMBERED = re.compile(r"[\s\u00a0]?[-–]?[\d۰-۹٠-٩]{2,}(?!\s?(?:%|٪|per|درصد|سلنه|في))")
"""What makes an acronym the name of a standard or a project: ICD 203, CASA-1000."""

_DOTTED = re.compile(r"(?<![\w.])(?:[\u0621-\u06d3]\.\s?){2,5}[\u0621-\u06d3](?![\w])")
_CAPITALS = re.compile("[A-Z][A-Z]")
_DOT_WITHIN = re.compile("[\u0621-\u06d3]\\.\\s?[\u0621-\u06d3]")
_JOINTS = re.compile(r"[\s\u200c.]+")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORDS: Final = 2


def acronyms(reading: Reading) -> Iterator[Finding]:
    """An acronym that the text expands nowhere, or expands twice or in two ways."""
    used, expanded = _of_reading(reading)
    explained: str | None = None
    for name, (passage, start, end) in used.items():
        if name in expanded or (passage.lang == "en" and _is_word(reading, name)):
            continue
        explained = _explained(reading) if explained is None else explained
        if passage.text[start:end] in explained:
            continue
        if not _told_after(passage.text, end) and not _is_spelt_beside(passage.text, start, end):
            words = passage.text[start:end]
            yield Finding(
                "acronym-unexpanded", "warning", passage.number, start, end, words,
                f"'{words}' is expanded nowhere: give its full name where it stands first",
            )  # fmt: skip
    for name, places in expanded.items():
        if len(places) > 1:
            (passage, start, end), _ = places[1]
            ways = list(dict.fromkeys(_plain(words) for _, words in places))
            twice = f"'{name}' is expanded {len(places)} times: once is enough"
            yield Finding(
                "acronym-twice", "note", passage.number, start, end, passage.text[start:end],
                twice if len(ways) == 1 else f"'{name}' is expanded in {len(ways)} ways: {'; '.join(ways)}",
                others=tuple((p.number, a, b) for (p, a, b), _ in places[2:]),
            )  # fmt: skip
    yield from _two_for_one(expanded)


def _two_for_one(expanded: Expanded) -> Iterator[Finding]:
    """Two acronyms much alike for one name, of which one is a slip: the Shanghai Cooperation Organisation (SCO), (SOC)."""
    by_words: dict[str, dict[str, Place]] = {}
    for name, places in expanded.items():
        for place, words in places:
            if " " not in name:
                by_words.setdefault(_plain(words), {}).setdefault(name, place)
    for words, names in by_words.items():
        for (one, _), (other, (passage, start, end)) in combinations(list(names.items())[:MOST_ALIKE], 2):
            if ratio(one, other) >= MUCH_ALIKE and max(len(one), len(other)) <= LONGEST:
                yield Finding(
                    "acronym-twice", "note", passage.number, start, end, passage.text[start:end],
                    f"'{words}' has two acronyms, '{one}' and '{other}': keep to one",
                )  # fmt: skip


def _of_reading(reading: Reading) -> tuple[Uses, Expanded]:
    """Where each acronym stands first, and wherever it is expanded."""
    used: Uses = {}
    expanded: Expanded = {}
    numbered: set[str] = set()
    for passage in reading.prose():
        if not is_reference(passage):
            if passage.lang == "en":
                _in_english(passage, used, expanded)
            else:
                _in_other_script(passage, used, expanded, numbered)
    used = {name: place for name, place in used.items() if name not in numbered}
    return used, {name: places for name, places in expanded.items() if not _is_chance(name, places)}


def _in_english(passage: Passage, used: Uses, expanded: Expanded) -> None:
    text = passage.text
    if "(" in text:
        for match in _EXPANDED.finditer(text):
            if _could_stand_for(match[1], match[2]):
                end = match.end(2) + (text[match.end(2)] == ")")
                expanded.setdefault(match[2], []).append(((passage, match.start(), end), match[1]))
    found = [
        match
        for match in _ACRONYM.finditer(text)
        if match[0] not in _needless() and not _IS_NUMBERED.match(text, match.end())
    ]
    if found and not _is_in_capitals(text):
        for match in found:
            used.setdefault(match[0], (passage, match.start(), match.end()))


def _in_other_script(passage: Passage, used: Uses, expanded: Expanded, numbered: set[str]) -> None:
    text, lang = passage.text, passage.lang
    brackets = list(_BRACKET.finditer(text)) if "(" in text else []
    inside = [match.span(2) for match in brackets]
    if brackets or "(" in text:
        for match in _QUOTED_BEFORE.finditer(text):
            name = _name(match[1], lang)
            if not match[1].isascii() and not _is_whole(match[1], lang):
                continue
            begin = max(text.rfind("«", 0, match.start()), text.rfind("“", 0, match.start()), 0)
            expanded.setdefault(name, []).append(((passage, begin, match.end()), text[begin : match.start()]))
    for match in brackets:
        name = _name(match[2], lang)
        words = _WORD.findall(match[1])[-6:]
        if len(words) >= _FIRST_WORDS and len(_WORD.findall(match[2])) <= 6:
            begin = match.start(1) + match[1].rfind(words[-_FIRST_WORDS]) if words else match.start(2)
            expanded.setdefault(name, []).append(
                ((passage, begin, match.end()), " ".join(words[-_FIRST_WORDS:]))
            )
    for start, end in _written(text, lang):
        name = _name(text[start:end], lang)
        bracketed = any(a <= start < b for a, b in inside)
        if _IS_NUMBERED.match(text, end) and (_CAPITALS.match(name) or text[end] in "-–"):
            numbered.add(name)
            continue
        if not bracketed and name not in _needless() and name not in _table()[lang]["known"]:
            used.setdefault(name, (passage, start, end))


def _written(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where a text in Arabic script has an acronym: in Latin capitals, with dots, letter by letter, or as a word."""
    if _CAPITALS.search(text) is not None:
        yield from (match.span() for match in _IN_OTHER_SCRIPT.finditer(text))
    if _DOT_WITHIN.search(text) is not None:
        for match in _DOTTED.finditer(text):
            if len(_JOINTS.split(match[0])) >= LEAST_SPELT:
                yield match.span()
    if any(word in text for word in _table()[lang]["spoken"]):
        yield from (match.span() for match in _spoken(lang).finditer(text))
    if not _strong(lang).isdisjoint(text.replace("\u200c", " ").split()):
        yield from _spelt_in(text, lang)


def _spelt_in(text: str, lang: str) -> Iterator[tuple[int, int]]:
    for match in _spelt(lang).finditer(text):
        parts = [part for part in _JOINTS.split(match[0]) if part]
        strong = sum(part in _strong(lang) for part in parts)
        if len(parts) >= LEAST_SPELT and strong >= (LEAST_STRONG if " " in match[0] else 1):
            yield match.span()


def _is_chance(name: str, places: list[tuple[Place, str]]) -> bool:
    """Whether words in brackets are no acronym: not written as one, and never after the same words again."""
    passage = places[0][0][0]
    if passage.lang == "en" or name.isupper():
        return False
    if _is_whole(name, passage.lang):
        return False
    return len(places) > 1 and (len({words for _, words in places}) > 1 or " " in name)


def _is_whole(name: str, lang: str) -> bool:
    """Whether a word is an acronym from its first letter to its last."""
    if any(a == 0 and b == len(name) for a, b in _written(name, lang)):
        return True
    return lang != "en" and _joined(lang).fullmatch(name) is not None


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) >= len(letters) * ALL_CAPITALS


def _is_word(reading: Reading, name: str) -> bool:
    """Whether a word also stands in small letters, or anyhow in a heading, so that its capitals are no acronym."""
    small = re.compile(rf"\b{re.escape(name.casefold())}\b")
    return any(
        small.search(passage.text.casefold() if passage.kind == "heading" else passage.text) is not None
        for passage in reading.passages
        if passage.lang == "en"
    )


def _could_stand_for(name: str, acronym: str) -> bool:
    letters = "".join(word[0] for word in re.split(r"[ -]", name) if word)
    return acronym[0].casefold() in letters.casefold() and len(letters) >= len(acronym.replace("-", "")) - 1


def _told_after(text: str, end: int) -> bool:
    """Whether an expansion in brackets follows: ``UNODC (the UN Office …)``."""
    return _FOLLOWS.match(text, end) is not None


def _explained(reading: Reading) -> str:
    """The sentences that say of an acronym that it is one: "INSTC stands for …", "لنډیز", "مخفف"."""
    return " ".join(
        told
        for passage in reading.passages
        if _EXPLAINS.search(passage.text)
        for _, told in passage.sentences
        if _EXPLAINS.search(told)
    )


def _is_spelt_beside(text: str, start: int, end: int) -> bool:
    """Whether the words before or after an acronym begin with its letters: ``TAPI, the Turkmenistan–Afghanistan– …``."""
    letters = [letter for letter in text[start:end] if letter.isupper()]
    if len(letters) < LEAST_STRONG:
        return False
    after = text[end : end + NEAR_NAME] if _APPOSED.match(text, end) else ""
    before = text[max(start - NEAR_NAME, 0) : start] if _APPOSES.search(text, 0, start) else ""
    for words in (_INITIAL.findall(after)[: len(letters) + 1], _INITIAL.findall(before)[-len(letters) - 1 :]):
        if "".join(letters) in "".join(words):
            return True
    return False


def _plain(words: str) -> str:
    return re.sub(r"^(?:the|The) ", "", words)


def _name(words: str, lang: str) -> str:
    """An acronym without its blanks, joiners and the Arabic article."""
    name = _JOINTS.sub("", words)
    return name.removeprefix("ال") if lang == "ar" and len(name) > LEAST_SPELT + 1 else name


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("rasad.check") / "acronyms.toml").read_text("utf-8"))


@cache
def _needless() -> frozenset[str]:
    return frozenset(_table()["known"]) | frozenset(_table()["headings"])


@cache
def _strong(lang: str) -> frozenset[str]:
    """The names of letters that are no common words."""
    return frozenset(_table()[lang]["letters"]) - frozenset(_table()[lang]["weak"])


@cache
def _spelt(lang: str) -> re.Pattern[str]:
    letters = "|".join(sorted({*_table()[lang]["letters"], *_table()[lang]["weak"]}, key=len, reverse=True))
    return re.compile(rf"(?<![\w\u200c])(?:{letters})(?:[ \u200c](?:{letters})){{2,7}}(?![\w\u200c])")


@cache
def _joined(lang: str) -> re.Pattern[str]:
    """An acronym letter by letter without joints, as it may stand in brackets: دبلیواف‌پی."""
    letters = "|".join(sorted(_table()[lang]["letters"], key=len, reverse=True))
    return re.compile(rf"(?:(?:{letters})[ \u200c]?){{3,7}}")


@cache
def _spoken(lang: str) -> re.Pattern[str]:
    words = "|".join(sorted(_table()[lang]["spoken"], key=len, reverse=True))
    return re.compile(rf"(?<![\w\u200c]){'(?:ال)?' if lang == 'ar' else ''}(?:{words})(?![\w\u200c])")
