"""``rasad relation``: the dossier of two actors."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import MeasureError
from rasad.languages import LANGUAGES
from rasad.relations.reading import Way
from rasad.settings import Desk

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(epilog="Example: rasad relation RUS AFG --as-of 2026-05-31")
@click.argument("one")
@click.argument("other")
@click.option("--as-of", type=DAY, default=None, metavar="DAY", help="Last day that counts; else today.")
@click.option(
    "--dataset", "datasets", multiple=True, metavar="NAME", help="Only this dataset; may be repeated."
)
@click.option(
    "--reading", type=click.Choice(["warmer", "colder"]), default=None,
    help="Read the relation so; else by rules that are told.",
)  # fmt: skip
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), default=None, metavar="FILE",
              help="Write the dossier as one page.")  # fmt: skip
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the page."
)
@desk_option
@json_option
def command(
    one: str,
    other: str,
    as_of: datetime | None,
    datasets: tuple[str, ...],
    reading: Way | None,
    page: Path | None,
    language: str,
    desk: Desk,
    as_json: bool,
) -> None:
    """Tell how ONE and OTHER stand: timeline, ladder, index, shifts, partners, and what speaks against.

    Actors are named by their ids, as RUS; 'rasad actors find NAME' tells them.
    """
    from rasad.flow.relation import relation  # noqa: PLC0415  (numerics load slowly)

    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011  (the user's own day)
    told = relation(desk, one, other, as_of=day, datasets=datasets, given=reading)
    if page is not None:
        written = told.html(language)
        try:
            page.write_text(written, "utf-8")
        except OSError as error:
            raise MeasureError(f"the page can't be written ({error.strerror})", at=page) from error
        click.echo(f"Wrote {page}.", err=True)
    if as_json:
        click.echo(json.dumps(told.told(), ensure_ascii=False, allow_nan=False))
    elif page is None:
        for line in told.lines():
            click.echo(line)
