"""A measured value: the number, how it was got, and the events it opens to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Measured:
    """What a measure gives back.

    Args:
        name: The measure's name in the manuscript.
        kind: ``count``, ``share`` (0 to 1), ``index`` (-1 to 1), ``days``, ``date`` or ``number``.
        value: The value itself, in the unit of its kind.
        method: Name and version of the method.
        events: ``dataset_event_id`` of every event that went into it, in order of date.
        low, high: The interval, where the method gives one, at ``level``.
        level: The probability that the interval covers.
        baseline: What the value is to be read against, as named numbers.
        precision: Precision of a ``date``: ``day`` or ``month``.
    """

    name: str
    kind: str
    value: float | int | date
    method: str
    events: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    level: float | None = None
    baseline: dict[str, float] = field(default_factory=dict)
    precision: str = "day"
