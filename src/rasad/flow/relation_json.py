"""A dossier as JSON tells it: plain values, null where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np

from rasad.flow.relation import Relation
from rasad.flow.strand import Strand
from rasad.model.event import Event
from rasad.model.marks import MARKS_VERSION, marks
from rasad.relations.acts import CHANNELS, Floats
from rasad.relations.index import LEVEL
from rasad.relations.index import METHOD as INDEX
from rasad.relations.ladder_test import METHOD as LADDER_TEST
from rasad.relations.line import METHOD as LINE
from rasad.relations.line import Line
from rasad.relations.reading import METHOD as READING
from rasad.relations.series import Series
from rasad.relations.standing import METHOD as STANDING
from rasad.shifts.history import METHOD as SHIFTS
from rasad.shifts.online import METHOD as ALERTS

MOST_EVENTS = 5000
"""Events of a timeline, the latest; the store exports them all."""


def told(relation: Relation) -> dict[str, Any]:
    """The dossier: dates as ISO texts, the methods named, every list with its events by id."""
    test = relation.test
    return {
        "dyad": list(relation.pair),
        "names": list(relation.names()),
        "as_of": relation.as_of.isoformat(),
        "methods": {"index": INDEX, "line": LINE, "shifts": SHIFTS, "alerts": ALERTS, "standing": STANDING,
                    "reading": READING, "ladder_test": LADDER_TEST, "marks": MARKS_VERSION},
        "reading": {"way": relation.reading.way, "because": relation.reading.because,
                    "events": [event.dataset_event_id for event in relation.reading.events]},
        "counter_evidence": [
            {**event(c.event), "because": c.because, "counted": c.is_counted} for c in relation.counter
        ],
        "bearing": [event(one) for one in relation.bearing],
        "ladder_test": None if test is None else vars(test),
        "datasets": [strand_told(one) for one in relation.strands],
    }  # fmt: skip


def strand_told(strand: Strand) -> dict[str, Any]:
    """What one dataset tells."""
    return {
        "dataset": strand.dataset,
        "kept_by_hand": strand.by_hand,
        "events": len(strand.events),
        "sites": strand.sites,
        "gaps": [[first.isoformat(), last.isoformat()] for first, last in strand.gaps],
        "directed": {
            source: dict(zip(("events", "cooperation", "conflict"), counts, strict=True))
            for source, counts in strand.directed.items()
        },
        "one_way": {
            source: {"weeks": series_told(weeks), "months": series_told(months)}
            for source, (weeks, months) in strand.one_way.items()
        },
        "timeline": [event(one) for one in strand.events[-MOST_EVENTS:]],
        "weeks": series_told(strand.weeks),
        "months": series_told(strand.months),
        "index": line_told(strand.index) | {"level": LEVEL},
        "smoothed": line_told(strand.smooth),
        "goldstein": numbers(strand.goldstein),
        "plover": numbers(strand.plover),
        "ladder": _ladder(strand),
        "shifts": _shifts(strand),
        "alerts": [
            {"start": a.start.isoformat(), "side": a.side, "way": a.way, "acts": a.now, "usual": round(a.usual, 3),
             "level": round(a.level, 3), "limit": a.limit}
            for a in strand.alerts
        ],
        "partners": {actor: [vars(partner) for partner in found] for actor, found in strand.partners.items()},
    }  # fmt: skip


def series_told(series: Series) -> dict[str, Any]:
    """A series; a period within a gap has null for every count."""
    known = series.known

    def counts(values: np.ndarray) -> list[int | None]:
        return [
            int(value) if there else None
            for value, there in zip(values.tolist(), known.tolist(), strict=True)
        ]

    return {
        "every": series.every,
        "starts": [str(start) for start in series.starts],
        "events": counts(series.n),
        "sites": counts(series.sites),
        "left_out": counts(series.left_out),
        "flags": dict(series.flags),
        "known_to_the_month_only": series.undated,
        "channels": {name: counts(series.counts[:, at]) for at, name in enumerate(CHANNELS)},
        "shares": {
            name: numbers(np.where(known, series.shares[:, at], np.nan)) for at, name in enumerate(CHANNELS)
        },
        "goldstein_sum": numbers(np.where(known, series.goldstein, np.nan)),
    }


def line_told(line: Line) -> dict[str, Any]:
    """An index line: value, band and the acts it rests on."""
    return {
        name: numbers(getattr(line, name)) for name in ("value", "low", "high", "cooperation", "conflict")
    }


def numbers(values: Floats) -> list[float | None]:
    """Numbers, null where there is none."""
    return [None if np.isnan(value) else round(value, 4) for value in values.tolist()]


def event(one: Event) -> dict[str, Any]:
    """An event in short."""
    return {
        "id": one.dataset_event_id,
        "date": one.occurred_on.isoformat() if one.has_day else f"{one.occurred_on:%Y-%m}",
        "source": one.source_actor,
        "target": one.target_actor,
        "cameo": one.cameo,
        "rung": one.rung.code if one.rung is not None else None,
        "grade": one.source_grade or None,
        "url": one.source_url or None,
        "text": one.text,
    }


def _ladder(strand: Strand) -> dict[str, Any]:
    table = marks()
    return {
        "without_rung": strand.without_rung,
        "standing": [
            {"domain": s.letter, "level": s.level, "since": None if s.since is None else s.since.isoformat(),
             "because": s.because or None, "last_step": None if s.step is None else s.step.dataset_event_id,
             "marks": vars(table[f"{s.letter}{s.level}"]) if s.level else None}
            for s in strand.standings
        ],
        "first_steps": {
            rung: {**event(first.event), "is_judgement": first.is_judged,
                   "otherwise": None if first.otherwise is None else event(first.otherwise)}
            for rung, first in strand.firsts.items()
        },
        "setbacks": [event(one) for one in strand.setbacks],
    }  # fmt: skip


def _shifts(strand: Strand) -> dict[str, Any]:
    history = strand.history
    return {
        "every": strand.told.every,
        "n": history.n,
        "floor": history.floor,
        "too_few": history.has_too_few,
        "shifts": [
            {"start": s.start.isoformat(), "end": s.end.isoformat(), "way": s.way, "score": round(s.score, 3),
             "volume_score": round(s.volume_score, 3), "rarity": s.rarity, "mix_p": s.mix, "durability": s.durability,
             "before": dict(zip(CHANNELS, s.before, strict=True)), "after": dict(zip(CHANNELS, s.after, strict=True)),
             "tone_before": round(s.tone_before, 3), "tone_after": round(s.tone_after, 3),
             "events": made.n, "sites": made.sites, "made_of": [event(one) for one in made.events]}
            for s, made in strand.shifts()
        ],
        "dated_by_acts": [{"kind": change.kind, **event(change.event)} for change in strand.changes],
    }  # fmt: skip
