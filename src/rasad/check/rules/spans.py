"""Rule on dates: a span told in words beside the two dates that it lies between, as "three years later, on 4 May 2025".

Only what can be read in one way is told. Of a point in time ("three years later") the second date has to stand
directly beside the words, and the first has to be the only other one before it; of a duration ("for two decades") the
two dates have to be the ends of one range. Dates known to the month or year are taken with all their days, and a
span has to be off by about a whole unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import REFERENCES, Passage, Reading
from rasad.check.rules.span_points import Point, points_of
from rasad.check.rules.span_words import Span, find_spans, table_of

DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5, "century": 36525.0}
OFF: Final = 0.95
"""Units that a span may be off: "three years" of two years and a day is wrong, of two years and a month not yet."""

OFF_SHARE, OFF_ABOUT, OFF_ABOUT_SHARE = 0.15, 1.2, 0.25
DAYS_OFF: Final = 1.9
"""Of a span in days the first and the last may both be counted, or neither."""

QUICK: Final = {
    "en": re.compile(r"\b(?:days?|weeks?|months?|years?|decades?|centur(?:y|ies))\b", re.IGNORECASE),
    "prs": re.compile("روز|هفته|ماه|سال|دهه|قرن|سده"),
    "ps": re.compile("ورځ|اوونۍ|اونۍ|اوونیو|میاشت|کال|کلون|لسیز|پېړ"),
    "ar": re.compile("يوم|أيام|أسبوع|أسابيع|شهر|أشهر|شهور|سنة|سنت|سنوات|عام|أعوام|عقد|عقود|قرن|قرون"),
}
_FIRST_DAY = re.compile(r"(\d{1,2})\s?[–—-]\s?$")
_LAST_DAY = re.compile(r"\d{1,2}")
BETWEEN: Final = 60
"""Characters between the ends of a range, its words and the span."""


def date_spans(reading: Reading) -> Iterator[Finding]:
    """A span of time that its two dates do not bear out."""
    events = {name: (first, last) for name, first, last in reading.events}
    for passage in reading.passages:
        if passage.kind in ("heading", "code") or any(map(REFERENCES.match, passage.section)):
            continue
        quick = QUICK.get(passage.lang)
        if quick is None or quick.search(passage.text) is None:
            continue
        points = points_of(passage, events)
        if points or passage.dates:
            yield from _wrong(passage, points, reading.issued_on)


def _wrong(passage: Passage, points: list[Point], issued: date | None) -> Iterator[Finding]:
    for span in find_spans(passage.text, passage.lang):
        pair = _pair(passage, span, points, issued)
        if pair is None:
            continue
        least, most = _apart(*pair)
        if most < 0 or not _is_off(span, least, most):
            continue
        start, end = span.start, span.end
        one, other = (passage.text[point.start : point.end] or "the day of the text" for point in pair)
        told = " ".join(passage.text[start:end].split())
        yield Finding(
            "date-span", "error", passage.number, start, end, passage.text[start:end],
            f"'{told}' stands between {one} and {other}, which are {_said(least, most, span.unit)} apart",
        )  # fmt: skip


def _pair(
    passage: Passage, span: Span, points: list[Point], issued: date | None
) -> tuple[Point, Point] | None:
    """The earlier and the later point that a span lies between; None where they are not certain."""
    since = None if issued is None else _since(passage, span, points_of(passage, issued=issued), issued)
    if since is not None:
        return since
    if span.ago:
        return None if issued is None else _ago(passage, span, points, issued)
    if span.way:
        return _ends(passage, span, points)
    return (
        _range(passage, span, points) or _until(passage, span, points) or _in_a_month(passage, span, points)
    )


def _is_off(span: Span, least: float, most: float) -> bool:
    """Whether a span misses the days between by more than a text may round."""
    unit = DAYS[span.unit]
    low, high = least / unit, most / unit
    off = max(OFF, OFF_SHARE * span.high)
    if span.bound == "about":
        off = max(OFF_ABOUT, OFF_ABOUT_SHARE * span.high)
    if span.unit == "day":
        off = max(off, DAYS_OFF)
    too_short = high < span.low - off + 1e-9
    too_long = low > span.high + off - 1e-9
    if span.ago:
        # A text may be younger than the day that is taken for its own: only too few years are certain.
        return too_long and span.bound != "more"
    return too_long if span.bound == "less" else too_short if span.bound == "more" else too_short or too_long


def _apart(one: Point, other: Point) -> tuple[float, float]:
    """The least and the most days from one point to a later one."""
    return max((other.first - one.last).days, 0), (other.last - one.first).days


def _said(least: float, most: float, unit: str) -> str:
    shown = unit if unit in ("day", "week", "month", "year") else "year"
    low, high = least / DAYS[shown], most / DAYS[shown]
    if shown == "year" and high < 1:
        shown, low, high = "month", least / DAYS["month"], most / DAYS["month"]
    places = 0 if shown == "day" else 1
    one, two = f"{low:.{places}f}".removesuffix(".0"), f"{high:.{places}f}".removesuffix(".0")
    return f"{one} {shown}s" if one == two else f"{one} to {two} {shown}s"


# ---- which two points a span lies between -----------------------------------


def _ends(passage: Passage, span: Span, points: list[Point]) -> tuple[Point, Point] | None:
    """The earlier and the later point of "three years later, on 4 May 2025"; None where they are not certain."""
    beside = _beside(passage, span, points) or _after_anchor(passage, span, points)
    if beside is None:
        return None
    if span.joined:
        last = beside.start if beside.start > span.end else _sentence(passage, span.start)[1]
        anchors = [one for one in points if one is not beside and span.end <= one.start < last]
        gap = passage.text[span.end : anchors[0].start] if anchors else ""
        other = anchors[0] if len(anchors) == 1 else None
        if len(gap) > BETWEEN or re.search(r"[,،;؛:]", gap):
            return None
    else:
        other = _before(passage, span, beside, points)
    if other is None:
        return None
    return (other, beside) if span.way > 0 else (beside, other)


def _before(passage: Passage, span: Span, beside: Point, points: list[Point]) -> Point | None:
    """The one other point before a span, in its sentence or the one before."""
    start, end = _sentence(passage, span.start)
    others = [one for one in points if one is not beside]
    anchors = [one for one in others if start <= one.start < end]
    if not anchors and start:
        before = _sentence(passage, start - 2)[0]
        anchors = [one for one in others if before <= one.start < start]
    if len(anchors) != 1 or anchors[0].start > span.start:
        return None
    return None if _is_between(passage, anchors[0], span, points) else anchors[0]


def _ago(passage: Passage, span: Span, points: list[Point], issued: date) -> tuple[Point, Point] | None:
    """The day of "three years ago, on 4 May 2022" and that of the text; None in a quotation or beside other dates."""
    start, end = _sentence(passage, span.start)
    inside = [one for one in points if start <= one.start < end]
    beside = _beside(passage, span, points)
    told = passage.text[: span.start]
    is_quoted = told.count("“") > told.count("”") or told.count("«") > told.count("»") or told.count('"') % 2
    if beside is None or len(inside) != 1 or is_quoted or issued <= beside.last:
        return None
    return beside, Point(0, 0, issued, issued)


def _in_a_month(passage: Passage, span: Span, points: list[Point]) -> tuple[Point, Point] | None:
    """The two days of "three weeks, from 3–14 February 2026"."""
    after = next((one for one in points if one.start >= span.end), None)
    if after is None or after.first != after.last:
        return None
    folded = passage.folded
    first = _FIRST_DAY.search(folded, span.end, after.start)
    last = _LAST_DAY.search(folded, after.start, after.end)
    if first is None or last is None or int(first[1]) >= int(last[0]):
        return None
    if table_of(passage.lang).before_range.fullmatch(folded, span.end, first.start()) is None:
        return None
    begin = after.first - timedelta(days=int(last[0]) - int(first[1]))
    return Point(first.start(), after.end, begin, begin), after


def _since(passage: Passage, span: Span, points: list[Point], issued: date) -> tuple[Point, Point] | None:
    """The day of "since 3 February, that is for three weeks" or of "since then four years have passed", and that of the text."""
    table = table_of(passage.lang)
    start, end = _sentence(passage, span.start)
    inside = [one for one in points if start <= one.start < end]
    today = Point(0, 0, issued, issued)
    if len(inside) == 1 and inside[0].end <= span.start:
        one = inside[0]
        is_since = table.since.search(passage.text, max(one.start - BETWEEN, start), one.start) is not None
        gap = table.since_after.fullmatch(passage.text, one.end, span.start)
        return (one, today) if is_since and gap is not None and one.last < issued else None
    if inside or not start:
        return None
    before = _sentence(passage, start - 2)[0]
    anchors = [one for one in points if before <= one.start < start]
    sentence = passage.text[start:end]
    is_told = table.since_then.search(sentence) is not None and table.passed.search(sentence) is not None
    return (anchors[0], today) if is_told and len(anchors) == 1 and anchors[0].last < issued else None


def _until(passage: Passage, span: Span, points: list[Point]) -> tuple[Point, Point] | None:
    """The two points of "lasted three years, until 4 May 2025", which began with the one before."""
    after = next((one for one in points if one.start >= span.end), None)
    if span.bare or after is None:
        return None
    if table_of(passage.lang).until.fullmatch(passage.text, span.end, after.start) is None:
        return None
    other = _before(passage, span, after, points)
    return None if other is None else (other, after)


def _is_between(passage: Passage, anchor: Point, span: Span, points: list[Point]) -> bool:
    """Whether another date stands between, of which the year is not told: the span may be from that one."""
    untold = [one for one in passage.dates if not any(p.start <= one.start < p.end for p in points)]
    return any(anchor.end <= one.start < span.start for one in untold)


def _beside(passage: Passage, span: Span, points: list[Point]) -> Point | None:
    """The date that stands directly beside a span, with no more than a comma and a preposition between."""
    on = table_of(passage.lang).on
    after = next((one for one in points if one.start >= span.end), None)
    if not span.joined and after is not None and on.fullmatch(passage.text, span.end, after.start):
        return after
    before = next((one for one in reversed(points) if one.end <= span.start), None)
    again = table_of(passage.lang).said_again
    if before is not None and again.fullmatch(passage.text, before.end, span.start):
        return before
    return None


def _after_anchor(passage: Passage, span: Span, points: list[Point]) -> Point | None:
    """The date beside "three years after the accord of 3 May 2023, on 4 May 2025": it stands behind the other one."""
    later = [one for one in points if one.start >= span.end][:2]
    if not span.joined or len(later) < 2:
        return None
    gap = passage.text[later[0].end : later[1].start]
    is_beside = re.match(r"[)\s]*[,،–—]", gap) and table_of(passage.lang).on.fullmatch(gap.lstrip(") "))
    return later[1] if is_beside else None


def _range(passage: Passage, span: Span, points: list[Point]) -> tuple[Point, Point] | None:
    """The ends of a range in the sentence of a duration, where it has one and no other date."""
    start, end = _sentence(passage, span.start)
    inside = [one for one in points if start <= one.start < end]
    if len(inside) != 2:
        return None
    one, other = inside
    table = table_of(passage.lang)
    between = passage.text[one.end : other.start]
    before = passage.text[max(one.start - 12, start) : one.start]
    if table.to.fullmatch(between) is None or table.from_.search(before) is None:
        return None
    if span.end <= one.start:
        beside = table.before_range.fullmatch(passage.text, span.end, one.start) is not None
        gap = one.start - span.end
    else:
        beside = re.fullmatch(r"[)\s]*[,،–—:]?\s*", passage.text[other.end : span.start]) is not None
        gap = span.start - other.end
    whole = (
        not span.bare and re.match(r"\s*(?:[,،.;؛:)–—؟?]|$)", passage.text[span.end : end + 1]) is not None
    )
    return (one, other) if gap >= 0 and (beside or (whole and gap <= BETWEEN)) else None


def _sentence(passage: Passage, at: int) -> tuple[int, int]:
    for start, words in passage.sentences:
        if start <= at < start + len(words):
            return start, start + len(words)
    return 0, len(passage.text)
