"""The ledger: every claim and every number of an issue, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasad.errors import MeasureError
from rasad.issues.assertions import holds
from rasad.issues.measures import PRINTING, Arguments, Record, measure
from rasad.issues.printing import print_measured
from rasad.issues.references import References
from rasad.languages import language
from rasad.languages.dates import write_dual, write_month
from rasad.languages.likelihood import likelihoods
from rasad.model.claim import Claim, Evidence, MeasureClaim
from rasad.model.event import Event
from rasad.model.issue import (
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Inline,
    Issue,
    LineBreak,
    MeasureMark,
    Note,
    Recommendation,
    Text,
    child_inlines,
    inline_runs,
    walk_blocks,
    walk_inlines,
)
from rasad.model.measured import Measured

SCHEMA_VERSION = 1
EVENT = "event:"

NameActor = Any
"""``(actor, lang, day) -> str``: the house name of an actor."""


class Numbers:
    """The numbers of one issue: each measure taken once, and printed in any language."""

    def __init__(self, record: Record, calendars: Sequence[str], name_actor: NameActor) -> None:
        self.record = record
        self.calendars = tuple(calendars)
        self._name_actor = name_actor
        self._taken: dict[tuple[tuple[str, str], ...], tuple[str, Measured]] = {}

    def take(self, mark: MeasureMark) -> tuple[str, Measured]:
        """The ledger id and the value of a measure.

        Raises:
            MeasureError: With the mark's place, if it can't be taken, or words hang on it
                that it does not bear out.
        """
        arguments = dict(mark.arguments)
        key = _key(arguments)
        try:
            if key not in self._taken:
                value = measure(self.record, arguments)
                self._taken[key] = (f"m{len(self._taken) + 1}", value)
            measure_id, measured = self._taken[key]
            if mark.children:
                _assert(arguments, measured)
            return measure_id, measured
        except MeasureError as error:
            raise MeasureError(error.what, at=mark.at, do=error.do) from error

    def print(self, mark: MeasureMark, lang: str) -> str:
        """What an edition prints for a measure, where no words hang on it."""
        _, measured = self.take(mark)
        try:
            return print_measured(measured, dict(mark.arguments), language(lang), self.calendars)
        except (MeasureError, ValueError) as error:
            do = error.do if isinstance(error, MeasureError) else None
            raise MeasureError(str(getattr(error, "what", error)), at=mark.at, do=do) from error

    def write_date(self, mark: DateMark, lang: str) -> str:
        """What an edition prints for a date."""
        write = write_month if mark.form == "month" else write_dual
        return write(mark.day, language(lang), self.calendars)

    def write_actor(self, mark: ActorMark, lang: str) -> str:
        """What an edition prints for an actor: the name in force on its day, or on that of the data."""
        return str(self._name_actor(mark.actor, lang, mark.on or self.record.as_of))

    def sentence(self, inlines: tuple[Inline, ...], lang: str) -> str:
        """A run as plain text, numbers and dates written out, citations and notes left out."""
        parts = []
        for inline in inlines:
            if isinstance(inline, Text):
                parts.append(inline.text)
            elif isinstance(inline, LineBreak):
                parts.append(" ")
            elif isinstance(inline, MeasureMark) and not inline.children:
                parts.append(self.print(inline, lang))
            elif isinstance(inline, DateMark):
                parts.append(self.write_date(inline, lang))
            elif isinstance(inline, ActorMark):
                parts.append(self.write_actor(inline, lang))
            elif not isinstance(inline, Citation | Note):
                parts.append(self.sentence(child_inlines(inline), lang))
        return " ".join("".join(parts).split())


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
    issues: Mapping[str, Issue], numbers: Numbers, references: References,
    shown: Iterable[Event] = (), cited: Iterable[Event] = (),
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
    return Ledger(tuple(claims), tuple(measures), events, _sources(original, claims, events, in_tables, references))


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


def _key(arguments: Arguments) -> tuple[tuple[str, str], ...]:
    plain = {name: text for name, text in arguments.items() if name not in PRINTING or name == "name"}
    return tuple(sorted(plain.items()))


def _assert(arguments: Arguments, measured: Measured) -> None:
    if "is" not in arguments:
        raise MeasureError(
            f"words hang on the measure '{measured.name}' without saying what they say of it",
            do='Add is=up, is=down, is=unclear or a comparison as in is=">2", or leave the brackets empty.',
        )
    if not holds(arguments["is"], measured):
        band = f" ({measured.low:.2f} to {measured.high:.2f})" if measured.low is not None else ""
        raise MeasureError(
            f"the words say is={arguments['is']}, but '{measured.name}' is {measured.value}{band}",
            do="Rewrite the sentence in every edition.",
        )


def _marks(issue: Issue) -> Iterator[MeasureMark]:
    """Measures in the order of the page: the text of a note comes with its mark."""
    yield from (i for i in walk_inlines(issue.question) if isinstance(i, MeasureMark))
    for block in walk_blocks(issue.blocks):
        for run in inline_runs(block):
            yield from (i for i in walk_inlines(run) if isinstance(i, MeasureMark))


def _measures(issues: Mapping[str, Issue], numbers: Numbers) -> list[MeasureClaim]:
    found: dict[str, MeasureClaim] = {}
    printed: dict[str, dict[str, str]] = {}
    for lang, issue in issues.items():
        for mark in _marks(issue):
            measure_id, measured = numbers.take(mark)
            words = numbers.sentence(mark.children, lang) if mark.children else numbers.print(mark, lang)
            printed.setdefault(measure_id, {}).setdefault(lang, words)
            claim = MeasureClaim(
                measure_id, dict(mark.arguments), measured, printed[measure_id], mark.at.line
            )
            found.setdefault(measure_id, claim)
    return list(found.values())


def _claims(
    issues: Mapping[str, Issue], numbers: Numbers, references: References
) -> Iterator[Claim]:
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
    return {
        inline.claim_id: inline
        for block in walk_blocks(issue.blocks)
        for run in inline_runs(block)
        for inline in walk_inlines(run)
        if isinstance(inline, ClaimMark)
    }


def _evidence(mark: ClaimMark, numbers: Numbers, references: References) -> Evidence:
    cited = [name if name in references else EVENT + name for name in mark.get("evidence").split()]
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


def _named_events(
    issue: Issue, claims: Sequence[Claim], measures: Sequence[MeasureClaim]
) -> set[str]:
    named = {name for claim in claims for name in claim.evidence.events}
    named.update(name for claim in measures for name in claim.measured.events)
    return named.union(key.removeprefix(EVENT) for key in cited_keys(issue) if key.startswith(EVENT))


def cited_keys(issue: Issue) -> Iterator[str]:
    """Keys in the order of the page."""
    for block in walk_blocks(issue.blocks):
        for run in inline_runs(block):
            for inline in walk_inlines(run):
                if isinstance(inline, Citation):
                    yield from inline.keys


def _sources(
    issue: Issue, claims: Sequence[Claim], events: Sequence[Event], in_tables: Sequence[str],
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
    reference = references[key] if key in references else references.of_url(key)
    assert reference is not None
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
