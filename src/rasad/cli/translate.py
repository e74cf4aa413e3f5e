"""``rasad translate``: the catalogues of an issue."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from rasad.cli.options import desk_option, issue_number, json_option
from rasad.settings import Desk


@click.command(epilog="Example: rasad translate 518")
@click.argument("issue", type=int, required=False)
@desk_option
@json_option
def command(issue: int | None, desk: Desk, as_json: bool) -> None:
    """Bring the PO files of ISSUE (else of the newest) up to its manuscript.

    New paragraphs are added, changed ones marked fuzzy with their old translation kept.
    """
    from rasad import flow  # noqa: PLC0415

    number = issue_number(desk, issue)
    progress = flow.translate(desk, number)
    if as_json:
        click.echo(json.dumps({lang: asdict(state) for lang, state in progress.items()}))
        return
    for lang, state in progress.items():
        click.echo(
            f"{lang}: {state.translated} translated, {state.changed} changed since, {state.missing} missing "
            f"({desk.catalogue(number, lang)})"
        )
