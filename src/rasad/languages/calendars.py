"""Three calendars: Gregorian, Solar Hijri and lunar Hijri (Umm al-Qura).

Solar Hijri is converted by persiantools, whose 1 Hamal agrees with astronomy for 1300-1451;
whether Kabul will keep to that rule at Nowruz 1408 (March 2029) is not known. Lunar dates
follow Umm al-Qura; a day decided by moon-sighting in Kabul may differ by one.
"""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian
from persiantools.jdatetime import JalaliDate

CALENDARS = ("gregorian", "solar", "lunar")

FIRST, LAST = date(1800, 1, 1), date(2200, 12, 31)
"""Days that are written; the tables of the Solar Hijri year are not to be trusted far outside."""

FIRST_LUNAR, LAST_LUNAR = date(1924, 8, 1), date(2077, 11, 16)
"""Days for which Umm al-Qura is tabulated."""


def read_day(text: str) -> date:
    """A day written as ``2026-05-27``, within the years that are written.

    Raises:
        ValueError: If it is no day, or outside of them.
    """
    day = date.fromisoformat(text)
    if not FIRST <= day <= LAST:
        raise ValueError(f"{text} is outside {FIRST.year} to {LAST.year}")
    return day


def covers(calendar: str, day: date) -> bool:
    """Whether a calendar can write a day."""
    return calendar != "lunar" or FIRST_LUNAR <= day <= LAST_LUNAR


def in_calendar(day: date, calendar: str) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian date in ``gregorian``, ``solar`` or ``lunar``.

    Raises:
        ValueError: If the calendar is none of these.

    Example:
        >>> in_calendar(date(2026, 5, 27), "solar")
        (1405, 3, 6)
    """
    if calendar == "gregorian":
        return day.year, day.month, day.day
    if calendar == "solar":
        solar = JalaliDate(day)
        return solar.year, solar.month, solar.day
    if calendar == "lunar":
        lunar = Gregorian.fromdate(day).to_hijri()
        return lunar.year, lunar.month, lunar.day
    raise ValueError(f"'{calendar}' is not a calendar; known: {', '.join(CALENDARS)}")


def from_solar(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Solar Hijri one.

    Raises:
        ValueError: If that year has no such day.
    """
    found: date = JalaliDate(year, month, day).to_gregorian()
    return found
