"""Rows as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

RUN = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with, also in the wide letters that some spreadsheets take for the same; blanks before it count not."""


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""Rows as CSV; a cell that a spreadsheet would run as a formula is quoted for it.

    Example:
        >>> as_csv(["claim"], [["=1+1"], ["-0.5"]])
        "claim\n'=1+1\n-0.5\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue()


def _plain(cell: str) -> str:
    number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.lstrip().startswith(RUN) and not number else cell
