"""Everything that a build would refuse in an issue, gathered without stopping at the first fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from rasad.check.actors import check_actors
from rasad.check.analysis import check_analysis
from rasad.check.bare_numbers import check_bare_numbers
from rasad.check.claims import check_claims, check_evidence
from rasad.check.headings import check_headings
from rasad.check.house_names import check_house_names
from rasad.check.issue_rules import FALLBACK, IDS
from rasad.check.likelihood_words import check_likelihood_words
from rasad.check.parity import check_parity
from rasad.errors import Faults, RasadError, TranslationError
from rasad.flow.draft import check_front, read_issue, translator
from rasad.issues.ledger import build_ledger
from rasad.issues.manuscript import ORIGINAL, Manuscript
from rasad.issues.measures import Record
from rasad.issues.numbers import Numbers
from rasad.issues.references import References, read_references
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.issue import Figure, Issue, MeasureMark, walk_blocks, walk_inlines
from rasad.settings import Desk
from rasad.sources.chronology import read_chronology

HOUSE: Final = "house-name"
_QUOTED: Final = re.compile(r"'([^']*)'")


@dataclass
class Gathered:
    """An issue as far as it can be read, and every fault with the rule that it breaks."""

    issues: dict[str, Issue] = field(default_factory=dict)
    manuscript: Manuscript | None = None
    events: tuple[Event, ...] = ()
    record: Record | None = None
    references: References = field(default_factory=lambda: References([]))
    faults: list[tuple[str, RasadError]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Languages of which some paragraph could not be read."""
    is_blind: bool = False
    """Whether references or events can't be read: then nothing is said of what rests on them."""
    numbers: Numbers | None = None
    """What prints the numbers of the issue; None where there is no issue to print."""

    def add(self, rule: str, error: RasadError) -> None:
        """Take an error with all that it joins, each once."""
        for one in (error, *error.others):
            known = {(told.at, told.what) for _, told in self.faults}
            if (one.at, one.what) not in known:
                self.faults.append((one.rule if one.rule in IDS else rule, one))

    def extend(self, rule: str, errors: Iterable[RasadError]) -> None:
        with self.noting(rule):
            for error in errors:
                self.add(rule, error)

    @contextmanager
    def noting(self, rule: str) -> Iterator[None]:
        """Whatever can't go on within is told under a rule, and the gathering goes on."""
        try:
            yield
        except RasadError as error:
            self.add(rule, error)


def gather(desk: Desk, number: int) -> Gathered:
    """Read an issue of a desk in all its languages, and everything that is wrong with it.

    The chronology is read as it stands, and nothing is written, so that a check needs no store.
    """
    found = Gathered()
    with found.noting("desk-file"):
        found.references = read_references(desk.references)
    with found.noting("desk-file"):
        found.events = desk_events(desk)
    found.is_blind = bool(found.faults)
    found.manuscript = _manuscript(found, desk.issue(number) / "issue.md")
    if found.manuscript is None:
        return found
    _read(found, ORIGINAL, None)
    original = found.issues[ORIGINAL]
    with found.noting("manuscript-front"):
        check_front(desk, found.manuscript, original, number)
    found.record = Record.of(found.events, original.as_of, original.dyad, desk.actors)
    check_alone(found, original)
    _check_original(found, desk, original)
    for lang in original.languages:
        if lang != ORIGINAL and lang in desk.settings.languages:
            _check_translation(found, desk, number, lang)
    if not found.is_blind and not found.broken:
        _check_as_built(found, desk, number)
    return found


def gather_alone(path: Path) -> Gathered:
    """Read a manuscript that lies in no desk, and what is wrong with it by itself."""
    found = Gathered()
    found.manuscript = _manuscript(found, path)
    if found.manuscript is not None:
        _read(found, ORIGINAL, None)
        check_alone(found, found.issues[ORIGINAL])
    return found


def _manuscript(found: Gathered, path: Path) -> Manuscript | None:
    try:
        return Manuscript(path)
    except RasadError as error:
        found.add("manuscript-front", error)
        return None


def desk_events(desk: Desk) -> tuple[Event, ...]:
    """The events of a desk's chronology as the file has them, in the order of the store.

    Raises:
        ChronologyError: If the file can't be read, or a row can't be an event.
    """
    try:
        content = desk.chronology.read_bytes()
    except OSError:
        return ()
    events = read_chronology(content, desk.chronology, desk.actors, "")
    return tuple(sorted(events, key=lambda event: (event.occurred_on, event.dataset_event_id)))


def check_alone(found: Gathered, issue: Issue) -> None:
    """What needs nothing but the text."""
    found.extend("manuscript-heading", check_headings(issue))
    _check_words(found, issue)


