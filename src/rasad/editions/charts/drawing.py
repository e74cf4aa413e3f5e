"""What every chart shares: its ground, its time axis, and the way to SVG.

Charts keep their axes the same way round in every language, time from left to right; the
labels of the other axis stand on the side where reading begins. Text in SVG is written left
to right with explicit anchors, since renderers ignore ``direction``; every label is therefore
of one script only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from rasad.actors.actors import ActorTable
from rasad.editions.words import Words
from rasad.issues.measures import Record
from rasad.languages import Language
from rasad.languages.calendars import from_solar, in_calendar
from rasad.languages.dates import write_month, write_own_month
from rasad.languages.numbers import write_digits, write_number
from rasad.model.dyad import Dyad
from rasad.model.event import Event

FONTS = Path(__file__).parent.parent / "fonts"
WEB_FONT = "Vazirmatn"
WIDTH = 700
ROOM = 0.025
"""Share of a time axis left free after the last day, so that its points are not cut."""

SHORT_DAYS = 800
"""A span up to which a time axis has a tick a quarter and not only at the new year."""

QUARTERS = (1, 4, 7, 10)

_ABSOLUTE_LINK = re.compile(r'xlink:href="[^"#]*#')
"""The drawing library makes a link within the page absolute; here it is made one within the page again."""

INK = "#1d2b36"
QUIET = "#6b7780"
RULE = "#dfe3e6"
COLOURS = {
    "E": "#b3702a", "P": "#2a6f97", "S": "#6a4c93", "D": "#a4303f",
    "H": "#4f7d5c", "N": "#4a4a4a", "R": "#7d8c2f", "0": "#9aa3aa",
}  # fmt: skip


Spec = dict[str, Any]
"""A Vega-Lite chart."""


@dataclass(frozen=True)
class Subject:
    """What a chart is of, and in whose language it is drawn."""

    record: Record
    pair: str
    lang: Language
    words: Words
    actors: ActorTable

    @property
    def names(self) -> dict[str, str]:
        """The two actors in the order in which the manuscript names them."""
        one, other = (
            self.actors.acting_name(actor, self.lang.code, self.record.as_of)
            for actor in re.split("[-–]", self.pair.strip())
        )
        return {"first": one, "second": other}

    @property
    def dyad(self) -> Dyad:
        return Dyad.parse(self.pair)

    def number(self, value: float) -> str:
        """A whole number in the language's digits."""
        return write_number(float(value), self.lang)

    def month(self, day: date) -> str:
        """A day's month in the language's own calendar."""
        return write_own_month(day, self.lang)

    def month_of(self, event: Event) -> str:
        """An event's month in the language's own calendar, or the months that it may lie in."""
        if event.has_day:
            return self.month(event.occurred_on)
        return write_month(event.occurred_on, self.lang, [self.lang.dates["first"]])


@dataclass(frozen=True)
class Drawing:
    """A chart or table: what is to be drawn, its alt text, and its data as rows for CSV.

    ``spec`` is the Vega-Lite chart, None for a table or where there is nothing to draw;
    ``svg`` is empty until it is drawn; ``first_column`` is the word above a table's first column.
    """

    spec: Spec | None
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    events: tuple[Event, ...] = ()
    table: tuple[tuple[Any, ...], ...] = ()
    svg: str = ""
    first_column: str = "col_rung"


def event_rows(events: Sequence[Event]) -> tuple[tuple[str, ...], ...]:
    """Events as rows of a CSV; a day that is not known is not written."""
    return tuple(
        (
            event.dataset_event_id,
            event.occurred_on.isoformat() if event.has_day else event.occurred_on.isoformat()[:7],
            event.source_actor,
            event.target_actor,
            event.cameo,
            str(event.rung) if event.rung is not None else "",
            event.source_grade,
            event.text,
        )
        for event in events
    )


EVENT_HEADER = ("id", "date", "source_actor", "target_actor", "cameo", "rung", "grade", "event")


def milliseconds(day: date) -> int:
    """A day as Vega counts time: milliseconds since 1970 in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def time_axis(lang: Language, first: date, last: date) -> dict[str, Any]:
    """A time axis with a tick at each new year of the language's own calendar."""
    return _year_axis(lang, lang.dates["first"], first, last) | {"grid": True, "labelFontWeight": 600}


