"""The whole way: from a desk's files to its store and its editions."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rasad import __version__
from rasad.check.bare_numbers import check_bare_numbers
from rasad.check.claims import check_claims
from rasad.check.likelihood_words import check_likelihood_words
from rasad.check.parity import check_parity
from rasad.errors import ChronologyError, Faults, ManuscriptError, Place, did_you_mean
from rasad.issues.ledger import Ledger, Numbers, build_ledger, ledger_json
from rasad.issues.manuscript import ORIGINAL, Manuscript, Translate
from rasad.issues.measures import Record
from rasad.issues.references import References, read_references
from rasad.languages import LANGUAGES, language
from rasad.languages.dates import write_dual
from rasad.model.event import Event
from rasad.model.dyad import Dyad
from rasad.model.issue import ActorMark, Figure, Issue, MeasureMark, walk_blocks, walk_inlines
from rasad.relations.selection import ANY
from rasad.settings import SETTINGS, Desk
from rasad.sources.chronology import DATASET, read_chronology
from rasad.store.store import Loaded, Store
from rasad.translation.catalogue import Catalogue, Progress
from rasad.translation.event_texts import EventTexts
from rasad.translation.signatures import FILE, Review, read_review, text_digest, write_review

if TYPE_CHECKING:
    from rasad.editions.charts.drawing import Drawing
    from rasad.editions.edition import Edition

STAMP = "build.json"
STAMP_VERSION = 1
MAX_AT_ONCE = 2
"""PDFs set at the same time: type setting keeps a core and about 100 MB busy each."""


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


def sign(desk: Desk, number: int, lang: str, by: str, on: date) -> Review:
    """Put a reviewer's name under the text of an edition as it is now.

    Raises:
        RasadError: If the issue has no such edition, or its text is not whole.
    """
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    if lang not in manuscript.front.languages:
        do = did_you_mean(lang, manuscript.front.languages)
        raise ManuscriptError(f"issue {number} has no '{lang}' edition", at=manuscript.path, do=do)
    digest = text_digest(manuscript, _translator(desk, number, lang))
    return write_review(desk.issue(number) / FILE, lang, digest, by, on)


def _translator(desk: Desk, number: int, lang: str) -> Translate | None:
    return None if lang == ORIGINAL else Catalogue(desk.catalogue(number, lang), lang).translate


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
    _recover(target)
    fingerprint = _fingerprint(desk, number, store)
    if _is_built(target, fingerprint):
        _write_index(desk, root)
        stamp = _read_stamp(target)
        return Built(number, target, tuple(stamp["titles"]), False, perf_counter() - begun, loaded, stamp["counts"])
    draft = read_issue(desk, number, store.events())
    ledger, files = _files(desk, draft, store)
    stamp = _stamp(draft, ledger, files, fingerprint)
    _write_whole(target, files, stamp)
    _write_index(desk, root)
    return Built(number, target, tuple(draft.issues), True, perf_counter() - begun, loaded, stamp["counts"])


def _stamp(draft: Draft, ledger: Ledger, files: Mapping[str, bytes], fingerprint: str) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint,
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


@dataclass(frozen=True)
class Draft:
    """An issue that has passed its checks, in all its languages."""

    issues: Mapping[str, Issue]
    reviews: Mapping[str, Review]
    numbers: Numbers
    references: References


def read_issue(desk: Desk, number: int, events: list[Event]) -> Draft:
    """Read an issue in all its languages, check it, and take its numbers.

    Raises:
        RasadError: With every finding of the checks, a line each.
    """
    manuscript = Manuscript(desk.issue(number) / "issue.md")
    references = read_references(desk.references)
    original = manuscript.issue(ORIGINAL)
    _check_front(desk, manuscript, original, number)
    record = Record.of(events, original.as_of, original.dyad)
    known = {event.dataset_event_id for event in record.events}
    faults = Faults()
    faults.extend(check_claims(original, known, references))
    faults.extend(_check_actors(desk, original, events))
    faults.stop()
    issues = {ORIGINAL: original}
    reviews = {}
    for lang in original.languages:
        translate = _translator(desk, number, lang)
        if translate is not None:
            issues[lang] = manuscript.issue(lang, translate)
            faults.extend(check_parity(original, issues[lang]))
        digest = text_digest(manuscript, translate)
        reviews[lang] = read_review(desk.issue(number) / FILE, lang, digest)
    for issue in issues.values():
        faults.extend(check_bare_numbers(issue))
        faults.extend(check_likelihood_words(issue))
    faults.stop()
    numbers = Numbers(record, desk.settings.calendars, desk.actors.acting_name)
    return Draft(issues, reviews, numbers, references)


def _check_front(desk: Desk, manuscript: Manuscript, issue: Issue, number: int) -> None:
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


def _check_actors(desk: Desk, issue: Issue, events: Sequence[Event]) -> Iterator[ManuscriptError]:
    """Actors that the table does not know, and dyads that the desk has nothing of."""
    watched = {Dyad.parse(text) for text in desk.settings.dyads}
    seen = {event.dyad for event in events}
    for text, at in _dyads(issue):
        try:
            dyad = Dyad.parse(text)
        except ValueError as error:
            yield ManuscriptError(str(error), at=at)
            continue
        unknown = next((a for a in (dyad.first, dyad.second) if a not in desk.actors), None)
        if unknown is not None:
            yield ManuscriptError(f"'{unknown}' is not a known actor", at=at, do=desk.actors.suggest(unknown))
        elif dyad not in watched and dyad not in seen:
            known = sorted(str(dyad) for dyad in watched)
            yield ManuscriptError(
                f"the dyad {text} is unknown: it has no events, and {SETTINGS} does not watch it",
                at=at,
                do=f"Watched: {', '.join(known) or 'none'}.",
            )
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, ActorMark) and inline.actor not in desk.actors:
                do = desk.actors.suggest(inline.actor)
                yield ManuscriptError(f"'{inline.actor}' is not a known actor", at=run.at, do=do)


def _dyads(issue: Issue) -> Iterator[tuple[str, Place]]:
    """Every dyad that the issue names, with its place; the issue's own comes with its figures."""
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Figure):
            yield dict(block.arguments).get("dyad", issue.dyad), block.at
    for run in issue.runs:
        for inline in walk_inlines(run.children):
            if isinstance(inline, MeasureMark):
                text = dict(inline.arguments).get("dyad", issue.dyad)
                if text and text != ANY:
                    yield text, inline.at


