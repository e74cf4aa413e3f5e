"""How long a load of GDELT takes, beside tools that only read the same file.

All run in fresh processes, in turn, three rounds of them; the ratios are what counts. rasad's time
is that of its whole process; a peer's is of its work alone, without its start and its imports. So
the comparison leans to the peers' side.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NoReturn

from gdelt_rows import COLUMNS, ROOT, GdeltRows
from watched import Watched, watched

ROUNDS = 3
MOST_TIMES_DUCKDB, LEAST_TIMES_GDELT_PY, MOST_MEGABYTES = 3.0, 10.0, 2000.0
LOAD = shlex.join([sys.executable, "-m", "rasad", "load", "{file}", "--json", "--desk", "{desk}"])
SETTINGS = '[desk]\nname = { en = "Benchmark" }\n'
PINS = Path(__file__).parent / "peers.txt"
KEPT = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor1Name", "Actor2Code", "Actor2Name", "EventCode",
    "NumMentions", "NumSources", "NumArticles", "AvgTone", "ActionGeo_Type", "ActionGeo_FullName",
    "ActionGeo_CountryCode", "ActionGeo_Lat", "ActionGeo_Long", "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The columns of a GDELT row that rasad keeps; the others follow from them."""

_DUCKDB = """
import duckdb
db = duckdb.connect(config={"threads": 2})
db.execute("SET enable_progress_bar = false")
types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
greatest = ", ".join(f"max({name})" for name in columns)
how = "delim = '\\t', header = false, quote = '', escape = '', auto_detect = false"
export = f"read_csv('{path}', columns = {{{types}}}, {how})"
"""
_PANDAS = """
import pandas
types = {"BIGINT": "int64", "INTEGER": "int32", "DOUBLE": "float64", "VARCHAR": "str"}
types = {name: types[columns[name]] for name in kept}
"""
_POLARS = """
import polars
types = {"BIGINT": polars.Int64, "INTEGER": polars.Int32, "DOUBLE": polars.Float64, "VARCHAR": polars.String}
types = {name: types[kind] for name, kind in columns.items()}
places = [list(columns).index(name) for name in kept]
"""
_GDELT_PY = """
from pathlib import Path
from py_gdelt.models.events import Event
from py_gdelt.parsers.events import EventsParser
"""
_TIMED = """
import json, sys
from time import perf_counter
path, columns, kept = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
{prepare}
begun = perf_counter()
rows = {work}
print(json.dumps([rows, perf_counter() - begun]))
"""


@dataclass(frozen=True)
class Peer:
    """What a tool does before its time is taken, and the work that gives the number of rows it read."""

    prepare: str
    work: str
    slow: bool = False
    """Whether it gets a slice of the file, as all of it would take minutes."""


@dataclass(frozen=True)
class Figure:
    """The median of a tool's seconds, and the most memory it held in any round."""

    name: str
    rows: int
    seconds: float
    megabytes: float

    @property
    def rows_a_second(self) -> float:
        return self.rows / self.seconds


OURS, PARSE, SCAN, TYPED = "rasad load", "DuckDB parse", "DuckDB scan", "gdelt-py events"
PEERS = {
    PARSE: Peer(_DUCKDB, 'db.execute(f"CREATE TABLE export AS SELECT * FROM {export}").fetchone()[0]'),
    SCAN: Peer(_DUCKDB, 'db.execute(f"SELECT count(*), {greatest} FROM {export}").fetchone()[0]'),
    "DuckDB count(*)": Peer(_DUCKDB, 'db.execute(f"SELECT count(*) FROM {export}").fetchone()[0]'),
    "polars read_csv": Peer(
        _POLARS,
        "polars.read_csv(path, separator='\\t', has_header=False, columns=places, schema=types,"
        " quote_char=None).height",
    ),
    "pandas read_csv": Peer(
        _PANDAS,
        "len(pandas.read_csv(path, sep='\\t', header=None, names=list(columns), usecols=kept, dtype=types,"
        " quoting=3, keep_default_na=False, na_values=['']))",
    ),
    TYPED: Peer(
        _GDELT_PY,
        "sum(1 for raw in EventsParser().parse(Path(path).read_bytes()) if Event.from_raw(raw))",
        slow=True,
    ),
    "gdelt-py text": Peer(
        _GDELT_PY, "sum(1 for _ in EventsParser().parse(Path(path).read_bytes()))", slow=True
    ),
}
"""DuckDB is rasad's own. gdelt-py's parser gives texts; what its users get of a file are typed events."""


