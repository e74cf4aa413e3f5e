"""How long a dossier takes on a desk of many events: all weeks of a dyad and its latest 50 events.

The desk is filled file by file: each is made, loaded and deleted, so that the text of 100 million
events is never on the disk at once. Then dossiers are asked for, each in a fresh process: of the
dyad given, of the busiest and of the rarest. The time is that of the query alone.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb

from gdelt_rows import GdeltRows, as_text
from load import LOAD, load, new_desk, run, stop
from watched import Watched

ROUNDS = 5
MOST_SECONDS, MOST_TIMES, MOST_MEGABYTES = 1.0, 1.5, 2000.0

_QUERY = """
import json, sys
from pathlib import Path
from time import perf_counter
from rasad.settings import Desk
from rasad.store.store import Store
root = Desk(Path(sys.argv[1])).store
begun = perf_counter()
dossier = Store(root).dossier(*sys.argv[2].split("-"))
seconds = perf_counter() - begun
print(json.dumps([seconds, len({week.week for week in dossier.weeks}), len(dossier.latest)]))
"""
_PAIRS = "SELECT Actor1Code, Actor2Code, count(*) FROM export WHERE Actor1Code <> Actor2Code GROUP BY ALL"


@dataclass(frozen=True)
class Asked:
    """What a dossier took, and what it held."""

    dyad: str
    seconds: float
    weeks: int
    events: int
    megabytes: float


def main() -> int:
    """Print what dossiers took, as JSON; exit 1 if a bound of the project is broken."""
    options = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--each", type=int, default=1_000_000, help="rows of a file")
    options.add_argument("--dyad", default="RUS-AFG")
    options.add_argument(
        "--against", type=float, metavar="SECONDS", help="'slowest_seconds' of a smaller desk"
    )
    options.add_argument(
        "--scratch", type=Path, help="where there is room for the desk; else the system's place"
    )
    options.add_argument("--load", default=LOAD, help="another command, with {file} and {desk}")
    given = options.parse_args()
    with TemporaryDirectory(prefix="rasad-bench-", dir=given.scratch) as scratch:
        desk = new_desk(Path(scratch) / "desk")
        dyads = [given.dyad]
        loads: list[Watched] = []
        for file, rows in _files(given.rows, given.each, Path(scratch)):
            if not loads:
                dyads += _busiest_and_rarest(file, desk)
            loads.append(load(given.load, file, desk, rows))
            done = given.each * (len(loads) - 1) + rows
            print(
                f"bench: {done:,} rows are loaded, the last {rows:,} in {loads[-1].seconds:.1f} s",
                file=sys.stderr,
            )
        size = sum(path.stat().st_size for path in desk.rglob("*") if path.is_file())
        asked = [_ask(desk, dyad) for dyad in dyads]
    peak = max(seen.megabytes for seen in loads)
    told: dict[str, object] = {
        "rows": given.rows,
        "load_seconds": round(sum(seen.seconds for seen in loads), 1),
        "first_file_seconds": round(loads[0].seconds, 1),
        "last_file_seconds": round(loads[-1].seconds, 1),
        "load_peak_megabytes": round(peak),
        "store_megabytes": round(size / 1_000_000),
    }
    return _tell(told, asked, peak, given.against)


def _files(rows: int, each: int, folder: Path) -> Iterator[tuple[Path, int]]:
    for nth, file in enumerate(GdeltRows(rows).files(folder, each)):
        yield file, min(each, rows - nth * each)


def _busiest_and_rarest(file: Path, desk: Path) -> list[str]:
    """The dyads of two states that a file names most and least often."""
    from rasad.settings import Desk  # noqa: PLC0415

    actors = Desk(desk).actors
    counts: Counter[str] = Counter()
    with duckdb.connect() as db:
        as_text(db, file).create_view("export")
        for one, other, count in db.execute(_PAIRS).fetchall():
            if actors.is_state(one) and actors.is_state(other):
                counts["-".join(sorted((one, other)))] += count
    if len(counts) < 2:
        stop("the made rows have no two dyads of states")
    order = sorted(counts, key=lambda dyad: (-counts[dyad], dyad))
    return [order[0], order[-1]]


def _ask(desk: Path, dyad: str) -> Asked:
    seconds, megabytes = [], 0.0
    for _ in range(ROUNDS):
        seen = run(sys.executable, "-c", _QUERY, str(desk), dyad)
        took, weeks, events = json.loads(seen.printed)
        seconds.append(took)
        megabytes = max(megabytes, seen.megabytes)
    return Asked(dyad, round(median(seconds), 3), weeks, events, round(megabytes))


def _tell(told: dict[str, object], asked: Sequence[Asked], peak: float, against: float | None) -> int:
    slowest = max(dossier.seconds for dossier in asked)
    told |= {"slowest_seconds": slowest, "dossiers": [asdict(dossier) for dossier in asked]}
    times = slowest / against if against else 0.0
    if against is not None:
        told["times_smaller_desk"] = round(times, 2)
    print(json.dumps(told))
    return 0 if slowest < MOST_SECONDS and times <= MOST_TIMES and peak <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
