"""Blocks of analysis as HTML: tables that stack on a narrow page, each cell with the name of its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from rasad.editions.analysis import sheet
from rasad.editions.grid import Badge, Cell, Grid, GridRow, Piece, Sheet
from rasad.model.issue import Analysis

if TYPE_CHECKING:
    from rasad.editions.web.markup import Html

PERCENT = 100


def analysis_html(block: Analysis, html: Html) -> Markup:
    """A block of analysis as a figure."""
    made = sheet(block, html.edition)
    parts = [_note(piece, html) for piece in made.before]
    parts += [_grid(grid, html) for grid in made.grids]
    parts += [_note(piece, html) for piece in made.behind]
    named = Markup(' id="{}"').format(made.block_id) if made.block_id else Markup("")
    return Markup('<figure class="analysis {}"{}>{}{}</figure>').format(
        made.kind, named, _caption(made, html), Markup("\n").join(parts)
    )


def _caption(made: Sheet, html: Html) -> Markup:
    if not made.caption:
        return Markup("")
    return Markup("<figcaption><b>{}.</b> {}</figcaption>").format(made.label, html.inlines(made.caption))


def _note(piece: Piece, html: Html) -> Markup:
    return Markup('<p class="{}">{}</p>').format("hint" if piece.quiet else "told", _inside(piece, html))


def _grid(grid: Grid, html: Html) -> Markup:
    """A table; its roles are said, since a style that stacks its cells would take them from it."""
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(_pieces(cell, html))
        for cell in grid.header
    )
    rows = Markup("\n").join(_row(row, html) for row in grid.rows)
    return Markup(
        '<div class="wide" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table></div>'
    ).format(head, rows)


def _row(row: GridRow, html: Html) -> Markup:
    first, *others = row.cells
    cells = [Markup('<th scope="row" role="rowheader">{}</th>').format(_pieces(first, html))]
    cells += [_data_cell(cell, html) for cell in others]
    named = Markup(' id="{}"').format(row.anchor) if row.anchor else Markup("")
    return Markup('<tr role="row"{}{}>{}</tr>').format(
        named, _class("sum" if row.is_sum else ""), Markup("").join(cells)
    )


def _data_cell(cell: Cell, html: Html) -> Markup:
    look = _class("" if cell.tone == "plain" else cell.tone)
    return Markup('<td role="cell" data-label="{}"{}>{}</td>').format(cell.label, look, _pieces(cell, html))


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup("")


def _pieces(cell: Cell, html: Html) -> Markup:
    return Markup("").join(
        Markup("<div{}>{}</div>").format(_class(_looks(piece)), _inside(piece, html)) for piece in cell.pieces
    )


def _looks(piece: Piece) -> str:
    return " ".join(name for name, is_so in (("strong", piece.strong), ("quiet", piece.quiet)) if is_so)


def _inside(piece: Piece, html: Html) -> Markup:
    told = [_badge(badge, html) for badge in piece.badges]
    if piece.words:
        told.append(html.inlines(piece.words))
    if piece.text:
        told.append(_text(piece, html))
    if piece.share is not None:
        told.append(_gauge(piece.share))
    told += [html.claim_link(name) for name in piece.claims]
    told += [_part_link(name) for name in piece.parts]
    return Markup(" ").join(told)


def _badge(badge: Badge, html: Html) -> Markup:
    direction = html.edition.lang.direction
    return Markup('<bdi class="badge {}" dir="{}">{}</bdi>').format(badge.tone, direction, badge.text)


def _text(piece: Piece, html: Html) -> Markup:
    if piece.foreign:
        return Markup('<span lang="{0}" dir="ltr">{1}</span>').format(piece.foreign, piece.text)
    return Markup('<bdi dir="{}">{}</bdi>').format(html.edition.lang.direction, escape(piece.text))


def _gauge(share: float) -> Markup:
    """A bar beside its number, which says the same to those who do not see it."""
    return Markup('<span class="gauge" aria-hidden="true"><i style="inline-size:{}%"></i></span>').format(
        f"{share * PERCENT:.0f}"
    )


def _part_link(name: str) -> Markup:
    return Markup('<a class="ref" href="#{}"><bdi>{}</bdi></a>').format(name, name.upper())
