"""Every command answers --help, and the example at its end runs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from example import Example
from rasad.cli import COMMANDS


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasad", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_runs(example: Example, tmp_path: Path, name: str) -> None:
    told = _run([name, "--help"], tmp_path)
    assert told.returncode == 0
    line = next(line for line in told.stdout.splitlines() if line.strip().startswith("Example: rasad "))
    after = told.stdout[told.stdout.index(line) :]
    arguments = shlex.split(" ".join(after.split())[len("Example: rasad ") :])
    folder = tmp_path
    if name != "new":
        folder = shutil.copytree(example.desk, tmp_path / "desk")
    ran = _run(arguments, folder)
    assert ran.returncode == 0, ran.stderr


def test_help_answers_at_once() -> None:
    from time import perf_counter

    begun = perf_counter()
    _run(["--help"], Path.cwd())
    assert perf_counter() - begun < 2.0


def test_outside_a_desk_one_line_says_what_to_do(tmp_path: Path) -> None:
    ran = _run(["build"], tmp_path)
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1
    assert "rasad new" in ran.stderr
