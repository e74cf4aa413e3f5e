"""From a file to its findings with their places: what ``rasad check`` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rasad.check.desk_rules import DeskFacts, desk_findings
from rasad.check.editions import compare
from rasad.check.finding import Finding
from rasad.check.ignores import Ignore, known_rules, without_ignored
from rasad.check.links import IDS as LINK_IDS
from rasad.check.links import REFUSED
from rasad.check.passage import Link, Passage, Reading, issue_day, language_of
from rasad.check.quotes import RULE, quotations
from rasad.check.rules import check
from rasad.check.rules.span_points import EVENT_MARK
from rasad.documents import Document, read_document
from rasad.documents.building import Lines
from rasad.documents.document import Block, Note, Place, page_of, place_of, source_range
from rasad.errors import EvaluationError, did_you_mean, on_one_line
from rasad.flow.as_written import as_written
from rasad.flow.desk_facts import facts_of
from rasad.flow.kept_pages import kept_pages
from rasad.flow.layout import laid_out, line_starts
from rasad.languages import LANGUAGES
from rasad.languages.written_dates import find_dates

if TYPE_CHECKING:
    from rasad.flow.link_checking import Links

MOST_LINES: Final = 12
"""Further places that a message names; the rest is counted."""


@dataclass(frozen=True)
class Located:
    """A finding with its place in its file, both counted from 1; ``other_lines`` of further places of the fault.

    ``end`` is where the words end, its column the first that is not theirs; None where that is not known. ``page`` is
    that of a PDF, whose lines are counted on each.
    """

    file: Path
    line: int
    column: int
    finding: Finding
    other_lines: tuple[int, ...] = ()
    end: Place | None = None
    page: int | None = None

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        one = self.finding
        return {
            "rule": one.rule, "severity": one.severity, "file": _shown(self.file), "line": self.line,
            "column": self.column, "text": one.text, "message": self.message,
            "fix": None if one.fix is None else one.fix.text,
        }  # fmt: skip

    def __str__(self) -> str:
        return on_one_line(f"{self.file}:{self.line}:{self.column}: {self.finding.rule} {self.message}")

    @property
    def message(self) -> str:
        """What is wrong and what would be right, with the lines of the fault's further places."""
        places = [] if self.page is None else [f"page {self.page}"]
        lines = sorted({line for line in self.other_lines if line != self.line})
        if lines and self.page is None:
            told = ", ".join(map(str, lines[:MOST_LINES]))
            more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
            places.append(f"also in line{'s' if len(lines) > 1 else ''} {told}{more}")
        return f"{self.finding.message} ({'; '.join(places)})" if places else self.finding.message


def _shown(path: Path) -> str:
    """A path as UTF-8 can tell it: a name may hold bytes that are no letters."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Checked:
    """A document that was checked; ``passages`` are what its rules read, ``holders`` the block or note of each."""

    document: Document
    findings: tuple[Located, ...]
    passages: tuple[Passage, ...] = ()
    holders: tuple[Block | Note, ...] = ()


def check_file(
    path: Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    links: Links | None = None,
    in_desk: bool = True,
) -> Checked:
    """Check one file.

    Args:
        path: A Markdown, Word, HTML, PDF or text file.
        select: Rules or families to keep; all where none is named.
        ignore: Rules or families to leave out.
        links: What looks at its addresses; None to leave the network alone.
        in_desk: Whether the record and the house names of the desk that it lies in count.

    Raises:
        DocumentError: If it can't be read.
        EvaluationError: If a rule is unknown.
    """
    read, keep = _read(path), kept_rules(select, ignore)
    facts = facts_of(path) if in_desk else None
    return _told(read, _found(read, keep, links, facts), keep)


def check_editions(
    paths: Mapping[str, Path],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    links: Links | None = None,
    documents: Mapping[Path, Document] | None = None,
    in_desk: bool = True,
) -> list[Checked]:
    """Check the editions of one text, each by itself and all against one another, in the order given.

    Args:
        paths: Two files or more by language.
        select: As in ``check_file``.
        ignore: As in ``check_file``.
        links: As in ``check_file``.
        documents: Those that have been read already, by their path.
        in_desk: As in ``check_file``.

    Raises:
        DocumentError: If one can't be read.
        EvaluationError: If a rule is unknown.
    """
    keep = kept_rules(select, ignore)
    documents = documents or {}
    read = {lang: _read(path, documents.get(path)) for lang, path in paths.items()}
    differing = compare({lang: one.reading for lang, one in read.items()})
    facts = {lang: facts_of(path) if in_desk else None for lang, path in paths.items()}
    return [
        _told(one, [*_found(one, keep, links, facts[lang]), *differing[lang]], keep)
        for lang, one in read.items()
    ]


def edition_of(path: Path, documents: dict[Path, Document] | None = None) -> str:
    """The language of a file: that of its name (``issue.prs.md``), of its front matter, or of its letters.

    Args:
        path: The file.
        documents: Takes the document in, where it had to be read, so that nobody reads it again.

    Raises:
        DocumentError: If it can't be read.
    """
    named = path.stem.rpartition(".")[2]
    if named in LANGUAGES:
        return named
    document = read_document(path)
    if documents is not None:
        documents[path] = document
    told = document.about("lang")
    return told if told in LANGUAGES else language_of(" ".join(block.text for block in document.blocks[:40]))


@dataclass(frozen=True)
class Read:
    """A document as the rules read it; ``holders`` is the block or note of each passage."""

    document: Document
    passages: list[Passage]
    holders: list[Block | Note]
    reading: Reading

    @classmethod
    def of(
        cls,
        document: Document,
        passages: list[Passage],
        holders: list[Block | Note],
        events: tuple[tuple[str, date, date], ...] = (),
    ) -> Read:
        """Put a document's passages together; ``events`` are those of the desk, with their first and last day."""
        notes = [one for one in passages if one.kind == "note"]
        names = [note.id for note in document.notes for _ in (note.blocks or (None,))]
        reading = Reading(
            tuple(one for one in passages if one.kind != "note"),
            tuple(zip(names, notes, strict=True)),
            issue_day(passages, _told_day(document)),
            events,
        )
        return cls(document, passages, holders, reading)


