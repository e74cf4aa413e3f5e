"""The folder that is built: what it was built from, and how it takes the last one's place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from rasad import __version__
from rasad.errors import EditionError
from rasad.flow.earlier import earlier_files
from rasad.issues.manuscript import ORIGINAL
from rasad.issues.quotes import FILE as QUOTES
from rasad.languages import LANGUAGES, language
from rasad.languages.dates import write_dual
from rasad.settings import SETTINGS, Desk
from rasad.sources.chronology import DATASET
from rasad.store.store import Store
from rasad.translation.signatures import FILE

STAMP = "build.json"
STAMP_VERSION = 2
TOOLS = ("typst", "vl-convert-python", "jinja2", "markdown-it-py", "mdit-py-plugins")
"""What draws and sets: another version may print the same otherwise."""


def fingerprint(desk: Desk, number: int, store: Store) -> str:
    """A digest of everything that a build depends on."""
    digest = sha256(f"{STAMP_VERSION} {__version__}\n".encode())
    snapshot = store.current(DATASET)
    digest.update((snapshot.sha256 + snapshot.reader if snapshot is not None else "").encode())
    for tool in TOOLS:
        digest.update(version(tool).encode())
    folder = desk.issue(number)
    inputs = [
        desk.root / SETTINGS,
        desk.root / "actors.toml",
        desk.references,
        folder / "issue.md",
        folder / FILE,
        folder / QUOTES,
    ]
    for lang in LANGUAGES:
        inputs += [desk.catalogue(number, lang), desk.event_texts(lang)]
    inputs += earlier_files(desk, number)
    for path in inputs:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_built(target: Path, wanted: str) -> bool:
    """Whether the build is of this fingerprint, and every file is as it was written."""
    stamp = read_stamp(target)
    if stamp.get("fingerprint") != wanted:
        return False
    return all(
        (target / name).is_file() and sha256((target / name).read_bytes()).hexdigest() == digest
        for name, digest in stamp["files"].items()
    )


def read_stamp(target: Path) -> dict[str, Any]:
    try:
        stamp: dict[str, Any] = json.loads((target / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def write_whole(target: Path, files: Mapping[str, bytes], stamp: Mapping[str, Any]) -> None:
    """Write a build beside the last one and put it in its place; nobody sees half of it.

    Raises:
        EditionError: If something stands there that is no build, or the folder can't be made.
    """
    if target.exists() and not (target / STAMP).is_file() and not _is_empty(target):
        raise EditionError("something stands here that rasad did not build", at=target, do="Build elsewhere.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise EditionError(f"no folder can be made here ({error.strerror})", at=target.parent) from error
    last = target.with_name(f".{target.name}-last")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (fresh / STAMP).write_text(json.dumps(stamp, ensure_ascii=False, indent=1) + "\n", "utf-8")
        fresh.chmod(0o755)
        shutil.rmtree(last, ignore_errors=True)
        if target.exists():
            target.rename(last)
        fresh.rename(target)
    except BaseException:
        if not target.exists() and last.exists():
            last.rename(target)
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(last, ignore_errors=True)


def _is_empty(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


def recover(target: Path) -> None:
    """Put back the last good build, should a build have been killed between two renames."""
    last = target.with_name(f".{target.name}-last")
    if last.is_dir() and not target.exists():
        last.rename(target)


def write_index(desk: Desk, root: Path) -> None:
    """Write what all pages share, and the page that leads to every edition."""
    from rasad.editions.web.page import assets, index_page  # noqa: PLC0415

    for name, content in assets().items():
        _write_file(root / "assets" / name, content)
    stamps = {number: read_stamp(root / str(number)) for number in desk.issues()}
    built = {number: stamp for number, stamp in stamps.items() if stamp}
    titles = {number: stamp["titles"] for number, stamp in built.items()}
    dates = {
        number: write_dual(date.fromisoformat(stamp["date"]), language(ORIGINAL), desk.settings.calendars)
        for number, stamp in built.items()
    }
    page = index_page(titles, desk.settings.text(desk.settings.name, ORIGINAL), dates)
    _write_file(root / "index.html", page.encode())


def _write_file(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
