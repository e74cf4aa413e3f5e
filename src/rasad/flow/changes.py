"""All dated changes of a desk's dyads: shifts looking back, and alerts as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rasad.errors import MeasureError
from rasad.flow.relation import strands_of
from rasad.flow.relation_json import strand_told
from rasad.flow.relation_text import event_line, rarity
from rasad.flow.strand import Strand
from rasad.model.dyad import Dyad
from rasad.settings import Desk
from rasad.shifts.history import METHOD as SHIFTS
from rasad.shifts.online import METHOD as ALERTS

LATELY = timedelta(days=91)
"""How far back alerts are told, from the end of the data that count."""


@dataclass(frozen=True, eq=False)
class DyadChanges:
    """What every dataset dates of one dyad; no strands where there are no events."""

    dyad: Dyad
    strands: tuple[Strand, ...]


def changes(
    desk: Desk, dyads: Sequence[Dyad], *, as_of: date, datasets: Sequence[str] = ()
) -> list[DyadChanges]:
    """The changes of dyads, of the desk's own where none is named.

    Raises:
        MeasureError: If the desk watches no dyad and none is named, or a dataset is not there.
        StoreError: If there is no store, or a part of it is missing.
    """
    wanted = list(dyads) or [Dyad.parse(text) for text in desk.settings.dyads]
    if not wanted:
        raise MeasureError(
            "the desk watches no dyad", at=desk.root / "rasad.toml", do='Add dyads = ["RUS-AFG"] or name one.'
        )
    return [DyadChanges(dyad, tuple(strands_of(desk, dyad, as_of, datasets))) for dyad in wanted]


def lines(found: Sequence[DyadChanges]) -> Iterator[str]:
    """The changes as text: a dated line each, the newest last, with what they are made of."""
    yield f"Shifts [{SHIFTS}], each a candidate with its events; alerts [{ALERTS}]"
    for one in found:
        if not one.strands:
            yield f"{one.dyad}: no events"
        for strand in one.strands:
            yield f"{one.dyad} in {strand.dataset}, {strand.history.n:,} events, {strand.months.start(0)} to {strand.until}:"
            yield from _strand(strand)


def told(found: Sequence[DyadChanges]) -> list[dict[str, Any]]:
    """The changes as JSON tells them."""
    return [
        {
            "dyad": str(one.dyad),
            "datasets": [
                {"dataset": strand.dataset, "until": strand.until.isoformat()}
                | {
                    key: value
                    for key, value in strand_told(strand).items()
                    if key in ("shifts", "alerts", "gaps")
                }
                for strand in one.strands
            ],
        }
        for one in found
    ]


def _strand(strand: Strand) -> Iterator[str]:
    for first, last in strand.gaps:
        yield f"  gap: no data from {first} to {last}"
    if strand.history.has_too_few:
        yield f"  too few events for a detector: {strand.history.n:,}, needs {strand.history.floor}; dated by named acts:"
        for change in strand.changes:
            yield f"  {change.kind.replace('_', ' '):10} {event_line(change.event)}"
        return
    for shift, made in strand.shifts():
        durable = "" if shift.durability is None else f", holds {shift.durability:.0%} of the year after"
        yield (
            f"  {shift.start} {shift.way:4} score {shift.score:.1f}, volume alone {shift.volume_score:.1f}, {rarity(shift)}{durable};"
            f" {made.n} events on {made.sites} sites"
        )
        for event in made.events:
            yield f"      {event_line(event)}"
    if not strand.history.shifts:
        yield "  no shift"
    for alert in strand.alerts:
        if alert.start >= strand.until - LATELY:
            yield (
                f"  alert {alert.start}: {alert.now:.0f} acts of {alert.side} in the {strand.told.every} against"
                f" {alert.usual:.1f} usual ({alert.level:.1f} standard deviations); {alert.way}"
            )
