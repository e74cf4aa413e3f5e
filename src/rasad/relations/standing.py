"""Where two actors stand on the ladder now, what set them back, and which first steps hang on a judgement.

**Current level** of a domain, with hysteresis: a step takes it up to its level at once. When no step on that
level or above was seen for two years it comes down to the highest level on which one was seen since, or by
one level where there is none; it also comes down by one when acts of coercion or force between the two
(rungs N3 and N4) come twice within 90 days; single setbacks leave it where it is. After a fall, a new step is
needed to rise. The two years and 90 days are rules, not findings (docs/relation.md).

**Judgement**: a first step whose rung is not the default of its CAMEO code is the coder's reading of the
text. The date that would hold without it, that of the next step on the rung, stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rasad.model.codebook import codebook
from rasad.model.event import Event
from rasad.model.rung import DOMAINS
from rasad.relations.selection import span, when

METHOD = "standing 1"
FADES = timedelta(days=730)
TWICE_WITHIN = timedelta(days=90)
SETBACK = "N"
NO_STEP = "0"
GRAVE = ("N3", "N4")


@dataclass(frozen=True)
class Standing:
    """The level of one domain on a day: 0 for none, its last step, and what moved it there and when.

    ``because`` is ``step``, ``faded`` or ``setbacks``; empty where there never was a step.
    """

    letter: str
    level: int
    since: date | None
    step: Event | None
    because: str


@dataclass(frozen=True)
class FirstStep:
    """The first step on a rung; ``otherwise`` is the next on it, where the first is a judgement."""

    event: Event
    is_judged: bool
    otherwise: Event | None


def first_steps_judged(events: Iterable[Event]) -> dict[str, FirstStep]:
    """The first step on each rung by its code, with whether its rung is the coder's judgement."""
    by_rung: dict[str, list[Event]] = {}
    for event in sorted(events, key=when):
        if event.rung is not None and event.rung.is_step:
            by_rung.setdefault(event.rung.code, []).append(event)
    return {
        rung: FirstStep(
            steps[0], is_judged(steps[0]), steps[1] if is_judged(steps[0]) and len(steps) > 1 else None
        )
        for rung, steps in by_rung.items()
    }


def is_judged(event: Event) -> bool:
    """Whether the rung of an event is not the default of its code."""
    code = codebook().get(event.cameo)
    return event.rung is not None and (code is None or code.rung != event.rung.code)


def setbacks(events: Iterable[Event]) -> list[Event]:
    """The setbacks within a dyad, oldest first: words, threats, coercion, force."""
    return sorted((e for e in events if e.rung is not None and e.rung.letter == SETBACK), key=when)


def standings(events: Iterable[Event], as_of: date) -> list[Standing]:
    """Where each domain stands on a day, in the order of the ladder."""
    past = sorted((event for event in events if span(event)[1] <= as_of), key=when)
    return [_standing(past, letter, as_of) for letter in DOMAINS]


def without_rung(events: Sequence[Event]) -> float | None:
    """The share of events with no rung, neither by hand nor by their code, or coded as no step; None of none."""
    none = sum(event.rung is None or event.rung.code == NO_STEP for event in events)
    return none / len(events) if events else None


def _standing(past: Sequence[Event], letter: str, as_of: date) -> Standing:
    level, since, because = 0, None, ""
    last: dict[int, date] = {}
    grave: date | None = None
    step: Event | None = None
    for event in past:
        day = span(event)[1]
        level, since, because = _faded(level, since, because, last, day)
        if event.rung is None:
            continue
        if event.rung.letter == letter:
            last.update(dict.fromkeys(range(1, event.rung.level + 1), day))
            step = event
            if event.rung.level > level:
                level, since, because = event.rung.level, day, "step"
        elif event.rung.code in GRAVE:
            if grave is not None and day - grave <= TWICE_WITHIN and level > 0:
                level, since, because = level - 1, day, "setbacks"
                grave = None
            else:
                grave = day
    level, since, because = _faded(level, since, because, last, as_of)
    return Standing(letter, level, since, step, because)


def _faded(
    level: int, since: date | None, because: str, last: dict[int, date], day: date
) -> tuple[int, date | None, str]:
    """The level once steps that are two years old have faded by a day.

    It falls to the highest level on which a step was seen since, or by one where there is none; then that
    level's two years begin anew.
    """
    while level > 0 and day - last.get(level, day) > FADES:
        faded = last[level]
        since, because = faded + FADES, "faded"
        lately = [lower for lower in range(level - 1, 0, -1) if last.get(lower, faded) > faded]
        level = lately[0] if lately else level - 1
        if not lately:
            last[level] = since
    return level, since, because
