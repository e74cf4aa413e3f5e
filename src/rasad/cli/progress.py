"""Progress bars: on standard error, and only where a person looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

Told = Callable[[Path, int, int], None]
Counted = Callable[[int, int], None]
SOON = 2.0
"""Seconds; what is over sooner shows no bar."""


@contextmanager
def bytes_bar(doing: str) -> Iterator[Told | None]:
    """A bar over the bytes of one file after the other, with the time that is left; None without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  (loads slowly)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing)

        def told(path: Path, read: int, size: int) -> None:
            bar.update(task, description=f"{doing} {path.name}", completed=read, total=size)

        yield told


@contextmanager
def counting_bar(doing: str) -> Iterator[Counted | None]:
    """A bar over so many of so many, once that takes longer than two seconds; None without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Counting(doing)
    try:
        yield bar
    finally:
        bar.end()


class _Counting:
    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._begun: float | None = None
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        self._begun = monotonic() if self._begun is None else self._begun
        if self._bar is None and monotonic() - self._begun > SOON:
            self._bar = _counts(self._doing)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _counts(doing: str) -> Progress:
    from rich.console import Console  # noqa: PLC0415  (loads slowly)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(doing)
    bar.start()
    return bar
