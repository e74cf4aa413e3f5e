"""The whole way: from a desk's files to its store and its editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rasad import __version__
from rasad.errors import ChronologyError, ManuscriptError, TranslationError, did_you_mean
from rasad.flow import folder
from rasad.flow.draft import Draft, read_issue, translator
from rasad.issues.ledger import Ledger
from rasad.issues.manuscript import ORIGINAL, Manuscript, Unit
from rasad.settings import Desk
from rasad.sources.chronology import DATASET, read_chronology, reader_digest
from rasad.store.store import Loaded, Store
from rasad.translation.catalogue import Catalogue, Progress
from rasad.translation.signatures import FILE, Review, text_digest, write_review

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
    loaded: Loaded
    counts: Mapping[str, int]


def load(desk: Desk) -> Loaded:
    """Load the desk's chronology into its store.

    Raises:
        ChronologyError: If a row can't be an event; the store is then as it was.
    """
    path = desk.chronology
    if not path.is_file():
        raise ChronologyError("there is no chronology.csv", at=desk.root, do="Write one; see docs/desk.md.")
    return Store(desk.store).load(
        DATASET,
        path.read_bytes(),
        path.name,
        lambda content, snapshot: read_chronology(content, path, desk.actors, snapshot),
        f"rasad {__version__}, reader {reader_digest()}, actors {desk.actors.digest}",
    )


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
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    if lang not in manuscript.front.languages:
        do = did_you_mean(lang, manuscript.front.languages)
        raise ManuscriptError(f"issue {number} has no '{lang}' edition", at=manuscript.path, do=do)
    digest = text_digest(manuscript, translator(desk, number, lang))
    return write_review(desk.issue(number) / FILE, lang, digest, by, on)


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
    if folder.is_built(target, wanted):
        folder.write_index(desk, root)
        stamp = folder.read_stamp(target)
        return Built(
            number, target, tuple(stamp["titles"]), False, perf_counter() - begun, loaded, stamp["counts"]
        )
    draft = read_issue(desk, number, store.events())
    from rasad.flow.editions import edition_files  # noqa: PLC0415  (charts and type load slowly)

    snapshot = store.current(DATASET)
    data = {"dataset": DATASET, "sha256": snapshot.sha256} if snapshot is not None else {}
    ledger, files = edition_files(desk, draft, data)
    stamp = _stamp(draft, ledger, files, wanted)
    folder.write_whole(target, files, stamp)
    folder.write_index(desk, root)
    return Built(number, target, tuple(draft.issues), True, perf_counter() - begun, loaded, stamp["counts"])


def _stamp(draft: Draft, ledger: Ledger, files: Mapping[str, bytes], wanted: str) -> dict[str, Any]:
    return {
        "fingerprint": wanted,
        "date": draft.issues[ORIGINAL].date.isoformat(),
        "titles": {lang: issue.title for lang, issue in draft.issues.items()},
        "counts": {
            "claims": len(ledger.claims),
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
