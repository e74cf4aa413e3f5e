"""How long a build of the example takes, against the bare time of typst on the same pages.

Both run in fresh processes of the same minute on the same machine; the ratio is what counts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from watched import Watched, watched

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "kabul-desk"
ISSUE = 518
RUNS = 3
MOST_SECONDS, MOST_SECONDS_UNCHANGED, MOST_MEGABYTES = 10.0, 3.0, 600.0

BARE = """
import sys
from datetime import date
from pathlib import Path
from rasad.editions.pdf.press import set_type
for folder in sorted(Path(sys.argv[1]).iterdir()):
    set_type(folder, date.fromisoformat(sys.argv[2]))
"""


def main() -> int:
    """Print seconds, memory and the ratio; exit 1 if a bound of the project is broken."""
    with TemporaryDirectory(prefix="rasad-bench-") as scratch:
        desk = Path(scratch) / "desk"
        shutil.copytree(EXAMPLE, desk, ignore=shutil.ignore_patterns(".rasad", "build"))
        _rasad("load", "--desk", str(desk))
        sources, issued = _sources(desk, Path(scratch) / "typst")
        fresh, unchanged, bare, megabytes = [], [], [], 0.0
        for _ in range(RUNS):
            shutil.rmtree(desk / "build", ignore_errors=True)
            built = _watched("-m", "rasad", "build", "--desk", str(desk), str(ISSUE))
            fresh.append(built.seconds)
            megabytes = max(megabytes, built.megabytes)
            unchanged.append(_watched("-m", "rasad", "build", "--desk", str(desk), str(ISSUE)).seconds)
            bare.append(_watched("-c", BARE, str(sources), issued.isoformat()).seconds)
    told = {
        "build_seconds": round(median(fresh), 2),
        "unchanged_seconds": round(median(unchanged), 2),
        "typst_seconds": round(median(bare), 2),
        "ratio_to_typst": round(median(fresh) / median(bare), 2),
        "peak_megabytes": round(megabytes),
    }
    print(json.dumps(told))
    kept = (
        told["build_seconds"] < MOST_SECONDS
        and told["unchanged_seconds"] < MOST_SECONDS_UNCHANGED
        and told["peak_megabytes"] < MOST_MEGABYTES
    )
    return 0 if kept else 1


def _sources(desk: Path, folder: Path) -> tuple[Path, date]:
    """What typst reads for each edition, written once by rasad."""
    from rasad.editions.pdf.press import write_source  # noqa: PLC0415
    from rasad.flow import editions as of_desk  # noqa: PLC0415
    from rasad.settings import Desk  # noqa: PLC0415

    editions = of_desk(Desk(desk), ISSUE)
    for lang, edition in editions.items():
        (folder / lang).mkdir(parents=True)
        write_source(edition, folder / lang)
    return folder, next(iter(editions.values())).issue.date


def _rasad(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "rasad", *arguments], check=True, stdout=subprocess.DEVNULL)


def _watched(*arguments: str) -> Watched:
    return watched(sys.executable, *arguments)


if __name__ == "__main__":
    sys.exit(main())
