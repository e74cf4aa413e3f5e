"""``rasad fetch``: records from where they are published into the desk, and on into its store."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import RasadError
from rasad.settings import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rasad.sources.gdelt_bulk import Fetched

FOUND_PROBLEMS = 1
MOST_SPANS = 20
_WHEN = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])


@click.group(epilog="Example: rasad fetch gdelt --help")
def command() -> None:
    """Fetch records from where they are published, and load them."""


@command.command(
    short_help="GDELT 2.0: the events of every 15 minutes.",
    epilog="Example: rasad fetch gdelt --since 2026-06-01 --until 2026-06-08",
)
@click.option("--since", type=_WHEN, required=True, metavar="DAY", help="The first day, as 2026-06-01 (UTC).")
@click.option("--until", type=_WHEN, default=None, metavar="DAY",
              help="The day before which to stop: it is itself not fetched. Else up to now.")  # fmt: skip
@click.option("--mentions", is_flag=True, help="Fetch the mentions of events too.")
@click.option("--no-load", is_flag=True, help="Only fetch; 'rasad load' can load the files later.")
@desk_option
@json_option
def gdelt(
    *, since: datetime, until: datetime | None, mentions: bool, no_load: bool, desk: Desk, as_json: bool
) -> None:
    """Fetch the 15-minute files of GDELT 2.0, check their sums, and load their events.

    Both days may have a time, as 2026-06-01T18:00. What is there is not fetched again: after a
    break, run the same command. A slot for which GDELT has no file is a gap, and no fault. Exits 1
    if a file that should be there could not be had.
    """
    from rasad.cli.fetching import watching  # noqa: PLC0415
    from rasad.sources.gdelt_bulk import Wanted, fetch  # noqa: PLC0415  (the network loads slowly)
    from rasad.sources.gdelt_list import BASE  # noqa: PLC0415

    now = datetime.now(UTC).replace(microsecond=0)
    end = now if until is None else until.replace(tzinfo=UTC)
    tables = ("export", "mentions") if mentions else ("export",)
    wanted = Wanted.of(since.replace(tzinfo=UTC), end, tables, now)
    mirror = desk.fetch.gdelt.mirror
    with watching() as watcher:
        fetched = fetch(
            desk.fetched("gdelt"), wanted, now, base=BASE if mirror is None else mirror, watcher=watcher
        )
    _tell_notes(fetched)
    loaded = None if no_load or not fetched.paths else _load(desk, fetched.paths)
    if as_json:
        click.echo(json.dumps(_as_json(fetched, loaded)))
    else:
        _tell(fetched, loaded)
    if not fetched.is_complete or (loaded is not None and loaded["failed"]):
        raise SystemExit(FOUND_PROBLEMS)


def _load(desk: Desk, paths: Sequence[Path]) -> dict[str, Any]:
    """What loading the files came to, added up; a file that can't be loaded is told, and the others go on."""
    from rasad.cli.progress import bytes_bar  # noqa: PLC0415
    from rasad.flow.loading import load_files  # noqa: PLC0415

    errors: list[RasadError] = []
    with bytes_bar("Loading") as told:
        reports = load_files(desk, paths, progress=told, failed=errors.append)
    for error in errors:
        click.echo(str(error), err=True)
    flagged, reasons = Counter[str](), Counter[str]()
    for report in reports:
        flagged.update(report.flagged)
        reasons.update(report.reasons)
    return {
        "files": len(reports),
        "failed": len(errors),
        "rows_read": sum(report.rows_read for report in reports),
        "loaded": sum(report.loaded for report in reports),
        "revised": sum(report.revised for report in reports),
        "duplicates": sum(report.duplicates for report in reports),
        "rejected": sum(report.rejected for report in reports),
        "flagged": dict(flagged),
        "reasons": dict(reasons),
        "seconds": round(sum(report.seconds for report in reports), 3),
    }


def _as_json(fetched: Fetched, loaded: dict[str, Any] | None) -> dict[str, Any]:
    from rasad.sources.gdelt_files import Result  # noqa: PLC0415
    from rasad.sources.gdelt_gaps import spans, told_time  # noqa: PLC0415

    return {
        "since": told_time(fetched.wanted.since),
        "until": told_time(fetched.wanted.until),
        "tables": list(fetched.wanted.tables),
        "results": {result.name.lower(): fetched.results[result] for result in Result},
        "bytes": fetched.bytes,
        "seconds": round(fetched.seconds, 2),
        "gaps": [
            {"table": span.table, "reason": span.reason, "first": told_time(span.first),
             "last": told_time(span.last), "slots": span.slots, "told": str(span)}
            for span in spans(fetched.gaps)
        ],
        "list": {"ends": told_time(fetched.list_ends), "malformed_lines": fetched.malformed,
                 "stale_because": fetched.stale_because},
        "loaded": loaded,
    }  # fmt: skip


def _tell(fetched: Fetched, loaded: dict[str, Any] | None) -> None:
    from rasad.sources.gdelt_files import Result  # noqa: PLC0415
    from rasad.sources.gdelt_gaps import spans  # noqa: PLC0415

    wanted = fetched.wanted
    counts = ", ".join(
        f"{fetched.results[result]:,} {result}" for result in Result if fetched.results[result]
    )
    click.echo(
        f"{' and '.join(wanted.tables)}, {wanted.since:%Y-%m-%d %H:%M} to {wanted.until:%Y-%m-%d %H:%M}: "
        f"{counts or 'no slot'}; {fetched.bytes / 1e6:,.1f} MB in {fetched.seconds:,.1f} s."
    )
    joined = spans(fetched.gaps)
    for span in joined[:MOST_SPANS]:
        click.echo(f"  gap: {span.table} {span}")
    if len(joined) > MOST_SPANS:
        click.echo(f"  and {len(joined) - MOST_SPANS:,} more in .rasad/fetch/gdelt/gaps.jsonl")
    if loaded is not None:
        click.echo(
            f"{loaded['files']:,} file{'' if loaded['files'] == 1 else 's'}: {loaded['rows_read']:,} rows read, {loaded['loaded']:,} loaded "
            f"({loaded['revised']:,} of them revised), {loaded['duplicates']:,} duplicates, "
            f"{loaded['rejected']:,} rejected; {loaded['seconds']:.1f} s."
        )


def _tell_notes(fetched: Fetched) -> None:
    """What a user may wonder about, on standard error."""
    if fetched.stale_because is not None:
        click.echo(
            f"The list of files is an old one, since it can't be had now: {fetched.stale_because}.", err=True
        )
    if fetched.malformed:
        lines = "line" if fetched.malformed == 1 else "lines"
        click.echo(f"The list of files has {fetched.malformed:,} malformed {lines}, left out.", err=True)
    if fetched.first_fault is not None:
        click.echo(f"First fault: {fetched.first_fault}.", err=True)
    if fetched.is_behind:
        click.echo(
            f"The list of files ends at {fetched.list_ends:%Y-%m-%d %H:%M}, before what is wanted.", err=True
        )
    if not fetched.is_complete:
        click.echo("Not all could be had: run the command again later, and it goes on from here.", err=True)
