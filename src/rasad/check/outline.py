"""The numbers and letters by which a text labels its parts, and its headings with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from rasad.check.number_words import any_of, value
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.word_lists import pattern
from rasad.languages.numbers import fold_digits

Style = Literal["number", "roman", "letter", "alphabet", "code", "word"]

HIGHEST: Final = 60
LONGEST_LABEL: Final = 24
_ALPHABETS: Final = (
    ("الف", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د", "ذ", "ر"),
    ("الف", "ب", "پ", "ت", "ټ", "ث", "ج", "چ", "څ", "ځ", "ح", "خ"),
    ("الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی"),
    ("أ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر"),
    ("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي"),
)
"""The alphabets and the abjad order by which lists are lettered: Dari, Pashto, both abjads, Arabic."""

_ARABIC: Final = sorted({letter for row in _ALPHABETS for letter in row}, key=len, reverse=True)
_LABEL = re.compile(
    rf"\s*\(?(?:(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:[.):-]|\s*[–—]|(?=\s+[A-Z\u0600-\u06ff]))"
    rf"|(?P<roman>[IVX]{{1,5}})[.):]|(?P<code>[A-Z])(?P<of_code>\d{{1,2}})[.):]"
    rf"|(?P<letter>[A-Za-z])[.)]|(?P<alphabet>{'|'.join(_ARABIC)})[.)]|(?P<strict>\d{{1,2}})\))\)?(?=\s)\s*"
)
_LEADERS = re.compile(r"[.…·_]{3,}|\t")
_PAGE = re.compile(r"[\s.…·_–-]*[\d٠-٩۰-۹]*\s*$")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Label:
    """A number or letter before a part: its style, its value, and how far it reaches into the text.

    ``value`` is the last number of ``3.2``, ``above`` those before it; ``written`` the label as it stands.
    """

    style: Style
    value: int
    above: tuple[int, ...]
    written: str
    end: int
    letter: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading with its label, and its words without it, folded."""

    passage: Passage
    label: Label | None
    words: str


def label_at(text: str, start: int = 0, *, heading: bool = False) -> Label | None:
    """The label at a place of a text, if there is one; a bare number without a sign counts only in a heading.

    Example:
        >>> label_at("(b) Roads")
        Label(style='letter', value=2, above=(), written='(b)', end=4, letter='b')
    """
    begin = text[start : start + LONGEST_LABEL]
    match = _LABEL.match(fold_digits(begin))
    if match is None:
        return None
    written = begin[: match.end()].strip()
    end = start + match.end()
    number = match["number"] or match["strict"]
    if number:
        *above, last = map(int, number.split("."))
        bare = not heading and written[-1:].isdigit()
        return None if last > HIGHEST or bare else Label("number", last, tuple(above), written, end)
    return _lettered(match, written, end)


def _lettered(match: re.Match[str], written: str, end: int) -> Label:
    """A label that is no plain number: Roman, a code as ``K7``, a Latin letter, or one of the Arabic script."""
    roman, code, letter = match["roman"], match["code"], match["letter"]
    if roman:
        return Label("roman", _roman(roman), (), written, end, roman)
    if code:
        return Label("code", int(match["of_code"]), (), written, end, code)
    if letter:
        return Label("letter", ord(letter.casefold()) - ord("a") + 1, (), written, end, letter)
    arabic = match["alphabet"]
    place = next((row.index(arabic) + 1 for row in _ALPHABETS if arabic in row), 0)
    return Label("alphabet", place, (), written, end, arabic)


def follows(label: Label, before: Label) -> bool:
    """Whether a label is the one after another."""
    if label.style == "alphabet":
        return any(
            row.index(label.letter) == row.index(before.letter) + 1
            for row in _ALPHABETS
            if label.letter in row and before.letter in row
        )
    return label.value == before.value + 1


def next_after(label: Label) -> str:
    """What follows a label, as a message tells it."""
    if label.style == "alphabet":
        row = next((row for row in _ALPHABETS if label.letter in row), _ALPHABETS[0])
        return row[min(row.index(label.letter) + 1, len(row) - 1)]
    if label.style == "letter":
        return chr(ord(label.letter) + 1)
    if label.style == "roman":
        return _to_roman(label.value + 1)
    return f"{label.letter if label.style == 'code' else ''}{'.'.join(map(str, (*label.above, label.value + 1)))}"


def name_of(label: Label) -> str:
    """A label without its signs."""
    return label.written.strip("().:-–— ")


def headings(reading: Reading) -> list[Heading]:
    """The headings of a text in order, without those of its sources."""
    found = []
    for passage in reading.passages:
        if passage.kind == "heading":
            whole = f"{passage.marker} {passage.text}".strip() if passage.marker else passage.text
            label = label_at(whole, heading=True) or _in_words(whole, passage.lang)
            rest = whole[label.end :] if label is not None else whole
            found.append(Heading(passage, label, plain(rest)))
    return found


def plain(text: str) -> str:
    """Words without their label, page number, signs and case, to be compared."""
    label = label_at(text)
    words = text[label.end :] if label is not None else text
    if _LEADERS.search(words):
        words = _PAGE.sub("", words)
    return " ".join(re.findall(r"[\w\u200c]+", fold_digits(words.casefold())))


def of_its_own(heading: Heading) -> bool:
    """Whether a heading is of a part that a text always has: summary, outlook, recommendations, sources."""
    passage = heading.passage
    return (
        pattern(passage.lang, "own_words").search(passage.text) is not None
        or pattern(passage.lang, "contents").search(passage.text) is not None
        or _is_of_sources(passage)
    )


def _is_of_sources(passage: Passage) -> bool:
    return is_reference(Passage(0, "paragraph", 0, "", passage.lang, (passage.text,)))


def _in_words(text: str, lang: str) -> Label | None:
    """A label in words: ``Part two:``, ``بخش دوم:``, ``القسم الثاني``."""
    match = _part_words(lang).match(fold_digits(text))
    if match is None:
        return None
    worth = match["digit"] or match["word"] or match["first"]
    number = value(worth.casefold(), lang, "ordinal") or value(worth.casefold(), lang, "cardinal")
    return Label("word", number, (), match[0].strip(" :.–—-"), match.end()) if number else None


@cache
def _part_words(lang: str) -> re.Pattern[str]:
    nouns = {
        "en": r"(?:part|section|chapter|scenario)",
        "prs": r"(?:بخش|فصل|قسمت|سناریوی?|محور|گفتار)",
        "ps": r"(?:برخه|څپرکی|سناریو|فصل)",
        "ar": r"(?:القسم|الفصل|الجزء|المحور|السيناريو|المبحث)",
    }[lang]
    ordinal, cardinal = any_of(lang, "ordinal"), any_of(lang, "cardinal")
    return re.compile(
        rf"\s*(?:{nouns}\s+(?:(?P<digit>\d{{1,2}})|(?P<word>{ordinal}|{cardinal}))|(?P<first>{ordinal})\s+{nouns})\s*(?:[:.–—-]|$)\s*",
        re.IGNORECASE,
    )


def _roman(text: str) -> int:
    worth = [_ROMAN[letter] for letter in text]
    return sum(-one if after > one else one for one, after in zip(worth, [*worth[1:], 0], strict=True))


def _to_roman(number: int) -> str:
    told = ""
    for worth, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= worth:
            told, number = told + letters, number - worth
    return told
