"""The CAMEO code book: one versioned table gives quad class, Goldstein and PLOVER to everybody."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CODEBOOK_VERSION = "cameo 1"


@dataclass(frozen=True)
class Code:
    """One CAMEO event code with what follows from it."""

    code: str
    label: str
    goldstein: float
    plover_type: str
    plover_mode: str
    context: str
    domain: str
    rung: str
    quad_class: int
    channel: str


@cache
def codebook() -> dict[str, Code]:
    """All codes by their text, ``"010"`` among them; the table's header says where it is from."""
    table = files("rasad.model") / "codebook" / "cameo.csv"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: _code(row) for row in csv.DictReader(lines)}


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        label=row["label"],
        goldstein=float(row["goldstein"]),
        plover_type=row["plover"],
        plover_mode=row["mode"],
        context=row["context"],
        domain=row["domain"],
        rung=row["rung"],
        quad_class=int(row["quad_class"]),
        channel=row["channel"],
    )
