"""From a file to its findings with their places: what ``rasad check`` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rasad.check.editions import compare
from rasad.check.finding import Finding
from rasad.check.ignores import Ignore, known_rules, without_ignored
from rasad.check.passage import Link, Passage, Reading, issue_day, language_of
from rasad.check.rules import check
from rasad.documents import Document, read_document
from rasad.documents.building import Lines
from rasad.documents.document import Block, Note, Place, place_of, source_range
from rasad.errors import EvaluationError, did_you_mean
from rasad.flow.layout import laid_out, line_starts
from rasad.languages import LANGUAGES
from rasad.languages.written_dates import find_dates


@dataclass(frozen=True)
class Located:
    """A finding with its place in its file, both counted from 1; ``other_lines`` of further places of the fault.

    ``end`` is where the words end, its column the first that is not theirs; None where that is not known.
    """

    file: Path
    line: int
    column: int
    finding: Finding
    other_lines: tuple[int, ...] = ()
    end: Place | None = None

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        one = self.finding
        return {
            "rule": one.rule, "severity": one.severity, "file": str(self.file), "line": self.line,
            "column": self.column, "text": one.text, "message": one.message,
            "fix": None if one.fix is None else one.fix.text,
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.finding.rule} {self.finding.message}"


@dataclass(frozen=True)
class Checked:
    """A document that was checked; ``passages`` are what its rules read, ``holders`` the block or note of each."""

    document: Document
    findings: tuple[Located, ...]
    passages: tuple[Passage, ...] = ()
    holders: tuple[Block | Note, ...] = ()


def check_file(path: Path, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Checked:
    """Check one file.

    Args:
        path: A Markdown, Word, HTML, PDF or text file.
        select: Rules or families to keep; all where none is named.
        ignore: Rules or families to leave out.

    Raises:
        DocumentError: If it can't be read.
        EvaluationError: If a rule is unknown.
    """
    read = _read(path)
    return _told(read, check(read.reading), _kept(select, ignore))


def check_editions(
    paths: Mapping[str, Path], *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Checked]:
    """Check the editions of one text, each by itself and all against one another, in the order given.

    Args:
        paths: Two files or more by language.
        select: As in ``check_file``.
        ignore: As in ``check_file``.

    Raises:
        DocumentError: If one can't be read.
        EvaluationError: If a rule is unknown.
    """
    keep = _kept(select, ignore)
    read = {lang: _read(path) for lang, path in paths.items()}
    differing = compare({lang: one.reading for lang, one in read.items()})
    return [_told(one, [*check(one.reading), *differing[lang]], keep) for lang, one in read.items()]


def edition_of(path: Path) -> str:
    """The language of a file: that of its name (``issue.prs.md``), of its front matter, or of its letters.

    Raises:
        DocumentError: If it can't be read.
    """
    named = path.stem.rpartition(".")[2]
    if named in LANGUAGES:
        return named
    document = read_document(path)
    told = document.about("lang")
    return told if told in LANGUAGES else language_of(" ".join(block.text for block in document.blocks[:40]))


@dataclass(frozen=True)
class _Read:
    document: Document
    passages: list[Passage]
    holders: list[Block | Note]
    reading: Reading


def _read(path: Path) -> _Read:
    document = read_document(path)
    passages, holders = _passages(document)
    notes = [one for one in passages if one.kind == "note"]
    names = [note.id for note in document.notes for _ in (note.blocks or (None,))]
    reading = Reading(
        tuple(one for one in passages if one.kind != "note"),
        tuple(zip(names, notes, strict=True)),
        issue_day(passages, _told_day(document)),
    )
    return _Read(document, passages, holders, reading)


def _told(read: _Read, findings: list[Finding], keep: AbstractSet[str]) -> Checked:
    document, faults = read.document, list[tuple[Ignore, Finding]]()
    if document.kind in ("markdown", "html"):
        findings, faults = without_ignored(findings, document.source, read.holders)
    found = [_located(document.path, finding, read.holders) for finding in findings]
    found += [_at_comment(document.path, one, finding, document.source) for one, finding in faults]
    told = sorted(
        (one for one in found if one.finding.rule in keep),
        key=lambda one: (one.line, one.column, one.finding.rule),
    )
    return Checked(document, tuple(told), tuple(read.passages), tuple(read.holders))


def _kept(select: Sequence[str], ignore: Sequence[str]) -> set[str]:
    return (rules_of(select) or set(known_rules())) - rules_of(ignore)


def fixed(checked: Checked) -> str | None:
    """The source with every safe fix in its place; None where there is none, or the file has no source to write."""
    document = checked.document
    if not document.source:
        return None
    blocks = checked.holders
    changes = []
    for located in checked.findings:
        one = located.finding
        if one.fix is None:
            continue
        places = ((one.block, one.start, one.end), *one.others)
        for (block, start, end), text in zip(places, (one.fix.text, *one.fix.others), strict=True):
            holder = blocks[block]
            span = source_range(holder, start, end) if isinstance(holder, Block) else None
            if span is not None:
                changes.append((*span, text))
    source = document.source
    for begin, last, text in sorted(set(changes), reverse=True):
        source = source[:begin] + text + source[last:]
    return source if changes else None


def rules_of(names: Sequence[str]) -> set[str]:
    """The ids of rules that are named by themselves or by their family.

    Raises:
        EvaluationError: If there is no such rule.
    """
    known = known_rules()
    families = set(known.values())
    found: set[str] = set()
    for name in names:
        if name not in known and name not in families:
            raise EvaluationError(
                f"'{name}' is not a rule", do=did_you_mean(name, [*known, *sorted(families)])
            )
        found |= {rule for rule, family in known.items() if name in (rule, family)}
    return found


def _passages(document: Document) -> tuple[list[Passage], list[Block | Note]]:
    """The passages of a document, and the block or note that each is of, by its number."""
    text = " ".join(block.text for block in document.blocks[:40])
    usual = language_of(text)
    holders: list[Block | Note] = [*document.blocks]
    passages = [_passage(number, block, block.kind, usual) for number, block in enumerate(document.blocks)]
    passages = laid_out(document, passages)
    for note in document.notes:
        for block in note.blocks:
            passages.append(_passage(len(holders), block, "note", usual))
            holders.append(block)
        if not note.blocks:
            passages.append(Passage(len(holders), "note", 0, "", usual))
            holders.append(note)
    return passages, holders


def _passage(number: int, block: Block, kind: str, usual: str) -> Passage:
    lang = language_of(block.text, usual)
    return Passage(
        number=number,
        kind=kind,
        level=block.level,
        text="" if kind == "code" else block.text,
        lang=usual if lang in ("prs", "ar") and usual in ("prs", "ps", "ar") else lang,
        section=block.section,
        links=tuple(Link(s.start, s.end, s.target, s.written) for s in block.spans if s.kind == "link"),
        marks=tuple((s.start, s.end, s.target) for s in block.spans if s.kind == "footnote-ref"),
        raised=tuple((s.start, s.written) for s in block.spans if s.kind == "note-mark"),
        lines=line_starts(block),
    )


def _told_day(document: Document) -> date | None:
    for name in ("date", "published", "created"):
        told = document.about(name)
        if told:
            days = [one.on for one in find_dates(told[:40], "en") if one.on is not None]
            if days and name != "created":
                return days[0]
    return None


def _located(path: Path, finding: Finding, blocks: Sequence[Block | Note]) -> Located:
    place = _place(blocks[finding.block], finding.start)
    others = tuple(_place(blocks[block], start).line for block, start, _ in finding.others)
    end = _end(blocks[finding.block], finding)
    return Located(path, place.line, place.column, finding, others, end)


def _at_comment(path: Path, one: Ignore, finding: Finding, source: str) -> Located:
    lines = Lines(source)
    place = lines.place(one.offset)
    return Located(path, place.line, place.column, finding, (), lines.place(one.offset + len(one.written)))


def _end(holder: Block | Note, finding: Finding) -> Place | None:
    if not isinstance(holder, Block) or finding.end <= finding.start:
        return None
    last = place_of(holder, finding.end - 1)
    return Place(last.line, last.column + 1)


def _place(holder: Block | Note, offset: int) -> Place:
    return place_of(holder, offset) if isinstance(holder, Block) else holder.place
