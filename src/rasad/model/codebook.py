"""The code book: one versioned table gives quad class, Goldstein, PLOVER and its scores to everybody."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CODEBOOK_VERSION = "cameo 2"
"""Of the three tables together: ``cameo.csv``, ``plover.csv`` and ``disagreements.csv``."""


@dataclass(frozen=True)
class Code:
    """One CAMEO event code with what follows from it."""

    code: str
    label: str
    goldstein: float
    plover_type: str
    plover_mode: str
    context: str
    plover_score: float | None
    domain: str
    rung: str
    quad_class: int
    channel: str


@dataclass(frozen=True)
class PloverCode:
    """One type of PLOVER, or one mode of it, with what follows from it."""

    plover_type: str
    plover_mode: str
    score: float
    quad_class: int
    channel: str


@cache
def codebook() -> dict[str, Code]:
    """All codes by their text, ``"010"`` among them; the table's header says where it is from."""
    return {row["code"]: _code(row) for row in _rows("cameo.csv")}


@cache
def plover_codes() -> dict[tuple[str, str], PloverCode]:
    """All types and modes of PLOVER, for datasets that carry no CAMEO.

    A type alone has the mode ``""``. Sources print modes that the manual does not score: take the type's row
    for them. An unknown type has nothing to fall back on, and is for the caller to refuse.

    Example:
        >>> codes = plover_codes()
        >>> codes["CONSULT", "visit"].score
        4.0
        >>> codes.get(("CONSULT", "letter"), codes["CONSULT", ""]).score
        2.5
    """
    return {(row["type"], row["mode"]): _plover_code(row) for row in _rows("plover.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    table = files("rasad.model") / "codebook" / name
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        label=row["label"],
        goldstein=float(row["goldstein"]),
        plover_type=row["plover"],
        plover_mode=row["mode"],
        context=row["context"],
        plover_score=float(row["plover_score"]) if row["plover_score"] else None,
        domain=row["domain"],
        rung=row["rung"],
        quad_class=int(row["quad_class"]),
        channel=row["channel"],
    )


def _plover_code(row: dict[str, str]) -> PloverCode:
    return PloverCode(
        plover_type=row["type"],
        plover_mode=row["mode"],
        score=float(row["score"]),
        quad_class=int(row["quad_class"]),
        channel=row["channel"],
    )
