"""Rule: one proper name in two spellings, found by what transliterators and writers mix up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from rasad.actors.folding import fold
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.rules.sounds import names_by_sound
from rasad.check.rules.word_forms import are_two_words, need_a_neighbour

Place = tuple[Passage, int, int]
Groups = dict[tuple[str, str], dict[str, list[Place]]]

LEAST_LATIN, LEAST_ARABIC = 5, 4
LEAST_CONSONANTS: Final = 4
LEAST_ROOT: Final = 3
"""Consonants that two words of Arabic letters must share to be one name that differs in its long vowels."""

LEAST_LONGER: Final = 5
BESIDE: Final = 24
MOST_ALIKE: Final = 12
MOST_NEIGHBOURS: Final = 5
"""Words beside which a word may stand and still be part of a name; what stands beside more is a common word."""

_LATIN = re.compile(r"(?<![\w.])[A-Z][a-zāīūşçğöüéèáíóú’']+(?:-(?:[a-z]{1,2}[ -])?[A-Z][a-z]+)*(?![\w])")
_ARABIC = re.compile(r"[\u0621-\u06d3\u200c]{3,}")
_TASHKIL: Final = dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640])
_ALIKE: Final = str.maketrans("طصثذضظحىيېۍئےكګأإآةټډړڼږښ", "تسسزززهییییییکگاااهتدرنژش") | _TASHKIL
_SAME: Final = str.maketrans("يىكۍېے", "ییکییی") | _TASHKIL
_KEPT: Final = str.maketrans("كۍې", "کیی") | _TASHKIL
_LONG: Final = str.maketrans("", "", "اویىيآأإ\u200c")
_ENDS: Final = (
    "‌ها",
    "‌های",
    "‌ای",
    "‌تر",
    "‌ترین",
    "‌اند",
    "‌ام",
    "‌شان",
    "‌گان",
    "‌ی",
    "‌هایی",
    "‌اش",
    "‌هایش",
    "‌هایشان",
    "‌یی",
    "‌شده",
    "‌نشده",
    "‌شدهٔ",
    "‌شدگان",
    "‌شده‌اند",
    "‌کرده",
    "‌کردن",
    "‌شدن",
    "‌داده",
    "‌یافته",
    "‌گرفته",
    "‌رفته",
    "‌بسته",
    "‌گفته",
    "‌دیده",
    "‌خورده",
    "‌کننده",
    "‌کنندگان",
    "‌شونده",
    "‌دهنده",
    "‌دار",
    "‌وار",
    "‌آمیز",
    "‌پذیر",
    "‌که",
    "‌را",
    "‌گونه",
    "‌شوی",
    "‌شوې",
    "‌شوي",
    "‌کړی",
    "‌کړې",
    "‌کوونکي",
    "‌کوونکی",
    "‌وال",
    "‌ونه",
    "‌ونو",
)
_BEGINS: Final = ("می‌", "نمی‌", "بی‌", "هم‌", "به‌", "بې‌", "نا‌", "پیش‌", "نو‌", "چنان‌", "این‌", "آن‌", "هیچ‌", "همین‌")
_FORMATIVE: Final = frozenset("تيانمأإ")
"""Letters that begin Arabic verbs and nouns of one root: تنفيذ and تنفذ are two words, and so are محمد and محمود."""

_VOWELS = re.compile("[aeiouy]+")
_TWO_VOWELS: Final = ({"a", "o"}, {"a", "i"}, {"i", "o"}, {"i", "u"}, {"e", "u"}, {"e", "o"})
"""Vowels that no two systems of transliteration write for one sound."""


def name_spellings(reading: Reading) -> Iterator[Finding]:
    """Words with capitals, or of Arabic letters, that are one name in two spellings; the rarer is told."""
    groups: Groups = {}
    beside: Groups = {}
    others: dict[str, list[Passage]] = {}
    for passage in reading.everywhere():
        if passage.kind in ("heading", "code"):
            continue
        if passage.lang == "en":
            for key, surface, place in _latin(passage):
                groups.setdefault(("en", key), {}).setdefault(surface, []).append(place)
        else:
            others.setdefault(passage.lang, []).append(passage)
    for passages in others.values():
        _arabic(passages, groups, beside)
    told: set[tuple[int, int]] = set()
    by_sound = [told for passages in others.values() for told in names_by_sound(passages)]
    for spellings in [*groups.values(), *_by_vowels(groups), *_by_neighbour(beside), *by_sound]:
        if len(spellings) < 2:
            continue
        ordered = sorted(spellings.items(), key=lambda named: (len(named[1]), -named[1][0][0].number))
        (rare, places), (usual, most) = ordered[0], ordered[-1]
        passage, start, end = places[0]
        if (passage.number, start) in told or _are_two(rare, usual, places, most):
            continue
        told.add((passage.number, start))
        as_rare = [] if len(most) > len(places) else most
        yield Finding(
            "name-spellings", "warning", passage.number, start, end, passage.text[start:end],
            f"'{rare}' ({len(places)}) and '{usual}' ({len(most)}) are one name in two spellings: keep to one",
            others=tuple((p.number, a, b) for p, a, b in [*places[1:], *as_rare]),
        )  # fmt: skip


def _are_two(rare: str, usual: str, places: list[Place], most: list[Place]) -> bool:
    """Whether two spellings are no slip of the text: two words, or one that stands only in the words of others."""
    lang = places[0][0].lang
    if _is_of_others(places) != _is_of_others(most) or _are_spoken_of(places, most):
        return True
    if are_two_words(rare, usual, len(places), lang):
        return True
    needs = need_a_neighbour(rare, usual, len(most), lang)
    return needs and _neighbours(places).isdisjoint(_neighbours(most))


def _is_of_others(places: list[Place]) -> bool:
    """Whether a spelling stands in quotations alone: that of who is quoted, or a word that the text speaks of."""
    return all(passage.is_quoted(start) for passage, start, _ in places)


def _are_spoken_of(one: list[Place], other: list[Place]) -> bool:
    """Whether a passage puts both spellings in quotation marks, and so speaks of the difference."""
    quoted = [{p.number for p, start, _ in places if p.is_quoted(start)} for places in (one, other)]
    return not quoted[0].isdisjoint(quoted[1])


def _neighbours(places: list[Place]) -> set[str]:
    """The words before and after, but for short ones."""
    found: set[str] = set()
    for passage, start, end in places:
        before = _ARABIC.findall(passage.text, max(start - BESIDE, 0), start)[-1:]
        after = _ARABIC.findall(passage.text, end, end + BESIDE)[:1]
        found.update(_bare(word) for word in (*before, *after))
    return found


def _latin(passage: Passage) -> Iterator[tuple[str, str, Place]]:
    for match in _LATIN.finditer(passage.text):
        name, key = _folded(match[0])
        if len(key) < LEAST_LATIN:
            continue
        begins = match.start() == 0 or passage.text[: match.start()].rstrip()[-1:] in '.!?:“"('
        if not (begins and "-" not in name and name.casefold() in passage.text):
            yield key, name, (passage, match.start(), match.end())


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, str]:
    name = re.sub(r"[’']s?$", "", word)
    return name, fold(name, "en").replace(" ", "")


def _by_vowels(groups: Groups) -> Iterator[dict[str, list[Place]]]:
    """Latin names with the same consonants and vowels in the same places, but other vowels: Balochistan, Baluchestan."""
    alike: dict[str, list[str]] = {}
    for lang, key in groups:
        if lang == "en":
            frame = _VOWELS.sub("0", key.removesuffix("e"))
            if sum(letter != "0" for letter in frame) >= LEAST_CONSONANTS:
                alike.setdefault(frame, []).append(key)
    for keys in alike.values():
        for one, other in combinations(keys, 2):
            shorter, longer = sorted((one, other), key=len)
            is_slip = _are_mixed_up(one, other)
            if is_slip and (not longer.startswith(shorter) or longer == f"{shorter}e"):
                pick = (
                    min(groups["en", key].items(), key=lambda named: -len(named[1])) for key in (one, other)
                )
                yield dict(pick)


def _are_mixed_up(one: str, other: str) -> bool:
    """Whether two keys differ in vowels that transliterators write for one another: Bokhtar and Bakhtar are two places."""
    pairs = zip(_VOWELS.findall(one), _VOWELS.findall(other), strict=False)
    return all({a, b} not in _TWO_VOWELS for a, b in pairs)


def _arabic(passages: Sequence[Passage], groups: Groups, beside: Groups) -> None:
    """Fill in the words of Arabic letters of all passages of a language: those alone that may be one name in two spellings."""
    lang = passages[0].lang
    read = [(passage, _words(passage.text)) for passage in passages]
    known = {word for _, words in read for word, _, _ in words}
    alike = _alike(known)
    doubtful = _doubtful(known, lang)
    for passage, words in read:
        for word, start, end in words:
            if word in alike:
                skeleton, same = _skeleton(word)
                groups.setdefault((lang, skeleton), {}).setdefault(same, []).append((passage, start, end))
        for (word, start, last), (after, begin, end) in pairwise(words):
            if (
                begin != last + 1
                or passage.text[last] != " "
                or len(word) < LEAST_ROOT
                or len(after) < LEAST_ROOT
            ):
                continue
            if after in doubtful:
                key, place = f"{_plain(word)} …", (passage, begin, end)
                beside.setdefault((lang, key), {}).setdefault(_plain(after), []).append(place)
            if word in doubtful:
                key, place = f"… {_plain(after)}", (passage, start, last)
                beside.setdefault((lang, key), {}).setdefault(_plain(word), []).append(place)
            both = _bare(word) + _bare(after)
            if both in alike and "\u200c" not in word + after:
                skeleton, same = _skeleton(f"{word} {after}")
                groups.setdefault((lang, skeleton), {}).setdefault(same, []).append((passage, start, end))


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(match[0].strip("\u200c"), match.start(), match.end()) for match in _ARABIC.finditer(text)]


def _alike(known: AbstractSet[str]) -> set[str]:
    """Words that share their skeleton with another, and the skeletons of all that might be written in two words."""
    by_skeleton: dict[str, set[str]] = {}
    named: dict[str, list[str]] = {}
    for word in known:
        if len(word) >= LEAST_ARABIC and not word.endswith(_ENDS) and not word.startswith(_BEGINS):
            skeleton, same = _skeleton(word)
            by_skeleton.setdefault(skeleton, set()).add(same)
            named.setdefault(skeleton, []).append(word)
    found = {word for skeleton, words in named.items() if len(by_skeleton[skeleton]) > 1 for word in words}
    joined = {word for words in named.values() for word in words if "\u200c" in word}
    return found | joined | {_bare(word) for word in joined} | set(by_skeleton)


def _doubtful(known: AbstractSet[str], lang: str) -> set[str]:
    """Words that differ from another one in a long vowel alone."""
    by_root: dict[str, list[str]] = {}
    for word in known:
        root = word.removeprefix("ال") if lang == "ar" else word
        by_root.setdefault(root.translate(_LONG), []).append(word)
    found: set[str] = set()
    for words in by_root.values():
        for one, other in combinations(words, 2) if 1 < len(words) <= MOST_ALIKE else ():
            if _is_one_name(_plain(one), _plain(other), lang):
                found |= {one, other}
    return found


def _by_neighbour(beside: Groups) -> Iterator[dict[str, list[Place]]]:
    """Words beside one and the same word, and beside few others, that differ in long vowels within: جوزاف عون, جوزيف عون."""
    for (lang, _), words in beside.items():
        if not 1 < len(words) <= MOST_NEIGHBOURS:
            continue
        for one, other in combinations(words, 2):
            of_one_root = lang == "ar" and one.removeprefix("ال")[0] in _FORMATIVE and len(one) != len(other)
            if not of_one_root and _is_one_name(one, other, lang):
                yield {one: words[one], other: words[other]}


@lru_cache(maxsize=1 << 14)
def _is_one_name(one: str, other: str, lang: str) -> bool:
    if lang == "ar":
        one, other = one.removeprefix("ال"), other.removeprefix("ال")
    if one == other or one[:1] != other[:1] or "\u200c" in one + other:
        return False
    if one[:-1] == other[:-1]:
        return lang == "ar" and {one[-1], other[-1]} == {"ى", "ي"} and len(one) > LEAST_CONSONANTS
    root = one.translate(_LONG)
    if (
        len(root) < LEAST_ROOT
        or root != other.translate(_LONG)
        or one[-1].translate(_SAME) != other[-1].translate(_SAME)
    ):
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(longer) < LEAST_LONGER or {one[-2:], other[-2:]} == {"ون", "ين"}:
        return False
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    is_plural = len(shorter) < LEAST_LONGER and longer == f"{shorter[:2]}ا{shorter[2:]}"
    return not is_plural and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    return _skeleton(word)[0]


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return word.translate(_KEPT)


@lru_cache(maxsize=1 << 16)
def _skeleton(word: str) -> tuple[str, str]:
    """A word without joiners and blanks, the letters that are mixed up as one; and as it is, but for letters of one shape."""
    return word.replace("\u200c", "").replace(" ", "").translate(_ALIKE), word.translate(_SAME)
