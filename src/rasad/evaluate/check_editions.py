"""How right ``rasad check --editions`` is on sets of one text in several languages with planted differences.

A folder holds a folder a set, with a file a language, and ``labels.csv``: set, lang, line, kind, text, half. A difference is
found when a finding of the family ``editions`` stands on its line of its language; a finding is right when a difference
stands there. Sets without labels are clean: what is found there is a false alarm.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rasad.check.editions import IDS
from rasad.errors import DocumentError, EvaluationError, Place
from rasad.evaluate.check_scores import Share
from rasad.flow.checking import check_editions
from rasad.languages import LANGUAGES

COLUMNS: Final = ("set", "lang", "line", "kind", "half")
CLEAN_HALVES: Final = {"01": "dev", "03": "dev"}
"""Clean sets have no label that could tell their half; what is not named is held."""


@dataclass(frozen=True)
class EditionReport:
    """Recall by kind of difference, precision of all findings in sets with differences, alarms in those without."""

    kinds: dict[str, Share]
    precision: Share
    alarms: int
    clean_words: int

    @property
    def recall(self) -> Share:
        """Of all kinds together."""
        return Share(sum(one.hits for one in self.kinds.values()), sum(one.n for one in self.kinds.values()))

    def told(self) -> dict[str, object]:
        """As JSON tells it."""
        return {
            "recall": self.recall.told(),
            "kinds": {kind: share.told() for kind, share in self.kinds.items()},
            "precision": self.precision.told(),
            "alarms": self.alarms,
            "clean_words": self.clean_words,
        }


def has_editions(folder: Path) -> bool:
    """Whether a folder holds such sets."""
    path = folder / "labels.csv"
    return path.is_file() and "set" in path.read_text("utf-8-sig").split("\n", 1)[0].split(",")


def evaluate_editions(folder: Path, half: str = "") -> EditionReport:
    """Compare the editions of every set, and the findings with the labels.

    Raises:
        EvaluationError: If the labels or a file can't be read.
    """
    labels = list(_labels(folder / "labels.csv"))
    labelled = {told["set"] for told in labels}
    wanted = [told for told in labels if not half or told["half"] == half]
    sets = {told["set"] for told in wanted}
    found = {name: _findings(folder / name) for name in sorted(sets)}
    kinds: dict[str, list[bool]] = {}
    for told in wanted:
        place = (told["lang"], int(told["line"]))
        hit = any(place in places for places in found[told["set"]][0])
        kinds.setdefault(told["kind"], []).append(hit)
    right = [
        not {(one["lang"], int(one["line"])) for one in wanted if one["set"] == name}.isdisjoint(places)
        for name, (findings, _) in found.items()
        for places in findings
    ]
    clean = [path for path in sorted(folder.iterdir()) if path.is_dir() and path.name not in labelled]
    clean = [path for path in clean if not half or CLEAN_HALVES.get(path.name, "held") == half]
    alarms = [_findings(path) for path in clean]
    return EditionReport(
        {kind: Share(sum(hits), len(hits)) for kind, hits in sorted(kinds.items())},
        Share(sum(right), len(right)),
        sum(len(places) for places, _ in alarms),
        sum(words for _, words in alarms),
    )


def _findings(folder: Path) -> tuple[list[list[tuple[str, int]]], int]:
    """The places of each finding where the editions of a set differ, and the set's words."""
    paths = {lang: folder / f"{lang}.md" for lang in LANGUAGES if (folder / f"{lang}.md").is_file()}
    try:
        checked = check_editions(paths)
    except DocumentError as error:
        raise EvaluationError(f"a document can't be read ({error.what})", at=folder) from error
    places = [
        [(lang, line) for line in (located.line, *located.other_lines)]
        for lang, one in zip(paths, checked, strict=True)
        for located in one.findings
        if located.finding.rule in IDS
    ]
    return places, sum(len(block.text.split()) for one in checked for block in one.document.all_blocks())


def _labels(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise EvaluationError(f"has no column '{missing[0]}'", at=Place(path, 1))
        for row in reader:
            known = row["lang"] in LANGUAGES and (path.parent / row["set"]).is_dir() and row["set"].isalnum()
            if not known or not row["line"].isdigit():
                do = "set is a folder here, lang a language, line a number."
                raise EvaluationError("not a label", at=Place(path, reader.line_num), do=do)
            yield row
