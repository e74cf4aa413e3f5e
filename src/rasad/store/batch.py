"""A batch: rows of one format on their way into parts of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rasad.model.flag import FLAGS, bit, left_out, mask
from rasad.model.flag import names as flag_names
from rasad.model.format import EVENTS, TAB, UNREAD, Format
from rasad.store.engine import Connection, quoted, sql
from rasad.store.given import Given
from rasad.store.manifest import Part, Snapshot
from rasad.store.parts import DAY_TOTAL, DYAD_WEEK, REJECT, SUPERSEDED, Parts, Reach, reach
from rasad.store.resolving import actor_key, tell_who_and_where
from rasad.store.settling import settle
from rasad.store.staging import Direct, Staging

SMALL = 50_000
"""Up to so many rows a batch is one part; above, events within no dyad have one of their own, unsorted."""


class Batch:
    """Works the rows of ``staged`` into parts."""

    def __init__(
        self,
        connection: Connection,
        *,
        root: Path,
        given: Given,
        parts: Sequence[Part],
        snapshots: dict[str, Snapshot],
        known: Format,
        is_typed: bool,
    ) -> None:
        self._sql = connection
        self._root = root
        self._given = given
        self._snapshots = snapshots
        self._is_typed = is_typed
        self._format = known
        self._parts = Parts(connection, root, parts, known)
        self._left_out = mask(left_out(known.coding))
        self.counts: dict[int, Counter[str]] = {}
        self.rejected: dict[int, Counter[str]] = {}
        self.flagged: dict[int, Counter[str]] = {}

    def work(self, staging: Staging, name: str, direct: Direct | None = None) -> list[Part]:
        """Write the batch as parts called ``name``; what was counted by file stands in the three counters.

        A piece given ``direct`` is read here; its rows count as read.
        """
        read = None if direct is None else staging.stage_directly(self._format, direct)
        if direct is not None and read is None:
            read = staging.read(direct.piece, direct.no, direct.before, ("", ""))
            staging.stage(self._format)
        elif direct is None:
            staging.stage(self._format)
        if direct is not None and read is not None:
            self.counts.setdefault(direct.no, Counter())["read"] += read
        self._reject(staging, name)
        added = "coalesce(added_on, occurred_on)" if self._format.table == EVENTS else "occurred_on"
        self._parts.reach = reach(
            self._sql, f"(SELECT key, occurred_on AS day, {added} AS added FROM staged WHERE problem IS NULL)"
        )
        settle(
            self._sql, parts=self._parts, given=self._given, known=self._format, staging=staging,
            snapshots=self._snapshots, is_typed=self._is_typed, passing=self._root / "passing",
        )  # fmt: skip
        if self._format.whole:
            self._withdraw()
        self._count_rows()
        if self._format.table == EVENTS:
            self._find_facts()
            self._write_events(name)
        else:
            self._parts.write(
                self._format.table,
                name,
                sql("mention", dataset=quoted(self._format.dataset)),
                self._parts.reach,
            )
        self._supersede(name)
        return self._parts.made

    # ---- rejects ------------------------------------------------------------

    def _reject(self, staging: Staging, name: str) -> None:
        problems = self._sql.execute(
            "SELECT no, problem, count(*) FROM staged WHERE problem IS NOT NULL GROUP BY ALL"
        )
        for no, problem, count in problems.fetchall():
            self.rejected.setdefault(no, Counter())[problem] += count
        if self.rejected:
            staging.need_raw()
            self._sql.execute(
                f"INSERT INTO reject SELECT f.snapshot_id, f.file, s.row, s.problem, {self._text()}"
                " FROM staged AS s JOIN raw AS r ON r.no = s.no AND r.row = s.row JOIN file AS f ON f.no = s.no"
                " WHERE s.problem IS NOT NULL"
            )
        self._parts.write(REJECT, name, "SELECT * FROM reject ORDER BY snapshot_id, row")
        for no, rows in self._sql.execute(
            f"SELECT no, count(*) FROM raw WHERE line IS NULL OR line <> {quoted(UNREAD)} AND"
            " (no, row) NOT IN (SELECT (no, row) FROM staged) GROUP BY no"
        ).fetchall():
            self.counts.setdefault(no, Counter())["no row"] += rows

    def _text(self) -> str:
        """A raw row as the file has it, its cells quoted again where they had to be."""
        if self._format.separator == TAB:
            return "r.line"
        cell = """CASE WHEN regexp_matches(x, '[",\n\x1e]') THEN '"' || replace(x, '"', '""') || '"' ELSE x END"""
        cells = f"array_to_string([{cell} for x in string_split(r.line, chr(31))], ',')"
        return f"replace({cells}, chr(30), chr(10))"

    # ---- facts --------------------------------------------------------------

    def _count_rows(self) -> None:
        for name, statement in (
            ("read", "SELECT no, count(*) FROM staged WHERE problem IS NULL GROUP BY no"),
            (
                "duplicates",
                "SELECT s.no, count(*) FROM same JOIN staged AS s ON s.rid = same.rid GROUP BY s.no",
            ),
            ("revised", "SELECT no, sum(n)::BIGINT FROM revised GROUP BY no"),
        ):
            for no, count in self._sql.execute(statement).fetchall():
                self.counts.setdefault(no, Counter())["sound" if name == "read" else name] += count
        for counter in self.counts.values():
            counter["loaded"] = counter["sound"] - counter["duplicates"]

    def _find_facts(self) -> None:
        source, target = (self._format.actor.format(side=side) for side in ("source", "target"))
        source_key, target_key = (
            actor_key(self._format.actor, "source"),
            actor_key(self._format.actor, "target"),
        )
        for table in (
            "repeated_before",
            "repeated_in_place_before",
            "story_before",
            "copied_before",
            "mirrored_rows",
        ):
            self._sql.execute(f"CREATE OR REPLACE TEMP TABLE {table} (rid BIGINT)")
        self._find_repeats(source, target)
        self._find_stories()
        if self._format.coding == "icews":
            self._sql.execute(sql("mirrored_rows"))
        self._resolve(source_key, target_key)
        flags = {name: str(bit(name)) for name in FLAGS}
        facts = sql(
            "row_facts", actor_source=source, actor_target=target, source_key=source_key, target_key=target_key,
            is_unknown=self._is_unknown(), **flags,
        )  # fmt: skip
        self._sql.execute("SET preserve_insertion_order = false")
        self._sql.execute(f"CREATE OR REPLACE TEMP TABLE row_facts AS {facts}")
        for no, bits, rows in self._sql.execute(
            "SELECT s.no, g.flags, count(*) FROM row_facts AS g JOIN staged AS s ON s.rid = g.rid GROUP BY ALL"
        ).fetchall():
            counter = self.flagged.setdefault(no, Counter())
            for flag in flag_names(bits):
                counter[flag] += rows

    def _is_unknown(self) -> str:
        if self._format.coding in ("cameo", "icews"):
            return "n.code NOT IN (SELECT cameo FROM code)"
        if self._format.coding == "polecat":
            return "upper(split_part(n.code, '/', 1)) NOT IN (SELECT plover_type FROM code)"
        return "false"

    def _find_repeats(self, source: str, target: str) -> None:
        parts = self._parts.of_days()
        if not parts:
            return
        alike = (
            f"e.occurred_on = s.occurred_on AND coalesce(e.{source}, '') = coalesce(s.{source}, '')"
            f" AND coalesce(e.{target}, '') = coalesce(s.{target}, '')"
            " AND coalesce(e.cameo, e.act, '') = coalesce(s.cameo, s.act, '') AND e.dataset_event_id <> s.key"
        )
        found = (
            f"SELECT DISTINCT s.rid FROM staged AS s JOIN {self._parts.read(parts)} AS e ON {alike}"
            f" WHERE s.problem IS NULL AND s.rid NOT IN (SELECT rid FROM same) {self._and_stays()}"
        )
        self._sql.execute(f"INSERT INTO repeated_before {found} AND e.flags & {bit('repeated')} = 0")
        here = " AND coalesce(e.place_name, '') = coalesce(s.place_name, '')"
        here += f" AND e.flags & {bit('repeated_in_place')} = 0"
        self._sql.execute(f"INSERT INTO repeated_in_place_before {found}{here}")

    def _and_stays(self) -> str:
        """A condition that the stored row ``e`` is current, and that none of the batch takes its place."""
        (count,) = self._sql.execute("SELECT count(*) FROM older").fetchall()[0]
        taken = " AND (e.snapshot_id, e.row) NOT IN (SELECT (snapshot_id, row) FROM older)" if count else ""
        return self._parts.and_current("e") + taken

    def _find_stories(self) -> None:
        self._sql.execute(
            "CREATE OR REPLACE TEMP TABLE told_before"
            " (story VARCHAR, source_url VARCHAR, dataset_event_id VARCHAR, is_first BOOLEAN, is_copy BOOLEAN)"
        )
        parts, here = self._parts.added_then(), self._parts.reach
        if not parts or here is None:
            return
        then = f"e.published_on >= {quoted(here.added_low)} AND left(e.published_on, 10) <= {quoted(here.added_high)}"
        if self._format.coding != "cameo":
            then = "true"
        self._sql.execute(
            "INSERT INTO told_before SELECT DISTINCT story, source_url, dataset_event_id,"
            f" flags & {bit('same_story')} = 0 AS is_first, flags & {bit('syndicated')} > 0 AS is_copy"
            f" FROM {self._parts.read(parts)} AS e WHERE {then} {self._and_stays()}"
        )
        self._sql.execute(sql("told_before"))

    def _resolve(self, source: str, target: str) -> None:
        keys = self._column(
            f"SELECT {source} AS key FROM staged WHERE problem IS NULL UNION SELECT {target} FROM staged"
        )
        codes = self._column("SELECT DISTINCT place_code FROM staged")
        tell_who_and_where(self._sql, self._given, self._format.coding, keys, codes)

    def _column(self, statement: str) -> list[str]:
        return [value for (value,) in self._sql.execute(statement).fetchall() if value is not None]

    # ---- parts --------------------------------------------------------------

    def _write_events(self, name: str) -> None:
        here = self._parts.reach
        (count,) = self._sql.execute("SELECT count(*) FROM row_facts").fetchall()[0]
        order = " ORDER BY dyad, s.occurred_on DESC, s.rid"
        if count <= SMALL:
            self._write_part(name, order, here)
            return
        self._write_part(name, f" WHERE g.dyad <> ''{order}", here)
        self._write_part(f"{name}-other", " WHERE g.dyad = ''", here)

    def _write_part(self, name: str, which: str, here: Reach | None) -> None:
        text, note = self._parts.restored("text"), self._parts.restored("note")
        files = self._sql.execute(
            "SELECT DISTINCT f.snapshot_id FROM staged AS s JOIN file AS f ON f.no = s.no"
        ).fetchall()
        only = f"{quoted(files[0][0])} AS snapshot_id" if len(files) == 1 else "f.snapshot_id"
        joined = "" if len(files) == 1 else "JOIN file AS f ON f.no = s.no"
        select = sql(
            "part",
            dataset=quoted(self._format.dataset),
            text=text,
            note=note,
            snapshot=only,
            file=joined,
            which=which,
        )
        part = self._parts.write(EVENTS, name, select, here)
        if part is None:
            return
        mine = self._parts.read([part])
        self._write_weeks(name, mine, 1)
        self._parts.write(
            DAY_TOTAL,
            name,
            f"SELECT {quoted(part.file)} AS part, occurred_on AS day, count(*) AS n,"
            f" count(*) FILTER ((flags & {self._left_out}) = 0) AS kept FROM {mine} GROUP BY day ORDER BY day",
        )

    def _write_weeks(self, name: str, events: str, sign: int) -> None:
        weeks = sql("dyad_week", events=events, sign=str(sign), left_out=str(self._left_out))
        self._sql.execute(f"CREATE OR REPLACE TEMP TABLE weeks AS {weeks}")
        low, high = self._sql.execute("SELECT min(dyad), max(dyad) FROM weeks").fetchall()[0]
        if low is not None:
            self._parts.write(
                DYAD_WEEK,
                name,
                "SELECT * FROM weeks ORDER BY dyad, week, source, kept",
                Reach(low, high, "", "", "", ""),
            )

    def _supersede(self, name: str) -> None:
        gone = "SELECT o.snapshot_id, o.row, f.snapshot_id AS by_snapshot_id FROM older AS o JOIN file AS f ON f.no = o.no"
        if self._parts.write(SUPERSEDED, name, gone) is not None and self._format.table == EVENTS:
            near = self._parts.of(EVENTS) if self._format.whole else self._parts.with_keys(EVENTS)
            parts = [*near, *(part for part in self._parts.made if part.table == EVENTS)]
            rows = f"(SELECT * FROM {self._parts.read(parts)} WHERE (snapshot_id, row) IN (SELECT (snapshot_id, row) FROM older))"
            self._write_weeks(f"{name}-less", rows, -1)
            less = f"SELECT '' AS part, occurred_on AS day, -count(*) AS n, -count(*) FILTER ((flags & {self._left_out}) = 0) AS kept"
            self._parts.write(DAY_TOTAL, f"{name}-less", f"{less} FROM {rows} GROUP BY day ORDER BY day")

    def _withdraw(self) -> None:
        """Let go of rows that a dataset which is one whole file no longer has."""
        parts = self._parts.of(EVENTS)
        if not parts:
            return
        (no,) = self._sql.execute("SELECT max(no) FROM file").fetchall()[0]
        self._sql.execute(
            f"CREATE OR REPLACE TEMP TABLE withdrawn AS SELECT e.snapshot_id, e.row, {no}::INTEGER AS no"
            f" FROM {self._parts.read(parts)} AS e"
            f" WHERE e.dataset_event_id NOT IN (SELECT key FROM staged) {self._parts.and_current('e')}"
        )
        self._sql.execute("INSERT INTO older SELECT * FROM withdrawn")
        (count,) = self._sql.execute("SELECT count(*) FROM withdrawn").fetchall()[0]
        self.counts.setdefault(no, Counter())["withdrawn"] += count
