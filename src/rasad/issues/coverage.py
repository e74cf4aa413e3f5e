"""Coverage: how much of an issue rests on evidence, on how many sources, and on whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rasad.issues.ledger import Ledger
from rasad.issues.references import References
from rasad.languages.likelihood import likelihoods_in
from rasad.model.claim import KINDS, Claim
from rasad.model.outlet import outlet_of
from rasad.model.reference import Reference
from rasad.model.site import site_of

NEEDED = {"judgement": ("confidence",), "forecast": ("likelihood", "confidence", "by")}
"""What a claim of each kind must say of itself."""


@dataclass(frozen=True)
class Pages:
    """What a share of the pages have in common: ``value`` is empty where it is not known."""

    value: str
    pages: int
    sites: int


@dataclass(frozen=True)
class SingleSource:
    """A claim whose evidence was all read on one site."""

    claim_id: str
    site: str
    pages: int


@dataclass(frozen=True)
class Unfinished:
    """A claim that does not say how sure it is, or until when."""

    claim_id: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """The ledger seen from above; claims are named by their ids, in reading order.

    Attributes:
        sentences: How many sentences there are of each kind, prose among them.
        supported: How many of each kind of claim rest on something.
        unsupported: Claims that rest on nothing, and recommendations that rest on such claims alone.
        single_source: Claims whose evidence was all read on one site.
        without_page: Claims that rest on events alone of which no page is recorded.
        unfinished: Judgements and forecasts without confidence, likelihood or deadline.
        unmarked_likelihood: Sentences of prose that say how likely something is and are no claim.
        pages: Pages that claims rest on, those of the events that a number was counted from among them.
        sites: Sites that these were read on.
        countries, languages, sides: What these pages have in common, the most frequent first, the unknown last.
        events: Events that claims rest on.
        grades: How often each grade occurs among these events; the empty one is that of events without.
        reliability: The same of the letters of the pages.
    """

    sentences: dict[str, int]
    supported: dict[str, int]
    unsupported: tuple[str, ...]
    single_source: tuple[SingleSource, ...]
    without_page: tuple[str, ...]
    unfinished: tuple[Unfinished, ...]
    unmarked_likelihood: tuple[str, ...]
    pages: int
    sites: int
    countries: tuple[Pages, ...]
    languages: tuple[Pages, ...]
    sides: tuple[Pages, ...]
    events: int
    grades: dict[str, int]
    reliability: dict[str, int]

    @property
    def claims(self) -> int:
        """All sentences but prose."""
        return sum(self.supported_of(kind)[1] for kind in KINDS if kind != "prose")

    @property
    def with_evidence(self) -> int:
        return sum(self.supported.values())

    @property
    def share(self) -> float | None:
        """The share of claims that rest on something; None where an issue claims nothing."""
        return self.with_evidence / self.claims if self.claims else None

    def supported_of(self, kind: str) -> tuple[int, int]:
        """How many of a kind rest on something, of how many."""
        return self.supported.get(kind, 0), self.sentences.get(kind, 0)


def coverage(ledger: Ledger, references: References, lang: str) -> Coverage:
    """What a ledger covers.

    Args:
        ledger: The ledger of an issue.
        references: The desk's references.
        lang: The language of the original, in whose words likelihood is looked for.
    """
    claims = ledger.in_order
    unsupported = _unsupported(claims)
    reads = {claim.claim_id: _pages_of(claim, ledger, references) for claim in claims}
    pages = list({page.key: page for own in reads.values() for page in own}.values())
    names = {name for claim in claims for name in _events_of(claim, ledger)}
    events = [event for event in ledger.events if event.dataset_event_id in names]
    return Coverage(
        sentences={
            **Counter(claim.kind for claim in claims),
            **({"prose": len(ledger.prose)} if ledger.prose else {}),
        },
        supported=dict(Counter(claim.kind for claim in claims if claim.claim_id not in unsupported)),
        unsupported=tuple(unsupported),
        single_source=tuple(_single_source(claims, reads)),
        without_page=tuple(
            claim.claim_id for claim in claims if _events_of(claim, ledger) and not reads[claim.claim_id]
        ),
        unfinished=tuple(_unfinished(claims)),
        unmarked_likelihood=tuple(
            one.sentence_id for one in ledger.prose if likelihoods_in(one.sentence.get(lang, ""), lang)
        ),
        pages=len(pages),
        sites=len({_site(page) for page in pages}),
        countries=_shares(pages, country_of),
        languages=_shares(pages, lambda page: page.language.partition("-")[0].casefold()),
        sides=_shares(pages, side_of),
        events=len(events),
        grades=_counted(event.source_grade for event in events),
        reliability=_counted(page.reliability for page in pages),
    )


def country_of(page: Reference) -> str:
    """Where the outlet of a page is made, by the reference or else by what is known of the site; empty if it is not."""
    return page.country or outlet_of(_site(page)).country


def side_of(page: Reference) -> str:
    """Whose the outlet of a page is: an actor's, ``private``, or empty where it is not known."""
    return page.side or outlet_of(_site(page)).side


def _unsupported(claims: Iterable[Claim]) -> dict[str, None]:
    """Claims that rest on nothing; a recommendation stands on what it cites and on the claims it names."""
    bare = {claim.claim_id for claim in claims if claim.kind != "recommendation" and not claim.evidence}
    return dict.fromkeys(
        claim.claim_id
        for claim in claims
        if claim.claim_id in bare
        or (claim.kind == "recommendation" and not claim.evidence and bare.issuperset(claim.findings))
    )


def _events_of(claim: Claim, ledger: Ledger) -> list[str]:
    """The events that a claim names, and those that its numbers were counted from."""
    counted = [name for m in claim.evidence.measures for name in ledger.measure(m).measured.events]
    return list(dict.fromkeys((*claim.evidence.events, *counted)))


def _pages_of(claim: Claim, ledger: Ledger, references: References) -> list[Reference]:
    """The pages that a claim rests on, each once."""
    cited = [references.find(key) for key in claim.evidence.sources]
    read = [references.of_url(ledger.event(name).source_url) for name in _events_of(claim, ledger)]
    return list({page.key: page for page in (*cited, *read) if page is not None}.values())


def _site(page: Reference) -> str:
    return page.domain or site_of(page.url) or page.outlet or page.key


def _single_source(claims: Iterable[Claim], reads: dict[str, list[Reference]]) -> Iterator[SingleSource]:
    for claim in claims:
        pages = reads[claim.claim_id]
        sites = {_site(page) for page in pages}
        if len(sites) == 1:
            yield SingleSource(claim.claim_id, min(sites), len(pages))


def _unfinished(claims: Iterable[Claim]) -> Iterator[Unfinished]:
    for claim in claims:
        lacks = tuple(name for name in NEEDED.get(claim.kind, ()) if not getattr(claim, name))
        if lacks:
            yield Unfinished(claim.claim_id, lacks)


def _shares(pages: Iterable[Reference], value_of: Callable[[Reference], str]) -> tuple[Pages, ...]:
    groups: dict[str, list[Reference]] = {}
    for page in pages:
        groups.setdefault(value_of(page), []).append(page)
    told = [Pages(value, len(own), len({_site(page) for page in own})) for value, own in groups.items()]
    return tuple(sorted(told, key=lambda one: (not one.value, -one.pages, one.value)))


def _counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value occurs, in their order, the empty one last."""
    counts = Counter(values)
    return {value: counts[value] for value in sorted(counts, key=lambda value: (not value, value))}
