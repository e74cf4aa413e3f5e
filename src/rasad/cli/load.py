"""``rasad load``: event files and the chronology into the event store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import RasadError
from rasad.settings import Desk

if TYPE_CHECKING:
    from rasad.flow.loading import LoadReport

COULD_NOT_RUN = 2


@click.command(epilog="Example: rasad load chronology.csv --json")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option(
    "--as", "as_name", default=None, metavar="FORMAT", help="The format; else it is found by itself."
)
@desk_option
@json_option
def command(paths: tuple[Path, ...], as_name: str | None, desk: Desk, as_json: bool) -> None:
    """Load event files into the store; without a FILE, the desk's chronology.

    Formats: gdelt2, gdelt1, gdelt2-mentions, ucdp, icews, polecat, acled, those that rasad.toml
    maps, and chronology.csv. Zip, gzip and Parquet files are read as they are. Loading a file
    again loads nothing; rows that can't be events are kept with their reasons.
    """
    from rasad.cli.progress import bytes_bar  # noqa: PLC0415
    from rasad.flow.loading import load_files  # noqa: PLC0415

    errors: list[RasadError] = []
    with bytes_bar("Loading") as told:
        reports = load_files(
            desk, paths or [desk.chronology], as_name=as_name, progress=told, failed=errors.append
        )
    if as_json and reports:
        listed = [as_dict(report) for report in reports]
        click.echo(json.dumps(listed[0] if len(paths) < 2 else listed))
    elif not as_json:
        for report in reports:
            click.echo(_line(report))
    if errors:
        for error in errors:
            click.echo(str(error), err=True)
        sys.exit(COULD_NOT_RUN)


def as_dict(report: LoadReport) -> dict[str, Any]:
    """A report as ``--json`` prints it."""
    return {
        "file": str(report.path),
        "format": report.format,
        "rows_read": report.rows_read,
        "loaded": report.loaded,
        "revised": report.revised,
        "duplicates": report.duplicates,
        "rejected": report.rejected,
        "withdrawn": report.withdrawn,
        "flagged": dict(report.flagged),
        "reasons": dict(report.reasons),
        "seconds": report.seconds,
        "rows_per_second": report.rows_per_second,
    }


def _line(report: LoadReport) -> str:
    told = [
        f"{report.path.name} ({report.format}): {report.rows_read:,} rows read, {report.loaded:,} loaded"
        + (f" ({report.revised:,} of them revised)" if report.revised else ""),
        f"{report.duplicates:,} duplicates",
        f"{report.rejected:,} rejected",
    ]
    if report.withdrawn:
        told.append(f"{report.withdrawn:,} withdrawn")
    lines = [", ".join(told) + f"; {report.seconds:.1f} s, {report.rows_per_second:,} rows/s."]
    if report.flagged:
        lines.append("  flagged: " + ", ".join(f"{name} {count:,}" for name, count in report.flagged.items()))
    lines += [f"  rejected: {count:,} rows, {reason}" for reason, count in report.reasons.items()]
    return "\n".join(lines)
