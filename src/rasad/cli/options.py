"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rasad.errors import DeskError
from rasad.settings import Desk, find_desk

Command = Callable[..., Any]


def desk_option(function: Command) -> Command:
    """``--desk DIR``: the desk, else the nearest one above the working directory."""
    return click.option(
        "--desk",
        "desk",
        type=click.Path(path_type=Path),
        default=None,
        metavar="DIR",
        help="The desk; else the nearest one from the working directory upwards.",
        callback=_open,
    )(function)


def json_option(function: Command) -> Command:
    """``--json``: print for a pipe."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a pipe.")(function)


def issue_number(desk: Desk, number: int | None) -> int:
    """The number given, else the newest issue of the desk.

    Raises:
        DeskError: If the desk has no such issue.
    """
    known = desk.issues()
    if number is None and known:
        return known[-1]
    if number not in known:
        told = ", ".join(map(str, known)) or "none"
        what = "the desk has no issues" if number is None else f"the desk has no issue {number}"
        raise DeskError(what, at=desk.root / "issues", do=f"Issues here: {told}.")
    return number


def open_desk(folder: Path | None) -> Desk:
    """The desk of a folder, else the nearest one above the working directory."""
    return find_desk(Path.cwd()) if folder is None else Desk(folder)


def _open(context: click.Context, _: click.Parameter, folder: Path | None) -> Desk:
    above = context.parent.params.get("folder") if context.parent is not None else None
    return open_desk(folder or above)
