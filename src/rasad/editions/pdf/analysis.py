"""Blocks of analysis as data for the typst template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rasad.editions.analysis import sheet
from rasad.editions.edition import Edition
from rasad.editions.grid import Cell, Grid, Piece
from rasad.model.issue import Analysis, Inline

Node = dict[str, Any]
WriteInlines = Callable[[Sequence[Inline]], list[Node]]


def analysis_node(block: Analysis, edition: Edition, write: WriteInlines) -> Node:
    """A block of analysis: its notes, its tables and its caption."""
    made = sheet(block, edition)
    return {
        "t": "sheet",
        "before": [_piece(piece, write) for piece in made.before],
        "grids": [_grid(grid, write) for grid in made.grids],
        "behind": [_piece(piece, write) for piece in made.behind],
        "label": made.label,
        "caption": write(made.caption),
    }


def _grid(grid: Grid, write: WriteInlines) -> Node:
    return {
        "widths": list(grid.widths),
        "header": [_cell(cell, write) for cell in grid.header],
        "rows": [
            {"id": row.anchor, "sum": row.is_sum, "cells": [_cell(cell, write) for cell in row.cells]}
            for row in grid.rows
        ],
    }


def _cell(cell: Cell, write: WriteInlines) -> Node:
    return {"tone": cell.tone, "pieces": [_piece(piece, write) for piece in cell.pieces]}


def _piece(piece: Piece, write: WriteInlines) -> Node:
    links = [{"to": f"claim-{name}", "s": name.upper()} for name in piece.claims]
    links += [{"to": f"part-{name}", "s": name.upper()} for name in piece.parts]
    return {
        "badges": [{"s": badge.text, "tone": badge.tone} for badge in piece.badges],
        "c": write(piece.words),
        "s": piece.text,
        "ltr": bool(piece.foreign),
        "share": piece.share,
        "links": links,
        "strong": piece.strong,
        "quiet": piece.quiet,
    }
