"""The command ``rasad``: verbs over a desk. Data go to standard output, talk to standard error."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from rasad import __version__
from rasad.errors import RasadError

COMMANDS = {
    "new": "start a desk of your own",
    "fetch": "fetch records from where they are published, and load them",
    "load": "load event files, or the chronology, into the event store",
    "store": "tell what is in the event store, check it, export it",
    "build": "build every edition of an issue",
    "translate": "bring the catalogues of an issue up to its manuscript",
    "sign": "sign an edition that a person has reviewed",
    "week": "tell what the week was against its norm, and what mattered",
    "check": "tell what is wrong with a document, in a desk or in none",
    "sources": "keep the pages that the desk rests on, and show their text",
    "ledger": "tell what of an issue rests on evidence, and on whose",
    "measure": "take one measure, with its events",
    "relation": "tell how two actors stand, and what speaks against",
    "shifts": "tell all dated changes of the desk's dyads",
    "predictability": "tell how steady an actor's conflict is",
    "actors": "tell who is who and when, check the table, add to it",
    "evaluate": "tell how right a method is on labelled data",
    "codes": "look up a CAMEO code and the rung it has by default",
}
COULD_NOT_RUN = 2


class _Lazy(click.Group):
    """Imports a command only when it is called, so that help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"rasad.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: rasad build 518",
)
@click.version_option(__version__, prog_name="rasad")
def cli() -> None:
    """Turn political events and sources into an issue whose every claim opens to its evidence."""


def main() -> None:
    """Run the command; a fault of the user's is one line on standard error, and exit 2."""
    try:
        cli()
    except RasadError as error:
        click.echo(str(error), err=True)
        sys.exit(COULD_NOT_RUN)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(RasadError(f"{where}{error.strerror or error}").line(), err=True)
        sys.exit(COULD_NOT_RUN)