def _drawings(desk: Desk, draft: Draft, lang: str) -> dict[str, Drawing]:
    """The charts and computed tables of one edition by figure id."""
    from rasad.editions.charts import draw  # noqa: PLC0415  (charts load slowly)
    from rasad.editions.charts.drawing import Subject  # noqa: PLC0415
    from rasad.editions.words import words_of  # noqa: PLC0415

    issue = draft.issues[lang]
    found = {}
    for block in walk_blocks(issue.blocks):
        if isinstance(block, Figure):
            pair = dict(block.arguments).get("dyad", issue.dyad)
            subject = Subject(draft.numbers.record, pair, language(lang), words_of(lang), desk.actors)
            found[block.figure_id] = draw(block, subject)
    return found


def _edition(
    desk: Desk, draft: Draft, lang: str, ledger: Ledger, drawings: Mapping[str, Drawing]
) -> Edition:
    from rasad.editions.edition import Edition, Masthead  # noqa: PLC0415
    from rasad.editions.words import words_of  # noqa: PLC0415

    settings = desk.settings
    masthead = Masthead(*(settings.text(t, lang) for t in (settings.name, settings.series, settings.imprint)))
    return Edition(
        issue=draft.issues[lang],
        original=ORIGINAL,
        lang=language(lang),
        words=words_of(lang),
        masthead=masthead,
        numbers=draft.numbers,
        ledger=ledger,
        references=draft.references,
        actors=desk.actors,
        review=draft.reviews[lang],
        drawings=drawings,
        event_text=EventTexts(desk.event_texts(lang), lang).text_of,
    )


