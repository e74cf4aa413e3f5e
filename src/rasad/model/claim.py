"""Claims: the sentences of an issue that say something, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from rasad.model.measured import Measured


@dataclass(frozen=True)
class Evidence:
    """What a claim rests on: events, sources by key, and measures by their id in the ledger."""

    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """One sentence with its kind, likelihood, confidence and evidence.

    ``sentence`` and ``confidence_reason`` are given per language; ``likelihood`` is a step
    of ICD 203 and ``by`` the deadline of a forecast, as an ISO date.
    """

    claim_id: str
    kind: str
    sentence: dict[str, str]
    line: int
    likelihood: str = ""
    confidence: str = ""
    confidence_reason: dict[str, str] | None = None
    by: str = ""
    evidence: Evidence = Evidence()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureClaim:
    """A number in the text: its id, the mark that asked for it, and what was measured."""

    measure_id: str
    arguments: dict[str, str]
    measured: Measured
    printed: dict[str, str]
    line: int
