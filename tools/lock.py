"""Write the locks with uv: one a use, all with hashes, none with the address of an index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCKS = {"core": [], "test": ["test"], "lint": ["test", "lint"], "docs": ["docs"]}
HEADER = "# Made by 'make lock'. Hashes of every wheel; the build back end stands here too.\n"


def main() -> int:
    """Resolve pyproject.toml for each use; the core's pins hold for all others."""
    for use, extras in LOCKS.items():
        lock = Path(f"requirements-{use}.lock")
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11",
            "--no-header", "--no-annotate", "--quiet", "--no-emit-index-url", "--no-emit-find-links", "--output-file",
            str(lock), "pyproject.toml", "tools/build-backend.in",
        ]  # fmt: skip
        for extra in extras:
            command += ["--extra", extra]
        if use != "core":
            command += ["--constraint", "requirements-core.lock"]
        subprocess.run(command, check=True)
        lock.write_text(HEADER + lock.read_text("utf-8"), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
