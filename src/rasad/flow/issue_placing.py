"""Puts what was found in an issue at its place: in the manuscript, a catalogue, or another file of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from rasad.check.finding import Finding
from rasad.check.ignores import Ignore, without_ignored
from rasad.documents import Block, Document, Note
from rasad.documents.document import Place
from rasad.errors import RasadError
from rasad.flow.checking import (
    Checked,
    Located,
    Read,
    at_comment,
    located,
    passages_of,
)
from rasad.flow.issue_faults import HOUSE, Gathered
from rasad.flow.issue_sources import shown, text_of
from rasad.flow.issue_text import Printed
from rasad.issues.manuscript import ORIGINAL

_QUOTED: Final = re.compile(r"[“']([^“”']{1,200})[”']")


NEAR: Final = 30
"""Lines below the place of a fault within which the words are looked for that it quotes."""


@dataclass
class EditionRead:
    """An edition that is read, and what is found in it."""

    lang: str
    read: Read
    printed: Printed
    files: Sequence[Path]
    found: list[Finding] = field(default_factory=list)


def placed(found: Gathered, editions: Sequence[EditionRead], keep: set[str], root: Path) -> list[Checked]:
    """Findings in place, after the comments of the original have said which may stand in every edition."""
    comments: list[tuple[Ignore, Finding]] = []
    original = next((edition for edition in editions if edition.lang == ORIGINAL), None)
    if original is not None:
        every = list(dict.fromkeys(one for edition in editions for one in edition.found))
        kept, comments = without_ignored(every, original.read.document.source, original.read.holders)
        standing = set(kept)
        for edition in editions:
            edition.found = [one for one in edition.found if one in standing]
    checked = []
    refused = _refused_by_file(found, root)
    for edition in editions:
        document = edition.read.document
        placed = [_located(edition, one) for one in dict.fromkeys(edition.found)]
        if edition is original:
            placed += [at_comment(document.path, *told, document.source) for told in comments]
        faults = refused.pop(document.path, [])
        placed += [one for one in _faults_in(edition, faults) if not _is_told(one, placed)]
        checked.append(_checked(edition.read, placed, keep))
    return checked + [_elsewhere(path, faults, keep) for path, faults in refused.items()]


def _checked(read: Read, placed: list[Located], keep: set[str]) -> Checked:
    told = sorted(
        (one for one in placed if one.finding.rule in keep),
        key=lambda one: (str(one.file), one.line, one.column, one.finding.rule),
    )
    return Checked(read.document, tuple(told), tuple(read.passages), tuple(read.holders))


def _located(edition: EditionRead, one: Finding) -> Located:
    fix = one.fix
    if fix is not None and edition.read.document.path.suffix == ".po":
        texts = (fix.text, *fix.others)
        one = one if not any('"' in text or "\\" in text for text in texts) else replace(one, fix=None)
    return located(edition.read.document, one, edition.read.holders, edition.files[one.block])


def _is_told(one: Located, placed: Sequence[Located]) -> bool:
    """Whether a rule on the text has told the same already, with its very words."""
    return one.finding.rule == HOUSE and any(
        other.finding.rule == HOUSE and one.line in (other.line, *other.other_lines) for other in placed
    )


def _refused_by_file(found: Gathered, root: Path) -> dict[Path, list[tuple[str, RasadError]]]:
    by_file: dict[Path, list[tuple[str, RasadError]]] = {}
    for rule, error in found.faults:
        path = error.at.path if error.at is not None else root
        by_file.setdefault(shown(path), []).append((rule, error))
    return by_file


def _faults_in(edition: EditionRead, faults: Iterable[tuple[str, RasadError]]) -> Iterator[Located]:
    """What a build refuses, at its words, and for the page beside the paragraph that it stands in."""
    document = edition.read.document
    lines = document.source.splitlines()
    for rule, error in faults:
        line, column, text = _words(lines, error, is_catalogue=document.path.suffix == ".po")
        block = _nearest(edition.read.holders, line, edition.files, document.path)
        finding = Finding(rule, "error", block, 0, 0, text, _message(error))
        end = Place(line, column + len(text)) if text else None
        yield Located(document.path, line, column, finding, (), end)


def _words(lines: Sequence[str], error: RasadError, *, is_catalogue: bool) -> tuple[int, int, str]:
    """Where the words stand that a message quotes, else the first line that it speaks of, whole."""
    first = max(error.at.line if error.at is not None else 1, 1)
    quoted = [match[1] for match in _QUOTED.finditer(error.what)]
    within = False
    for at, line in enumerate(lines[first - 1 : first - 1 + NEAR], start=first):
        if at > first and not line.strip():
            break
        within = within or not is_catalogue or line.startswith("msgstr")
        for word in quoted if within else ():
            match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
            if match is not None:
                return at, match.start() + 1, word
    whole = lines[first - 1] if first <= len(lines) else ""
    return first, len(whole) - len(whole.lstrip()) + 1, whole.strip()


def _nearest(holders: Sequence[Block | Note], line: int, files: Sequence[Path], path: Path) -> int:
    """The block that a line of the file is of: the last one that begins there or before it."""
    before = [
        (holder.place.line, -number)
        for number, holder in enumerate(holders)
        if files[number] == path and holder.place.line <= line
    ]
    return -max(before)[1] if before else 0


def _elsewhere(path: Path, faults: Sequence[tuple[str, RasadError]], keep: set[str]) -> Checked:
    """Faults of a file of which no edition is made: each with the line that it stands in."""
    lines = text_of(path).splitlines()
    holders: list[Block | Note] = []
    placed = []
    for rule, error in faults:
        line, column, text = _words(lines, error, is_catalogue=path.suffix == ".po")
        finding = Finding(rule, "error", len(holders), 0, 0, text, _message(error))
        whole = lines[line - 1] if line <= len(lines) else ""
        holders.append(Block("paragraph", whole[:1000], Place(line)))
        placed.append(Located(path, line, column, finding))
    document = Document(path, "text", tuple(one for one in holders if isinstance(one, Block)))
    passages, _ = passages_of(document)
    return _checked(Read.of(document, passages, holders), placed, keep)


def _message(error: RasadError) -> str:
    return error.what if error.do is None else f"{error.what}. {error.do}"
