"""``rasad week``: this week against the norm of the weeks before, and the events that mattered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from rasad.cli.options import desk_option, json_option
from rasad.settings import Desk

if TYPE_CHECKING:
    from rasad.flow.week import DatasetWeek, Line, Week
    from rasad.model.event import Event
    from rasad.relations.norm import Norm
    from rasad.relations.ranking import Ranked

MOST_SHOWN = 15
MOST_LETTERS = 90
LEAST_TOLD = 0.75
"""Points below which a reason is not worth a reader's time; --json gives all."""

HEADER: tuple[str, ...] = ("", "acts (coop/conflict)", "sites", "norm of 4 weeks", "norm of 52 weeks")
PARTS = ("cooperation", "conflict")


@click.command(epilog="Example: rasad week --on 2026-05-27 --dataset chronology")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="A day of the week; else the last with data.",
)
@click.option("--dataset", "datasets", multiple=True, help="One dataset; may be given several times.")
@desk_option
@json_option
def command(on: datetime | None, datasets: tuple[str, ...], desk: Desk, as_json: bool) -> None:
    """Tell what the week was against the weeks before it, and which events mattered.

    Of each dyad and actor of rasad.toml: its acts, and whether they were far below, below, usual,
    above or far above what 4 and 52 weeks let one expect, with the usual range. Lines of
    cooperation and conflict follow where one of them was not usual.
    """
    from rasad.flow.week import week  # noqa: PLC0415  (numerics load slowly)

    found = week(desk, on.date() if on is not None else None, datasets)
    if as_json:
        click.echo(json.dumps(_as_dict(found), ensure_ascii=False))
        return
    click.echo("\n".join(_lines(found)))


# ---- for people -------------------------------------------------------------


def _lines(found: Week) -> list[str]:
    number = found.monday.isocalendar()
    lines = [
        f"Week {number.week} of {number.year}, {_day(found.monday)} to {_day(found.sunday)} {found.sunday:%Y}"
    ]
    tables = [_cells(of_dataset) for of_dataset in found.datasets]
    widths = [max(len(row[n]) for table in [[HEADER], *tables] for row in table) for n in range(len(HEADER))]
    for of_dataset, table in zip(found.datasets, tables, strict=True):
        lines += ["", f"{of_dataset.dataset}: {_so_far(of_dataset)}"]
        lines += [_row(cells, widths) for cells in ([HEADER, *table] if table else [])]
        lines += [f"  {note}" for note in _notes(of_dataset)]
    if found.elsewhere:
        told = ", ".join(f"{name} ({first} to {last})" for name, (first, last) in found.elsewhere.items())
        lines += ["", f"Without data of this week: {told}."]
    if any(tables):
        lines += ["", "Norms: the band, the count to expect, and in brackets the counts that are usual."]
    return [*lines, "", *_ranking(found.ranked)]


def _so_far(told: DatasetWeek) -> str:
    if not told.is_known:
        return "no data this week"
    if told.days == 7:
        return "the week is over"
    return f"week so far, {told.days} of 7 days (to {_day(told.reach[1])}), against {told.days}/7 of a week's norm"


def _notes(told: DatasetWeek) -> list[str]:
    notes = []
    if quiet := [line.who for line in told.lines if told.is_known and _is_quiet(line)]:
        notes.append(f"No acts, as usual: {', '.join(quiet)}.")
    if told.gaps:
        gaps = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in told.gaps)
        notes.append(f"The data have a gap: {gaps}. A gap is not a quiet week.")
    if told.weeks_known < 52:
        notes.append(
            f"Of the 52 weeks before {told.weeks_known} are known; the record begins on {told.reach[0]}."
        )
    if told.left_out:
        flags = ", ".join(f"{name} {count:,}" for name, count in told.left_out.items())
        notes.append(f"Left out by their flags: {flags}.")
    if told.by_hand:
        notes.append("Kept by hand: its counts also measure the coder's attention.")
    return notes


def _cells(told: DatasetWeek) -> list[tuple[str, ...]]:
    """The rows of a dataset's table: without those that are quiet as usual, which are named below it."""
    rows = []
    for line in told.lines if told.is_known else ():
        if _is_quiet(line):
            continue
        acts = f"{line.counts['all']:,} ({line.counts['cooperation']:,}/{line.counts['conflict']:,})"
        rows.append(
            (line.who, acts, f"{line.sites:,}" if line.sites else "–", *map(_norm, line.norms["all"]))
        )
        rows += [
            (f"  {part}", f"{line.counts[part]:,}", "", *map(_norm, line.norms[part]))
            for part in PARTS
            if _is_unusual(line, part)
        ]
    return rows


