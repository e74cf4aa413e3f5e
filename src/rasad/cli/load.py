"""``rasad load``: the chronology into the event store."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from rasad.cli.options import desk_option, json_option
from rasad.settings import Desk


@click.command(epilog="Example: rasad load --json")
@desk_option
@json_option
def command(desk: Desk, as_json: bool) -> None:
    """Load the desk's chronology; loading it again costs nothing."""
    from rasad import flow  # noqa: PLC0415

    loaded = flow.load(desk)
    if as_json:
        click.echo(json.dumps(asdict(loaded)))
        return
    click.echo(
        f"{desk.chronology.name}: {loaded.rows_read} rows read, {loaded.loaded} new, {loaded.revised} revised, "
        f"{loaded.duplicates} as before, {loaded.withdrawn} withdrawn."
    )
