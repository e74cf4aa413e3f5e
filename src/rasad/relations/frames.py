"""Acts straight from a frame of events: pandas, polars or Arrow, whichever the user has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from rasad.model.codebook import codebook
from rasad.model.site import site_of
from rasad.relations.acts import Acts, columns

REQUIRED: Final = ("occurred_on", "source_actor", "target_actor", "cameo")
OPTIONAL: Final = ("source_url", "flags")


def acts_of_frame(frame: Any, names: Mapping[str, str] | None = None) -> Acts:  # noqa: ANN401  (any library's frame)
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
            raise ValueError(
                f"the frame has no column '{told.get(name, name)}' ({name}); it has: {', '.join(table.columns)}"
            )

    def column(name: str, otherwise: object) -> list[Any]:
        there = told.get(name, name)
        return table[there].to_list() if there in table.columns else [otherwise] * len(table)

    sources, targets = (
        [_text(cell) for cell in column(name, "")] for name in ("source_actor", "target_actor")
    )
    codes = [_text(cell) for cell in column("cameo", "")]
    book = codebook()
    for row, code in enumerate(codes):
        if code not in book:
            raise ValueError(
                f"'{code}' is in no code book (row {row} of the frame); codes are texts, as \"010\""
            )
    sites = {address: site_of(address) for address in set(map(_text, column("source_url", "")))}
    days = _days(column("occurred_on", ""))
    acts = columns(
        sources=sources,
        targets=targets,
        days=days,
        has_day=np.ones(len(days), dtype=bool),
        channels=[book[code].channel for code in codes],
        goldstein=[book[code].goldstein for code in codes],
        plover=[book[code].plover_score for code in codes],
        sites=[sites[_text(cell)] for cell in column("source_url", "")],
        flags=[int(cell or 0) for cell in column("flags", 0)],
    )
    named = np.array(
        [bool(one and other and one != other) for one, other in zip(sources, targets, strict=True)],
        dtype=bool,
    )
    return acts.where(named)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _days(cells: list[Any]) -> np.ndarray:
    try:
        days = np.array([None if cell is None else str(cell)[:10] for cell in cells], dtype="datetime64[D]")
    except ValueError as error:
        raise ValueError(f"a day can't be read ({error}); write it as 2026-05-27") from error
    missing = np.isnat(days)
    if missing.any():
        raise ValueError(f"row {int(missing.argmax())} of the frame has no day")
    return days
