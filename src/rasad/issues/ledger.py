"""The ledger: every sentence of an issue, every number, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rasad.errors import Faults
from rasad.issues.numbers import Numbers
from rasad.issues.quotes import Quoted, by_claim, check_quotes, quotes_for
from rasad.issues.references import References
from rasad.issues.sentences import Sentence
from rasad.issues.told import Told, tell
from rasad.model.claim import Claim, Evidence, MeasureClaim, Prose, Quote
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
    Citation,
    ClaimMark,
    Inline,
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
    """Claims and measures in reading order, with the events and sources they name.

    ``claims`` are the sentences that are marked and the recommendations, ``unmarked`` those that hold a number or a
    citation without a mark, ``prose`` all others. ``told`` are all sentences as they stand in the editions.
    """

    claims: tuple[Claim, ...]
    measures: tuple[MeasureClaim, ...]
    events: tuple[Event, ...]
    sources: tuple[str, ...]
    unmarked: tuple[Claim, ...] = ()
    prose: tuple[Prose, ...] = ()
    told: tuple[Told, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        return self._by_id[claim_id]

    def measure(self, measure_id: str) -> MeasureClaim:
        return self._measures[measure_id]

    def event(self, name: str) -> Event:
        return self._events[name]

    @cached_property
    def _measures(self) -> dict[str, MeasureClaim]:
        return {claim.measure_id: claim for claim in self.measures}

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.dataset_event_id: event for event in self.events}

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.claim_id: claim for claim in (*self.claims, *self.unmarked)}

    @cached_property
    def in_order(self) -> tuple[Claim, ...]:
        """All claims, marked or not, in reading order; a recommendation where its block begins."""
        names = dict.fromkeys(one.recommendation or one.sentence_id for one in self.told)
        named = {**names, **dict.fromkeys(claim.claim_id for claim in self.claims)}
        return tuple(self._by_id[name] for name in named if name in self._by_id)

    def naming(self, claim_id: str, kind: str) -> tuple[str, ...]:
        """The claims of a kind that rest on one, follow from it or speak of it."""
        return tuple(self._naming.get((claim_id, kind), ()))

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for claim in self.claims:
            for name in dict.fromkeys((*claim.findings, *claim.about)):
                found.setdefault((name, claim.kind), []).append(claim.claim_id)
        return found


def build_ledger(
    issues: Mapping[str, Issue],
    numbers: Numbers,
    references: References,
    quotes: Collection[Quoted] = (),
    *,
    shown: Iterable[Event] = (),
    cited: Iterable[Event] = (),
) -> Ledger:
    """Gather the sentences of an issue from all its editions, the original first.

    ``quotes`` are those of its ``quotes.toml``, ``shown`` the events of its figures, which its register then holds
    too, and ``cited`` those that a computed table cites.

    Raises:
        MeasureError: If a measure can't be taken.
        ManuscriptError: If a quote is for no claim, or of what its claim does not rest on.
    """
    original = next(iter(issues.values()))
    measures = _measures(issues, numbers)
    told = tell(issues)
    claims = [*_claims(issues, told, numbers, references), *_recommendations(issues, told, numbers)]
    unmarked = list(_unmarked(told, numbers))
    known = {event.dataset_event_id: event for event in numbers.record.events}
    every = {claim.claim_id: claim for claim in (*claims, *unmarked)}
    faults = Faults()
    faults.extend(check_quotes(quotes, every, known, references))
    faults.stop()
    of_claim = by_claim(quotes)
    claims, unmarked = (
        [
            _with_quotes(claim, quotes_for(claim, of_claim.get(claim.claim_id, ()), known, references))
            for claim in some
        ]
        for some in (claims, unmarked)
    )
    in_tables = [event.dataset_event_id for event in cited]
    in_figures = [event.dataset_event_id for event in shown]
    named = _named_events(original, claims, measures).union(in_figures, in_tables)
    events = tuple(event for name, event in known.items() if name in named)
    sources = _sources(original, claims, events, in_tables, references)
    prose = tuple(_prose(told, numbers))
    return Ledger(tuple(claims), tuple(measures), events, sources, tuple(unmarked), prose, tuple(told))


def _with_quotes(claim: Claim, quotes: tuple[Quote, ...]) -> Claim:
    return replace(claim, evidence=replace(claim.evidence, quotes=quotes))


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


def _claims(
    issues: Mapping[str, Issue], told: Sequence[Told], numbers: Numbers, references: References
) -> Iterator[Claim]:
    by_language = {lang: _claim_marks(issue) for lang, issue in issues.items()}
    standing = {one.sentence_id: one for one in told}
    for mark in next(iter(by_language.values())).values():
        in_each = {lang: marks[mark.claim_id] for lang, marks in by_language.items()}
        stands = standing.get(mark.claim_id)
        within = stands.original.parts if stands is not None else mark.children
        yield Claim(
            claim_id=mark.claim_id,
            kind=mark.kind,
            sentence={lang: numbers.sentence(m.children, lang) for lang, m in in_each.items()},
            line=mark.at.line,
            likelihood=mark.get("likelihood"),
            confidence=mark.get("confidence"),
            confidence_reason={lang: m.get("because") for lang, m in in_each.items() if m.get("because")},
            by=mark.get("by"),
            evidence=_named(evidence_keys(mark, references)) + _held(walk_inlines(within), numbers),
            unless={lang: m.get("unless") for lang, m in in_each.items() if m.get("unless")},
            about=tuple(dict.fromkeys(mark.get("about").split())),
            section=stands.section if stands is not None else "",
        )


def _claim_marks(issue: Issue) -> dict[str, ClaimMark]:
    return {inline.claim_id: inline for inline in issue_inlines(issue) if isinstance(inline, ClaimMark)}


def _held(inlines: Iterable[Inline], numbers: Numbers) -> Evidence:
    """The events, sources and measures that a sentence cites and prints, in the order of its words."""
    keys, measures = list[str](), list[str]()
    for inline in inlines:
        if isinstance(inline, Citation):
            keys.extend(inline.keys)
        elif isinstance(inline, MeasureMark):
            measures.append(numbers.take(inline)[0])
    return _named(keys) + Evidence(measures=tuple(measures))


def _named(keys: Sequence[str]) -> Evidence:
    """Events and sources by the keys of citations, each once."""
    events = [key.removeprefix(EVENT) for key in keys if key.startswith(EVENT)]
    sources = [key for key in keys if not key.startswith(EVENT)]
    return Evidence(tuple(dict.fromkeys(events)), tuple(dict.fromkeys(sources)))


def _unmarked(told: Iterable[Told], numbers: Numbers) -> Iterator[Claim]:
    """Sentences that nobody marked, by what they hold: a number makes a measure, a citation a fact."""
    for one in told:
        kind = unmarked_kind(one.original)
        if one.claim is None and not one.recommendation and kind:
            yield Claim(
                claim_id=one.sentence_id,
                kind=kind,
                sentence=_printed(one, numbers),
                line=one.line,
                evidence=_held(one.original.parts, numbers),
                section=one.section,
                is_marked=False,
            )


def unmarked_kind(sentence: Sentence) -> str:
    """``measure`` or ``fact`` by what a sentence without a mark holds; empty for plain prose."""
    if sentence.measures:
        return "measure"
    return "fact" if sentence.citations else ""


def _prose(told: Iterable[Told], numbers: Numbers) -> Iterator[Prose]:
    for one in told:
        if one.claim is None and not one.recommendation and not unmarked_kind(one.original):
            yield Prose(one.sentence_id, _printed(one, numbers), one.line, one.section)


def _printed(told: Told, numbers: Numbers) -> dict[str, str]:
    return {
        lang: " ".join(numbers.sentence(one.parts, lang) for one in own)
        for lang, own in told.by_language.items()
        if own
    }


def _recommendations(issues: Mapping[str, Issue], told: Sequence[Told], numbers: Numbers) -> Iterator[Claim]:
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
        inside = [one for one in told if one.recommendation == first.recommendation_id]
        yield Claim(
            claim_id=first.recommendation_id,
            kind="recommendation",
            sentence=sentences,
            line=first.at.line,
            evidence=_held((part for one in inside for part in one.original.parts), numbers),
            findings=first.findings,
            section=inside[0].section if inside else "",
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
