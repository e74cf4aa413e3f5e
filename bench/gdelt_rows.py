"""A large GDELT 2.0 export, made out of the real rows of one 15-minute file.

Every slot is a new draw: its stories, its pairs of actors, its codes and its places begin at other
rows of the real file; one row in four has an actor exchanged; towns get neighbours that the file
does not name; each story has an address, a tone and counts of its own. So actors keep their
frequencies and stories their sizes, yet no slot repeats another: repeated rows would flatter
whatever reads them. How close the made rows come to the real ones is printed, as bytes a row in
Parquet; the two must agree within 30 %.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

ROOT = Path(__file__).resolve().parent.parent
REAL = Path("gdelt") / "v2_2019" / "20191024143000.export.CSV"
"""A file as it was published, below the folder that RASAD_DATA names."""
FIXTURES = ROOT / "tests" / "fixtures" / "events"
SLOT_ROWS = 2111
"""Rows of a slot on average, as in the real file; one slot has half of that, another half more."""
PART_ROWS = 1_000_000
"""Rows that are made at once: about 400 MB of text and 1.5 GB of memory."""
VARIANTS = 96
"""Names that a real town may go by; the first are drawn far more often than the last."""
WORDS = 40_000
"""Words in addresses: those of the real file, drawn three times in four, and mixtures of them."""
MOST_APART = 0.3

_PLACE = {
    "Type": "INTEGER", "FullName": "VARCHAR", "CountryCode": "VARCHAR", "ADM1Code": "VARCHAR",
    "ADM2Code": "VARCHAR", "Lat": "DOUBLE", "Long": "DOUBLE", "FeatureID": "VARCHAR",
}  # fmt: skip
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
COLUMNS: dict[str, str] = {
    "GLOBALEVENTID": "BIGINT", "SQLDATE": "INTEGER", "MonthYear": "INTEGER", "Year": "INTEGER",
    "FractionDate": "DOUBLE", **{f"Actor{side}{name}": "VARCHAR" for side in (1, 2) for name in _ACTOR},
    "IsRootEvent": "INTEGER", "EventCode": "VARCHAR", "EventBaseCode": "VARCHAR", "EventRootCode": "VARCHAR",
    "QuadClass": "INTEGER", "GoldsteinScale": "DOUBLE", "NumMentions": "INTEGER", "NumSources": "INTEGER",
    "NumArticles": "INTEGER", "AvgTone": "DOUBLE",
    **{f"{of}Geo_{name}": kind for of in ("Actor1", "Actor2", "Action") for name, kind in _PLACE.items()},
    "DATEADDED": "BIGINT", "SOURCEURL": "VARCHAR",
}  # fmt: skip
"""All 61 columns of the format, and the types they hold."""
MAIN = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2Type1Code", "IsRootEvent", "EventCode",
    "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_Lat", "ActionGeo_Long",
    "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The columns an event is made of; the others follow from them or are hardly ever filled."""

_REAL = """
CREATE MACRO front_of(name) AS name[:(len(name) + 1) // 2];
CREATE MACRO back_of(name) AS lower(name[len(name) // 2 + 1:]);
CREATE MACRO one_of(names, h) AS names[(1 + h % len(names))::INTEGER];

CREATE TABLE raw AS SELECT row_number() OVER () AS line, coalesce(COLUMNS(*), '') FROM real_file;

CREATE TABLE real AS
SELECT
    (row_number() OVER (ORDER BY SOURCEURL, line) - 1)::INTEGER AS r,
    (dense_rank() OVER (ORDER BY SOURCEURL) - 1)::INTEGER AS article,
    dense_rank() OVER (ORDER BY Actor1Code, Actor1Name)::INTEGER AS rank1,
    dense_rank() OVER (ORDER BY Actor2Code, Actor2Name)::INTEGER AS rank2,
    dense_rank() OVER (ORDER BY EventCode)::INTEGER AS rank3,
    (strptime(DATEADDED[:8], '%Y%m%d')::DATE - strptime(SQLDATE, '%Y%m%d')::DATE)::INTEGER AS days,
    concat_ws(chr(9), *COLUMNS('^Actor1[^G]')) AS actor1,
    concat_ws(chr(9), *COLUMNS('^Actor2[^G]')) AS actor2,
    concat_ws(chr(9), *COLUMNS('^(IsRoot|Event|Quad|Goldstein)')) AS what,
    concat_ws(chr(9), *COLUMNS('^Actor1Geo_')) AS place1,
    concat_ws(chr(9), *COLUMNS('^Actor2Geo_')) AS place2,
    concat_ws(chr(9), *COLUMNS('^ActionGeo_')) AS place3,
    NumMentions::INTEGER AS mentions, NumSources AS sources, NumArticles::INTEGER AS articles,
    AvgTone::DOUBLE AS tone, SOURCEURL AS url
FROM raw;
SET VARIABLE n = (SELECT count(*) FROM real);
SET VARIABLE id = (SELECT min(GLOBALEVENTID::BIGINT) - 1 FROM raw);
"""
"""The real rows in the order of their stories, cut into the blocks that are drawn apart.

GDELT misdates events by 30 or 365 days, whatever the month; so what a date keeps is its distance in days.
"""

