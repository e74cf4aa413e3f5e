"""The index of cooperation and conflict over time, with its band."""

from __future__ import annotations

from datetime import date, timedelta

from rasad.editions.charts.drawing import (
    COLOURS,
    QUIET,
    WIDTH,
    Drawing,
    Spec,
    Subject,
    gregorian_years,
    label_expression,
    layered,
    milliseconds,
    side,
    time_x,
)
from rasad.languages.numbers import write_number
from rasad.relations.index import IndexValue, index_series
from rasad.relations.selection import Selection, last_of_month, select

HEADER = ("month", "index", "low", "high", "n_cooperation", "n_conflict")
HEIGHT = 240
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
PLACES = 2


def draw_index(subject: Subject) -> Drawing:
    """The index at each month's end, from the first month whose year lies within the record."""
    events = select(subject.record.events, Selection(dyad=subject.dyad))
    if not events:
        return Drawing(None, "", HEADER, ())
    started = events[0].occurred_on
    series = index_series(
        events, date(started.year + 1, started.month, 1), _last_whole_month(subject.record.as_of)
    )
    rows = tuple(
        (
            value.until.isoformat()[:7],
            f"{value.value:.4f}",
            f"{value.low:.4f}",
            f"{value.high:.4f}",
            str(value.cooperation),
            str(value.conflict),
        )
        for value in series
    )
    if not series:
        return Drawing(None, "", HEADER, rows, tuple(events))
    return Drawing(_spec(subject, series), _alt(subject, series), HEADER, rows, tuple(events))


def _alt(subject: Subject, series: list[IndexValue]) -> str:
    def number(value: float) -> str:
        return write_number(value, subject.lang, places=PLACES, signed=True)

    return subject.words(
        "alt_index",
        **subject.names,
        start=subject.month(series[0].until),
        end=subject.month(series[-1].until),
        last=number(series[-1].value),
        low=number(series[-1].low),
        high=number(series[-1].high),
    )


def _spec(subject: Subject, series: list[IndexValue]) -> Spec:
    lang, words = subject.lang, subject.words
    first, last = series[0].until, series[-1].until
    rows = [{"date": milliseconds(v.until), "value": v.value, "low": v.low, "high": v.high} for v in series]
    labels = {_key(tick): write_number(tick, lang, places=1, signed=True) for tick in TICKS[1:-1]}
    labels |= {"1": words("cooperation"), "-1": words("conflict")}
    x = time_x(lang, first, last)
    scale = {"domain": [-1, 1]}
    y = {
        "type": "quantitative", "scale": scale,
        "axis": {"values": list(TICKS), "labelExpr": label_expression(labels), "title": None,
                 "orient": side(lang), "domain": False, "ticks": False},
    }  # fmt: skip
    band = {"mark": {"type": "area", "fillOpacity": 0.2, "color": COLOURS["P"]},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}}  # fmt: skip
    line = {"mark": {"type": "line", "strokeWidth": 2.5, "color": COLOURS["P"]},
            "encoding": {"x": x, "y": {**y, "field": "value"}}}  # fmt: skip
    zero = {"mark": {"type": "rule", "color": QUIET, "strokeWidth": 1},
            "encoding": {"y": {"datum": 0, "type": "quantitative", "scale": scale}}}  # fmt: skip
    return {
        "width": WIDTH - 100, "height": HEIGHT,
        **layered(rows, gregorian_years(lang, first, last), [band, line, zero]),
    }  # fmt: skip


def _key(tick: float) -> str:
    return str(int(tick)) if tick == int(tick) else str(tick)


def _last_whole_month(as_of: date) -> date:
    """A day of the last month that is over: an unfinished one is no year's end."""
    return as_of if last_of_month(as_of) == as_of else as_of.replace(day=1) - timedelta(days=1)
