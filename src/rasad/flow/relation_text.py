"""A dossier as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from rasad.flow.relation import Relation
from rasad.flow.strand import Strand
from rasad.model.codebook import codebook
from rasad.model.event import Event
from rasad.model.marks import marks
from rasad.model.site import site_of
from rasad.relations.acts import CHANNELS
from rasad.relations.index import METHOD as INDEX
from rasad.relations.reading import Counter, most_telling
from rasad.relations.rung_words import DOMAIN_WORDS, LEVEL_WORDS
from rasad.shifts.history import METHOD as SHIFTS
from rasad.shifts.history import Shift

MOST_EVENTS = 12
MOST_ALERTS = 8
MOST_COUNTER = 30
WIDTH = 96

BECAUSE = {
    "force": "coercion or force between the two within the year",
    "first_step": "first steps on the ladder within two years",
    "balance": "the side on which most acts of the last year were",
    "given": "set by the analyst",
    "nothing": "nothing in the last two years; read as before",
}
AGAINST = {
    "setback": "within the dyad",
    "force_near": "force or threat that bears on it",
    "words_on_security": "words about security by one of the two",
    "hedging": "a step in security or defence with a third",
    "cooperation": "within the dyad",
    "cooperation_near": "cooperation that bears on it",
}
ATTENTION = "Kept by hand: its counts also measure the attention of those who keep it."


def lines(relation: Relation) -> list[str]:
    """The dossier, a line a string."""
    return list(_lines(relation))


def _lines(relation: Relation) -> Iterator[str]:
    one, other = relation.names()
    yield f"{one} – {other}, as of {relation.as_of}"
    yield f"Reading: {relation.reading.way} ({BECAUSE[relation.reading.because]})."
    for strand in relation.strands:
        yield ""
        yield from _strand(relation, strand)
    yield ""
    yield from _counter(relation)
    yield ""
    yield f"Bear on it, counted nowhere: {len(relation.bearing)} events."


def _strand(relation: Relation, strand: Strand) -> Iterator[str]:
    first, last = strand.months.start(0), strand.until
    yield f"== {strand.dataset}: {len(strand.events):,} events on {strand.sites:,} sites, {first} to {last}"
    if strand.by_hand:
        yield ATTENTION
    left = ", ".join(f"{name} {count:,}" for name, count in strand.months.flags.items() if count)
    if left:
        yield f"Left out: {left}."
    if strand.weeks.undated:
        yield f"Known to the month only, in no week: {strand.weeks.undated}."
    for gap in strand.gaps[:MOST_ALERTS]:
        yield f"Gap: no data from {gap[0]} to {gap[1]}."
    if len(strand.gaps) > MOST_ALERTS:
        yield f"… and {len(strand.gaps) - MOST_ALERTS} gaps more."
    for source, (n, warm, cold) in strand.directed.items():
        target = strand.dyad.second if source == strand.dyad.first else strand.dyad.first
        yield f"  {source} > {target}: {n:,} acts, {warm:,} of cooperation, {cold:,} of conflict"
    yield from _index(strand)
    yield from _ladder(strand)
    yield from _shifts(strand)
    yield from _partners(relation, strand)
    yield "Latest:"
    for event in strand.events[-MOST_EVENTS:]:
        yield f"  {event_line(event)}"


def _index(strand: Strand) -> Iterator[str]:
    known = np.flatnonzero(~np.isnan(strand.index.value))
    if not len(known):
        yield "Index: no month with half a year known."
        return
    at = int(known[-1])
    line, smooth = strand.index, strand.smooth
    yield (
        f"Index [{INDEX}], year to {strand.months.start(at):%Y-%m}: {line.value[at]:+.2f}"
        f" ({line.low[at]:+.2f} to {line.high[at]:+.2f}); smoothed {smooth.value[at]:+.2f};"
        f" n {line.cooperation[at]:.0f} of cooperation, {line.conflict[at]:.0f} of conflict"
    )
    told = [
        f"{name} {values[at]:+.1f}" if not np.isnan(values[at]) else f"{name} has no value"
        for name, values in (("mean Goldstein", strand.goldstein), ("mean PLOVER", strand.plover))
    ]
    yield f"  to compare: {', '.join(told)}"
    shares = strand.months.counts.sum(axis=0) / max(strand.months.total, 1)
    yield "  shares of all acts: " + ", ".join(
        f"{channel} {share:.0%}" for channel, share in zip(CHANNELS, shares.tolist(), strict=True)
    )


def _ladder(strand: Strand) -> Iterator[str]:
    if not strand.firsts:
        yield "Ladder: no step on record."
        return
    none = f"; {strand.without_rung:.0%} of events have no rung" if strand.without_rung is not None else ""
    how = "" if strand.by_hand else ", by the defaults of the codes alone"
    yield f"Ladder{how}{none}:"
    table = marks()
    for standing in strand.standings if strand.by_hand else ():
        word = DOMAIN_WORDS[standing.letter]
        if not standing.level:
            yield f"  {word:10} no level stands{'' if standing.since is None else f' since {standing.since}'}"
        else:
            rung = f"{standing.letter}{standing.level}"
            mark = table[rung]
            yield (
                f"  {word:10} {rung} {LEVEL_WORDS[standing.level]}, since {standing.since} ({standing.because});"
                f" commitment {mark.commitment}, sensitivity {mark.sensitivity}, trust {mark.trust}"
            )
    yield "  first steps:"
    for rung, first in sorted(strand.firsts.items(), key=lambda told: told[1].event.occurred_on):
        judged = ""
        if first.is_judged:
            other = first.otherwise.occurred_on.isoformat() if first.otherwise is not None else "none yet"
            judged = f" [the coder's judgement; else {other}]"
        yield f"    {rung} {event_line(first.event)}{judged}"
    grave = [event for event in strand.setbacks if event.rung is not None and event.rung.code in ("N3", "N4")]
    yield f"  setbacks: {len(strand.setbacks)}, of them {len(grave)} of coercion or force"


def _shifts(strand: Strand) -> Iterator[str]:
    history = strand.history
    if history.has_too_few:
        yield f"Shifts: too few events: {history.n:,}, needs {history.floor}. Dated by named acts:"
        for change in strand.changes:
            yield f"  {event_line(change.event)}"
        return
    yield f"Shifts [{SHIFTS}], by {strand.told.every}:"
    if not history.shifts:
        yield "  none"
    for shift, made in strand.shifts():
        durable = (
            "too early to say" if shift.durability is None else f"{shift.durability:.0%} of the year after"
        )
        yield (
            f"  {shift.start} {shift.way:4} score {shift.score:.1f} (volume alone {shift.volume_score:.1f}),"
            f" {rarity(shift)}, mix p {shift.mix:.2g}, holds {durable}; {made.n} events on {made.sites} sites"
        )
        yield (
            f"    before {_rate(shift.before)} a {strand.told.every}, after {_rate(shift.after)};"
            f" tone {shift.tone_before:+.1f} to {shift.tone_after:+.1f}"
        )
        for event in made.events:
            yield f"    {event_line(event)}"
    if strand.alerts:
        yield f"Alerts [{len(strand.alerts)}], the latest:"
    for alert in strand.alerts[-MOST_ALERTS:]:
        yield (
            f"  {alert.start} {alert.side} {alert.now:.0f} acts against {alert.usual:.1f} usual,"
            f" {alert.level:.1f} standard deviations; {alert.way}"
        )


def rarity(shift: Shift) -> str:
    """How unusual a shift's score is for its dyad, in words."""
    if shift.rarity is None:
        return "too little before it to compare"
    return f"as high in {shift.rarity:.0%} of the periods before{'' if shift.is_rare else ' [not rare]'}"


