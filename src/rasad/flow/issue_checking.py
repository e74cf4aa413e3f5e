"""``rasad check ISSUE``: a manuscript of a desk, its translations, and the text that its editions print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from rasad.actors.actors import ActorTable
from rasad.check.desk_rules import DeskFacts, desk_findings
from rasad.check.editions import compare
from rasad.check.finding import Finding
from rasad.check.our_marks import Said, without_said
from rasad.check.passage import Passage, Reading
from rasad.check.resolvers import unresolvable
from rasad.check.rules import check
from rasad.flow.checking import (
    Checked,
    Read,
    kept_rules,
    passages_of,
)
from rasad.flow.issue_faults import Gathered, gather, gather_alone
from rasad.flow.issue_placing import EditionRead, placed
from rasad.flow.issue_sources import Sources, shown, text_of
from rasad.flow.issue_text import UNKNOWN, Cite, EditionText, Printed, Source
from rasad.flow.manuscript_places import SourceFile
from rasad.flow.stale import stale
from rasad.issues.manuscript import ORIGINAL
from rasad.issues.numbers import Numbers
from rasad.languages import language
from rasad.languages.dates import write_dual, write_month
from rasad.model.issue import (
    ActorMark,
    Citation,
    ClaimMark,
    DateMark,
    Issue,
    MeasureMark,
    Recommendation,
    Verbatim,
    child_inlines,
    walk_inlines,
)
from rasad.relations.selection import span
from rasad.settings import Desk

CALENDARS: Final = ("gregorian", "solar")
OF_CONTENT: Final = frozenset(
    {"forecast-open", "forecast-unresolvable", "quote-unsourced", "recommendation-bare", "recommendation-unfounded",
     "section-uncited", "source-unnamed", "link-empty", "link-placeholder"}
)  # fmt: skip
"""What is said and not how: the same in every edition, and told once, at the original."""


class Alone:
    """Writes the marks of a manuscript that lies in no desk: its numbers can't be had."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._actors = ActorTable.built_in()

    def print(self, mark: MeasureMark, lang: str, /) -> str:  # noqa: ARG002
        return UNKNOWN

    def write_date(self, mark: DateMark, lang: str, /) -> str:
        write = write_month if mark.form == "month" else write_dual
        return write(mark.day, language(lang), CALENDARS)

    def write_actor(self, mark: ActorMark, lang: str, /) -> str:
        return self._actors.acting_name(mark.actor, lang, mark.on or self._as_of)


def check_issue(
    desk: Desk, number: int, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Checked]:
    """Check an issue of a desk: the original, then each translation, then other files of the desk with a fault.

    Args:
        desk: The desk.
        number: The issue.
        select: Rules or families to keep; all where none is named.
        ignore: Rules or families to leave out.

    Raises:
        EvaluationError: If a rule is unknown.
    """
    keep = kept_rules(select, ignore)
    found = gather(desk, number)
    editions = list(_editions(desk, number, found))
    _hold_against_desk(desk, number, found, editions)
    whole = [edition for edition in editions if edition.lang not in found.broken]
    if len(whole) > 1:
        differing = compare({edition.lang: _typed(edition) for edition in whole})
        for edition in whole:
            edition.found += [one for one in differing[edition.lang] if _is_of_prose(edition, one)]
    return placed(found, editions, keep, desk.root)


def check_alone(path: Path, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Checked]:
    """Check a manuscript that lies in no desk: its marks are read as marks, its numbers can't be had.

    Raises:
        EvaluationError: If a rule is unknown.
    """
    keep = kept_rules(select, ignore)
    found = gather_alone(path)
    issue = found.issues.get(ORIGINAL)
    editions = []
    if issue is not None:
        press = _Press(Alone(issue.as_of), lambda key: Source(key, path, 1), ())
        editions.append(_edition(issue, path, press))
    return placed(found, editions, keep, path.parent)


@dataclass(frozen=True)
class _Press:
    """What an edition is printed with: numbers, sources, and the days of the events that it may cite."""

    printer: Numbers | Alone
    cite: Cite
    events: tuple[tuple[str, date, date], ...]


def _editions(desk: Desk, number: int, found: Gathered) -> Iterator[EditionRead]:
    """Every edition of an issue, printed; what can't be printed is a fault, told once for all of them."""
    if found.numbers is None:
        return
    days = tuple((event.dataset_event_id, *span(event)) for event in found.events)
    press = _Press(found.numbers, Sources(desk, found).of, days)
    for lang, issue in found.issues.items():
        path = desk.issue(number) / "issue.md" if lang == ORIGINAL else desk.catalogue(number, lang)
        edition = _edition(issue, shown(path), press)
        told = {error.what for _, error in found.faults}
        for error in () if found.is_blind else edition.printed.faults:
            if error.what not in told:
                found.add("figure-measure", error)
        yield edition


