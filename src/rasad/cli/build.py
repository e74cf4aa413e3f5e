"""``rasad build``: every edition of an issue."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rasad.cli.options import desk_option, issue_number, json_option
from rasad.settings import Desk


@click.command(epilog="Example: rasad build 518")
@click.argument("issue", type=int, required=False)
@desk_option
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR",
              help="Where to build; else the folder 'build' of the desk.")  # fmt: skip
@json_option
def command(issue: int | None, desk: Desk, out: Path | None, as_json: bool) -> None:
    """Build every edition of ISSUE (else of the newest), as web page and PDF, with its ledger.

    What is wrong stops the build, a line for each fault, and leaves the last good build.
    """
    from rasad import flow  # noqa: PLC0415

    built = flow.build(desk, issue_number(desk, issue), out)
    index = (built.folder.parent / "index.html").resolve()
    if as_json:
        told = {"issue": built.issue, "folder": str(built.folder), "editions": list(built.editions),
                "fresh": built.fresh, "seconds": round(built.seconds, 2), **built.counts}  # fmt: skip
        click.echo(json.dumps(told))
        return
    for lang in built.editions:
        sizes = [
            f"{name} {(built.folder / lang / name).stat().st_size / 1000:,.0f} kB"
            for name in ("index.html", "issue.pdf")
        ]
        signed = f"signed by {built.signed[lang]}" if built.signed[lang] else "signed by nobody"
        click.echo(f"  {built.folder / lang}: {', '.join(sizes)}, {signed}")
    counts = ", ".join(f"{number} {what}" for what, number in built.counts.items())
    how = "built" if built.fresh else "nothing changed"
    click.echo(
        f"Open {index.as_uri()}\nIssue {built.issue}: {len(built.editions)} edition{'' if len(built.editions) == 1 else 's'} "
        f"({', '.join(built.editions)}), {counts}; {how} in {built.seconds:.1f} s."
    )
