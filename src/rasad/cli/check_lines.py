"""The findings of ``rasad check`` as lines: one a finding for a pipe, by file and in columns for a person at a terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rasad.errors import on_one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rasad.flow.checking import Located

NARROWEST: Final = 80
"""Columns of a terminal below which the message would have no room beside its rule."""

_COLOURS: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_TURNING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def line(one: Located) -> str:
    """A finding on a line of its own; what would move a terminal's cursor or turn its text is told by its code."""
    told = f"{one.file}:{one.line}:{one.column}: {one.finding.rule} {one.message}"
    return on_one_line(_plain(told))


def sheet(found: Sequence[Located]) -> Iterator[RenderableType]:
    """The findings under the name of their file, in columns: place, severity, rule, message."""
    from rich.table import Table  # noqa: PLC0415  (loads slowly)
    from rich.text import Text  # noqa: PLC0415

    for file, its in groupby(found, key=lambda one: one.file):
        yield Text(_plain(str(file)), style="bold underline", overflow="fold")
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(justify="right", no_wrap=True)
        for _ in ("severity", "rule"):
            grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold", ratio=1)
        for one in its:
            severity = one.finding.severity
            grid.add_row(
                Text(f"  {one.line}:{one.column}"), Text(severity, style=_COLOURS[severity]),
                Text(one.finding.rule, style="dim"), Text(_plain(one.message)),
            )  # fmt: skip
        yield grid
        yield Text()


def total(found: Sequence[Located], files: int, families: Mapping[str, str]) -> str:
    """How many were found, how grave they are, and of which families, the most first."""
    told = f"{len(found)} found in {files} file{'' if files == 1 else 's'}"
    if not found:
        return told
    grave = Counter[str](one.finding.severity for one in found)
    severities = ", ".join(
        f"{grave[name]} {name}{'' if grave[name] == 1 else 's'}" for name in _COLOURS if grave[name]
    )
    of = Counter(families.get(one.finding.rule, one.finding.rule) for one in found)
    return f"{told}: {severities} ({', '.join(f'{family} {count}' for family, count in of.most_common())})"


def _plain(text: str) -> str:
    return _TURNING.sub(lambda one: f"U+{ord(one[0]):04X}", text)
