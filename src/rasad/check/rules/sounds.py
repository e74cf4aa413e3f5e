"""Names that writers of Arabic letters spell by ear: Russian surnames in -ov, and k, q and ch in Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rasad.check.passage import Passage

Place = tuple[Passage, int, int]

LEAST: Final = 2
"""Consonants that a surname must have before its ending."""

LEAST_ARABIC: Final = 4
NEAR_ROLE: Final = 40
_WORD = re.compile(r"[\u0621-\u06d3\u064b-\u0652\u200c]{4,}")
_OV = re.compile(r"(?:یېف|ییف|ائیف|ایف|اېف|ېف|وف|اف|وو|ييف|اييف|ائيف)$")
_VOWELS: Final = str.maketrans("", "", "اآوییيېۍئأإءع\u200c")
_SOUNDS: Final = str.maketrans("صثطضظذحټډړڼږښقګگكغ", "سستزززهتدرنژشککککک")
_MARKS: Final = dict.fromkeys([*range(0x064B, 0x0653), 0x0640])
_ROLE = re.compile(
    r"وزير|رئيس|سفير|نائب|الناطق|المتحدث|مبعوث|مندوب|أمير|الملا|محافظ|والي|قائد|الجنرال|عباس|محمد|أحمد|علي|حسن|خان|الله"
)
"""What stands before the name of a person."""

Spellings = dict[str, list[Place]]


def names_by_sound(passages: Sequence[Passage]) -> Iterator[Spellings]:
    """Surnames of one sound in several spellings, of the passages of one language."""
    words: dict[str, list[Place]] = {}
    for passage in passages:
        for match in _WORD.finditer(passage.text):
            words.setdefault(match[0].strip("\u200c"), []).append((passage, match.start(), match.end()))
    yield from _in_arabic(words) if passages[0].lang == "ar" else _in_ov(words)


def _in_ov(words: Spellings) -> Iterator[Spellings]:
    """Names in -ov whose endings differ: خوجایف and خوجایېف, but not the plural of a word in -if."""
    groups: dict[str, Spellings] = {}
    for word, places in words.items():
        ending = _OV.search(word)
        if ending is not None:
            stem = word[: ending.start()].translate(_SOUNDS).translate(_VOWELS)
            if len(stem) >= LEAST:
                groups.setdefault(stem, {})[word] = places
    for spellings in groups.values():
        endings = {_ending(word) for word in spellings}
        if len(spellings) > 1 and len(endings) == len(spellings):
            yield spellings


def _ending(word: str) -> str:
    match = _OV.search(word)
    return match[0] if match is not None else ""


def _in_arabic(words: Spellings) -> Iterator[Spellings]:
    """Surnames in -i with k for q or tsh for j, one of them with a role or first name: عراقجي and عراقتشي.

    Other words of these letters are two: قابل is no كابل.
    """
    groups: dict[str, Spellings] = {}
    for word, places in words.items():
        plain = word.translate(_MARKS)
        sound = plain.replace("تش", "ج").replace("ق", "ك")
        if len(sound) >= LEAST_ARABIC and sound.endswith("ي") and not sound.startswith("ال"):
            groups.setdefault(sound, {}).setdefault(plain, []).extend(places)
    for spellings in groups.values():
        if len(spellings) > 1 and any(_is_of_person(places) for places in spellings.values()):
            yield spellings


def _is_of_person(places: list[Place]) -> bool:
    return any(
        _ROLE.search(passage.text, max(start - NEAR_ROLE, 0), start) is not None
        for passage, start, _ in places
    )
