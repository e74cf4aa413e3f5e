"""Dates as each language writes them, in two calendars at once where asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rasad.languages.calendars import covers, in_calendar
from rasad.languages.language import Language
from rasad.languages.numbers import write_digits

EN_DASH = "–"


def write_date(day: date, lang: Language, calendar: str) -> str:
    """A day in one calendar, in the language's digits and month names.

    Example:
        >>> from rasad.languages import language
        >>> write_date(date(2026, 5, 27), language("prs"), "solar")
        '۶ جوزا ۱۴۰۵'
    """
    year, month, number = in_calendar(day, calendar)
    name = lang.months[calendar][month - 1]
    return write_digits(lang.dates[calendar].format(day=number, month=name, year=year), lang)


def write_dual(day: date, lang: Language, calendars: Sequence[str] = ("gregorian", "solar")) -> str:
    """A day in every calendar of ``calendars``, the language's own first.

    Example:
        >>> from rasad.languages import language
        >>> write_dual(date(2026, 5, 27), language("en"))
        '27 May 2026 (6 Jawza 1405)'
    """
    able = [calendar for calendar in calendars if covers(calendar, day)] or ["gregorian"]
    written = [write_date(day, lang, calendar) for calendar in _own_first(able, lang)]
    return _dual(written, lang)


def write_month(day: date, lang: Language, calendars: Sequence[str] = ("gregorian", "solar")) -> str:
    """The Gregorian month of ``day`` in every calendar; in another it spans two months.

    Example:
        >>> from rasad.languages import language
        >>> write_month(date(2023, 12, 1), language("en"))
        'December 2023 (Qaws–Jadi 1402)'
    """
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    able = [c for c in calendars if covers(c, first) and covers(c, last)] or ["gregorian"]
    written = [_month_span(first, last, lang, calendar) for calendar in _own_first(able, lang)]
    return _dual(written, lang)


def write_own_month(day: date, lang: Language) -> str:
    """The month that a day lies in, in the language's own calendar alone.

    Example:
        >>> from rasad.languages import language
        >>> write_own_month(date(2026, 5, 27), language("ps"))
        'غبرګولی ۱۴۰۵'
    """
    calendar = lang.dates["first"]
    year, month, _ = in_calendar(day, calendar)
    name = lang.months[calendar][month - 1]
    return write_digits(lang.dates[f"{calendar}_month"].format(month=name, year=year), lang)


def _month_span(first: date, last: date, lang: Language, calendar: str) -> str:
    (year, month, _), (last_year, last_month, _) = (in_calendar(d, calendar) for d in (first, last))
    names = lang.months[calendar]
    form = lang.dates[f"{calendar}_month"]
    if (year, month) == (last_year, last_month):
        return write_digits(form.format(month=names[month - 1], year=year), lang)
    span = f"{names[month - 1]}{EN_DASH}{names[last_month - 1]}"
    years = year if year == last_year else f"{year}{EN_DASH}{last_year}"
    return write_digits(form.format(month=span, year=years), lang)


def _own_first(calendars: Sequence[str], lang: Language) -> list[str]:
    return sorted(calendars, key=lambda calendar: calendar != lang.dates["first"])


def _dual(written: Sequence[str], lang: Language) -> str:
    if len(written) == 1:
        return written[0]
    second = lang.comma.join(written[1:])
    return lang.dates["dual"].format(first=written[0], second=second)
