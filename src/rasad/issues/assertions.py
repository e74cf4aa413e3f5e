"""Words that hang on a number: ``[rose]{.measure … is=up}`` stands only while it holds."""

from __future__ import annotations

import re
from decimal import Decimal

from rasad.errors import MeasureError
from rasad.model.measured import Measured

_COMPARISON = re.compile(r"(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)")
CHANGE = "-change"
_WORDS = ("up", "down", "unclear")


def holds(assertion: str, measured: Measured) -> bool:
    """Whether a value bears out what the words say.

    ``up`` and ``down`` need the whole interval on their side of zero, where there is one;
    ``unclear`` needs an interval that holds zero. ``>2`` and the like compare the value,
    a share in per cent.

    Raises:
        MeasureError: If the assertion can't be read, or does not fit the measure.
    """
    if isinstance(measured.value, (int, float)):
        match = _COMPARISON.fullmatch(assertion.strip())
        if match is not None:
            return _compare(match[1], _printed_scale(measured), float(match[2]))
        if assertion in _WORDS:
            return _direction(assertion, measured)
    raise MeasureError(
        f"is={assertion} can't be tested on the measure '{measured.name}'",
        do='Use up, down, unclear, or a comparison as in is=">2".',
    )


def _printed_scale(measured: Measured) -> float:
    value = Decimal(str(measured.value))
    return float(100 * value if measured.kind == "share" else value)


def _direction(word: str, measured: Measured) -> bool:
    if not measured.name.endswith(CHANGE):
        raise MeasureError(
            f"is={word} says which way something went, and '{measured.name}' is no change",
            do='Use index-change, or a comparison as in is=">2".',
        )
    value = float(str(measured.value))
    low = value if measured.low is None else measured.low
    high = value if measured.high is None else measured.high
    if word == "unclear" and measured.low is None:
        raise MeasureError(f"the measure '{measured.name}' has no interval to be unclear")
    return {"up": low > 0, "down": high < 0, "unclear": low <= 0 <= high}[word]


def _compare(operator: str, value: float, bound: float) -> bool:
    return {
        ">": value > bound,
        ">=": value >= bound,
        "<": value < bound,
        "<=": value <= bound,
        "=": value == bound,
    }[operator]
