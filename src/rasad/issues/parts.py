"""The parts of the blocks of analysis: what each mark must and may carry, and in which values."""

from __future__ import annotations

import re
from collections.abc import Mapping

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "assumption": (("id", "carries"), ()),
    "if-false": ((), ()),
    "indicator": (("id",), ("threshold", "seen", "day")),
    "scenario": (("id", "probability"), ("signposts",)),
    "hypothesis": (("id",), ()),
    "benefit": (("state",), ()),
    "cost": (("state",), ()),
    "response": ((), ("forecast",)),
    "moved": (("claim",), ()),
    "resolved": (("forecast", "outcome", "day"), ()),
}
"""By kind, the attributes that a mark must carry and those that it may."""

HOMES: dict[str, tuple[str, ...]] = {
    "assumptions": ("assumption", "if-false"),
    "indicators": ("indicator",),
    "scenarios": ("scenario",),
    "hypotheses": ("hypothesis",),
    "benefits": ("benefit", "cost"),
    "third-parties": ("response",),
    "changes": ("moved", "resolved"),
}
"""By block, the parts that stand in it and nowhere else."""

SIGNS = ("--", "-", "0", "+", "++", "n/a")
"""How evidence stands to a hypothesis: strongly inconsistent, inconsistent, neutral, …, not applicable."""

STATES = ("realised", "expected", "speculative")
SEEN = ("yes", "no", "unclear")
OUTCOMES = ("yes", "no", "void")
THRESHOLD = re.compile(r"(>=|<=|>|<|=) ?(-?\d{1,9}(?:\.\d{1,6})?)", re.ASCII)
CLAIM_OF_ISSUE = re.compile(r"([1-9]\d{0,6})#([A-Za-z][\w-]{0,63})", re.ASCII)
"""A claim of an earlier issue, as ``517#j2``."""

_PROBABILITY = re.compile(r"[1-9]\d?", re.ASCII)
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2212\uff0d", "------")


def sign_of(text: str) -> str:
    """The sign that a cell holds, in the letters of ``SIGNS``; empty where it holds none.

    Example:
        >>> sign_of("−−"), sign_of("\u2014"), sign_of("yes")
        ('--', '--', '')
    """
    plain = text.strip().translate(_DASHES).replace("\u2014", "--").lower()
    return plain if plain in SIGNS else ""


def check_part(kind: str, given: Mapping[str, str]) -> None:
    """Check the values of a part's attributes.

    Raises:
        ValueError: In words that follow "a .indicator 'i1' ".
    """
    listed = {"state": STATES, "seen": SEEN, "outcome": OUTCOMES}
    for name, known in listed.items():
        if name in given and given[name] not in known:
            raise ValueError(f"says {name}={given[name][:40]}; it can be {', '.join(known)}")
    if "probability" in given and not _PROBABILITY.fullmatch(given["probability"]):
        raise ValueError(f"says probability={given['probability'][:40]}; write a whole number from 1 to 99")
    if "threshold" in given and not THRESHOLD.fullmatch(given["threshold"]):
        raise ValueError(
            f'says threshold={given["threshold"][:40]}; write a comparison as in threshold=">=2"'
        )
    if kind == "indicator":
        _check_indicator(given)
    if kind == "resolved" and not CLAIM_OF_ISSUE.fullmatch(given["forecast"]):
        raise ValueError(f"says forecast={given['forecast'][:40]}; name issue and forecast, as in 517#f3")


def _check_indicator(given: Mapping[str, str]) -> None:
    if "threshold" in given and ("seen" in given or "day" in given):
        raise ValueError(
            "is measured and seen at once; give it a threshold= and a measure, or seen= and day="
        )
    if "threshold" not in given and not ("seen" in given and "day" in given):
        raise ValueError(
            'needs threshold=">=1" with a measure behind it, or seen= (yes, no, unclear) and on= with a day'
        )
