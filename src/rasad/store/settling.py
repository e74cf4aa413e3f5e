"""Settling: which rows of a batch the store has already, and which take an older one's place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rasad.model.format import EVENTS, TAB, UNIT, Format
from rasad.store.engine import Connection
from rasad.store.given import Given
from rasad.store.manifest import Part, Snapshot
from rasad.store.parts import Parts
from rasad.store.staging import Staging, lines

CONTENT = (
    "occurred_on", "ended_on", "published_on", "source_code", "source_name", "target_code",
    "target_name", "place_code", "place_name", "latitude", "longitude", "bears_on", "text", "cameo",
    "act", "plover_type", "plover_mode", "context", "domain", "rung", "tone", "n_mentions", "n_sources", "n_articles",
    "deaths_low", "deaths", "deaths_high", "story", "source_url", "publisher", "source_grade", "ground", "note",
)  # fmt: skip
"""What a row says: rows of two formats are the same where all of it is."""


def settle(
    connection: Connection,
    *,
    parts: Parts,
    given: Given,
    known: Format,
    staging: Staging,
    snapshots: dict[str, Snapshot],
    is_typed: bool,
    passing: Path,
) -> None:
    """Fill ``same`` (rows that are there already), ``older`` (rows whose place is taken) and ``outdated`` (those of the batch).

    A row is the same as the one before it under its key, in the batch or in the store, where
    its line is; rows that came in another format, or of which one was text and the other typed, are
    compared by what was kept of them.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE same (rid BIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE outdated (rid BIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE revised (no INTEGER, n BIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE older (snapshot_id VARCHAR, row BIGINT, no INTEGER)")
    connection.execute("CREATE OR REPLACE TEMP TABLE prior (key VARCHAR, snapshot_id VARCHAR, row BIGINT)")
    overlapping = parts.with_keys(known.table)
    if overlapping:
        key = "e.dataset_event_id" if known.table == EVENTS else "e.mention_key"
        connection.execute(
            f"INSERT INTO prior SELECT {key}, e.snapshot_id, e.row FROM {parts.read(overlapping)} AS e"
            f" WHERE {key} IN (SELECT key FROM staged WHERE problem IS NULL) {parts.and_current('e')}"
        )
    (again, prior) = connection.execute(
        "SELECT (SELECT count(*) - count(DISTINCT key) FROM staged WHERE problem IS NULL), (SELECT count(*) FROM prior)"
    ).fetchall()[0]
    if again or prior:
        staging.need_raw()
        connection.execute("CREATE OR REPLACE TEMP TABLE was (key VARCHAR, line VARCHAR, same BOOLEAN)")
        for (snapshot_id,) in connection.execute("SELECT DISTINCT snapshot_id FROM prior").fetchall():
            old = snapshots.get(snapshot_id)
            if old is not None and (old.format, old.columns, old.reader, old.is_typed) == (
                known.name,
                known.columns,
                "",
                is_typed,
            ):
                _recall_lines(connection, given, old, known, passing)
            else:
                _recall_content(connection, parts, overlapping, known, snapshot_id)
        _compare(connection)


def _recall_lines(connection: Connection, given: Given, old: Snapshot, known: Format, passing: Path) -> None:
    """Bring the lines that rows of an older snapshot had, their cells parted as those of the batch."""
    here, there = (ord(sign) for sign in ((TAB, UNIT) if known.separator == TAB else (UNIT, TAB)))
    line = f"CASE WHEN contains(l.line, chr({here})) THEN l.line ELSE replace(l.line, chr({there}), chr({here})) END"
    before = 0
    for piece in given.reopen(old, passing / "recalled"):
        (count,) = connection.execute(f"SELECT count(*) FROM {lines(piece)}").fetchall()[0]
        connection.execute(
            f"INSERT INTO was SELECT p.key, {line}, NULL FROM"
            f" (SELECT {before} + row_number() OVER () AS row, line FROM {lines(piece)}) AS l"
            " JOIN prior AS p ON p.row = l.row AND p.snapshot_id = $id",
            {"id": old.snapshot_id},
        )
        before += count
        if piece.passing:
            piece.path.unlink()


def _recall_content(
    connection: Connection, parts: Parts, overlapping: Sequence[Part], known: Format, snapshot_id: str
) -> None:
    """Tell of older rows that came in another way whether they say the same as the new ones."""
    special = {
        "text": parts.restored("text"),
        "note": parts.restored("note"),
        "published_on": "coalesce(s.published_on, s.added_on::VARCHAR)",
    }
    if known.table != EVENTS:
        alike = "false"
    else:
        alike = " AND ".join(
            f"coalesce({special.get(column, f's.{column}')}::VARCHAR, '') = coalesce(e.{column}::VARCHAR, '')"
            for column in CONTENT
        )
    connection.execute(
        f"INSERT INTO was SELECT s.key, NULL, {alike} FROM"
        " (SELECT * FROM staged WHERE rid IN (SELECT min(rid) FROM staged WHERE problem IS NULL GROUP BY key)) AS s"
        " JOIN prior AS p ON p.key = s.key AND p.snapshot_id = $id"
        f" JOIN {parts.read(overlapping)} AS e ON e.snapshot_id = p.snapshot_id AND e.row = p.row",
        {"id": snapshot_id},
    )


def _compare(connection: Connection) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE version AS"
        " SELECT s.rid, s.no, s.row, s.key, r.line,"
        " lag(r.line) OVER every AS line_before, row_number() OVER every AS place"
        " FROM staged AS s JOIN raw AS r ON r.no = s.no AND r.row = s.row"
        " WHERE s.problem IS NULL AND (s.key IN (SELECT key FROM prior) OR s.key IN"
        " (SELECT key FROM staged WHERE problem IS NULL GROUP BY key HAVING count(*) > 1))"
        " WINDOW every AS (PARTITION BY s.key ORDER BY s.rid)"
    )
    connection.execute(
        "INSERT INTO same SELECT v.rid FROM version AS v LEFT JOIN was ON was.key = v.key WHERE CASE WHEN v.place > 1"
        " THEN v.line = v.line_before ELSE coalesce(was.same, rtrim(v.line, '	') = rtrim(was.line, '	'), false) END"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE newer AS SELECT * FROM version WHERE rid NOT IN (SELECT rid FROM same)"
    )
    connection.execute(
        "INSERT INTO older SELECT p.snapshot_id, p.row, n.no FROM prior AS p"
        " JOIN (SELECT key, min(no) AS no FROM newer GROUP BY key) AS n ON n.key = p.key"
    )
    connection.execute(
        "INSERT INTO outdated SELECT rid FROM newer WHERE rid NOT IN (SELECT max(rid) FROM newer GROUP BY key)"
    )
    connection.execute(
        "INSERT INTO older SELECT f.snapshot_id, n.row, n.no FROM newer AS n JOIN file AS f ON f.no = n.no"
        " WHERE n.rid IN (SELECT rid FROM outdated)"
    )
    connection.execute(
        "INSERT INTO revised SELECT n.no, count(*) FROM newer AS n"
        " WHERE n.place > 1 OR n.key IN (SELECT key FROM prior) GROUP BY n.no"
    )
