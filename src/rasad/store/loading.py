"""Loading: rows of files become current events, or rejects with their reasons; none is lost.

Small files are gathered into a batch, a big one is worked on piece by piece. A batch is cut
into cells by its format's statement, checked, compared with what the store holds, flagged,
given its actors, and written as one part sorted by dyad. The manifest names whole files only.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from rasad.model.format import Format
from rasad.model.piece import Piece
from rasad.store.batch import Batch
from rasad.store.compacting import join_sums
from rasad.store.engine import Connection, engine
from rasad.store.given import Given
from rasad.store.manifest import Manifest, Part, Snapshot, read_manifest, sweep, sync_folder, write_manifest
from rasad.store.resolving import resolve_again
from rasad.store.staging import Direct, Staging

BIG = 32 << 20
"""From so many bytes on a file is worked on by itself."""
GATHERED = 96 << 20
"""Bytes of small files that are worked on together."""
PACKED = 8
"""How much more text a compressed piece holds than its bytes say, about."""


@dataclass
class Incoming:
    """One file on its way in, and what has come of it."""

    no: int
    snapshot: Snapshot
    format: Format
    folder: Path
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)

    def settled(self) -> Snapshot:
        """The snapshot with all that was counted."""
        return replace(
            self.snapshot,
            rows=self.rows - self.counts["no row"],
            loaded=self.counts["loaded"],
            revised=self.counts["revised"],
            duplicates=self.counts["duplicates"],
            withdrawn=self.counts["withdrawn"],
            rejected=dict(self.rejected.most_common()),
            flagged=dict(self.flagged.most_common()),
        )


class Loading:
    """One run of a load, by the only writer of a store."""

    def __init__(self, root: Path, given: Given) -> None:
        self.root = root
        self.manifest = read_manifest(root)
        self._given = given
        self._passing = root / "passing"
        sweep(root, self.manifest)
        self._passing.mkdir(parents=True)
        self._engine = engine(self._passing / "spill")
        self._sql: Connection = self._engine.__enter__()
        self.manifest = resolve_again(self._sql, root, self.manifest, given)
        self._sql.execute("CREATE TEMP TABLE file (no INTEGER, snapshot_id VARCHAR, file VARCHAR)")
        self._gathered: list[Incoming] = []
        self._parts: list[Part] = []
        self._held = self._count = self._batches = 0
        self._staging = Staging(self._sql)

    # ---- what a caller does -------------------------------------------------

    def folder(self) -> Path:
        """A new folder of the load's own, gone after it."""
        self._count += 1
        return self._passing / str(self._count)

    def known(self, snapshot_id: str) -> Snapshot | None:
        """The snapshot of an id, where the same bytes were loaded before, be it in this run."""
        if any(file.snapshot.snapshot_id == snapshot_id for file in self._gathered):
            self._commit()
        return next((s for s in self.manifest.snapshots if s.snapshot_id == snapshot_id), None)

    def newest(self, dataset: str) -> Snapshot | None:
        """The newest snapshot of a dataset."""
        return next((s for s in reversed(self.manifest.snapshots) if s.dataset == dataset), None)

    def add(self, snapshot: Snapshot, known: Format, folder: Path, pieces: Iterable[Piece]) -> Incoming:
        """Take in a file; what its pieces raise leaves the store without any row of it."""
        every = iter(pieces)
        first = list(_some(every, 2))
        big = len(first) > 1 or (bool(first) and text_bytes(first[0]) > BIG)
        last = self._gathered[-1] if self._gathered else None
        if last and (big or (last.format, last.snapshot.is_typed) != (known, snapshot.is_typed)):
            self._commit()
        file = Incoming(self._count, snapshot, known, folder)
        self._sql.execute("INSERT INTO file VALUES (?, ?, ?)", [file.no, snapshot.snapshot_id, snapshot.url])
        if big:
            self._add_big(file, chain(first, every))
        else:
            for piece in first:
                self._gather(file, piece)
            self._gathered.append(file)
            if self._held >= GATHERED:
                self._commit()
        return file

    def finish(self) -> None:
        """Commit what is left; small tables that have come to many parts are joined."""
        self._commit()
        joined = join_sums(self._sql, self.root, self.manifest)
        if joined is not self.manifest:
            self.manifest = joined
            write_manifest(self.root, joined)

    def close(self) -> None:
        """Leave nothing behind that is not the store's."""
        self._engine.__exit__(None, None, None)
        shutil.rmtree(self._passing, ignore_errors=True)

    # ---- how it is done -----------------------------------------------------

    def _add_big(self, file: Incoming, pieces: Iterable[Piece]) -> None:
        try:
            for piece in pieces:
                self._work([file], Direct(piece, file.no, file.rows))
                if piece.passing:
                    piece.path.unlink(missing_ok=True)
        except BaseException:
            for part in self._parts:
                (self.root / part.file).unlink(missing_ok=True)
            self._parts = []
            self._staging.clear()
            raise
        self._gathered.append(file)
        self._commit()

    def _gather(self, file: Incoming, piece: Piece) -> None:
        self._tell_unread(file, piece)
        file.rows += self._staging.read(
            piece, file.no, file.rows, (file.snapshot.snapshot_id, file.snapshot.url)
        )
        self._held += text_bytes(piece)
        if piece.passing:
            piece.path.unlink()

    def _tell_unread(self, file: Incoming, piece: Piece) -> None:
        file.rejected.update(unread.reason for unread in piece.unread)

    def _work(self, files: Sequence[Incoming], direct: Direct | None = None) -> None:
        self._batches += 1
        name = f"{files[0].snapshot.snapshot_id}-{self._batches}"
        snapshots = {snapshot.snapshot_id: snapshot for snapshot in self.manifest.snapshots}
        parts = (*self.manifest.parts, *self._parts)
        batch = Batch(
            self._sql,
            root=self.root,
            given=self._given,
            parts=parts,
            snapshots=snapshots,
            known=files[0].format,
            is_typed=files[0].snapshot.is_typed,
        )
        if direct is not None and direct.piece.unread:
            self._gather(files[0], direct.piece)
            direct = None
        self._parts += batch.work(self._staging, name, direct)
        for file in files:
            file.counts.update(batch.counts.get(file.no, {}))
            file.rejected.update(batch.rejected.get(file.no, {}))
            file.flagged.update(batch.flagged.get(file.no, {}))
        if direct is not None:
            files[0].rows += batch.counts[direct.no]["read"]
        self._staging.clear()
        self._held = 0

    def _commit(self) -> None:
        """Work off what is gathered, put the snapshots in their place, and write the manifest."""
        if not self._gathered:
            return
        if self._held or self._gathered[-1].format.whole:
            self._work(self._gathered)
        for file in self._gathered:
            keep_snapshot(self.root, file.folder, file.snapshot)
        settled = tuple(file.settled() for file in self._gathered)
        self.manifest = Manifest(
            (*self.manifest.parts, *self._parts), (*self.manifest.snapshots, *settled), self._given.table
        )
        write_manifest(self.root, self.manifest)
        self._gathered, self._parts = [], []


def text_bytes(piece: Piece) -> int:
    """About how much text a piece holds."""
    size = piece.path.stat().st_size
    return size * PACKED if piece.path.suffix == ".zst" else size


def _some(every: Iterator[Piece], most: int) -> Iterator[Piece]:
    for _ in range(most):
        piece = next(every, None)
        if piece is None:
            return
        yield piece


def keep_snapshot(root: Path, folder: Path, snapshot: Snapshot) -> None:
    """Give the private copy of a file the name of its snapshot; a copy left by a killed load is replaced."""
    to = root / "snapshots" / snapshot.snapshot_id
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(to, ignore_errors=True)
    folder.replace(to)
    sync_folder(to.parent)
