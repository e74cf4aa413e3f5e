"""``rasad store``: what is in the store, whether it is whole, and its rows for other programs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.options import desk_option, json_option, open_desk
from rasad.settings import Desk

if TYPE_CHECKING:
    from rasad.store.report import DatasetReport

FOUND = 1
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(invoke_without_command=True, epilog="Example: rasad store --json")
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path), default=None, metavar="DIR", help="The desk."
)
@json_option
@click.pass_context
def command(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Tell what is in the store: rows, spans, gaps, duplicates, rejects by reason, flags."""
    if context.invoked_subcommand is not None:
        return
    desk = open_desk(folder)
    from rasad.flow.gaps import fetch_gaps  # noqa: PLC0415
    from rasad.store.report import report  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    reports, missing = report(Store(desk.store)), fetch_gaps(desk)
    if as_json:
        told = {r.dataset: _as_dict(r) for r in reports}
        click.echo(json.dumps({"datasets": told, "fetch_gaps": missing}))
        return
    for found in reports:
        click.echo(_lines(found))
    for gap in missing:
        click.echo(f"  never fetched: {gap}")


def _as_dict(found: DatasetReport) -> dict[str, Any]:
    told = asdict(found)
    told["first"], told["last"] = (day.isoformat() if day else None for day in (found.first, found.last))
    told["gaps"] = [[first.isoformat(), last.isoformat()] for first, last in found.gaps]
    return told


def _lines(found: DatasetReport) -> str:
    span = f"{found.first} to {found.last}" if found.first else "no day"
    rejected = sum(found.rejects.values())
    lines = [
        f"{found.dataset}: {found.rows:,} rows, {span}; {found.files:,} files, {found.bytes / 1e6:,.1f} MB"
    ]
    lines.append(
        f"  {found.rows_read:,} rows read: {found.loaded:,} loaded ({found.revised:,} of them revisions), "
        f"{found.duplicates:,} duplicates, {rejected:,} rejected; {found.older_rows:,} older rows kept"
    )
    lines += [f"  rejected: {count:,} rows, {reason}" for reason, count in found.rejects.items()]
    if found.flags:
        lines.append("  flagged: " + ", ".join(f"{name} {count:,}" for name, count in found.flags.items()))
    if found.gaps:
        longest = sorted(found.gaps, key=lambda gap: gap[0] - gap[1])[:3]
        told = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in longest)
        lines.append(f"  days without an event: {len(found.gaps):,} gaps, the longest {told}")
    lines.append(
        f"  terms: {found.licence}" + ("" if found.redistributable else "; kept out of all that is published")
    )
    return "\n".join(lines)


@command.command(name="check", epilog="Example: rasad store check")
@desk_option
@json_option
def check_command(desk: Desk, as_json: bool) -> None:
    """Check files against their sums, and weekly and daily sums against the events; exit 1 if anything is wrong."""
    from rasad.store.checking import check  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    found = check(Store(desk.store))
    if as_json:
        click.echo(json.dumps({"whole": not found, "problems": found}))
    else:
        click.echo("\n".join(found) if found else "The store is whole.")
    if found:
        sys.exit(FOUND)


