"""An edition: one issue in one language, with all that its pages print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rasad.actors.actors import ActorTable
from rasad.editions.charts.drawing import Drawing
from rasad.editions.words import Words
from rasad.issues.changes import Changes
from rasad.issues.ledger import Ledger, cited_keys
from rasad.issues.numbers import Numbers
from rasad.issues.references import References
from rasad.languages import Language
from rasad.languages.dates import write_date, write_dual, write_month
from rasad.languages.likelihood import confidences, likelihoods
from rasad.languages.numbers import write_count, write_digits, write_number, write_percent
from rasad.model.claim import Claim, MeasureClaim
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
    Analysis,
    Block,
    Box,
    Figure,
    Heading,
    Issue,
    MeasureMark,
    parts_of,
    walk_blocks,
)
from rasad.model.reference import Reference
from rasad.translation.signatures import Review

EN_DASH = "–"
NO_BREAK = "\u00a0"
REFERENCES = "references"
GENERAL_KNOWLEDGE = "general knowledge"
INDEX_PLACES = 2


@dataclass(frozen=True)
class Masthead:
    """What stands at the head of every edition of a desk."""

    desk: str
    series: str
    imprint: str


@dataclass(frozen=True)
class Edition:
    """An issue in one language and everything its page and PDF say about it.

    ``event_text`` gives the sentence of an event in the language, or in English where the
    desk has no translation; the flag says which.
    """

    issue: Issue
    original: str
    lang: Language
    words: Words
    masthead: Masthead
    numbers: Numbers
    ledger: Ledger
    references: References
    actors: ActorTable
    review: Review
    drawings: Mapping[str, Drawing]
    event_text: Callable[[Event], tuple[str, bool]]
    changes: Changes | None = None

    # ---- numbers and dates --------------------------------------------------

    def number(self, text: object) -> str:
        """Latin digits in the edition's digits, nothing else changed."""
        return write_digits(str(text), self.lang)

    def dual(self, day: date) -> str:
        """A day in the desk's calendars."""
        return write_dual(day, self.lang, self.numbers.calendars)

    def short(self, day: date) -> str:
        """A day in the edition's own calendar."""
        return write_date(day, self.lang, self.lang.dates["first"])

    def unbroken(self, day: date) -> str:
        """A day in the edition's own calendar that no line breaks."""
        return self.short(day).replace(" ", NO_BREAK)

    def event_date(self, event: Event) -> str:
        """When an event happened, as far as it is known."""
        if event.has_day:
            return self.dual(event.occurred_on)
        return f"{write_month(event.occurred_on, self.lang, self.numbers.calendars)}"

    def event_short(self, event: Event) -> str:
        """When an event happened, in the edition's own calendar."""
        return self.unbroken(event.occurred_on) if event.has_day else self.event_date(event)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in per cent."""
        return write_percent(share, self.lang)

    def issued(self, reference: Reference) -> str:
        """When a source appeared, as far as it is recorded."""
        parts = reference.issued
        if len(parts) == len(("year", "month", "day")):
            return self.dual(date(*parts))
        if len(parts) == len(("year", "month")):
            return write_month(date(parts[0], parts[1], 1), self.lang, self.numbers.calendars)
        return self.number(parts[0]) if parts else ""

    def count_events(self, n: int) -> str:
        return write_count(n, "event", self.lang)

    # ---- masthead -----------------------------------------------------------

    @property
    def number_line(self) -> str:
        return self.words("issue", n=self.number(self.issue.number))

    @property
    def status(self) -> str:
        """Who stands for the text of this edition, said on its face."""
        if self.review.by:
            day = self.dual(date.fromisoformat(self.review.on))
            return self.words("reviewed", name=self.review.by, date=day)
        return self.words("original" if self.lang.code == self.original else "machine")

    @property
    def is_signed(self) -> bool:
        return bool(self.review.by)

    def sections(self) -> Iterator[Heading]:
        """The headings of the first level, for the list of contents."""
        for block in self.issue.blocks:
            if isinstance(block, Heading) and block.level == 1:
                yield block

    def pages(self) -> tuple[Sequence[Block], Sequence[Block]]:
        """The blocks of the first page, which are the key judgements with their heading, and the rest.

        The heading of the references is left out: their list brings its own.
        """
        blocks = [b for b in self.issue.blocks if not (isinstance(b, Heading) and b.section == REFERENCES)]
        for position, block in enumerate(blocks[:2]):
            if isinstance(block, Box) and block.kind == "key-judgements":
                return blocks[: position + 1], blocks[position + 1 :]
        return [], blocks

    def figures(self) -> dict[str, int]:
        """The number of each figure, counted apart for charts and tables."""
        counts = {"figure": 0, "table": 0}
        found = {}
        for block in walk_blocks(self.issue.blocks):
            if isinstance(block, Figure):
                counts[block.kind] += 1
                found[block.figure_id] = counts[block.kind]
            elif isinstance(block, Analysis) and block.caption:
                counts["table"] += 1
                found[block.key] = counts["table"]
        return found

    # ---- claims -------------------------------------------------------------

    def likelihood(self, claim: Claim) -> str:
        """``likely, 55–80%`` in the edition's words, empty where a claim has none."""
        if claim.likelihood not in likelihoods():
            return ""
        return f"{self.likelihood_word(claim)}{self.lang.comma}{self.likelihood_range(claim)}"

    def likelihood_word(self, claim: Claim) -> str:
        """The word alone, in the house's form."""
        return likelihoods()[claim.likelihood].words[self.lang.code][0]

    def likelihood_range(self, claim: Claim) -> str:
        """The range alone, in the edition's digits."""
        step = likelihoods()[claim.likelihood]
        number = self.number(f"{step.low}{EN_DASH}{step.high}")
        return f"{self.lang.percent_mark}{number}{self.lang.percent}"

    def confidence(self, claim: Claim) -> str:
        """The word of a claim's confidence, empty where it has none."""
        return confidences()[claim.confidence][self.lang.code] if claim.confidence else ""

    def confidence_line(self, claim: Claim) -> str:
        """``Confidence: low``, for the first page, where a reader should see both at once."""
        return f"{self.words('confidence')}: {self.confidence(claim)}"

    def assumptions(self, claim_id: str) -> list[str]:
        """The ids of the assumptions that a claim rests on."""
        return [
            part.part_id
            for part in parts_of(self.issue)
            if part.kind == "assumption" and claim_id in part.get("carries").split()
        ]

    def measure_of(self, mark: MeasureMark) -> MeasureClaim:
        return self.measure_by_id(self.numbers.take(mark)[0])

    def measure_by_id(self, measure_id: str) -> MeasureClaim:
        return self._measures[measure_id]

    @cached_property
    def _measures(self) -> dict[str, MeasureClaim]:
        return {claim.measure_id: claim for claim in self.ledger.measures}

    def measure_title(self, claim: MeasureClaim) -> str:
        """What was measured, in words, with the filters as the mark gives them."""
        return self.words(f"measure_{claim.measured.name}")

    def measure_filters(self, claim: MeasureClaim) -> str:
        """The arguments of a measure as written, the issue's dyad among them."""
        shown = {"dyad": self.issue.dyad, **claim.arguments}
        if claim.measured.name in ("stated", "ratio"):
            shown.pop("dyad")
        return " ".join(f"{key}={text}" for key, text in shown.items() if key not in ("name", "unit", "is"))

    def interval(self, claim: MeasureClaim) -> str:
        """The interval of a measure, empty where the method gives none."""
        measured = claim.measured
        if measured.low is None or measured.high is None:
            return ""
        ends = [self._on_scale(value, measured.kind) for value in (measured.low, measured.high)]
        return self.words("interval_to", low=ends[0], high=ends[1])

    def interval_level(self, claim: MeasureClaim) -> str:
        return write_percent(claim.measured.level or 0, self.lang)

    def baseline(self, claim: MeasureClaim) -> str:
        """What a value is to be read against."""
        told = []
        for name, value in claim.measured.baseline.items():
            places = 0 if value == int(value) else INDEX_PLACES
            signed = name == "whole_record"
            written = write_number(value, self.lang, places=INDEX_PLACES if signed else places, signed=signed)
            told.append(self.words(f"baseline_{name}", n=written))
        return self.lang.comma.join(told)

    def _on_scale(self, value: float, kind: str) -> str:
        if kind == "share":
            return write_percent(value, self.lang)
        return write_number(value, self.lang, places=INDEX_PLACES, signed=True)

    # ---- events and sources -------------------------------------------------

    def event(self, name: str) -> Event:
        return self._events[name]

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.dataset_event_id: event for event in self.ledger.events}

    def parties(self, event: Event) -> tuple[str, str]:
        """Source and target of an event by their names of its day."""
        one, other = (
            self.actors.acting_name(actor, self.lang.code, event.occurred_on)
            for actor in (event.source_actor, event.target_actor)
        )
        return one, other

    def bearing_names(self, event: Event) -> list[str]:
        """The dyads an event bears on, by the names of its day."""
        return [
            EN_DASH.join(
                self.actors.acting_name(actor, self.lang.code, event.occurred_on)
                for actor in (dyad.first, dyad.second)
            )
            for dyad in event.bears_on
        ]

    def rung(self, event: Event) -> str:
        """The rung of an event in words, empty where it is no step."""
        if event.rung is None or event.rung.code == "0":
            return self.words("no_rung")
        domain = self.words(f"domain_{event.rung.letter}")
        if not event.rung.is_step:
            return domain
        return f"{domain}{self.lang.comma}{self.words(f'level_{event.rung.level}')}"

    def source_of(self, event: Event) -> Reference | None:
        return self.references.of_url(event.source_url)

    def ground(self, event: Event) -> str:
        """On what an event rests that has no page: its ground as recorded, else general knowledge."""
        known = event.ground in ("", GENERAL_KNOWLEDGE)
        return self.words("no_source") if known else event.ground

    def citable(self) -> list[str]:
        """Keys in the order of the reference list: sources, then events that rest on none."""
        unsourced = [
            EVENT + event.dataset_event_id
            for event in self.ledger.events
            if not event.source_url and event.dataset_event_id in self._cited_events
        ]
        return [*self.ledger.sources, *unsourced]

    @cached_property
    def _cited_events(self) -> set[str]:
        named = {key.removeprefix(EVENT) for key in cited_keys(self.issue) if key.startswith(EVENT)}
        tables = (drawing.events for drawing in self.drawings.values() if drawing.table)
        named.update(event.dataset_event_id for events in tables for event in events)
        return named | {name for claim in self.ledger.claims for name in claim.evidence.events}

    def citation_number(self, key: str) -> int:
        """The number of a citation in the reference list."""
        return self._citation_numbers[self._list_key(key)]

    def _list_key(self, key: str) -> str:
        if not key.startswith(EVENT):
            return key
        reference = self.source_of(self.event(key.removeprefix(EVENT)))
        return reference.key if reference is not None else key

    @cached_property
    def _citation_numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.citable(), start=1)}

    def reference(self, key: str) -> Reference | None:
        """The reference of a key of the list; None for an event that rests on no page."""
        if key.startswith(EVENT):
            return None
        return self.references.find(key)
