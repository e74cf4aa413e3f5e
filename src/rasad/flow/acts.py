"""From a desk's store to what is counted: the acts of a dyad, and the days that a dataset does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from rasad.model.dyad import Dyad
from rasad.model.flag import left_out
from rasad.settings import Desk
from rasad.sources.gdelt_gaps import FILE, STEP, Ledger
from rasad.store.report import day_totals
from rasad.store.store import CHRONOLOGY, Store

if TYPE_CHECKING:
    from rasad.relations.acts import Acts

ONE_DAY = timedelta(days=1)
SLOTS_A_DAY = ONE_DAY // STEP
MOST_MISSING = 0.1
"""A day of which more than this share of fifteen-minute files is missing is a gap."""

GDELT = "gdelt"


def acts_of_store(desk: Desk, dataset: str, *, dyad: Dyad | None = None, actor: str | None = None) -> Acts:
    """The acts of a dataset between two actors, of one dyad or of one actor's."""
    from rasad.relations.acts import acts_of_columns  # noqa: PLC0415  (numerics load slowly)

    return acts_of_columns(Store(desk.store).columns(dataset, dyad=dyad, actor=actor))


def usual_flags(desk: Desk, dataset: str) -> tuple[str, ...]:
    """The flags whose events are left out of a dataset's sums when nothing is said; none of a chronology's."""
    snapshot = Store(desk.store).current(dataset)
    return left_out(snapshot.coding) if snapshot is not None and dataset != CHRONOLOGY else ()


def reach(desk: Desk, dataset: str) -> tuple[date, date] | None:
    """The first and the last day that a dataset has events of."""
    days = [row["day"] for row in day_totals(Store(desk.store), dataset)]
    return (days[0], days[-1]) if days else None


def data_gaps(desk: Desk, dataset: str) -> list[tuple[date, date]]:
    """Stretches of days that a dataset does not hold: gaps are not quiet.

    Of a dataset that codes all news, every day between its first and last without any event of any
    actor, and of GDELT also the days in the gap ledger. A dataset kept by hand has none: there a day
    without events is a day of which nobody wrote.
    """
    store = Store(desk.store)
    snapshot = store.current(dataset)
    if snapshot is None or dataset == CHRONOLOGY or "repeated" not in left_out(snapshot.coding):
        return []
    days = [row["day"] for row in day_totals(store, dataset)]
    found = [(one + ONE_DAY, other - ONE_DAY) for one, other in pairwise(days) if other - one > ONE_DAY]
    return _joined([*found, *(_of_ledger(desk) if dataset.startswith(GDELT) else [])])


def _of_ledger(desk: Desk) -> list[tuple[date, date]]:
    path = desk.fetched(GDELT) / FILE
    if not path.is_file():
        return []
    missing: dict[date, int] = {}
    for gap in Ledger(path).all():
        if gap.table == "export":
            missing[gap.slot.date()] = missing.get(gap.slot.date(), 0) + 1
    return [(day, day) for day, slots in sorted(missing.items()) if slots > MOST_MISSING * SLOTS_A_DAY]


def _joined(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans in order, those that touch as one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
