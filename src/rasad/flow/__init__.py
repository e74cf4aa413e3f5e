"""The whole way: from a desk's files to its store and its editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rasad.errors import ManuscriptError, TranslationError, did_you_mean
from rasad.flow import folder
from rasad.flow.draft import Draft, read_issue
from rasad.flow.loading import LoadReport, load_files
from rasad.issues.ledger import Ledger
from rasad.issues.manuscript import ORIGINAL, Manuscript, Unit
from rasad.languages.letters import named, unprintable
from rasad.settings import Desk
from rasad.sources.chronology import DATASET
from rasad.store.store import Store
from rasad.translation.catalogue import Catalogue, Progress
from rasad.translation.signatures import FILE, Review, write_review

if TYPE_CHECKING:
    from rasad.editions.edition import Edition


@dataclass(frozen=True)
class Built:
    """What a build did."""

    issue: int
    folder: Path
    editions: tuple[str, ...]
    fresh: bool
    seconds: float
    loaded: LoadReport
    counts: Mapping[str, int]
    signed: Mapping[str, str]


def load(desk: Desk) -> LoadReport:
    """Load the desk's chronology into its store.

    Raises:
        ChronologyError: If a row can't be an event; the store is then as it was.
    """
    (report,) = load_files(desk, [desk.chronology])
    return report


def translate(desk: Desk, number: int) -> dict[str, Progress]:
    """Bring the catalogues of an issue up to its manuscript as it is now."""
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    manuscript.issue(ORIGINAL)
    progress = {}
    for lang in manuscript.front.languages:
        if lang != ORIGINAL:
            catalogue = Catalogue(desk.catalogue(number, lang), lang)
            progress[lang] = catalogue.update(manuscript.units())
            catalogue.save()
    return progress


def translate_events(desk: Desk) -> dict[str, Progress]:
    """Bring the catalogues of event sentences up to the events in the store."""
    events = Store(desk.store).events()
    units = {
        event.text: Unit(event.text, event.row + 1, event.dataset_event_id, "chronology.csv")
        for event in events
    }
    progress = {}
    for lang in desk.settings.languages:
        if lang != ORIGINAL:
            catalogue = Catalogue(desk.event_texts(lang), lang)
            progress[lang] = catalogue.update(list(units.values()))
            catalogue.save()
    return progress


def sign(desk: Desk, number: int, lang: str, by: str, on: date) -> Review:
    """Put a reviewer's name under the text of an edition as it is now.

    Raises:
        RasadError: If the issue has no such edition, or its text is not whole.
    """
    if not by.strip():
        raise TranslationError("nobody has signed", do="Name the reviewer with --by.")
    if unprintable(by):
        raise TranslationError(f"the name holds {named(unprintable(by))}, which no font of the editions has")
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    if lang not in manuscript.front.languages:
        do = did_you_mean(lang, manuscript.front.languages)
        raise ManuscriptError(f"issue {number} has no '{lang}' edition", at=manuscript.path, do=do)
    load(desk)
    draft = read_issue(desk, number, Store(desk.store).events())
    return write_review(desk.issue(number) / FILE, lang, draft.digests[lang], " ".join(by.split()), on)


def build(desk: Desk, number: int, out: Path | None = None) -> Built:
    """Build every edition of an issue, whole or not at all.

    The editions are written beside the last good build and put in its place by a rename.

    Args:
        desk: The desk.
        number: The issue.
        out: The folder to build in; the desk's own ``build`` where none is given.

    Raises:
        RasadError: If anything is wrong; the last good build is then as it was.
    """
    begun = perf_counter()
    store = Store(desk.store)
    store.snapshots()
    loaded = load(desk)
    root = desk.build if out is None else out
    target = root / str(number)
    folder.recover(target)
    wanted = folder.fingerprint(desk, number, store)
    fresh = not folder.is_built(target, wanted)
    if fresh:
        _make(desk, number, target, wanted)
    folder.write_index(desk, root)
    stamp = folder.read_stamp(target)
    return Built(
        issue=number,
        folder=target,
        editions=tuple(stamp["titles"]),
        fresh=fresh,
        seconds=perf_counter() - begun,
        loaded=loaded,
        counts=stamp["counts"],
        signed=stamp["signed"],
    )


def _make(desk: Desk, number: int, target: Path, wanted: str) -> None:
    from rasad.flow.editions import edition_files  # noqa: PLC0415  (charts and type load slowly)

    store = Store(desk.store)
    draft = read_issue(desk, number, store.events())
    snapshot = store.current(DATASET)
    data = {"dataset": DATASET, "sha256": snapshot.sha256} if snapshot is not None else {}
    ledger, files = edition_files(desk, draft, data)
    folder.write_whole(target, files, _stamp(draft, ledger, files, wanted))


def _stamp(draft: Draft, ledger: Ledger, files: Mapping[str, bytes], wanted: str) -> dict[str, Any]:
    return {
        "fingerprint": wanted,
        "date": draft.issues[ORIGINAL].date.isoformat(),
        "signed": {lang: review.by for lang, review in draft.reviews.items()},
        "titles": {lang: issue.title for lang, issue in draft.issues.items()},
        "counts": {
            "claims": len(ledger.in_order),
            "measures": len(ledger.measures),
            "events": len(ledger.events),
            "sources": len(ledger.sources),
        },
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
    }


def editions(desk: Desk, number: int) -> dict[str, Edition]:
    """The editions of an issue by language, as Python objects, without writing anything.

    Raises:
        RasadError: If anything is wrong with the issue.
    """
    from rasad.flow.editions import editions as make  # noqa: PLC0415  (charts load slowly)

    draft = read_issue(desk, number, Store(desk.store).events())
    return {edition.lang.code: edition for edition in make(desk, draft)}
