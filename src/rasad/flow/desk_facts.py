"""What rules need of the desk that a document lies in; a slip in the desk's files stops no check of a document."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rasad.check.desk_rules import DeskFacts
from rasad.errors import RasadError
from rasad.flow.issue_faults import desk_events
from rasad.model.event import Event
from rasad.settings import SETTINGS, Desk, desk_root


def facts_of(path: Path) -> DeskFacts | None:
    """The facts of the desk that a file lies in; None where it lies in none, or the desk can't be read."""
    root = desk_root(path)
    return None if root is None else _facts(root, _stamp(root))


@lru_cache(maxsize=4)
def _facts(root: Path, stamp: tuple[int, ...]) -> DeskFacts | None:  # noqa: ARG001
    try:
        desk = Desk(root)
    except RasadError:
        return None

    def events() -> tuple[Event, ...]:
        try:
            return desk_events(desk)
        except RasadError:
            return ()

    return DeskFacts(desk.actors, events)


def _stamp(root: Path) -> tuple[int, ...]:
    """Changes when a file does that facts are read from."""
    files = (root / name for name in (SETTINGS, "actors.toml", "chronology.csv"))
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
