"""The ledger as ``ledger.json`` holds it; docs/ledger.md tells each field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasad.issues.ledger import Ledger
from rasad.issues.references import References
from rasad.languages.likelihood import likelihoods
from rasad.model.claim import Claim, MeasureClaim
from rasad.model.event import Event
from rasad.model.issue import Issue

SCHEMA_VERSION = 1


def ledger_json(
    ledger: Ledger, issue: Issue, references: References, data: Mapping[str, str]
) -> dict[str, Any]:
    """The ledger as ``ledger.json`` holds it; docs/ledger.md tells each field."""
    return {
        "schema_version": SCHEMA_VERSION,
        "issue": issue.number,
        "date": issue.date.isoformat(),
        "as_of": issue.as_of.isoformat(),
        "data": dict(data),
        "claims": [_claim_json(claim) for claim in ledger.claims],
        "measures": [_measure_json(claim) for claim in ledger.measures],
        "events": [_event_json(event, references) for event in ledger.events],
        "sources": [_source_json(key, references) for key in ledger.sources],
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    step = likelihoods().get(claim.likelihood)
    return {
        "id": claim.claim_id,
        "kind": claim.kind,
        "sentence": claim.sentence,
        "line": claim.line,
        "likelihood": {"step": step.step, "low": step.low, "high": step.high} if step else None,
        "confidence": claim.confidence or None,
        "confidence_reason": claim.confidence_reason or None,
        "by": claim.by or None,
        "evidence": {
            "events": list(claim.evidence.events),
            "sources": list(claim.evidence.sources),
            "measures": list(claim.evidence.measures),
        },
        "findings": list(claim.findings),
    }


def _measure_json(claim: MeasureClaim) -> dict[str, Any]:
    measured = claim.measured
    value = measured.value
    interval = None
    if measured.low is not None:
        interval = {"low": measured.low, "high": measured.high, "level": measured.level}
    return {
        "id": claim.measure_id,
        "name": measured.name,
        "arguments": claim.arguments,
        "kind": measured.kind,
        "value": value.isoformat() if isinstance(value, date) else value,
        "interval": interval,
        "method": measured.method,
        "baseline": measured.baseline,
        "events": list(measured.events),
        "printed": claim.printed,
        "line": claim.line,
    }


def _event_json(event: Event, references: References) -> dict[str, Any]:
    reference = references.of_url(event.source_url)
    day = event.occurred_on.isoformat()
    return {
        "id": event.dataset_event_id,
        "event_id": event.event_id,
        "date": day if event.has_day else day[:7],
        "source_actor": event.source_actor,
        "target_actor": event.target_actor,
        "text": event.text,
        "cameo": event.cameo,
        "rung": str(event.rung) if event.rung is not None else None,
        "bears_on": [str(dyad) for dyad in event.bears_on],
        "grade": event.source_grade or None,
        "ground": event.ground or None,
        "source": reference.key if reference is not None else None,
        "note": event.note or None,
    }


def _source_json(key: str, references: References) -> dict[str, Any]:
    reference = references.find(key)
    return {
        "key": reference.key,
        "title": reference.title or None,
        "outlet": reference.outlet or None,
        "authors": list(reference.authors),
        "issued": list(reference.issued),
        "url": reference.url or None,
        "domain": reference.domain or None,
        "language": reference.language or None,
        "reliability": reference.reliability or None,
    }