_PLACES = """
CREATE TABLE town AS
SELECT place, string_split(place, chr(9)) AS cell, split_part(cell[2], ',', 1) AS town,
    cell[2][len(town) + 1:] AS land,
    (row_number() OVER (ORDER BY place) - 1)::INTEGER AS nth
FROM (SELECT place1 AS place FROM real UNION SELECT place2 FROM real UNION SELECT place3 FROM real)
WHERE place[1] IN ('3', '4');

CREATE TABLE other AS
SELECT place, v, concat_ws(
    chr(9), cell[1], front_of(town) || back_of(second) || land, cell[3], cell[4], cell[5],
    round(greatest(-89, least(89, cell[6]::DOUBLE + (h % 40001)::INTEGER / 10000 - 2)), 4),
    round(greatest(-179, least(179, cell[7]::DOUBLE + (h // 65536 % 40001)::INTEGER / 10000 - 2)), 4),
    '-' || (h % 4000000)
) AS instead
FROM (
    SELECT *, hash(nth, v) AS h, one_of(towns, h) AS second
    FROM town, range(1, getvariable('variants')) AS variant(v), (SELECT list(town ORDER BY nth) AS towns FROM town)
);

CREATE TABLE places AS
SELECT r, wanted.v::INTEGER AS v, concat_ws(
    chr(9), coalesce(one.instead, place1), coalesce(two.instead, place2), coalesce(three.instead, place3)
) AS places
FROM (SELECT * FROM real, range(getvariable('variants')) AS variant(v)) AS wanted
LEFT JOIN other AS one ON one.place = place1 AND one.v = wanted.v
LEFT JOIN other AS two ON two.place = place2 AND two.v = wanted.v
LEFT JOIN other AS three ON three.place = place3 AND three.v = wanted.v;
"""
"""Towns that the real file does not name, near those it does: a year of slots names ever new ones."""

_ADDRESSES = """
CREATE TABLE token AS
WITH cut AS (
    SELECT DISTINCT article AS address, regexp_extract(url, '^[a-z]+://[^/]*') AS host, url[len(host) + 1:] AS path
    FROM real
), token AS (
    SELECT address, host, unnest(tokens) AS token, generate_subscripts(tokens, 1) AS nth
    FROM (SELECT *, regexp_extract_all(path, '[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+') AS tokens FROM cut)
), kind AS (
    SELECT *,
        CASE
            WHEN token SIMILAR TO '(19|20)[0-9]{2}' THEN -1
            WHEN token SIMILAR TO '[0-9]{3,}' THEN len(token)
            WHEN token SIMILAR TO '[A-Za-z]{3,}' AND seldom THEN 0
        END AS digits
    FROM (SELECT *, count(*) OVER (PARTITION BY token) < 5 AS seldom FROM token)
)
SELECT *, count(digits) OVER (PARTITION BY address ORDER BY nth) AS piece FROM kind;

CREATE TABLE word AS
SELECT known || mixed AS words, len(known) AS known
FROM (SELECT list(token ORDER BY address, nth) AS known FROM token WHERE digits = 0), LATERAL (
    SELECT list(front_of(one_of(known, hash(nth))) || back_of(one_of(known, hash(nth) // 65536)) ORDER BY nth) AS mixed
    FROM range(getvariable('more_words')) AS word(nth)
);

CREATE TABLE address AS
SELECT address, any_value(host) || coalesce(any_value(text) FILTER (piece = 0), '') AS front,
    coalesce(list({'digits': digits, 'text': text} ORDER BY piece) FILTER (piece > 0), []) AS pieces
FROM (
    SELECT address, host, piece, any_value(digits) AS digits,
        coalesce(string_agg(token, '' ORDER BY nth) FILTER (digits IS NULL), '') AS text
    FROM token GROUP BY address, host, piece
)
GROUP BY address;
SET VARIABLE addresses = (SELECT count(*) FROM address);
"""
"""An address is a front that stays, and pieces: a word (0), a year (-1) or some digits, and what follows."""

