"""``rasad codes``: the code book, to look a code up while entering events."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from rasad.cli.options import json_option


@click.command(epilog="Example: rasad codes visit")
@click.argument("words", nargs=-1)
@json_option
def command(words: tuple[str, ...], as_json: bool) -> None:
    """List the CAMEO codes whose label or code holds all WORDS; without words, all of them."""
    from rasad.model.codebook import codebook  # noqa: PLC0415

    wanted = [word.lower() for word in words]
    found = [
        code
        for code in codebook().values()
        if len(code.code) > len("01") and all(word in f"{code.code} {code.label.lower()}" for word in wanted)
    ]
    if as_json:
        click.echo(json.dumps([asdict(code) for code in found]))
        return
    click.echo("code   rung  PLOVER       label")
    for code in found:
        click.echo(f"{code.code:6} {code.rung or '-':5} {code.plover_type or '-':12} {code.label}")
