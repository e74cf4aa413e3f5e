"""Measured indicators: the measure of one, and whether it has come to its threshold."""

from __future__ import annotations

from rasad.errors import MeasureError
from rasad.issues.assertions import holds
from rasad.model.issue import Inline, MeasureMark, Part, walk_inlines
from rasad.model.measured import Measured


def measure_of(part: Part, behind: tuple[Inline, ...]) -> MeasureMark:
    """The one measure in the entry of a measured indicator; ``behind`` is what stands behind its mark."""
    inlines = walk_inlines((*part.children, *behind))
    return next(mark for mark in inlines if isinstance(mark, MeasureMark) and not mark.children)


def is_reached(part: Part, mark: MeasureMark, measured: Measured) -> bool:
    """Whether the value of an indicator is at its threshold or past it.

    Raises:
        MeasureError: If the measure can't be compared with it.
    """
    try:
        return holds(part.get("threshold"), measured)
    except MeasureError as error:
        what = f"the indicator '{part.part_id}': the measure '{measured.name}' can't be held to a threshold"
        do = "Take one that gives a number, or use seen= and day=."
        raise MeasureError(what, at=mark.at, do=do) from error