_SLOTS = """
CREATE TABLE slot AS
SELECT k, h, n, added, size, first, (h % n)::INTEGER AS of_story, (h // 4096 % n)::INTEGER AS of_actors,
    (h // 16777216 % n)::INTEGER AS of_event, (h // 68719476736 % n)::INTEGER AS of_place
FROM (
    SELECT k, size, sum(size) OVER (ORDER BY k) - size AS first, hash(getvariable('seed'), k) AS h,
        getvariable('n')::INTEGER AS n, getvariable('start') + to_minutes(15 * k) AS added
    FROM (
        SELECT k, hash(getvariable('seed'), k, 'size') AS dice, getvariable('slot_rows') AS mean,
            (dice % mean + mean // 2)::INTEGER AS size
        FROM range(getvariable('slots')) AS slot(k)
    )
)
WHERE first < getvariable('rows');
"""
"""Where each slot begins, and at which real row each of its blocks begins."""

_DRAW = """
SET VARIABLE begun = (SELECT min(first) FROM slot WHERE first + size > getvariable('first'));

CREATE OR REPLACE TABLE begun AS
SELECT k, h, added, i, hash(h, i) AS dice, (dice // 64 % n::UBIGINT)::INTEGER AS other,
    (i + of_story) % n AS r, (i + of_story) // n AS lap,
    (i + of_actors) % n AS actors, (i + of_event) % n AS event, (i + of_place) % n AS place
FROM (
    SELECT *, unnest(range(size))::INTEGER AS i FROM slot
    WHERE first < getvariable('last') AND first + size > getvariable('first')
);

CREATE OR REPLACE TABLE drawn AS
WITH made AS (
    SELECT *, CASE dice % 8 WHEN 0 THEN other ELSE actors END AS actor1,
        CASE dice % 8 WHEN 1 THEN other ELSE actors END AS actor2
    FROM begun
)
SELECT added, made.r, made.actor1, made.actor2, event, place, told.days,
    hash(h, lap, told.article) AS story,
    floor(pow(hash(h, seen.article) % 1000 / 1000, 3) * getvariable('variants'))::INTEGER AS v,
    CASE dice // 8 % 8 WHEN 0 THEN (dice // 1024 % 7)::INTEGER ELSE 0 END AS more
FROM made
JOIN real AS told ON told.r = made.r
JOIN real AS one ON one.r = made.actor1
JOIN real AS two ON two.r = made.actor2
JOIN real AS did ON did.r = made.event
JOIN real AS seen ON seen.r = made.place
ORDER BY k, told.days DESC, (one.rank1::BIGINT * 4096 + two.rank2) * 4096 + did.rank3, i;

CREATE OR REPLACE TABLE dates AS
SELECT added, days, strftime(added, '%Y%m%d%H%M%S') AS stamp, concat_ws(
    chr(9), strftime(day, '%Y%m%d'), strftime(day, '%Y%m'), year(day),
    printf('%.4f', year(day) + (30 * (month(day) - 1) + day(day)) / 365.0)
) AS cells
FROM (SELECT DISTINCT added, days, added - to_days(days) AS day FROM drawn);

CREATE OR REPLACE TABLE story AS
SELECT story, tone, front || array_to_string(list_transform(pieces, lambda piece, x: (CASE
        WHEN piece.digits < 0 THEN year
        WHEN piece.digits > 0 THEN right(hash(story, x)::VARCHAR, piece.digits)
        ELSE words[(1 + hash(story, x) % CASE hash(x, story) % 4 WHEN 0 THEN len(words) ELSE known END)::INTEGER]
    END) || piece.text), '') AS url
FROM (
    SELECT story, any_value(year(added))::VARCHAR AS year, (story % getvariable('addresses'))::INTEGER AS address,
        round(min(tone) + (story // 4096 % 200001)::INTEGER / 30000 - 3.3, 14)::VARCHAR AS tone
    FROM drawn JOIN real USING (r) GROUP BY story
)
JOIN address USING (address)
CROSS JOIN word;
"""
"""The rows of some slots as numbers of blocks, in the order that GDELT gives them, and their stories."""