def time_x(lang: Language, first: date, last: date) -> dict[str, Any]:
    """The time of a chart: its field, its scale and its axis."""
    axis = time_axis(lang, first, last)
    return {"field": "date", "type": "temporal", "scale": time_scale(first, last), "axis": axis}


def rows_y(lang: Language, field: str, rows: Sequence[str], labels: dict[str, str]) -> dict[str, Any]:
    """The rows of a chart from the top, each with its label where reading begins."""
    return {
        "field": field, "type": "ordinal", "scale": {"domain": list(rows)},
        "axis": {"labelExpr": label_expression(labels), "title": None, "orient": side(lang),
                 "grid": True, "domain": False, "ticks": False},
    }  # fmt: skip


def gregorian_years(lang: Language, first: date, last: date) -> list[dict[str, Any]]:
    """A layer with the Gregorian years above, where the axis below counts in another calendar."""
    if lang.dates["first"] == "gregorian":
        return []
    axis = _year_axis(lang, "gregorian", first, last) | {"orient": "top", "grid": False}
    x = {"field": "date", "type": "temporal", "scale": time_scale(first, last), "axis": axis}
    return [{"mark": {"type": "point", "opacity": 0, "size": 0}, "encoding": {"x": x}}]


def _year_axis(lang: Language, calendar: str, first: date, last: date) -> dict[str, Any]:
    labels: dict[str, str] = {}
    months = QUARTERS if (last - first).days < SHORT_DAYS else (1,)
    for year in range(in_calendar(first, calendar)[0], in_calendar(last, calendar)[0] + 2):
        for month in months:
            day = from_solar(year, month, 1) if calendar == "solar" else date(year, month, 1)
            if first <= day <= last:
                name = f"{lang.months[calendar][month - 1]} " if len(months) > 1 else ""
                labels[str(milliseconds(day))] = write_digits(f"{name}{year}", lang)
    return {
        "values": [int(value) for value in labels],
        "labelExpr": f"{json.dumps(labels, ensure_ascii=False)}[toString(toNumber(datum.value))]",
        "title": None,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelPadding": 6,
    }


def time_scale(first: date, last: date) -> dict[str, Any]:
    """A UTC scale over the days given, with room after the last."""
    room = (last - first) * ROOM
    return {"type": "utc", "domain": [milliseconds(first), milliseconds(last + room)]}


def layered(
    rows: list[dict[str, Any]], years: list[dict[str, Any]], layers: list[dict[str, Any]]
) -> dict[str, Any]:
    """Layers over the same rows; the first draws the time axis, ``years`` the one above it."""
    first, *others = layers
    for layer in others:
        if "x" in layer["encoding"]:
            layer["encoding"]["x"] = {**layer["encoding"]["x"], "axis": None}
    return {
        "resolve": {"axis": {"x": "independent"}},
        "data": {"values": rows},
        "layer": [*years, first, *others],
    }


def label_expression(labels: dict[str, str]) -> str:
    """A Vega expression that prints a label for each value of an axis."""
    return f"{json.dumps(labels, ensure_ascii=False)}[toString(datum.value)]"


def side(lang: Language) -> str:
    """The side where reading begins, where labels of rows stand."""
    return "right" if lang.is_rtl else "left"


def to_svg(spec: Spec) -> str:
    """Draw a Vega-Lite chart.

    The text is measured with our own fonts, so a chart is the same on every machine.
    """
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "config": {
            "font": WEB_FONT,
            "aria": False,
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "labelFontSize": 12,
                "labelLimit": 260,
                "gridColor": RULE,
                "gridOpacity": 0.7,
                "offset": 4,
            },
            "legend": {"labelColor": INK, "labelFontSize": 12, "labelLimit": 400},
        },
        **spec,
    }
    svg: str = _converter().vegalite_to_svg(whole, vl_version="6.1")
    return _ABSOLUTE_LINK.sub('href="#', svg)


@cache
def _converter() -> ModuleType:
    import vl_convert  # noqa: PLC0415  (a second to start; only a build draws)

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
