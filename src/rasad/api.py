"""What a notebook imports: the dossier of two actors as an object that shows itself, and the ledger of an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasad.flow.ledger import IssueLedger
    from rasad.flow.relation import Relation


def relation(
    one: str,
    other: str,
    *,
    desk: Path | str | None = None,
    frame: Any = None,  # noqa: ANN401  (a frame of pandas, polars, Arrow or any other that narwhals knows)
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    datasets: Sequence[str] = (),
) -> Relation:
    """The dossier of two actors; it shows itself in a notebook, and ``.html("prs")`` is a page.

    Args:
        one: An actor's id, as ``"RUS"``; with a frame any name that the frame has.
        other: The other's.
        desk: A desk's folder; that of the working directory where none is named and no frame is given.
        frame: Events in a frame instead of a desk: a row an event, with the columns ``occurred_on``,
            ``source_actor``, ``target_actor`` and ``cameo``, and perhaps ``source_url``, ``flags`` and ``text``.
        names: Columns of the frame that bear another name: ``{"cameo": "EventCode"}``.
        as_of: The last day that counts: today, or the last day of the frame.
        datasets: Which datasets of the desk; all where none is named.

    Raises:
        RasadError: If there is no desk, no such actor, or no event between the two.
        TypeError, ValueError: If the frame can't be read.
    """
    from rasad.flow.relation import relation as of_desk  # noqa: PLC0415  (numerics load slowly)
    from rasad.flow.relation import relation_of_frame  # noqa: PLC0415
    from rasad.settings import Desk, find_desk  # noqa: PLC0415

    if frame is not None:
        return relation_of_frame(frame, one, other, names=names, as_of=as_of)
    found = find_desk(Path.cwd()) if desk is None else Desk(Path(desk))
    return of_desk(found, one, other, as_of=as_of or date.today(), datasets=datasets)  # noqa: DTZ011


def ledger(issue: int, *, desk: Path | str | None = None) -> IssueLedger:
    """What an issue claims, and what it rests on; its ``coverage`` says how much, and on whose pages.

    Args:
        issue: The number of the issue, which need not be finished.
        desk: The desk's folder; that of the working directory where none is named.

    Raises:
        RasadError: If there is no desk or no such issue, or it can't be read.
    """
    from rasad.flow.ledger import issue_ledger  # noqa: PLC0415  (DuckDB loads slowly)
    from rasad.settings import Desk, find_desk  # noqa: PLC0415

    return issue_ledger(find_desk(Path.cwd()) if desk is None else Desk(Path(desk)), issue)
