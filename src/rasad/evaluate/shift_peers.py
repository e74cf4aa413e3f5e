"""What others would tell of the same series: methods of ruptures, volume alone, one year's contrast, chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from rasad.errors import EvaluationError
from rasad.evaluate.dyad_series import DyadCounts, SetOfSeries
from rasad.evaluate.shifts import Method, way_of, with_directions
from rasad.relations.acts import Floats
from rasad.shifts.contrast import Windows, contrast, windows

SEED: Final = 7
A_SHORT_YEAR: Final = 8
"""Weeks of baseline that the reference takes in a series shorter than a year; 26 in a longer one."""


def peers() -> dict[str, Method]:
    """Every peer by name.

    Raises:
        EvaluationError: If ruptures is not installed.
    """
    try:
        import ruptures  # noqa: PLC0415, F401  (in the extra stats)
    except ModuleNotFoundError as error:
        raise EvaluationError(
            "the peers need ruptures", do="Install it with: pip install 'rasad[stats]'"
        ) from error
    return {
        "contrast of one year, direction by tone": _reference,
        "ruptures KernelCPD linear": _ruptures(_kernel),
        "ruptures Binseg l2": _ruptures(_binary),
        "ruptures Window l2": _ruptures(_window),
        "volume only": _volume,
        "always down": _always_down,
        "random": _random(),
    }


def _reference(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:
    span = windows(one.rules.every, len(one.periods))
    before = span.tone_before
    narrow = Windows(span.after, (before,), span.apart, span.tone, before)
    roots = np.sqrt(counts.counts)
    spread = np.where(roots.std(axis=0) > 0, roots.std(axis=0), 1)
    scores = _plain_contrast(roots / spread, narrow)
    found = with_directions(one, counts, scores)
    return [(place, _by_tone(counts, place, narrow), score) for place, _, score in found]


def _plain_contrast(scaled: Floats, span: Windows) -> Floats:
    """The contrast without floor and weights, of values that are scaled already."""
    n, before = len(scaled), span.before[0]
    scores = np.zeros(n)
    for place in range(1, n):
        earlier, later = scaled[max(place - before, 0) : place], scaled[place : place + span.after]
        step = later.mean(axis=0) - earlier.mean(axis=0)
        scores[place] = np.sqrt((step**2).sum() * len(earlier) * len(later) / (len(earlier) + len(later)))
    return scores


def _by_tone(counts: DyadCounts, place: int, span: Windows) -> str:
    def tone(window: slice) -> float:
        return float(counts.goldstein[window].sum() / (counts.n[window].sum() + 3))

    later, earlier = slice(place, place + span.tone), slice(max(place - span.tone_before, 0), place)
    return "up" if tone(later) > tone(earlier) else "down"


def _volume(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:
    return with_directions(
        one, counts, contrast(counts.n[:, None], windows(one.rules.every, len(one.periods)))
    )


def _always_down(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:
    scores = contrast(counts.counts, windows(one.rules.every, len(one.periods)))
    return [(place, "down", score) for place, _, score in with_directions(one, counts, scores)]


def _random() -> Method:
    rng = np.random.default_rng(SEED)

    def tell(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:  # noqa: ARG001
        places = rng.choice(len(one.periods), one.budget, replace=False).tolist()
        return [(place, str(rng.choice(["up", "down"])), 0.0) for place in places]

    return tell


def _ruptures(breaks: Callable[[Floats, int], list[int]]) -> Method:
    def tell(one: SetOfSeries, counts: DyadCounts) -> list[tuple[int, str, float]]:
        roots = np.sqrt(counts.counts)
        spread = roots.std(axis=0)
        scaled = roots / np.where(spread > 0, spread, 1)
        found = breaks(scaled, one.budget)[:-1]
        return [(place, way_of(one, counts, place), 0.0) for place in found]

    return tell


def _kernel(scaled: Floats, most: int) -> list[int]:
    import ruptures  # noqa: PLC0415

    found: list[int] = (
        ruptures.KernelCPD(kernel="linear", jump=1, min_size=2).fit(scaled).predict(n_bkps=most)
    )
    return found


def _binary(scaled: Floats, most: int) -> list[int]:
    import ruptures  # noqa: PLC0415

    found: list[int] = ruptures.Binseg(model="l2", jump=1, min_size=2).fit(scaled).predict(n_bkps=most)
    return found


def _window(scaled: Floats, most: int) -> list[int]:
    import ruptures  # noqa: PLC0415

    found: list[int] = (
        ruptures.Window(width=8, model="l2", jump=1, min_size=2).fit(scaled).predict(n_bkps=most)
    )
    return found
