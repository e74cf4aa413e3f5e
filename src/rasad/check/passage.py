"""What rules read: the passages of a document with their language, sentences and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Final

from rasad.check.quantities import Quantity, quantities_of
from rasad.languages.likelihood import likelihoods_in
from rasad.languages.numbers import fold_digits
from rasad.languages.written_dates import WrittenDate, find_dates

LINKED: Final = re.compile(
    r"^\s*(?:AH|SH|HS|AD|CE|هـ\.?\s?[شق]?|ه\.?\s?[شق]|هجري|هجری|قمري|قمری|شمسي|شمسی|لمریز|ميلادي|میلادی|ميلادية|هجرية|کال|ز|م)?\W*(?:i\.\s?e\.|equal to|corresponding to|or|that is|برابر با|برابر به|برابر است با|مطابق با?|مصادف با|چې له|سره برابر"
    r"|سره سمون لري|د|الموافقة? (?:لـ?)?|الموافق|أي)?\W*$"
)
"""What may stand between two dates that name one day."""

REFERENCES: Final = re.compile(
    r"^[\W\d]*(?:(?:references|works (?:cited|read|consulted)|sources|(?:end|foot)?notes|bibliography|literature|further reading"
    r"|منابع|منبع[\u200c ]?ها|مآخذ|مأخذ|ماخذ|یادداشت[\u200c ]?ها|پانوشت[\u200c ]?ها|پی[\u200c ]?نوشت[\u200c ]?ها|رویکردها|کتاب[\u200c ]?نامه"
    r"|سرچینې|ماخذونه|مأخذونه|یادښتونه|لمنلیکونه|المصادر|المراجع|الهوامش|الحواشي|قائمة المراجع|قائمة المصادر)"
    r"(?:\s+(?:and|or|&|و|او)\s*\w+)?)\W*(?:\([^()]{0,120}\)\W*)?$",
    re.IGNORECASE,
)
"""Headings under which sources stand."""

MASTHEAD: Final = 8
SHORT: Final = 160
"""Passages and characters within which a masthead tells its date."""

_SENTENCE = re.compile(r"[^.!?؟۔]+(?:[.!?؟۔](?!\s|$)[^.!?؟۔]*)*[.!?؟۔]*[»”\")\]]*", re.UNICODE)
_RANGE_AFTER = re.compile(r"\s*(?:[–—-]|to|until|till|through|تا|تر|إلى|حتى|الی)\s*\d")
_RANGE_BEFORE = re.compile(r"\d\s*(?:[–—-]|to|until|till|through|تا|تر|إلى|حتى|الی)\s*$|[–—]\s*$")
_PASHTO = re.compile("[ټډړږښڼځڅېۍګ]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[A-Za-z]")
_PERSIAN_WORDS = re.compile(
    r"(?<!\w)(?:در|از|به|که|این|آن|را|است|بود|شد|شده|کرد|با|برای|مطالب|آمدند|گفت|می\u200c\w+)(?!\w)"
)
_ARABIC_WORDS = re.compile(r"(?<!\w)(?:في|من|على|أن|إلى|التي|الذي|عن|مع|كان|هذا|هذه|قال|قالت)(?!\w)")
_ARABIC_ONLY = re.compile("[ةىيكأإؤ]|ال\\w")


@dataclass(frozen=True)
class Link:
    """A link within a passage: where its words stand, where it leads, and how the source writes it."""

    start: int
    end: int
    target: str
    written: str = ""


@dataclass(frozen=True)
class Passage:
    """A block of a document as rules read it.

    ``kind`` is ``heading``, ``paragraph``, ``list-item``, ``table-cell``, ``quote``, ``caption`` or ``note``;
    ``section`` the headings above it; ``marks`` where note marks stand, by the id of the note, and ``raised`` where a
    raised number stands that points to no note; ``marker`` is the number or bullet of an item as it is typed before it;
    ``lines`` are the offsets at which a line of the source begins; ``row`` and ``column`` place a cell in its table.
    """

    number: int
    kind: str
    level: int
    text: str
    lang: str
    section: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
    raised: tuple[tuple[int, str], ...] = ()
    marker: str = ""
    lines: tuple[int, ...] = (0,)
    row: int = 0
    column: int = 0

    @cached_property
    def folded(self) -> str:
        """The text with Latin digits, of the same length."""
        return fold_digits(self.text)

    @cached_property
    def dates(self) -> list[WrittenDate]:
        """Every date in it."""
        return find_dates(self.text, self.lang)

    @cached_property
    def quantities(self) -> dict[int, list[Quantity]]:
        """The numbers of each of its sentences, by where it begins."""
        return quantities_of(self)

    @cached_property
    def days(self) -> list[list[WrittenDate]]:
        """Its dates in groups that name one day or month each, as ``25 May 2026 (4 Jawza 1405)``."""
        groups: list[list[WrittenDate]] = []
        for one in self.dates:
            last = groups[-1][-1] if groups else None
            if (
                last is not None
                and LINKED.match(self.text[last.end : one.start])
                and one.calendar != last.calendar
            ):
                groups[-1].append(one)
            else:
                groups.append([one])
        return [group for group in groups if len(group) == 1 or not any(map(self._is_of_range, group))]

    def _is_of_range(self, one: WrittenDate) -> bool:
        """Whether a date is one end of a span, which two calendars break at other places."""
        after, before = self.text[one.end : one.end + 12], self.text[max(one.start - 12, 0) : one.start]
        return _RANGE_AFTER.match(after) is not None or _RANGE_BEFORE.search(before) is not None

    @cached_property
    def likely(self) -> list[list[str]]:
        """The steps of the ladder that each of its sentences names."""
        if not likelihoods_in(self.text, self.lang):
            return [[] for _ in self.sentences]
        return [likelihoods_in(sentence, self.lang) for _, sentence in self.sentences]

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Its sentences with where they begin."""
        found = []
        for match in _SENTENCE.finditer(self.text):
            words = match[0].strip()
            if words:
                found.append((match.start() + len(match[0]) - len(match[0].lstrip()), words))
        return found

    def sentence_at(self, offset: int) -> tuple[int, str]:
        """The sentence in which a character stands, with where it begins."""
        at = bisect_right(self.sentences, offset, key=itemgetter(0)) - 1
        return self.sentences[at] if at >= 0 else (0, self.text)


