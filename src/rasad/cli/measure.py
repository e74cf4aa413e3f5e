"""``rasad measure``: one number with its method and its events, as a mark in an issue would give it."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from rasad.cli.options import desk_option, json_option
from rasad.errors import MeasureError
from rasad.model.event import Event
from rasad.settings import Desk


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
    """Take the measure NAME with its arguments; without a name, list what there is."""
    from rasad.issues.assertions import holds  # noqa: PLC0415
    from rasad.issues.measures import Record, measure, measure_names  # noqa: PLC0415
    from rasad.issues.printing import print_measured  # noqa: PLC0415
    from rasad.languages import language  # noqa: PLC0415
    from rasad.store.store import Store  # noqa: PLC0415

    if name is None:
        for known, says in measure_names().items():
            click.echo(f"{known:20} {says}")
        return
    given = {"name": name, **dict(map(_split, arguments))}
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011  (the user's own day)
    events = Store(desk.store).events()
    measured = measure(Record.of(events, day, "", desk.actors), given)
    if "is" in given:
        said = "holds" if holds(given["is"], measured) else "does not hold"
        click.echo(f"is={given['is']}: {said}", err=True)
    printed = print_measured(measured, given, language("en"), desk.settings.calendars)
    if as_json:
        interval = None if measured.low is None else [measured.low, measured.high]
        told = {"name": name, "value": str(measured.value), "printed": printed, "interval": interval,
                "method": measured.method, "baseline": measured.baseline, "events": measured.events}  # fmt: skip
        click.echo(json.dumps(told))
        return
    click.echo(f"{printed}  [{measured.method}]")
    by_id = {event.dataset_event_id: event for event in events}
    for key in measured.events:
        click.echo(_line(by_id[key]))


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
