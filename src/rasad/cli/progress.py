"""Progress bars: on standard error, and only where a person looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer
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
    """A bar that appears by itself, should all be waiting for one that is slow."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._counts = (0, 0)
        self._bar: Progress | None = None
        self._lock = Lock()
        self._timer = Timer(SOON, self._show)
        self._timer.daemon = True

    def __call__(self, done: int, total: int) -> None:
        with self._lock:
            self._counts = (done, total)
            if self._timer.ident is None:
                self._timer.start()
            self._update()

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._bar is not None:
                self._bar.stop()
            self._bar = None

    def _show(self) -> None:
        with self._lock:
            if not self._timer.finished.is_set():
                self._bar = _counts(self._doing)
                self._update()

    def _update(self) -> None:
        if self._bar is not None:
            done, total = self._counts
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)


def _counts(doing: str) -> Progress:
    from rich.console import Console  # noqa: PLC0415  (loads slowly)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(doing)
    bar.start()
    return bar