_LINES = """
SELECT concat_ws(
    chr(9), getvariable('id') + nth, dates.cells, one.actor1, two.actor2, did.what,
    told.mentions + more, told.sources, told.articles + more, story.tone, places, stamp, story.url
) AS line
FROM (SELECT *, getvariable('begun') + rowid + 1 AS nth FROM drawn) AS row
JOIN real AS told ON told.r = row.r
JOIN real AS one ON one.r = row.actor1
JOIN real AS two ON two.r = row.actor2
JOIN real AS did ON did.r = row.event
JOIN places ON places.r = row.place AND places.v = row.v
JOIN dates ON dates.added = row.added AND dates.days = row.days
JOIN story ON story.story = row.story
WHERE nth > getvariable('first') AND nth <= getvariable('last')
ORDER BY nth
"""
"""DuckDB 2.0 does not keep the order of rows through joins on two threads, so they are sorted again."""

_STAMPS = """
SELECT strftime(added, '%Y%m%d%H%M%S'), least(size, getvariable('rows') - first)::INTEGER FROM slot ORDER BY k
"""

_HELD = """
SELECT sum(total_compressed_size), (SELECT any_value(num_rows) FROM parquet_file_metadata($parquet))
FROM parquet_metadata($parquet)
"""


class GdeltRows:
    """``rows`` made rows, the same for the same seed; any stretch of them can be written."""

    def __init__(self, rows: int, *, seed: int = 1, start: date = date(2024, 1, 1)) -> None:
        self.rows = rows
        self._db = duckdb.connect()
        # The drawn rows are the long side of every join: the other is held, as it is written.
        self._db.execute("SET threads = 2; SET disabled_optimizers = 'build_side_probe_side'")
        as_text(self._db, real()).create_view("real_file")
        slots = 2 * rows // SLOT_ROWS + 100
        self._set(variants=VARIANTS, more_words=WORDS, slot_rows=SLOT_ROWS)
        self._set(rows=rows, seed=seed, start=start, slots=slots)
        for step in (_REAL, _PLACES, _ADDRESSES, _SLOTS):
            self._db.execute(step)

    def write(self, path: Path, first: int = 0, count: int | None = None) -> None:
        """Write ``count`` rows from row ``first`` on into one file."""
        last = self.rows if count is None else min(first + count, self.rows)
        self._write_part(path, first, min(first + PART_ROWS, last))
        if last - first <= PART_ROWS:
            return
        with TemporaryDirectory(prefix="rasad-rows-", dir=path.parent) as scratch, path.open("ab") as whole:
            part = Path(scratch) / "part.CSV"
            for begin in range(first + PART_ROWS, last, PART_ROWS):
                self._write_part(part, begin, min(begin + PART_ROWS, last))
                with part.open("rb") as lines:
                    shutil.copyfileobj(lines, whole, 1 << 20)

    def files(self, folder: Path, each: int = PART_ROWS) -> Iterator[Path]:
        """Write files of ``each`` rows one by one; a file is deleted when the next is asked for."""
        for first in range(0, self.rows, each):
            path = folder / f"made-{first // each:04}.export.CSV"
            self.write(path, first, each)
            yield path
            path.unlink()

    def zips(self, folder: Path) -> Iterator[Path]:
        """Write a zip a slot, under the names that GDELT would give them; they stay."""
        slots = self._db.execute(_STAMPS).fetchall()
        with TemporaryDirectory(prefix="rasad-rows-", dir=folder) as scratch:
            lines = self._lines(Path(scratch))
            for stamp, size in slots:
                path = folder / f"{stamp}.export.CSV.zip"
                with ZipFile(path, "w", ZIP_DEFLATED) as slot:
                    slot.writestr(path.stem, b"".join(islice(lines, size)))
                yield path

    def _lines(self, scratch: Path) -> Iterator[bytes]:
        for file in self.files(scratch):
            with file.open("rb") as lines:
                yield from lines

    def _write_part(self, path: Path, first: int, last: int) -> None:
        self._set(first=first, last=last)
        self._db.execute(_DRAW)
        self._db.sql(_LINES).write_csv(str(path), header=False, sep="\t", quotechar="", escapechar="")

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            self._db.execute(f"SET VARIABLE {name} = $value", {"value": value})


