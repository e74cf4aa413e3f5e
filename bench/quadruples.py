"""ICEWS as quadruples, the form of RE-GCN and of forecasting papers: subject, relation, object, day."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from rasad.model.codebook import codebook
from rasad.model.dyad import Dyad
from rasad.relations.acts import Acts, columns
from rasad.relations.panel import Panel, series_of_panel
from rasad.relations.series import Every, Series, series

FORECAST = Path("forecast")
SPLITS = ("train", "valid", "test")


def quadruples(name: str) -> Acts:
    """The events of a set, ``icews0515`` or ``icews18``, in all its splits; what an actor did to itself is left out."""
    folder = _folder(name)
    codes = {code.label.casefold(): code for code in codebook().values()}
    entities, relations = (_names(folder / f"{what}2id.txt") for what in ("entity", "relation"))
    told = [codes[relation.casefold()] for relation in relations]
    files = [path for split in SPLITS if (path := folder / f"{split}.txt").is_file()]
    rows = np.concatenate([np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3)) for path in files])
    rows = rows[rows[:, 0] != rows[:, 2]]
    acts = [told[relation] for relation in rows[:, 1].tolist()]
    return columns(
        sources=[entities[number] for number in rows[:, 0].tolist()],
        targets=[entities[number] for number in rows[:, 2].tolist()],
        days=np.datetime64(_names(folder / "time2id.txt")[0], "D") + rows[:, 3],
        has_day=np.ones(len(rows), dtype=bool),
        channels=[code.channel for code in acts],
        goldstein=[code.goldstein for code in acts],
        plover=[code.plover_score for code in acts],
        sites=[""] * len(rows),
        flags=np.zeros(len(rows), dtype=np.int64),
    )


@dataclass(frozen=True)
class DyadEvents:
    """The events of some dyads (``China|Japan``) of a set, over the days that the whole set covers."""

    acts: dict[str, Acts]
    every: Every
    first: date
    last: date

    @classmethod
    def of(cls, name: str, every: Every, dyads: Sequence[str]) -> DyadEvents:
        whole = quadruples(name)
        acts = {dyad: whole.of(Dyad(*dyad.split("|"))) for dyad in dyads}
        return cls(acts, every, whole.day.min().item(), whole.day.max().item())

    def series(self, dyad: str, rng: np.random.Generator | None = None, total: int = 0) -> Series:
        """A dyad's series: of all its events, or of so many drawn at random."""
        acts = self.acts[dyad]
        if rng is not None:
            kept = np.zeros(len(acts), dtype=bool)
            kept[rng.choice(len(acts), total, replace=False)] = True
            acts = acts.where(kept)
        return series(acts, Dyad(*dyad.split("|")), self.every, first=self.first, last=self.last)


def series_of(counted: Panel, numbers: Sequence[int]) -> list[Series]:
    """The series of some dyads, out of a panel that holds no others: names are then quick to find."""
    rows = np.isin(counted.dyad, numbers)
    few = replace(
        counted, pairs=counted.pairs[numbers], dyad=np.searchsorted(numbers, counted.dyad[rows]), place=counted.place[rows],
        counts=counted.counts[rows], other=counted.other[rows], goldstein=counted.goldstein[rows],
    )  # fmt: skip
    return [series_of_panel(few, number) for number in range(len(numbers))]


def _folder(name: str) -> Path:
    data = os.environ.get("RASAD_DATA")
    if data is None:
        sys.exit(f"RASAD_DATA is not set; set it to the folder that holds {FORECAST / name}.")
    return Path(data) / FORECAST / name


def _names(path: Path) -> list[str]:
    """The names of a table of numbers, in their order."""
    return [line.rpartition("\t")[0] for line in path.read_text("utf-8").splitlines()]
