"""Rules that need a desk: its record, against which figures are held, and the names that its house gives actors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from rasad.actors.actors import ActorTable
from rasad.actors.matcher import Matcher
from rasad.check.finding import Finding, Fix
from rasad.check.house_names import other_names
from rasad.check.passage import Passage, Reading
from rasad.check.references import is_reference
from rasad.check.store_figures import figures
from rasad.model.event import Event
from rasad.relations.selection import span

IDS: Final = {"house-name": "names", "figure-store": "figures", "figure-stale": "figures"}

_QUOTES: Final = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
Within = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class DeskFacts:
    """What rules need of a desk; its events are read when a text first says something of them."""

    actors: ActorTable
    load: Callable[[], tuple[Event, ...]]

    @classmethod
    def of(cls, actors: ActorTable, events: tuple[Event, ...]) -> DeskFacts:
        """Facts of events that have been read already."""
        return cls(actors, lambda: events)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events of the desk's chronology."""
        return self.load()

    @cached_property
    def days(self) -> tuple[tuple[str, date, date], ...]:
        """Each event with the first and last day that it can be of."""
        return tuple((event.dataset_event_id, *span(event)) for event in self.events)

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the desk's actors in a text."""
        return Matcher(self.actors)


def desk_findings(reading: Reading, facts: DeskFacts, *, within: Within | None = None) -> list[Finding]:
    """What a desk finds in a document.

    Args:
        reading: The document.
        facts: The desk.
        within: Of a manuscript the stretches, by block, in which figures are typed; all else was measured.
    """
    found = [*house_names(reading, facts.actors)]
    if within is not None:
        reading = replace(reading, passages=tuple(p for p in reading.passages if p.number in within))
    for one in figures(reading, facts.actors, lambda: facts.events, lambda: facts.matcher):
        typed = within is None or any(start <= one.start < end for start, end in within.get(one.block, ()))
        found += [one] if typed else []
    return found


def house_names(reading: Reading, actors: ActorTable) -> Iterator[Finding]:
    """An actor under a name that is not the house's, outside of quotations and sources; each name is one finding."""
    langs = {passage.lang for passage in reading.passages}
    for lang in sorted(langs):
        for actor_id in actors.housed(lang):
            house = actors.name(actor_id, lang)
            others = other_names(actors, actor_id, lang, house)
            if others is None:
                continue
            places: dict[str, list[tuple[Passage, int, int]]] = {}
            for passage in reading.passages:
                if passage.lang == lang and passage.kind != "code" and not is_reference(passage):
                    for start, end in _named(passage, house, others):
                        places.setdefault(passage.text[start:end].casefold(), []).append(
                            (passage, start, end)
                        )
            for found in places.values():
                yield _house_finding(found, actor_id, house)


def _named(passage: Passage, house: str, others: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    skipped = [match.span() for match in _QUOTES.finditer(passage.text)]
    skipped += [match.span() for match in re.finditer(re.escape(house), passage.text)]
    for match in others.finditer(passage.text):
        if not any(start <= match.start() < end for start, end in skipped):
            yield match.span()


def _house_finding(places: Sequence[tuple[Passage, int, int]], actor_id: str, house: str) -> Finding:
    passage, start, end = places[0]
    words = passage.text[start:end]
    times = "" if len(places) == 1 else f" ({len(places)} times)"
    return Finding(
        "house-name", "error", passage.number, start, end, words,
        f"'{words}'{times} is not the house name of {actor_id}. Write '{house}'.",
        Fix(house, (house,) * (len(places) - 1)),
        tuple((other.number, one, last) for other, one, last in places[1:]),
    )  # fmt: skip
