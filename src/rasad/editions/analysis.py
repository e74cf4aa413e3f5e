"""Blocks of analysis as an edition prints them: sheets of grids, in its words, digits and calendars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from rasad.editions.changes import changes_sheet
from rasad.editions.edition import Edition
from rasad.editions.grid import Badge, Cell, Grid, GridRow, Piece, Sheet, Tone
from rasad.editions.indicators import indicator_row
from rasad.issues.analysis import entries_of, unjoined
from rasad.model.issue import Analysis, Inline, Part, Text, walk_inlines

SCORE = {"--": -2, "-": -1, "0": 0, "+": 1, "++": 2}
SIGN_WORDS = {
    "--": "sign_very_inconsistent",
    "-": "sign_inconsistent",
    "0": "sign_neutral",
    "+": "sign_consistent",
    "++": "sign_very_consistent",
    "n/a": "sign_none",
}
BESIDE_ITS_WORD = ("--", "-", "+", "++")
"""Neutral has no sign beside its word: in Eastern digits a zero is a dot."""

MOST_IN_WORDS = 4
"""Hypotheses side by side whose cells have room for words; of more, a list below the table gives them."""

PERCENT = 100


def sheet(block: Analysis, edition: Edition) -> Sheet:
    """What a block prints in an edition."""
    makers: dict[str, Callable[[Analysis, Edition], Sheet]] = {
        "assumptions": _assumptions,
        "indicators": _indicators,
        "scenarios": _scenarios,
        "hypotheses": _hypotheses,
        "benefits": _benefits,
        "third-parties": _third_parties,
        "changes": changes_sheet,
    }
    made = makers[block.kind](block, edition)
    label = ""
    if block.caption:
        label = edition.words("table", n=edition.number(edition.figures()[block.key]))
    return replace(made, label=label, caption=block.caption, block_id=block.block_id)


def _sheet(
    block: Analysis,
    header: Sequence[Cell],
    rows: Sequence[GridRow],
    widths: Sequence[float],
    behind: tuple[Piece, ...] = (),
) -> Sheet:
    grid = Grid(block.kind, tuple(header), tuple(rows), tuple(widths))
    return Sheet(block.kind, block.block_id, grids=(grid,), behind=behind)


def _head(edition: Edition, *keys: str) -> tuple[list[Cell], list[str]]:
    """Heading cells of words, and the same as labels for a narrow page."""
    labels = [edition.words(key) for key in keys]
    return [Cell((Piece(text=label),)) for label in labels], labels


def _name(part: Part) -> Badge:
    return Badge(part.part_id.upper(), "grey")


def _assumptions(block: Analysis, edition: Edition) -> Sheet:
    header, labels = _head(edition, "assumption", "if_false", "carries")
    rows = []
    for (cell,) in block.rows:
        (part, behind), (false, more) = entries_of(cell)
        cells = (
            Cell((Piece((_name(part),), _joined(part, behind), strong=True),)),
            Cell((Piece(words=_joined(false, more)),), labels[1]),
            Cell((Piece(claims=tuple(part.get("carries").split())),), labels[2]),
        )
        rows.append(GridRow(cells, part.part_id))
    return _sheet(block, header, rows, (2.2, 2.2, 0.9))


def _indicators(block: Analysis, edition: Edition) -> Sheet:
    on = edition.words("value_on", date=edition.short(edition.issue.as_of))
    labels = [edition.words("indicator"), edition.words("threshold"), on, edition.words("indicator_standing")]
    header = [Cell((Piece(text=label),)) for label in labels]
    rows = []
    for (cell,) in block.rows:
        ((part, behind),) = entries_of(cell)
        rows.append(indicator_row(part, unjoined(behind), edition, labels))
    return _sheet(block, header, rows, (2.4, 1.2, 1.6, 0.9))


def _scenarios(block: Analysis, edition: Edition) -> Sheet:
    header, labels = _head(edition, "scenario", "probability", "signposts")
    rows = []
    for (cell,) in block.rows:
        ((part, behind),) = entries_of(cell)
        share = int(part.get("probability")) / PERCENT
        signs = tuple(part.get("signposts").split())
        none = Piece(text=edition.words("signposts_none"), quiet=True)
        cells = (
            Cell((Piece((_name(part),), part.children, strong=True), Piece(words=unjoined(behind)))),
            Cell((Piece(text=edition.percent(share), share=share, strong=True),), labels[1]),
            Cell((Piece(parts=signs) if signs else none,), labels[2]),
        )
        rows.append(GridRow(cells, part.part_id))
    return _sheet(block, header, rows, (3.2, 1, 1))


# ---- hypotheses -------------------------------------------------------------


def _hypotheses(block: Analysis, edition: Edition) -> Sheet:
    columns = [cell[0] for cell in block.header[1:]]
    parts = [part for part in columns if isinstance(part, Part)]
    labels = [edition.numbers.sentence(part.children, edition.lang.code) for part in parts]
    header = [Cell((Piece(words=block.header[0]),))]
    header += [Cell((Piece((_name(part),), part.children),)) for part in parts]
    signs = [[_sign(cell) for cell in row[1:]] for row in block.rows]
    order = sorted(range(len(signs)), key=lambda n: -_telling(signs[n]))
    is_narrow = len(parts) > MOST_IN_WORDS
    rows = [_evidence_row(block.rows[n][0], signs[n], labels, edition, is_narrow=is_narrow) for n in order]
    rows.append(_against_row(signs, labels, edition))
    behind = [Piece(text=edition.words("hypotheses_note"), quiet=True)]
    if is_narrow:
        used = dict.fromkeys(sign for sign in SIGN_WORDS for row in signs if sign in row)
        behind += [
            Piece((Badge(_shown(sign)),), text=edition.words(SIGN_WORDS[sign]), quiet=True) for sign in used
        ]
    return _sheet(block, header, rows, (2.6, *(1.3 for _ in parts)), tuple(behind))


def _sign(cell: tuple[Inline, ...]) -> str:
    return cell[0].text if isinstance(cell[0], Text) else ""


def _telling(signs: Sequence[str]) -> int:
    """How far a row tells the hypotheses apart: the distance between its ends, 0 where it does not."""
    scores = [SCORE[sign] for sign in signs if sign in SCORE]
    return max(scores) - min(scores) if scores else 0


def _evidence_row(
    evidence: tuple[Inline, ...],
    signs: Sequence[str],
    labels: Sequence[str],
    edition: Edition,
    *,
    is_narrow: bool,
) -> GridRow:
    first = [Piece(words=evidence)]
    if not _telling(signs):
        first.append(Piece(text=edition.words("hypotheses_alike"), quiet=True))
    cells = [Cell(tuple(first))]
    for sign, label in zip(signs, labels, strict=True):
        text = "" if is_narrow else edition.words(SIGN_WORDS[sign])
        badges = (Badge(_shown(sign)),) if is_narrow or sign in BESIDE_ITS_WORD else ()
        cells.append(Cell((Piece(badges, text=text, quiet=sign in ("0", "n/a")),), label, _tone_of(sign)))
    return GridRow(tuple(cells))


def _shown(sign: str) -> str:
    """A sign with true minus signs, which are as wide as the plus."""
    return sign.replace("-", "−")


def _tone_of(sign: str) -> Tone:
    return "bad" if SCORE.get(sign, 0) < 0 else "plain"


def _against_row(signs: Sequence[Sequence[str]], labels: Sequence[str], edition: Edition) -> GridRow:
    """What speaks against each hypothesis, counted; nothing is subtracted from it."""
    cells = [Cell((Piece(text=edition.words("hypotheses_against"), strong=True),))]
    for column, label in enumerate(labels):
        found = [row[column] for row in signs if SCORE.get(row[column], 0) < 0]
        pieces = [Piece(text=edition.number(len(found)), strong=True)]
        strongly = found.count("--")
        if strongly:
            pieces.append(
                Piece(text=edition.words("hypotheses_strongly", n=edition.number(strongly)), quiet=True)
            )
        cells.append(Cell(tuple(pieces), label))
    return GridRow(tuple(cells), is_sum=True)


# ---- matrices ---------------------------------------------------------------


def _labelled(block: Analysis, edition: Edition) -> tuple[list[Cell], list[str]]:
    labels = [edition.numbers.sentence(cell, edition.lang.code) for cell in block.header]
    return [Cell((Piece(words=cell),)) for cell in block.header], labels


def _benefits(block: Analysis, edition: Edition) -> Sheet:
    header, labels = _labelled(block, edition)
    rows = []
    for row in block.rows:
        cells = [Cell((Piece(words=row[0], strong=True),))]
        for cell, label in zip(row[1:], labels[1:], strict=True):
            pieces = tuple(_gain(part, behind, edition) for part, behind in entries_of(cell))
            cells.append(Cell(pieces or (_nothing(edition),), label))
        rows.append(GridRow(tuple(cells)))
    return _sheet(block, header, rows, (0.8, *(1.5 for _ in labels[1:])))


def _gain(part: Part, behind: tuple[Inline, ...], edition: Edition) -> Piece:
    named = edition.words(f"{part.kind}_{part.get('state')}")
    badge = Badge(named, "good" if part.kind == "benefit" else "bad")
    uncited = not any(getattr(inline, "keys", ()) for inline in walk_inlines((*part.children, *behind)))
    return Piece(
        (badge,),
        _joined(part, behind),
        text=edition.words("gain_uncited") if uncited else "",
    )


def _nothing(edition: Edition) -> Piece:
    return Piece(text=edition.words("no_evidence_found"), quiet=True)


def _third_parties(block: Analysis, edition: Edition) -> Sheet:
    header, labels = _labelled(block, edition)
    label = edition.words("likelihood")
    header.append(Cell((Piece(text=label),)))
    rows = []
    for row in block.rows:
        cells = [Cell((Piece(words=row[0], strong=True),))]
        for cell, name in zip(row[1:], labels[1:], strict=True):
            cells.append(Cell((Piece(words=cell) if cell else _nothing(edition),), name))
        parts = [i for cell in row for i in walk_inlines(cell) if isinstance(i, Part)]
        forecasts = [name for part in parts for name in part.get("forecast").split()]
        pieces = tuple(piece for name in forecasts for piece in _chance(name, edition))
        cells.append(Cell(pieces or (Piece(text=edition.words("no_forecast"), quiet=True),), label))
        rows.append(GridRow(tuple(cells)))
    return _sheet(block, header, rows, (0.9, 1.4, 1.3, 1.3, 1.4))


def _chance(name: str, edition: Edition) -> tuple[Piece, Piece]:
    claim = edition.ledger.claim(name)
    by = edition.words("by_day", date=edition.unbroken(date.fromisoformat(claim.by)))
    word = edition.likelihood_word(claim)
    chance = Piece((Badge(edition.likelihood_range(claim)),), text=word, claims=(name,))
    return chance, Piece(text=by, quiet=True)


def _joined(part: Part, behind: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words of a part with what stands behind it, as one run."""
    rest = unjoined(behind)
    closes = bool(rest) and isinstance(rest[0], Text) and rest[0].text[0] in ".!?؟۔"
    return (*part.children, *(() if closes or not rest else (Text(" "),)), *rest)
