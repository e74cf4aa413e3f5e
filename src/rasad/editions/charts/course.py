"""The course of a relation: acts of cooperation and conflict a month, with the shifts, and grey where there are no data."""

from __future__ import annotations

from math import isnan

from rasad.editions.charts.drawing import (
    COLOURS,
    INK,
    QUIET,
    RULE,
    WIDTH,
    Spec,
    gregorian_years,
    label_expression,
    layered,
    milliseconds,
    side,
    time_x,
)
from rasad.languages import Language
from rasad.languages.numbers import write_number
from rasad.relations.line import Line
from rasad.relations.series import Series
from rasad.shifts.history import Shift

HEIGHT = 230
MOST_TICKS = 3
LEAST_SIDE = 0.3
"""The smaller side has at least this share of the other's height."""
INDEX_TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
WARM, COLD = COLOURS["P"], COLOURS["D"]


def course_spec(months: Series, shifts: tuple[Shift, ...], lang: Language) -> Spec:
    """Columns a month, cooperation above the line and conflict below; a rule where a shift begins."""
    first, last = months.start(0), months.end(len(months) - 1)
    rows = [
        {"date": milliseconds(months.start(at)), "until": milliseconds(months.end(at)),
         "warm": float(months.cooperation[at]), "cold": -float(months.conflict[at]), "zero": 0}
        for at in range(len(months)) if months.known[at]
    ]  # fmt: skip
    warm, cold = (max([1.0, *(abs(row[side]) for row in rows)]) for side in ("warm", "cold"))
    domain = [-max(cold, LEAST_SIDE * warm), max(warm, LEAST_SIDE * cold)]
    ticks = [tick for tick in _ticks(max(warm, cold)) if domain[0] <= tick <= domain[1]]
    x = time_x(lang, first, last)
    y = {
        "type": "quantitative", "scale": {"domain": domain},
        "axis": {"values": ticks, "title": None, "orient": side(lang), "domain": False, "ticks": False,
                 "labelExpr": label_expression({_key(tick): write_number(abs(tick), lang) for tick in ticks})},
    }  # fmt: skip
    columns = [
        {"mark": {"type": "bar", "color": colour, "opacity": 0.9},
         "encoding": {"x": x, "x2": {"field": "until"}, "y": {**y, "field": field}, "y2": {"field": "zero"}}}
        for field, colour in (("warm", WARM), ("cold", COLD))
    ]  # fmt: skip
    layers = [*columns, _zero(domain), *_gaps(months), *_rules(shifts, lang)]
    return {"width": WIDTH - 100, "height": HEIGHT,
            **layered(rows, gregorian_years(lang, first, last), layers)}  # fmt: skip


def line_spec(months: Series, line: Line, smooth: Line, lang: Language, labels: tuple[str, str]) -> Spec:
    """The index with its band, and the smoothed line dashed; nothing is drawn over a gap.

    Args:
        months: The months of the lines.
        line: The index over the year to each month.
        smooth: The index whose old events fade.
        lang: Of the page.
        labels: The words for cooperation and conflict.
    """
    first, last = months.start(0), months.end(len(months) - 1)
    rows, part = [], 0
    for at in range(len(months)):
        if isnan(line.value[at]):
            part += 1
            continue
        rows.append(
            {"date": milliseconds(months.end(at)), "value": float(line.value[at]), "low": float(line.low[at]),
             "high": float(line.high[at]), "smooth": float(smooth.value[at]), "part": part}
        )  # fmt: skip
    ticks = {_key(tick): write_number(tick, lang, places=1, signed=True) for tick in INDEX_TICKS[1:-1]}
    ticks |= {"1": labels[0], "-1": labels[1]}
    x = time_x(lang, first, last)
    y = {
        "type": "quantitative", "scale": {"domain": [-1, 1]},
        "axis": {"values": list(INDEX_TICKS), "labelExpr": label_expression(ticks), "title": None,
                 "orient": side(lang), "domain": False, "ticks": False},
    }  # fmt: skip
    parts = {"detail": {"field": "part"}}
    layers = [
        {"mark": {"type": "area", "fillOpacity": 0.2, "color": WARM},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, **parts}},
        {"mark": {"type": "line", "strokeWidth": 2.5, "color": WARM, "point": {"size": 14, "color": WARM}},
         "encoding": {"x": x, "y": {**y, "field": "value"}, **parts}},
        {"mark": {"type": "line", "strokeWidth": 1.5, "strokeDash": [5, 4], "color": INK},
         "encoding": {"x": x, "y": {**y, "field": "smooth"}, **parts}},
        _zero([-1, 1]),
        *_gaps(months),
    ]  # fmt: skip
    return {"width": WIDTH - 100, "height": HEIGHT,
            **layered(rows, gregorian_years(lang, first, last), layers)}  # fmt: skip


def _zero(domain: list[float]) -> Spec:
    return {"mark": {"type": "rule", "color": QUIET, "strokeWidth": 1},
            "encoding": {"y": {"datum": 0, "type": "quantitative", "scale": {"domain": domain}}}}  # fmt: skip


def _gaps(months: Series) -> list[Spec]:
    rows = [
        {"date": milliseconds(months.start(at)), "until": milliseconds(months.end(at))}
        for at in range(len(months))
        if not months.known[at]
    ]
    if not rows:
        return []
    return [{"data": {"values": rows}, "mark": {"type": "rect", "color": RULE, "opacity": 0.7},
             "encoding": {"x": {"field": "date", "type": "temporal", "scale": {"type": "utc"}},
                          "x2": {"field": "until"}}}]  # fmt: skip


def _rules(shifts: tuple[Shift, ...], lang: Language) -> list[Spec]:
    """A rule and a numbered mark a shift, by which the table below names it."""
    rows = [
        {"date": milliseconds(shift.start), "n": write_number(n, lang), "way": shift.way}
        for n, shift in enumerate(shifts, start=1)
    ]
    if not rows:
        return []
    x = {"field": "date", "type": "temporal", "scale": {"type": "utc"}}
    colour = {"field": "way", "type": "nominal", "legend": None,
              "scale": {"domain": ["up", "down"], "range": [WARM, COLD]}}  # fmt: skip
    return [
        {"data": {"values": rows}, "mark": {"type": "rule", "strokeWidth": 1.5, "strokeDash": [3, 2]},
         "encoding": {"x": x, "color": colour}},
        {"data": {"values": rows}, "mark": {"type": "text", "dy": -7, "fontSize": 12, "fontWeight": 700},
         "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "n"}, "color": colour}},
    ]  # fmt: skip


def _ticks(top: float) -> list[float]:
    """A few round values on both sides of 0."""
    step = next(
        base * 10**power for power in range(9) for base in (1, 2, 5) if top / (base * 10**power) <= MOST_TICKS
    )
    side = [float(step * n) for n in range(1, int(top / step) + 1)]
    return [*(-value for value in reversed(side)), 0.0, *side]


def _key(tick: float) -> str:
    return str(int(tick)) if tick == int(tick) else str(tick)