@cache
def real() -> Path:
    """The file of real rows; without RASAD_DATA the project's own hundred, and it is said.

    Raises:
        SystemExit: If there is neither.
    """
    data = os.environ.get("RASAD_DATA")
    if data is not None:
        return Path(data) / REAL
    for path in sorted(FIXTURES.rglob("*")):
        if path.is_file() and path.open("rb").readline().count(b"\t") == len(COLUMNS) - 1:
            print(f"RASAD_DATA is not set: rows are made out of {path.relative_to(ROOT)}", file=sys.stderr)
            return path
    sys.exit(f"RASAD_DATA is not set, and no GDELT file is in {FIXTURES}; set it to the folder with {REAL}.")


def as_text(db: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    """An export with all of its columns as text."""
    return db.read_csv(
        str(path), header=False, sep="\t", names=list(COLUMNS), all_varchar=True, quotechar="", escapechar=""
    )


def bytes_a_row(path: Path, most: int = PART_ROWS) -> float:
    """What a row of an export takes in Parquet: its columns, compressed, without the file's footer."""
    with TemporaryDirectory(prefix="rasad-rows-", dir=path.parent) as scratch, duckdb.connect() as db:
        parquet = str(Path(scratch) / "main.parquet")
        columns = ", ".join(f"{name}::{COLUMNS[name]} AS {name}" for name in MAIN)
        as_text(db, path).limit(most).select(columns).write_parquet(parquet, compression="zstd")
        held, rows = db.execute(_HELD, {"parquet": parquet}).fetchall()[0]
        return float(held) / int(rows)


def main() -> int:
    """Write the rows and print how they compare with the real ones; exit 1 if they differ too much."""
    options = _options()
    begun = perf_counter()
    made = GdeltRows(options.rows, seed=options.seed, start=options.start)
    if options.zips:
        options.out.mkdir(parents=True, exist_ok=True)
        files = sum(1 for _ in made.zips(options.out))
        seconds = perf_counter() - begun
        print(
            json.dumps({"rows": options.rows, "files": files, "rows_a_second": round(options.rows / seconds)})
        )
        return 0
    made.write(options.out)
    seconds = perf_counter() - begun
    told = {
        "rows": options.rows,
        "seconds": round(seconds, 2),
        "rows_a_second": round(options.rows / seconds),
    }
    told_of, kept = compared(options.out)
    print(json.dumps(told | told_of))
    return 0 if kept else 1


def compared(path: Path) -> tuple[dict[str, float], bool]:
    """Bytes a row of the real file, of as many made rows and of up to a million; and do they agree.

    The project's own hundred rows are too few to tell: most of what they take is their dictionaries.
    """
    if "RASAD_DATA" not in os.environ:
        return {"made_bytes_a_row": round(bytes_a_row(path), 1)}, True
    with real().open("rb") as lines:
        rows = sum(1 for _ in lines)
    truly, alike, whole = bytes_a_row(real()), bytes_a_row(path, rows), bytes_a_row(path)
    told = {"real_bytes_a_row": truly, f"made_bytes_a_row_of_{rows}": alike, "made_bytes_a_row": whole}
    kept = all(abs(made / truly - 1) <= MOST_APART for made in (alike, whole))
    return {name: round(value, 1) for name, value in told.items()}, kept


def _options() -> Namespace:
    options = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("rows", type=int)
    options.add_argument("out", type=Path, help="the file, or with --zips the folder")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--start", type=date.fromisoformat, default=date(2024, 1, 1), help="day of the first slot"
    )
    options.add_argument("--zips", action="store_true", help="a zip for every 15 minutes instead of one file")
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
