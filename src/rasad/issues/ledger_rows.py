"""The claims of a ledger as rows, for a spreadsheet; docs/ledger.md tells each column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasad.issues.coverage import Coverage
from rasad.issues.ledger import Ledger
from rasad.issues.references import References
from rasad.languages.likelihood import likelihoods
from rasad.model.claim import Claim

BETWEEN = "; "


def ledger_rows(
    ledger: Ledger, references: References, told: Coverage, languages: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and a row a claim; a text in each language has a column of its own."""
    sites = {one.claim_id: one.site for one in told.single_source}
    bare = set(told.unsupported)
    rows = [
        _row(claim, ledger, references, languages)
        | {"supported": _yes(claim.claim_id not in bare), "single_source": sites.get(claim.claim_id, "")}
        for claim in ledger.in_order
    ]
    names = list(_row(_NOBODY, ledger, references, languages))
    return names, [list(row.values()) for row in rows]


_NOBODY = Claim("", "", {}, 0)


def _row(claim: Claim, ledger: Ledger, references: References, languages: Sequence[str]) -> dict[str, str]:
    step = likelihoods().get(claim.likelihood)
    evidence = claim.evidence
    sources = [references.find(key) for key in evidence.sources]
    return {
        "id": claim.claim_id,
        "kind": claim.kind,
        "marked": _yes(claim.is_marked),
        "section": claim.section,
        "line": str(claim.line),
        **{f"sentence_{lang}": claim.sentence.get(lang, "") for lang in languages},
        "likelihood": claim.likelihood,
        "likelihood_low": str(step.low) if step else "",
        "likelihood_high": str(step.high) if step else "",
        "by": claim.by,
        "confidence": claim.confidence,
        **{f"confidence_reason_{lang}": (claim.confidence_reason or {}).get(lang, "") for lang in languages},
        **{f"unless_{lang}": claim.unless.get(lang, "") for lang in languages},
        "supported": "",
        "single_source": "",
        "events": _graded((name, ledger.event(name).source_grade) for name in evidence.events),
        "sources": _graded((source.key, source.grade) for source in sources),
        "measures": BETWEEN.join(evidence.measures),
        "quotes": BETWEEN.join(f"{quote.exact} ({quote.event or quote.source})" for quote in evidence.quotes),
        "about": BETWEEN.join(claim.about),
        "findings": BETWEEN.join(claim.findings),
        "judgements": BETWEEN.join(ledger.naming(claim.claim_id, "judgement")),
        "forecasts": BETWEEN.join(ledger.naming(claim.claim_id, "forecast")),
        "recommendations": BETWEEN.join(ledger.naming(claim.claim_id, "recommendation")),
    }


def _yes(told: bool) -> str:  # noqa: FBT001  (what a cell says)
    return "yes" if told else "no"


def _graded(pairs: Iterable[tuple[str, str]]) -> str:
    """``C246 (C1); C250 (D3)``, without brackets where there is no grade."""
    return BETWEEN.join(f"{name} ({grade})" if grade else name for name, grade in pairs)
