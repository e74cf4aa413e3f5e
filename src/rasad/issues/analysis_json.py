"""The blocks of analysis that time will judge, as ``ledger.json`` holds them; docs/ledger.md tells each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasad.issues.analysis import entries_of, unjoined
from rasad.issues.indicators import is_reached, measure_of
from rasad.issues.numbers import Numbers
from rasad.issues.parts import sign_of
from rasad.model.issue import (
    EVENT,
    Analysis,
    Citation,
    Inline,
    Issue,
    Part,
    plain_text,
    walk_blocks,
    walk_inlines,
)

Cells = tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class _Blocks:
    """The blocks of one kind in each language, the original first, with what prints their numbers."""

    by_language: Mapping[str, Sequence[Analysis]]
    numbers: Numbers

    def text(self, of: Callable[[Cells], Sequence[Inline]], block: int, row: int) -> dict[str, str]:
        """A text of a row in each language."""
        return {
            lang: self.numbers.sentence(tuple(of(blocks[block].rows[row])), lang)
            for lang, blocks in self.by_language.items()
        }

    def rows(self) -> list[tuple[int, int, Cells]]:
        """Each row of the original, with the place of its block and its own."""
        original = next(iter(self.by_language.values()))
        return [(n, m, row) for n, block in enumerate(original) for m, row in enumerate(block.rows)]


def analysis_json(issues: Mapping[str, Issue], numbers: Numbers) -> dict[str, Any]:
    """Assumptions, indicators, scenarios and hypotheses, with texts a language.

    Raises:
        MeasureError: If an indicator can't be held to its threshold.
    """

    def blocks(kind: str) -> _Blocks:
        found = {
            lang: [b for b in walk_blocks(issue.blocks) if isinstance(b, Analysis) and b.kind == kind]
            for lang, issue in issues.items()
        }
        return _Blocks(found, numbers)

    return {
        "assumptions": _assumptions(blocks("assumptions")),
        "indicators": _indicators(blocks("indicators")),
        "scenarios": _scenarios(blocks("scenarios")),
        "hypotheses": _hypotheses(blocks("hypotheses"), numbers),
    }


def _assumptions(blocks: _Blocks) -> list[dict[str, Any]]:
    return [
        {
            **_named(_part(row)),
            "text": blocks.text(lambda row: _part(row).children, block, n),
            "if_false": blocks.text(lambda row: entries_of(row[0])[1][0].children, block, n),
            "carries": _part(row).get("carries").split(),
        }
        for block, n, row in blocks.rows()
    ]


def _indicators(blocks: _Blocks) -> list[dict[str, Any]]:
    found = []
    for block, n, row in blocks.rows():
        ((part, behind),) = entries_of(row[0])
        told: dict[str, Any] = {"threshold": None, "measure": None, "reached": None}
        if part.get("threshold"):
            mark = measure_of(part, behind)
            measure_id, measured = blocks.numbers.take(mark)
            reached = is_reached(part, mark, measured)
            told = {"threshold": part.get("threshold"), "measure": measure_id, "reached": reached}
        found.append(
            {
                **_named(part),
                "text": blocks.text(lambda row: _part(row).children, block, n),
                **told,
                "seen": part.get("seen") or None,
                "day": part.get("day") or None,
            }
        )
    return found


def _scenarios(blocks: _Blocks) -> list[dict[str, Any]]:
    return [
        {
            **_named(_part(row)),
            "name": blocks.text(lambda row: _part(row).children, block, n),
            "text": blocks.text(lambda row: unjoined(entries_of(row[0])[0][1]), block, n),
            "probability": int(_part(row).get("probability")),
            "signposts": _part(row).get("signposts").split(),
        }
        for block, n, row in blocks.rows()
    ]


def _hypotheses(blocks: _Blocks, numbers: Numbers) -> list[dict[str, Any]]:
    found = []
    original = next(iter(blocks.by_language.values()))
    for number, block in enumerate(original):
        names = [cell[0] for cell in block.header[1:]]
        ids = [part.part_id for part in names if isinstance(part, Part)]
        rows = [
            {
                "text": blocks.text(lambda row: row[0], number, n),
                "events": _events(row),
                "signs": {name: sign_of(plain_text(cell)) for name, cell in zip(ids, row[1:], strict=True)},
            }
            for n, row in enumerate(block.rows)
        ]
        headings = [
            {
                "id": name,
                "text": {
                    lang: numbers.sentence(each[number].header[column], lang)
                    for lang, each in blocks.by_language.items()
                },
            }
            for column, name in enumerate(ids, start=1)
        ]
        found.append({"line": block.at.line, "hypotheses": headings, "evidence": rows})
    return found


def _part(row: Cells) -> Part:
    return entries_of(row[0])[0][0]


def _named(part: Part) -> dict[str, Any]:
    return {"id": part.part_id, "line": part.at.line}


def _events(row: Cells) -> list[str]:
    cited = [inline for cell in row for inline in walk_inlines(cell) if isinstance(inline, Citation)]
    keys = [key for citation in cited for key in citation.keys]
    return [key.removeprefix(EVENT) for key in dict.fromkeys(keys) if key.startswith(EVENT)]
