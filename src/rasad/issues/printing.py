"""Measured values as an edition prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rasad.errors import MeasureError, did_you_mean
from rasad.languages import Language
from rasad.languages.dates import write_dual, write_month
from rasad.languages.numbers import write_count, write_number, write_percent
from rasad.model.measured import Measured

INDEX_PLACES = 2
PLACES = "0123456"


def print_measured(
    measured: Measured, arguments: Mapping[str, str], lang: Language, calendars: Sequence[str]
) -> str:
    """A value with its unit, in the digits and calendars of a language.

    Raises:
        MeasureError: If the unit is unknown, or the value is no whole number to count with it.
    """
    value = measured.value
    if isinstance(value, date):
        write = write_dual if measured.precision == "day" else write_month
        return write(value, lang, calendars)
    if measured.kind == "share":
        return write_percent(value, lang)
    if measured.kind == "index":
        return write_number(value, lang, places=INDEX_PLACES, signed=True)
    unit = arguments.get("unit") or ("day" if measured.kind == "days" else "")
    if not unit:
        return write_number(value, lang, places=_places(arguments.get("places") or _own_places(value)))
    if unit not in lang.units:
        raise MeasureError(f"'{unit}' is not a unit", do=did_you_mean(unit, lang.units))
    if value != int(value):
        raise MeasureError(f"{value} can't be counted in '{unit}', it is no whole number")
    return write_count(int(value), unit, lang)


def _places(text: str) -> int:
    if len(text) != 1 or text not in PLACES:
        raise MeasureError(
            f"'{text[:20]}' is not a number of places", do=f"Write {PLACES[0]} to {PLACES[-1]}."
        )
    return int(text)


def _own_places(value: float) -> str:
    """As many places as the number has, up to the most that are printed."""
    _, _, decimals = f"{value:.{PLACES[-1]}f}".rstrip("0").partition(".")
    return str(len(decimals))
