"""Rule on figures: an edition that is built still says what the store no longer does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from rasad.check.finding import Finding
from rasad.errors import RasadError
from rasad.flow.issue_faults import Gathered
from rasad.flow.issue_text import Printed
from rasad.issues.measures import Record, measure
from rasad.model.issue import MeasureMark
from rasad.model.measured import Measured
from rasad.settings import Desk

RULE: Final = "figure-stale"
CLOSE: Final = 1e-9
MAX_BYTES: Final = 50_000_000


def stale(desk: Desk, number: int, found: Gathered, printed: Printed) -> list[Finding]:
    """The measures of a build's ledger that come out otherwise now, each at its mark in the manuscript."""
    ledger = _ledger(desk, number)
    if ledger is None:
        return []
    return list(_changed(desk, number, ledger, found, printed))


def _changed(
    desk: Desk, number: int, ledger: dict[str, Any], found: Gathered, printed: Printed
) -> Iterator[Finding]:
    try:
        as_of, told = date.fromisoformat(ledger["as_of"]), list(ledger["measures"])
    except (KeyError, TypeError, ValueError):
        return
    assert found.record is not None  # noqa: S101  (an edition was printed of it)
    record = Record.of(found.events, as_of, found.record.dyad, desk.actors)
    for one in told:
        try:
            arguments, before = {str(k): str(v) for k, v in one["arguments"].items()}, one["value"]
            now = measure(record, arguments)
        except (RasadError, KeyError, TypeError, AttributeError):
            continue
        if _same(before, now):
            continue
        block, start, end, words = _place(arguments, printed)
        yield Finding(
            RULE, "warning", block, start, end, words,
            f"the edition that is built says {_said(before)} here ({now.name}), and the record now gives"
            f" {_said(_plain(now))}: build the issue again with 'rasad build {number}'",
        )  # fmt: skip


def _ledger(desk: Desk, number: int) -> dict[str, Any] | None:
    path = desk.build / str(number) / "ledger.json"
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _plain(measured: Measured) -> float | str:
    return measured.value.isoformat() if isinstance(measured.value, date) else measured.value


def _same(before: object, now: Measured) -> bool:
    value = _plain(now)
    if isinstance(before, int | float) and isinstance(value, int | float):
        return abs(before - value) <= CLOSE * max(1.0, abs(before))
    return before == value


def _said(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else re.sub(r"[^\w.:+-]", " ", str(value))[:40]


def _place(arguments: dict[str, str], printed: Printed) -> tuple[int, int, int, str]:
    """Where the first mark with these arguments stands; the title where it has gone."""
    for one in printed.of(MeasureMark):
        if isinstance(one.mark, MeasureMark) and dict(one.mark.arguments) == arguments:
            blocks = printed.document.blocks
            text = blocks[one.block].text[one.start : one.end] if one.block < len(blocks) else ""
            return one.block, one.start, one.end, text
    return 0, 0, 0, ""
