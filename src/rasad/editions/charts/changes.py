"""The course of a dyad as a chart, and its dated changes as a table, for an issue."""

from __future__ import annotations

from rasad.editions.charts.course import course_spec
from rasad.editions.charts.drawing import EVENT_HEADER, Drawing, Subject, event_rows
from rasad.editions.charts.ladder import rung_name
from rasad.languages.dates import write_dual
from rasad.relations.acts import CHANNELS, acts_of
from rasad.relations.selection import Selection, select
from rasad.relations.series import Series, series
from rasad.shifts.explaining import Change, dated_changes
from rasad.shifts.history import FLOOR_BY_HAND, shifts

HEADER = ("month", "known", *CHANNELS)


def draw_course(subject: Subject) -> Drawing:
    """Acts a month, cooperation above the line and conflict below it, with the shifts where there are enough acts."""
    events = select(subject.record.events, Selection(dyad=subject.dyad))
    if not events:
        return Drawing(None, "", HEADER, ())
    months = series(acts_of(events), subject.dyad, "month", last=subject.record.as_of)
    history = shifts(months, floor=FLOOR_BY_HAND)
    rows = tuple(
        (str(start)[:7], str(known).lower(), *(f"{count:.0f}" for count in counts))
        for start, known, counts in zip(
            months.starts, months.known.tolist(), months.counts.tolist(), strict=True
        )
    )
    spec = course_spec(months, history.shifts, subject.lang)
    return Drawing(spec, _alt(subject, months), HEADER, rows, tuple(events))


def change_table(subject: Subject) -> Drawing:
    """The changes that named acts date: first steps on each rung, and first acts of coercion and force."""
    changes = dated_changes(select(subject.record.events, Selection(dyad=subject.dyad)))
    events = tuple(change.event for change in changes)
    rows = tuple((_label(subject, change), change.event) for change in changes)
    return Drawing(None, "", EVENT_HEADER, event_rows(events), events, rows, first_column="rel_change")


def _label(subject: Subject, change: Change) -> str:
    rung = change.event.rung
    kind = subject.words(f"rel_{change.kind}")
    if rung is None or not rung.is_step:
        return kind
    return f"{kind}{subject.lang.comma}{rung_name(subject, rung.letter, rung.level)}"


def _alt(subject: Subject, months: Series) -> str:
    told = [
        f"{write_dual(shift.start, subject.lang, [subject.lang.dates['first']])} {subject.words(f'rel_{shift.way}')}"
        for shift in shifts(months, floor=FLOOR_BY_HAND).shifts
    ]
    return subject.words(
        "alt_course",
        **subject.names,
        start=subject.month(months.start(0)),
        end=subject.month(months.end(len(months) - 1)),
        warm=subject.number(months.cooperation.sum()),
        cold=subject.number(months.conflict.sum()),
        shifts=subject.lang.comma.join(told) or subject.words("no_step_yet"),
    )
