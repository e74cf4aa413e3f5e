"""Series and turning points as ``rasad evaluate shifts`` reads them."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from rasad.errors import EvaluationError, Place
from rasad.relations.acts import CHANNELS, Floats
from rasad.relations.series import Every

MOST_BYTES: Final = 200_000_000
DIRECTIONS: Final = ("up", "down")


@dataclass(frozen=True)
class Rules:
    """How a set is scored: alarms a dyad-year, tolerance and lead in periods."""

    every: Every
    rate: float
    tolerance: int
    lead: int
    a_year: int

    def budget(self, n: int) -> int:
        """Alarms allowed to a dyad with n periods."""
        return max(1, round(self.rate * n / self.a_year))

    def period(self, day: date) -> str:
        """The period of a day, as the files name it."""
        return f"{day:%Y-%m}" if self.every == "month" else str(day - timedelta(days=day.weekday()))


SETS: Final = {
    "A_month": Rules("month", 0.25, 1, 24, 12),
    "B_month": Rules("month", 0.5, 1, 6, 12),
    "B_week": Rules("week", 1.0, 2, 26, 52),
    "C_week": Rules("week", 3.6, 1, 5, 52),
}


@dataclass(frozen=True, eq=False)
class DyadCounts:
    """One dyad of a set: acts by channel (n, channels of the file), all acts (n,), Goldstein sums (n,)."""

    counts: Floats
    channels: tuple[str, ...]
    n: Floats
    goldstein: Floats

    def side(self, channels: tuple[str, ...]) -> Floats:
        """Acts of some channels, 0 where the file has none of them."""
        at = [place for place, name in enumerate(self.channels) if name in channels]
        return np.asarray(self.counts[:, at].sum(axis=1))


@dataclass(frozen=True, eq=False)
class SetOfSeries:
    """The dyads of one set over its periods."""

    name: str
    periods: tuple[str, ...]
    dyads: dict[str, DyadCounts]

    @property
    def rules(self) -> Rules:
        return SETS[self.name]

    @property
    def budget(self) -> int:
        return self.rules.budget(len(self.periods))


@dataclass(frozen=True)
class TurningPoint:
    """A known turn of a dyad: its set, its day and whether it was for the better (``up``)."""

    set: str
    dyad: str
    on: date
    way: str
    label: str
    usable: bool
    weekly_usable: bool
    source: str = ""

    def is_in(self, name: str) -> bool:
        """Whether the point is of a set: ``B`` is of both its series."""
        weekly = name != "B_week" or self.weekly_usable
        return self.usable and weekly and self.set in (name, name.split("_", maxsplit=1)[0])


def read_sets(folder: Path) -> list[SetOfSeries]:
    """The sets that a folder holds.

    Raises:
        EvaluationError: If there is none, or one can't be read; it names the file and the line.
    """
    if not folder.is_dir():
        raise EvaluationError("not a folder", at=folder, do="Name the folder that holds series_*.csv.gz.")
    found = [_read_set(name, path) for name in SETS if (path := folder / f"series_{name}.csv.gz").is_file()]
    if not found:
        wanted = ", ".join(f"series_{name}.csv.gz" for name in SETS)
        raise EvaluationError("there is no series here", at=folder, do=f"It needs one of {wanted}.")
    return found


def read_points(folder: Path) -> list[TurningPoint]:
    """The turning points of all ``turning_points*.csv`` of a folder.

    Raises:
        EvaluationError: If one can't be read.
    """
    return [
        point
        for path in sorted(folder.glob("turning_points*.csv"))
        for point in _points(path.read_text("utf-8-sig", "replace"), path)
    ]


def rapprochements() -> list[TurningPoint]:
    """The project's own list of gradual improvements; its header says where they are from."""
    table = files("rasad.evaluate") / "rapprochements.csv"
    return list(_points(table.read_text("utf-8"), Path("rapprochements.csv")))


