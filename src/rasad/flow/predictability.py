"""How predictable the conflict of an actor is, from a desk's store, and among actors of like volume."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rasad.errors import MeasureError
from rasad.flow.acts import acts_of_store, data_gaps, reach, usual_flags
from rasad.relations.predictability import (
    METHOD,
    Predictability,
    Rank,
    actor_panel,
    actor_series,
    among_like,
    number_of,
    predictability,
)
from rasad.relations.series import Every, Gap, Series
from rasad.settings import Desk
from rasad.store.store import Store

ONE_DAY = timedelta(days=1)
ONE_PERIOD = timedelta(days=31)
"""No period is longer."""


@dataclass(frozen=True)
class ActorPredictability:
    """What a dataset tells of an actor's predictability.

    Attributes:
        actor: The actor.
        dataset: The dataset.
        first: First day of the dataset's events.
        last: The last.
        found: The predictability.
        rank: Its rank among actors of like volume; none below the floors.
        gaps: Periods of which nothing is known.
        left_out: Events not counted because of their flags.
        method: Name and version of the method.
    """

    actor: str
    dataset: str
    first: date
    last: date
    found: Predictability
    rank: Rank
    gaps: int
    left_out: int
    method: str = METHOD


def actor_predictability(
    desk: Desk, actor: str, dataset: str, *, every: Every = "month"
) -> ActorPredictability:
    """Measure what an actor did to all others, and compare it with all actors of like volume.

    All acts of the dataset are read, but not where the actor's own are too few.

    Args:
        desk: The desk.
        actor: The actor as the dataset writes it, as in ``IRN``.
        dataset: A dataset of the store.
        every: ``month``, or ``week`` where the record is short.

    Raises:
        MeasureError: If the dataset is not in the store, or has no events.
        StoreError: If there is no store, or a part of it is missing.
    """
    span = reach(desk, dataset)
    if span is None:
        known = ", ".join(Store(desk.store).manifest().datasets()) or "none"
        raise MeasureError(f"the dataset '{dataset}' has no events in the store", do=f"Loaded: {known}.")
    flags = usual_flags(desk, dataset)
    series = actor_series(
        acts_of_store(desk, dataset, actor=actor), actor, every,
        first=span[0], last=span[1], left_out=flags, gaps=[*data_gaps(desk, dataset), *_outside(span)],
    )  # fmt: skip
    found = predictability(series)
    rank = Rank(0) if found.has_too_few else _rank(desk, dataset, actor, series, flags)
    return ActorPredictability(
        actor, dataset, *span, found, rank,
        gaps=int((~series.known).sum()), left_out=int(series.left_out.sum()),
    )  # fmt: skip


def told(result: ActorPredictability) -> list[str]:
    """The result as lines of text; below a floor, what is lacking."""
    lines = [f"conflict of {result.actor} in {result.dataset}: {_told(result.found, result.rank)}"]
    if not result.found.has_too_few:
        lines.append(f"  by {result.found.every}, {result.first} to {result.last}  [{result.method}]")
    if result.gaps:
        lines.append(f"  not known: {result.gaps:,} {result.found.every}{'s' if result.gaps > 1 else ''}")
    if result.left_out:
        lines.append(f"  left out because of flags: {result.left_out:,} events")
    return lines


def _told(found: Predictability, rank: Rank) -> str:
    if found.lacks is not None:
        return f"too few {found.lacks.what}: {found.lacks.has:,}, needs {found.lacks.needs:,}"
    place = f"only {rank.n} actors of like volume, too few to compare"
    if rank.lower is not None:
        place = f"higher than {rank.lower} of {rank.n} actors of like volume"
    surprise = f"surprise {found.surprise:.2f} ({found.low:.2f} to {found.high:.2f}), {place}"
    return f"{found.n:,} acts, {found.n_conflict:,} of conflict; {surprise}; variety {found.variety:.2f}"


def _rank(desk: Desk, dataset: str, actor: str, series: Series, flags: tuple[str, ...]) -> Rank:
    everyone = actor_panel(acts_of_store(desk, dataset), series.every, left_out=flags)
    number = number_of(everyone, actor)
    if number is None:
        return Rank(0)
    return among_like(everyone, number, known=np.isin(everyone.starts, series.starts[series.known]))


def _outside(span: tuple[date, date]) -> list[Gap]:
    """The days before and after a dataset: the month in which it begins is no quiet one."""
    first, last = span
    return [(first - ONE_PERIOD, first - ONE_DAY), (last + ONE_DAY, last + ONE_PERIOD)]