def _files(desk: Desk, draft: Draft, store: Store) -> tuple[Ledger, dict[str, bytes]]:
    """The ledger, and every file of an issue's build by its path below the issue's folder.

    While one edition is set as PDF, the charts of the next are drawn.
    """
    from rasad.editions.pdf.press import issue_pdf  # noqa: PLC0415  (type setting loads slowly)
    from rasad.editions.web.page import issue_page  # noqa: PLC0415

    original = _drawings(desk, draft, ORIGINAL)
    ledger = _ledger(draft, original)
    files: dict[str, bytes] = {}
    with ThreadPoolExecutor(MAX_AT_ONCE) as pool:
        pdfs = {}
        for lang in draft.issues:
            drawings = original if lang == ORIGINAL else _drawings(desk, draft, lang)
            edition = _edition(desk, draft, lang, ledger, drawings)
            pdfs[lang] = pool.submit(issue_pdf, edition)
            files[f"{lang}/index.html"] = issue_page(edition, tuple(draft.issues)).encode()
        files.update({f"{lang}/issue.pdf": pdf.result() for lang, pdf in pdfs.items()})
    for name, drawing in original.items():
        files[f"data/{name}.csv"] = _csv(drawing.header, drawing.rows)
    snapshot = store.current(DATASET)
    data = {"dataset": DATASET, "sha256": snapshot.sha256} if snapshot is not None else {}
    told = ledger_json(ledger, draft.issues[ORIGINAL], draft.references, data)
    files["ledger.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    return ledger, files


def _ledger(draft: Draft, drawings: Mapping[str, Drawing]) -> Ledger:
    return build_ledger(
        draft.issues,
        draft.numbers,
        draft.references,
        shown=[event for drawing in drawings.values() for event in drawing.events],
        cited=[event for drawing in drawings.values() if drawing.table for event in drawing.events],
    )


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as CSV; a cell that a spreadsheet would run as a formula is quoted for it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _plain(cell: str) -> str:
    number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) and not number else cell


def _fingerprint(desk: Desk, number: int, store: Store) -> str:
    """A digest of everything that a build depends on."""
    digest = sha256(f"{STAMP_VERSION} {__version__}\n".encode())
    snapshot = store.current(DATASET)
    digest.update((snapshot.sha256 if snapshot is not None else "").encode())
    folder = desk.issue(number)
    inputs = [desk.root / SETTINGS, desk.root / "actors.toml", desk.references, folder / "issue.md", folder / FILE]
    for lang in LANGUAGES:
        inputs += [desk.catalogue(number, lang), desk.event_texts(lang)]
    for path in inputs:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            stat = path.stat()
            digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_built(target: Path, fingerprint: str) -> bool:
    """Whether the build is of this fingerprint, and every file is as it was written."""
    stamp = _read_stamp(target)
    if stamp.get("fingerprint") != fingerprint:
        return False
    return all(
        (target / name).is_file() and sha256((target / name).read_bytes()).hexdigest() == digest
        for name, digest in stamp["files"].items()
    )


def _read_stamp(target: Path) -> dict[str, Any]:
    try:
        stamp: dict[str, Any] = json.loads((target / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _write_whole(target: Path, files: Mapping[str, bytes], stamp: Mapping[str, Any]) -> None:
    """Write a build beside the last one and put it in its place; nobody sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    last = target.with_name(f".{target.name}-last")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (fresh / STAMP).write_text(json.dumps(stamp, ensure_ascii=False, indent=1) + "\n", "utf-8")
        fresh.chmod(0o755)
        shutil.rmtree(last, ignore_errors=True)
        if target.exists():
            target.rename(last)
        fresh.rename(target)
    except BaseException:
        if not target.exists() and last.exists():
            last.rename(target)
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(last, ignore_errors=True)


def _recover(target: Path) -> None:
    """Put back the last good build, should a build have been killed between two renames."""
    last = target.with_name(f".{target.name}-last")
    if last.is_dir() and not target.exists():
        last.rename(target)


def _write_index(desk: Desk, root: Path) -> None:
    """Write what all pages share, and the page that leads to every edition."""
    from rasad.editions.web.page import assets, index_page  # noqa: PLC0415

    for name, content in assets().items():
        _write_file(root / "assets" / name, content)
    stamps = {number: _read_stamp(root / str(number)) for number in desk.issues()}
    built = {number: stamp for number, stamp in stamps.items() if stamp}
    titles = {number: stamp["titles"] for number, stamp in built.items()}
    dates = {
        number: write_dual(date.fromisoformat(stamp["date"]), language(ORIGINAL), desk.settings.calendars)
        for number, stamp in built.items()
    }
    page = index_page(titles, desk.settings.text(desk.settings.name, ORIGINAL), dates)
    _write_file(root / "index.html", page.encode())


def _write_file(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
