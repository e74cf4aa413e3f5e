"""``rasad predictability``: how steady an actor's conflict is, against actors of like volume."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import MeasureError
from rasad.settings import Desk


@click.command(epilog="Example: rasad predictability RUS --dataset chronology")
@click.argument("actor")
@click.option(
    "--dataset", "datasets", multiple=True, metavar="NAME", help="Only this dataset; may be repeated."
)
@click.option("--every", type=click.Choice(["week", "month"]), default="month", show_default=True)
@desk_option
@json_option
def command(actor: str, datasets: tuple[str, ...], every: str, desk: Desk, as_json: bool) -> None:
    """Tell how far ACTOR's acts of conflict depart from what was to be expected, beyond chance.

    Below its floors of events nothing is told but what is missing.
    """
    from rasad.flow.predictability import actor_predictability, told  # noqa: PLC0415  (numerics load slowly)
    from rasad.store.store import Store  # noqa: PLC0415

    name = actor if actor in desk.actors else actor.upper()
    if name not in desk.actors:
        raise MeasureError(f"'{actor}' is not a known actor", do=desk.actors.suggest(name))
    wanted = datasets or tuple(Store(desk.store).manifest().datasets())
    found = [
        actor_predictability(desk, name, dataset, every="week" if every == "week" else "month")
        for dataset in wanted
    ]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], default=str, allow_nan=False))
        return
    for one in found:
        for line in told(one):
            click.echo(line)
