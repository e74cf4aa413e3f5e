"""The ledger: every claim and every number of an issue, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasad.issues.numbers import Numbers
from rasad.issues.references import References
from rasad.model.claim import Claim, Evidence, MeasureClaim
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
    Citation,
    ClaimMark,
    Issue,
    MeasureMark,
    Recommendation,
    inline_runs,
    issue_inlines,
    walk_blocks,
    walk_inlines,
)


@dataclass(frozen=True)
class Ledger:
    """Claims and measures in reading order, with the events and sources they name."""

    claims: tuple[Claim, ...]
    measures: tuple[MeasureClaim, ...]
    events: tuple[Event, ...]
    sources: tuple[str, ...]

    def claim(self, claim_id: str) -> Claim:
        return next(claim for claim in self.claims if claim.claim_id == claim_id)


def build_ledger(
    issues: Mapping[str, Issue],
    numbers: Numbers,
    references: References,
    shown: Iterable[Event] = (),
    cited: Iterable[Event] = (),
) -> Ledger:
    """Gather the claims of an issue from all its editions, the original first.

    ``shown`` are the events of its figures, which its register then holds too, and ``cited``
    those that a computed table cites.

    Raises:
        MeasureError: If a measure can't be taken.
    """
    original = next(iter(issues.values()))
    measures = _measures(issues, numbers)
    claims = (*_claims(issues, numbers, references), *_recommendations(issues, numbers))
    in_tables = [event.dataset_event_id for event in cited]
    in_figures = [event.dataset_event_id for event in shown]
    named = _named_events(original, claims, measures).union(in_figures, in_tables)
    events = tuple(event for event in numbers.record.events if event.dataset_event_id in named)
    return Ledger(
        tuple(claims), tuple(measures), events, _sources(original, claims, events, in_tables, references)
    )


def _measures(issues: Mapping[str, Issue], numbers: Numbers) -> list[MeasureClaim]:
    found: dict[str, MeasureClaim] = {}
    printed: dict[str, dict[str, str]] = {}
    for lang, issue in issues.items():
        for mark in issue_inlines(issue):
            if not isinstance(mark, MeasureMark):
                continue
            measure_id, measured = numbers.take(mark)
            words = numbers.sentence(mark.children, lang) if mark.children else numbers.print(mark, lang)
            printed.setdefault(measure_id, {}).setdefault(lang, words)
            claim = MeasureClaim(
                measure_id, dict(mark.arguments), measured, printed[measure_id], mark.at.line
            )
            found.setdefault(measure_id, claim)
    return list(found.values())


def _claims(issues: Mapping[str, Issue], numbers: Numbers, references: References) -> Iterator[Claim]:
    by_language = {lang: _claim_marks(issue) for lang, issue in issues.items()}
    for mark in next(iter(by_language.values())).values():
        in_each = {lang: marks[mark.claim_id] for lang, marks in by_language.items()}
        yield Claim(
            claim_id=mark.claim_id,
            kind=mark.kind,
            sentence={lang: numbers.sentence(m.children, lang) for lang, m in in_each.items()},
            line=mark.at.line,
            likelihood=mark.get("likelihood"),
            confidence=mark.get("confidence"),
            confidence_reason={lang: m.get("because") for lang, m in in_each.items() if m.get("because")},
            by=mark.get("by"),
            evidence=_evidence(mark, numbers, references),
        )


def _claim_marks(issue: Issue) -> dict[str, ClaimMark]:
    return {inline.claim_id: inline for inline in issue_inlines(issue) if isinstance(inline, ClaimMark)}


def _evidence(mark: ClaimMark, numbers: Numbers, references: References) -> Evidence:
    cited = evidence_keys(mark, references)
    measures = []
    for inline in walk_inlines(mark.children):
        if isinstance(inline, Citation):
            cited.extend(inline.keys)
        elif isinstance(inline, MeasureMark):
            measures.append(numbers.take(inline)[0])
    events = [key.removeprefix(EVENT) for key in cited if key.startswith(EVENT)]
    sources = [key for key in cited if not key.startswith(EVENT)]
    return Evidence(*(tuple(dict.fromkeys(names)) for names in (events, sources, measures)))


def _recommendations(issues: Mapping[str, Issue], numbers: Numbers) -> Iterator[Claim]:
    by_language = {
        lang: [block for block in walk_blocks(issue.blocks) if isinstance(block, Recommendation)]
        for lang, issue in issues.items()
    }
    for in_each in zip(*by_language.values(), strict=True):
        first = in_each[0]
        sentences = {
            lang: " ".join(numbers.sentence(run, lang) for b in walk_blocks(block.blocks) for run in inline_runs(b))
            for lang, block in zip(by_language, in_each, strict=True)
        }  # fmt: skip
        yield Claim(
            claim_id=first.recommendation_id,
            kind="recommendation",
            sentence=sentences,
            line=first.at.line,
            findings=first.findings,
        )


def _named_events(issue: Issue, claims: Sequence[Claim], measures: Sequence[MeasureClaim]) -> set[str]:
    named = {name for claim in claims for name in claim.evidence.events}
    named.update(name for claim in measures for name in claim.measured.events)
    return named.union(key.removeprefix(EVENT) for key in cited_keys(issue) if key.startswith(EVENT))


def evidence_keys(mark: ClaimMark, references: References) -> list[str]:
    """What a claim's ``evidence=`` names, as citations: keys of references, all else events."""
    return [name if name in references else EVENT + name for name in mark.get("evidence").split()]


def cited_keys(issue: Issue) -> Iterator[str]:
    """Keys in the order of the page."""
    for inline in issue_inlines(issue):
        if isinstance(inline, Citation):
            yield from inline.keys


def _sources(
    issue: Issue,
    claims: Sequence[Claim],
    events: Sequence[Event],
    in_tables: Sequence[str],
    references: References,
) -> tuple[str, ...]:
    """Keys of the sources cited, in the order of the page, then of those that tables and evidence add."""
    by_name = {event.dataset_event_id: event for event in events}
    order: list[str] = []
    evidence = [EVENT + name for claim in claims for name in claim.evidence.events]
    sources = [key for claim in claims for key in claim.evidence.sources]
    tables = [EVENT + name for name in in_tables]
    for key in [*cited_keys(issue), *tables, *evidence, *sources]:
        if not key.startswith(EVENT):
            order.append(key)
            continue
        reference = references.of_url(by_name[key.removeprefix(EVENT)].source_url)
        if reference is not None:
            order.append(reference.key)
    return tuple(dict.fromkeys(order))
