"""The progress of a fetch, on standard error where that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from rasad.sources.gdelt_list import Watcher


@contextmanager
def watching() -> Iterator[Watcher]:
    """Shows bytes, speed, time left and files until the fetch is over."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield _Bar(progress)


class _Bar(Watcher):
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._list = progress.add_task("list of files", total=None, visible=False)
        self._files: TaskID | None = None
        self._count = 0
        self._done = 0

    def list_size(self, size: int) -> None:
        self._progress.update(self._list, total=size)

    def list_bytes(self, count: int) -> None:
        self._progress.update(self._list, advance=count, visible=True)

    def planned(self, files: int, size: int) -> None:
        self._progress.update(self._list, visible=False)
        self._count = files
        self._files = self._progress.add_task(f"0 of {files:,} files", total=size)

    def file_bytes(self, count: int) -> None:
        if self._files is not None:
            self._progress.advance(self._files, count)

    def file_done(self) -> None:
        self._done += 1
        if self._files is not None:
            self._progress.update(self._files, description=f"{self._done:,} of {self._count:,} files")
