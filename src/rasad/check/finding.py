"""Findings: what a rule complains of, at which place, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@dataclass(frozen=True)
class Fix:
    """What to put in the place of the words complained of; safe, since it changes no meaning.

    ``others`` holds what to put at each further place of the finding.
    """

    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One fault.

    Attributes:
        rule: Id of the rule, as ``date-calendars``.
        severity: ``error``, ``warning`` or ``note``.
        block: Number of the block of the document.
        start: Where the words begin in the block's text.
        end: Where they end.
        text: The words complained of.
        message: What is wrong and what would be right.
        fix: What to put there; None where only a person can mend it.
        others: Further places of the same fault, as (block, start, end).
    """

    rule: str
    severity: Severity
    block: int
    start: int
    end: int
    text: str
    message: str
    fix: Fix | None = None
    others: tuple[tuple[int, int, int], ...] = ()
