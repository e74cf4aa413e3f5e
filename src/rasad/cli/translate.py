"""``rasad translate``: the catalogues of an issue."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from rasad.cli.options import desk_option, issue_number, json_option
from rasad.settings import Desk


@click.command(epilog="Example: rasad translate 518")
@click.argument("issue", type=int, required=False)
@click.option("--events", is_flag=True, help="The sentences of events instead, for the desk's editions.")
@desk_option
@json_option
def command(issue: int | None, events: bool, desk: Desk, as_json: bool) -> None:
    """Bring the PO files of ISSUE (else of the newest) up to its manuscript.

    New paragraphs are added, changed ones marked fuzzy with their old translation kept.
    """
    from rasad import flow  # noqa: PLC0415

    if events:
        progress = flow.translate_events(desk)
        paths = {lang: desk.event_texts(lang) for lang in progress}
    else:
        number = issue_number(desk, issue)
        progress = flow.translate(desk, number)
        paths = {lang: desk.catalogue(number, lang) for lang in progress}
    if as_json:
        click.echo(json.dumps({lang: asdict(state) for lang, state in progress.items()}))
        return
    for lang, state in progress.items():
        click.echo(
            f"{lang}: {state.translated} translated, {state.changed} changed since, {state.missing} missing "
            f"({paths[lang]})"
        )
