"""Dates in running text, in four languages, three calendars and three systems of digits.

Every date is read as far as it can be: one that no calendar has (31 April, 13/2025) is found too and says so,
so that one fault does not hide the next. Months and weekdays come from ``date_forms.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Final

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from rasad.languages.calendars import CALENDARS
from rasad.languages.numbers import fold_digits

LONGEST_MONTH: Final = {"gregorian": 31, "solar": 31, "lunar": 30}
SOLAR_YEARS: Final = range(1250, 1451)
LUNAR_YEARS: Final = range(1300, 1501)
GREGORIAN_YEARS: Final = range(1500, 2201)
WRITTEN_YEARS: Final = {"gregorian": GREGORIAN_YEARS, "solar": range(1100, 1501), "lunar": range(1, 1601)}
MONTHS: Final = 12
LAST_DAYS: Final[dict[str, Callable[[int], int]]] = {
    "gregorian": lambda month: 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31,
    "solar": lambda month: 31 if month <= 6 else 30,
    "lunar": lambda month: 30,  # noqa: ARG005
}
"""The most days that a month of a calendar ever has."""

ALSO_WORDS: Final = frozenset(("تیر", "مهر", "دی", "می", "مه", "آذر", "کب", "tir", "dey", "kab", "asad"))
"""Names of months that are common words too: without a year they are none."""

_MONTH_OF_YEAR = re.compile(r"(?<![\w/.-])(1[3-9]|[2-9]\d)/(20\d\d|1[34]\d\d)(?![\d/])")
_TO_A_MONTH: Final = re.compile(
    r"(?<!\w)(?:on|in|since|from|until|till|by|of|during|month|در|از|تا|ماه|مورخ|په|د|تر|له|میاشت|في|من|منذ|حتى|شهر|بتاريخ)\s+$",
    re.IGNORECASE,
)
"""What leads to a month in numbers: the number of a report or a resolution, as 17/2026, has none of it before."""

_IN_A_MONTH: Final = re.compile(
    r"(?<!\w)(?:in|during|throughout|since)\s+(?:early\s+|late\s+|mid-?)?$", re.IGNORECASE
)
_COUNTED: Final = re.compile(
    r"\s*(?:%|٪|(?:per ?cent|percent|percentage|people|persons|cases|tons|tonnes|trucks|lorries|containers|سلنه|فیصده?|تنه|کسان|ټنه|لارۍ|پېښې)(?!\w))",
    re.IGNORECASE,
)
"""What a number after the name of a month counts: "in April 61 per cent" tells no day."""

LEAD: Final = 16
_DIGITS: Final = re.compile(r"\d+")
_BETWEEN_DIGITS: Final = re.compile(r"\d[/.-]\d")
_WORDS: Final = re.compile(r"[\w\u200c]+")
_LATIN: Final = re.compile("[A-Za-z]{3}")
REACH: Final = 45
"""Letters around a digit within which all of its date stands."""

_ONE_YE = str.maketrans("يى", "یی")
_SOLAR_SIGN = r"(?:SH|HS|AHS|هـ\.?\s?ش|ه\.?\s?ش|هجری شمسی|هجري شمسي|شمسی|شمسي|خورشیدی|لمریز)"
_LUNAR_SIGN = r"(?:AH|هـ\.?\s?ق|ه\.?\s?ق|هجری قمری|هجري قمري|قمری|قمري|سپوږمیز|هجرية|هـ)"
_SIGN = rf"(?:\s*(?P<solar_sign>{_SOLAR_SIGN})|\s*(?P<lunar_sign>{_LUNAR_SIGN})|م|ز)?(?![\w\u200c])"
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?:(?P<y1>\d{{4}})(?P<s1>[/.-])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})"
    rf"|(?P<a2>\d{{1,2}})(?P<s2>[/.-])(?P<b2>\d{{1,2}})(?P=s2)(?P<y2>\d{{4}}))(?![\d/-]|\.\d){_SIGN}"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date as it stands in a text.

    Attributes:
        start: Where it begins; a weekday before it belongs to it.
        end: Where it ends.
        text: Its words.
        calendar: ``gregorian``, ``solar`` or ``lunar``; of a bare number ``gregorian`` or ``solar`` by its year.
        year: None where none is written.
        month: 1 to 12; None where the text names none that is one.
        day: None where only a month is written.
        weekday: 0 for Monday; None where none is written.
        fault: Empty, ``impossible`` (no calendar has it) or ``malformed``.
    """

    start: int
    end: int
    text: str
    calendar: str
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None
    fault: str = ""

    @property
    def on(self) -> date | None:
        """The Gregorian day; None where it is none, or not whole."""
        if self.fault or self.year is None or self.month is None or self.day is None:
            return None
        return gregorian(self.calendar, self.year, self.month, self.day)


