"""Indicators as an edition prints them: threshold, last value, and whether it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rasad.editions.edition import Edition
from rasad.editions.grid import Badge, Cell, GridRow, Piece, Tone
from rasad.errors import MeasureError
from rasad.issues.indicators import is_reached, measure_of
from rasad.issues.parts import THRESHOLD
from rasad.issues.printing import print_measured
from rasad.model.issue import Inline, MeasureMark, Part, Text, walk_inlines
from rasad.model.measured import Measured

COMPARED = {
    ">=": "threshold_least",
    ">": "threshold_over",
    "<=": "threshold_highest",
    "<": "threshold_under",
    "=": "threshold_exactly",
}
PERCENT = 100
SEEN_TONES: dict[str, Tone] = {"yes": "mark", "no": "plain", "unclear": "grey"}


def indicator_row(part: Part, behind: tuple[Inline, ...], edition: Edition, labels: Sequence[str]) -> GridRow:
    """The row of an indicator; ``behind`` is what stands behind its mark: a measure, or the analyst's word."""
    first = Cell((Piece((Badge(part.part_id.upper(), "grey"),), part.children, strong=True),))
    others = _measured(part, behind, edition) if part.get("threshold") else _seen(part, behind, edition)
    cells = (first, *(Cell(pieces, label) for pieces, label in zip(others, labels[1:], strict=True)))
    return GridRow(cells, part.part_id)


def _measured(part: Part, behind: tuple[Inline, ...], edition: Edition) -> tuple[tuple[Piece, ...], ...]:
    mark = measure_of(part, behind)
    _, measured = edition.numbers.take(mark)
    reached = is_reached(part, mark, measured)
    told = behind if any(inline is mark for inline in walk_inlines(behind)) else (mark, Text(" "), *behind)
    value = [Piece(words=_stop(told))]
    last = _last(measured, edition)
    if last:
        value.append(Piece(text=last, quiet=True))
    badge = Badge(edition.words("reached" if reached else "not_reached"), "mark" if reached else "plain")
    return (Piece(text=_threshold(part, mark, measured, edition)),), tuple(value), (Piece((badge,)),)


def _threshold(part: Part, mark: MeasureMark, measured: Measured, edition: Edition) -> str:
    match = THRESHOLD.fullmatch(part.get("threshold"))
    assert match is not None  # noqa: S101  (the mark was checked when it was read)
    bound = float(match[2]) / PERCENT if measured.kind == "share" else float(match[2])
    try:
        shown = print_measured(
            replace(measured, value=bound), dict(mark.arguments), edition.lang, edition.numbers.calendars
        )
    except MeasureError as error:
        what = f"the indicator '{part.part_id}': {error.what}"
        raise MeasureError(what, at=mark.at, do=error.do) from error
    return edition.words(COMPARED[match[1]], value=shown)


def _last(measured: Measured, edition: Edition) -> str:
    """When the last of the events happened that were counted."""
    if measured.name != "events" or not measured.events:
        return ""
    return edition.words("last_on", date=edition.event_short(edition.event(measured.events[-1])))


def _seen(part: Part, behind: tuple[Inline, ...], edition: Edition) -> tuple[tuple[Piece, ...], ...]:
    seen = part.get("seen")
    on = edition.words("analyst_on", date=edition.unbroken(date.fromisoformat(part.get("day"))))
    word = (Piece(words=_stop(behind)),) if behind else ()
    return (
        (Piece(text=edition.words("not_measured"), quiet=True),),
        (*word, Piece(text=on, quiet=True)),
        (Piece((Badge(edition.words(f"seen_{seen}"), SEEN_TONES[seen]),)),),
    )


def _stop(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without the stop or semicolon at the end, which belonged to the list."""
    last = inlines[-1] if inlines else None
    if not isinstance(last, Text):
        return inlines
    text = last.text.rstrip(" ;؛.,،۔")
    return (*inlines[:-1], Text(text)) if text else inlines[:-1]
