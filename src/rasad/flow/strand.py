"""One dataset's account of a dyad: its series, index, shifts, alerts, ladder and partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rasad.model.dyad import Dyad
from rasad.model.event import Event
from rasad.model.flag import mask
from rasad.model.site import site_of
from rasad.relations.acts import Acts, Floats, acts_of
from rasad.relations.line import Line, smooth_line, tone, window_line
from rasad.relations.selection import span
from rasad.relations.series import Every, Gap, Series, series
from rasad.relations.standing import (
    FirstStep,
    Standing,
    first_steps_judged,
    setbacks,
    standings,
    without_rung,
)
from rasad.shifts.explaining import Change, MadeOf, dated_changes, made_of
from rasad.shifts.history import FLOOR, FLOOR_BY_HAND, History, Shift, shifts
from rasad.shifts.online import Alert, alerts
from rasad.store.store import Partner

WEEKLY_FROM = 2.0
"""Acts a week from which on shifts are looked for by week; below it by month."""


@dataclass(frozen=True, eq=False)
class Strand:
    """What one dataset tells of a dyad up to the day ``until``, on which its data end or which was asked for.

    ``told`` is the series in which shifts are looked for; ``lines`` the index over the year to each month
    and smoothed; ``goldstein`` and ``plover`` the mean tone of the same years; ``made`` what each shift is
    made of, in the order of ``history.shifts``; ``one_way`` the weeks and the months of each actor's own acts; ``changes`` what named acts date.
    """

    dataset: str
    by_hand: bool
    dyad: Dyad
    until: date
    events: tuple[Event, ...]
    months: Series
    weeks: Series
    told: Series
    index: Line
    smooth: Line
    goldstein: Floats
    plover: Floats
    history: History
    made: tuple[MadeOf, ...]
    alerts: tuple[Alert, ...]
    gaps: tuple[Gap, ...]
    standings: tuple[Standing, ...]
    firsts: dict[str, FirstStep]
    setbacks: tuple[Event, ...]
    changes: tuple[Change, ...]
    without_rung: float | None
    partners: dict[str, tuple[Partner, ...]]
    directed: dict[str, tuple[int, int, int]]
    one_way: dict[str, tuple[Series, Series]]

    @property
    def sites(self) -> int:
        """On how many sites the events were read."""
        return len({site_of(event.source_url) for event in self.events if event.source_url})

    def shifts(self) -> list[tuple[Shift, MadeOf]]:
        """The shifts, each with what it is made of."""
        return list(zip(self.history.shifts, self.made, strict=True))


def strand(
    events: Sequence[Event],
    dyad: Dyad,
    dataset: str,
    *,
    as_of: date,
    by_hand: bool,
    left_out: Sequence[str] = (),
    gaps: Sequence[Gap] = (),
    reach: tuple[date, date] | None = None,
    partners: dict[str, tuple[Partner, ...]] | None = None,
) -> Strand:
    """Put together what a dataset tells of a dyad up to a day.

    Args:
        events: Its events within the dyad.
        dyad: The two actors.
        dataset: Its name.
        as_of: The last day that counts.
        by_hand: Whether people keep it: its counts also measure their attention.
        left_out: Flags whose events are not counted.
        gaps: Stretches of days that it does not hold.
        reach: The first and the last day that it holds events of any dyad.
        partners: With whom each of the two had to do.

    Raises:
        ValueError: If there is no event up to the day.
    """
    until = as_of if reach is None else min(as_of, reach[1])
    past = [
        event
        for event in events
        if event.dyad == dyad and span(event)[0] <= until and span(event)[1] <= as_of
    ]
    if not past:
        raise ValueError(f"{dyad} has no events in {dataset} up to {as_of}")
    acts = acts_of(past)
    first = min(([] if reach is None else [reach[0]]) + [event.occurred_on for event in past])
    both = {
        every: series(acts, dyad, every, first=first, last=until, left_out=left_out, gaps=gaps)
        for every in ("month", "week")
    }
    months, weeks = both["month"], both["week"]
    every: Every = "week" if weeks.total >= WEEKLY_FROM * len(weeks) else "month"
    history = shifts(both[every], floor=FLOOR_BY_HAND if by_hand else FLOOR)
    hidden = mask(left_out)
    kept = [event for event in past if not event.flags & hidden]
    return Strand(
        dataset=dataset,
        by_hand=by_hand,
        dyad=dyad,
        until=until,
        events=tuple(kept),
        months=months,
        weeks=weeks,
        told=both[every],
        index=window_line(months),
        smooth=smooth_line(months),
        goldstein=tone(months.goldstein, months.n_goldstein, months.known, "month"),
        plover=tone(months.plover, months.n_plover, months.known, "month"),
        history=history,
        made=tuple(made_of(kept, shift.start, shift.end, shift.way) for shift in history.shifts),
        alerts=() if by_hand or history.has_too_few else tuple(alerts(both[every])),
        gaps=tuple(gap for gap in gaps if first <= gap[1] and gap[0] <= until),
        standings=tuple(standings(kept, until)),
        firsts=first_steps_judged(kept),
        setbacks=tuple(setbacks(kept)),
        changes=tuple(dated_changes(kept)),
        without_rung=without_rung(kept),
        partners=partners or {},
        directed={source: _directed(acts, source) for source in (dyad.first, dyad.second)},
        one_way={
            source: (
                series(
                    acts, dyad, "week", first=first, last=until, left_out=left_out, source=source, gaps=gaps
                ),
                series(
                    acts, dyad, "month", first=first, last=until, left_out=left_out, source=source, gaps=gaps
                ),
            )
            for source in (dyad.first, dyad.second)
        },
    )


def _directed(acts: Acts, source: str) -> tuple[int, int, int]:
    """All acts, those of cooperation and those of conflict of one actor toward the other."""
    own = acts.directed(source)
    return len(own), int(((own.channel == 1) | (own.channel == 2)).sum()), int((own.channel > 2).sum())
