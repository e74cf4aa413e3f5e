"""The ladder test: does cooperation climb from trade to politics, security and defence?

In every dyad the first steps in the four domains are compared, pair by pair, with the order of the
textbook (:func:`rasad.relations.ladder.textbook_order`). Half of the pairs would hold if each order were as
likely, but domains are not equally frequent: the more frequent one tends to come first by chance. So
the baseline shuffles, within each dyad, which of its steps came when, and counts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.relations.ladder import pairs_held, textbook_order
from rasad.relations.selection import span, when

METHOD = "ladder test 1"
SHUFFLES = 500
LEVEL = 0.9


@dataclass(frozen=True)
class LadderTest:
    """Pairs of domains in which the order held, of all that can be compared, and what chance gives.

    ``expected``, ``low`` and ``high`` are the mean and the central 90 % of held pairs when the steps of each
    dyad are shuffled; ``as_many`` is the share of shuffles with at least as many held.
    """

    held: int
    pairs: int
    dyads: int
    expected: float
    low: float
    high: float
    as_many: float


@dataclass(frozen=True)
class Steps:
    """The domains of a dyad's steps, oldest first, with the days each can have happened on, and its real pairs."""

    letters: tuple[str, ...]
    days: tuple[tuple[date, date], ...]
    pairs: int


def by_dyad(events: Iterable[Event]) -> dict[Dyad, list[Event]]:
    """The steps of each dyad, oldest first."""
    found: dict[Dyad, list[Event]] = {}
    for event in sorted(events, key=when):
        if event.dyad is not None and event.rung is not None and event.rung.is_step:
            found.setdefault(event.dyad, []).append(event)
    return found


def ladder_test(events: Iterable[Event], *, shuffles: int = SHUFFLES, seed: int = 1) -> LadderTest | None:
    """Compare the order of first steps over all dyads with chance; None where no pair can be compared."""
    dyads = {dyad: steps for dyad, steps in by_dyad(events).items() if textbook_order(steps).pairs}
    if not dyads:
        return None
    orders = [textbook_order(steps) for steps in dyads.values()]
    held, pairs = sum(order.held for order in orders), sum(order.pairs for order in orders)
    rng = Random(seed)  # noqa: S311  (a baseline, no secret)
    dealt = [
        Steps(
            tuple(event.rung.letter for event in steps if event.rung is not None),
            tuple(map(span, steps)),
            order.pairs,
        )
        for steps, order in zip(dyads.values(), orders, strict=True)
    ]
    counts = sorted(_shuffled(dealt, rng) for _ in range(shuffles))
    edge = int((1 - LEVEL) / 2 * shuffles)
    return LadderTest(
        held=held,
        pairs=pairs,
        dyads=len(dyads),
        expected=sum(counts) / shuffles,
        low=counts[edge],
        high=counts[-1 - edge],
        as_many=sum(count >= held for count in counts) / shuffles,
    )


def _shuffled(dyads: Sequence[Steps], rng: Random) -> float:
    """Held pairs when the domains of each dyad are dealt out anew to its days, on the scale of the real pairs."""
    total = 0.0
    for steps in dyads:
        letters = list(steps.letters)
        rng.shuffle(letters)
        firsts: dict[str, tuple[date, date]] = {}
        for letter, days in zip(letters, steps.days, strict=True):
            firsts.setdefault(letter, days)
        held, pairs = pairs_held(firsts)
        total += steps.pairs * (held / pairs if pairs else 0.5)
    return total
