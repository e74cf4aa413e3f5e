"""Set up the virtual environment from a lock: check the machine, install what the lock names.

Run by make. Uses pip alone, needs no root, and changes nothing outside the folder it is given.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> int:
    """Set up ``VENV`` from ``LOCK``; one line on standard error says what a machine lacks."""
    venv, lock = Path(sys.argv[1]), Path(sys.argv[2])
    missing = _missing()
    if missing:
        print(f"setup: {missing}", file=sys.stderr)
        return 2
    python = venv / "bin" / "python"
    print(f"setup: installing {lock} into {venv} …", file=sys.stderr)
    if not python.exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            reason = (made.stderr or made.stdout).strip().splitlines()
            print(
                f"setup: python -m venv failed ({reason[-1] if reason else 'no reason given'})",
                file=sys.stderr,
            )
            return 2
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    steps = (
        [*pip, "--require-hashes", "--no-deps", "--requirement", str(lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
    )
    return next((code for step in steps if (code := subprocess.call(step))), 0)


def _missing() -> str:
    if sys.version_info < OLDEST:
        return f"Python {sys.version.split()[0]} is too old; rasad needs 3.11 or newer (make PYTHON=python3.11 …)"
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return "this Python has no venv; install it (on Debian and Ubuntu the package python3-venv)"
    if shutil.which("git") is None:
        return "git is missing; install it"
    return ""


if __name__ == "__main__":
    sys.exit(main())
