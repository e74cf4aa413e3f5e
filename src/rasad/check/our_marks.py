"""What the marks of a manuscript already say, which rules on plain text would ask for again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasad.check.finding import Finding


@dataclass(frozen=True)
class Said:
    """Where a mark says something: the rules that it answers, within a stretch of a block."""

    block: int
    start: int
    end: int
    rules: frozenset[str]


def without_said(findings: Iterable[Finding], said: Sequence[Said]) -> list[Finding]:
    """The findings that no mark answers; a finding that begins within a mark's words is about them."""
    by_block: dict[int, list[Said]] = {}
    for one in said:
        by_block.setdefault(one.block, []).append(one)
    return [
        found
        for found in findings
        if not any(
            found.rule in one.rules and one.start <= found.start <= max(one.end - 1, one.start)
            for one in by_block.get(found.block, ())
        )
    ]
