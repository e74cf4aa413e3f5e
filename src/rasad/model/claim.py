"""Claims: the sentences of an issue that say something, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasad.model.measured import Measured

KINDS = ("fact", "measure", "judgement", "forecast", "recommendation", "prose")
"""What a sentence can be; ``prose`` claims nothing that could be checked by itself."""


@dataclass(frozen=True)
class Quote:
    """Words of a source, found again by what stands before and after them.

    The three texts are those of the W3C's TextQuoteSelector (Web Annotation Data Model, 2017).
    ``source`` is the key of a reference or the address of a page; ``event`` the event that it was coded from, where
    it was.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    source: str = ""
    event: str = ""


@dataclass(frozen=True)
class Evidence:
    """What a claim rests on: events, sources by key, measures by their id in the ledger, words of sources."""

    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.events or self.sources or self.measures)

    def __add__(self, other: Evidence) -> Evidence:
        """Both together, each thing once."""
        return Evidence(
            _once(*self.events, *other.events),
            _once(*self.sources, *other.sources),
            _once(*self.measures, *other.measures),
            tuple(dict.fromkeys((*self.quotes, *other.quotes))),
        )


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Claim:
    """One sentence with its kind, likelihood, confidence and evidence.

    ``sentence``, ``confidence_reason`` and ``unless`` (what would change our mind) are given per language;
    ``likelihood`` is a step of ICD 203 and ``by`` the deadline of a forecast, as an ISO date. ``about`` are the claims
    that it follows from or speaks of, ``findings`` those that a recommendation rests on. A sentence that nobody marked
    is a fact or a measure by what it cites; ``section`` is the heading that it stands under.
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
    unless: dict[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    section: str = ""
    is_marked: bool = True


@dataclass(frozen=True)
class Prose:
    """A sentence that carries no claim, no number and no citation."""

    sentence_id: str
    sentence: dict[str, str]
    line: int
    section: str


@dataclass(frozen=True)
class MeasureClaim:
    """A number in the text: its id, the mark that asked for it, and what was measured."""

    measure_id: str
    arguments: dict[str, str]
    measured: Measured
    printed: dict[str, str]
    line: int
