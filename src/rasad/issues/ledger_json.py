"""The ledger as ``ledger.json`` holds it; docs/ledger.md tells each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rasad.issues.coverage import Coverage, Pages, country_of, side_of
from rasad.issues.ledger import Ledger
from rasad.issues.references import References
from rasad.languages.likelihood import likelihoods
from rasad.model.claim import KINDS, Claim, Evidence, MeasureClaim, Prose, Quote
from rasad.model.event import Event
from rasad.model.issue import Issue

SCHEMA_VERSION = 2


def ledger_json(
    ledger: Ledger, issue: Issue, references: References, data: Mapping[str, str], told: Coverage
) -> dict[str, Any]:
    """The ledger as ``ledger.json`` holds it; docs/ledger.md tells each field."""
    return {
        "schema_version": SCHEMA_VERSION,
        "issue": issue.number,
        "date": issue.date.isoformat(),
        "as_of": issue.as_of.isoformat(),
        "data": dict(data),
        "coverage": _coverage_json(told),
        "claims": [_claim_json(claim, ledger, references) for claim in ledger.in_order],
        "prose": [_prose_json(one) for one in ledger.prose],
        "measures": [_measure_json(claim) for claim in ledger.measures],
        "events": [_event_json(event, references) for event in ledger.events],
        "sources": [_source_json(key, references) for key in ledger.sources],
    }


# ---- what it covers ---------------------------------------------------------


def _coverage_json(told: Coverage) -> dict[str, Any]:
    return {
        "sentences": {kind: told.sentences.get(kind, 0) for kind in KINDS},
        "with_evidence": {kind: told.supported_of(kind)[0] for kind in KINDS if kind != "prose"},
        "share": told.share,
        "unsupported": list(told.unsupported),
        "single_source": [
            {"claim": one.claim_id, "site": one.site, "pages": one.pages} for one in told.single_source
        ],
        "without_page": list(told.without_page),
        "unfinished": [{"claim": one.claim_id, "lacks": list(one.lacks)} for one in told.unfinished],
        "unmarked_likelihood": list(told.unmarked_likelihood),
        "pages": told.pages,
        "sites": told.sites,
        "countries": _pages_json(told.countries),
        "languages": _pages_json(told.languages),
        "sides": _pages_json(told.sides),
        "events": told.events,
        "grades": _counts_json("grade", told.grades),
        "reliability": _counts_json("letter", told.reliability),
    }


def _pages_json(groups: Sequence[Pages]) -> list[dict[str, Any]]:
    return [{"value": one.value or None, "pages": one.pages, "sites": one.sites} for one in groups]


def _counts_json(name: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{name: value or None, "number": number} for value, number in counts.items()]


# ---- sentences --------------------------------------------------------------


def _claim_json(claim: Claim, ledger: Ledger, references: References) -> dict[str, Any]:
    step = likelihoods().get(claim.likelihood)
    return {
        "id": claim.claim_id,
        "kind": claim.kind,
        "marked": claim.is_marked,
        "sentence": claim.sentence,
        "section": claim.section or None,
        "line": claim.line,
        "likelihood": {"step": step.step, "low": step.low, "high": step.high} if step else None,
        "confidence": claim.confidence or None,
        "confidence_reason": claim.confidence_reason or None,
        "by": claim.by or None,
        "unless": claim.unless or None,
        "evidence": _evidence_json(claim.evidence, ledger, references),
        "findings": list(claim.findings),
        "about": list(claim.about),
        "judgements": list(ledger.naming(claim.claim_id, "judgement")),
        "forecasts": list(ledger.naming(claim.claim_id, "forecast")),
        "recommendations": list(ledger.naming(claim.claim_id, "recommendation")),
    }


def _evidence_json(evidence: Evidence, ledger: Ledger, references: References) -> dict[str, Any]:
    sources = [references.find(key) for key in evidence.sources]
    return {
        "events": [
            {"id": name, "grade": ledger.event(name).source_grade or None} for name in evidence.events
        ],
        "sources": [
            {"key": one.key, "reliability": one.reliability or None, "credibility": one.credibility or None}
            for one in sources
        ],
        "measures": list(evidence.measures),
        "quotes": [_quote_json(quote) for quote in evidence.quotes],
    }


def _quote_json(quote: Quote) -> dict[str, Any]:
    return {
        "source": quote.source,
        "event": quote.event or None,
        "exact": quote.exact,
        "prefix": quote.prefix or None,
        "suffix": quote.suffix or None,
    }


def _prose_json(one: Prose) -> dict[str, Any]:
    return {
        "id": one.sentence_id,
        "sentence": one.sentence,
        "section": one.section or None,
        "line": one.line,
    }


# ---- what they rest on ------------------------------------------------------


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
        "credibility": reference.credibility or None,
        "country": country_of(reference) or None,
        "side": side_of(reference) or None,
    }
