"""Feeds bytes through the whole way of a load, of every format, and asserts what a load promises.

What may come of any bytes: an error that says what is wrong, or a load whose rows are all accounted
for, in a store that is whole; and nothing is ever written outside the desk. Atheris guides the bytes
by the lines of rasad that they reach. Findings are kept as files; the last lines tell how many there
are, and after how many tries.

Run it with ``make fuzz``.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import sys
import zipfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from time import monotonic
from traceback import extract_tb

import atheris

with atheris.instrument_imports(include=["rasad"]):
    from rasad.errors import RasadError
    from rasad.flow.loading import given
    from rasad.model.ids import make_id
    from rasad.settings import Desk
    from rasad.sources import kept as keeping
    from rasad.sources import pieces as piecing
    from rasad.sources.formats import FORMATS, as_format, recognise
    from rasad.sources.kept import Kept, keep, members
    from rasad.sources.pieces import pieces
    from rasad.sources.sample import describe, sample
    from rasad.store.checking import check
    from rasad.store.loading import Incoming, Loading
    from rasad.store.manifest import Snapshot
    from rasad.store.store import Store

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "tests" / "fixtures" / "events"
FOUND = ROOT / "build" / "fuzz-found"
SEED_LINES, SEED_ROWS = 5, 2
LONGEST = 1 << 15
LOADS = 100
"""Files that one store takes in before it is checked and thrown away."""
SMALL_CHUNK, SMALL_SEGMENT = 512, 1024
"""Sizes at which a few rows are a big file."""
SETTINGS = """[desk]
name = { en = "Fuzz" }

[formats.mapped]
columns = { id = "id", date = "day", source = "who", target = "whom", cameo = "code", text = "what", deaths = "dead" }
"""
MAPPED = 'id,day,who,whom,code,what,dead\n1,2020-01-01,RUS,AFG,043,"They met,\nand talked",0\n2,2020-01-02,a,b,190,,3\n'


def _plain(data: bytes) -> bytes:
    return data


def _windows(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def _in_zip(data: bytes) -> bytes:
    return _zipped({"a.csv": data})


def _in_two(data: bytes) -> bytes:
    head, _, rest = data.partition(b"\n")
    half = rest.rfind(b"\n", 0, max(1, len(rest) // 2)) + 1
    return _zipped({"a.csv": data[: len(head) + 1 + half], "b.csv": head + b"\n" + rest[half:]})


def _zipped(texts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()


WAYS: tuple[Callable[[bytes], bytes], ...] = (_plain, _windows, _marked, gzip.compress, _in_zip, _in_two)
NAMES = (None, *FORMATS, "mapped")


class BrokenPromiseError(Exception):
    """A load that did what it must never do."""


class Watch:
    """Knows the one folder in which Python may write while a load runs."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="fuzz-load-"))
        self.is_on = False
        sys.addaudithook(self._see)

    @contextmanager
    def on(self) -> Iterator[None]:
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False

    def _see(self, event: str, told: tuple[object, ...]) -> None:
        if not self.is_on:
            return
        if event == "open":
            path, mode, flags = told
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            paths = [path] if writes and not isinstance(path, int) else []
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.rename", "os.truncate"):
            paths = [path for path in told[:2] if isinstance(path, str | bytes)]
        else:
            return
        if any(not self._is_inside(path) for path in paths):
            self.is_on = False
            raise BrokenPromiseError(f"{event} outside the desk: {paths}")

    def _is_inside(self, path: object) -> bool:
        return Path(os.fsdecode(path)).resolve().is_relative_to(self.folder) or not Path(os.fsdecode(path)).is_absolute()  # type: ignore[arg-type]