@lru_cache(maxsize=1 << 16)
def gregorian(calendar: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a date; None where the calendar has no such day.

    Example:
        >>> gregorian("solar", 1405, 3, 6)
        datetime.date(2026, 5, 27)
        >>> gregorian("solar", 1405, 7, 31) is None
        True
    """
    try:
        if calendar == "gregorian":
            return date(year, month, day)
        if calendar == "solar":
            found: date = JalaliDate(year, month, day).to_gregorian()
            return found
        told = Hijri(year, month, min(day, 29)).to_gregorian()
        return date(told.year, told.month, told.day) + timedelta(days=max(day - 29, 0))
    except (ValueError, OverflowError):
        return None


def find_dates(text: str, lang: str) -> list[WrittenDate]:
    """Every date of a text with a day or a month, in order; a year alone is none.

    Args:
        text: Running text.
        lang: Its language; English names of months are read in every language.

    Example:
        >>> [(d.calendar, d.day, str(d.on)) for d in find_dates("Monday, 25 May 2026 (4 Jawza 1405)", "en")]
        [('gregorian', 25, '2026-05-25'), ('solar', 4, '2026-05-25')]
    """
    if _DIGITS.search(text) is None:
        return []
    plain = fold_digits(text)
    near = _near_digits(plain)
    is_numeric = _BETWEEN_DIGITS.search(plain) is not None
    sources = (
        _numeric(text, plain) if is_numeric else (),
        _months_of_years(text, plain) if is_numeric else (),
        _worded(text, plain, lang, near),
        _worded(text, plain, "en", near) if lang != "en" and _LATIN.search(plain) is not None else (),
    )
    ordered = sorted(
        ((one.start, rank, one) for rank, some in enumerate(sources) for one in some), key=itemgetter(0, 1)
    )
    found: list[WrittenDate] = []
    for _, _, one in ordered:
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def month_of(word: str, lang: str) -> tuple[str, int] | None:
    """The calendar and the number of the month that a word names; None where it names none.

    Example:
        >>> month_of("Jawza", "en"), month_of("حزيران", "ar"), month_of("Monday", "en")
        (('solar', 3), ('gregorian', 6), None)
    """
    return _forms(lang).months.get(_key(word))


def weekday_of(word: str, lang: str) -> int | None:
    """The weekday that a word names, 0 for Monday; None where it names none."""
    return _forms(lang).weekdays.get(_key(word))


def _near_digits(plain: str) -> list[tuple[int, int]]:
    """The stretches of a text around its digits, from blank to blank: there is no date elsewhere."""
    found: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(plain):
        start, end = max(match.start() - REACH, 0), min(match.end() + REACH, len(plain))
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(_blank_before(plain, start), _blank_after(plain, end)) for start, end in found]


def _blank_before(plain: str, at: int) -> int:
    while at and not plain[at - 1].isspace():
        at -= 1
    return at


def _blank_after(plain: str, at: int) -> int:
    while at < len(plain) and not plain[at].isspace():
        at += 1
    return at


def _numeric(text: str, plain: str) -> Iterator[WrittenDate]:
    for match in _NUMERIC.finditer(plain):
        told = match.groupdict()
        if told["y1"]:
            year, month, day = int(told["y1"]), int(told["m1"]), int(told["d1"])
        else:
            year, first, second = int(told["y2"]), int(told["a2"]), int(told["b2"])
            day, month = (first, second) if second <= MONTHS or first > MONTHS else (second, first)
        calendar = _calendar(year, told["solar_sign"], told["lunar_sign"])
        if calendar:
            yield _dated(text, match.span(), calendar, (year, month, day), None)


def _months_of_years(text: str, plain: str) -> Iterator[WrittenDate]:
    """A month that no year has, as 13/2025."""
    for match in _MONTH_OF_YEAR.finditer(plain):
        calendar = _calendar(int(match[2]), None, None)
        if calendar and _TO_A_MONTH.search(plain, max(match.start() - LEAD, 0), match.start()):
            yield _dated(text, match.span(), calendar, (int(match[2]), int(match[1]), None), None)


def _calendar(year: int, solar_sign: str | None, lunar_sign: str | None) -> str:
    if lunar_sign and not solar_sign:
        return "lunar"
    if solar_sign or year in SOLAR_YEARS:
        return "solar"
    return "gregorian" if year in GREGORIAN_YEARS else ""


def _worded(text: str, plain: str, lang: str, near: list[tuple[int, int]]) -> Iterator[WrittenDate]:
    forms = _forms(lang)
    after = 0
    for start, end in near:
        if forms.begins.isdisjoint(_WORDS.findall(_one_ye(plain[start:end].casefold()))):
            continue
        for match in forms.pattern.finditer(plain, max(start, after), end):
            after = match.end()
            found = _of_words(text, match, forms)
            if found is not None:
                yield found


def _of_words(text: str, match: re.Match[str], forms: _Forms) -> WrittenDate | None:
    told = {name: value for name, value in match.groupdict().items() if value}
    name = _key(next(told[group] for group in ("m1", "m2", "m3", "m4") if group in told))
    calendar, month = forms.months[name]
    day = next((int(told[group]) for group in ("d1", "d2", "d4") if group in told), None)
    year = next((int(told[group]) for group in ("y1", "y2", "y3", "y4") if group in told), None)
    if day is None and year is not None and "w1" in told:
        day = forms.days[_key(told["w1"])]
    if year is not None and (
        year not in GREGORIAN_YEARS if calendar == "gregorian" else year not in LUNAR_YEARS
    ):
        calendar = _by_year(calendar, year)
    if not calendar or (day is None and year is None) or (year is None and name in ALSO_WORDS):
        return None
    if year is None and "d2" in told and _is_a_count(text, match):
        return None
    weekday = forms.weekdays.get(_key(told.get("weekday", "")))
    return _dated(text, match.span(), calendar, (year, month, day), weekday)


def _is_a_count(text: str, match: re.Match[str]) -> bool:
    """Whether the number after a month counts something, as in "In April 61 per cent of them went on"."""
    if _COUNTED.match(text, match.end()):
        return True
    return _IN_A_MONTH.search(text, max(match.start() - LEAD, 0), match.start()) is not None


def _by_year(calendar: str, year: int) -> str:
    """A month of one calendar with a year of another is still read: its own calendar, with a fault to tell."""
    return calendar if 1000 <= year <= 2999 else ""


def _dated(
    text: str,
    span: tuple[int, int],
    calendar: str,
    told: tuple[int | None, int | None, int | None],
    weekday: int | None,
) -> WrittenDate:
    year, month, day = told
    words = text[slice(*span)].rstrip()
    fault = _fault(calendar, year, month, day)
    known = None if month is not None and not 1 <= month <= MONTHS else month
    return WrittenDate(span[0], span[0] + len(words), words, calendar, year, known, day, weekday, fault)


def _fault(calendar: str, year: int | None, month: int | None, day: int | None) -> str:
    if month is not None and not 1 <= month <= MONTHS:
        return "impossible"
    if day is not None and not 1 <= day <= LONGEST_MONTH[calendar]:
        return "impossible"
    if day is not None and month is not None and day > LAST_DAYS[calendar](month):
        return "impossible"
    if year is None or month is None:
        return ""
    if year not in WRITTEN_YEARS[calendar]:
        return "malformed"
    return "impossible" if day is not None and gregorian(calendar, year, month, day) is None else ""


@dataclass(frozen=True)
class _Forms:
    pattern: re.Pattern[str]
    months: dict[str, tuple[str, int]]
    weekdays: dict[str, int]
    days: dict[str, int]
    begins: frozenset[str]
    """The words that a month's name begins with, in small letters: a stretch without any has no date in words."""


@cache
def iranian_months(lang: str) -> tuple[str, ...]:
    """The solar months as Iran names them; empty where a language has no other names for them."""
    return tuple(_table()[lang].get("iranian", ()))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files(__package__) / "date_forms.toml").read_text("utf-8")
    )
    return found


