"""Kept files: a private copy of what is loaded, made in one pass, from which everything is read.

A file may change or vanish while it is read, so a load first copies it: text in compressed
segments that end with a line, an archive or a Parquet file as it is. The copy is the snapshot, and each
raw row can be found in it again.
"""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Self

import zstandard

from rasad.errors import SourceError

CHUNK = 8 << 20
SEGMENT = 416 << 20
"""Bytes of text in a segment, which is also what one batch of a load holds."""
LONGEST_LINE = 2 << 20
MOST_TIMES = 100
FREE = 64 << 20
"""An archive may unpack to this and to so many times its own size; one of zeros unpacks to a thousand times."""
SUFFIX = ".zst"
NAMES = ("csv", "tab", "tsv", "txt")
TEXT, ZIP, GZIP, PARQUET = "text", "zip", "gzip", "parquet"
_MAGIC = {b"PK\x03\x04": ZIP, b"\x1f\x8b": GZIP, b"PAR1": PARQUET}

DAMAGED = (
    zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError,
    ValueError, KeyError,
)  # fmt: skip
"""What the readers of archives raise on bytes that are none."""

Progress = Callable[[int], None]
"""Is told how many bytes were read since it was last told."""


@dataclass(frozen=True)
class Kept:
    """A private copy: its files in order, and of plain text how many lines each has."""

    origin: Path
    kind: str
    files: tuple[Path, ...]
    sha256: str
    bytes: int
    lines: tuple[int, ...] | None


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes: text unless it is a zip, gzip or Parquet file."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), TEXT)


def keep(path: Path, folder: Path, told: Progress | None = None) -> Kept:
    """Copy a file into a folder that is the load's own.

    Raises:
        SourceError: If it is no file, or changes while it is read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = told or (lambda _: None)
    with _opened(path) as file:
        before = os.fstat(file.fileno())
        head = file.read(8)
        file.seek(0)
        kind = kind_of(head)
        if kind == TEXT:
            files, digest, lines = _copy_text(file, folder, told)
        else:
            lines = None
            files, digest = _copy_whole(file, folder / f"0000.{kind}", told)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceError("the file changed while it was read; nothing of it was loaded", at=path,
                          do="Load it again when whoever writes it is done.")  # fmt: skip
    return Kept(path, kind, tuple(files), digest, before.st_size, None if lines is None else tuple(lines))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not a regular file"
            raise SourceError(
                f"{what}, not an event file", at=path, do="Name the files in it." if path.is_dir() else None
            )
        file = path.open("rb")
    except OSError as error:
        raise SourceError(f"can't be read ({error.strerror})", at=path) from error
    with file:
        yield file


def _copy_whole(file: IO[bytes], to: Path, told: Progress) -> tuple[list[Path], str]:
    digest = sha256()
    with to.open("wb") as out:
        while chunk := file.read(CHUNK):
            out.write(chunk)
            digest.update(chunk)
            told(len(chunk))
        out.flush()
        os.fsync(out.fileno())
    return [to], digest.hexdigest()


def _copy_text(file: IO[bytes], folder: Path, told: Progress) -> tuple[list[Path], str, list[int] | None]:
    """Copy a text in segments; the lines of each, or None where some line is not plain.

    Summing and compressing go on beside the reading, each in a thread of its own.
    """
    digest, plain, counts = sha256(), True, []
    files: list[Path] = []
    rest, more = b"", True
    with _Beside() as summing, _Beside() as packing:
        while more:
            to = folder / f"{len(files):04}{SUFFIX}"
            files.append(to)
            size, count, is_ended = 0, 0, True
            with to.open("wb") as out:
                with zstandard.ZstdCompressor(level=1).stream_writer(out, closefd=False) as packed:
                    while size < SEGMENT and more:
                        chunk = file.read(CHUNK)
                        more = bool(chunk)
                        summing.do(digest.update, chunk)
                        lines, rest = _at_line_end(rest + chunk, is_last=not more)
                        packing.do(packed.write, lines)
                        plain = plain and is_plain(lines)
                        size += len(lines)
                        is_ended = lines.endswith(b"\n") if lines else is_ended
                        count += lines.count(b"\n")
                        told(len(chunk))
                    packing.wait()
                out.flush()
                os.fsync(out.fileno())
            counts.append(count + (not is_ended))
        summing.wait()
    return files, digest.hexdigest(), counts if plain else None


class _Beside:
    """Does one thing after the other in a thread of its own, never more than one behind."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[object] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def do(self, work: Callable[[bytes], object], chunk: bytes) -> None:
        self.wait()
        self._last = self._pool.submit(work, chunk)

    def wait(self) -> None:
        """Wait for what was begun; what it raised is raised here."""
        if self._last is not None:
            self._last.result()
            self._last = None


