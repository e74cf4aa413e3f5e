"""The ledger of an issue as it stands, finished or not: what ``rasad ledger`` and ``rasad.ledger`` tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasad import flow
from rasad.check.actors import check_actors
from rasad.check.claims import check_claims
from rasad.check.parity import check_parity
from rasad.errors import Faults, RasadError
from rasad.flow.draft import check_front, check_whole, translator
from rasad.flow.spreadsheet import as_csv
from rasad.issues.coverage import Coverage, coverage
from rasad.issues.ledger import Ledger, build_ledger
from rasad.issues.ledger_json import ledger_json
from rasad.issues.ledger_rows import ledger_rows
from rasad.issues.manuscript import ORIGINAL, Manuscript
from rasad.issues.measures import Record
from rasad.issues.numbers import Numbers
from rasad.issues.quotes import FILE as QUOTES
from rasad.issues.quotes import read_quotes
from rasad.issues.references import References, read_references
from rasad.model.claim import Claim
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.issue import Issue
from rasad.settings import Desk
from rasad.sources.chronology import DATASET
from rasad.store.store import Store
from rasad.translation.signatures import text_digest


@dataclass(frozen=True)
class IssueLedger:
    """The ledger of one issue, and what it covers.

    Attributes:
        issue: The issue in its original language.
        ledger: Its sentences, numbers, events and sources.
        coverage: How much of it rests on evidence, and on whose.
        references: The desk's references.
        languages: The editions whose sentences it holds.
        without: Why it lacks the others, a line a language.
        data: The file that the numbers were computed from.
    """

    issue: Issue
    ledger: Ledger
    coverage: Coverage
    references: References
    languages: tuple[str, ...]
    without: Mapping[str, str]
    data: Mapping[str, str]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All sentences that claim something, in reading order."""
        return self.ledger.in_order

    def claim(self, claim_id: str) -> Claim:
        """The claim of an id.

        Raises:
            KeyError: If there is none.
        """
        return self.ledger.claim(claim_id)

    def to_dict(self) -> dict[str, Any]:
        """As ``ledger.json`` holds it, without the events that only figures show."""
        return ledger_json(self.ledger, self.issue, self.references, self.data, self.coverage)

    def to_csv(self) -> str:
        """The claims as CSV."""
        return as_csv(*ledger_rows(self.ledger, self.references, self.coverage, self.languages))


def issue_ledger(desk: Desk, number: int) -> IssueLedger:
    """The ledger of an issue as it stands.

    A claim may still lack its evidence, its confidence or its deadline, and an edition its paragraphs: that is what
    the ledger tells. What can't be read, or names what there is not, is an error as in a build.

    Args:
        desk: The desk; its chronology is loaded as it is now.
        number: The issue.

    Raises:
        RasadError: If the issue can't be read.
    """
    flow.load(desk)
    store = Store(desk.store)
    snapshot = store.current(DATASET)
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    references = read_references(desk.references)
    original = manuscript.issue(ORIGINAL, finished=False)
    check_front(desk, manuscript, original, number)
    events = store.events()
    record = Record.of(events, original.as_of, original.dyad, desk.actors)
    _check(desk, original, events, record, references)
    issues, without = _editions(desk, number, manuscript, original)
    numbers = Numbers(record, desk.settings.calendars, desk.actors.acting_name)
    for issue in issues.values():
        # Numbers are named in the order in which they are taken: here as in a build.
        text_digest(manuscript, issue, numbers)
    quotes = read_quotes(desk.issue(number) / QUOTES)
    ledger = build_ledger(issues, numbers, references, quotes)
    return IssueLedger(
        issue=original,
        ledger=ledger,
        coverage=coverage(ledger, references, ORIGINAL),
        references=references,
        languages=tuple(issues),
        without=without,
        data={"dataset": DATASET, "sha256": snapshot.sha256} if snapshot is not None else {},
    )


def _check(
    desk: Desk, original: Issue, events: Sequence[Event], record: Record, references: References
) -> None:
    """Stop at names of what there is not; that a claim rests on nothing is for the ledger to tell."""
    faults = Faults()
    known = {event.dataset_event_id for event in record.events}
    faults.extend(check_claims(original, known, references))
    watched = [Dyad.parse(text) for text in desk.settings.dyads]
    faults.extend(check_actors(original, desk.actors, watched, {event.dyad for event in events}))
    faults.stop()


def _editions(
    desk: Desk, number: int, manuscript: Manuscript, original: Issue
) -> tuple[dict[str, Issue], dict[str, str]]:
    """The issue in the languages in which it is whole, and of the others what is first missing."""
    issues, without = {ORIGINAL: original}, {}
    for lang in original.languages:
        translate = translator(desk, number, lang)
        if translate is None:
            continue
        try:
            check_whole(manuscript, translate)
            translated = manuscript.issue(lang, translate, finished=False)
            faults = Faults()
            faults.extend(check_parity(original, translated))
            faults.stop()
        except RasadError as error:
            without[lang] = error.line()
        else:
            issues[lang] = translated
    return issues, without