def _hold_against_desk(desk: Desk, number: int, found: Gathered, editions: Sequence[EditionRead]) -> None:
    """The house's names in every edition, typed figures against the record, and a build against it."""
    facts = DeskFacts.of(desk.actors, found.events)
    for edition in editions:
        typed: dict[int, list[tuple[int, int]]] = {}
        for one in edition.printed.of(Verbatim):
            typed.setdefault(one.block, []).append((one.start, one.end))
        edition.found += desk_findings(edition.read.reading, facts, within=typed)
        if edition.lang == ORIGINAL and not found.is_blind:
            edition.found += stale(desk, number, found, edition.printed)


def _edition(issue: Issue, path: Path, press: _Press) -> EditionRead:
    lang = issue.language
    runs = tuple(replace(run, at=replace(run.at, path=shown(run.at.path))) for run in issue.runs)
    source = SourceFile(text_of(path), is_catalogue=path.suffix == ".po")
    printed = EditionText(replace(issue, runs=runs), path, source, press.printer, press.cite).printed()
    passages, holders = passages_of(printed.document)
    own = _of_edition(printed)
    passages = [replace(one, lang=lang if one.number < own else "en") for one in passages]
    read = Read.of(printed.document, passages, holders, press.events)
    edition = EditionRead(lang, read, printed, _files(printed, path, len(holders)))
    edition.found = without_said(check(read.reading), list(_said(printed)))
    if lang == ORIGINAL:
        edition.found += unresolvable(_forecasts(printed))
    else:
        edition.found = [one for one in edition.found if one.rule not in OF_CONTENT and one.block < own]
    return edition


def _files(printed: Printed, path: Path, holders: int) -> list[Path]:
    """The file of each passage: the edition's own, but for the sources, which stand in files of the desk."""
    files = [path] * holders
    number = len(printed.document.blocks)
    for note in printed.document.notes:
        for _ in note.blocks or (None,):
            files[number] = shown(printed.sources[note.id].path) if note.id in printed.sources else path
            number += 1
    return files


def _of_edition(printed: Printed) -> int:
    """How many passages are the edition's own; behind them stand its sources, which are told in English."""
    own = [note for note in printed.document.notes if note.id not in printed.sources]
    return len(printed.document.blocks) + sum(max(len(note.blocks), 1) for note in own)


def _said(printed: Printed) -> Iterator[Said]:
    """What the marks say that a rule would ask for."""
    for one in printed.marks:
        mark = one.mark
        if isinstance(mark, ClaimMark):
            # A judgement is no forecast, and the build asks a forecast for its day.
            rules = {"forecast-open"} | ({"quote-unsourced"} if mark.get("evidence") else set())
            yield Said(one.block, one.start, one.end, frozenset(rules))
        elif isinstance(mark, Recommendation) and mark.findings:
            yield Said(one.block, one.start, one.end, frozenset(("recommendation-unfounded",)))


def _forecasts(printed: Printed) -> Iterator[tuple[int, int, int, str, str, bool]]:
    """The forecasts of the original: place, words, their resolver, and whether a number of the desk decides them."""
    texts = printed.document.blocks
    for one in printed.of(ClaimMark):
        mark = one.mark
        if isinstance(mark, ClaimMark) and mark.kind == "forecast" and one.block < len(texts):
            counted = any(isinstance(inside, MeasureMark) for inside in walk_inlines(child_inlines(mark)))
            words = texts[one.block].text[one.start : one.end]
            yield one.block, one.start, one.end, words, mark.get("resolver"), counted


def _is_of_prose(edition: EditionRead, one: Finding) -> bool:
    """Whether a difference counts: a title or a cell, as "Likely responses", says no likelihood."""
    if one.rule != "edition-likelihood":
        return True
    return edition.read.passages[one.block].kind not in ("heading", "table-cell", "caption")


def _typed(edition: EditionRead) -> Reading:
    """An edition's reading without what marks write, which is the same in every edition by another rule."""
    written: dict[int, list[tuple[int, int]]] = {}
    for one in edition.printed.of(MeasureMark, DateMark, ActorMark, Citation):
        written.setdefault(one.block, []).append((one.start, one.end))

    def blank(passage: Passage) -> Passage:
        text = passage.text
        for start, end in written.get(passage.number, ()):
            text = text[:start] + " " * (end - start) + text[end:]
        return replace(passage, text=text)

    reading = edition.read.reading
    return replace(reading, passages=tuple(blank(passage) for passage in reading.passages))