def _rate(channels: tuple[float, ...]) -> str:
    return f"{channels[1] + channels[2]:.1f} of cooperation and {sum(channels[3:]):.1f} of conflict"


def _partners(relation: Relation, strand: Strand) -> Iterator[str]:
    for actor in relation.pair:
        found = strand.partners.get(actor, ())
        if found:
            told = ", ".join(
                f"{p.actor} {p.n:,} ({p.cooperation:,}/{p.conflict:,})" for p in islice(found, 8)
            )
            yield f"Partners of {actor} in the year (cooperation/conflict): {told}"


def _counter(relation: Relation) -> Iterator[str]:
    against = relation.counter
    yield f"Counter-evidence, {len(against)} events that speak against «{relation.reading.way}»:"
    for counter in most_telling(against, MOST_COUNTER):
        yield f"  {_against(counter)}"
    if len(against) > MOST_COUNTER:
        yield f"  … and {len(against) - MOST_COUNTER} more; --json names them all"
    if not against:
        yield "  none on record"


def _against(counter: Counter) -> str:
    return f"{event_line(counter.event)} [{AGAINST[counter.because]}]"


def _of_code(event: Event) -> str:
    code = codebook().get(event.cameo)
    return f"{code.label if code is not None else event.plover_type} {site_of(event.source_url)}".strip()


def event_line(event: Event) -> str:
    """An event on one line of a terminal."""
    day = event.occurred_on.isoformat() if event.has_day else f"{event.occurred_on:%Y-%m}   "
    rung = event.rung.code if event.rung is not None else ""
    text = event.text or _of_code(event)
    short = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
    return f"{day} {event.dataset_event_id} {event.source_actor} > {event.target_actor} {event.cameo} {rung} {short}"
