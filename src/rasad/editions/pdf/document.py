"""An edition as plain data for the typst template.

Nothing of a text is ever typst source: the template reads it as JSON strings, so that no
character of a manuscript can be a command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rasad.editions.edition import Edition
from rasad.editions.pdf.analysis import analysis_node
from rasad.model.claim import Claim, MeasureClaim
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
    ActorMark,
    Analysis,
    Block,
    Box,
    Citation,
    ClaimMark,
    DateMark,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    MeasureMark,
    Note,
    Paragraph,
    Part,
    Recommendation,
    Strong,
    Table,
    Text,
    Verbatim,
)

_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_WEB = ("http://", "https://")

Node = dict[str, Any]


class Document:
    """Turns one edition into the data that ``issue.typ`` lays out."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._figures = edition.figures()
        self._on_first_page = False

    def data(self) -> Node:
        """The whole document."""
        edition, issue, words = self.edition, self.edition.issue, self.edition.words
        first_page, rest = edition.pages()
        return {
            "lang": edition.lang.bcp47,
            "digits": edition.lang.digits,
            "rtl": edition.lang.is_rtl,
            "comma": edition.lang.comma,
            "title": issue.title,
            "authors": [_run(author) for author in issue.authors],
            "question": self._inlines(issue.question),
            "desk": edition.masthead.desk,
            "series": edition.masthead.series,
            "imprint": edition.masthead.imprint,
            "number": edition.number_line,
            "date": edition.dual(issue.date),
            "year": issue.date.year, "month": issue.date.month, "day": issue.date.day,
            "data_as_of": words("data_as_of", date=edition.dual(issue.as_of)),
            "status": edition.status,
            "signed": edition.is_signed,
            "words": {key: words(key) for key in (
                "question", "in_this_issue", "sources", "evidence", "claims", "numbers", "events_register",
                "events_intro", "attention_note", "method", "baseline", "rests_on", "about", "likelihood", "confidence",
                "col_date", "col_event", "col_source", "assumptions",
            )},
            "first_page": [self._block(block) for block in first_page],
            "blocks": [self._block(block) for block in rest],
            "references": [self._reference(key) for key in edition.citable()],
            "claims": [self._claim_entry(claim) for claim in edition.ledger.claims],
            "measures": [self._measure_entry(claim) for claim in edition.ledger.measures],
            "events": [self._event_entry(event) for event in edition.ledger.events],
        }  # fmt: skip

    # ---- blocks -------------------------------------------------------------

    def _block(self, block: Block) -> Node:
        writers: dict[type, Callable[..., Node]] = {
            Heading: lambda b: {"t": "heading", "level": b.level, "c": self._inlines(b.children)},
            Paragraph: lambda b: {"t": "par", "c": self._inlines(b.children)},
            Listing: self._listing,
            Table: self._table,
            Figure: self._figure,
            Recommendation: self._recommendation,
            Box: self._box,
            Analysis: lambda b: analysis_node(b, self.edition, self._inlines),
        }
        return writers[type(block)](block)

    def _box(self, block: Box) -> Node:
        self._on_first_page = block.kind != "quote"
        inside = [self._block(inner) for inner in block.blocks]
        self._on_first_page = False
        return {"t": "box", "kind": block.kind, "blocks": inside}

    def _listing(self, block: Listing) -> Node:
        entries = [[self._block(inner) for inner in entry] for entry in block.entries]
        return {"t": "list", "numbered": block.numbered, "entries": entries}

    def _table(self, block: Table) -> Node:
        return {
            "t": "table",
            "header": [self._inlines(cell) for cell in block.header],
            "rows": [[self._inlines(cell) for cell in row] for row in block.rows],
        }

    def _figure(self, block: Figure) -> Node:
        drawing = self.edition.drawings[block.figure_id]
        number = self.edition.number(self._figures[block.figure_id])
        shared = {
            "caption": self._inlines(block.caption),
            "label": self.edition.words(block.kind, n=number),
        }
        if block.kind == "figure":
            file = f"{block.figure_id}.svg" if drawing.svg else ""
            none = self.edition.words("no_step_yet")
            return {"t": "chart", "file": file, "alt": drawing.alt, "none": none, **shared}
        rows = [self._step_row(name, event) for name, event in drawing.table]
        return {"t": "steps", "first": self.edition.words(drawing.first_column), "rows": rows, **shared}

    def _step_row(self, name: str, event: Event | None) -> Node:
        if event is None:
            return {"rung": name, "none": self.edition.words("no_step_yet")}
        return {
            "rung": name,
            "date": _parts(self.edition.event_date(event)),
            "event": self._event_text(event),
            "source": self._cite_parts([EVENT + event.dataset_event_id]),
        }

    def _recommendation(self, block: Recommendation) -> Node:
        return {
            "t": "recommendation",
            "id": block.recommendation_id,
            "blocks": [self._block(inner) for inner in block.blocks],
            "rests": [{"id": f, "s": f.upper()} for f in block.findings],
        }

    # ---- inlines ------------------------------------------------------------

    def _inlines(self, inlines: Sequence[Inline]) -> list[Node]:
        return [self._inline(inline) for inline in inlines]

    def _inline(self, inline: Inline) -> Node:
        lang = self.edition.lang.code
        writers: dict[type, Callable[..., Node]] = {
            Text: lambda text: {"t": "text", "s": text.text},
            LineBreak: lambda _: {"t": "break"},
            Strong: lambda x: {"t": "strong", "c": self._inlines(x.children)},
            Emphasis: lambda x: {"t": "em", "c": self._inlines(x.children)},
            Verbatim: lambda x: {"t": "group", "c": self._inlines(x.children)},
            Link: self._link,
            Citation: lambda x: {"t": "cite", "parts": self._cite_parts(x.keys)},
            Note: lambda note: {"t": "note", "c": self._inlines(note.children)},
            DateMark: lambda mark: {
                "t": "whole",
                "parts": _parts(self.edition.numbers.write_date(mark, lang)),
            },
            ActorMark: lambda mark: {"t": "text", "s": self.edition.numbers.write_actor(mark, lang)},
            MeasureMark: self._measure,
            ClaimMark: self._claim,
            Part: lambda x: {"t": "group", "c": self._inlines(x.children)},
        }
        return writers[type(inline)](inline)

    def _link(self, link: Link) -> Node:
        children = self._inlines(link.children)
        if not link.href.startswith(_WEB):
            return {"t": "group", "c": children}
        return {"t": "link", "url": link.href, "c": children}

    def _cite_parts(self, keys: Sequence[str]) -> list[Node]:
        numbers = dict.fromkeys(self.edition.citation_number(key) for key in keys)
        return [{"n": self.edition.number(number), "to": f"ref-{number}"} for number in numbers]

    def _measure(self, mark: MeasureMark) -> Node:
        claim = self.edition.measure_of(mark)
        if mark.children:
            return {"t": "measure", "to": claim.measure_id, "parts": [], "c": self._inlines(mark.children)}
        printed = self.edition.numbers.print(mark, self.edition.lang.code)
        return {"t": "measure", "to": claim.measure_id, "parts": _parts(printed), "c": []}

    def _claim(self, mark: ClaimMark) -> Node:
        claim = self.edition.ledger.claim(mark.claim_id)
        tags = [self.edition.words(f"kind_{claim.kind}")]
        if claim.likelihood:
            tags = [self.edition.likelihood_range(claim)]
        if claim.confidence and self._on_first_page:
            tags.append(self.edition.confidence_line(claim))
        return {"t": "claim", "to": f"claim-{mark.claim_id}", "tags": tags, "kind": mark.kind,
                "c": self._inlines(mark.children)}  # fmt: skip

    # ---- annexes ------------------------------------------------------------

    def _reference(self, key: str) -> Node:
        edition = self.edition
        n = edition.citation_number(key)
        reference = edition.reference(key)
        shared = {"n": edition.number(n), "id": f"ref-{n}"}
        if reference is None:
            name = key.removeprefix(EVENT)
            ground = edition.ground(edition.event(name))
            return {**shared, "title": _run(ground), "rest": [_run(name)], "url": ""}
        title = reference.title or edition.words("title_not_recorded")
        grade = edition.words("grade", grade=reference.reliability) if reference.reliability else ""
        rest = [reference.outlet or reference.domain, edition.issued(reference), grade]
        return {
            **shared,
            "authors": [_run(author) for author in reference.authors],
            "title": _run(title),
            "rest": [_run(part) for part in rest if part],
            "url": reference.url if reference.url.startswith(_WEB) else "",
            "domain": reference.domain,
        }

    def _claim_entry(self, claim: Claim) -> Node:
        edition, words = self.edition, self.edition.words
        facts = []
        if claim.likelihood:
            facts.append((words("likelihood"), edition.likelihood(claim)))
        if claim.by:
            facts.append((words("deadline"), edition.dual(date.fromisoformat(claim.by))))
        if claim.confidence:
            reason = (claim.confidence_reason or {}).get(edition.lang.code, "")
            facts.append(
                (words("confidence"), f"{edition.confidence(claim)}{': ' if reason else ''}{reason}")
            )
        if claim.unless:
            facts.append((words("unless"), claim.unless.get(edition.lang.code, "")))
        return {
            "id": f"claim-{claim.claim_id}",
            "name": claim.claim_id.upper(),
            "kind": words(f"kind_{claim.kind}"),
            "sentence": claim.sentence[edition.lang.code],
            "facts": [{"k": key, "v": value} for key, value in facts],
            "events": list(claim.evidence.events),
            "findings": [{"id": f, "s": f.upper()} for f in claim.findings],
            "assumptions": [{"id": a, "s": a.upper()} for a in edition.assumptions(claim.claim_id)],
            "about": [{"id": f, "s": f.upper()} for f in claim.about],
        }

    def _measure_entry(self, claim: MeasureClaim) -> Node:
        edition, words = self.edition, self.edition.words
        facts = []
        if edition.interval(claim):
            level = edition.interval_level(claim)
            facts.append({"k": words("interval", level=level), "v": edition.interval(claim)})
        if claim.measured.baseline:
            facts.append({"k": words("baseline"), "v": edition.baseline(claim)})
        return {
            "id": claim.measure_id,
            "printed": claim.printed[edition.lang.code],
            "title": edition.measure_title(claim),
            "filters": edition.measure_filters(claim),
            "method": claim.measured.method,
            "facts": facts,
            "from": words("n_events", events=edition.count_events(len(claim.measured.events))),
            "events": list(claim.measured.events),
        }

    def _event_entry(self, event: Event) -> Node:
        edition, words = self.edition, self.edition.words
        source = edition.source_of(event)
        grade = words("grade", grade=event.source_grade) if event.source_grade else words("no_grade")
        bears = [words("bears_on", dyads=name) for name in edition.bearing_names(event)]
        month = [] if event.has_day else [words("month_only")]
        return {
            "id": f"event-{event.dataset_event_id}",
            "name": event.dataset_event_id,
            "date": edition.event_date(event),
            "text": self._event_text(event),
            "tags": [edition.rung(event), *month, *bears, grade],
            "url": event.source_url,
            "domain": source.domain if source is not None else edition.ground(event),
        }

    def _event_text(self, event: Event) -> Node:
        text, translated = self.edition.event_text(event)
        return {"s": text, "ltr": not translated and self.edition.lang.is_rtl}


def _parts(text: str) -> list[str]:
    """A number or date in the parts that a line may not break: before a bracket it may."""
    first, bracket, second = text.partition(" (")
    return [first, f"({second}"] if bracket else [first]


def _run(text: str) -> Node:
    """A text that may be of another script than its page, and whether it is."""
    return {"s": text, "ltr": _ARABIC_SCRIPT.search(text) is None}
