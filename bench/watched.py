"""What a command costs in a process of its own: seconds, memory, and what it printed."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from time import perf_counter, sleep

import psutil


@dataclass(frozen=True)
class Watched:
    """Seconds of a process, and the most memory that it and its children held at once, in MB."""

    seconds: float
    megabytes: float
    printed: str


def watched(*command: str) -> Watched:
    """Run a command to its end and watch it.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    most = 0.0
    with TemporaryFile("w+", encoding="utf-8") as out:
        begun = perf_counter()
        process = psutil.Popen(command, stdout=out)
        while process.poll() is None:
            most = max(most, _resident(process))
            sleep(0.02)
        seconds = perf_counter() - begun
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        out.seek(0)
        return Watched(seconds, most, out.read())


def _resident(process: psutil.Process) -> float:
    held = 0
    for part in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            held += part.memory_info().rss
    return held / 1_000_000