@dataclass(frozen=True)
class Reading:
    """A document as rules read it: its passages in order, its notes, and the day of the issue."""

    passages: tuple[Passage, ...]
    notes: tuple[tuple[str, Passage], ...]
    issued_on: date | None

    def prose(self) -> Iterator[Passage]:
        """The passages that are text, without headings and code."""
        return (one for one in self.passages if one.kind not in ("heading", "code"))


def language_of(text: str, otherwise: str = "en") -> str:
    """The language of a text by its letters: Pashto and Persian have letters of their own.

    Example:
        >>> language_of("د افغانستان بهرنیو چارو وزارت وویل"), language_of("وزارت خارجه گفت"), language_of("قالت الوزارة")
        ('ps', 'prs', 'ar')
    """
    arabic = len(_ARABIC.findall(text))
    if arabic < len(_LATIN.findall(text)):
        return "en"
    if not arabic:
        return otherwise
    if _PASHTO.search(text):
        return "ps"
    persian, only = len(_PERSIAN.findall(text)), len(_ARABIC_ONLY.findall(text))
    persian += 3 * len(_PERSIAN_WORDS.findall(text))
    only += 3 * len(_ARABIC_WORDS.findall(text))
    return (
        "ps"
        if re.search(r"(?:^|\s)(?:چې|څخه|کې|د)(?:\s|$)", text) and not only
        else "prs"
        if persian > only
        else "ar"
    )


def issue_day(passages: Sequence[Passage], told: date | None = None) -> date | None:
    """The day of an issue: as its front matter tells it, else the last date of its masthead."""
    if told is not None:
        return told
    found = [
        one.on
        for passage in passages[:MASTHEAD]
        if len(passage.text) < SHORT
        and passage.kind != "note"
        and not any(map(REFERENCES.match, passage.section))
        for one in passage.dates
        if one.on is not None
    ]
    return max(found, default=None)
