"""Events as columns: the form in which many of them are counted at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rasad.model.codebook import Code, PloverCode, codebook, plover_codes
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.site import site_of

CHANNELS: Final = ("ST", "VC", "MC", "VF", "MN", "MV")
"""Statements; verbal and material cooperation; verbal conflict; material conflict without violence and with it."""

COOPERATION: Final = (1, 2)
CONFLICT: Final = (3, 4, 5)
NO_CHANNEL: Final = -1

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class Acts:
    """Who did something to whom on which day, a place of every array an event; all of length n.

    Attributes:
        actors: The actors by number.
        source: Number of the actor that acted.
        target: Number of the one acted on.
        day: The day, as ``datetime64[D]``.
        has_day: False where the day is a placeholder within a known month.
        channel: Number of the channel, by :data:`CHANNELS`; -1 where the code has none.
        goldstein: Points of the scale, -10 to 10; NaN where the code has none.
        plover: PLOVER score, -10 to 10; NaN where the code has none.
        site: Number of the site that the event was read on; -1 where it rests on none.
        flags: Bits of :mod:`rasad.model.flag`.
    """

    actors: tuple[str, ...]
    source: Ints
    target: Ints
    day: Days
    has_day: Bools
    channel: Ints
    goldstein: Floats
    plover: Floats
    site: Ints
    flags: Ints

    def __len__(self) -> int:
        return len(self.day)

    def where(self, mask: Bools) -> Acts:
        """Those of the events that a mask of shape (n,) holds."""
        return replace(
            self,
            **{
                name: getattr(self, name)[mask]
                for name in (
                    "source",
                    "target",
                    "day",
                    "has_day",
                    "channel",
                    "goldstein",
                    "plover",
                    "site",
                    "flags",
                )
            },
        )

    def of(self, dyad: Dyad) -> Acts:
        """The acts within one dyad, in both directions."""
        one, other = (self._number(actor) for actor in (dyad.first, dyad.second))
        there = (self.source == one) & (self.target == other)
        return self.where(there | ((self.source == other) & (self.target == one)))

    def directed(self, source: str) -> Acts:
        """The acts of one actor."""
        return self.where(self.source == self._number(source))

    def _number(self, actor: str) -> int:
        return self.actors.index(actor) if actor in self.actors else NO_CHANNEL - 1


def acts_of(events: Iterable[Event]) -> Acts:
    """The columns of events."""
    every = list(events)
    return columns(
        sources=[event.source_actor for event in every],
        targets=[event.target_actor for event in every],
        days=np.array([event.occurred_on for event in every], dtype="datetime64[D]"),
        has_day=np.array([event.has_day for event in every], dtype=bool),
        channels=[event.channel for event in every],
        goldstein=[event.goldstein for event in every],
        plover=[plover_score(event.cameo, event.plover_type, event.plover_mode) for event in every],
        sites=[site_of(event.source_url) for event in every],
        flags=[event.flags for event in every],
    )


def acts_of_columns(told: Mapping[str, Any]) -> Acts:
    """The acts in the arrays that a store gives: see :meth:`rasad.store.store.Store.columns`."""
    if not told or not len(told["occurred_on"]):
        return acts_of([])
    addresses = told["source_url"].tolist()
    sites = {address: site_of(address) for address in set(addresses)}
    acts = columns(
        sources=told["source_actor"].tolist(),
        targets=told["target_actor"].tolist(),
        days=np.asarray(told["occurred_on"]).astype("datetime64[D]"),
        has_day=np.asarray(told["has_day"], dtype=bool),
        channels=told["channel"].tolist(),
        goldstein=[],
        plover=[],
        sites=[sites[address] for address in addresses],
        flags=np.asarray(told["flags"], dtype=np.int64),
    )
    return replace(acts, goldstein=_floats(told["goldstein"]), plover=_floats(told["plover"]))


def _floats(values: Any) -> Floats:  # noqa: ANN401  (an array, masked where a cell is empty)
    return np.asarray(np.ma.filled(values, np.nan), dtype=np.float64)


def columns(
    *,
    sources: Sequence[str],
    targets: Sequence[str],
    days: Days,
    has_day: Bools,
    channels: Sequence[str],
    goldstein: Sequence[float | None],
    plover: Sequence[float | None],
    sites: Sequence[str],
    flags: Sequence[int] | Ints,
) -> Acts:
    """Acts from columns of plain values, each of length n.

    Raises:
        ValueError: If a channel is none of :data:`CHANNELS` and not empty.
    """
    actors: dict[str, int] = {}
    number = actors.setdefault
    source = np.array([number(name, len(actors)) for name in sources], dtype=np.int64)
    target = np.array([number(name, len(actors)) for name in targets], dtype=np.int64)
    known = {name: place for place, name in enumerate(CHANNELS)} | {"": NO_CHANNEL}
    for name in set(channels):
        if name not in known:
            raise ValueError(f"'{name}' is not a channel; known: {', '.join(CHANNELS)}")
    places: dict[str, int] = {"": -1}
    site = [places.setdefault(name, len(places) - 1) for name in sites]
    return Acts(
        actors=tuple(actors),
        source=source,
        target=target,
        day=days,
        has_day=has_day,
        channel=np.array([known[name] for name in channels], dtype=np.int64),
        goldstein=np.array([np.nan if value is None else value for value in goldstein], dtype=np.float64),
        plover=np.array([np.nan if value is None else value for value in plover], dtype=np.float64),
        site=np.array(site, dtype=np.int64),
        flags=np.array(flags, dtype=np.int64),
    )


def plover_score(cameo: str, plover_type: str, plover_mode: str) -> float | None:
    """The PLOVER score of an event: its CAMEO code's, else its type's and mode's."""
    code: Code | None = codebook().get(cameo)
    if code is not None:
        return code.plover_score
    known = plover_codes()
    found: PloverCode | None = known.get((plover_type, plover_mode), known.get((plover_type, "")))
    return None if found is None else found.score
