"""An event: who did what to whom, when, and on what ground we say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasad.model.dyad import Dyad
from rasad.model.rung import Rung


@dataclass(frozen=True)
class Event:
    """One current row of the event table.

    ``goldstein`` is None where the code has none, ``flags`` is what is known to be doubtful (see
    :mod:`rasad.model.flag`). ``occurred_on`` is a placeholder where ``date_precision`` is not ``day``: it orders
    events, is never printed and stands in no week. ``bears_on`` names dyads that the event
    speaks to without being an act within them; it is never counted there.
    """

    event_id: str
    dataset: str
    dataset_event_id: str
    snapshot_id: str
    row: int
    occurred_on: date
    date_precision: str
    published_on: str
    source_actor: str
    target_actor: str
    place_country: str
    bears_on: tuple[Dyad, ...]
    text: str
    cameo: str
    plover_type: str
    plover_mode: str
    context: str
    domain: str
    rung: Rung | None
    quad_class: int
    channel: str
    goldstein: float | None
    source_grade: str
    ground: str
    source_url: str
    note: str
    flags: int = 0

    @property
    def dyad(self) -> Dyad | None:
        """The dyad whose act this is; None for what an actor does at home."""
        if self.source_actor == self.target_actor:
            return None
        return Dyad.of(self.source_actor, self.target_actor)

    @property
    def has_day(self) -> bool:
        return self.date_precision == "day"
