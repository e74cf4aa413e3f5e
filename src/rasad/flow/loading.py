"""Loading files of any known format into a desk's store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from rasad import __version__
from rasad.actors.resolve import resolve, resolve_places
from rasad.errors import RasadError, SourceError, StoreError
from rasad.model.format import Format
from rasad.model.ids import make_id
from rasad.model.piece import Piece
from rasad.settings import Desk
from rasad.sources import chronology
from rasad.sources.formats import as_format, recognise
from rasad.sources.kept import Kept, keep, members
from rasad.sources.pieces import pieces
from rasad.sources.sample import describe, sample
from rasad.store.given import Given
from rasad.store.loading import Incoming, Loading
from rasad.store.manifest import Snapshot
from rasad.store.store import Store

Progress = Callable[[Path, int, int], None]
"""Is told the file, the bytes of it that were read, and its size."""


@dataclass(frozen=True)
class LoadReport:
    """What came of one file; ``rows_read`` is the sum of ``loaded``, ``duplicates`` and ``rejected``."""

    path: Path
    format: str
    rows_read: int
    loaded: int
    revised: int
    duplicates: int
    rejected: int
    withdrawn: int
    flagged: Mapping[str, int]
    reasons: Mapping[str, int]
    seconds: float

    @property
    def rows_per_second(self) -> int:
        return round(self.rows_read / self.seconds) if self.seconds else 0


def load_files(
    desk: Desk,
    paths: Sequence[Path],
    *,
    as_name: str | None = None,
    progress: Progress | None = None,
    failed: Callable[[RasadError], None] | None = None,
) -> list[LoadReport]:
    """Load event files into the store of a desk.

    Args:
        desk: The desk.
        paths: The files; the desk's own chronology may be among them.
        as_name: The format of them all; found by itself where none is given.
        progress: Is told how far the reading is.
        failed: Is told of a file that could not be loaded, and the others go on; without it the
            first such file ends the load, those before it being loaded.

    Raises:
        SourceError: If a file is no event file, or can't be read.
        StoreError: If another load is running, or the store can't be read.
    """
    begun = perf_counter()
    known: list[tuple[Path, Incoming | Snapshot]] = []
    first_error: RasadError | None = None
    with Store(desk.store).loading(given(desk)) as load:
        for path in paths:
            try:
                known.append((path, _load_one(desk, load, path, as_name, progress)))
            except RasadError as error:
                if failed is None:
                    first_error = error
                    break
                failed(error)
    if first_error is not None:
        raise first_error
    return _reports(known, perf_counter() - begun)


def given(desk: Desk) -> Given:
    """What the store needs of other rooms to load."""

    def reopen(snapshot: Snapshot, folder: Path) -> Iterable[Piece]:
        kept = _kept_again(desk, snapshot)
        found = sample(kept, members(kept)[0])
        return pieces(kept, as_format(snapshot.format, found, desk.formats), folder)

    return Given(
        lambda coding, keys: resolve(desk.actors, coding, keys), resolve_places, reopen, desk.actors.digest
    )


def _kept_again(desk: Desk, snapshot: Snapshot) -> Kept:
    folder = desk.store / "snapshots" / snapshot.snapshot_id
    files = tuple(folder / name for name in snapshot.files)
    for path in files:
        if not path.is_file():
            raise StoreError("a snapshot is missing", at=path, do="Load its file again into a new store.")
    return Kept(Path(snapshot.url), snapshot.kind, files, snapshot.sha256, snapshot.bytes, snapshot.lines)


def _load_one(
    desk: Desk, load: Loading, path: Path, as_name: str | None, progress: Progress | None
) -> Incoming | Snapshot:
    if path.resolve() == desk.chronology.resolve() and as_name in (None, chronology.DATASET):
        return _load_chronology(desk, load, path)
    folder = load.folder()
    kept = keep(path, folder, _told(path, progress))
    names = members(kept)
    found = sample(kept, names[0])
    known = as_format(as_name, found, desk.formats) if as_name is not None else recognise(found, desk.formats)
    if known is None:
        what = describe(kept, found)
        raise SourceError(
            f"not an event file but {what}" if what != "an empty file" else "an empty file", at=path
        )
    for name in names[1:]:
        other = recognise(sample(kept, name), desk.formats)
        if as_name is None and (other is None or other.name != known.name):
            told = "no events" if other is None else other.title
            raise SourceError(
                f"holds {known.title} and, in '{name}', {told}", at=path, do="Load them one by one."
            )
    reader = "" if not known.mapping else sha256(repr(known).encode()).hexdigest()[:16]
    snapshot_id = make_id("sn", known.dataset, kept.sha256, *filter(None, [reader]))
    before = load.known(snapshot_id)
    if before is not None:
        return before
    return load.add(
        _snapshot(snapshot_id, known, kept, path, reader), known, folder, pieces(kept, known, folder / "anew")
    )


def _load_chronology(desk: Desk, load: Loading, path: Path) -> Incoming | Snapshot:
    if not path.is_file():
        raise chronology.missing(desk.root)
    folder = load.folder()
    kept = keep(path, folder)
    content = path.read_bytes()
    reader = f"rasad {__version__}, reader {chronology.reader_digest()}, actors {desk.actors.digest}"
    newest = load.newest(chronology.DATASET)
    if newest is not None and (newest.sha256, newest.reader) == (kept.sha256, reader):
        return newest
    snapshot_id = make_id("sn", chronology.DATASET, kept.sha256, reader)
    if load.known(snapshot_id) is not None:
        snapshot_id = make_id("sn", snapshot_id, str(len(load.manifest.snapshots)))
    events = chronology.read_chronology(content, path, desk.actors, snapshot_id)
    known = chronology.FORMAT
    made = chronology.as_pieces(events, folder / "anew")
    return load.add(_snapshot(snapshot_id, known, kept, path, reader), known, folder, made)


def _snapshot(snapshot_id: str, known: Format, kept: Kept, path: Path, reader: str) -> Snapshot:
    return Snapshot(
        snapshot_id=snapshot_id,
        dataset=known.dataset,
        format=known.name,
        sha256=kept.sha256,
        url=path.name,
        retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        bytes=kept.bytes,
        kind=kept.kind,
        lines=kept.lines,
        files=tuple(file.name for file in kept.files),
        reader=reader,
        licence=known.licence,
        redistributable=known.redistributable,
        columns=known.columns,
        coding=known.coding,
        actor=known.actor,
    )


def _told(path: Path, progress: Progress | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    size, read = path.stat().st_size if path.is_file() else 0, 0

    def told(count: int) -> None:
        nonlocal read
        read += count
        progress(path, read, size)

    return told


def _reports(known: Sequence[tuple[Path, Incoming | Snapshot]], seconds: float) -> list[LoadReport]:
    whole = sum(_of(found).bytes for _, found in known) or 1
    return [_report(path, found, seconds * _of(found).bytes / whole) for path, found in known]


def _of(found: Incoming | Snapshot) -> Snapshot:
    return found.settled() if isinstance(found, Incoming) else found


def _report(path: Path, found: Incoming | Snapshot, seconds: float) -> LoadReport:
    snapshot = _of(found)
    rejected, rows = sum(snapshot.rejected.values()), snapshot.rows
    fresh = isinstance(found, Incoming)
    return LoadReport(
        path=path,
        format=snapshot.format,
        rows_read=rows,
        loaded=snapshot.loaded if fresh else 0,
        revised=snapshot.revised if fresh else 0,
        duplicates=snapshot.duplicates if fresh else rows - rejected,
        rejected=rejected,
        withdrawn=snapshot.withdrawn if fresh else 0,
        flagged=snapshot.flagged if fresh else {},
        reasons=snapshot.rejected,
        seconds=round(seconds, 3),
    )