def _read(path: Path, document: Document | None = None) -> Read:
    document = document or read_document(path)
    passages, holders = passages_of(document)
    return Read.of(document, passages, holders)


def _found(read: Read, keep: AbstractSet[str], links: Links | None, facts: DeskFacts | None) -> list[Finding]:
    """What the rules find: on the text, on its desk, and on pages."""
    reading = read.reading
    if facts is not None and any(EVENT_MARK.search(passage.text) for passage in reading.passages):
        reading = replace(reading, events=facts.days)
    found = check(reading)
    if facts is not None:
        found += desk_findings(reading, facts)
    return on_pages(read, found, keep, links)


def on_pages(read: Read, found: list[Finding], keep: AbstractSet[str], links: Links | None) -> list[Finding]:
    """The findings, with those on the pages that the desk keeps, and with ``links`` on addresses."""
    pages = kept_pages(read.document.path)
    if pages is not None and RULE in keep:
        found = [*found, *quotations(read.reading, pages.text, pages.address)]
    if links is None:
        return found
    found = links.without_trusted(found, read.reading)
    if keep.isdisjoint((*LINK_IDS, REFUSED)):
        return found
    told = {} if pages is None else pages.told()
    return [*found, *links.findings(read.document, read.reading, read.holders, told)]


def _told(read: Read, findings: list[Finding], keep: AbstractSet[str]) -> Checked:
    document, faults = read.document, list[tuple[Ignore, Finding]]()
    if document.kind in ("markdown", "html"):
        findings, faults = without_ignored(findings, document.source, read.holders)
    found = [located(document, finding, read.holders) for finding in findings]
    found += [at_comment(document.path, one, finding, document.source) for one, finding in faults]
    told = sorted(
        (one for one in found if one.finding.rule in keep),
        key=lambda one: (one.page or 0, one.line, one.column, one.finding.rule),
    )
    return Checked(document, tuple(told), tuple(read.passages), tuple(read.holders))


def kept_rules(select: Sequence[str], ignore: Sequence[str]) -> set[str]:
    """The ids of the rules to tell.

    Raises:
        EvaluationError: If one is unknown.
    """
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


def passages_of(document: Document) -> tuple[list[Passage], list[Block | Note]]:
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


def located(
    document: Document, finding: Finding, blocks: Sequence[Block | Note], file: Path | None = None
) -> Located:
    """A finding at its place in its document, or in another file that the block stands in."""
    place, words = as_written(document, finding, blocks[finding.block])
    others = tuple(_place(blocks[block], start).line for block, start, _ in finding.others)
    end = _end(blocks[finding.block], finding)
    page = _page(blocks[finding.block], finding) if document.kind == "pdf" else None
    told = replace(finding, text=words)
    return Located(file or document.path, place.line, place.column, told, others, end, page)


def _page(holder: Block | Note, finding: Finding) -> int | None:
    return page_of(holder, finding.start) if isinstance(holder, Block) else None


def at_comment(path: Path, one: Ignore, finding: Finding, source: str) -> Located:
    """A finding on a comment, at the comment."""
    lines = _lines_of(source)
    place = lines.place(one.offset)
    return Located(path, place.line, place.column, finding, (), lines.place(one.offset + len(one.written)))


@lru_cache(maxsize=1)
def _lines_of(source: str) -> Lines:
    """The lines of a source, which many comments stand in."""
    return Lines(source)


def _end(holder: Block | Note, finding: Finding) -> Place | None:
    if not isinstance(holder, Block) or finding.end <= finding.start:
        return None
    last = place_of(holder, finding.end - 1)
    return Place(last.line, last.column + 1)


def _place(holder: Block | Note, offset: int) -> Place:
    return place_of(holder, offset) if isinstance(holder, Block) else holder.place
