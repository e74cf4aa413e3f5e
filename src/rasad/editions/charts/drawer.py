"""Draws charts in a process of its own, beside the one that sets type.

The library that draws keeps Python's lock while it works; in a process of its own it and the
type setting each have a core. Run as a program, this module reads a chart a line from
standard input and writes its SVG a line, both as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from rasad.editions.charts.drawing import Spec, to_svg
from rasad.errors import EditionError


class Drawer:
    """A process that draws a list of charts, whose SVG is taken in the same order."""

    def __init__(self, specs: Sequence[Spec]) -> None:
        """Start drawing at once; without charts no process is started."""
        self._process: subprocess.Popen[str] | None = None
        self._told = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  (closed on exit)
        self._lines: Iterator[str] = iter(())
        if specs:
            with TemporaryFile("w+", encoding="utf-8") as charts:
                charts.writelines(json.dumps(spec) + "\n" for spec in specs)
                charts.seek(0)
                self._process = subprocess.Popen(  # noqa: S603  (our own module, no shell)
                    [sys.executable, "-P", "-m", __name__],
                    stdin=charts,
                    stdout=subprocess.PIPE,
                    stderr=self._told,
                    text=True,
                    encoding="utf-8",
                )
            self._lines = iter(self._process.stdout or ())

    def take(self) -> str:
        """The SVG of the next chart.

        Raises:
            EditionError: If it could not be drawn.
        """
        line = next(self._lines, "")
        if not line:
            self._told.seek(0)
            reason = (self._told.read().strip().splitlines() or ["no reason given"])[-1]
            raise EditionError(f"a chart could not be drawn ({reason})")
        svg: str = json.loads(line)
        return svg

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._told.close()


def main() -> None:
    """Draw what standard input asks for."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(to_svg(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
