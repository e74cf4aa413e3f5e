"""Rule on figures: a number in prose that the desk's record counts otherwise.

Only a statement that can be read in one way is held against the record: how many events, acts, meetings or attacks
there are between two actors, or by one against another, in a period that the sentence tells; the day of the first or
last event; the index in a month. A sentence with words such as "this week", "about" or "at least" is left alone, and so
is one whose actors or dates are not all understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rasad.actors.actors import ActorTable
from rasad.actors.matcher import Matcher
from rasad.check.finding import Finding
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.rules.span_points import Point, points_of
from rasad.check.rules.span_words import number_words
from rasad.check.store_words import WORDS, Words
from rasad.languages.numbers import fold_digits
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.relations import index
from rasad.relations.selection import span, when

RULE: Final = "figure-store"
NEAR: Final = 40
"""Characters before the first actor within which "between" stands."""

A_DYAD: Final = 2
ATTACKS: Final = ("18", "19", "20")
MET: Final = ("042", "043", "044", "046")
TALKED: Final = ("03", "04")
"""What may pass for a meeting: a count between those that met and all that talked is let be."""

SOMEDAY: Final = date(2100, 1, 1)
"""For a text without a day: whoever acts for a state as far as is known."""

Events = Callable[[], Sequence[Event]]
Match = Callable[[], Matcher]


@dataclass(frozen=True)
class _Parties:
    """Whose acts are meant: those between two, or those of a source, against a target."""

    between: tuple[str, str] | None = None
    source: str = ""
    target: str = ""

    def holds(self, event: Event) -> bool:
        if self.between is not None:
            return event.dyad == Dyad.of(*self.between)
        return (not self.source or event.source_actor == self.source) and (
            not self.target or event.target_actor == self.target
        )

    def __str__(self) -> str:
        if self.between is not None:
            return f"between {self.between[0]} and {self.between[1]}"
        by = f"by {self.source}" if self.source else ""
        against = f"against {self.target}" if self.target else ""
        return " ".join(part for part in (by, against) if part)


@dataclass(frozen=True)
class _Statement:
    """A sentence that may say something of the record: its words and where they begin."""

    passage: Passage
    start: int
    text: str
    words: Words

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def points(self) -> list[Point]:
        return [one for one in points_of(self.passage) if self.start <= one.start < self.end]


def figures(reading: Reading, actors: ActorTable, events: Events, matcher: Match) -> Iterator[Finding]:
    """Counts, first and last days and values of the index that differ from the record.

    Args:
        reading: The document; where it tells its day, a count of that day is right too.
        actors: The desk's actors.
        events: Gives the events of the record; asked for only where a sentence speaks of them.
        matcher: Finds actors in a text; asked for likewise.
    """
    for passage in reading.passages:
        words = WORDS.get(passage.lang)
        if passage.kind in ("heading", "code") or words is None or is_reference(passage):
            continue
        if words.quick.search(passage.text) is None:
            continue
        issued = reading.issued_on
        if issued is not None and any(one.first <= issued <= one.last for one in points_of(passage)):
            issued = None  # a short text may have been dated by the very statement
        for start, sentence in passage.sentences:
            if words.quick.search(sentence) is None or words.vague.search(sentence):
                continue
            told = _Statement(passage, start, sentence, words)
            for check in (_counts, _ends, _index):
                yield from check(told, issued, actors, events, matcher)


# ---- what a sentence says ---------------------------------------------------


def _counts(
    told: _Statement, issued: date | None, actors: ActorTable, events: Events, matcher: Match
) -> Iterator[Finding]:
    found = list(told.words.count.finditer(fold_digits(told.text)))
    if len(found) != 1:
        return
    match = found[0]
    kind = next(name for name in ("events", "acts", "meetings", "attacks") if match[name])
    stated = _number(match["n"], told.words)
    if stated is None or (kind != "events" and told.words.record.search(told.text) is None):
        return
    parties = _parties(told, actors, matcher, issued)
    period = _period(told)
    if parties is None or period is None:
        return
    since, until = period
    mine = [event for event in events() if parties.holds(event)]
    if not mine:
        return
    right = [_count(mine, kind, since, until, known) for known in dict.fromkeys((issued, None))]
    if any(low <= stated <= high for low, high in right):
        return
    low, high = min(right, key=lambda ends: min(abs(stated - end) for end in ends))
    counted = str(low) if low == high else f"{low} to {high}"
    yield _finding(
        told, match.start("n"), match.end(),
        f"the text says {stated} {kind}, the record holds {counted} {parties}{_said(since, until)}",
    )  # fmt: skip


def _ends(
    told: _Statement, issued: date | None, actors: ActorTable, events: Events, matcher: Match
) -> Iterator[Finding]:
    first, last = told.words.first.search(told.text), told.words.last.search(told.text)
    points = told.points()
    if (first is None) == (last is None) or len(points) != 1:
        return
    parties = _parties(told, actors, matcher, issued)
    if parties is None:
        return
    mine = sorted((event for event in events() if parties.holds(event)), key=when)
    known = [event for event in mine if issued is None or span(event)[1] <= issued] or mine
    if not known:
        return
    right = [known[0]] if first else [*_last_with_day(known), known[-1], mine[-1]]
    point = points[0]
    if any(point.first <= span(event)[1] and span(event)[0] <= point.last for event in right):
        return
    event = right[0]
    day = event.occurred_on.isoformat()
    which = "first" if first else "last"
    yield _finding(
        told, point.start - told.start, point.end - told.start,
        f"the text dates the {which} event {parties} to {told.passage.text[point.start : point.end]}, the record to"
        f" {day if event.has_day else day[:7]} ({event.dataset_event_id})",
    )  # fmt: skip


def _index(
    told: _Statement, issued: date | None, actors: ActorTable, events: Events, matcher: Match
) -> Iterator[Finding]:
    match = told.words.index.search(fold_digits(told.text))
    points = told.points()
    if match is None or len(points) != 1:
        return
    point = points[0]
    if (point.last - point.first).days > 31:
        return
    parties = _parties(told, actors, matcher, issued)
    if parties is None or parties.between is None:
        return
    mine = [event for event in events() if parties.holds(event)]
    found = index.index_at(mine, point.first) if mine else None
    if found is None or not found.events:
        return
    text = re.sub("[−‐–]", "-", match["value"]).replace("٫", ".")
    stated, places = float(text), len(text.partition(".")[2])
    if abs(stated - found.value) <= 0.5 * 10**-places + 1e-9:
        return
    yield _finding(
        told, match.start("value"), match.end("value"),
        f"the text says {text} of the index {parties}, the record gives {found.value:+.2f}"
        f" for {point.first.isoformat()[:7]}",
    )  # fmt: skip


# ---- reading ----------------------------------------------------------------


def _parties(told: _Statement, actors: ActorTable, matcher: Match, issued: date | None) -> _Parties | None:
    """Whose acts a sentence speaks of; None where it is not certain."""
    mentions = [
        one
        for one in matcher().find(told.text, issued, told.passage.lang)
        if not told.text[one.start : one.end].isdigit()
    ]
    if not mentions or any(not one.actor_id for one in mentions):
        return None
    ids = [actors.counts_as(one.actor_id, issued or SOMEDAY) for one in mentions]
    before = told.text[max(mentions[0].start - NEAR, 0) : mentions[0].start]
    if len(ids) == 1:
        by, on = told.words.by.search(before), told.words.on.search(before)
        return _Parties(source=ids[0]) if by else _Parties(target=ids[0]) if on else None
    if len(ids) > A_DYAD or ids[0] == ids[1]:
        return None
    behind = told.text[mentions[1].end : mentions[1].end + NEAR]
    gap = told.text[mentions[0].end : mentions[1].start]
    is_between = told.words.between.search(before) or told.words.among.match(behind)
    if is_between and told.words.and_.fullmatch(gap):
        return _Parties((ids[0], ids[1]))
    is_against = told.words.by.search(before) and told.words.against.fullmatch(gap)
    return _Parties(source=ids[0], target=ids[1]) if is_against else None


def _period(told: _Statement) -> tuple[date | None, date | None] | None:
    """The first and last day that a sentence counts within, None for either that is open; None where it is unclear."""
    points = told.points()
    if not points:
        return None, None
    before = told.passage.text[max(points[0].start - 16, told.start) : points[0].start]
    if len(points) == 1:
        if told.words.since.search(before):
            return points[0].first, None
        return (points[0].first, points[0].last) if told.words.during.search(before) else None
    gap = told.passage.text[points[0].end : points[1].start]
    is_range = len(points) == 2 and told.words.from_.search(before) and told.words.to.fullmatch(gap)
    return (points[0].first, points[1].last) if is_range else None


def _count(
    events: Sequence[Event], kind: str, since: date | None, until: date | None, known: date | None
) -> tuple[int, int]:
    """How many the record holds, as the least and the most that the word may mean."""
    inside = [
        event
        for event in events
        if (since is None or span(event)[0] >= since)
        and (until is None or span(event)[1] <= until)
        and (known is None or span(event)[1] <= known)
    ]
    if kind == "attacks":
        return (len([e for e in inside if e.cameo.startswith(ATTACKS)]),) * 2
    if kind == "meetings":
        met = [e for e in inside if e.cameo.startswith(MET)]
        return len(met), len([e for e in inside if e.cameo.startswith(TALKED)])
    return len(inside), len(inside)


def _last_with_day(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.has_day][-1:]


def _number(text: str, words: Words) -> int | None:
    plain = re.sub(r"[,٬](?=\d{3})", "", text)
    return int(plain) if plain.isdigit() else number_words(words.lang).get(text.casefold())


def _said(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return ""
    if until is None:
        return f" since {since}"
    return f" from {since} to {until}"


def _finding(told: _Statement, start: int, end: int, message: str) -> Finding:
    begin, last = told.start + start, told.start + end
    return Finding(RULE, "error", told.passage.number, begin, last, told.passage.text[begin:last], message)
