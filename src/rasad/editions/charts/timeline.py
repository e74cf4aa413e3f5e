"""A dyad's events by date and kind, with those that bear on it marked and not counted."""

from __future__ import annotations

from collections import Counter

from rasad.editions.charts.drawing import (
    COLOURS,
    EVENT_HEADER,
    QUIET,
    WIDTH,
    Drawing,
    Spec,
    Subject,
    event_rows,
    gregorian_years,
    layered,
    milliseconds,
    rows_y,
    time_x,
)
from rasad.languages.numbers import write_count, write_number
from rasad.model.event import Event
from rasad.relations.selection import Selection, bearing_on, select

KINDS = ("D", "S", "P", "E", "H", "R", "N", "0")
"""From the top: the ladder's domains, then humanitarian acts, easings, conflict, no step."""

ROW = 34
BEARING = "bearing"


def draw_timeline(subject: Subject) -> Drawing:
    """Acts within the dyad as strokes by kind; what bears on it as rings in a row of its own."""
    counted = select(subject.record.events, Selection(dyad=subject.dyad))
    bearing = bearing_on(subject.record.events, subject.dyad)
    rows = tuple(
        (*row, counted_as)
        for events, counted_as in ((counted, "counted"), (bearing, "bears on"))
        for row in event_rows(events)
    )
    spec = _spec(subject, counted, bearing) if counted else None
    header = (*EVENT_HEADER, "counted")
    return Drawing(spec, _alt(subject, counted, bearing), header, rows, (*counted, *bearing))


def kind_of(event: Event) -> str:
    """The letter of an event's rung; no step where it has none."""
    return event.rung.letter if event.rung is not None else "0"


def _alt(subject: Subject, counted: list[Event], bearing: list[Event]) -> str:
    if not counted:
        return ""
    lang, words = subject.lang, subject.words
    kinds = Counter(kind_of(event) for event in counted)
    told = [f"{words(f'domain_{kind}')} {write_number(kinds[kind], lang)}" for kind in KINDS if kinds[kind]]
    return words(
        "alt_timeline",
        events=write_count(len(counted), "event", lang),
        **subject.names,
        start=subject.month_of(counted[0]),
        end=subject.month_of(counted[-1]),
        kinds=lang.comma.join(told),
        bearing=write_count(len(bearing), "event", lang),
    )


def _spec(subject: Subject, counted: list[Event], bearing: list[Event]) -> Spec:
    first = min(event.occurred_on for event in (*counted, *bearing)).replace(month=1, day=1)
    last = subject.record.as_of
    shown = [kind for kind in KINDS if any(kind_of(event) == kind for event in counted)]
    lanes = [*shown, *([BEARING] if bearing else [])]
    labels = {kind: subject.words(f"domain_{kind}") for kind in shown}
    labels[BEARING] = subject.words("bearing")
    rows = [_row(event, kind_of(event)) for event in counted] + [_row(event, BEARING) for event in bearing]
    x = time_x(subject.lang, first, last)
    y = rows_y(subject.lang, "lane", lanes, labels)
    colour = {"field": "lane", "type": "nominal", "legend": None,
              "scale": {"domain": shown, "range": [COLOURS[kind] for kind in shown]}}  # fmt: skip
    strokes = {"mark": {"type": "tick", "thickness": 3, "size": 22, "opacity": 0.8},
               "transform": [{"filter": f"datum.lane != '{BEARING}'"}],
               "encoding": {"x": x, "y": y, "color": colour, "href": {"field": "href"}}}  # fmt: skip
    rings = {"mark": {"type": "point", "filled": False, "size": 70, "strokeWidth": 1.5, "color": QUIET},
             "transform": [{"filter": f"datum.lane == '{BEARING}'"}],
             "encoding": {"x": x, "y": y, "href": {"field": "href"}}}  # fmt: skip
    return {
        "width": WIDTH - 160, "height": ROW * len(lanes),
        **layered(rows, gregorian_years(subject.lang, first, last), [strokes, rings]),
    }  # fmt: skip


def _row(event: Event, lane: str) -> dict[str, object]:
    return {
        "date": milliseconds(event.occurred_on),
        "lane": lane,
        "href": f"#event-{event.dataset_event_id}",
    }
