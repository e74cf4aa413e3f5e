"""Rules on dates: calendars that disagree, days that no calendar has, weekdays, sources later than the issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from rapidfuzz.fuzz import ratio

from rasad.check.finding import Finding
from rasad.check.passage import REFERENCES, Passage, Reading
from rasad.check.word_lists import pattern
from rasad.languages import language
from rasad.languages.calendars import covers, in_calendar
from rasad.languages.dates import write_date
from rasad.languages.written_dates import MONTHS, WrittenDate, gregorian

NEAR: Final = 25
"""Letters before a date within which a text says that a page was read then."""

LATELY: Final = timedelta(days=75)
LUNAR_SLACK: Final = timedelta(days=1)
"""A lunar month begins by sight of the moon: a day more or less is no fault."""

_TITLES = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
LIKE_A_MONTH: Final = 66.0
_LIKE_A_DATE = re.compile(
    r"(?<![\w])[\d۰-۹٠-٩]{1,2}\s+(?:[\w]+\s*/\s*)?([A-Z][a-z]{2,10}|[\u0621-\u06d3]{3,10})\s+[\d۰-۹٠-٩]{4}(?![\w])"
)
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "prs": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یک‌شنبه"),
    "ps": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}


def calendars(reading: Reading) -> Iterator[Finding]:
    """Two calendars that name different days; a date known to the month is wrong only when its whole month is."""
    for passage in reading.passages:
        for group in passage.days:
            told = [(one, _days(one)) for one in group]
            known = [(one, days) for one, days in told if days is not None]
            for (one, first), (other, second) in combinations(known, 2):
                slack = LUNAR_SLACK if "lunar" in (one.calendar, other.calendar) else timedelta()
                if first[0] - slack > second[1] or second[0] - slack > first[1]:
                    yield _finding(
                        "date-calendars", passage, one.start, other.end,
                        f"the two dates are not the same: {_would_be(one, other.calendar, passage.lang)};"
                        f" {_would_be(other, one.calendar, passage.lang)}",
                    )  # fmt: skip
                    break


def impossible(reading: Reading) -> Iterator[Finding]:
    """A day or month that its calendar does not have."""
    for passage in reading.passages:
        for one in passage.dates:
            if one.fault == "impossible":
                yield _finding("date-impossible", passage, one.start, one.end, _why_impossible(one))
            elif one.fault == "malformed":
                what = f"the year {one.year} is none that the {one.calendar} calendar is written with here"
                yield _finding("date-malformed", passage, one.start, one.end, what)


def weekdays(reading: Reading) -> Iterator[Finding]:
    """A weekday that is not that of its date."""
    for passage in reading.passages:
        for group in passage.days:
            day = next((one.on for one in group if one.on is not None), None)
            for one in group:
                if one.weekday is None or day is None:
                    continue
                if one.on is not None and one.on.weekday() != one.weekday:
                    names = _WEEKDAYS[passage.lang]
                    yield _finding(
                        "date-weekday", passage, one.start, one.end,
                        f"{_plain(one, passage.lang)} was a {names[one.on.weekday()]}, not a {names[one.weekday]}",
                    )  # fmt: skip


def recently(reading: Reading) -> Iterator[Finding]:
    """A word such as "recently" beside a date that is months before the issue."""
    if reading.issued_on is None:
        return
    for passage in reading.prose():
        for start, sentence in passage.sentences:
            match = pattern(passage.lang, "recently").search(sentence)
            if match is None:
                continue
            inside = [one for one in passage.dates if start <= one.start < start + len(sentence)]
            days = [days for one in inside if (days := _days(one)) is not None]
            if days and min(reading.issued_on - last for _, last in days) > LATELY:
                yield _finding(
                    "date-recently", passage, start + match.start(), start + match.end(),
                    f"'{match[0]}' stands with {inside[0].text}, {(reading.issued_on - days[0][1]).days} days before the issue",
                )  # fmt: skip


def later_than_issue(reading: Reading) -> Iterator[Finding]:
    """A source that is dated after the issue that cites it."""
    if reading.issued_on is None:
        return
    for passage in [*reading.passages, *(note for _, note in reading.notes)]:
        for group in passage.days:
            before = passage.text[max(group[0].start - NEAR, 0) : group[0].start]
            if not is_reference(passage) and pattern(passage.lang, "accessed").search(before) is None:
                continue
            day = next((one.on for one in group if one.on is not None), None)
            if any(match.start() < group[0].start < match.end() for match in _TITLES.finditer(passage.text)):
                continue
            if day is not None and day > reading.issued_on:
                issued = write_date(reading.issued_on, language(passage.lang), "gregorian")
                yield _finding(
                    "source-later", passage, group[0].start, group[-1].end,
                    f"the source is dated after the issue, which is of {issued}",
                )  # fmt: skip


def misspelt(reading: Reading) -> Iterator[Finding]:
    """A month that is misspelt, so that no date is read there."""
    for passage in reading.passages:
        for match in _LIKE_A_DATE.finditer(passage.text):
            word = match[1]
            if any(one.start < match.end() and match.start() < one.end for one in passage.dates):
                continue
            names = [
                name
                for calendar in ("gregorian", "solar")
                for name in language(passage.lang).months[calendar]
            ]
            best = max(names, key=lambda name: ratio(word, name))
            if ratio(word, best) >= LIKE_A_MONTH:
                yield _finding(
                    "date-malformed",
                    passage,
                    match.start(),
                    match.end(),
                    f"'{word}' is no month; '{best}' is",
                )


def _days(one: WrittenDate) -> tuple[date, date] | None:
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


def _would_be(one: WrittenDate, calendar: str, lang: str) -> str:
    days = _days(one)
    if days is None or not covers(calendar, days[0]):
        return f"{one.text} has no {calendar} date that is tabulated"
    if one.day is not None:
        return f"{one.text} is {write_date(days[0], language(lang), calendar)}"
    months = {in_calendar(day, calendar)[:2] for day in days}
    names = language(lang).months[calendar]
    told = " and ".join(f"{names[month - 1]} {year}" for year, month in sorted(months))
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


def is_reference(passage: Passage) -> bool:
    return passage.kind == "note" or any(REFERENCES.match(heading) for heading in passage.section)


def _finding(rule: str, passage: Passage, start: int, end: int, message: str) -> Finding:
    end += passage.text[end : end + 1] == ")" and "(" in passage.text[start:end]
    return Finding(rule, "error", passage.number, start, end, passage.text[start:end], message)