@cache
def _forms(lang: str) -> _Forms:
    """The pattern of a language's dates, and what its names mean."""
    told = _table()[lang]
    months: dict[str, tuple[str, int]] = {}
    for calendar in CALENDARS:
        for number, names in enumerate(told[calendar], start=1):
            for form in (form for name in names.split("|") for form in _inflected(name, lang)):
                months.setdefault(_key(form), (calendar, number))
    weekdays = {
        _key(form): at
        for at, names in enumerate(told["weekdays"])
        for name in names.split("|")
        for form in _inflected(name, lang)
    }
    month = _any(
        _inflected(name, lang)
        for names in (told[c] for c in CALENDARS)
        for name in "|".join(names).split("|")
    )
    weekday = _any(_inflected(name, lang) for name in "|".join(told["weekdays"]).split("|"))
    days = {_key(form): at for at, names in enumerate(told["days"], 1) for form in names.split("|")}
    day = _any(iter([iter("|".join(told["days"]).split("|"))]))
    pattern = _PATTERNS[lang].replace("MONTH", month).replace("WEEKDAY", weekday).replace("NTH", day)
    begins = {form for names in _told_months(told) for name in names for form in _first_words(name, lang)}
    return _Forms(re.compile(pattern), months, weekdays, days, frozenset(begins))


