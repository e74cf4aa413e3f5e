"""What changed since the last issue, as an edition prints it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rasad.editions.edition import Edition
from rasad.editions.grid import Badge, Cell, Grid, GridRow, Piece, Sheet, Tone
from rasad.issues.analysis import entries_of
from rasad.issues.changes import Changes, Stand
from rasad.languages.likelihood import confidences, likelihoods
from rasad.model.issue import Analysis, Inline, Part

OUTCOME_TONES: dict[str, Tone] = {"yes": "good", "no": "bad", "void": "grey"}


def changes_sheet(block: Analysis, edition: Edition) -> Sheet:
    """The sheet of a block ``.changes``."""
    changes = edition.changes or Changes()
    words = edition.words
    entries = [entry for (cell,) in block.rows for entry in entries_of(cell)]
    if changes.since is None:
        before = (Piece(text=words("no_earlier_issue")),)
        return Sheet(block.kind, block.block_id, before, tuple(_resolved(entries, changes, edition)))
    since, n = edition.dual(changes.since.date), edition.number(changes.since.number)
    notes = [Piece(text=words("compared_with", n=n, date=since), quiet=True)]
    if not changes.moves:
        notes.append(Piece(text=words("nothing_moved")))
    grids = [
        *_moved(entries, changes, edition),
        *_resolved(entries, changes, edition),
        *_due(changes, edition),
    ]
    dropped = [_said(stand, edition, "changes_dropped") for stand in changes.dropped]
    return Sheet(block.kind, block.block_id, tuple(notes), tuple(grids), tuple(dropped))


Entries = Sequence[tuple[Part, tuple[Inline, ...]]]


def _moved(entries: Entries, changes: Changes, edition: Edition) -> list[Grid]:
    whys = {part.get("claim"): (part, behind) for part, behind in entries if part.kind == "moved"}
    labels = [edition.words(key) for key in ("changes_claim", "changes_before", "changes_now", "changes_why")]
    rows = []
    for name, stand in changes.moves.items():
        part, behind = whys[name]
        claim = edition.ledger.claim(name)
        now = Stand(0, name, claim.kind, claim.likelihood, claim.confidence, claim.by, "", {})
        cells = (
            Cell((Piece(text=claim.sentence[edition.lang.code], claims=(name,)),)),
            Cell(_sure(stand, edition), labels[1]),
            Cell(_sure(now, edition), labels[2]),
            Cell((Piece(words=(*part.children, *behind)),), labels[3]),
        )
        rows.append(GridRow(cells))
    return [_grid(labels, rows, (2.4, 1.1, 1.1, 1.8))] if rows else []


def _resolved(entries: Entries, changes: Changes, edition: Edition) -> list[Grid]:
    labels = [
        edition.words(key) for key in ("kind_forecast", "changes_said", "changes_outcome", "changes_decided")
    ]
    rows = []
    for part, behind in entries:
        if part.kind != "resolved":
            continue
        stand = changes.resolved[part.get("forecast")]
        outcome = part.get("outcome")
        badge = Badge(edition.words(f"outcome_{outcome}"), OUTCOME_TONES[outcome])
        on = edition.unbroken(date.fromisoformat(part.get("day")))
        cells = (
            Cell((_said(stand, edition),)),
            Cell(_sure(stand, edition), labels[1]),
            Cell((Piece((badge,)), Piece(text=on, quiet=True)), labels[2]),
            Cell((Piece(words=(*part.children, *behind)),), labels[3]),
        )
        rows.append(GridRow(cells))
    return [_grid(labels, rows, (2.4, 1.1, 1, 1.8))] if rows else []


def _due(changes: Changes, edition: Edition) -> list[Grid]:
    labels = [edition.words(key) for key in ("changes_due", "changes_said", "deadline")]
    rows = [
        GridRow(
            (
                Cell((_said(stand, edition),)),
                Cell(_sure(stand, edition), labels[1]),
                Cell((Piece(text=edition.unbroken(date.fromisoformat(stand.by))),), labels[2]),
            )
        )
        for stand in changes.due
    ]
    return [_grid(labels, rows, (3.4, 1.2, 1.2))] if rows else []


def _grid(labels: Sequence[str], rows: Sequence[GridRow], widths: tuple[float, ...]) -> Grid:
    header = tuple(Cell((Piece(text=label),)) for label in labels)
    return Grid("changes", header, tuple(rows), widths)


def _said(stand: Stand, edition: Edition, key: str = "") -> Piece:
    """The sentence of an earlier claim, in English where its translation is gone, behind its name."""
    code = edition.lang.code
    lang = code if code in stand.sentence else edition.original
    name = Badge(f"{edition.number(stand.issue)} {stand.claim_id.upper()}", "grey")
    badges = (Badge(edition.words(key)), name) if key else (name,)
    foreign = "" if lang == code else lang
    return Piece(badges, text=stand.sentence.get(lang, ""), foreign=foreign, quiet=bool(key))


def _sure(stand: Stand, edition: Edition) -> tuple[Piece, ...]:
    """Likelihood, confidence and deadline, a line each: no reader should take one for another."""
    code, words = edition.lang.code, edition.words
    pieces = []
    if stand.likelihood:
        pieces.append(Piece(text=likelihoods()[stand.likelihood].words[code][0]))
    if stand.confidence:
        told = f"{words('confidence')}: {confidences()[stand.confidence][code]}"
        pieces.append(Piece(text=told, quiet=bool(stand.likelihood)))
    if stand.by:
        pieces.append(
            Piece(text=words("by_day", date=edition.unbroken(date.fromisoformat(stand.by))), quiet=True)
        )
    return tuple(pieces)
