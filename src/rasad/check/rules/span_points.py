"""The points in time that a passage names: days, months, years, and the events of the desk that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rasad.check.passage import Passage
from rasad.check.rules.dates import in_this_year
from rasad.languages.numbers import fold_digits
from rasad.languages.written_dates import MONTHS, WrittenDate, gregorian

EVENT_MARK: Final = re.compile(r"@event:([A-Za-z][\w.-]{0,39})")


_YEAR = re.compile(
    r"(?<![\w/.,٫٬-])(1[89]\d\d|20\d\d|1[34]\d\d)(?![\w/٫٬-]|[.,]\d|\s*(?:events?|people|per ?cent|%|km|رویداد|پېښ|حدث))"
)


_CITED_BEFORE = re.compile(
    r"[(;؛]\s*(?!(?:in|since|from|until|by|of|after|before|از|در|تا|منذ|في|من|عام|سنة|سال|په|د|له|تر)\s)[^\W\d][^()\d]{1,50}[\s,،]$"
)
"""What makes a year that of a source: "(Faris 2025, headline)"."""


_SOLAR: Final = range(1300, 1451)


@dataclass(frozen=True)
class Point:
    """A point in time that a text names: where, and the first and last day that it can be."""

    start: int
    end: int
    first: date
    last: date


def points_of(
    passage: Passage, events: Mapping[str, tuple[date, date]] | None = None, issued: date | None = None
) -> list[Point]:
    """Every day, month and year that a passage names, and the events that it cites; what is one in two ways, once.

    A day without a year counts where it lies near the issue, and its sentence tells of no year.
    """
    found = []
    for group in passage.days:
        whole = [one for one in group if one.year is not None] or in_this_year(passage, group, issued)
        spans = [days for one in whole if (days := _days(one)) is not None]
        if spans:
            found.append(Point(group[0].start, group[-1].end, *spans[0]))
    dated = [(one.start, one.end) for one in passage.dates]
    for match in _YEAR.finditer(fold_digits(passage.text)):
        counts = match[1].endswith("00") and passage.text[match.end() : match.end() + 2].strip().isalpha()
        cited = _CITED_BEFORE.search(passage.text, max(match.start() - 60, 0), match.start()) is not None
        is_source = cited and passage.text[match.end() : match.end() + 1] in set("),;،؛:")
        if not counts and not is_source and not any(start <= match.start() < end for start, end in dated):
            days = _year(int(match[1]))
            if days is not None:
                found.append(Point(match.start(), match.end(), *days))
    found += list(_cited(passage, events or {}, found))
    return sorted(found, key=lambda one: one.start)


def _cited(
    passage: Passage, events: Mapping[str, tuple[date, date]], dated: Iterable[Point]
) -> Iterator[Point]:
    """Events that the passage cites, but for those whose day it tells."""
    written = [(match.start(), match.end(), match[1]) for match in EVENT_MARK.finditer(passage.text)]
    written += [
        (start, end, target.removeprefix("event:"))
        for start, end, target in passage.marks
        if target.startswith("event:")
    ]
    for start, end, name in written if events else ():
        if name not in events:
            continue
        first, last = events[name]
        if not any(one.first <= last and first <= one.last for one in dated):
            yield Point(start, end, first, last)


def _days(one: WrittenDate) -> tuple[date, date] | None:
    if one.fault or one.year is None or one.month is None:
        return None
    if one.day is not None:
        return None if one.on is None else (one.on, one.on)
    first = gregorian(one.calendar, one.year, one.month, 1)
    year, month = (one.year + 1, 1) if one.month == MONTHS else (one.year, one.month + 1)
    after = gregorian(one.calendar, year, month, 1)
    return None if first is None or after is None else (first, after - timedelta(days=1))


def _year(year: int) -> tuple[date, date] | None:
    calendar = "solar" if year in _SOLAR else "gregorian"
    first, after = gregorian(calendar, year, 1, 1), gregorian(calendar, year + 1, 1, 1)
    return None if first is None or after is None else (first, after - timedelta(days=1))
