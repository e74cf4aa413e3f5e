"""How many planted faults the rules find, and how often they complain of clean text, by family and language.

A folder holds ``clean`` documents, ``planted`` ones and ``labels.csv``; or such folders, one a language. A fault is found
when a finding of its family stands on its line, or names its line among its places. Of clean text every finding is
a false alarm; of planted text one that no label of any family explains is counted as doubtful, since those who plant
may overlook what was there before.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rasad.check.ignores import known_rules
from rasad.errors import DocumentError, EvaluationError, Place
from rasad.flow.checking import Checked, check_file

COLUMNS: Final = ("file", "line", "family", "kind", "text", "half")
HALVES: Final = ("dev", "held")
LEAST: Final = 10
"""Planted faults below which a share is not measured."""

SUFFIXES: Final = (".md", ".txt", ".html", ".htm", ".docx", ".pdf")
ALSO: Final = {"letters": ("names", "dates", "figures", "structure")}


@dataclass(frozen=True)
class Label:
    """One planted fault."""

    file: str
    line: int
    family: str
    kind: str
    half: str


@dataclass(frozen=True)
class FamilyScore:
    """Of one family in one language: faults planted and found; None where there are too few to measure.

    ``alarms`` are findings in clean text, ``per_1000`` those for each thousand of its words; ``precision`` is of the
    planted documents: findings on a line with a fault of the family, of all findings of the family.
    """

    lang: str
    family: str
    planted: int
    found: int
    recall: float | None
    precision: float | None
    alarms: int
    per_1000: float


@dataclass(frozen=True)
class CheckReport:
    """All scores, with the words of clean text by language, and the rules that complained of it."""

    half: str
    words: dict[str, int]
    scores: tuple[FamilyScore, ...]
    alarms_by_rule: dict[str, int]


def evaluate_check(folder: Path, half: str = "") -> CheckReport:
    """Check every document of a corpus, and compare.

    Args:
        folder: With ``labels.csv``, or holding such folders.
        half: ``dev`` or ``held`` for the faults of one half alone.

    Raises:
        EvaluationError: If there is no corpus, or its labels can't be read.
    """
    roots = (
        [folder]
        if (folder / "labels.csv").is_file()
        else sorted(p.parent for p in folder.glob("*/labels.csv"))
    )
    roots = [root for root in roots if (root / "planted").is_dir()]
    if not roots:
        raise EvaluationError(
            "there is no labels.csv here", at=folder, do="Name a folder with clean, planted and labels.csv."
        )
    words: dict[str, int] = {}
    scores: list[FamilyScore] = []
    by_rule: Counter[str] = Counter()
    for root in roots:
        found, count, alarms = _of_root(root, half)
        words[root.name] = count
        by_rule.update(alarms)
        scores += found
    return CheckReport(half or "all", words, tuple(scores), dict(by_rule.most_common()))


def _of_root(root: Path, half: str) -> tuple[list[FamilyScore], int, Counter[str]]:
    labels = [one for one in _labels(root / "labels.csv") if not half or one.half == half]
    clean = [_checked(path) for path in _documents(root / "clean")]
    words = sum(len(block.text.split()) for one in clean for block in one.document.all_blocks())
    families = known_rules()
    alarms = Counter(located.finding.rule for one in clean for located in one.findings)
    planted = {name: _checked(root / name) for name in sorted({label.file for label in labels})}
    scores = []
    for family in sorted({label.family for label in labels}):
        wanted = [label for label in labels if label.family == family]
        hits = sum(_is_found(label, planted[label.file], families) for label in wanted)
        told, right = _precision(family, wanted, planted, families)
        complaints = sum(n for rule, n in alarms.items() if families[rule] == family)
        scores.append(FamilyScore(
            lang=root.name, family=family, planted=len(wanted), found=hits,
            recall=hits / len(wanted) if len(wanted) >= LEAST else None,
            precision=right / told if told >= LEAST else None,
            alarms=complaints, per_1000=1000 * complaints / max(words, 1),
        ))  # fmt: skip
    return scores, words, alarms


def _precision(
    family: str, wanted: Sequence[Label], planted: dict[str, Checked], families: dict[str, str]
) -> tuple[int, int]:
    told = right = 0
    for name, checked in planted.items():
        lines = {label.line for label in wanted if label.file == name}
        for located in checked.findings:
            if families[located.finding.rule] == family:
                told += 1
                right += bool(lines & {located.line, *located.other_lines})
    return told, right


def _is_found(label: Label, checked: Checked, families: dict[str, str]) -> bool:
    for located in checked.findings:
        family = families[located.finding.rule]
        fits = family == label.family or label.family in ALSO.get(family, ())
        if fits and label.line in (located.line, *located.other_lines):
            return True
    return False


def _checked(path: Path) -> Checked:
    try:
        return check_file(path)
    except DocumentError as error:
        raise EvaluationError(f"a document of the corpus can't be read ({error.what})", at=path) from error


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES and path.name != "README.md")


def _labels(path: Path) -> Iterator[Label]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise EvaluationError(
                f"has no column '{missing[0]}'",
                at=Place(path, 1),
                do=f"The columns are {', '.join(COLUMNS)}.",
            )
        for row in reader:
            at = Place(path, reader.line_num)
            if row["half"] not in HALVES or not (row["line"] or "").isdigit():
                raise EvaluationError("not a label", at=at, do="line is a number, half is dev or held.")
            if not (path.parent / row["file"]).resolve().is_relative_to(path.parent.resolve()):
                raise EvaluationError(
                    f"'{row['file'][:80]}' is not in the corpus", at=at, do="Name a file below this folder."
                )
            yield Label(row["file"], int(row["line"]), row["family"], row["kind"], row["half"])
