"""The gap ledger: which 15-minute files of GDELT a desk does not have, and why.

A line of JSON a file, in ``gaps.jsonl``. A gap stays until its file is fetched, with the day on
which it was first seen, so that "there is no such file" is told from "nobody has looked".
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rasad.errors import FetchError, Place

STEP = timedelta(minutes=15)
FILE = "gaps.jsonl"


@dataclass(frozen=True)
class Gap:
    """A file that is not there: its slot in UTC, its table, and why."""

    slot: datetime
    table: str
    reason: str
    first_seen: datetime
    last_tried: datetime


@dataclass(frozen=True)
class Span:
    """Gaps of one table and one reason, slot after slot."""

    table: str
    reason: str
    first: datetime
    last: datetime
    slots: int

    def __str__(self) -> str:
        """As in ``2025-06-15 00:00 – 23:45, 96 slots, not in the list``."""
        time = f"{self.first:%Y-%m-%d %H:%M}"
        if self.last != self.first:
            same_day = self.last.date() == self.first.date()
            time += f" – {self.last:%H:%M}" if same_day else f" – {self.last:%Y-%m-%d %H:%M}"
        return f"{time}, {self.slots} slot{'' if self.slots == 1 else 's'}, {self.reason}"


def spans(gaps: Iterable[Gap]) -> list[Span]:
    """Join gaps that follow one another into spans, in order of table and time.

    Example:
        >>> midnight = datetime(2025, 6, 15, tzinfo=UTC)
        >>> day = [Gap(midnight + n * STEP, "export", "not in the list", midnight, midnight) for n in range(96)]
        >>> [str(span) for span in spans(day)]
        ['2025-06-15 00:00 – 23:45, 96 slots, not in the list']
    """
    joined: list[Span] = []
    for gap in sorted(gaps, key=lambda gap: (gap.table, gap.slot)):
        last = joined[-1] if joined else None
        if last is not None and (last.table, last.reason, last.last + STEP) == (
            gap.table,
            gap.reason,
            gap.slot,
        ):
            joined[-1] = replace(last, last=gap.slot, slots=last.slots + 1)
        else:
            joined.append(Span(gap.table, gap.reason, gap.slot, gap.slot, 1))
    return joined


class Ledger:
    """The gaps of a desk, read from a file and written back whole."""

    def __init__(self, path: Path) -> None:
        """Read the ledger.

        Raises:
            FetchError: If a line of it can't be read.
        """
        self._path = path
        self._gaps: dict[tuple[datetime, str], Gap] = {}
        if path.is_file():
            for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
                gap = _gap(line, Place(path, number))
                self._gaps[gap.slot, gap.table] = gap

    def note(self, slot: datetime, table: str, reason: str, at: datetime) -> None:
        """Enter a gap; one that is known keeps the time at which it was first seen."""
        known = self._gaps.get((slot, table))
        first = at if known is None else known.first_seen
        self._gaps[slot, table] = Gap(slot, table, reason, first, at)

    def clear(self, slot: datetime, table: str) -> None:
        """Strike a gap: its file is there."""
        self._gaps.pop((slot, table), None)

    def within(self, since: datetime, until: datetime, tables: Sequence[str]) -> list[Gap]:
        """The gaps of some tables in [since, until)."""
        return [gap for gap in self._gaps.values() if since <= gap.slot < until and gap.table in tables]

    def all(self) -> list[Gap]:
        """Every gap."""
        return list(self._gaps.values())

    def save(self) -> None:
        """Write the ledger in order of time, whole or not at all."""
        ordered = sorted(self._gaps.values(), key=lambda gap: (gap.slot, gap.table))
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(_told(gap)) + "\n" for gap in ordered)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)


def told_time(instant: datetime) -> str:
    """A UTC instant as JSON tells it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _told(gap: Gap) -> dict[str, str]:
    return {
        "slot": told_time(gap.slot),
        "table": gap.table,
        "reason": gap.reason,
        "first_seen": told_time(gap.first_seen),
        "last_tried": told_time(gap.last_tried),
    }


def _gap(line: str, at: Place) -> Gap:
    try:
        told = json.loads(line)
        slot, first, last = (_time(told[key]) for key in ("slot", "first_seen", "last_tried"))
        return Gap(slot, str(told["table"]), str(told["reason"]), first, last)
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            "not a line of a gap ledger", at=at, do="Delete the file: it is made again."
        ) from error


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
