"""Event files as they are published, spoilt, and read once more by a plain reader; and what a store says it holds.

The plain readers share nothing with the loader: they split lines, or use the csv module, and know the
columns by the formats' own documents.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import psutil

from desks import ENTRY, Said, rasad, the_fault

EVENTS = Path(__file__).parent / "fixtures" / "events"
GDELT2 = EVENTS / "20191024143000.export.CSV"
MENTIONS = EVENTS / "20150218230000.mentions.CSV"
GDELT1 = EVENTS / "events_v1_57_and_58_columns.csv"
GED = EVENTS / "ged191.csv"
GED_ZIP = EVENTS / "ged191.csv.zip"
CANDIDATE = EVENTS / "GEDEvent_v24_0_6.csv"
ICEWS = EVENTS / "events.2021.invented.tab"
POLECAT = EVENTS / "ngecEvents.DV.2022.txt"
POLECAT_INTENSITY = EVENTS / "ngecEvents.DV.2022.intensity.txt"
POLECAT_HEADLINE = EVENTS / "ngecEvents.DV.2022.headline.txt"
POLECAT_TRAILING = EVENTS / "ngecEvents.DV.2022.trailing.txt"
POLECAT_LATIN1 = EVENTS / "ngecEvents.DV.2022.latin1.txt"
POLECAT_ZIP = EVENTS / "ngecEventsDV-2022.txt.zip"
ACLED = EVENTS / "acled-2024-01-10.csv"
VARIANTS = (POLECAT_INTENSITY, POLECAT_HEADLINE, POLECAT_TRAILING, POLECAT_LATIN1, POLECAT_ZIP)

TABLES = (GED, CANDIDATE, ACLED)
"""The files with commas and quotes; in the others tabs part the cells and a quote is a letter."""
EVENT_FILES = (GDELT2, GDELT1, GED, GED_ZIP, CANDIDATE, ICEWS, POLECAT, *VARIANTS, ACLED)
"""Every file of events, which are exported; mentions are loaded, but are no events."""
ALL_FILES = (*EVENT_FILES, MENTIONS)
ONE_EACH = (GDELT2, MENTIONS, GDELT1, GED, CANDIDATE, ICEWS, POLECAT, ACLED)
"""A file of each format."""
COUNTS = ("rows_read", "loaded", "revised", "duplicates", "rejected")
TOLD = {*COUNTS, "flagged", "seconds", "rows_per_second", "format"}
FLAGS = (
    "repeated", "repeated_in_place", "same_story", "syndicated", "date_off_week", "date_off_month",
    "date_off_year", "centroid", "no_source", "no_target", "mirrored", "summary", "unknown_code",
)  # fmt: skip
GIGA = 2**30
csv.field_size_limit(2**30)  # a cell may hold 100 MB, which some tests see to

# ---- the commands -----------------------------------------------------------


def load(desk: Path, file: Path, *options: object) -> dict[str, Any]:
    """Load a file; every row of it must be accounted for."""
    said = rasad("load", file, "--desk", desk, "--json", *options)
    assert said.code == 0, f"{file.name}: exit {said.code}: {said.err}"
    told = json.loads(said.out)
    assert accounted(told), f"{file.name}: {told}"
    return told


def accounted(told: dict[str, Any]) -> bool:
    """Whether a load lost no row."""
    return told["rows_read"] == told["loaded"] + told["duplicates"] + told["rejected"]


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    """Rows read, loaded, revised, duplicates and rejected."""
    return tuple(told[name] for name in COUNTS)


def not_loaded(desk: Path, file: Path) -> str:
    """The one line that says why a file was not loaded; the store is as it was, byte by byte."""
    before = hashes(desk)
    line = the_fault(rasad("load", file, "--desk", desk, "--json"))
    assert hashes(desk) == before
    assert file.name in line
    return line


def is_sound(desk: Path) -> bool:
    """Whether `rasad store check` finds nothing wrong."""
    return rasad("store", "check", "--desk", desk).code == 0


def held(desk: Path) -> dict[str, dict[str, Any]]:
    """What a store says it holds, by dataset: rows, first, last, duplicates, rejects and flags."""
    said = rasad("store", "--desk", desk, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)["datasets"]


def rejects(desk: Path) -> list[dict[str, Any]]:
    """The rejected rows that a store keeps."""
    said = rasad("store", "rejects", "--desk", desk, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def export(desk: Path, *options: object) -> list[dict[str, str]]:
    """The current events of a store, as its CSV export has them."""
    out = desk.parent / f"export-{time.monotonic_ns()}.csv"
    said = rasad("store", "export", out, "--desk", desk, *options)
    assert said.code == 0, said.err
    with out.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    out.unlink()
    return rows


def loaded_events(desk: Path, *options: object) -> list[dict[str, str]]:
    """The current events that came from files, without the desk's own."""
    return [row for row in export(desk, *options) if row["dataset"] != "chronology"]


