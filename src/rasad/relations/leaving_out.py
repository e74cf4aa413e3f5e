"""Leaving out flagged events, and saying which and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rasad.model.event import Event
from rasad.model.flag import FLAGS, mask, names

NONE = "none"


def leave_out(events: Sequence[Event], told: str) -> tuple[list[Event], Mapping[str, int]]:
    """The events without those that bear a flag, and how many each flag took.

    Args:
        events: Any events.
        told: Names of flags parted by spaces; ``none`` to keep all.

    Raises:
        ValueError: If a name is not a flag.
    """
    wanted = () if told == NONE else tuple(told.split())
    for name in wanted:
        if name not in FLAGS:
            raise ValueError(f"'{name}' is not a flag; known: {', '.join(FLAGS)}, or none")
    hidden = mask(wanted)
    counts = Counter(name for event in events for name in names(event.flags & hidden))
    return [event for event in events if not event.flags & hidden], {name: counts[name] for name in wanted}
