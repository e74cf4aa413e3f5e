"""Acts straight from a frame of events: pandas, polars or Arrow, whichever the user has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from rasad.model.codebook import codebook
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.flag import FLAGS, mask
from rasad.model.rung import Rung
from rasad.model.site import site_of
from rasad.relations.acts import Acts, Days, columns

Names = Mapping[str, str]
"""Columns of a frame that bear another name than rasad's: ``{"cameo": "EventCode"}``."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?![\w-])|\d{4}-\d{2}-\d{2}T")
REQUIRED: Final = ("occurred_on", "source_actor", "target_actor", "cameo")
OPTIONAL: Final = ("source_url", "flags", "text")


def acts_of_frame(frame: Any, names: Names | None = None) -> Acts:  # noqa: ANN401  (any library's frame)
    """The acts of a frame with a row an event.

    Args:
        frame: A frame of pandas, polars or Arrow, or of another library that narwhals knows.
        names: Where a column of the frame bears another name than rasad's: ``{"cameo": "EventCode"}``.

    Returns:
        Acts; rows in which an actor is missing, or where both are the same, are in no dyad and left out.

    Raises:
        TypeError: If it is not a frame.
        ValueError: If a column is missing, a day can't be read, or a code is in no code book; it names the first.

    Example:
        >>> import pyarrow
        >>> table = pyarrow.table({"occurred_on": ["2026-05-27"], "source_actor": ["RUS"], "target_actor": ["AFG"],
        ...                        "cameo": ["057"]})
        >>> len(acts_of_frame(table))
        1
    """
    told = _columns(frame, names)
    book = codebook()
    sites = {address: site_of(address) for address in set(told.addresses)}
    acts = columns(
        sources=told.sources,
        targets=told.targets,
        days=told.days,
        has_day=np.ones(len(told.days), dtype=bool),
        channels=[book[code].channel for code in told.codes],
        goldstein=[book[code].goldstein for code in told.codes],
        plover=[book[code].plover_score for code in told.codes],
        sites=[sites[address] for address in told.addresses],
        flags=told.flags,
    )
    return acts.where(
        np.array([_is_between(*pair) for pair in zip(told.sources, told.targets, strict=True)], dtype=bool)
    )


def events_of_frame(frame: Any, dyad: Dyad, names: Names | None = None) -> FrameEvents:  # noqa: ANN401  (any frame)
    """The events of a frame within one dyad, in order of day and row; the code book gives what the frame does not.

    Raises:
        TypeError, ValueError: As :func:`acts_of_frame`, or if the frame has no rows.
    """
    told = _columns(frame, names)
    if not len(told.days):
        raise ValueError("the frame has no rows")
    pairs = (dyad.first, dyad.second), (dyad.second, dyad.first)
    found = [
        _event(told, row)
        for row, pair in enumerate(zip(told.sources, told.targets, strict=True))
        if pair in pairs
    ]
    first: date = told.days.min().astype(date)
    last: date = told.days.max().astype(date)
    return FrameEvents(tuple(sorted(found, key=lambda event: (event.occurred_on, event.row))), first, last)


@dataclass(frozen=True)
class FrameEvents:
    """The events of one dyad in a frame, and the first and last day that the frame has events of."""

    events: tuple[Event, ...]
    first: date
    last: date


@dataclass(frozen=True, eq=False)
class _Columns:
    sources: list[str]
    targets: list[str]
    codes: list[str]
    days: Days
    addresses: list[str]
    flags: list[int]
    texts: list[str]