def _check_words(found: Gathered, issue: Issue) -> None:
    found.extend("figure-typed", check_bare_numbers(issue))
    found.extend("claim-likelihood", check_likelihood_words(issue))


def _check_original(found: Gathered, desk: Desk, original: Issue) -> None:
    assert found.record is not None  # noqa: S101  (it is made just before)
    known = {event.dataset_event_id for event in found.record.events}
    errors = check_claims(original, known, found.references)
    found.extend("claim-unsound", (error for error in errors if not _follows(found, error)))
    if not found.is_blind:
        found.extend("claim-evidence", check_evidence(original, found.references))
    found.extend("claim-unsound", check_analysis(original))
    watched = [Dyad.parse(text) for text in desk.settings.dyads]
    seen = {event.dyad for event in found.events}
    if not found.is_blind:
        found.extend("actor-unknown", check_actors(original, desk.actors, watched, seen))
    found.extend(HOUSE, check_house_names(original, desk.actors))
    found.numbers = Numbers(found.record, desk.settings.calendars, desk.actors.acting_name)
    if not found.is_blind:
        _check_measures(found, found.numbers, original)
        _check_figures(found, desk, original, found.numbers)


def _follows(found: Gathered, error: RasadError) -> bool:
    """Whether an error only follows from another: from a file or from a mark that can't be read."""
    if error.rule == "claim-finding" and found.manuscript is not None:
        named = _QUOTED.findall(error.what)
        return ORIGINAL in found.broken and bool(named) and f"#{named[-1]}" in found.manuscript.text
    return error.rule == "claim-source" and found.is_blind


def _check_measures(found: Gathered, numbers: Numbers, original: Issue) -> None:
    """Each measure taken and printed once; the other editions have the same ones."""
    for run in original.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, MeasureMark):
                with found.noting("figure-measure"):
                    numbers.take(inline)
                    if not inline.children:
                        numbers.print(inline, ORIGINAL)


def _check_translation(found: Gathered, desk: Desk, number: int, lang: str) -> None:
    with found.noting("edition-untranslated"):
        _read(found, lang, translator(desk, number, lang))
    issue = found.issues.get(lang)
    if issue is None:
        return
    original = found.issues[ORIGINAL]
    found.extend("edition-marks", check_parity(*_both_read(original, issue)))
    _check_words(found, issue)
    found.extend(HOUSE, check_house_names(issue, desk.actors))


def _read(found: Gathered, lang: str, translate: Callable[..., object] | None) -> None:
    assert found.manuscript is not None  # noqa: S101  (it is read first)
    faults = Faults()
    found.issues[lang] = found.manuscript.issue(lang, translate, faults)  # type: ignore[arg-type]
    for error in faults.told:
        is_missing = isinstance(error, TranslationError)
        found.add("edition-untranslated" if is_missing else "manuscript-mark", error)
        found.broken.add(lang)


def _both_read(original: Issue, translated: Issue) -> tuple[Issue, Issue]:
    """Two editions with only the paragraphs that both have, so that one left out is not told twice."""
    if len(original.runs) != len(translated.runs):
        return replace(original, runs=()), replace(translated, runs=())
    pairs = [
        (one, other)
        for one, other in zip(original.runs, translated.runs, strict=True)
        if bool(one.children) == bool(other.children)
    ]
    ones, others = tuple(one for one, _ in pairs), tuple(other for _, other in pairs)
    return replace(original, runs=ones), replace(translated, runs=others)


def _check_as_built(found: Gathered, desk: Desk, number: int) -> None:
    """What a build itself says, should it refuse anything that was not found in pieces."""
    before = len(found.faults)
    with found.noting(FALLBACK):
        draft = read_issue(desk, number, found.events)
        if len(found.faults) == before:
            build_ledger(draft.issues, draft.numbers, draft.references, draft.quotes)


def _check_figures(found: Gathered, desk: Desk, issue: Issue, numbers: Numbers) -> None:
    figures = [block for block in walk_blocks(issue.blocks) if isinstance(block, Figure)]
    if not figures:
        return
    from rasad.editions.charts import draw  # noqa: PLC0415  (charts load slowly)
    from rasad.editions.charts.drawing import Subject  # noqa: PLC0415
    from rasad.editions.words import words_of  # noqa: PLC0415
    from rasad.languages import language  # noqa: PLC0415

    for figure in figures:
        dyad = dict(figure.arguments).get("dyad", issue.dyad)
        subject = Subject(numbers.record, dyad, language(ORIGINAL), words_of(ORIGINAL), desk.actors)
        with found.noting("figure-measure"):
            draw(figure, subject)
