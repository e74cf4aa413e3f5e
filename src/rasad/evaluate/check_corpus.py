"""A corpus of documents with planted faults: its labels, and where in a file a fault stands.

A folder holds ``clean`` documents, ``planted`` ones and ``labels.csv`` with the columns file, line, family, kind, text
and half (and perhaps ``right``). ``kinds.csv`` in it, or beside it, says by which rule a kind of fault is to be found:
family, kind, rule.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rasad.errors import EvaluationError, Place

COLUMNS: Final = ("file", "line", "family", "kind", "text", "half")
HALVES: Final = ("dev", "held")
SUFFIXES: Final = (".md", ".txt", ".html", ".htm", ".docx", ".pdf")
KINDS: Final = "kinds.csv"


@dataclass(frozen=True)
class Label:
    """One planted fault; ``rules`` are those that are meant to find its kind, none where nobody said."""

    file: str
    line: int
    family: str
    kind: str
    text: str
    half: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Complaint:
    """What a checker says of a place: columns count from 1, ``last`` the first that is not complained of.

    ``family`` and ``rule`` are empty for a checker that has none; ``others`` are lines of further places.
    """

    line: int
    first: int
    last: int
    rule: str = ""
    family: str = ""
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """The labels and documents of one language."""

    lang: str
    root: Path
    labels: tuple[Label, ...]

    def clean(self) -> list[Path]:
        return _documents(self.root / "clean")

    def planted(self) -> list[Path]:
        """The documents that have labels."""
        return [self.root / name for name in sorted({label.file for label in self.labels})]

    def of(self, path: Path) -> list[Label]:
        name = path.relative_to(self.root).as_posix()
        return [label for label in self.labels if label.file == name]


def read_corpora(folder: Path, half: str = "") -> list[Corpus]:
    """The corpora of a folder: itself, or each of its folders that has labels.

    Args:
        folder: With ``labels.csv``, or holding such folders, one a language.
        half: ``dev`` or ``held`` for the faults of one half alone.

    Raises:
        EvaluationError: If there is none, or its labels can't be read.
    """
    alone = (folder / "labels.csv").is_file()
    roots = [folder] if alone else sorted(path.parent for path in folder.glob("*/labels.csv"))
    roots = [root for root in roots if (root / "planted").is_dir()]
    if not roots:
        raise EvaluationError(
            "there is no labels.csv here", at=folder, do="Name a folder with clean, planted and labels.csv."
        )
    found = []
    for root in roots:
        kinds = _kinds(root / KINDS) or _kinds(root.parent / KINDS)
        labels = [one for one in _labels(root / "labels.csv", kinds) if not half or one.half == half]
        found.append(Corpus(root.name, root, tuple(labels)))
    return found


def span_of(label: Label, line: str) -> tuple[int, int] | None:
    """The columns of a label's words in its line, from 1; None where they are not there as they are written."""
    at = line.find(label.text) if label.text else -1
    return (at + 1, at + 1 + len(label.text)) if at >= 0 else None


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES and path.name != "README.md")


def _kinds(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["family"], row["kind"]): tuple(row["rule"].split())
            for row in _rows(path, file, ("family", "kind", "rule"))
        }


def _labels(path: Path, kinds: dict[tuple[str, str], tuple[str, ...]]) -> Iterator[Label]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(_rows(path, file, COLUMNS), start=2):
            at = Place(path, number)
            if row["half"] not in HALVES or not (row["line"] or "").isdigit():
                raise EvaluationError("not a label", at=at, do="line is a number, half is dev or held.")
            document = path.parent / row["file"]
            if not document.resolve().is_relative_to(path.parent.resolve()):
                raise EvaluationError(
                    f"'{row['file'][:80]}' is not in the corpus", at=at, do="Name a file below this folder."
                )
            rules = kinds.get((row["family"], row["kind"]), ())
            yield Label(
                row["file"], int(row["line"]), row["family"], row["kind"], row["text"], row["half"], rules
            )


def _rows(path: Path, file: Iterator[str], columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(file)
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise EvaluationError(
            f"has no column '{missing[0]}'",
            at=Place(path, 1),
            do=f"The columns are {', '.join(columns)}.",
        )
    for row in reader:
        yield {name: row[name] or "" for name in columns}