def state(desk: Path) -> set[tuple[str, ...]]:
    """What a user can see of a store's events; no two of them are one."""
    columns = ("dataset", "dataset_event_id", "occurred_on", "cameo", "source_url")
    rows = [tuple(row[name] for name in columns) for row in export(desk, "--private")]
    assert len({row[:2] for row in rows}) == len(rows)
    return set(rows)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """Run the command as a process of its own, which says `go` when Python is ready, in a group of its own."""
    entry = ENTRY.replace("main()", "print('go', flush=True); main()")
    process = subprocess.Popen(
        [sys.executable, "-c", entry, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"go\n"
    return process


def finish(process: subprocess.Popen[bytes], timeout: float = 60) -> Said:
    """Wait for a process that was started."""
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        kill(process)
        raise
    return Said(process.returncode, out.decode(), err.decode("utf-8", "backslashreplace"))


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def watched(*arguments: object, timeout: float = 60) -> tuple[Said, int]:
    """Run the command as a process; also how many bytes of memory it and its children held at most."""
    process = start(*arguments)
    watcher = psutil.Process(process.pid)
    peak, end = 0, time.monotonic() + timeout
    while process.poll() is None and time.monotonic() < end:
        peak = max(peak, sum(map(_resident, _family(watcher))))
        time.sleep(0.01)
    return finish(process, timeout=1), peak


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


# ---- what lies on the disk --------------------------------------------------


def hashes(folder: Path) -> dict[str, str]:
    """Every file and link below a folder with its hash; the locks, which are empty, left out."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size
    }


def keeps(desk: Path, words: str) -> bool:
    """Whether words stand anywhere in a desk's store: as they are, packed, or in a table."""
    wanted = words.encode()
    return any(
        wanted in text for path in (desk / ".rasad").rglob("*") if path.is_file() for text in _texts(path)
    )


def _texts(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is packed in them."""
    data = path.read_bytes()
    yield data
    if data[:4] == b"PAR1":
        rows = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()  # noqa: S608  (a path of ours)
        yield "\n".join("\t".join(map(str, row)) for row in rows).encode()
    elif data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    elif data[:4] == b"\x28\xb5\x2f\xfd":
        read = f"SELECT line FROM read_csv('{path}', compression='zstd', delim='\x01', header=false, quote='', columns={{line: 'VARCHAR'}})"  # noqa: S608
        yield "\n".join(str(line) for (line,) in duckdb.sql(read).fetchall()).encode()
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


# ---- files, made and spoilt -------------------------------------------------


def lines(file: Path) -> list[str]:
    """The lines of a file of which each is a row."""
    return file.read_text("utf-8").removesuffix("\n").split("\n")


def write(file: Path, rows: Iterable[str | Sequence[str]]) -> Path:
    """Write lines, or rows of cells that tabs part."""
    texts = (row if isinstance(row, str) else "\t".join(row) for row in rows)
    file.write_text("".join(f"{text}\n" for text in texts), "utf-8", newline="")
    return file


def cells(file: Path) -> list[list[str]]:
    """The rows of a file that tabs part, its header too if it has one."""
    return [line.split("\t") for line in lines(file)]


def table(file: Path) -> list[list[str]]:
    """The records of a CSV file, its header too."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def write_table(
    file: Path, rows: Iterable[Sequence[str]], *, delimiter: str = ",", mark: str = "", end: str = "\n"
) -> Path:
    """Write a CSV file; ``end`` is the end of a record, not of a line within one."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    file.write_text(mark + text.getvalue(), "utf-8", newline="")
    return file


def records(file: Path) -> list[list[str]]:
    """The rows of a fixture, its header too if it has one, whichever way they are written."""
    return table(file) if file in TABLES else cells(file)


def write_like(file: Path, folder: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write rows the way a fixture is written, under its name in another folder."""
    folder.mkdir(exist_ok=True)
    return (write_table if file in TABLES else write)(folder / file.name, rows)


def zipped(file: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return file


def many(file: Path, copies: int, *, first: int = 0) -> Path:
    """A large GDELT file: the real rows again and again, their ids and days shifted."""
    with file.open("w", encoding="utf-8", newline="") as out:
        for copy in range(first, first + copies):
            for row in cells(GDELT2):
                out.write("\t".join(shifted(row, copy)) + "\n")
    return file


def shifted(row: Sequence[str], by: int) -> list[str]:
    """A row of GDELT 2.0 as if it had been added some days before, with an id of its own."""
    day = gdelt_day(row[1]) - timedelta(days=by)
    added = gdelt_day(row[59]) - timedelta(days=by)
    row = [str(int(row[0]) + 1_000_000 * by), *row[1:]]
    row[1:5] = f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + day.timetuple().tm_yday / 365:.4f}"
    row[59] = f"{added:%Y%m%d}{row[59][8:]}"
    return row


# ---- the formats, read plainly ----------------------------------------------


@dataclass(frozen=True)
class Plain:
    """A row as its format's own document describes it."""

    key: str
    day: date
    source: str
    target: str
    code: str
    place: tuple[str, ...]
    content: tuple[str, ...]
    added: date | None = None
    story: str = ""
    address: str = ""
    only_country: bool = False
    summary: bool = False
    mirror: tuple[str, ...] = ()
    known: bool = True


def gdelt_day(digits: str) -> date:
    """A day in 8 digits, or the day of an instant in 14."""
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _gdelt(row: list[str], *, place: int, added: int, address: str) -> Plain:
    return Plain(
        key=row[0],
        day=gdelt_day(row[1]),
        source=row[5],
        target=row[15],
        code=row[26],
        place=(row[place + 1],),
        content=tuple(row),
        added=gdelt_day(row[added]),
        story=address,
        address=address,
        only_country=row[place] == "1",
    )


def gdelt2(row: list[str]) -> Plain:
    """A row of 61 cells."""
    return _gdelt(row, place=51, added=59, address=row[60])


def gdelt1(row: list[str]) -> Plain:
    """A row of 57 or 58 cells; what stands in the last of 58 is not always an address."""
    address = row[57] if len(row) == 58 and row[57].startswith("http") else ""
    return _gdelt(row, place=49, added=56, address=address)


def icews(row: list[str]) -> Plain:
    """A row of 20 cells, `NA` or nothing where nothing is known."""
    known = [cell if cell != "NA" else "" for cell in row]
    return Plain(
        key=f"{row[0]} {row[1]}",
        day=date.fromisoformat(row[1]),
        source=known[2],
        target=known[8],
        code=known[6],
        place=tuple(known[14:18]),
        content=tuple(row),
        story=row[11],
        only_country=bool(known[17]) and not any(known[14:17]),
        mirror=(row[1], row[11], row[12], row[6], row[8], row[2]),
        known=known[6] not in ("", "13y"),
    )


def polecat(row: list[str]) -> Plain:
    """A row of 40 cells, `None` or nothing where nothing is known."""
    known = [cell if cell != "None" else "" for cell in row]
    return Plain(
        key=row[0],
        day=date.fromisoformat(row[1]),
        source=known[7],
        target=known[15],
        code=f"{row[2]} {row[3]}",
        place=tuple(known[23:28]),
        content=tuple(row),
        only_country=bool(known[27]) and not any(known[24:27]),
        known=row[2] != "PROTESTT",
    )


def ucdp(row: dict[str, str]) -> Plain:
    """A record of GED or Candidate."""
    return Plain(
        key=row["id"],
        day=date.fromisoformat(row["date_start"][:10]),
        source=row["side_a"],
        target=row["side_b"],
        code=row["type_of_violence"],
        place=(row["where_coordinates"], row["adm_1"], row["adm_2"], row["country"]),
        content=tuple(row.values()),
        story=row["source_article"],
        only_country=row["where_prec"] == "6",
        summary=row["date_prec"] == "5",
    )


def acled(row: dict[str, str]) -> Plain:
    """A record of an export from ACLED."""
    return Plain(
        key=row["event_id_cnty"],
        day=date.fromisoformat(row["event_date"]),
        source=row["actor1"],
        target=row["actor2"],
        code=f"{row['event_type']} {row['sub_event_type']}",
        place=(row["country"], row["admin1"], row["location"]),
        content=tuple(row.values()),
    )


def _records(rows: list[list[str]], read: Callable[[dict[str, str]], Plain]) -> list[Plain]:
    header, *records = rows
    return [read(dict(zip(header, record, strict=True))) for record in records]


def plain(file: Path) -> list[Plain]:
    """The rows of a fixture that holds events, in its order; each variant of POLECAT holds the same."""
    if file == GDELT2:
        return list(map(gdelt2, cells(file)))
    if file == GDELT1:
        return list(map(gdelt1, cells(file)))
    if file == ICEWS:
        return list(map(icews, cells(file)[1:]))
    if file in (POLECAT, *VARIANTS):
        return list(map(polecat, cells(POLECAT)[1:]))
    if file in (GED, GED_ZIP, CANDIDATE):
        return _records(table(GED if file == GED_ZIP else file), ucdp)
    assert file == ACLED
    return _records(table(file), acled)


def rows_of(file: Path) -> int:
    """How many rows a fixture has, its header not counted."""
    return len(cells(file)) if file == MENTIONS else len(plain(file))


# ---- what must be told of them ----------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What a load of a file into an empty store must tell."""

    loaded: int
    revised: int
    duplicates: int
    current: tuple[Plain, ...]


def expected(rows: Sequence[Plain]) -> Expected:
    """Rows by their key: the same again is a duplicate, another content is a revision."""
    current: dict[str, Plain] = {}
    revised = duplicates = 0
    for row in rows:
        before = current.get(row.key)
        duplicates += before is not None and before.content == row.content
        revised += before is not None and before.content != row.content
        current[row.key] = row
    return Expected(len(rows) - duplicates, revised, duplicates, tuple(current.values()))


def expected_flags(rows: Sequence[Plain]) -> dict[str, int]:
    """How often each flag must be told of rows that are all current, by its name."""
    found: Counter[str] = Counter()
    acts: Counter[tuple[object, ...]] = Counter()
    places: Counter[tuple[object, ...]] = Counter()
    stories: Counter[str] = Counter()
    mirrors: set[tuple[str, ...]] = set()
    addresses: dict[str, set[str]] = {}
    for row in rows:
        act = (row.day, row.source, row.target, row.code)
        slug = story_slug(row.address)
        found["repeated"] += act in acts
        found["repeated_in_place"] += (*act, row.place) in places
        found["same_story"] += bool(row.story) and row.story in stories
        found["syndicated"] += bool(slug) and bool(addresses.get(slug, set()) - {row.address})
        found["centroid"] += row.only_country
        found["no_source"] += not row.source
        found["no_target"] += not row.target
        found["mirrored"] += row.mirror in mirrors
        found["summary"] += row.summary
        found["unknown_code"] += not row.known
        found.update(dates_off(row))
        acts[act] += 1
        places[(*act, row.place)] += 1
        stories[row.story] += 1
        if slug:
            addresses.setdefault(slug, set()).add(row.address)
        if row.mirror:
            mirrors.add((*row.mirror[:4], row.mirror[5], row.mirror[4]))
    return {name: found[name] for name in FLAGS}


def dates_off(row: Plain) -> Iterator[str]:
    """The flag of an event that is dated exactly 7, 30 or 365 days before it was added.

    These are GDELT's own steps: rows added on 18 March 2020 are dated 17 February 2020 and 19 March 2019.
    """
    steps = {7: "date_off_week", 30: "date_off_month", 365: "date_off_year"}
    if row.added is not None and (row.added - row.day).days in steps:
        yield steps[(row.added - row.day).days]


def story_slug(address: str) -> str:
    """The words of a story in its address: the last part of the path, where it has four words or more."""
    path = re.sub(r"^https?://[^/]*|[?#].*$", "", address).rstrip("/")
    last = re.sub(r"\.[a-z]{2,5}$", "", path.rsplit("/", 1)[-1].lower())
    return last if len(re.findall(r"[a-z]{2,}", last)) >= 4 else ""


def flags_told(told: dict[str, Any]) -> dict[str, int]:
    """The flags that a load tells, those not told being none."""
    return {name: told["flagged"].get(name, 0) for name in FLAGS}


def copied(row: Sequence[str], key: int, address: str) -> list[str]:
    """A row of GDELT 2.0 again, with another id and from another address."""
    return [str(key), *row[1:60], address]