def main() -> int:
    """Print what each tool took, as JSON and as a table; exit 1 if a bound of the project is broken."""
    options = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--slice", type=int, default=100_000, help="rows for those that are slow")
    options.add_argument("--load", default=LOAD, help="another command, with {file} and {desk}")
    given = options.parse_args()
    rows = {name: min(given.slice, given.rows) if peer.slow else given.rows for name, peer in PEERS.items()}
    rows[OURS] = given.rows
    python = _python_of_peers()
    with TemporaryDirectory(prefix="rasad-bench-") as scratch:
        file, part = Path(scratch) / "made.export.CSV", Path(scratch) / "part.export.CSV"
        GdeltRows(given.rows).write(file)
        with file.open("rb") as whole, part.open("wb") as some:
            some.writelines(islice(whole, given.slice))
        took: dict[str, list[Watched]] = {name: [] for name in (OURS, *PEERS)}
        for _ in range(ROUNDS):
            took[OURS].append(load(given.load, file, new_desk(Path(scratch) / "desk"), given.rows))
            for name, peer in PEERS.items():
                took[name].append(_read(peer, python, part if peer.slow else file, rows[name]))
        size = file.stat().st_size
    told = {
        "rows": given.rows,
        "megabytes_of_text": round(size / 1_000_000),
        "times_duckdb_parse": 1 / _speed(took, PARSE, rows),
        "times_duckdb_scan": 1 / _speed(took, SCAN, rows),
        "times_faster_than_gdelt_py": _speed(took, TYPED, rows),
    }
    return _tell([_figure(name, seen, rows[name]) for name, seen in took.items()], told)


def new_desk(desk: Path) -> Path:
    """An empty desk, in place of one that was there."""
    shutil.rmtree(desk, ignore_errors=True)
    desk.mkdir(parents=True)
    (desk / "rasad.toml").write_text(SETTINGS, "utf-8")
    return desk


def load(command: str, file: Path, desk: Path, rows: int) -> Watched:
    """Load a file of so many new rows into a desk; stop where not every row was loaded."""
    seen = run(*[part.format(file=file, desk=desk) for part in shlex.split(command)])
    if json.loads(seen.printed)["loaded"] != rows:
        stop(f"not all of {rows} rows were loaded: {seen.printed}")
    return seen


def stop(why: str) -> NoReturn:
    """End, as nothing can be measured."""
    print(f"bench: {why}", file=sys.stderr)
    sys.exit(2)


def run(*command: str) -> Watched:
    """Watch a command, and stop where it fails."""
    try:
        return watched(*command)
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"a command failed ({error})"[:400])


def _read(peer: Peer, python: Path, file: Path, rows: int) -> Watched:
    code = _TIMED.format(prepare=peer.prepare, work=peer.work)
    own = sys.executable if peer.prepare is _DUCKDB else str(python)
    seen = run(own, "-c", code, str(file), json.dumps(COLUMNS), json.dumps(KEPT))
    read, seconds = json.loads(seen.printed)
    if read != rows:
        stop(f"of {rows} rows {read} were read by {peer.work}")
    return Watched(seconds, seen.megabytes, seen.printed)


def _python_of_peers() -> Path:
    """The Python of an environment with the peers, made where it isn't what the pins say."""
    folder = ROOT / "build" / "bench-peers"
    python, ready = folder / "bin" / "python", folder / "ready.txt"
    if not ready.is_file() or ready.read_bytes() != PINS.read_bytes():
        print(
            f"bench: installing {PINS.relative_to(ROOT)} into {folder.relative_to(ROOT)} …", file=sys.stderr
        )
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install", "--no-deps"]
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
            subprocess.run([*pip, "--requirement", str(PINS)], check=True)
        except subprocess.CalledProcessError as error:
            stop(f"the peers could not be installed ({error})")
        shutil.copyfile(PINS, ready)
    return python


def _figure(name: str, seen: Sequence[Watched], rows: int) -> Figure:
    return Figure(name, rows, median(one.seconds for one in seen), max(one.megabytes for one in seen))


def _speed(took: Mapping[str, Sequence[Watched]], name: str, rows: Mapping[str, int]) -> float:
    """How many times as many rows a second rasad takes as a peer: the median of the rounds."""
    fewer = rows[OURS] / rows[name]
    return median(
        peer.seconds * fewer / ours.seconds for ours, peer in zip(took[OURS], took[name], strict=True)
    )


def _tell(figures: Sequence[Figure], told: dict[str, float]) -> int:
    ours = next(figure for figure in figures if figure.name == OURS)
    tools = {f.name: {"seconds": round(f.seconds, 2), "rows_a_second": round(f.rows_a_second),
                      "megabytes": round(f.megabytes)} for f in figures}  # fmt: skip
    print(json.dumps({name: round(value, 2) for name, value in told.items()} | {"tools": tools}))
    print(f"{'':20}{'rows':>12}{'seconds':>10}{'rows/s':>12}{'MB':>8}{'÷ rasad':>10}", file=sys.stderr)
    for f in figures:
        speed = f.rows_a_second / ours.rows_a_second
        print(
            f"{f.name:20}{f.rows:12,}{f.seconds:10.2f}{f.rows_a_second:12,.0f}{f.megabytes:8,.0f}{speed:10.2f}",
            file=sys.stderr,
        )
    kept = (
        told["times_duckdb_parse"] <= MOST_TIMES_DUCKDB
        and told["times_faster_than_gdelt_py"] >= LEAST_TIMES_GDELT_PY
        and ours.megabytes <= MOST_MEGABYTES
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