class Harness:
    """Loads file after file into a scratch store, and counts."""

    def __init__(self, until: float) -> None:
        self.watch = Watch()
        self.until = until
        self.tries = self.loads = self.refused = self.rows = 0
        self.findings: dict[str, Path] = {}
        self._load: Loading | None = None
        self._last: list[bytes] = []

    def one(self, data: bytes) -> None:
        """Load what the fuzzer made; the first byte says how it is packed, the second what it is said to be."""
        if monotonic() > self.until:
            self.end()
        self.tries += 1
        self._last.append(data)
        try:
            with self.watch.on():
                self._try(data)
        except RasadError:
            self.refused += 1
        except Exception as error:  # noqa: BLE001  (each is a finding, and the search goes on)
            self._found(error, data)
            self._drop()
        if len(self._last) >= LOADS:
            self._renew()

    def end(self) -> None:
        """Tell what was found, and stop."""
        self._renew()
        shutil.rmtree(self.watch.folder, ignore_errors=True)
        print(
            f"{self.tries:,} tries: {self.loads:,} files loaded with {self.rows:,} rows, {self.refused:,} refused;"
            f" {len(self.findings)} findings"
        )
        for told, file in self.findings.items():
            print(f"  {told}\n    {file}")
        sys.stdout.flush()
        os._exit(1 if self.findings else 0)

    # ---- one load -----------------------------------------------------------

    def _try(self, data: bytes) -> None:
        how, what = (data[0], data[1]) if len(data) > 1 else (0, 0)
        is_small = bool(how & 0x80)
        keeping.CHUNK = SMALL_CHUNK if is_small else 8 << 20
        keeping.SEGMENT = piecing.SEGMENT = SMALL_SEGMENT if is_small else 416 << 20
        load = self._loading()
        path = self.watch.folder / "given"
        path.write_bytes(WAYS[(how & 0x7F) % len(WAYS)](data[2:]))
        came = self._take(load, path, NAMES[what % len(NAMES)])
        load.finish()
        found = came.settled() if isinstance(came, Incoming) else came
        if found.rows != found.loaded + found.duplicates + sum(found.rejected.values()):
            raise BrokenPromiseError(f"a row was lost: {found}")
        self.loads += 1
        self.rows += found.rows

    def _take(self, load: Loading, path: Path, name: str | None) -> Incoming | Snapshot:
        folder = load.folder()
        kept = keep(path, folder)
        found = sample(kept, members(kept)[0])
        known = recognise(found, self._desk.formats) if name is None else as_format(name, found, self._desk.formats)
        if known is None:
            raise RasadError(describe(kept, found))
        snapshot_id = make_id("sn", known.dataset, kept.sha256, known.name)
        return load.known(snapshot_id) or load.add(
            _snapshot(snapshot_id, known, kept), known, folder, pieces(kept, known, folder / "anew")
        )

    # ---- the store ----------------------------------------------------------

    def _loading(self) -> Loading:
        if self._load is None:
            root = self.watch.folder / "desk"
            root.mkdir()
            (root / "rasad.toml").write_text(SETTINGS, "utf-8")
            self._desk = Desk(root)
            self._load = Loading(self._desk.store, given(self._desk))
        return self._load

    def _renew(self) -> None:
        """Check the store, and begin with a new one."""
        try:
            if self._load is not None and Store(self._desk.store).exists:
                wrong = check(Store(self._desk.store))
                if wrong:
                    raise BrokenPromiseError("; ".join(wrong))
        except Exception as error:  # noqa: BLE001
            self._found(error, b"".join(len(data).to_bytes(4, "big") + data for data in self._last))
        self._drop()

    def _drop(self) -> None:
        if self._load is not None:
            self._load.close()
        self._load, self._last = None, []
        shutil.rmtree(self.watch.folder / "desk", ignore_errors=True)

    def _found(self, error: Exception, data: bytes) -> None:
        place = extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {str(error).splitlines()[0][:300]}"
        key = f"{type(error).__name__} {place.filename}:{place.lineno}"
        if any(known.startswith(told[:60]) for known in self.findings):
            return
        FOUND.mkdir(parents=True, exist_ok=True)
        file = FOUND / sha256(key.encode() + data).hexdigest()[:16]
        file.write_bytes(data)
        self.findings[told] = file
        print(f"found: {told}\n  {file}", flush=True)


def _snapshot(snapshot_id: str, known: object, kept: Kept) -> Snapshot:
    return Snapshot(
        snapshot_id=snapshot_id, dataset=known.dataset, format=known.name, sha256=kept.sha256, url="given",
        retrieved_at="2026-01-01T00:00:00+00:00", bytes=kept.bytes, kind=kept.kind, lines=kept.lines,
        files=tuple(file.name for file in kept.files), reader="", licence=known.licence,
        redistributable=known.redistributable, columns=known.columns, coding=known.coding, actor=known.actor,
    )  # fmt: skip


def write_seeds(folder: Path) -> None:
    """A few rows of every fixture, as they are and in each way a file may come."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    texts = {"mapped": MAPPED.encode()}
    for file in sorted(SEEDS.iterdir()):
        data = file.read_bytes()
        if file.suffix == ".zip":
            (folder / file.name).write_bytes(b"\0\0" + data)
        elif file.suffix != ".md":
            texts[file.name] = b"".join(data.splitlines(keepends=True)[:SEED_LINES])
    for name, text in texts.items():
        for way in range(len(WAYS)):
            (folder / f"{name}-{way}").write_bytes(bytes([way, 0]) + text)
        (folder / f"{name}-small").write_bytes(bytes([0x80, 0]) + text + text)


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("again", nargs="*", type=Path, help="findings to try again, without searching")
    told = parser.parse_args()
    os.fsync = lambda _: None  # a scratch store need not outlive a loss of power
    harness = Harness(monotonic() + told.seconds)
    if told.again:
        for file in told.again:
            harness.one(file.read_bytes())
        harness.end()
    seeds = ROOT / "build" / "fuzz-seeds"
    write_seeds(seeds)
    print(f"seed {told.seed}, {told.seconds:.0f} seconds, in {gettempdir()}", flush=True)
    atheris.Setup(
        [sys.argv[0], f"-seed={told.seed}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=4096", "-verbosity=0", str(seeds)],
        harness.one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
