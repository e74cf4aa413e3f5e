"""A week of the desk: what its dyads and actors did against their norms, and the events that mattered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rasad.errors import DeskError, MeasureError
from rasad.flow.acts import data_gaps, usual_flags
from rasad.flow.week_rows import (
    MEASURES,
    ONE_DAY,
    WEEK,
    YEAR,
    Told,
    Watched,
    WeekRows,
)
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.flag import mask
from rasad.model.format import EVENTS
from rasad.model.site import site_of
from rasad.relations.acts import Bools, Floats, acts_of
from rasad.relations.leaving_out import NONE, leave_out
from rasad.relations.norm import Norm, norms
from rasad.relations.ranking import Ranked, Readers, Record, code_of, in_order, rank
from rasad.relations.series import series
from rasad.settings import SETTINGS, Desk
from rasad.store.store import CHRONOLOGY, Store

Span = tuple[date, date]
ANY = Dyad("A", "B")
"""Which weeks are known is the same for every dyad of a dataset."""


@dataclass(frozen=True)
class Line:
    """A dyad, or an actor with all others, in one dataset's week.

    Attributes:
        who: The dyad or the actor.
        counts: Acts of the week, by ``all``, ``cooperation`` and ``conflict``; None where the week lies in a gap.
        sites: On how many sites they were read.
        norms: For each of the three the norms of 4 and of 52 weeks.
    """

    who: str
    counts: Mapping[str, int | None]
    sites: int
    norms: Mapping[str, tuple[Norm, ...]]


@dataclass(frozen=True)
class DatasetWeek:
    """One dataset's week.

    Attributes:
        dataset: Its name.
        reach: Its first and its last day.
        days: How many days of the week it reaches.
        is_known: Whether the week lies in no gap.
        gaps: The stretches of the week that it does not hold.
        weeks_known: How many of the 52 weeks before are known.
        by_hand: Whether it is the chronology, whose counts measure the coder's attention too.
        left_out: How many events each flag took from the week, of those that the desk watches.
        lines: The desk's dyads, then its actors.
    """

    dataset: str
    reach: Span
    days: int
    is_known: bool
    gaps: tuple[Span, ...]
    weeks_known: int
    by_hand: bool
    left_out: Mapping[str, int]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Week:
    """An ISO week of the desk.

    Attributes:
        monday: Its first day.
        datasets: Those that reach it.
        elsewhere: The reach of those that do not.
        ranked: The events of the week, those that mattered most first.
    """

    monday: date
    datasets: tuple[DatasetWeek, ...]
    elsewhere: Mapping[str, Span]
    ranked: tuple[Ranked, ...]

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - ONE_DAY


def week(desk: Desk, on: date | None = None, datasets: Sequence[str] = ()) -> Week:
    """The ISO week that a day lies in, against the weeks before it.

    Args:
        desk: A desk with a store.
        on: A day of the week; the last day of which any of the datasets has an event where none is given.
        datasets: Which datasets; all of the store where none is named.

    Raises:
        DeskError: If the desk watches nobody.
        StoreError: If there is no store, or a part of it is missing.
        MeasureError: If a dataset is not in the store, or none of them reaches the week.
    """
    watched = Watched(
        tuple(dict.fromkeys(map(Dyad.parse, desk.settings.dyads))), tuple(dict.fromkeys(desk.settings.actors))
    )
    if not watched.dyads and not watched.actors:
        raise DeskError(
            "the desk watches no dyads and no actors", at=desk.root / SETTINGS,
            do='Add dyads = ["RUS-AFG"], actors = ["RUS"], or both, under [desk].',
        )  # fmt: skip
    store = Store(desk.store)
    known = _known(store, datasets)
    with store.reading() as connection:
        return _week(desk, WeekRows(store, connection, watched), known, on)


def _known(store: Store, named: Sequence[str]) -> list[str]:
    """The datasets named, else all that hold events."""
    manifest = store.manifest()
    known = [name for name in manifest.datasets() if manifest.of(EVENTS, name)]
    for name in named:
        if name not in known:
            raise MeasureError(
                f"there is no dataset '{name}' in the store", do=f"Loaded: {', '.join(known)}."
            )
    return list(dict.fromkeys(named or known))


def _week(desk: Desk, rows: WeekRows, datasets: Sequence[str], on: date | None) -> Week:
    reaches = {name: rows.reach(name) for name in datasets}
    spans = {name: reach for name, reach in reaches.items() if reach is not None}
    if not spans:
        raise MeasureError("the store has no event whose day is known", do="Load some with 'rasad load'.")
    day = max(last for _, last in spans.values()) if on is None else on
    monday = day - timedelta(days=day.weekday())
    reaching = {name: span for name, span in spans.items() if _touches(span, monday)}
    if not reaching:
        told = "; ".join(f"{name} {first} to {last}" for name, (first, last) in spans.items())
        raise MeasureError(f"no dataset reaches the week of {day}", do=f"There are: {told}.")
    found = [_dataset_week(desk, rows, name, span, monday) for name, span in reaching.items()]
    return Week(
        monday,
        tuple(of_dataset for of_dataset, _ in found),
        {name: span for name, span in spans.items() if name not in reaching},
        tuple(in_order(one for _, ranked in found for one in ranked)),
    )


def _touches(span: Span, monday: date) -> bool:
    return span[0] - monday < WEEK and span[1] >= monday


def _dataset_week(
    desk: Desk, rows: WeekRows, dataset: str, reach: Span, monday: date
) -> tuple[DatasetWeek, list[Ranked]]:
    """A dataset's week, and its events in order."""
    flags = usual_flags(desk, dataset)
    gaps = _gaps(desk, dataset, reach, monday)
    # Which weeks are known is told by a series without acts.
    known = series(acts_of([]), ANY, "week", first=monday - YEAR, last=monday, gaps=gaps).known
    told = rows.events(dataset, monday)
    kept, left_out = leave_out([one.event for one in told], " ".join(flags) or NONE)
    sums = rows.sums(dataset, monday, kept=bool(flags))
    days = (min(reach[1], monday + WEEK - ONE_DAY) - monday).days + 1
    lines = [_line(str(dyad), sums.dyad(dyad), known, days, kept) for dyad in rows.watched.dyads]
    lines += [_line(actor, sums.actor(actor), known, days, kept) for actor in rows.watched.actors]
    between = {event.dyad for event in kept if event.dyad is not None}
    record = Record(reach[0], int(known[:-1].sum()), rows.past(dataset, monday, between, mask(flags)))
    within = DatasetWeek(
        dataset=dataset,
        reach=reach,
        days=days,
        is_known=bool(known[-1]),
        gaps=tuple((max(a, monday), b) for a, b in gaps if b >= monday),
        weeks_known=record.weeks,
        by_hand=dataset == CHRONOLOGY,
        left_out={name: count for name, count in left_out.items() if count},
        lines=tuple(lines),
    )
    return within, rank(kept, record, rows.watched.dyads, _readers(told))


