"""Numbers in running text with what they count: digits of three systems, separators, scales, plain number words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

from rasad.check.number_words import any_of, value
from rasad.languages import language

if TYPE_CHECKING:
    from rasad.check.passage import Link, Passage
    from rasad.languages.written_dates import WrittenDate

Spanned = TypeVar("Spanned", "WrittenDate", "Link")

PERCENT: Final = r"(?:%|٪|per ?cent\b|percent\b|درصد|فیصد|فی ?صد|سلنه|سلنې|په سلو کې|في المئة|في المائة|بالمئة|بالمائة|في المية)"
PERCENT_POINTS: Final = re.compile(r"\s*(?:percentage\s+points?|points?|نقطهٔ فیصدی|نقطه|نقاط مئوية|نقطة)")
UNITS: Final = 10
_NUMBER: Final = r"(?:(?<![\w.,٫٬/:–—+-])|(?<=\s[وبلفك])|(?<=ـ))(?P<whole>\d{1,3}(?:[,٬]\d{3})+|\d{1,12})(?:[.٫](?P<part>\d{1,4}))?(?![\d]|[.,٫٬/:]\d|[-–—]\d)"
_DIGIT = re.compile(r"\d")
_OPEN = re.compile(r"\((?:[^()]{0,200})\)|\[[^\[\]]{0,120}\]")
_SOURCE = re.compile(
    r"https?://|\bp{1,2}\. ?\d|accessed|read |دسترسی|لاسرسی|اطُّلع|ibid|\b(?:19|20)\d\d|1[34]\d\d"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|م|مه|مې|مین)(?![\w\u200c])")
"""What makes a number a place in a row: ``the 4th``, ``۱۲مه``."""

_TO_COUNT = re.compile(r"\s*(?:to|به|تا|إلى|ته)\s+(\d{4,6})(?!\d)")
_IN = re.compile(
    r"(?i)\b(?:in|since|by|before|after|until|year|of)\s$|(?:سال|سنة|عام|کال|منذ|في|در|په|از)\s$"
)
_WORD = re.compile(r"[\s\u00a0]*([\w\u200c’'-]+)")


@dataclass(frozen=True)
class Quantity:
    """A number of a text: its value with its scale, its unit, and whether it is a share in per cent.

    ``unit`` is the word after it, folded; ``digits`` are its digits without separators; ``step`` is the value of its
    last digit, within which it may have been rounded.
    """

    start: int
    end: int
    value: float
    unit: str
    digits: str
    step: float
    scale: float = 1.0
    is_percent: bool = False
    is_word: bool = False


def quantities_of(passage: Passage) -> dict[int, list[Quantity]]:
    """The numbers of each sentence, by where it begins, without its dates, years, marks and sources; words among them."""
    found = {}
    for start, sentence in passage.sentences:
        has_digits = _DIGIT.search(passage.folded, start, start + len(sentence)) is not None
        plain = blanked(passage, start, sentence) if has_digits else sentence
        of_digits = _of_digits(plain, passage.lang) if has_digits else []
        found[start] = sorted([*of_digits, *_of_words(plain, passage.lang)], key=lambda one: one.start)
    return found


def quantities(passage: Passage, start: int, *, words: bool = False) -> list[Quantity]:
    """The numbers of the sentence of a passage that begins at ``start``; number words only where they are wanted."""
    found = passage.quantities.get(start, [])
    return found if words else [one for one in found if not one.is_word]


def blanked(passage: Passage, start: int, sentence: str) -> str:
    """A sentence in Latin digits with blanks for its dates, citations, links, and brackets that name a source."""
    end = start + len(sentence)
    letters = list(passage.folded[start:end])
    spans = [(one.start, one.end) for one in within(passage.dates, start, end)]
    spans += [(one.start, one.end) for one in within(passage.links, start, end)]
    for match in _OPEN.finditer(passage.folded, start, end):
        inside = match[0][1:-1]
        is_mark = (inside.strip().isdigit() and len(inside.strip()) <= 2) or match[0][0] == "["
        if is_mark or _SOURCE.search(inside):
            spans.append(match.span())
    for first, last in spans:
        begin, stop = max(first, start) - start, min(last, end) - start
        if begin < stop:
            letters[begin:stop] = " " * (stop - begin)
    return "".join(letters)


def within(found: Sequence[Spanned], start: int, end: int) -> Sequence[Spanned]:
    """What of a row in the order of the text reaches into a stretch of it; the one before it may."""
    first = bisect_left(found, start, key=attrgetter("start"))
    return found[max(first - 1, 0) : bisect_left(found, end, key=attrgetter("start"))]


def _of_digits(plain: str, lang: str) -> list[Quantity]:
    found = []
    for match in _digits(lang).finditer(plain):
        whole, part = re.sub("[,٬]", "", match["whole"]), match["part"] or ""
        if _is_year(match["whole"], part, plain, match.end()) or _ORDINAL.match(plain, match.end()):
            continue
        scale = float(value(match["scale"].casefold(), lang, "scale") or 1) if match["scale"] else 1.0
        if match["scale"] and match["part"] is None and match["rest"]:
            amount = float(whole) * scale + float(re.sub("[,٬]", "", match["rest"]))
            scale = 1.0
        else:
            amount = float(f"{whole}.{part}" if part else whole) * scale
        end = match.end()
        word = _WORD.match(plain, end)
        if word is not None and word[1].casefold() in months(lang):
            continue
        is_percent = match["percent"] is not None
        is_points = is_percent is False and PERCENT_POINTS.match(plain, end) is not None
        if is_points:
            continue
        unit = "%" if is_percent else word[1].casefold() if word is not None else ""
        found.append(Quantity(
            match.start(), end, amount, unit, whole + part, scale * 10 ** -len(part), scale, is_percent,
        ))  # fmt: skip
    return found


def _is_year(whole: str, part: str, plain: str, end: int) -> bool:
    if part or len(whole) != 4 or not (whole.startswith(("19", "20", "13", "14"))):
        return False
    word = _WORD.match(plain, end)
    to = _TO_COUNT.match(plain, end)
    if to is not None and not to[1].startswith(("19", "20", "13", "14")):
        # "From 1450 to 1595 a tonne" goes on with what is no year.
        return False
    if whole.endswith("00") and whole not in ("2000", "1400") and word is not None:
        return _IN.search(plain, max(end - 16, 0), end - 4) is not None
    return word is None or plain[end : end + 1] in ",.;:)،؛" or not _counts(word[1])


def _counts(word: str) -> bool:
    """Whether a word after four digits is what they count, and not the rest of a sentence about a year."""
    return len(word) > 4 and word.casefold().endswith(("s", "ه", "تن", "متر", "ار", "ات"))


def _of_words(plain: str, lang: str) -> list[Quantity]:
    found = []
    for match in _words(lang).finditer(plain):
        ten, _, one = match["first"].casefold().partition("-")
        count = value(ten, lang, "cardinal")
        second = value(match["second"].casefold(), lang, "cardinal") if match["second"] else None
        if count is not None and second is not None:
            low, high = sorted((count, second))
            if low < UNITS and high >= 2 * UNITS and not high % UNITS:
                count += second
            else:
                # Two numbers side by side: ``two and three``.
                unit = _unit_at(plain, match.end())
                found.append(Quantity(
                    match.start("second"), match.end(), float(second), unit, str(second), 1.0, is_word=True,
                ))  # fmt: skip
        if count is not None and one:
            count += value(one, lang, "cardinal") or 1
        if count is not None:
            unit = _unit_at(plain, match.end())
            found.append(
                Quantity(match.start(), match.end(), float(count), unit, str(count), 1.0, is_word=True)
            )
    return found


def _unit_at(plain: str, end: int) -> str:
    word = _WORD.match(plain, end)
    return word[1].casefold() if word is not None else ""


@cache
def months(lang: str) -> frozenset[str]:
    """The first words of the names of months, after which a number is a day."""
    names = (name for calendar in language(lang).months.values() for name in calendar)
    return frozenset(name.casefold().split()[0] for name in names) - {"may", "می", "دی"}


@cache
def _words(lang: str) -> re.Pattern[str]:
    """A number word, or two of English with a hyphen; no part of another word with one."""
    cardinal = any_of(lang, "cardinal")
    units = r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?" if lang == "en" else ""
    joined = {"prs": r"\s+و\s+", "ar": r"\s+(?=و)"}.get(lang)
    second = rf"(?:{joined}(?P<second>{cardinal}))?" if joined else "(?P<second>(?!))?"
    return re.compile(rf"(?<!-)(?P<first>{cardinal}{units}){second}(?!-)", re.IGNORECASE)


@cache
def _digits(lang: str) -> re.Pattern[str]:
    scales = any_of(lang, "scale")
    joined = {"prs": r"\s+و\s+", "ps": r"\s+او\s+", "ar": r"\s+و\s?", "en": r"(?!)"}[lang]
    return re.compile(
        rf"{_NUMBER}(?:\s*(?P<scale>{scales})(?:{joined}(?P<rest>\d{{1,3}}(?:[,٬]\d{{3}})?)(?![\d.,٫٬]|\s*(?:{scales})))?)?"
        rf"(?:\s*(?P<percent>{PERCENT}))?",
        re.IGNORECASE,
    )


def told(amount: float) -> str:
    """A number as a message tells it."""
    for scale, name in ((1e9, " billion"), (1e6, " million")):
        if abs(amount) >= scale:
            return f"{round(amount / scale, 4):g}{name}"
    return f"{amount:,.10g}"
