"""``rasad sign``: a person stands for an edition."""

from __future__ import annotations

from datetime import date, datetime

import click

from rasad.cli.options import desk_option, issue_number
from rasad.settings import Desk


@click.command(epilog='Example: rasad sign 518 ps --by "Name of the reviewer"')
@click.argument("issue", type=int)
@click.argument("lang")
@click.option("--by", required=True, help="Who has reviewed the text and stands for it.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day; else today.")
@desk_option
def command(issue: int, lang: str, by: str, on: datetime | None, desk: Desk) -> None:
    """Sign the LANG edition of ISSUE; any later change of its text voids the signature."""
    from rasad import flow  # noqa: PLC0415

    day = on.date() if on is not None else date.today()  # noqa: DTZ011  (the signer's own day)
    review = flow.sign(desk, issue_number(desk, issue), lang, by, day)
    click.echo(f"Signed: the '{lang}' edition of issue {issue} by {review.by} on {review.on}.")
