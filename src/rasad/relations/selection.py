"""Which events a measure speaks of, said in the words of the manuscript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rasad.languages.calendars import read_day
from rasad.model.dyad import Dyad
from rasad.model.event import Event

ANY = "any"
FILTERS = (
    "dyad", "source", "target", "rung", "cameo", "channel", "grade", "place", "since", "until",
)  # fmt: skip
MONTH_LENGTH = len("2026-05")


@dataclass(frozen=True)
class Selection:
    """A filter on events; an empty field lets all pass.

    ``rungs`` match whole (``D2``) or by letter (``D``), ``cameo`` by prefix, ``grades`` by the
    letter of the source. An event known only to the month is within ``since`` and ``until``
    when its whole month is.
    """

    dyad: Dyad | None = None
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    rungs: tuple[str, ...] = ()
    cameo: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Selection:
        """Read a selection from the arguments of a mark.

        Raises:
            ValueError: If a dyad or date can't be read.
        """

        def words(name: str) -> tuple[str, ...]:
            return tuple(arguments.get(name, "").split())

        dyad = arguments.get("dyad", ANY)
        return cls(
            dyad=None if dyad == ANY else Dyad.parse(dyad),
            sources=words("source"),
            targets=words("target"),
            rungs=words("rung"),
            cameo=words("cameo"),
            channels=words("channel"),
            grades=words("grade"),
            places=words("place"),
            since=_first_day(arguments["since"]) if "since" in arguments else None,
            until=_last_day(arguments["until"]) if "until" in arguments else None,
        )

    def holds(self, event: Event) -> bool:
        """Whether the event is among those meant."""
        rung = str(event.rung) if event.rung is not None else ""
        return (
            (self.dyad is None or event.dyad == self.dyad)
            and (not self.sources or event.source_actor in self.sources)
            and (not self.targets or event.target_actor in self.targets)
            and (not self.rungs or rung in self.rungs or rung[:1] in self.rungs)
            and (not self.cameo or event.cameo.startswith(self.cameo))
            and (not self.channels or event.channel in self.channels)
            and (not self.grades or event.source_grade[:1] in self.grades)
            and (not self.places or event.place_country in self.places)
            and self._in_time(event)
        )

    def _in_time(self, event: Event) -> bool:
        first, last = span(event)
        return (self.since is None or first >= self.since) and (self.until is None or last <= self.until)


def select(events: Iterable[Event], selection: Selection) -> list[Event]:
    """The events a selection means, in their order."""
    return [event for event in events if selection.holds(event)]


def bearing_on(events: Iterable[Event], dyad: Dyad) -> list[Event]:
    """The events that bear on a dyad without being acts within it."""
    return [event for event in events if dyad in event.bears_on]


def span(event: Event) -> tuple[date, date]:
    """First and last day an event can have happened on."""
    if event.has_day:
        return event.occurred_on, event.occurred_on
    first = event.occurred_on.replace(day=1)
    return first, last_of_month(first)


def when(event: Event) -> tuple[date, str]:
    """A key that orders events by the day they had happened by, then by id."""
    return span(event)[1], event.dataset_event_id


def last_of_month(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _first_day(text: str) -> date:
    return read_day(f"{text}-01" if len(text) == MONTH_LENGTH else text)


def _last_day(text: str) -> date:
    return last_of_month(_first_day(text)) if len(text) == MONTH_LENGTH else read_day(text)
