"""Feeds broken event files to everything that reads them, until the time is up.

Bytes grow out of the fixtures. Whatever they are, a file is either told in one line as no event
file, or read into rows that are all accounted for; nothing else may be raised, and nothing is
written outside the scratch folder. Every few hundred files one is loaded into a store as well.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["rasad.sources"]):
    from rasad.sources import kept as keeping
    from rasad.sources import pieces as cutting
    from rasad.sources.formats import recognise
    from rasad.sources.sample import describe, sample

from rasad.errors import RasadError
from rasad.flow.loading import load_files
from rasad.settings import Desk

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "events"
SECONDS = 300
EVERY = 400
DESK = '[desk]\nname = { en = "Fuzz" }\n'


class Reader:
    """Reads one input after the other in a scratch folder."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._count = 0
        self._desk = scratch / "desk"
        self._desk.mkdir()
        (self._desk / "rasad.toml").write_text(DESK, "utf-8")

    def read(self, content: bytes) -> None:
        """Read some bytes as if they were an event file."""
        self._count += 1
        file = self._scratch / "input"
        file.write_bytes(content)
        folder = self._scratch / "kept"
        try:
            _rows(file, folder)
            if self._count % EVERY == 0:
                self._load(file)
        except RasadError:
            pass
        finally:
            for path in sorted(folder.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()

    def _load(self, file: Path) -> None:
        (report,) = load_files(Desk(self._desk), [file])
        if report.rows_read != report.loaded + report.duplicates + report.rejected:
            raise AssertionError(f"rows are lost: {report}")


def _rows(file: Path, folder: Path) -> None:
    kept = keeping.keep(file, folder)
    for member in keeping.members(kept):
        found = sample(kept, member)
        known = recognise(found)
        if known is None:
            describe(kept, found)
            continue
        for piece in cutting.pieces(kept, known, folder / "anew"):
            lines = piece.path.read_bytes().count(b"\n") if piece.passing else 0
            if piece.unread and max(unread.row for unread in piece.unread) > lines:
                raise AssertionError("an unreadable row has no place")


def main() -> None:
    """Fuzz for five minutes, or as libFuzzer's options on the command line say."""
    with TemporaryDirectory(prefix="rasad-fuzz-") as folder:
        scratch = Path(folder)
        corpus = scratch / "corpus"
        corpus.mkdir()
        for path in FIXTURES.iterdir():
            if path.is_file() and path.suffix != ".md":
                (corpus / path.name).write_bytes(path.read_bytes()[:20_000])
        given = sys.argv[1:] or [
            f"-max_total_time={SECONDS}",
            "-max_len=20000",
            "-print_final_stats=1",
            "-artifact_prefix=build/",
        ]
        atheris.Setup([sys.argv[0], *given, str(corpus)], Reader(scratch).read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