def _told_months(told: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The names of each month of each calendar."""
    return (names.split("|") for calendar in CALENDARS for names in told[calendar])


def _one_ye(text: str) -> str:
    return text.replace("ي", "ی").replace("ى", "ی")


def _first_words(name: str, lang: str) -> Iterator[str]:
    """What a name may begin with in a text, where its blanks and joiners stand for one another."""
    for form in _inflected(name, lang):
        plain = _one_ye(form.casefold())
        for written in (
            plain,
            plain.replace("\u200c", " "),
            plain.replace("\u200c", ""),
            plain.replace(" ", "\u200c"),
        ):
            yield from _WORDS.findall(written)[:1]


_BEFORE = r"(?:(?P<weekday>WEEKDAY)(?:(?<![a-z]{5})\.|\b)(?:[\s\u200e\u200f\u061c]+په ورځ)?[,،]?[\s\u200e\u200f\u061c]+(?:the[\s\u200e\u200f\u061c]+|د[\s\u200e\u200f\u061c]+)?)?"
_DAY, _YEAR = r"\d{1,2}", r"\d{4}"
_GAP = r"[\s\u200e\u200f\u061c]+"
_SIGNED = r"(?:م|ش|ق|هـ|ه)?"
_PATTERNS: Final = {
    "en": (
        rf"(?<![\w]){_BEFORE}(?:(?:(?P<d1>{_DAY})(?:st|nd|rd|th)?|(?P<w1>NTH))(?:{_GAP}|[-/])(?:day{_GAP})?(?:of{_GAP})?(?P<m1>MONTH)\b\.?(?:(?:,?{_GAP}|[-/])(?P<y1>{_YEAR}))?"
        rf"|(?P<m2>MONTH)\b\.?{_GAP}(?P<d2>{_DAY})(?:st|nd|rd|th)?(?![\d:])(?:\s?[–—-]\s?\d{{1,2}}(?=,?\s+\d{{4}}))?(?:,?{_GAP}(?P<y2>{_YEAR}))?"
        rf"|(?P<m3>MONTH)\b\.?,?{_GAP}(?P<y3>{_YEAR}))(?![\w\u200c])"
    ),
    "prs": (
        rf"(?<![\w]){_BEFORE}(?:(?:(?P<d1>{_DAY})(?:\s?-?[اُ]?م)?|(?P<w1>NTH))(?:{_GAP}|[/-])(?:ماه{_GAP})?(?P<m1>MONTH)(?![\w\u200c])(?:{_GAP}ماه)?(?:\s*[/-]?\s*(?:سال)?\s*(?P<y1>{_YEAR}){_SIGNED})?"
        rf"|(?:ماه{_GAP})?(?P<m3>MONTH)(?![\w\u200c])(?:{_GAP}ماه)?\s*(?:سال)?\s*(?P<y3>{_YEAR}){_SIGNED})(?![\w\u200c])"
    ),
    "ps": (
        rf"(?<![\w])(?:د{_GAP})?{_BEFORE}(?:(?:د{_GAP})?(?P<y4>{_YEAR})\s*(?:هجري{_GAP})?(?:لمریز|شمسي|قمري|سپوږمیز|میلادي|ميلادي|عیسوي|ز|ل)?\.?\s*(?:کال|کاله)?\s*(?:د|په){_GAP}(?P<m4>MONTH)(?![\w\u200c])(?:{_GAP}(?:میاشتې))?(?:{_GAP}(?:پر|په|له|تر))?(?:{_GAP}(?P<d4>{_DAY})\s*(?:مه|مې|نېټه)?|{_GAP}(?P<w1>NTH)(?![\w\u200c]))?"
        rf"|(?P<d1>{_DAY})(?:\s*مه)?(?:{_GAP}|[/-])(?:د{_GAP})?(?P<m1>MONTH)(?![\w\u200c])(?:(?:{_GAP}|[/-])(?P<y1>{_YEAR}))?"
        rf"|(?:د{_GAP})?(?P<m2>MONTH)(?![\w\u200c]){_GAP}(?:(?:پر|په|تر|له){_GAP})?(?P<d2>{_DAY})(?:\s*مه|\s*مې|\s*نېټه)?(?![\d])(?:[،,]?{_GAP}(?P<y2>{_YEAR}))?"
        rf"|(?:د{_GAP})?(?P<m3>MONTH)(?![\w\u200c]){_GAP}(?P<y3>{_YEAR}))(?![\w\u200c])"
    ),
    "ar": (
        rf"(?:(?<!\w)|(?<=(?<!\w)و))(?:يوم{_GAP})?{_BEFORE}(?:(?:الموافق{_GAP})?(?:(?P<d1>{_DAY})|(?P<w1>NTH))(?:{_GAP}|[/-])(?:من{_GAP})?(?:شهر{_GAP})?(?P<m1>MONTH)(?![\w\u200c])(?:\s*[/(]\s*[^\W\d]+(?:\s[^\W\d]+)?\s*\)?)?(?:(?:{_GAP}|[/-])(?:من{_GAP})?(?:عام{_GAP}|سنة{_GAP})?(?P<y1>{_YEAR}))?"
        rf"|(?:شهر{_GAP})?(?P<m3>MONTH)(?![\w\u200c]){_GAP}(?:من{_GAP})?(?:عام{_GAP}|سنة{_GAP})?(?P<y3>{_YEAR}))(?:هـ|م|ه)?(?![\w\u200c])"
    ),
}  # fmt: skip


def _inflected(name: str, lang: str) -> Iterator[str]:
    """A name in the forms that a sentence gives it: capitals in English, the genitive in Dari and Pashto."""
    yield name
    if lang == "en":
        yield name.upper()
    elif lang == "prs":
        yield f"{name}ی" if name.endswith(("ا", "و")) else f"{name}‌ی"
    elif lang == "ps" and name.endswith("ی"):
        yield f"{name[:-1]}ي"
    elif lang == "ps" and name.endswith("ه"):
        yield f"{name[:-1]}ې"


def _any(groups: Iterator[Iterator[str]]) -> str:
    """A pattern of any of the names, the longest first; blanks and joiners stand for one another."""
    ordered = sorted({name for names in groups for name in names}, key=len, reverse=True)
    return "(?:" + "|".join(map(_loosely, ordered)) + ")"


def _loosely(name: str) -> str:
    """A name as a pattern: where it has a blank or a joiner, a text may have either, or neither for a joiner."""
    signs = {" ": "[ \u200c]", "\u200c": "[ \u200c]?"} | dict.fromkeys("یيى", "[یيى]")
    return "".join(signs.get(letter, re.escape(letter)) for letter in name)


def _key(name: str) -> str:
    """A name without case, marks and joiners."""
    plain = (
        unicodedata.normalize("NFC", name)
        .casefold()
        .translate(_ONE_YE)
        .replace("\u200c", " ")
        .replace(".", "")
    )
    return " ".join(plain.split())