def _columns(frame: Any, names: Names | None) -> _Columns:  # noqa: ANN401  (any library's frame)
    import narwhals as nw  # noqa: PLC0415  (only where a frame is given)

    told = dict(names or {})
    for name in told:
        if name not in REQUIRED + OPTIONAL:
            raise ValueError(
                f"'{name}' is not a column that is read; known: {', '.join(REQUIRED + OPTIONAL)}"
            )
    table = nw.from_native(frame, eager_only=True)
    for name in REQUIRED:
        if told.get(name, name) not in table.columns:
            has = ", ".join(table.columns)
            raise ValueError(f"the frame has no column '{told.get(name, name)}' ({name}); it has: {has}")

    def column(name: str, otherwise: object) -> list[Any]:
        there = told.get(name, name)
        return table[there].to_list() if there in table.columns else [otherwise] * len(table)

    def texts(name: str) -> list[str]:
        return [_text(cell) for cell in column(name, "")]

    codes = texts("cameo")
    book = codebook()
    for row, code in enumerate(codes):
        if code not in book:
            raise ValueError(
                f"'{code}' is in no code book (row {row} of the frame); codes are texts, as \"010\""
            )
    return _Columns(
        sources=[_actor(cell, row) for row, cell in enumerate(column("source_actor", ""))],
        targets=[_actor(cell, row) for row, cell in enumerate(column("target_actor", ""))],
        codes=codes,
        days=_days(column("occurred_on", "")),
        addresses=texts("source_url"),
        flags=[_flags(cell, row) for row, cell in enumerate(column("flags", 0))],
        texts=texts("text"),
    )


def _event(told: _Columns, row: int) -> Event:
    code = codebook()[told.codes[row]]
    day: date = told.days[row].astype(date)
    name = f"r{row}"
    return Event(
        event_id=name, dataset="frame", dataset_event_id=name, snapshot_id="", row=row, occurred_on=day,
        date_precision="day", published_on="", source_actor=told.sources[row], target_actor=told.targets[row],
        place_country="", bears_on=(), text=told.texts[row] or code.label, cameo=code.code,
        plover_type=code.plover_type, plover_mode=code.plover_mode, context=code.context, domain=code.domain,
        rung=Rung(code.rung) if code.rung else None, quad_class=code.quad_class, channel=code.channel,
        goldstein=code.goldstein, source_grade="", ground="", source_url=told.addresses[row], note="",
        flags=told.flags[row],
    )  # fmt: skip


def _is_between(source: str, target: str) -> bool:
    return bool(source and target and source != target)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _actor(cell: object, row: int) -> str:
    """An actor's name; a number is refused, since "010" and 10 are not the same code.

    Raises:
        ValueError: If it is neither a text nor empty.
    """
    if cell is None or isinstance(cell, str) or cell != cell:  # noqa: PLR0124  (not a number: empty in pandas)
        return cell if isinstance(cell, str) else ""
    raise ValueError(f"the actor {cell!r} is no text (row {row} of the frame); write actors as texts")


def _flags(cell: object, row: int) -> int:
    """The bits of flags: a number, their names parted by blanks, or nothing.

    Raises:
        ValueError: If it is none of these.
    """
    if cell is None or cell == "" or cell != cell:  # noqa: PLR0124  (not a number: empty in pandas)
        return 0
    if isinstance(cell, str) and not cell.isdigit():
        names = re.split(r"[\s|,;]+", cell.strip())
        unknown = [name for name in names if name not in FLAGS]
        if unknown:
            raise ValueError(f"'{unknown[0][:40]}' is not a flag (column flags, row {row} of the frame)")
        return mask(names)
    try:
        return int(str(cell).removesuffix(".0"))
    except ValueError as error:
        raise ValueError(f"the flags {cell!r} can't be read (row {row} of the frame)") from error


def _days(cells: list[Any]) -> Days:
    return np.array([_day(cell, row) for row, cell in enumerate(cells)], dtype="datetime64[D]")


def _day(cell: object, row: int) -> str:
    """A day as ISO writes it: of a date, of a text that begins with one, or of eight digits as GDELT has them.

    Raises:
        ValueError: If it is none of these, or no calendar has it.
    """
    text = f"{cell:08d}" if isinstance(cell, int) else str(cell)
    if isinstance(cell, int):
        text = f"{text[:-4]}-{text[-4:-2]}-{text[-2:]}"
    try:
        return date.fromisoformat(text[:10] if _ISO.match(text) else "").isoformat()
    except ValueError as error:
        told = "no day" if cell is None or cell == "" else f"the day {str(cell)[:40]!r}, which can't be read"
        raise ValueError(f"row {row} of the frame has {told}; write it as 2026-05-27") from error
