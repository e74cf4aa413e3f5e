"""What a step on each rung says of commitment, of the sensitivity of what is shared, and of trust."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MARKS_VERSION = "rung marks 1"
LEVELS_OF_MARKS = ("low", "moderate", "high")


@dataclass(frozen=True)
class Marks:
    """Each is ``low``, ``moderate`` or ``high``; ``reason`` says why, in one line."""

    commitment: str
    sensitivity: str
    trust: str
    reason: str


@cache
def marks() -> dict[str, Marks]:
    """The marks of the twelve rungs by their code; the table's header says on what ground.

    Example:
        >>> marks()["D3"].trust
        'high'
    """
    table = files("rasad.model") / "codebook" / "rung_marks.csv"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row.pop("rung"): Marks(**row) for row in csv.DictReader(lines)}
