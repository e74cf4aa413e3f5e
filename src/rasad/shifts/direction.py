"""Which way a change went: warmer or colder, by tone and by what was added on either side.

Tone alone (the mean of Goldstein points, shrunk towards 0) names a turn for the worse well and misses
turns for the better in which much is said and done on both sides; the net number of acts alone does
the opposite. Their sum does better than either on dyads apart from those that are reported:

    direction = (tone after − tone before) / 4 + 0.05 · root(net after − net before)

with tone = Σ Goldstein / (n + 3), net = acts of cooperation less acts of conflict a period, and root
the square root with the sign kept. The windows are those of :class:`rasad.shifts.contrast.Windows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from rasad.relations.acts import Bools, Floats
from rasad.shifts.contrast import Windows

METHOD: Final = "direction 1"
SHRINK: Final = 3
A_LARGE_STEP: Final = 4.0
NET_WEIGHT: Final = 0.05

Way = Literal["up", "down"]


@dataclass(frozen=True)
class Direction:
    """``way`` is ``up`` (warmer) or ``down``; tones are in Goldstein points, nets in acts a period."""

    way: Way
    strength: float
    tone_before: float
    tone_after: float
    net_before: float
    net_after: float


def direction(
    place: int,
    span: Windows,
    *,
    n: Floats,
    goldstein: Floats,
    cooperation: Floats,
    conflict: Floats,
    known: Bools,
) -> Direction:
    """Which way things went from a period on; all arrays have a place for each period."""
    after = np.zeros(len(n), dtype=bool)
    before = after.copy()
    after[place : place + span.tone] = True
    before[max(place - span.tone_before, 0) : place] = True
    tones, nets = [], []
    for window in (before & known, after & known):
        tones.append(float(goldstein[window].sum() / (n[window].sum() + SHRINK)))
        nets.append(float((cooperation - conflict)[window].sum() / max(int(window.sum()), 1)))
    change = nets[1] - nets[0]
    strength = (tones[1] - tones[0]) / A_LARGE_STEP + NET_WEIGHT * float(
        np.sign(change) * np.sqrt(abs(change))
    )
    return Direction("up" if strength > 0 else "down", strength, *tones, *nets)
