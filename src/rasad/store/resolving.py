"""Resolving: from a dataset's codes and names to actors and states, and again when the table changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path

from rasad.model.flag import left_out, mask
from rasad.model.format import EVENTS
from rasad.store.engine import Connection, insert_rows, parquet, quoted, sql
from rasad.store.given import Given
from rasad.store.manifest import Manifest, Part, write_manifest
from rasad.store.parts import DAY_TOTAL, DYAD_WEEK, ROW_GROUP, SUPERSEDED

OWN = "id"
"""The coding of files that name actors by the ids of the table: nothing is left to resolve."""


def actor_key(actor: str, side: str) -> str:
    """An expression for what an actor is known by: its code, or its code, name and sector."""
    if actor == "{side}_code":
        return f"{side}_code"
    return f"concat_ws(chr(31), coalesce({side}_code, ''), coalesce({side}_name, ''), coalesce({side}_sector, ''))"


def tell_who_and_where(
    connection: Connection, given: Given, coding: str, keys: Sequence[str], codes: Sequence[str]
) -> None:
    """Fill ``actor_of`` and ``place_of`` for these keys and places."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE actor_of"
        " (key VARCHAR, valid_from DATE, valid_to DATE, actor VARCHAR, country VARCHAR, sector VARCHAR)"
    )
    insert_rows(connection, "actor_of", list(given.actors(coding, keys)))
    connection.execute("CREATE OR REPLACE TEMP TABLE place_of (code VARCHAR, state VARCHAR)")
    insert_rows(connection, "place_of", list(given.places(coding, codes)))


def resolve_again(connection: Connection, root: Path, manifest: Manifest, given: Given) -> Manifest:
    """Resolve every stored row by the actor table as it is now, where it has changed.

    Parts are written anew beside the old ones, with their weekly sums, and the manifest is
    renamed last, as in a load.
    """
    if manifest.actors == given.table or not manifest.parts:
        return manifest
    parts = list(manifest.parts)
    for dataset in manifest.datasets():
        snapshot = next(s for s in reversed(manifest.snapshots) if s.dataset == dataset)
        old = manifest.of(EVENTS, dataset)
        if old and snapshot.coding != OWN:
            again = _Again(connection, root, dataset, given.table)
            made = again.write(old, given, snapshot.coding, snapshot.actor, manifest.of(SUPERSEDED, dataset))
            stays = [
                p for p in parts if p.dataset != dataset or p.table not in (EVENTS, DYAD_WEEK, DAY_TOTAL)
            ]
            parts = [*stays, *made]
    resolved = replace(manifest, parts=tuple(parts), actors=given.table)
    write_manifest(root, resolved)
    return resolved


class _Again:
    """Writes the parts of a dataset anew."""

    def __init__(self, connection: Connection, root: Path, dataset: str, table: str) -> None:
        self._sql = connection
        self._root = root
        self._dataset = dataset
        self._table = table

    def write(
        self, old: Sequence[Part], given: Given, coding: str, actor: str, superseded: Sequence[Part]
    ) -> list[Part]:
        every = parquet([self._root / part.file for part in old])
        source, target = actor_key(actor, "source"), actor_key(actor, "target")
        keys = self._column(f"SELECT {source} AS key FROM {every} UNION SELECT {target} FROM {every}")
        codes = self._column(f"SELECT DISTINCT place_code FROM {every}")
        tell_who_and_where(self._sql, given, coding, keys, codes)
        self._sql.execute("SET preserve_insertion_order = true")
        made = [self._part(part, source, target) for part in old]
        fresh = parquet([self._root / part.file for part in made])
        hidden = str(mask(left_out(coding)))
        old_rows, kept = "WHERE false", ""
        if superseded:
            rows = parquet([self._root / part.file for part in superseded])
            old_rows = f"WHERE (snapshot_id, row) IN (SELECT (snapshot_id, row) FROM {rows})"
            kept = old_rows.replace(" IN ", " NOT IN ", 1)
        weeks = sql("dyad_week", events=f"(SELECT * FROM {fresh} {kept})", sign="1", left_out=hidden)
        totals = " UNION ALL ".join(
            f"SELECT {quoted(part.file)} AS part, occurred_on AS day, count(*) AS n,"
            f" count(*) FILTER ((flags & {hidden}) = 0) AS kept"
            f" FROM {parquet([self._root / part.file])} GROUP BY occurred_on"
            for part in made
        )
        totals += (
            f" UNION ALL SELECT '' AS part, occurred_on AS day, -count(*) AS n,"
            f" -count(*) FILTER ((flags & {hidden}) = 0) AS kept FROM {fresh} {old_rows} GROUP BY occurred_on"
        )
        return [
            *made,
            *self._sums(
                DYAD_WEEK, f"SELECT * FROM ({weeks}) ORDER BY dyad, week, source, kept", "week", "dyad"
            ),
            *self._sums(DAY_TOTAL, f"SELECT * FROM ({totals}) ORDER BY day", "day", "NULL"),
        ]

    def _part(self, part: Part, source: str, target: str) -> Part:
        select = sql(
            "resolved", events=parquet([self._root / part.file]), source=f"e.{source}" if source.endswith("_code") else source,
            target=f"e.{target}" if target.endswith("_code") else target,
        )  # fmt: skip
        file, rows, size, digest = self._copy(EVENTS, select, part.file)
        return replace(part, file=file, rows=rows, bytes=size, sha256=digest)

    def _sums(self, table: str, select: str, day: str, key: str) -> list[Part]:
        file, rows, size, digest = self._copy(table, select, "sums")
        if not rows:
            (self._root / file).unlink()
            return []
        ends = self._sql.execute(
            f"SELECT min({day})::VARCHAR, max({day})::VARCHAR, min({key}), max({key}) FROM {parquet([self._root / file])}"
        ).fetchall()[0]
        return [Part(table, self._dataset, file, rows, size, digest, *(end or "" for end in ends))]

    def _copy(self, table: str, select: str, after: str) -> tuple[str, int, int, str]:
        name = sha256(f"{after} {self._table}".encode()).hexdigest()[:16]
        ending = "-other.parquet" if after.endswith("-other.parquet") else ".parquet"
        file = f"{table}/dataset={self._dataset}/resolved_{name}{ending}"
        path = self._root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        (rows,) = self._sql.execute(
            f"COPY ({select}) TO {quoted(str(path))}"
            f" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP})"
        ).fetchall()[0]
        with path.open("rb") as written:
            return file, int(rows), path.stat().st_size, file_digest(written, "sha256").hexdigest()

    def _column(self, statement: str) -> list[str]:
        return [value for (value,) in self._sql.execute(statement).fetchall() if value is not None]
