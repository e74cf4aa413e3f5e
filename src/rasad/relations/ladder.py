"""The ladder of cooperation: the first dated step on each rung, and whether the order held.

Four domains (economic, political, security, defence) with three levels each; the rung of an
event is the analyst's coding and wins over the code's default.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rasad.model.event import Event
from rasad.model.rung import DOMAINS
from rasad.relations.selection import span

METHOD = "ladder 1"


@dataclass(frozen=True)
class Order:
    """How far the order of the textbook held in one dyad.

    ``pairs`` are pairs of domains that both have a first step, at different times;
    ``held`` those of them in which the textbook's earlier domain came first.
    """

    held: int
    pairs: int
    firsts: dict[str, Event]


def first_steps(events: Iterable[Event]) -> dict[str, Event]:
    """The first event on each rung, by rung code; rungs without an event are left out.

    An event known only to the month counts from the last day of it: it can't be shown to
    have come before another of that month.
    """
    found: dict[str, Event] = {}
    for event in sorted(events, key=_when):
        if event.rung is not None and event.rung.is_step:
            found.setdefault(event.rung.code, event)
    return found


def textbook_order(events: Iterable[Event]) -> Order:
    """Compare the first steps per domain with the order economic, political, security, defence."""
    firsts: dict[str, Event] = {}
    for event in sorted(events, key=_when):
        if event.rung is not None and event.rung.is_step:
            firsts.setdefault(event.rung.letter, event)
    dated = [(span(firsts[letter])[1]) for letter in DOMAINS if letter in firsts]
    pairs = [(one, other) for one, other in combinations(dated, 2) if one != other]
    return Order(sum(1 for one, other in pairs if one < other), len(pairs), firsts)


def _when(event: Event) -> tuple[date, str]:
    return span(event)[1], event.dataset_event_id
