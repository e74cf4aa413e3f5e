"""``rasad shifts``: all dated changes across the desk's dyads."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import MeasureError
from rasad.model.dyad import Dyad
from rasad.settings import Desk


@click.command(epilog="Example: rasad shifts --as-of 2026-05-31")
@click.argument("dyads", nargs=-1, metavar="[DYAD]...")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY",
    help="Last day that counts, also for alerts; else today.",
)  # fmt: skip
@click.option(
    "--dataset", "datasets", multiple=True, metavar="NAME", help="Only this dataset; may be repeated."
)
@desk_option
@json_option
def command(
    dyads: tuple[str, ...], as_of: datetime | None, datasets: tuple[str, ...], desk: Desk, as_json: bool
) -> None:
    """Tell every dated change of DYADs (as RUS-AFG), or of those that the desk watches.

    A dyad with too few events is dated by first steps and named acts, not by a detector.
    """
    from rasad.flow.changes import changes, lines, told  # noqa: PLC0415  (numerics load slowly)

    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011  (the user's own day)
    try:
        wanted = [Dyad.parse(text) for text in dyads]
    except ValueError as error:
        raise MeasureError(str(error)) from error
    found = changes(desk, wanted, as_of=day, datasets=datasets)
    if as_json:
        click.echo(json.dumps(told(found), ensure_ascii=False, allow_nan=False))
        return
    for line in lines(found):
        click.echo(line)
