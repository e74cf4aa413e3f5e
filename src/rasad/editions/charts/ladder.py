"""The ladder of cooperation as a chart and as a table."""

from __future__ import annotations

from collections.abc import Mapping

from rasad.editions.charts.drawing import (
    COLOURS,
    EVENT_HEADER,
    INK,
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
from rasad.languages.dates import write_dual, write_month
from rasad.languages.numbers import write_count
from rasad.model.event import Event
from rasad.model.rung import DOMAINS, LEVELS
from rasad.relations.ladder import first_steps
from rasad.relations.selection import Selection, select

ROW = 27
NEAR_THE_EDGE = 0.72
"""Beyond this share of the axis a label stands before its point, so that it is not cut."""


def draw_ladder(subject: Subject) -> Drawing:
    """Every step of a dyad by date and rung; the first on each rung is filled and dated."""
    events, firsts = _steps(subject)
    spec = _spec(subject, events, firsts) if events else None
    return Drawing(spec, _alt(subject, events, firsts), EVENT_HEADER, event_rows(events), tuple(events))


def first_step_table(subject: Subject) -> Drawing:
    """The first dated step on each of the twelve rungs, or that there is none."""
    _, firsts = _steps(subject)
    rows = tuple(
        (rung_name(subject, letter, level), firsts.get(f"{letter}{level}"))
        for letter in DOMAINS
        for level in LEVELS
    )
    events = tuple(event for _, event in rows if event is not None)
    return Drawing(None, "", EVENT_HEADER, event_rows(events), events, rows)


def rung_name(subject: Subject, letter: str, level: int) -> str:
    """A rung in words: domain and level."""
    words = subject.words
    return f"{words(f'domain_{letter}')}{subject.lang.comma}{words(f'level_{level}')}"


def _steps(subject: Subject) -> tuple[list[Event], dict[str, Event]]:
    within = select(subject.record.events, Selection(dyad=subject.dyad))
    steps = [event for event in within if event.rung is not None and event.rung.is_step]
    return steps, first_steps(steps)


def _when(subject: Subject, event: Event) -> str:
    write = write_dual if event.has_day else write_month
    return write(event.occurred_on, subject.lang, [subject.lang.dates["first"]])


def _alt(subject: Subject, events: list[Event], firsts: dict[str, Event]) -> str:
    steps = [
        f"{rung_name(subject, event.rung.letter, event.rung.level)} {_when(subject, event)}"
        for event in sorted(firsts.values(), key=lambda event: event.occurred_on)
        if event.rung is not None
    ]
    return subject.words(
        "alt_ladder",
        **subject.names,
        events=write_count(len(events), "event", subject.lang),
        steps=("; " if not subject.lang.is_rtl else "؛ ").join(steps),
    )


def _spec(subject: Subject, events: list[Event], firsts: dict[str, Event]) -> Spec:
    first, last = events[0].occurred_on.replace(month=1, day=1), subject.record.as_of
    order = [f"{letter}{level}" for letter in reversed(DOMAINS) for level in reversed(LEVELS)]
    labels = {f"{letter}{n}": rung_name(subject, letter, n) for letter in DOMAINS for n in LEVELS}
    whole = (last - first).days
    rows = [
        {
            "date": milliseconds(event.occurred_on),
            "rung": event.rung.code,
            "letter": event.rung.letter,
            "first": firsts[event.rung.code] is event,
            "when": subject.month_of(event),
            "late": (event.occurred_on - first).days > NEAR_THE_EDGE * whole,
            "href": f"#event-{event.dataset_event_id}",
        }
        for event in events
        if event.rung is not None
    ]
    x = time_x(subject.lang, first, last)
    y = rows_y(subject.lang, "rung", order, labels)
    colour = {"field": "letter", "type": "nominal", "legend": None,
              "scale": {"domain": list(DOMAINS), "range": [COLOURS[d] for d in DOMAINS]}}  # fmt: skip
    points = {"mark": {"type": "point", "filled": True, "size": 34, "opacity": 0.45},
              "transform": [{"filter": "!datum.first"}],
              "encoding": {"x": x, "y": y, "color": colour, "href": {"field": "href"}}}  # fmt: skip
    starts = {"mark": {"type": "point", "filled": True, "size": 150, "opacity": 1},
              "transform": [{"filter": "datum.first"}],
              "encoding": {"x": x, "y": y, "color": colour, "href": {"field": "href"}}}  # fmt: skip
    dates = [_label(x, y, late=False), _label(x, y, late=True)]
    return {
        "width": WIDTH - 230, "height": ROW * len(order),
        **layered(rows, gregorian_years(subject.lang, first, last), [points, starts, *dates]),
    }  # fmt: skip


def _label(x: Mapping[str, object], y: Mapping[str, object], *, late: bool) -> dict[str, object]:
    return {
        "mark": {"type": "text", "align": "right" if late else "left", "dx": -11 if late else 11,
                 "dy": -12, "fontSize": 11, "fontWeight": 600, "color": INK},
        "transform": [{"filter": f"datum.first && {'' if late else '!'}datum.late"}],
        "encoding": {"x": x, "y": y, "text": {"field": "when"}},
    }  # fmt: skip
