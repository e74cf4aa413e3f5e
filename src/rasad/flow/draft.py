"""An issue read in all its languages and checked, ready to be made into editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasad.check.actors import check_actors
from rasad.check.analysis import check_analysis
from rasad.check.bare_numbers import check_bare_numbers
from rasad.check.claims import check_claims, check_evidence
from rasad.check.headings import check_headings
from rasad.check.house_names import check_house_names
from rasad.check.likelihood_words import check_likelihood_words
from rasad.check.parity import check_parity
from rasad.errors import Faults, ManuscriptError, TranslationError
from rasad.flow.earlier import read_changes
from rasad.issues.blocks import Translate
from rasad.issues.changes import Changes
from rasad.issues.manuscript import ORIGINAL, Manuscript
from rasad.issues.measures import Record
from rasad.issues.numbers import Numbers
from rasad.issues.quotes import FILE as QUOTES
from rasad.issues.quotes import Quoted, read_quotes
from rasad.issues.references import References, read_references
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.issue import Issue
from rasad.settings import SETTINGS, Desk
from rasad.translation.catalogue import Catalogue
from rasad.translation.signatures import FILE, Review, read_review, text_digest


@dataclass(frozen=True)
class Draft:
    """An issue that has passed its checks, in all its languages."""

    issues: Mapping[str, Issue]
    reviews: Mapping[str, Review]
    digests: Mapping[str, str]
    numbers: Numbers
    references: References
    changes: Changes | None = None
    quotes: tuple[Quoted, ...] = ()


def read_issue(desk: Desk, number: int, events: Sequence[Event]) -> Draft:
    """Read an issue in all its languages, check it, and take its numbers.

    Raises:
        RasadError: With every finding of the checks, a line each.
    """
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    references = read_references(desk.references)
    original = manuscript.issue(ORIGINAL)
    check_front(desk, manuscript, original, number)
    record = Record.of(events, original.as_of, original.dyad, desk.actors)
    known = {event.dataset_event_id for event in record.events}
    faults = Faults()
    faults.extend(check_claims(original, known, references))
    faults.extend(check_evidence(original, references))
    watched = [Dyad.parse(text) for text in desk.settings.dyads]
    faults.extend(check_actors(original, desk.actors, watched, {event.dyad for event in events}))
    faults.extend(check_headings(original))
    faults.extend(check_analysis(original))
    changes, amiss = read_changes(desk, original, events)
    faults.extend(amiss)
    faults.extend(_check_words(original))
    faults.extend(check_house_names(original, desk.actors))
    faults.stop()
    issues = {ORIGINAL: original}
    for lang in original.languages:
        translate = translator(desk, number, lang)
        if translate is not None:
            check_whole(manuscript, translate)
            issues[lang] = manuscript.issue(lang, translate)
            faults.extend(check_parity(original, issues[lang]))
            faults.extend(_check_words(issues[lang]))
            faults.extend(check_house_names(issues[lang], desk.actors))
    faults.stop()
    numbers = Numbers(record, desk.settings.calendars, desk.actors.acting_name)
    earlier = {lang: changes.told(lang) if changes is not None else () for lang in issues}
    digests = {lang: text_digest(manuscript, issue, numbers, earlier[lang]) for lang, issue in issues.items()}
    signatures = desk.issue(number) / FILE
    reviews = {lang: read_review(signatures, lang, digest) for lang, digest in digests.items()}
    quotes = read_quotes(desk.issue(number) / QUOTES)
    return Draft(issues, reviews, digests, numbers, references, changes, quotes)


def _check_words(issue: Issue) -> Iterator[ManuscriptError]:
    yield from check_bare_numbers(issue)
    yield from check_likelihood_words(issue)


def check_whole(manuscript: Manuscript, translate: Translate) -> None:
    """Stop with a line for every paragraph that a catalogue lacks."""
    faults = Faults()
    for unit in manuscript.units():
        try:
            translate(unit.text, unit.line)
        except TranslationError as error:
            faults.add(error)
    faults.stop()


def translator(desk: Desk, number: int, lang: str) -> Translate | None:
    """How an edition's paragraphs are found; None for the original."""
    return None if lang == ORIGINAL else Catalogue(desk.catalogue(number, lang), lang).translate


def check_front(desk: Desk, manuscript: Manuscript, issue: Issue, number: int) -> None:
    """Stop where the front matter disagrees with its folder, its own dates or the desk.

    Raises:
        ManuscriptError: At the first such thing.
    """
    if issue.number != number:
        raise ManuscriptError(
            f"the front matter says number {issue.number}, the folder says {number}",
            at=manuscript.path,
            do="Make them agree.",
        )
    if issue.as_of > issue.date:
        raise ManuscriptError(
            f"the data are of {issue.as_of}, after the issue's date {issue.date}", at=manuscript.path
        )
    for lang in issue.languages:
        if lang not in desk.settings.languages:
            raise ManuscriptError(
                f"the issue has a '{lang}' edition, the desk does not",
                at=manuscript.path,
                do=f"Add '{lang}' to languages in {SETTINGS}.",
            )