def _at_line_end(chunk: bytes, *, is_last: bool) -> tuple[bytes, bytes]:
    """Whole lines, and the beginning of the next; a line over a chunk long is cut and later told."""
    end = len(chunk) if is_last else chunk.rfind(b"\n") + 1
    return (chunk[:end], chunk[end:]) if end or len(chunk) < CHUNK else (chunk, b"")


def is_plain(lines: bytes) -> bool:
    """Whether the engine may read these lines as they are: UTF-8, no odd control signs, no endless line."""
    if any(sign in lines for sign in (b"\0", b"\r", b"\1", b"\2")):
        return False
    for start in range(0, len(lines), LONGEST_LINE):
        if lines.find(b"\n", start, start + LONGEST_LINE) < 0 and start + LONGEST_LINE < len(lines):
            return False
    if not lines.isascii():
        try:
            lines.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


def members(kept: Kept) -> list[str]:
    """The names of the event files in a zip; '' for the one text of any other file.

    Raises:
        SourceError: If the archive is damaged, holds no text, or a member that leads elsewhere.
    """
    if kept.kind != ZIP:
        return [""]
    try:
        with zipfile.ZipFile(kept.files[0]) as archive:
            found = archive.infolist()
    except DAMAGED as error:
        raise SourceError(f"a damaged zip file ({error})", at=kept.origin, do="Get it again.") from error
    for member in found:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or stat.S_ISLNK(member.external_attr >> 16):
            raise SourceError(f"the archive holds '{member.filename}', which leads out of it", at=kept.origin,
                              do="Nothing of it was read.")  # fmt: skip
        if member.flag_bits & 1:
            raise SourceError(f"'{member.filename}' in the archive is encrypted", at=kept.origin)
    named = [m.filename for m in found if not m.is_dir() and m.filename.lower().endswith(NAMES)
             and not m.filename.startswith("__MACOSX/")]  # fmt: skip
    if not named:
        inside = ", ".join(m.filename for m in found[:3]) or "nothing"
        raise SourceError(f"a zip file without an event file in it (it holds {inside})", at=kept.origin)
    return named


def chunks(kept: Kept, member: str = "") -> Iterator[bytes]:
    """The text of a kept file, unpacked piece by piece.

    Raises:
        SourceError: If an archive is damaged or unpacks to far more than it holds.
    """
    most, read = FREE + MOST_TIMES * kept.bytes, 0
    try:
        for chunk in _unpacked(kept, member):
            read += len(chunk)
            if kept.kind in (ZIP, GZIP) and read > most:
                raise SourceError(f"unpacks to more than {MOST_TIMES} times its size", at=kept.origin,
                                  do="It is no event file; nothing of it was loaded.")  # fmt: skip
            yield chunk
    except DAMAGED as error:
        if kept.kind == TEXT:
            raise
        raise SourceError(f"a damaged archive ({error})", at=kept.origin, do="Get it again.") from error


def _unpacked(kept: Kept, member: str) -> Iterator[bytes]:
    if kept.kind == ZIP:
        with zipfile.ZipFile(kept.files[0]) as archive, archive.open(member) as file:
            yield from _read(file)
    elif kept.kind == GZIP:
        with gzip.open(kept.files[0]) as file:
            yield from _read(file)
    else:
        for path in kept.files:
            with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as file:
                yield from _read(file)


def _read(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
