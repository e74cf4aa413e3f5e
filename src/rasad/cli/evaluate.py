"""``rasad evaluate``: how right a method is on labelled data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasad.cli.options import json_option, open_desk

if TYPE_CHECKING:
    from rasad.evaluate.actors import Report

MOST_WRONG = 40


@click.group(epilog="Example: rasad evaluate actors --help")
def command() -> None:
    """Tell how right a method is on labelled data."""


@command.command("actors", epilog="Example: rasad evaluate actors names.csv --json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path), default=None, metavar="DIR",
    help="Take the actors of this desk; without it those built in.",
)  # fmt: skip
@json_option
def actors(file: Path, folder: Path | None, as_json: bool) -> None:
    """Resolve every name of FILE on its day, and compare.

    FILE is a CSV with the columns name, lang, on, actor, role. Where nothing is right, actor is empty.
    """
    from rasad.actors.actors import ActorTable  # noqa: PLC0415
    from rasad.evaluate.actors import evaluate, odd  # noqa: PLC0415
    from rasad.evaluate.labelled import read_labelled  # noqa: PLC0415

    rows = read_labelled(file)
    table = ActorTable.built_in() if folder is None else open_desk(folder).actors
    for row in rows:
        if odd(row):
            click.echo(f"{file}:{row.line}: {odd(row)}.", err=True)
    report = evaluate(table, rows)
    if as_json:
        told = asdict(report)
        del told["wrong"]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in _lines(report):
        click.echo(line)


def _lines(report: Report) -> list[str]:
    shares = [
        ("actor_accuracy", report.actor_accuracy),
        ("role_accuracy", report.role_accuracy),
        ("unknown_accuracy", report.unknown_accuracy),
    ]
    told = [f"{'n':17} {report.n}"]
    told += [f"{name:17} {'no rows' if share is None else f'{share:.3f}'}" for name, share in shares]
    for row, answer in report.wrong[:MOST_WRONG]:
        expected = f"{row.actor or 'nobody'} as {row.role or 'unknown'}"
        found = f"{answer.actor or 'nobody'} as {answer.role}"
        told.append(
            f"  line {row.line}: {row.name} on {row.on or 'no day'}: expected {expected}, found {found}"
        )
    if len(report.wrong) > MOST_WRONG:
        told.append(f"  … and {len(report.wrong) - MOST_WRONG} more")
    return told
