"""Compacting: many small parts become few, sorted by dyad anew; no row is changed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path

from rasad.model.format import EVENTS, MENTIONS
from rasad.store.engine import Connection, engine, parquet, quoted
from rasad.store.manifest import Manifest, Part, read_manifest, sweep, write_manifest, writing
from rasad.store.parts import DAY_TOTAL, DYAD_WEEK, REJECT, ROW_GROUP, SUPERSEDED

LARGEST = 2_000_000
"""Rows of a part that is not joined with others any more."""
MOST_PARTS = 16
"""From more parts of a small table on, a load joins them."""
_SELECT = {
    EVENTS: "SELECT * FROM {parts} ORDER BY dyad, occurred_on DESC, snapshot_id, row",
    MENTIONS: "SELECT * FROM {parts} ORDER BY dataset_event_id, mentioned_at",
    DYAD_WEEK: "SELECT dyad, source, target, week, kept, {sums} FROM {parts} GROUP BY ALL ORDER BY dyad, week, source, kept",
    DAY_TOTAL: "SELECT * FROM {parts} ORDER BY day",
    REJECT: "SELECT * FROM {parts} ORDER BY snapshot_id, row",
    SUPERSEDED: "SELECT * FROM {parts}",
}
_SUMS = ("n", "st", "vc", "mc", "vf", "mn", "mv", "n_goldstein", "goldstein_tenths", "mentions")


def compact(root: Path) -> tuple[int, int]:
    """Join the small parts of a store; gives how many parts there were and are.

    Raises:
        StoreError: If another command is writing, or the store can't be read.
    """
    with writing(root):
        manifest = read_manifest(root)
        sweep(root, manifest)
        with engine(root / "passing" / "spill") as connection:
            joined = join(connection, root, manifest)
        if len(joined.parts) < len(manifest.parts):
            write_manifest(root, joined)  # the old parts go with the next load
        return len(manifest.parts), len(joined.parts)


def join_sums(connection: Connection, root: Path, manifest: Manifest) -> Manifest:
    """Join weekly and daily sums and other small tables where they have come to many parts."""
    many = {
        (table, dataset)
        for table in (DYAD_WEEK, DAY_TOTAL, REJECT, SUPERSEDED)
        for dataset in manifest.datasets()
        if len(manifest.of(table, dataset)) > MOST_PARTS
    }
    return join(connection, root, manifest, many) if many else manifest


def join(
    connection: Connection, root: Path, manifest: Manifest, only: Collection[tuple[str, str]] | None = None
) -> Manifest:
    """A manifest whose small parts are joined, of some tables and datasets or of all."""
    kept: list[Part] = []
    groups: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in manifest.parts:
        groups[part.table, part.dataset].append(part)
    renamed: dict[str, str] = {}
    for group, parts in sorted(groups.items(), key=lambda group: group[0][0] == DAY_TOTAL):
        for some in _runs(parts) if only is None or group in only else [[part] for part in parts]:
            joined = some[0] if len(some) == 1 else _join(connection, root, group[0], some, renamed)
            renamed |= {part.file: joined.file for part in some}
            kept.append(joined)
    return replace(manifest, parts=tuple(kept))


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Neighbours that are small enough to be one, those within dyads and the others apart."""
    runs: list[list[Part]] = []
    for other in (False, True):
        rows = 0
        for part in parts:
            if part.file.endswith("-other.parquet") != other:
                continue
            if rows and rows + part.rows <= LARGEST:
                runs[-1].append(part)
                rows += part.rows
            else:
                runs.append([part])
                rows = part.rows
    return runs


def _join(
    connection: Connection, root: Path, table: str, parts: Sequence[Part], renamed: dict[str, str]
) -> Part:
    name = sha256("".join(part.file for part in parts).encode()).hexdigest()[:16]
    ending = "-other.parquet" if parts[0].file.endswith("-other.parquet") else ".parquet"
    file = f"{table}/dataset={parts[0].dataset}/joined_{name}{ending}"
    path = root / file
    sums = ", ".join(f"sum({column})::BIGINT AS {column}" for column in _SUMS)
    select = _SELECT[table].format(parts=parquet([root / part.file for part in parts]), sums=sums)
    if table == DAY_TOTAL:
        cases = " ".join(
            f"WHEN {quoted(old)} THEN {quoted(new)}" for old, new in renamed.items() if old != new
        )
        if cases:
            select = f"SELECT CASE part {cases} ELSE part END AS part, day, sum(n)::BIGINT AS n, sum(kept)::BIGINT AS kept FROM ({select}) GROUP BY ALL ORDER BY day"
    (rows,) = connection.execute(
        f"COPY ({select}) TO {quoted(str(path))}"
        f" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchall()[0]
    with path.open("rb") as written:
        os.fsync(written.fileno())
        digest = file_digest(written, "sha256").hexdigest()

    def low(field: str) -> str:
        return min((getattr(part, field) for part in parts if getattr(part, field)), default="")

    def high(field: str) -> str:
        return max((getattr(part, field) for part in parts), default="")

    return Part(
        table, parts[0].dataset, file, int(rows), path.stat().st_size, digest, low("first_on"), high("last_on"),
        low("key_low"), high("key_high"), low("added_low"), high("added_high"),
    )  # fmt: skip
