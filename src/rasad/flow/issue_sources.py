"""What the citations of an issue name, as notes tell it, with the place where each is recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from rasad.flow.issue_faults import Gathered
from rasad.flow.issue_text import Source
from rasad.issues.manuscript import MAX_BYTES
from rasad.issues.references import References
from rasad.languages import language
from rasad.languages.dates import write_dual
from rasad.model.event import Event
from rasad.model.issue import (
    EVENT,
)
from rasad.model.reference import Reference
from rasad.settings import Desk

_IDS: Final = re.compile(r"""["']id["']\s*:\s*["']([^"']{1,200})["']""")


class Sources:
    """What the citations of an issue name, as notes tell it."""

    def __init__(self, desk: Desk, found: Gathered) -> None:
        self._desk = desk
        self._references: References = found.references
        self._events: Mapping[str, Event] = {event.dataset_event_id: event for event in found.events}
        text = text_of(desk.references)
        self._lines = {match[1]: text.count("\n", 0, match.start()) + 1 for match in _IDS.finditer(text)}

    def of(self, key: str) -> Source | None:
        if key.startswith(EVENT):
            event = self._events.get(key.removeprefix(EVENT))
            return None if event is None else self._of_event(event)
        if key not in self._references:
            return None
        line = self._lines.get(key, 1)
        reference = self._references[key]
        return Source(_reference_text(reference), self._desk.references, line, reference.url)

    def _of_event(self, event: Event) -> Source:
        reference = self._references.of_url(event.source_url)
        domain = reference.domain if reference is not None else ""
        day = event.occurred_on.isoformat()
        told = f"{event.dataset_event_id} of {day if event.has_day else day[:7]}"
        told = ", ".join(part for part in (told, domain, event.published_on) if part)
        return Source(told, self._desk.chronology, event.row + 1, event.source_url)


def _reference_text(reference: Reference) -> str:
    """A reference as its note tells it; the page's address stands only where no date is, which a rule asks for."""
    year, month, day = (*reference.issued, 0, 0, 0)[:3]
    issued = write_dual(date(year, month, day), language("en"), ("gregorian",)) if day else str(year or "")
    title = f"“{reference.title}”" if reference.title else ""
    parts = (*reference.authors, reference.outlet, title, issued, reference.url)
    return ". ".join(part for part in parts if part)


def text_of(path: Path) -> str:
    """The text of a file, empty where it has none that can be read."""
    try:
        if path.stat().st_size > MAX_BYTES * 5:
            return ""
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def shown(path: Path) -> Path:
    """A path as a user of the working directory would write it."""
    whole, here = path.absolute(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else path
