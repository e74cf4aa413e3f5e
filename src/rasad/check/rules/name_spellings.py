"""Rule: one proper name in two spellings, found by what transliterators and writers mix up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rasad.actors.folding import fold
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.rules.dates import is_reference
from rasad.check.rules.word_forms import are_two_words

Place = tuple[Passage, int, int]
LEAST_LATIN, LEAST_ARABIC = 5, 4
_LATIN = re.compile(r"(?<![\w.])[A-Z][a-zāīūşçğöüéèáíóú’']+(?:-(?:[a-z]{1,2}[ -])?[A-Z][a-z]+)*(?![\w])")
_ARABIC = re.compile(r"[\u0621-\u06d3\u200c]{3,}")
_ALIKE: Final = str.maketrans("طصثذضظحىيېۍئكګأإآةټډړڼږښ", "تسسزززهیییییکگاااهتدرنژش")
_SAME: Final = str.maketrans("يىكۍې", "ییکیی")
_ENDS: Final = ("‌ها", "‌های", "‌ای", "‌تر", "‌ترین", "‌اند", "‌ام", "‌شان", "‌گان", "‌ی", "‌هایی", "‌اش")
_BEGINS: Final = ("می‌", "نمی‌", "بی‌", "هم‌", "به‌", "بې‌", "نا‌", "پیش‌", "نو‌", "چنان‌", "این‌", "آن‌", "هیچ‌", "همین‌")


def name_spellings(reading: Reading) -> Iterator[Finding]:
    """Words with capitals, or of Arabic letters, that are one name in two spellings; the rarer is told."""
    groups: dict[tuple[str, str], dict[str, list[Place]]] = {}
    for passage in reading.prose():
        if not is_reference(passage):
            for key, surface, place in _latin(passage) if passage.lang == "en" else _arabic(passage):
                groups.setdefault((passage.lang, key), {}).setdefault(surface, []).append(place)
    for spellings in groups.values():
        if len(spellings) < 2:
            continue
        ordered = sorted(spellings.items(), key=lambda told: (len(told[1]), -told[1][0][0].number))
        (rare, places), (usual, others) = ordered[0], ordered[-1]
        passage, start, end = places[0]
        if are_two_words(rare, usual, len(places), passage.lang):
            continue
        yield Finding(
            "name-spellings", "warning", passage.number, start, end, passage.text[start:end],
            f"'{rare}' ({len(places)}) and '{usual}' ({len(others)}) are one name in two spellings: keep to one",
            others=tuple((p.number, a, b) for p, a, b in places[1:]),
        )  # fmt: skip


def _latin(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    for match in _LATIN.finditer(passage.text):
        name = re.sub(r"[’']s$", "", match[0])
        key = fold(name, "en").replace(" ", "")
        begins = match.start() == 0 or passage.text[: match.start()].rstrip()[-1:] in '.!?:“"('
        if len(key) >= LEAST_LATIN and not (begins and "-" not in name and name.casefold() in passage.text):
            yield key, name, (passage, match.start(), match.end())


def _arabic(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    words = list(_ARABIC.finditer(passage.text))
    for at, match in enumerate(words):
        word = match[0].strip("\u200c")
        if len(word) < LEAST_ARABIC or word.endswith(_ENDS) or word.startswith(_BEGINS):
            continue
        yield _skeleton(word), word.translate(_SAME), (passage, match.start(), match.end())
        after = words[at + 1] if at + 1 < len(words) else None
        if (
            after is not None
            and after.start() == match.end() + 1
            and len(after[0]) >= LEAST_ARABIC - 1
            and "\u200c" not in word + after[0]
        ):
            both = f"{word} {after[0]}"
            yield _skeleton(both), both.translate(_SAME), (passage, match.start(), after.end())


def _skeleton(word: str) -> str:
    """A word without joiners and blanks, the letters that are mixed up as one."""
    return re.sub(r"[\u200c ]", "", word).translate(_ALIKE)
