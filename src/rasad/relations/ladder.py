"""The ladder of cooperation: the first dated step on each rung, and whether the order held.

Four domains (economic, political, security, defence) with three levels each; the rung of an
event is the analyst's coding and wins over the code's default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rasad.model.event import Event
from rasad.model.rung import DOMAINS
from rasad.relations.selection import span, when

METHOD = "ladder 1"


@dataclass(frozen=True)
class Order:
    """How far the order of the textbook held in one dyad.

    ``pairs`` are pairs of domains that both have a first step, at times that are known to differ;
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
    for event in sorted(events, key=when):
        if event.rung is not None and event.rung.is_step:
            found.setdefault(event.rung.code, event)
    return found


def textbook_order(events: Iterable[Event]) -> Order:
    """Compare the first steps per domain with the order economic, political, security, defence."""
    firsts: dict[str, Event] = {}
    for event in sorted(events, key=when):
        if event.rung is not None and event.rung.is_step:
            firsts.setdefault(event.rung.letter, event)
    return Order(*pairs_held({letter: span(event) for letter, event in firsts.items()}), firsts)


def pairs_held(firsts: Mapping[str, tuple[date, date]]) -> tuple[int, int]:
    """Of first steps by domain, each with the days it can have happened on: pairs in order, and pairs in all."""
    spans = [firsts[letter] for letter in DOMAINS if letter in firsts]
    apart = [(a, b) for a, b in combinations(spans, 2) if a[1] < b[0] or b[1] < a[0]]
    return sum(1 for a, b in apart if a[1] < b[0]), len(apart)