def _points(text: str, path: Path) -> Iterator[TurningPoint]:
    lines = text.splitlines()
    skipped = sum(1 for line in lines if line.startswith("#"))
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    for row, at in _rows(reader, path, skipped):
        try:
            way = row["dir"]
            if way not in DIRECTIONS:
                raise EvaluationError(f"'{way[:20]}' is not a direction", at=at, do="Write up or down.")
            yield TurningPoint(
                set=row["set"], dyad=row["dyad"], on=date.fromisoformat(row["date"]), way=way,
                label=row.get("label") or "", usable=row.get("usable", "True") == "True",
                weekly_usable=row.get("weekly_usable", "True") == "True", source=row.get("source_1") or "",
            )  # fmt: skip
        except (KeyError, ValueError, TypeError) as error:
            raise EvaluationError(
                f"not a turning point ({error})", at=at, do="It needs set, dyad, date and dir."
            ) from error


def _read_set(name: str, path: Path) -> SetOfSeries:
    try:
        with gzip.open(path) as packed:
            content = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise EvaluationError(f"can't be unpacked ({error})", at=path, do="Get the file again.") from error
    if len(content) > MOST_BYTES:
        raise EvaluationError(f"more than {MOST_BYTES:,} bytes", at=path, do="Split it by dyad.")
    reader = csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
    columns = reader.fieldnames or []
    missing = [column for column in ("period", "dyad", "n", "gsum") if column not in columns]
    if missing:
        raise EvaluationError(
            f"has no column '{missing[0]}'",
            at=Place(path, 1),
            do="It needs period, dyad, n, gsum and channels.",
        )
    channels = tuple(channel for channel in CHANNELS if channel != "ST" and channel in columns)
    if not channels:
        raise EvaluationError(
            "has no channel", at=Place(path, 1), do=f"It needs some of {', '.join(CHANNELS[1:])}."
        )
    rows: dict[str, dict[str, list[float]]] = {}
    periods = set()
    for row, where in _rows(reader, path):
        period, dyad = row["period"] or "", row["dyad"] or ""
        if not _is_period(period, SETS[name].every):
            raise EvaluationError(
                f"'{period[:20]}' is not a {SETS[name].every}", at=where, do=_PERIODS[SETS[name].every]
            )
        if period in rows.setdefault(dyad, {}):
            raise EvaluationError(f"{dyad[:60]} has {period} twice", at=where, do="Leave one row.")
        rows[dyad][period] = _counts(row, (*channels, "n", "gsum"), where)
        periods.add(period)
    ordered = tuple(sorted(periods))
    at = {period: place for place, period in enumerate(ordered)}
    dyads = {}
    for dyad, by_period in rows.items():
        table = np.zeros((len(ordered), len(channels) + 2))
        for period, told in by_period.items():
            table[at[period]] = told
        dyads[dyad] = DyadCounts(table[:, :-2], channels, table[:, -2], table[:, -1])
    return SetOfSeries(name, ordered, dyads)


_PERIODS: Final = {"month": "Write it as 2008-08.", "week": "Write its Monday as 2008-08-04."}


def _is_period(text: str, every: Every) -> bool:
    try:
        day = date.fromisoformat(f"{text}-01" if every == "month" else text)
    except ValueError:
        return False
    return text == (f"{day:%Y-%m}" if every == "month" else day.isoformat())


def _counts(row: dict[str, str], columns: Sequence[str], at: Place) -> list[float]:
    try:
        told = [float(row[column]) for column in columns]
    except (TypeError, ValueError) as error:
        raise EvaluationError(f"not a number ({error})", at=at, do="Mend the row.") from error
    if not all(np.isfinite(told)) or min(told[:-1]) < 0:
        raise EvaluationError("a count is negative or no number", at=at, do="Mend the row.")
    return told


def _rows(reader: csv.DictReader[str], path: Path, before: int = 0) -> Iterator[tuple[dict[str, str], Place]]:
    """The rows of a table, each with its line.

    Raises:
        EvaluationError: If a cell has no end.
    """
    try:
        for row in reader:
            yield row, Place(path, reader.line_num + before)
    except csv.Error as error:
        at = Place(path, reader.line_num + before)
        raise EvaluationError(f"a row can't be read ({error})", at=at, do="Mend the row.") from error
