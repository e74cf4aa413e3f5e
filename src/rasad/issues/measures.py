"""Measures: every number an issue prints, by name, computed from the events of the desk.

``[]{.measure name=events dyad=RUS-AFG rung=D}`` asks for one. Each measure is a function of
the events and the mark's arguments; what it gives back names its method and its events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasad.actors.actors import ActorTable
from rasad.errors import MeasureError, did_you_mean
from rasad.languages.calendars import read_day
from rasad.model.codebook import codebook
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.measured import Measured
from rasad.model.rung import Rung
from rasad.model.site import site_of
from rasad.relations import index, ladder, ladder_test, rates, reading
from rasad.relations.selection import (
    ANY,
    FILTERS,
    MONTH_LENGTH,
    Selection,
    bearing_on,
    last_of_month,
    select,
    span,
    when,
)

PRINTING = ("name", "unit", "is", "places")
"""Arguments of a mark that say how a value is printed or tested, not what is measured."""

RECORD = "record 1"
TIMELESS = tuple(name for name in FILTERS if name not in ("since", "until"))
"""Filters of a base rate, whose exposure is the whole record."""
DAYS_A_YEAR = 365.25
GRADES = frozenset("ABCDEF")
STEP_LETTERS = frozenset("EPSDHNR")
MONTHS_A_YEAR = 12
MOST_MONTHS = 120


@dataclass(frozen=True)
class Record:
    """What measures are taken from: the events up to ``as_of``, and the dyad of the issue."""

    events: tuple[Event, ...]
    as_of: date
    dyad: str
    actors: ActorTable

    @classmethod
    def of(cls, events: Sequence[Event], as_of: date, dyad: str, actors: ActorTable | None = None) -> Record:
        """Keep the events that had happened by ``as_of``; a month counts when it is over."""
        known = tuple(event for event in events if span(event)[1] <= as_of)
        return cls(known, as_of, dyad, actors or ActorTable.built_in())

    def knows(self, actor: str) -> bool:
        """Whether an actor is in the table and acts under its own name when the data end."""
        return actor in self.actors and self.actors.counts_as(actor, self.as_of) == actor


Arguments = Mapping[str, str]
Measure = Callable[[Record, Arguments], Measured]


@dataclass(frozen=True)
class _Entry:
    measure: Measure
    required: tuple[str, ...]
    optional: tuple[str, ...]
    says: str


_MEASURES: dict[str, _Entry] = {}


def measure_names() -> dict[str, str]:
    """Every measure with what it gives, for help texts."""
    return {name: entry.says for name, entry in _MEASURES.items()}


def measure(record: Record, arguments: Arguments) -> Measured:
    """Take the measure that a mark asks for; an unset dyad is the issue's.

    Raises:
        MeasureError: If the measure or an argument is unknown, or nothing can be measured.
    """
    name = arguments.get("name", "")
    entry = _MEASURES.get(name)
    if entry is None:
        raise MeasureError(f"'{name}' is not a measure", do=did_you_mean(name, _MEASURES))
    allowed = {*PRINTING, *entry.required, *entry.optional}
    for argument in arguments:
        if argument not in allowed:
            do = did_you_mean(argument, allowed)
            raise MeasureError(f"the measure '{name}' has no '{argument}='", do=do)
    given = {"dyad": record.dyad, **arguments} if "dyad" in allowed and record.dyad else dict(arguments)
    for argument in entry.required:
        if not given.get(argument):
            raise MeasureError(f"the measure '{name}' needs '{argument}='")
    _check_filters(record, given)
    try:
        return entry.measure(record, given)
    except ValueError as error:
        raise MeasureError(f"the measure '{name}': {error}") from error


def _check_filters(record: Record, given: Arguments) -> None:
    """Stop at a filter that names nothing known: it would count nothing and say nothing of why."""
    known: dict[str, Callable[[str], bool]] = {
        "rung": lambda text: text in STEP_LETTERS or _is_rung(text),
        "cameo": lambda text: text in codebook(),
        "channel": lambda text: text in {code.channel for code in codebook().values()},
        "grade": lambda text: text in GRADES,
        "source": record.knows,
        "target": record.knows,
        "place": record.knows,
    }
    for name, is_known in known.items():
        for text in given.get(name, "").split():
            if not is_known(text):
                raise MeasureError(f"the measure '{given['name']}': '{text}' is not a {name} that is known")
    for text in given.get("dyad", ANY).split():
        unknown = (
            [] if text == ANY else [actor for actor in re.split("[-–]", text) if not record.knows(actor)]
        )
        if unknown:
            raise MeasureError(
                f"the measure '{given['name']}': '{unknown[0]}' of {text} is not a known actor"
            )


def _is_rung(text: str) -> bool:
    try:
        Rung.parse(text)
    except ValueError:
        return False
    return True


def _register(
    name: str, says: str, *, required: Sequence[str] = (), optional: Sequence[str] = ()
) -> Callable[[Measure], Measure]:
    def register(function: Measure) -> Measure:
        _MEASURES[name] = _Entry(function, tuple(required), tuple(optional), says)
        return function

    return register


def _ids(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(event.dataset_event_id for event in events)


def _count(name: str, events: Sequence[Event], method: str, **baseline: float) -> Measured:
    return Measured(name, "count", len(events), method, _ids(events), baseline=baseline)


def _in_dyad(record: Record, arguments: Arguments) -> list[Event]:
    return select(record.events, Selection.of({"dyad": arguments["dyad"]}))


@_register("events", "how many events the filters let through", optional=FILTERS)
def _events(record: Record, arguments: Arguments) -> Measured:
    found = select(record.events, Selection.of(arguments))
    whole = select(record.events, Selection.of({"dyad": arguments.get("dyad", "any")}))
    among = "events_on_record" if arguments.get("dyad", ANY) == ANY else "events_in_dyad"
    return _count("events", found, "count 1", **{among: float(len(whole))})


@_register("bearing", "how many events bear on the dyad without being acts within it", required=("dyad",))
def _bearing(record: Record, arguments: Arguments) -> Measured:
    return _count("bearing", bearing_on(record.events, Dyad.parse(arguments["dyad"])), "count 1")


@_register("sources", "on how many sites the events were read", optional=FILTERS)
def _sources(record: Record, arguments: Arguments) -> Measured:
    found = select(record.events, Selection.of(arguments))
    sites = {site_of(event.source_url) for event in found if event.source_url}
    return Measured("sources", "count", len(sites), "count of hosts 1", _ids(found))


@_register("share", "the share of a dyad's events that the other filters let through", optional=FILTERS)
def _share(record: Record, arguments: Arguments) -> Measured:
    whole = select(record.events, Selection.of({"dyad": arguments.get("dyad", "any")}))
    part = select(whole, Selection.of(arguments))
    if not whole:
        raise ValueError("there are no events to take a share of")
    baseline = {"part": float(len(part)), "whole": float(len(whole))}
    return Measured("share", "share", len(part) / len(whole), "share 1", _ids(part), baseline=baseline)


@_register("first-step", "the date of the first step on a rung or in a domain", required=("dyad", "rung"))
def _first_step(record: Record, arguments: Arguments) -> Measured:
    return _dated("first-step", _step(record, arguments, arguments["rung"]))


@_register("first-event", "the date of the dyad's first event", required=("dyad",))
def _first_event(record: Record, arguments: Arguments) -> Measured:
    return _dated("first-event", min(_some(_in_dyad(record, arguments)), key=when), RECORD)


@_register("last-event", "the date of the dyad's last event with a known day", required=("dyad",))
def _last_event(record: Record, arguments: Arguments) -> Measured:
    known = [event for event in _in_dyad(record, arguments) if event.has_day]
    return _dated("last-event", _some(known)[-1], RECORD)


@_register("days-between", "days from the first step on one rung to that on another",
           required=("dyad", "from", "to"))  # fmt: skip
def _days_between(record: Record, arguments: Arguments) -> Measured:
    one, other = (_step(record, arguments, arguments[end]) for end in ("from", "to"))
    for event in (one, other):
        if not event.has_day:
            raise ValueError(f"the day of {event.dataset_event_id} is not known")
    days = (other.occurred_on - one.occurred_on).days
    if days < 0:
        raise ValueError(
            f"the step on '{arguments['to']}' came before that on '{arguments['from']}'; say it the other way round"
        )
    return Measured("days-between", "days", days, ladder.METHOD, _ids((one, other)))


@_register("ladder-pairs", "in how many pairs of domains the textbook order held", required=("dyad",))
def _ladder_pairs(record: Record, arguments: Arguments) -> Measured:
    order = ladder.textbook_order(_in_dyad(record, arguments))
    events = _ids(list(order.firsts.values()))
    baseline = {"pairs": float(order.pairs), "expected_by_chance": order.pairs / 2}
    return Measured("ladder-pairs", "count", order.held, ladder.METHOD, events, baseline=baseline)


@_register("ladder-pairs-total", "how many pairs of domains have a first step each", required=("dyad",))
def _ladder_pairs_total(record: Record, arguments: Arguments) -> Measured:
    order = ladder.textbook_order(_in_dyad(record, arguments))
    events = _ids(list(order.firsts.values()))
    return Measured("ladder-pairs-total", "count", order.pairs, ladder.METHOD, events)


@_register("ladder-test", "in how many pairs of domains the textbook order held, over all dyads on record")
def _ladder_test(record: Record, arguments: Arguments) -> Measured:  # noqa: ARG001
    test, events = _tested(record)
    baseline = {"pairs": float(test.pairs), "expected_by_chance": test.expected}
    return Measured("ladder-test", "count", test.held, ladder_test.METHOD, events, baseline=baseline)


@_register("ladder-test-total", "how many pairs of domains could be compared, over all dyads on record")
def _ladder_test_total(record: Record, arguments: Arguments) -> Measured:  # noqa: ARG001
    test, events = _tested(record)
    return Measured("ladder-test-total", "count", test.pairs, ladder_test.METHOD, events)


@_register("ladder-test-chance", "in how many pairs the order would hold if the dates were shuffled")
def _ladder_test_chance(record: Record, arguments: Arguments) -> Measured:  # noqa: ARG001
    test, events = _tested(record)
    return Measured(
        "ladder-test-chance", "number", test.expected, ladder_test.METHOD, events,
        low=test.low, high=test.high, level=ladder_test.LEVEL,
    )  # fmt: skip


def _tested(record: Record) -> tuple[ladder_test.LadderTest, tuple[str, ...]]:
    test = ladder_test.ladder_test(record.events)
    if test is None:
        raise ValueError("no dyad has first steps in two domains")
    return test, _ids(
        sorted((e for steps in ladder_test.by_dyad(record.events).values() for e in steps), key=when)
    )


@_register("counter", "how many events speak against a reading: reading=warmer or colder",
           required=("dyad", "reading"))  # fmt: skip
def _counter(record: Record, arguments: Arguments) -> Measured:
    way = arguments["reading"]
    if way not in ("warmer", "colder"):
        raise ValueError(f"'{way[:20]}' is not a reading; write warmer or colder")
    found = reading.counter_evidence(
        record.events, Dyad.parse(arguments["dyad"]), "warmer" if way == "warmer" else "colder"
    )
    return _count("counter", [counter.event for counter in found], reading.METHOD)


@_register("shift-floor", "how many events the detector of shifts needs, beside those that the dyad has",
           required=("dyad",))  # fmt: skip
def _shift_floor(record: Record, arguments: Arguments) -> Measured:
    from rasad.shifts.history import FLOOR_BY_HAND, METHOD  # noqa: PLC0415  (numerics load slowly)

    events = _in_dyad(record, arguments)
    baseline = {"events_in_dyad": float(len(events))}
    return Measured("shift-floor", "count", FLOOR_BY_HAND, METHOD, _ids(events), baseline=baseline)


@_register("index", "the index of cooperation and conflict at the end of a month",
           required=("dyad", "at"), optional=("bound",))  # fmt: skip
def _index(record: Record, arguments: Arguments) -> Measured:
    month = _month(arguments["at"], record)
    events = _in_dyad(record, arguments)
    found, whole = index.index_at(events, month), index.index_of(events, record.as_of)
    if not found.events:
        raise ValueError(f"no event of {arguments['dyad']} counts in the year to {arguments['at']}")
    bound = arguments.get("bound", "")
    if bound not in ("", "low", "high"):
        raise ValueError(f"'{bound}' is not a bound; write low or high")
    value = {"": found.value, "low": found.low, "high": found.high}[bound]
    return Measured(
        "index", "index", value, index.METHOD, _ids(found.events),
        low=found.low, high=found.high, level=index.LEVEL,
        baseline={"whole_record": whole.value, "n_events": float(len(found.events))},
    )  # fmt: skip


@_register("index-change", "how far the index at one month is from that at another",
           required=("dyad", "from", "to"))  # fmt: skip
def _index_change(record: Record, arguments: Arguments) -> Measured:
    before, after = (_month(arguments[end], record) for end in ("from", "to"))
    change = index.index_change(_in_dyad(record, arguments), before, after)
    return Measured(
        "index-change", "index", change.value, index.METHOD, _ids(change.events),
        low=change.low, high=change.high, level=index.LEVEL,
    )  # fmt: skip


@_register("base-rate", "the chance of at least one such event in the months to come, from the count alone",
           required=("months",), optional=TIMELESS)  # fmt: skip
def _base_rate(record: Record, arguments: Arguments) -> Measured:
    found = select(record.events, Selection.of(arguments))
    start = min(span(event)[0] for event in _some(list(record.events)))
    years = ((record.as_of - start).days + 1) / DAYS_A_YEAR
    months = int(arguments["months"])
    if not 0 < months <= MOST_MONTHS:
        raise ValueError(f"months={arguments['months'][:20]} is not between 1 and {MOST_MONTHS}")
    rate = rates.base_rate(len(found), years, months / MONTHS_A_YEAR)
    return Measured(
        "base-rate", "share", rate.value, rates.METHOD, _ids(found),
        low=rate.low, high=rate.high, level=rates.LEVEL,
        baseline={"n_events": float(len(found)), "years": round(years, 2), "months": float(months)},
    )  # fmt: skip


@_register("stated", "a number that an event's own sentence states, by the word after it",
           required=("event", "before"))  # fmt: skip
def _stated(record: Record, arguments: Arguments) -> Measured:
    event = _event(record, arguments["event"])
    number = _number_before(event, arguments["before"])
    kind, value = ("share", number / 100) if arguments["before"] == "per cent" else ("number", number)
    return Measured("stated", kind, value, "stated in the source 1", _ids([event]))


@_register("ratio", "one stated number over another: the first event's by the second's",
           required=("of", "before"))  # fmt: skip
def _ratio(record: Record, arguments: Arguments) -> Measured:
    names = arguments["of"].split()
    if len(names) != 2:
        raise ValueError('of= names two events, as in of="C215 C079"')
    events = [_event(record, name) for name in names]
    one, other = (_number_before(event, arguments["before"]) for event in events)
    if other == 0:
        raise ValueError(f"{names[1]} states 0, which nothing is a ratio to")
    return Measured("ratio", "number", one / other, "stated in the source 1", _ids(events))


def _dated(name: str, event: Event, method: str = ladder.METHOD) -> Measured:
    return Measured(name, "date", event.occurred_on, method, _ids([event]), precision=event.date_precision)


def _step(record: Record, arguments: Arguments, rung: str) -> Event:
    within = select(record.events, Selection.of({"dyad": arguments["dyad"], "rung": rung}))
    steps = ladder.first_steps(within)
    if not steps:
        raise ValueError(f"{arguments['dyad']} has no step on the rung '{rung}'")
    return min(steps.values(), key=when)


def _some(events: list[Event]) -> list[Event]:
    if not events:
        raise ValueError("there are no events to measure")
    return events


def _event(record: Record, name: str) -> Event:
    for event in record.events:
        if event.dataset_event_id == name:
            return event
    raise ValueError(f"there is no event '{name}' up to {record.as_of}")


def _number_before(event: Event, word: str) -> float:
    found = re.findall(rf"(?<![\w.,–-])(\d[\d,]*(?:\.\d+)?)\s+{re.escape(word)}\b", event.text)
    if len(found) != 1:
        how = "no number" if not found else f"{len(found)} numbers"
        raise ValueError(f"{event.dataset_event_id} states {how} before '{word}'")
    return float(found[0].replace(",", ""))


def _month(text: str, record: Record) -> date:
    if len(text) != MONTH_LENGTH:
        raise ValueError(f"'{text}' is not a month; write it as 2026-05")
    month = read_day(f"{text}-01")
    if last_of_month(month) > record.as_of:
        raise ValueError(f"{text} is after the data, which end on {record.as_of}")
    return month