def _is_quiet(line: Line) -> bool:
    """Whether nothing was done, and nothing was to be expected."""
    bands = [norm.band for norm in line.norms["all"]]
    return not line.counts["all"] and "usual" in bands and not any(_is_unusual(line, n) for n in line.norms)


def _is_unusual(line: Line, part: str) -> bool:
    """Whether a count is out of one of its norms, and so has a row of its own."""
    return any(norm.low is not None and norm.band != "usual" for norm in line.norms[part])


def _norm(norm: Norm) -> str:
    if norm.low is None or norm.expected is None:
        return norm.band
    return f"{norm.band:9}  {norm.expected:.1f} ({norm.low:,}–{norm.high:,})"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    who, acts, sites, *rest = cells
    told = [f"{who:{widths[0]}}", f"{acts:>{widths[1]}}", f"{sites:>{widths[2]}}"]
    told += [f"{cell:{width}}" for cell, width in zip(rest, widths[3:], strict=True)]
    return "  " + "   ".join(told).rstrip()


def _ranking(ranked: Sequence[Ranked]) -> list[str]:
    if not ranked:
        return ["No event of the week is with the desk's dyads or actors."]
    lines = ["Events that mattered, with their scores and the reasons in order of weight:"]
    for place, one in enumerate(ranked[:MOST_SHOWN], start=1):
        event = one.event
        lines.append(
            f"{place:3}. {event.dataset} {event.dataset_event_id}  {_day(event.occurred_on)}"
            f"  {event.source_actor} > {event.target_actor}  {_what(event)}"
        )
        weighty = [reason.words for reason in one.reasons if reason.points >= LEAST_TOLD]
        reasons = weighty or [reason.words for reason in one.reasons[:1]] or ["no reason"]
        lines.append(f"     {one.score:.1f}  {'; '.join(reasons)}")
    if len(ranked) > MOST_SHOWN:
        lines.append(f"     … and {len(ranked) - MOST_SHOWN:,} more; --json names them all")
    return lines


def _what(event: Event) -> str:
    """An event's code and rung with its first words; without words, its code's label and where it was read."""
    from rasad.model.codebook import codebook  # noqa: PLC0415
    from rasad.model.site import site_of  # noqa: PLC0415

    code = event.cameo or event.plover_type
    words = " ".join(event.text.split())
    if not words:
        label = codebook()[code].label if code in codebook() else ""
        words = ", ".join(filter(None, (label, site_of(event.source_url))))
    if len(words) > MOST_LETTERS:
        words = words[:MOST_LETTERS].rsplit(" ", 1)[0] + " …"
    return "  ".join(filter(None, (" ".join(filter(None, (code, str(event.rung or "")))), words)))


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


# ---- for pipes --------------------------------------------------------------


def _as_dict(found: Week) -> dict[str, Any]:
    return {
        "monday": found.monday.isoformat(),
        "sunday": found.sunday.isoformat(),
        "datasets": [_of_dataset(told) for told in found.datasets],
        "elsewhere": {name: _span(span) for name, span in found.elsewhere.items()},
        "events": [_of_event(one) for one in found.ranked],
    }


def _of_dataset(told: DatasetWeek) -> dict[str, Any]:
    return {
        "dataset": told.dataset,
        "reach": _span(told.reach),
        "days": told.days,
        "is_over": told.days == 7,
        "is_known": told.is_known,
        "gaps": [_span(gap) for gap in told.gaps],
        "weeks_known": told.weeks_known,
        "by_hand": told.by_hand,
        "left_out": told.left_out,
        "lines": [asdict(line) for line in told.lines],
    }


def _of_event(one: Ranked) -> dict[str, Any]:
    event = one.event
    return {
        "dataset": event.dataset,
        "id": event.dataset_event_id,
        "day": event.occurred_on.isoformat(),
        "source": event.source_actor,
        "target": event.target_actor,
        "code": event.cameo or event.plover_type,
        "rung": str(event.rung or ""),
        "text": event.text,
        "url": event.source_url,
        "score": round(one.score, 6),
        "reasons": [asdict(reason) for reason in one.reasons],
        "bears_on": [str(dyad) for dyad in one.bears_on],
    }


def _span(span: tuple[date, date]) -> list[str]:
    return [day.isoformat() for day in span]
