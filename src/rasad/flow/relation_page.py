"""A dossier as one page in any of the four languages, with its charts; it needs no other file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
from markupsafe import Markup, escape

from rasad.editions.charts.course import course_spec, line_spec
from rasad.editions.charts.drawing import Spec, Subject, to_svg
from rasad.editions.charts.ladder import draw_ladder
from rasad.editions.charts.timeline import draw_timeline
from rasad.editions.web.page import WEB_FONT, assets, relation_page
from rasad.editions.words import words_of
from rasad.flow.relation import Relation
from rasad.flow.strand import Strand
from rasad.issues.measures import Record
from rasad.languages import language
from rasad.languages.dates import write_dual, write_month
from rasad.languages.numbers import write_number, write_percent
from rasad.model.codebook import codebook
from rasad.model.event import Event
from rasad.model.marks import MARKS_VERSION, marks
from rasad.model.site import site_of
from rasad.relations.index import METHOD as INDEX
from rasad.relations.ladder_test import METHOD as LADDER_TEST
from rasad.relations.line import METHOD as LINE
from rasad.relations.reading import METHOD as READING
from rasad.relations.reading import most_telling
from rasad.relations.standing import METHOD as STANDING
from rasad.shifts.history import METHOD as SHIFTS
from rasad.shifts.history import Shift
from rasad.shifts.online import METHOD as ALERTS

MOST_COUNTER = 40
MOST_ALERTS = 8
MOST_REGISTER = 400
SAFE = ("http://", "https://")
CALENDARS = ("gregorian", "solar")


def page(relation: Relation, lang: str) -> str:
    """The HTML of a dossier, whole.

    Raises:
        KeyError: If the language is not one of the four.
    """
    return _Page(relation, lang).html()


class _Page:
    """Gathers what the template prints; every text is escaped by the template or here."""

    def __init__(self, relation: Relation, code: str) -> None:
        self.relation = relation
        self.lang = language(code)
        self.words = words_of(code)
        self.named: dict[str, Event] = {}

    def number(self, value: float, *, places: int = 0, signed: bool = False) -> str:
        return write_number(float(value), self.lang, places=places, signed=signed)

    def html(self) -> str:
        relation, words = self.relation, self.words
        counter = most_telling(relation.counter, MOST_COUNTER)
        strands = [self._strand(strand) for strand in relation.strands]
        hand = next((strand for strand in relation.strands if strand.by_hand), None)
        timeline = self._timeline(hand) if hand is not None else ("", "")
        for event in (*relation.reading.events, *(c.event for c in counter), *relation.bearing):
            self._name(event)
        return relation_page(
            lang=self.lang,
            words=words,
            style=self._style(),
            names=relation.names(self.lang.code),
            as_of=self._day(relation.as_of),
            reading=relation.reading,
            counter=counter,
            more_counter=max(len(relation.counter) - MOST_COUNTER, 0),
            strands=strands,
            timeline=Markup(timeline[0]),  # noqa: S704  (our own drawing, its texts escaped as it was drawn)
            timeline_alt=timeline[1],
            register=self._register(),
            bearing=relation.bearing,
            methods=self.lang.comma.join(
                (INDEX, LINE, SHIFTS, ALERTS, STANDING, READING, LADDER_TEST, MARKS_VERSION)
            ),
            number=self.number,
            loop_number=self.number,
            date_of=self._date,
            text_of=self._text,
            event_link=self._link,
            rung_of=self._rung,
            parties_of=self._parties,
            link_of=lambda event: event.source_url if event.source_url.startswith(SAFE) else "",
            site_of=lambda event: site_of(event.source_url),
        )

    # ---- one dataset --------------------------------------------------------

    def _strand(self, strand: Strand) -> dict[str, Any]:
        words, number = self.words, self.number
        title = (
            words("rel_chronology")
            if strand.dataset == "chronology"
            else words("rel_data", name=strand.dataset)
        )
        left = sum(strand.months.flags.values())
        index, index_alt = self._index(strand)
        ladder = self._ladder(strand)
        return {
            "title": title,
            "span": words("rel_span", start=self._day(strand.months.start(0)), end=self._day(strand.until)),
            "events": words("rel_events", n=number(len(strand.events))),
            "sites": words("rel_sites", n=number(strand.sites)),
            "left_out": words("rel_left_out", n=number(left)) if left else "",
            "by_hand": strand.by_hand,
            "gaps": [words("rel_gap", start=self._day(first), end=self._day(last)) for first, last in strand.gaps],
            "directed": list(self._directed(strand)),
            "course": self._svg(course_spec(strand.months, strand.history.shifts, self.lang)),
            "course_alt": self._course_alt(strand),
            "too_few": words("rel_too_few", n=number(strand.history.n), floor=number(strand.history.floor))
            if strand.history.has_too_few else "",
            "changes": [self._with_event(change.event, kind=change.kind) for change in strand.changes],
            "shifts": [self._shift(*told) for told in strand.shifts()],
            "alerts": [
                words("rel_alert", side=words(alert.side), n=number(alert.now), usual=number(alert.usual, places=1),
                      level=number(alert.level, places=1)) + f" ({self._day(alert.start)})"
                for alert in strand.alerts[-MOST_ALERTS:]
            ],
            "index": index,
            "index_alt": index_alt,
            "tone": self._tone(strand),
            "ladder": ladder[0],
            "ladder_alt": ladder[1],
            "without_rung": words("rel_without_rung", share=write_percent(strand.without_rung or 0, self.lang)),
            "standings": list(self._standings(strand)) if strand.by_hand else [],
            "judged": list(self._judged(strand)) if strand.by_hand else [],
            "test": self._test() if strand.by_hand else "",
            "partners": self._partners(strand),
        }  # fmt: skip

    def _directed(self, strand: Strand) -> Iterator[str]:
        names = dict(zip(self.relation.pair, self.relation.names(self.lang.code), strict=True))
        for source in self.relation.pair:
            other = next(actor for actor in self.relation.pair if actor != source)
            n, warm, cold = strand.directed[source]
            yield self.words(
                "rel_directed", first=names[source], second=names[other], n=self.number(n),
                warm=self.number(warm), cold=self.number(cold),
            )  # fmt: skip

    def _course_alt(self, strand: Strand) -> str:
        one, other = self.relation.names(self.lang.code)
        shifts = self.lang.comma.join(
            f"{self._day(shift.start)} {self.words(f'rel_{shift.way}')}" for shift in strand.history.shifts
        )
        return self.words(
            "alt_course", first=one, second=other, start=self._day(strand.months.start(0)), end=self._day(strand.until),
            warm=self.number(strand.months.cooperation.sum()), cold=self.number(strand.months.conflict.sum()),
            shifts=shifts or self.words("no_step_yet"),
        )  # fmt: skip

    def _shift(self, shift: Shift, made: Any) -> dict[str, Any]:  # noqa: ANN401  (MadeOf)
        words, number = self.words, self.number
        for event in made.events:
            self._name(event)
        durable = (
            words("rel_early")
            if shift.durability is None
            else words("rel_durable", share=write_percent(shift.durability, self.lang))
        )
        return {
            "date": self._day(shift.start),
            "way": words(f"rel_{shift.way}"),
            "score": words("rel_score", score=number(shift.score, places=1),
                           volume=number(shift.volume_score, places=1)),
            "rarity": words("rel_rarity", share=write_percent(shift.rarity, self.lang))
            if shift.rarity is not None else words("rel_rarity_none"),
            "doubt": not shift.is_rare,
            "durable": durable,
            "n": words("rel_events", n=number(made.n)),
            "sites": words("rel_sites", n=number(made.sites)),
            "made": made.events,
        }  # fmt: skip

    def _index(self, strand: Strand) -> tuple[Markup, str]:
        known = np.flatnonzero(~np.isnan(strand.index.value))
        if not len(known):
            return Markup(""), ""
        line, months = strand.index, strand.months
        one, other = self.relation.names(self.lang.code)
        signed = partial(self.number, places=2, signed=True)
        at = int(known[-1])
        alt = self.words(
            "alt_index", first=one, second=other, start=self._month(months.start(int(known[0]))),
            end=self._month(months.start(at)), last=signed(line.value[at]), low=signed(line.low[at]),
            high=signed(line.high[at]),
        )  # fmt: skip
        labels = self.words("cooperation"), self.words("conflict")
        return self._svg(line_spec(months, line, strand.smooth, self.lang, labels)), alt

    def _tone(self, strand: Strand) -> str:
        told = []
        for values in (strand.goldstein, strand.plover):
            known = values[~np.isnan(values)]
            none = self.words("no_step_yet")
            told.append(self.number(float(known[-1]), places=1, signed=True) if len(known) else none)
        return self.words("rel_tone", goldstein=told[0], plover=told[1])

    def _ladder(self, strand: Strand) -> tuple[Markup, str]:
        if not strand.by_hand or not strand.firsts:
            return Markup(""), ""
        drawing = draw_ladder(self._subject(strand))
        return (self._svg(drawing.spec), drawing.alt) if drawing.spec is not None else (Markup(""), "")

    def _timeline(self, strand: Strand) -> tuple[str, str]:
        for event in strand.events:
            self._name(event)
        drawing = draw_timeline(self._subject(strand, bearing=True))
        return (to_svg(drawing.spec), drawing.alt) if drawing.spec is not None else ("", "")

    def _subject(self, strand: Strand, *, bearing: bool = False) -> Subject:
        events = sorted(
            {*strand.events, *(self.relation.bearing if bearing else ())},
            key=lambda e: (e.occurred_on, e.row),
        )
        record = Record(tuple(events), strand.until, "-".join(self.relation.pair), self.relation.actors)
        return Subject(record, "-".join(self.relation.pair), self.lang, self.words, self.relation.actors)

    def _standings(self, strand: Strand) -> Iterator[dict[str, Any]]:
        table = marks()
        for standing in strand.standings:
            mark = table.get(f"{standing.letter}{standing.level}")
            yield {
                "domain": self.words(f"domain_{standing.letter}"),
                "level": self.words(f"level_{standing.level}") if standing.level else "",
                "since": self._day(standing.since) if standing.since is not None else "",
                "because": self.words(f"rel_moved_{standing.because}") if standing.because else "",
                "marks": [self.words(f"rel_{level}") for level in (mark.commitment, mark.sensitivity, mark.trust)]
                if mark is not None else ["", "", ""],
            }  # fmt: skip

    def _judged(self, strand: Strand) -> Iterator[SimpleNamespace]:
        for first in sorted(strand.firsts.values(), key=lambda first: first.event.occurred_on):
            if first.is_judged:
                self._name(first.event)
                otherwise = (
                    self.words("rel_judged_none")
                    if first.otherwise is None
                    else self.words("rel_judged", date=self._date(first.otherwise))
                )
                yield self._with_event(first.event, rung=self._rung(first.event), otherwise=otherwise)

    def _test(self) -> str:
        test = self.relation.test
        if test is None:
            return ""
        number = self.number
        return self.words(
            "rel_test", dyads=number(test.dyads), held=number(test.held), pairs=number(test.pairs),
            expected=number(test.expected, places=1), low=number(test.low, places=1), high=number(test.high, places=1),
        )  # fmt: skip

    def _partners(self, strand: Strand) -> list[dict[str, Any]]:
        return [
            {
                "name": self._actor(actor, self.relation.as_of),
                "rows": [
                    {"name": self._actor(row.actor, self.relation.as_of), "n": self.number(row.n),
                     "warm": self.number(row.cooperation), "cold": self.number(row.conflict)}
                    for row in strand.partners[actor]
                ],
            }
            for actor in self.relation.pair
            if strand.partners.get(actor)
        ]  # fmt: skip

    # ---- events -------------------------------------------------------------

    def _with_event(self, event: Event, **told: object) -> SimpleNamespace:
        self._name(event)
        return SimpleNamespace(event=event, **told)

    def _name(self, event: Event) -> None:
        self.named[event.dataset_event_id] = event

    def _register(self) -> list[Event]:
        ordered = sorted(self.named.values(), key=lambda event: (event.occurred_on, event.dataset_event_id))
        return ordered[-MOST_REGISTER:]

    def _link(self, event: Event) -> Markup:
        self._name(event)
        name = escape(event.dataset_event_id)
        return Markup('<a class="ref" href="#event-{}"><bdi>{}</bdi></a>').format(name, name)

    def _text(self, event: Event) -> str:
        text, _ = self.relation.text_of(event, self.lang.code)
        if text:
            return text
        code = codebook().get(event.cameo)
        label = code.label if code is not None else event.plover_type
        return f"{event.source_actor} → {event.target_actor}: {label}"

    def _date(self, event: Event) -> str:
        write = write_dual if event.has_day else write_month
        return write(event.occurred_on, self.lang, CALENDARS)

    def _rung(self, event: Event) -> str:
        if event.rung is None or event.rung.code == "0":
            return self.words("no_rung")
        domain = self.words(f"domain_{event.rung.letter}")
        return (
            f"{domain}{self.lang.comma}{self.words(f'level_{event.rung.level}')}"
            if event.rung.is_step
            else domain
        )

    def _parties(self, event: Event) -> list[str]:
        return [self._actor(actor, event.occurred_on) for actor in (event.source_actor, event.target_actor)]

    def _actor(self, actor: str, day: date) -> str:
        actors = self.relation.actors
        return actors.acting_name(actor, self.lang.code, day) if actor in actors else actor

    # ---- the page -----------------------------------------------------------

    def _day(self, day: date) -> str:
        return write_dual(day, self.lang, CALENDARS)

    def _month(self, day: date) -> str:
        return write_month(day, self.lang, [self.lang.dates["first"]])

    def _svg(self, spec: Spec) -> Markup:
        """A drawing; its texts were escaped when it was drawn."""
        return Markup(to_svg(spec))  # noqa: S704

    def _style(self) -> Markup:
        """The sheet of all pages, with the font within it: our own files, put in unescaped."""
        files = assets()
        font = base64.b64encode(files[WEB_FONT]).decode()
        sheet = files["issue.css"].decode().replace(WEB_FONT, f"data:font/woff2;base64,{font}")
        return Markup(sheet)  # noqa: S704
