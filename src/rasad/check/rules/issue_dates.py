"""Rules on dates against the day of the issue: sources and events later than it, "recently" of what is long ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from rasad.check.finding import Finding
from rasad.check.passage import MASTHEAD, Passage, Reading
from rasad.check.references import is_reference
from rasad.check.rules.dates import days_of
from rasad.check.word_lists import pattern
from rasad.languages import language
from rasad.languages.dates import write_date
from rasad.languages.written_dates import WrittenDate, gregorian, month_of

NEAR: Final = 25
"""Letters before a date within which a text says that a page was read then."""

BESIDE: Final = 30
"""Letters between "recently" and a day within which the word is taken to be said of it."""

LATELY: Final = timedelta(days=75)
JUST_NOW: Final = timedelta(days=45)
"""What "last week" and "a few days ago" may mean at most, with a month told instead of a day."""

MOST_SOURCES: Final = 3
ALMOST_ALL: Final = 0.8
_LISTED = re.compile(r"\s*[\[(][\d۰-۹٠-٩]{1,3}[\])]\s")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{0,80}[,،]\s*)$")
_HAS_LETTERS = re.compile(r"[^\W\d]{3}")
_NAMES_IT = re.compile(
    r"(?:(?<!days )(?<!week )(?<!weeks )(?<!end )(?<!start )(?<!beginning )(?<!half )\bof|\b(?:since|from|until|till|by|before|dated|after))\s+(?:the\s+)?$"
    r"|(?:از|تا|پس از|پیش از|مورخ|منذ|بعد|قبل|حتى|المؤرخ|الموقع)\s*$",
    re.IGNORECASE,
)


def recently(reading: Reading) -> Iterator[Finding]:
    """A word such as "recently" beside a date that is months before the issue."""
    if reading.issued_on is None:
        return
    for passage in reading.prose():
        if "recently" not in passage.lists or is_reference(passage):
            continue
        for start, sentence in passage.sentences:
            match = pattern(passage.lang, "recently").search(sentence)
            if match is None:
                continue
            told = [*_dates_of(passage, start, sentence, reading.issued_on)]
            told += _months_of(passage, start, sentence, reading.issued_on)
            allowed = JUST_NOW if pattern(passage.lang, "just_now").search(match[0]) else LATELY
            begin, end = start + match.start(), start + match.end()
            beside = [
                (words, last)
                for words, last, at in told
                if at - end <= BESIDE and begin - at - len(words) <= BESIDE
            ]
            if beside and min(reading.issued_on - last for _, last, _ in told) > allowed:
                words, last = beside[0]
                yield Finding(
                    "date-recently", "error", passage.number, begin, end, match[0],
                    f"'{match[0]}' stands with {words}, {(reading.issued_on - last).days} days before the issue",
                )  # fmt: skip


def _dates_of(passage: Passage, start: int, sentence: str, issued: date) -> Iterator[tuple[str, date, int]]:
    """The days that a sentence tells of an event, with their words and places; a day without a year is the last before the issue."""
    for one in passage.dates:
        if not start <= one.start < start + len(sentence) or _NAMES_IT.search(
            passage.text[max(one.start - NEAR, 0) : one.start]
        ):
            continue
        if pattern(passage.lang, "accessed").search(passage.text, max(one.start - NEAR, 0), one.start):
            continue
        days = days_of(one)
        if days is not None:
            yield one.text, days[1], one.start
        elif one.year is None and one.month is not None and one.day is not None and not one.fault:
            last = _last_before(one, issued)
            if last is not None:
                yield one.text, last, one.start


def _last_before(one: WrittenDate, issued: date) -> date | None:
    year = issued.year - {"gregorian": 0, "solar": 621, "lunar": 579}[one.calendar] + 1
    days = (gregorian(one.calendar, year - back, one.month or 1, one.day or 1) for back in range(4))
    return next((day for day in days if day is not None and day <= issued + LATELY), None)


def _months_of(passage: Passage, start: int, sentence: str, issued: date) -> Iterator[tuple[str, date, int]]:
    """Gregorian months that an English sentence names alone, as "in August": the last before the issue."""
    if passage.lang != "en":
        return
    for match in _IN_MONTH.finditer(sentence):
        found = month_of(match[1], "en")
        if found is None or found[0] != "gregorian":
            continue
        if any(one.start <= start + match.start(1) < one.end for one in passage.dates):
            continue
        year = issued.year if found[1] <= issued.month else issued.year - 1
        after = date(year + found[1] // 12, found[1] % 12 + 1, 1)
        yield match[1], min(after - timedelta(days=1), issued), start + match.start(1)


_IN_MONTH = re.compile(r"\b(?:in|of|during|early|late|mid)[ -]([A-Z][a-z]{2,8})\b(?! \d)")

NEXT: Final = 80
_NEXT = re.compile(
    r"(?i)\bnext (?:issue|number|edition|brief|report|meeting|session)\b|(?:شمارهٔ?|نشست|گزارش) (?:بعدی|آینده)"
    r"|راتلونکې? (?:ګڼه|غونډه|راپور)|(?:العدد|الاجتماع|التقرير) (?:المقبل|القادم|التالي)|يصدر العدد"
)
_UNTIL = re.compile(r"(?i)(?<!\w)(?:to|until|till|by|before|through|تا|تر|حتى|إلى|قبل)\s+$")


def later_than_issue(reading: Reading) -> Iterator[Finding]:
    """A source that is dated after the issue that cites it; where all are, the date of the issue is doubted too."""
    if reading.issued_on is None:
        return
    dated = [
        (passage, group, day)
        for passage in reading.everywhere()
        for group in passage.days
        if _is_source(passage, group)
        and (day := _day(group)) is not None
        and not _is_announced(passage, group)
    ]
    later = [told for told in dated if told[2] > reading.issued_on]
    if len(later) >= MOST_SOURCES and len(later) >= ALMOST_ALL * len(dated):
        yield from _issue_too_early(reading, reading.issued_on, later, len(dated))
    for passage, group, day in later:
        lang = language(passage.lang)
        issued, own = (write_date(one, lang, "gregorian") for one in (reading.issued_on, day))
        start, end = group[0].start, group[-1].end
        yield Finding(
            "source-later", "error", passage.number, start, end, passage.text[start:end],
            f"the source is dated after the issue, which is of {issued}: the source is of {own}",
        )  # fmt: skip


def _issue_too_early(
    reading: Reading, issued: date, later: list[tuple[Passage, list[WrittenDate], date]], dated: int
) -> Iterator[Finding]:
    """One finding at the date of the issue: it is earlier than its sources, which rather speaks against it."""
    for passage in reading.passages[:MASTHEAD]:
        one = next((one for one in passage.dates if one.on == issued), None)
        if one is not None:
            lang = language(passage.lang)
            first, last = (
                write_date(pick(day for *_, day in later), lang, "gregorian") for pick in (min, max)
            )
            yield Finding(
                "issue-early", "error", passage.number, one.start, one.end, one.text,
                f"the issue is dated before {len(later)} of its {dated} dated sources, which are of {first} to {last}:"
                " the date of the issue may be wrong",
                others=tuple((p.number, group[0].start, group[-1].end) for p, group, _ in later),
            )  # fmt: skip
            return


def _day(group: list[WrittenDate]) -> date | None:
    return next((one.on for one in group if one.on is not None), None)


def _is_announced(passage: Passage, group: list[WrittenDate]) -> bool:
    """Whether a date is of the next issue or meeting, of which the last lines of a text tell, or the end of a time."""
    before = passage.text[max(group[0].start - NEXT, 0) : group[0].start]
    return _NEXT.search(before) is not None or _UNTIL.search(before) is not None


def _is_source(passage: Passage, group: list[WrittenDate]) -> bool:
    """Whether dates tell when a source was published or read, and do not stand within its title."""
    start, end, text = group[0].start, group[-1].end, passage.text
    if passage.kind == "heading" or passage.is_quoted(start):
        return False
    accessed = pattern(passage.lang, "accessed")
    if is_reference(passage) or accessed.search(text, max(start - NEAR, 0), start) is not None:
        return True
    if _LISTED.match(text) is not None and ("http" in text or accessed.search(text) is not None):
        return True
    link = next((link for link in passage.links if link.start <= start and end <= link.end), None)
    if link is not None:
        before = text[link.start : start].rstrip()
        return not before or (before[-1] in ",،" and not text[end : link.end].strip(" )."))
    return _is_bracketed(passage, start, end)


def _is_bracketed(passage: Passage, start: int, end: int) -> bool:
    """Whether a date ends a source in brackets at the end of a sentence: ``(Radio Amu, 12 May 2026)``."""
    lead = _BRACKETED.search(passage.text, max(start - 90, 0), start)
    after = passage.text[end : end + 3].lstrip()
    if lead is None or after[:1] not in (")", "]") or _HAS_LETTERS.search(lead[1]) is None:
        return False
    _, sentence = passage.sentence_at(start)
    future, planned = pattern(passage.lang, "future"), pattern(passage.lang, "planned")
    return future.search(sentence) is None and planned.search(sentence) is None


def events(reading: Reading) -> Iterator[Finding]:
    """An event told as past on a day after the issue."""
    if reading.issued_on is None:
        return
    for passage in reading.prose():
        if is_reference(passage) or passage.kind not in ("paragraph", "list-item", "table-cell"):
            continue
        for group in passage.days:
            day = _day(group)
            if day is None or day <= reading.issued_on or _is_source(passage, group):
                continue
            start = group[0].start
            is_of_event = group[0].weekday is not None or group[0].text.startswith(("يوم", "روز"))
            if not is_of_event and _WHEN.search(passage.text, max(start - NEAR, 0), start) is None:
                continue
            if _is_told_as_past(passage.sentence_at(start)[1], passage.lang):
                lang = language(passage.lang)
                issued = write_date(reading.issued_on, lang, "gregorian")
                yield Finding(
                    "event-later", "error", passage.number, start, group[-1].end, passage.text[start : group[-1].end],
                    f"told as past, but {write_date(day, lang, 'gregorian')} is after the issue, which is of {issued}",
                )  # fmt: skip


_WHEN = re.compile(
    r"(?:^|(?<!\w))(?:on|at|in|در|به|روز|په|پر|د|في|يوم|و?في يوم|بتاريخ|مورخ|تاریخ)\s*$|[(\[|،,:;—–.-]\s*$|^\s*$",
    re.IGNORECASE,
)
"""What leads to the day of an event: a budget of 1 January is approved before it."""


@lru_cache(maxsize=1 << 10)
def _is_told_as_past(sentence: str, lang: str) -> bool:
    """Whether a sentence tells what happened, and nothing of what is planned, expected or only possible."""
    is_past = pattern(lang, "happened").search(sentence) is not None
    return is_past and not any(
        pattern(lang, name).search(sentence) for name in ("planned", "future", "hedge")
    )
