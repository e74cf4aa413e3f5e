"""Rules on dates: calendars that disagree, days that no calendar has, weekdays, sources later than the issue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from operator import attrgetter
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.languages import language
from rasad.languages.calendars import covers, in_calendar
from rasad.languages.dates import write_date
from rasad.languages.numbers import fold_digits
from rasad.languages.written_dates import (
    GREGORIAN_YEARS,
    MONTHS,
    SOLAR_YEARS,
    WrittenDate,
    gregorian,
    iranian_months,
    month_of,
    weekday_of,
)

LUNAR_SLACK: Final = timedelta(days=1)
"""A lunar month begins by sight of the moon: a day more or less is no fault."""

LIKE_A_MONTH: Final = 66.0
SOLAR_OFFSET: Final = 621
LEAST_COMMON: Final = 1880
YEARS_NEAR: Final = timedelta(days=560)
DAYS_NEAR: Final = timedelta(days=45)
"""How far from the issue a day without a year may lie: of its month any year near is tried, of its weekday only this one."""

_ANY_YEAR = re.compile(r"(?<![\d/.-])(?:1[34]|19|20)\d\d(?![\d/.-])")
_JOINED = re.compile(r"\s*(?:[–—-]|(?:up )?to|until|till|through|تا|تر|إلى|حتى|الی|الى)\s*(?:د\s+)?")
MOVED_BEFORE: Final = 60
_MOVED = re.compile(
    r"\b(?:moved?|shifted|brought forward|advanced|changed|from \d+)\b|قُدّم|جلو|پیش (?:کشید|انداخت)|مخته"
)
_LIKE_A_DATE = re.compile(
    r"(?<![\w])[\d۰-۹٠-٩]{1,2}\s+(?:[\w]+\s*/\s*)?([A-Z][a-z]{2,10}|[\u0621-\u06d3]{3,10})\s+[\d۰-۹٠-٩]{4}(?![\w])"
)
_DIGITS = "0-9۰-۹٠-٩"
_ODD_YEAR = re.compile(
    rf"(?:,|،)?\s+(?:سال\s+|عام\s+|سنة\s+)?([{_DIGITS}]{{3}}|[{_DIGITS}]{{5}})(?=[.,،;؛):\]»”]|\s*$)"
)
_TWO_MONTHS = re.compile(r"([^\W\d]+(?:\s[^\W\d]+)?)\s*[/(]\s*([^\W\d]+(?:\s[^\W\d]+)?)")
_CLOSING = re.compile(r"\s*(?:[^\W\d]{1,9}\.?\s?){0,2}\)")
_TWO_YEARS = re.compile(r"\d{4}\D{1,30}\d{4}")
_YEARS = re.compile(
    r"(?<![\w/.-])(?P<one>1[2-4]\d\d|20\d\d|1[89]\d\d)(?:\s*(?:هـ\.?\s?ش|ه\.?\s?ش|SH|ش|هجری شمسی|خورشیدی))?\s*"
    r"(?:\(\s*(?:سال\s+|د\s+)?(?P<other>1[2-4]\d\d|20\d\d|1[89]\d\d)(?:\s*(?:میلادی|ميلادي|م|ز|کال|AD|CE|SH))?\s*\)"
    r"|(?:برابر با|مطابق با?|معادل|یعنی|الموافق)\s+(?:سال\s+)?(?P<also>1[2-4]\d\d|20\d\d|1[89]\d\d)(?!\d))"
)
_AFTER = {
    "en": r"(?:,\s+(?:which (?:was|fell on|is) )?an?\s+|\s+\((?:an?\s+)?|,\s+(?=\w+(?:[,.;)]|$)))(\w+)",
    "prs": r"(?:،\s*|\s+\()(?:که\s+)?(?:روز\s+)?(\w+(?:[\u200c ]شنبه)?)(?=[\s]*[،,.؛)]|\s*$| بود)",
    "ps": r"(?:،\s*|\s+\()(?:چې\s+)?(?:د\s+)?(\w+(?:[\u200c ]شنبه)?)(?=(?:\s+(?:ورځ|په ورځ))?\s*(?:[،,.؛)]|$| وه| و))",
    "ar": r"(?:،\s*|\s+\(|\s+)(?:وهو\s+)?(?:يوم\s+)?(ال\w+)(?=\s*(?:[،,.؛)]|$))",
}
_WEEKDAY_AFTER = {lang: re.compile(told) for lang, told in _AFTER.items()}
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "prs": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یک‌شنبه"),
    "ps": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}


def calendars(reading: Reading) -> Iterator[Finding]:
    """Two calendars that name different days; a date known to the month is wrong only when its whole month is."""
    for passage in reading.everywhere():
        for group in passage.days:
            told = [(one, days_of(one)) for one in group]
            known = [(one, days) for one, days in told if days is not None]
            for (one, first), (other, second) in combinations(known, 2):
                slack = LUNAR_SLACK if "lunar" in (one.calendar, other.calendar) else timedelta()
                if first[0] - slack > second[1] or second[0] - slack > first[1]:
                    yield _finding(
                        "date-calendars", passage, one.start, other.end,
                        f"the two dates are not the same: {_would_be(one, other, passage.lang)};"
                        f" {_would_be(other, one, passage.lang)}",
                    )  # fmt: skip
                    break
            else:
                yield from _without_year(passage, group, reading.issued_on)


def _without_year(passage: Passage, group: list[WrittenDate], issued: date | None) -> Iterator[Finding]:
    """Days of two calendars of which one has no year: it is that of the other, else one near the issue."""
    whole = [one for one in group if one.day is not None and one.month is not None and not one.fault]
    for one, other in combinations(whole, 2):
        if one.year is not None and other.year is not None:
            continue
        bare, told = (one, other) if one.year is None else (other, one)
        filled = [told] if told.year is not None else _near(told, issued, YEARS_NEAR)
        if filled and not any(_can_be(bare, day.on) for day in filled):
            near = filled[len(filled) // 2]
            yield _finding(
                "date-calendars", passage, one.start, other.end,
                f"the two dates are not the same: {_would_be(near, bare, passage.lang)}",
            )  # fmt: skip
            return


def _can_be(bare: WrittenDate, day: date | None) -> bool:
    """Whether a day without a year can be this one; of what is not tabulated nothing is known."""
    if day is None or not covers(bare.calendar, day):
        return True
    slack = LUNAR_SLACK if bare.calendar == "lunar" else timedelta()
    year = in_calendar(day, bare.calendar)[0]
    days = (gregorian(bare.calendar, year + more, bare.month or 1, bare.day or 1) for more in range(-1, 2))
    return any(other is not None and abs(other - day) <= slack for other in days)


def _near(one: WrittenDate, issued: date | None, reach: timedelta) -> list[WrittenDate]:
    """A day without a year in the years in which it lies near the issue."""
    if issued is None or not covers(one.calendar, issued):
        return []
    year = in_calendar(issued, one.calendar)[0]
    filled = [replace(one, year=year + more) for more in range(-1, 2)]
    return [told for told in filled if told.on is not None and abs(told.on - issued) <= reach]


def impossible(reading: Reading) -> Iterator[Finding]:
    """A day or month that its calendar does not have."""
    for passage in reading.everywhere():
        for one in passage.dates:
            if one.fault == "impossible":
                yield _finding("date-impossible", passage, one.start, one.end, _why_impossible(one))
            elif one.fault == "malformed":
                what = f"the year {one.year} is none that the {one.calendar} calendar is written with here"
                yield _finding("date-malformed", passage, one.start, one.end, what)


def weekdays(reading: Reading) -> Iterator[Finding]:
    """A weekday that is not that of its date, before it or after it."""
    for passage in reading.everywhere():
        for group in passage.days:
            told = [one for one in group if one.on is not None]
            told = told or in_this_year(passage, group, reading.issued_on)
            for one in told:
                if one.weekday is not None and one.on is not None and one.on.weekday() != one.weekday:
                    yield _not_that_day(passage, one, one.weekday, one.end)
            after = _WEEKDAY_AFTER[passage.lang].match(passage.text, group[-1].end) if told else None
            weekday = weekday_of(after[1], passage.lang) if after is not None else None
            day = told[0].on if told else None
            if after is not None and weekday is not None and day is not None and day.weekday() != weekday:
                yield _not_that_day(passage, told[0], weekday, after.end(1))


def in_this_year(passage: Passage, group: list[WrittenDate], issued: date | None) -> list[WrittenDate]:
    """Days without a year as those near the issue, where the sentence tells of no year."""
    one = group[0]
    if one.year is not None or one.day is None or one.month is None or one.fault:
        return []
    if _ANY_YEAR.search(fold_digits(passage.sentence_at(one.start)[1])):
        return []
    filled = _near(one, issued, DAYS_NEAR)
    return filled if len(filled) == 1 else []


def _not_that_day(passage: Passage, one: WrittenDate, weekday: int, end: int) -> Finding:
    names = _WEEKDAYS[passage.lang]
    day = one.on or date.min
    return _finding(
        "date-weekday", passage, one.start, end,
        f"{_plain(one, passage.lang)} was a {names[day.weekday()]}, not a {names[weekday]}",
    )  # fmt: skip


def reversed_spans(reading: Reading) -> Iterator[Finding]:
    """A span of time whose end lies before its beginning."""
    for passage in reading.everywhere():
        for one, other in pairwise(passage.dates):
            if one.calendar != other.calendar or not _JOINED.fullmatch(passage.text, one.end, other.start):
                continue
            first, last = days_of(one), days_of(other)
            is_moved = _MOVED.search(passage.text, max(one.start - MOVED_BEFORE, 0), one.start) is not None
            if first is not None and last is not None and last[1] < first[0] and not is_moved:
                yield _finding(
                        "date-span", passage, one.start, other.end,
                        f"the span ends before it begins: {other.text} is earlier than {one.text}",
                    )  # fmt: skip


def years(reading: Reading) -> Iterator[Finding]:
    """A year in two calendars that have no day in common, as ``1400 (2023)``."""
    for passage in reading.everywhere():
        if _TWO_YEARS.search(passage.text) is None:
            continue
        for match in _YEARS.finditer(fold_digits(passage.text)):
            one, other = int(match["one"]), int(match["other"] or match["also"])
            hijri, common = min(one, other), max(one, other)
            if hijri not in SOLAR_YEARS or common not in GREGORIAN_YEARS or common < LEAST_COMMON:
                continue
            dated = any(match.start() < date.end and date.start < match.end() for date in passage.dates)
            first, last = hijri + SOLAR_OFFSET, hijri + SOLAR_OFFSET + 1
            if not dated and common not in (first, last) and abs(hijri * 0.970225 + 621.57 - common) > 1.2:
                right = f"{common - SOLAR_OFFSET - 1}–{common - SOLAR_OFFSET}"
                yield _finding(
                    "date-calendars", passage, match.start(), match.end(),
                    f"the two years are not the same: {hijri} is {first}–{last}, and {common} is {right}",
                )  # fmt: skip


def odd_years(reading: Reading) -> Iterator[Finding]:
    """A year of three or five digits, which is a slip of the hand: ``5 May 225``."""
    for passage in reading.everywhere():
        for one in passage.dates:
            match = (
                _ODD_YEAR.match(passage.text, one.end) if one.year is None and one.day is not None else None
            )
            if match is not None:
                yield _finding(
                    "date-malformed", passage, one.start, match.end(1),
                    f"the year '{match[1]}' has {len(match[1])} digits: write all four",
                )  # fmt: skip


def two_months(reading: Reading) -> Iterator[Finding]:
    """A month under two names, as Arabic writes it, of which one is misspelt or another month."""
    for passage in reading.everywhere():
        for one in passage.dates if passage.lang == "ar" else ():
            match = _TWO_MONTHS.search(one.text)
            first = month_of(match[1], "ar") if match is not None else None
            if match is None or first is None:
                continue
            other = month_of(match[2], "ar")
            if other is not None and other != first:
                names = language("ar").months[first[0]]
                what = f"'{match[1]}' and '{match[2]}' are two months: '{match[1]}' is {names[first[1] - 1]}"
                yield _finding("date-malformed", passage, one.start, one.end, what)
            elif other is None and (best := _like_a_month(match[2], "ar")):
                yield _finding(
                    "date-malformed", passage, one.start, one.end, f"'{match[2]}' is no month; '{best}' is"
                )


def misspelt(reading: Reading) -> Iterator[Finding]:
    """A month that is misspelt, so that no date is read there."""
    for passage in reading.everywhere():
        for match in _LIKE_A_DATE.finditer(passage.text):
            word = match[1]
            at = bisect_left(passage.dates, match.end(), key=attrgetter("start")) - 1
            if at >= 0 and match.start() < passage.dates[at].end:
                continue
            best = _like_a_month(word, passage.lang)
            if best:
                yield _finding(
                    "date-malformed",
                    passage,
                    match.start(),
                    match.end(),
                    f"'{word}' is no month; '{best}' is",
                )


def _like_a_month(word: str, lang: str) -> str:
    """The name of a month that a word is near to; empty where there is none."""
    names = [name for calendar in ("gregorian", "solar") for name in language(lang).months[calendar]]
    best = max(names, key=lambda name: ratio(word, name))
    return best if ratio(word, best) >= LIKE_A_MONTH else ""


def days_of(one: WrittenDate) -> tuple[date, date] | None:
    """The first and last Gregorian day that a date can mean."""
    if one.fault or one.year is None or one.month is None:
        return None
    if one.day is not None:
        day = one.on
        return None if day is None else (day, day)
    first = gregorian(one.calendar, one.year, one.month, 1)
    year, month = (one.year + 1, 1) if one.month == MONTHS else (one.year, one.month + 1)
    after = gregorian(one.calendar, year, month, 1)
    return None if first is None or after is None else (first, after - timedelta(days=1))


def _would_be(one: WrittenDate, other: WrittenDate, lang: str) -> str:
    """What the calendar of another date calls the day or month of one, with the months' names of that date."""
    calendar, days = other.calendar, days_of(one)
    if days is None or not covers(calendar, days[0]):
        return f"{one.text} has no {calendar} date that is tabulated"
    names = language(lang).months[calendar]
    iranian = iranian_months(lang)
    is_iranian = calendar == "solar" and any(name in other.text for name in iranian)
    if one.day is not None:
        written = write_date(days[0], language(lang), calendar)
        month = in_calendar(days[0], calendar)[1] - 1
        return f"{one.text} is {written.replace(names[month], iranian[month]) if is_iranian else written}"
    months = {in_calendar(day, calendar)[:2] for day in days}
    own = iranian if is_iranian else names
    told = " and ".join(f"{own[month - 1]} {year}" for year, month in sorted(months))
    return f"{one.text} falls in {told}"


def _why_impossible(one: WrittenDate) -> str:
    if one.month is None:
        return "there is no such month: a year has 12"
    if one.year is None:
        return f"no month of the {one.calendar} calendar has a day {one.day}"
    last = next((day for day in (31, 30, 29, 28) if gregorian(one.calendar, one.year, one.month, day)), None)
    return f"there is no such day: that month has {last}"


def _plain(one: WrittenDate, lang: str) -> str:
    return write_date(one.on, language(lang), one.calendar) if one.on is not None else one.text


def _finding(rule: str, passage: Passage, start: int, end: int, message: str) -> Finding:
    if passage.text[start:end].count("(") > passage.text[start:end].count(")"):
        closing = _CLOSING.match(passage.text, end)
        end = closing.end() if closing is not None else end
    return Finding(rule, "error", passage.number, start, end, passage.text[start:end], message)
