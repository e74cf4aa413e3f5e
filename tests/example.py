"""The worked example as tests see it: a desk in a folder of its own, and what was built from it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "kabul-desk"
ISSUE = 518


@dataclass(frozen=True)
class Example:
    """The worked example in a folder of its own, built."""

    desk: Path
    built: Path

    def page(self, lang: str) -> str:
        return (self.built / lang / "index.html").read_text("utf-8")

    def pdf(self, lang: str) -> Path:
        return self.built / lang / "issue.pdf"


def copy_example(folder: Path) -> Path:
    """The example desk, without what was built from it."""
    return shutil.copytree(EXAMPLE, folder / "desk", ignore=shutil.ignore_patterns(".rasad", "build"))
