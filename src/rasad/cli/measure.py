"""``rasad measure``: one number with its method and its events, as a mark in an issue would give it."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import MeasureError
from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.settings import Desk

CHRONOLOGY = "chronology"
MOST_SHOWN = 100


@click.command(epilog="Example: rasad measure events dyad=RUS-AFG rung=D")
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Last day of the data; else today."
)
@desk_option
@json_option
def command(
    name: str | None, arguments: tuple[str, ...], as_of: datetime | None, desk: Desk, as_json: bool
) -> None:
    """Take the measure NAME with its arguments; without a name, list what there is.

    dataset= takes it from another dataset of the store than the chronology, and without= names
    the flags whose events are left out, or "none"; unsaid, those that weekly sums leave out.
    """
    from rasad.issues.assertions import holds  # noqa: PLC0415
    from rasad.issues.measures import Record, measure, measure_names  # noqa: PLC0415
    from rasad.issues.printing import print_measured  # noqa: PLC0415
    from rasad.languages import language  # noqa: PLC0415
    from rasad.relations.leaving_out import NONE, leave_out  # noqa: PLC0415

    if name is None:
        for known, says in measure_names().items():
            click.echo(f"{known:20} {says}")
        return
    given = {"name": name, **dict(map(_split, arguments))}
    dataset, without = given.pop("dataset", CHRONOLOGY), given.pop("without", "")
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011  (the user's own day)
    everything = _events(desk, dataset, given.get("dyad", ""))
    try:
        events, left_out = leave_out(everything, without or _usual(desk, dataset) or NONE)
    except ValueError as error:
        raise MeasureError(f"without=: {error}") from error
    measured = measure(Record.of(events, day, "", desk.actors), given)
    if "is" in given:
        said = "holds" if holds(given["is"], measured) else "does not hold"
        click.echo(f"is={given['is']}: {said}", err=True)
    printed = print_measured(measured, given, language("en"), desk.settings.calendars)
    if as_json:
        interval = None if measured.low is None else [measured.low, measured.high]
        told = {"name": name, "value": str(measured.value), "printed": printed, "interval": interval,
                "method": measured.method, "baseline": measured.baseline, "dataset": dataset,
                "left_out": dict(left_out), "events": measured.events}  # fmt: skip
        click.echo(json.dumps(told))
        return
    click.echo(f"{printed}  [{measured.method}]")
    if left_out:
        click.echo("  left out: " + ", ".join(f"{flag} {count:,}" for flag, count in left_out.items()))
    by_id = {event.dataset_event_id: event for event in events}
    for key in measured.events[:MOST_SHOWN]:
        click.echo(_line(by_id[key]))
    if len(measured.events) > MOST_SHOWN:
        click.echo(f"  … and {len(measured.events) - MOST_SHOWN:,} more; --json names them all")


def _usual(desk: Desk, dataset: str) -> str:
    """The flags whose events a measure of a dataset leaves out when nothing is said."""
    from rasad.model.flag import left_out  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    snapshot = Store(desk.store).current(dataset)
    return " ".join(left_out(snapshot.coding)) if snapshot is not None and dataset != CHRONOLOGY else ""


def _events(desk: Desk, dataset: str, dyad: str) -> list[Event]:
    """The events of a dataset; of one that is not the desk's own, those of a dyad alone."""
    from rasad.store.store import Store  # noqa: PLC0415

    if dataset == CHRONOLOGY:
        return Store(desk.store).events()
    known = Store(desk.store).manifest().datasets()
    if dataset not in known:
        raise MeasureError(f"there is no dataset '{dataset}' in the store", do=f"Loaded: {', '.join(known)}.")
    try:
        return Store(desk.store).events(dataset, dyad=Dyad.parse(dyad))
    except ValueError as error:
        raise MeasureError(f"a measure of '{dataset}' needs dyad=", do="Write it as dyad=RUS-AFG.") from error


def _split(argument: str) -> tuple[str, str]:
    key, equals, value = argument.partition("=")
    if not equals:
        raise MeasureError(f"'{argument}' is not an argument", do="Write key=value, as in dyad=RUS-AFG.")
    return key, value


def _line(event: Event) -> str:
    day = event.occurred_on.isoformat()
    return (
        f"  {event.dataset_event_id}  {day if event.has_day else day[:7] + '   '}  {event.source_actor} > "
        f"{event.target_actor}  {event.cameo:5} {event.rung.code if event.rung is not None else '':3} {event.text}"
    )
