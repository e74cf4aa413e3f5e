"""The dossier of a relation: what every dataset tells of two actors, the reading, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasad.actors.actors import ActorTable
from rasad.errors import MeasureError
from rasad.flow.acts import data_gaps, reach, usual_flags
from rasad.flow.strand import Strand, strand
from rasad.issues.manuscript import ORIGINAL
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.flag import left_out
from rasad.relations.ladder_test import LadderTest, ladder_test
from rasad.relations.reading import Counter, Reading, Way, counter_evidence, reading
from rasad.relations.selection import bearing_on, span
from rasad.settings import Desk
from rasad.store.store import CHRONOLOGY, Partner, Store
from rasad.translation.event_texts import EventTexts

if TYPE_CHECKING:
    from rasad.relations.frames import Names

A_YEAR = timedelta(days=364)
MOST_PARTNERS = 8
FRAME = "frame"
ENOUGH = 10
"""Events of the chronology from which on it is what a dyad is read by."""


@dataclass(frozen=True, eq=False)
class Relation:
    """A dyad as of a day.

    Attributes:
        dyad: The two actors.
        pair: The same in the order in which they were asked for.
        as_of: The last day that counts.
        strands: What each dataset tells, the chronology first.
        reading: Which way the relation goes, and by which rule.
        counter: The events that speak against the reading, oldest first.
        bearing: Events that bear on the dyad without being acts within it; counted nowhere.
        test: The ladder test over all dyads of the chronology; None where it has no steps.
        actors: The actor table, for names.
        event_texts: Gives the sentences of events in a language, where a desk has them.
    """

    dyad: Dyad
    pair: tuple[str, str]
    as_of: date
    strands: tuple[Strand, ...]
    reading: Reading
    counter: tuple[Counter, ...]
    bearing: tuple[Event, ...]
    test: LadderTest | None
    actors: ActorTable
    event_texts: Callable[[str], Callable[[Event], tuple[str, bool]]] | None = None

    def text_of(self, event: Event, lang: str) -> tuple[str, bool]:
        """The sentence of an event, and whether it is in the language."""
        if self.event_texts is None:
            return event.text, lang == ORIGINAL
        return self.event_texts(lang)(event)

    def names(self, lang: str = "en") -> tuple[str, str]:
        """The two actors by their names of the day."""
        one, other = (
            self.actors.acting_name(actor, lang, self.as_of) if actor in self.actors else actor
            for actor in self.pair
        )
        return one, other

    def lines(self) -> list[str]:
        """The dossier as text for a terminal."""
        from rasad.flow.relation_text import lines  # noqa: PLC0415

        return lines(self)

    def told(self) -> dict[str, Any]:
        """The dossier as JSON tells it."""
        from rasad.flow.relation_json import told  # noqa: PLC0415

        return told(self)

    def html(self, lang: str = "en") -> str:
        """The dossier as one page that needs nothing else."""
        from rasad.flow.relation_page import page  # noqa: PLC0415

        return page(self, lang)

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415

        return f'<pre style="line-height:1.4">{escape(chr(10).join(self.lines()))}</pre>'

    def __repr__(self) -> str:
        return "\n".join(self.lines())


def relation(
    desk: Desk,
    one: str,
    other: str,
    *,
    as_of: date,
    datasets: Sequence[str] = (),
    given: Way | None = None,
) -> Relation:
    """The dossier of two actors from a desk's store.

    Args:
        desk: The desk.
        one: An actor's id.
        other: The other's.
        as_of: The last day that counts.
        datasets: Which datasets; all that hold events of the dyad where none is named.
        given: The reading, where the analyst sets it.

    Raises:
        MeasureError: If both actors are the same or unknown, a dataset is not there, or there are no events.
        StoreError: If there is no store, or a part of it is missing.
    """
    one, other = (name if name in desk.actors else name.upper() for name in (one, other))
    dyad = _dyad(one, other, desk.actors)
    known = Store(desk.store).manifest().datasets()
    found = strands_of(desk, dyad, as_of, datasets)
    chronology = _chronology(desk, as_of) if CHRONOLOGY in known else []
    if not found:
        what = f"there are no events between {one} and {other} up to {as_of}"
        nearest = _span_of(desk, known)
        raise MeasureError(what, do=f"The store holds {nearest}." if nearest else "Run 'rasad load' first.")
    whole = _whole(
        dyad, (one, other), as_of, strands=found, chronology=chronology, given=given, actors=desk.actors
    )
    return replace(whole, event_texts=partial(_texts, desk))


def _texts(desk: Desk, lang: str) -> Callable[[Event], tuple[str, bool]]:
    return _catalogue(desk.event_texts(lang), lang).text_of


@cache
def _catalogue(path: Path, lang: str) -> EventTexts:
    return EventTexts(path, lang)


def strands_of(desk: Desk, dyad: Dyad, as_of: date, datasets: Sequence[str] = ()) -> list[Strand]:
    """What each dataset that holds events of a dyad tells of it, the chronology first.

    Raises:
        MeasureError: If an actor is unknown or a dataset is not there.
        StoreError: If there is no store, or a part of it is missing.
    """
    _dyad(dyad.first, dyad.second, desk.actors)
    store = Store(desk.store)
    known = store.manifest().datasets()
    for name in datasets:
        if name not in known:
            raise MeasureError(
                f"there is no dataset '{name}' in the store", do=f"Loaded: {', '.join(known)}."
            )
    found = []
    for name in sorted(datasets or known, key=lambda name: name != CHRONOLOGY):
        events = [e for e in store.events(name, dyad=dyad, until=as_of) if span(e)[1] <= as_of]
        if events:
            found.append(_strand(desk, name, events, dyad, as_of))
    return found


def _chronology(desk: Desk, as_of: date) -> list[Event]:
    return [event for event in Store(desk.store).events() if span(event)[1] <= as_of]


def relation_of_frame(
    frame: Any,  # noqa: ANN401  (any library's frame)
    one: str,
    other: str,
    *,
    names: Names | None = None,
    as_of: date | None = None,
    flags: Sequence[str] = left_out("cameo"),
    gaps: Sequence[tuple[date, date]] = (),
    given: Way | None = None,
    actors: ActorTable | None = None,
) -> Relation:
    """The dossier of two actors from a frame of events, without a desk.

    Args:
        frame: A row an event; see :func:`rasad.relations.frames.events_of_frame` for its columns.
        one: An actor as the frame names it: an id of the table, or any code of capitals and digits.
        other: The other.
        names: Where columns bear other names.
        as_of: The last day that counts; the frame's last where it is not given.
        flags: Flags whose events are not counted.
        gaps: Stretches of days that the frame does not hold.
        given: The reading, where the analyst sets it.
        actors: Names of actors; those built in where none are given.

    Raises:
        TypeError, ValueError: If the frame can't be read.
        MeasureError: If both actors are the same, or there are no events between them.
    """
    from rasad.relations.frames import events_of_frame  # noqa: PLC0415

    dyad = _dyad(one, other, None)
    told = events_of_frame(frame, dyad, names)
    day = as_of or told.last
    if not any(event.occurred_on <= day for event in told.events):
        what = f"there are no events between {one} and {other} up to {day}"
        raise MeasureError(what, do=f"The frame goes from {told.first} to {told.last}.")
    found = strand(
        told.events,
        dyad,
        FRAME,
        as_of=day,
        by_hand=False,
        left_out=flags,
        gaps=gaps,
        reach=(told.first, told.last),
    )
    return _whole(
        dyad,
        (one, other),
        day,
        strands=[found],
        chronology=(),
        given=given,
        actors=actors or ActorTable.built_in(),
    )


def _whole(
    dyad: Dyad,
    pair: tuple[str, str],
    as_of: date,
    *,
    strands: Sequence[Strand],
    chronology: Sequence[Event],
    given: Way | None,
    actors: ActorTable,
) -> Relation:
    evidence, by_hand = _evidence(dyad, strands, chronology)
    read = reading(evidence, dyad, min(as_of, max(one.until for one in strands)), given, by_hand=by_hand)
    return Relation(
        dyad=dyad,
        pair=pair,
        as_of=as_of,
        strands=tuple(strands),
        reading=read,
        counter=tuple(counter_evidence(evidence, dyad, read.way)),
        bearing=tuple(bearing_on(chronology, dyad)),
        test=ladder_test(chronology) if chronology else None,
        actors=actors,
    )


def _evidence(dyad: Dyad, strands: Sequence[Strand], chronology: Sequence[Event]) -> tuple[list[Event], bool]:
    """What a reading rests on: the chronology where it holds enough of the dyad, else the fullest dataset.

    The flag says whether people keep it.
    """
    own = [event for event in chronology if event.dyad == dyad]
    if len(own) >= ENOUGH:
        return list(chronology), True
    fullest = max(strands, key=lambda one: len(one.events))
    return [*fullest.events, *bearing_on(chronology, dyad)], fullest.by_hand


def _strand(desk: Desk, name: str, events: Sequence[Event], dyad: Dyad, as_of: date) -> Strand:
    store = Store(desk.store)
    snapshot = store.current(name)
    coding = snapshot.coding if snapshot is not None else ""
    partners: Mapping[str, list[Partner]] = {
        actor: store.partners(name, actor, since=as_of - A_YEAR, until=as_of)[:MOST_PARTNERS]
        for actor in (dyad.first, dyad.second)
    }
    return strand(
        events,
        dyad,
        name,
        as_of=as_of,
        by_hand=name == CHRONOLOGY or "repeated" not in left_out(coding),
        left_out=usual_flags(desk, name),
        gaps=data_gaps(desk, name),
        reach=reach(desk, name),
        partners={actor: tuple(found) for actor, found in partners.items()},
    )


def _dyad(one: str, other: str, actors: ActorTable | None) -> Dyad:
    for actor in (one, other):
        if actors is not None and actor not in actors:
            raise MeasureError(f"'{actor}' is not a known actor", do=actors.suggest(actor))
    try:
        return Dyad.of(one, other)
    except ValueError as error:
        raise MeasureError(str(error), do="Name two different actors.") from error


def _span_of(desk: Desk, datasets: Sequence[str]) -> str:
    spans = [(name, reach(desk, name)) for name in datasets]
    return "; ".join(f"{name} from {days[0]} to {days[1]}" for name, days in spans if days is not None)
