"""Rules on references: numbers that none has, those that nothing cites, without text or day, or of one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rasad.check.citing import ADDRESS
from rasad.check.finding import Finding
from rasad.check.passage import Link, Passage, Reading
from rasad.check.references import Cited, Entry, cited, entries, is_reference
from rasad.check.rules.sources import fault, is_above, listing
from rasad.check.word_lists import pattern

LEAST_REFERENCE: Final = 15
"""Letters of a reference that could hold a day."""

LEAST_AUTHORS: Final = 2
HABIT: Final = 0.7
BEHIND: Final = 44
"""The share of references that makes a habit, and the characters behind "accessed" within which its day stands."""

_WEB = re.compile(r"(?:https?://|www\.)\S+")
LEAST_LINKS: Final = 4
USUAL: Final = 0.75
"""Links with a day, and their share of all, that make it the habit of a text."""

A_HABIT: Final = 3
"""Marks without any list of references that are told as one fault."""

_YEAR = re.compile(r"(?<!\d)(?:1[34]\d\d|19\d\d|20\d\d)(?!\d)")
_IN_A_LINE = re.compile(
    r"(?i)(?:^|\n)\W{0,3}(?:sources?|references|notes|منابع|مآخذ|سرچینې|ماخذونه|المصادر|المراجع)\s{0,3}:\s{0,3}[\[(]?1[\])]?\s"
)
"""A list of sources in one paragraph, behind its own title."""

_SAME = re.compile(r"\bsame\b|همان|هماغ|نفسه")
_TITLED = re.compile(r"[“«\"‘](?=[^”»\"’ ]{1,40} [^”»\"’ ]{1,40} )[^”»\"’]{4,200}[”»\"’]")
"""A title of three words or more; two in quotation marks may be a name that a note explains."""

_AUTHOR = re.compile(r"\W*([^\W\d_][\w’'-]+),? ?[^()]{0,120}?\(?((?:19|20|1[34])\d\d)[a-z]?\)?")
_POWER = re.compile(r"(?:\b[kcdm]?m|\d|متر|miles?)$")
"""What a raised number is the power of, as of a square metre."""

_LAW = re.compile(
    r"\b[SA]/(?:RES/|PRST/)?\d|(?i:\b(?:resolution|law|act|decree|regulation|directive) (?:no\.? ?|number )?\d)"
    r"|(?:قطعنامهٔ?|قانون|فرمان|مصوبهٔ?|پرېکړه‌لیک|القرار|قرار|المرسوم|القانون)(?: شمارهٔ?| رقم| ګڼه)? \d"
)
"""A law or resolution whose number tells when it was made."""

_STRAY = re.compile(r"(?<=\S)\s?\[(\d{1,2})\](?!\()")
_ENDS_WITH_NUMBER = re.compile(r"\((\d{1,2})\)(?=\s*[.؟!۔،,]?\s*(?:$|[.؟!۔]|\())")


def citations(reading: Reading) -> Iterator[Finding]:
    """Numbers that no reference has, references that none of them names, that have no text, or that share a number."""
    listed = entries(reading)
    yield from _bare_entries(listed)
    yield from _authors(reading, listed)
    by_number: dict[int, Entry] = {}
    for one in listed:
        if one.number is not None and by_number.setdefault(one.number, one) is not one:
            message = f"there is a reference {one.number} before this one: number each once"
            yield _of_entry("reference-twice", one, message)
    if not by_number and listed:
        unlabelled = not any(one.letter for one in listed) and any(True for _ in cited(reading, listed))
        by_number = dict(enumerate(listed, 1)) if unlabelled else {}
    if by_number:
        places: dict[int, Cited] = {}
        for place in cited(reading, listed):
            places.setdefault(place.number, place)
        yield from _unmatched(by_number, places)
    elif not reading.notes and not listed:
        yield from _stray_marks(reading)


def _unmatched(by_number: Mapping[int, Entry], places: Mapping[int, Cited]) -> Iterator[Finding]:
    missing = [place for number, place in places.items() if number not in by_number]
    if len(missing) >= A_HABIT and len(missing) * 2 > len(places):
        # The list is not one of these numbers, or is not whole: one fault, not one for each mark.
        first = missing[0]
        yield fault(
            "mark-without-note", first.passage, first.start, first.end,
            f"{len(missing)} of {len(places)} numbers have no reference, this one first: the list has {listing(sorted(by_number))}",
            text=first.passage.text[first.start : first.end] or str(first.number),
        )  # fmt: skip
        return
    for number, place in places.items():
        if number not in by_number:
            yield fault(
                "mark-without-note", place.passage, place.start, place.end,
                f"there is no reference {number}: the list has {listing(sorted(by_number))}",
                text=place.passage.text[place.start : place.end] or str(number),
            )  # fmt: skip
    for number, one in by_number.items() if places else ():
        if number not in places and one.text:
            message = f"nothing in the text cites reference {number}: cite it, or leave it out"
            yield _of_entry("reference-uncited", one, message)


def _bare_entries(listed: list[Entry]) -> Iterator[Finding]:
    for one in listed:
        bare = not any(map(str.isalpha, one.text)) or is_above(one.text)
        if one.number is not None and bare and len(listed) > 1:
            message = f"the reference {one.number} has no text: say what it should cite"
            yield _of_entry("note-without-text", one, message)


def _stray_marks(reading: Reading) -> Iterator[Finding]:
    """Numbers in brackets at the ends of sentences, in a text that has no references at all."""
    if any(_IN_A_LINE.search(passage.folded) for passage in reading.prose()):
        return
    places = [
        (passage, match)
        for passage in reading.prose()
        if passage.kind != "table-cell"
        for sign, mark in (("[", _STRAY), ("(", _ENDS_WITH_NUMBER))
        if sign in passage.text
        for match in mark.finditer(passage.folded)
    ]
    raised = [
        (passage, at, written)
        for passage in reading.prose()
        for at, written in passage.raised
        if any(map(str.isdigit, written)) and not _POWER.search(passage.text, 0, at)
    ]
    for passage, at, written in raised[:1]:
        what = f"there is no note or reference for this raised {written.strip('^<>/sup ')}"
        others = tuple((other.number, place, place) for other, place, _ in raised[1:])
        yield Finding("mark-without-note", "error", passage.number, at, at, written, what, others=others)
    told = places if len(places) < A_HABIT else places[:1]
    for passage, match in told:
        start = match.end() - len(match[0].strip())
        what = f"the text has no note or reference {match[1]}: add it, or take the mark out"
        if len(places) > len(told):
            what = f"{len(places)} marks such as this one, and the text has no references: add their list"
        others = (
            tuple((p.number, m.start(), m.end()) for p, m in places[1:]) if len(places) > len(told) else ()
        )
        words = passage.text[start : match.end()]
        yield Finding(
            "mark-without-note", "error", passage.number, start, match.end(), words, what, others=others
        )


def _authors(reading: Reading, listed: list[Entry]) -> Iterator[Finding]:
    """References by author and year whose author the text never names."""
    told = [
        (one, m)
        for one in listed
        if one.number is None and not one.letter and (m := _AUTHOR.match(one.text)) is not None
    ]
    if len(told) < LEAST_AUTHORS:
        return
    places = {one.passage.number for one in listed}
    prose = "\n".join(p.text for p in reading.prose() if not is_reference(p) and p.number not in places)
    named = [match[1] in prose for _, match in told]
    if sum(named) * 2 < len(told):
        return
    for (one, match), is_named in zip(told, named, strict=True):
        if not is_named:
            yield _of_entry("reference-uncited", one, f"nothing in the text cites {match[1]} {match[2]}")


def undated(reading: Reading) -> Iterator[Finding]:
    """A reference without the day on which it appeared or was read, where it has an address or others have a day."""
    own = [one for one in entries(reading) if len(one.text) > LEAST_REFERENCE]
    told = [(one.passage, one.start, one.end) for one in own]
    told += [(note, 0, len(note.text)) for _, note in reading.notes if len(note.text) > LEAST_REFERENCE]
    dated = [_is_dated(*place) for place in told]
    most = sum(dated) * 2 > len(told) > 2
    yield from _half_dated(told)
    for (passage, start, end), has_day in zip(told, dated, strict=True):
        words = passage.text[start:end]
        has_address = ADDRESS.search(words) is not None or any(
            link.target.startswith("http") for link in passage.links if start <= link.start < end
        )
        if not has_day and (has_address or (most and _TITLED.search(words))):
            yield fault(
                "citation-undated", passage, start, end,
                "a source is cited without the day on which it appeared or was read: add one",
            )  # fmt: skip
    yield from _undated_links(reading)


def _half_dated(told: Sequence[tuple[Passage, int, int]]) -> Iterator[Finding]:
    """An address without the day on which it was read, or with that alone, where nearly all others have both."""
    places = [(place, *_days_of(*place)) for place in told if _has_address(*place)]
    for at, what in enumerate(("on which it was read", "on which it appeared")):
        has = [days[at] for _, *days in places]
        if sum(has) < LEAST_LINKS - 1 or sum(has) < HABIT * len(has):
            continue
        for (passage, start, end), *days in places:
            if not days[at] and (days[1 - at] or _is_dated(passage, start, end)):
                yield fault(
                    "citation-undated", passage, start, end,
                    f"this source has no day {what}, as the others here have",
                )  # fmt: skip


def _has_address(passage: Passage, start: int, end: int) -> bool:
    return ADDRESS.search(passage.text, start, end) is not None or any(
        link.target.startswith("http") for link in passage.links if start <= link.start < end
    )


def _days_of(passage: Passage, start: int, end: int) -> tuple[bool, bool]:
    """Whether a reference has the day on which it was read, and a day or year on which it appeared."""
    words = passage.folded[start:end]
    read = pattern(passage.lang, "accessed").search(passage.text, start, end)
    first, last = (read.start(), read.end() + BEHIND) if read is not None else (end, end)
    on = [one for one in passage.dates if start <= one.start < end]
    was_read = any(first <= one.start < last for one in on)
    plain = _WEB.sub(" ", words[: first - start]) + " " + _WEB.sub(" ", words[min(last, end) - start :])
    behind = read is not None and any(one.start >= last for one in on)
    appeared = any(one.start < first for one in on) or _YEAR.search(plain) is not None or behind
    return was_read, appeared or _LAW.search(words) is not None


def _undated_links(reading: Reading) -> Iterator[Finding]:
    """Links in brackets that name their source, one of which has no day where nearly all others have."""
    found = [
        (passage, link, *_day_of(passage, link))
        for passage in reading.prose()
        if not is_reference(passage)
        for link in passage.links
        if passage.text[: link.start].rstrip()[-1:] == "(" or passage.text[link.start : link.start + 1] == "("
    ]
    dated = sum(has_day for _, _, has_day, _ in found)
    if dated < LEAST_LINKS or dated < USUAL * len(found):
        return
    for passage, link, has_day, is_near in found:
        if not has_day and not is_near:
            yield fault(
                "citation-undated", passage, link.start, link.end,
                "this source has no day on which it appeared or was read, as others here have",
            )  # fmt: skip


def _day_of(passage: Passage, link: Link) -> tuple[bool, bool]:
    """Whether a link's bracket has a day, and whether its sentence has one before it, or it repeats another link."""
    close = passage.text.find(")", link.start)
    end = close if close > 0 else link.end
    words = passage.folded[link.start : end]
    begin, _ = passage.sentence_near(link.start)
    has_day = _YEAR.search(words) is not None or any(link.start <= one.start < end for one in passage.dates)
    is_near = any(begin <= one.start < link.start for one in passage.dates)
    return has_day, is_near or _SAME.search(words) is not None


def _is_dated(passage: Passage, start: int, end: int) -> bool:
    words = ADDRESS.split(passage.folded[start:end])[0] + re.sub(
        r"https?://\S+", "", passage.folded[start:end]
    )
    if _LAW.search(words) is not None:
        return True
    return any(start <= one.start < end for one in passage.dates) or _YEAR.search(words) is not None


def _of_entry(rule: str, one: Entry, message: str) -> Finding:
    words = one.passage.text[one.start : one.end]
    start = one.start + len(words) - len(words.lstrip())
    return fault(rule, one.passage, start, max(one.start + len(words.rstrip()), start), message)