@command.command(
    name="export", epilog="Example: rasad store export events.csv --dyad RUS-AFG --since 2026-01-01"
)
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dataset", "datasets", multiple=True, help="One dataset; may be given several times.")
@click.option("--since", type=DAY, default=None, help="First day.")
@click.option("--until", type=DAY, default=None, help="Last day.")
@click.option("--dyad", default="", metavar="A-B", help="One dyad.")
@click.option("--private", is_flag=True, help="Also rows whose terms forbid passing them on, for yourself.")
@desk_option
@json_option
def export_command(
    desk: Desk,
    to: Path,
    datasets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    dyad: str,
    private: bool,
    as_json: bool,
) -> None:
    """Write current events to TO, a .csv, .parquet or .jsonl file."""
    from rasad.errors import StoreError  # noqa: PLC0415
    from rasad.model.dyad import Dyad  # noqa: PLC0415
    from rasad.store.export import Wanted, export  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    try:
        named = str(Dyad.parse(dyad)) if dyad else ""
    except ValueError as error:
        raise StoreError(str(error)) from error
    done = export(Store(desk.store), to, Wanted(datasets, _day(since), _day(until), named, private))
    if as_json:
        click.echo(json.dumps({"file": str(to), **asdict(done)}))
        return
    click.echo(f"{to.name}: {done.rows:,} events of {', '.join(done.datasets)}.")
    for dataset, rows in done.kept_back.items():
        told = f"Kept back: {rows:,} events of {dataset}, whose terms forbid passing rows on; --private writes them."
        click.echo(told, err=True)


@command.command(name="rejects", epilog="Example: rasad store rejects --json")
@click.option("--dataset", default=None, help="One dataset.")
@desk_option
@json_option
def rejects_command(desk: Desk, dataset: str | None, as_json: bool) -> None:
    """List rows that could not be events, with the reason and their text."""
    from rasad.store.report import rejects  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    found = rejects(Store(desk.store), dataset)
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found:
        text = " ".join(str(row["text"]).split())
        click.echo(
            f"{row['file']} row {row['row']}: {row['reason']}: {text[:120]}{'…' if len(text) > 120 else ''}"
        )


@command.command(name="row", epilog="Example: rasad store row gdelt2 881990832")
@click.argument("dataset")
@click.argument("key")
@desk_option
@json_option
def row_command(desk: Desk, dataset: str, key: str, as_json: bool) -> None:
    """Show the event KEY of DATASET, all its versions, and their rows as they came."""
    from rasad.flow.rows import versions  # noqa: PLC0415

    found = versions(desk, dataset, key)
    if as_json:
        click.echo(json.dumps(found, default=str))
        return
    for version in found:
        told = "current" if version["current"] else "older"
        click.echo(
            f"{told}: {version['snapshot']['url']} row {version['event']['row']}, loaded {version['snapshot']['retrieved_at']}"
        )
        click.echo(f"  {version['raw']}")


@command.command(name="compact", epilog="Example: rasad store compact")
@desk_option
@json_option
def compact_command(desk: Desk, as_json: bool) -> None:
    """Join many small parts into few, so that queries open fewer files; nothing is lost."""
    from rasad.store.compacting import compact  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    before, after = compact(Store(desk.store).root)
    if as_json:
        click.echo(json.dumps({"parts_before": before, "parts_after": after}))
        return
    click.echo(f"{before:,} parts before, {after:,} after.")


@command.command(name="actors", epilog="Example: rasad store actors")
@desk_option
@json_option
def actors_command(desk: Desk, as_json: bool) -> None:
    """Tell how many of the actors that datasets code are known, and the most frequent that are not."""
    from rasad.actors.resolve import is_known_sector  # noqa: PLC0415
    from rasad.model.format import EVENTS  # noqa: PLC0415
    from rasad.store.coverage import coverage  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    store = Store(desk.store)
    datasets = [name for name in store.manifest().datasets() if store.manifest().of(EVENTS, name)]
    found = [coverage(store, name, is_known_sector) for name in datasets]
    if as_json:
        click.echo(json.dumps([asdict(of_dataset) for of_dataset in found]))
        return
    for told in found:
        click.echo(
            f"{told.dataset}: of {told.coded:,} named sides {_share(told.known, told.coded)} are known, "
            f"{_share(told.actors, told.coded)} as an actor of the table; of {told.with_state:,} with a state "
            f"{_share(told.state_known, told.with_state)}; of {told.pairs:,} events with two sides both in "
            f"{_share(told.pairs_known, told.pairs)}"
        )
        for name, count in told.unknown:
            click.echo(f"  {count:7,}  {name}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