def _gaps(desk: Desk, dataset: str, reach: Span, monday: date) -> list[Span]:
    """The gaps up to the week's last day that the dataset reaches; before its first day is one too."""
    end = min(reach[1], monday + WEEK - ONE_DAY)
    gaps = [(first, min(last, end)) for first, last in data_gaps(desk, dataset) if first <= end]
    before = [(monday - YEAR, reach[0] - ONE_DAY)] if reach[0] > monday - YEAR else []
    return [*before, *gaps]


def _line(who: str, sums: Floats, known: Bools, days: int, kept: Iterable[Event]) -> Line:
    """A dyad or an actor with its norms; ``sums`` and ``known`` hold 52 weeks and the week itself."""
    counts = {
        name: int(row[-1]) if known[-1] else None for name, row in zip(MEASURES, sums.tolist(), strict=True)
    }
    theirs = {site_of(event.source_url) for event in kept if _is_of(event, who)} - {""}
    found = {
        name: norms(np.asarray(row[:-1]), known[:-1], counts[name], share=days / WEEK.days)
        for name, row in zip(MEASURES, sums, strict=True)
    }
    return Line(who, counts, len(theirs), found)


def _is_of(event: Event, who: str) -> bool:
    return event.dyad is not None and (str(event.dyad) == who or who in event.dyad)


def _readers(told: Iterable[Told]) -> dict[str, Readers]:
    """How widely each act was read: its own row's figures, and the sites of all rows that tell the same act.

    A row left out as a repeat is no second act, but it is a second telling.
    """
    rows = list(told)
    sites: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in rows:
        sites[_act(one.event)].add(site_of(one.event.source_url))
    return {
        one.event.event_id: Readers(
            max(one.readers.sites, len(sites[_act(one.event)] - {""})), one.readers.mentions
        )
        for one in rows
    }


def _act(event: Event) -> tuple[object, ...]:
    return event.occurred_on, event.source_actor, event.target_actor, code_of(event)
